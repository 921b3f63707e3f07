"""Words that newsrooms use around their texts, in English, Ukrainian and Russian.

Each list is a plain alternative of phrases, so that another language is a few words more.
"""

from __future__ import annotations

import re

# Lines that say: what follows is not this article, but other news.
_LEAD_INS = (
    "also read|read also|read more|read next|see also|also in the news|in other news|other news|"
    "other stories|more news|more stories|more headlines|in brief|news in brief|briefly|also today|"
    "also on our site|elsewhere|related|related news|related stories|related articles|you may also like|"
    "you might also like|also worth reading|top stories|top news|latest news|today’s headlines|headlines|"
    "what else happened|also happening|don’t miss"
    "|"
    "також читайте|читайте також|читати також|дивіться також|інші новини|інші новини дня|більше новин|"
    "ще новини|головні новини|головні новини дня|останні новини|новини дня|коротко|коротко про інше|"
    "новини коротко|до теми|за темою|по темі|також у новинах|що ще сталося|ще за темою|також сьогодні|"
    "популярні новини|новини за темою"
    "|"
    "также читайте|читайте также|читать также|смотрите также|другие новости|другие новости дня|"
    "больше новостей|ещё новости|еще новости|главные новости|главные новости дня|последние новости|"
    "новости дня|новости коротко|коротко о другом|по теме|также в новостях|что ещё произошло|"
    "что еще произошло|ещё по теме|также сегодня"
)
LEAD_IN = re.compile(
    "(?:" + _LEAD_INS.replace(" ", r"\s+").replace("’", "['’]") + r")(?:\s+(?:today|this\s+week|сьогодні|сегодня))?",
    re.IGNORECASE,
)

# A line below an item that only points on.
READ_MORE = re.compile(
    r"(?:read more|read on|continue reading|full story|more|details|детальніше|докладніше|читати далі|подробиці|"
    r"подробнее|читать далее|читать дальше|подробности)\s*(?:[.…]|\.\.\.|→|»|>{1,2})*",
    re.IGNORECASE,
)

# How long a page takes to read, which is true of the page only.
READING_TIME = re.compile(
    r"(?:reading time:?\s*)?\d{1,2}[ -]min(?:ute)?s?(?: to)? read|(?:час читання|время чтения):?\s*\d{1,2}\s?\w+\.?",
    re.IGNORECASE,
)

# Words that make a title that of a digest.
DIGEST_TITLE = re.compile(
    r"\b(?:brief|briefs|briefing|digest|round-?up|headlines|newsletter|bulletin|news|daily|weekly|"
    r"the (?:day|week) in(?! the life)|things to know|"
    r"дайджест\w*|за добу|за сутки|новини|новин|головне|підсумки|зведення|огляд|бюлетень|коротко|випуск|"
    r"новости|новостей|главное|итоги|сводка|обзор|бюллетень|выпуск)\b",
    re.IGNORECASE,
)

TITLE_LABEL = re.compile(
    r"(?:title|headline|subject|заголовок|назва|название|тема)\s*:\s*(?P<value>\S.*)", re.IGNORECASE
)
SOURCE_LABEL = re.compile(
    r"(?:source|via|published by|originally published (?:by|in|at)|джерело|першоджерело|видання|источник|"
    r"первоисточник|издание)\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
URL_LABEL = re.compile(
    r"(?:url|link|address|permalink|original|full story|"
    r"read (?:more|the full (?:story|article|text))(?: at| on| here)?|"
    r"посилання|адреса|оригінал|детальніше|докладніше|читати далі|повний текст|"
    r"ссылка|адрес|оригинал|подробнее|читать далее|полный текст)\s*:?\s*(?P<value><?https?://\S+)",
    re.IGNORECASE,
)
AUTHOR_LABEL = re.compile(
    r"(?:by|written by|authors?|reported by|reporting by|автор|автори|авторка|авторы|текст)\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
BYLINE = re.compile(r"by\s+(?P<value>[^\W\d_].*)", re.IGNORECASE)

# Lines about a picture or the page, which are neither headings nor headlines.
CREDIT = re.compile(
    r"(?:photo|image|picture|illustration|video|watch|listen|caption|credit|graphic|copyright|фото|світлина|ілюстрація|"
    r"відео|малюнок|иллюстрация|видео|рисунок|подпись|підпис)\b[^:]{0,30}:|©|\(c\)\s",
    re.IGNORECASE,
)

# A first word that goes on from what was said before: no brief begins so.
ANAPHORA = re.compile(
    r"(?:he|she|it|they|his|her|their|its|this|that|these|those|such|however|but|also|meanwhile|moreover|furthermore|"
    r"additionally|in addition|instead|then|later|there|"
    r"він|вона|воно|вони|його|її|їх|їхній|це|цей|ця|ці|той|та|те|такий|однак|проте|але|також|водночас|крім того|потім|"
    r"он|она|оно|они|его|её|ее|их|это|этот|эта|эти|тот|такой|однако|но|также|кроме того|затем)\b",
    re.IGNORECASE,
)

# A heading that asks or explains opens a section, not a story.
EXPLAINER = re.compile(
    r"(?:what|why|how|who|where|when|which|who’s|what’s|about|що|чому|як|хто|де|коли|навіщо|скільки|про|"
    r"что|почему|как|кто|где|когда|зачем|сколько|о|об)\b",
    re.IGNORECASE,
)
SPEAKER = re.compile(
    r"(?:q|a|question|answer|host|interviewer|питання|запитання|відповідь|вопрос|ответ|ведучий|ведуча|ведущий)\s*"
    r"\d*\s*[:.]\s|[—–-]\s",
    re.IGNORECASE,
)
# "Jane Roe, mayor of Tarn": a list of people, not of stories.
PERSON_AND_ROLE = re.compile(r"[^\W\d_]\S*\s+[^\W\d_]\S*(?:\s+[^\W\d_]\S*)?,\s")
CLOCK = re.compile(r"\(?\d{1,2}[:.]\d{2}\b")

# What stands below everything: who made it and how to get more of it.
FOOTER = re.compile(
    r"©|\bcopyright\b|\ball rights reserved\b|\b(?:un)?subscribe\b|\bsign up\b|\bfollow us\b|\bnewsletter\b|"
    r"\bпідпи(?:сатис|шіть|суй)|\bусі права\b|\bподпи(?:сат|шит|сывай)|\bвсе права\b|\b\S+@\S+\.\w+",
    re.IGNORECASE,
)

# Bylines that name nobody, and words in bylines that are no names.
NOBODY = re.compile(
    r"\b(?:staff|editors?|editorial|newsroom|desk|admin|anonymous|team|writers?|correspondents?|reporters?|journalists?|"
    r"редакція|редактор\w*|редакция|кореспондент\w*|корреспондент\w*|журналіст\w*|журналист\w*|відділ|отдел)\b",
    re.IGNORECASE,
)
