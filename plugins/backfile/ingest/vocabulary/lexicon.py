"""Words that newsrooms use around their texts, in English, Ukrainian and Russian.

Each list is a plain alternative of phrases, so that another language is a few words more.
"""

from __future__ import annotations

import re

from backfile.ingest.vocabulary import tongues

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
    r"(?:read more|read on|(?:continue|keep) reading|full story|read (?:the )?full (?:article|story|text)|more|details|"
    r"lire la suite|weiterlesen|czytaj (?:więcej|dalej)|citește mai (?:mult|departe)|leer más|leggi tutto|"
    r"читать полностью|читати повністю|детальніше|докладніше|читати далі|подробиці|"
    r"подробнее|читать далее|читать дальше|подробности)\s*(?:[.…]|\.\.\.|→|»|›|>{1,2})*",
    re.IGNORECASE,
)

# What somebody who writes is, below the name.
ROLE = re.compile(
    r"(?:[^\W\d_][\w&’'-]*,? ){0,4}(?:correspondent|reporter|editor|columnist|journalist|analyst|writer|fellow|"
    r"кореспондент(?:ка)?|журналіст(?:ка)?|оглядач(?:ка)?|редактор(?:ка)?|корреспондент|журналист(?:ка)?|"
    r"обозреватель|редактор)"
    r"(?:,? (?:in|at|for|з|в|у|по) [^\d.:]{2,40})?",
    re.IGNORECASE,
)
# The head of a message that was copied out of a chat or a channel: "Harbour Watch, [12.03.2025 14:30]".
POST = re.compile(r"(?P<name>[^\[\]]{2,80}), \[(?P<day>\d{1,2}\.\d{1,2}\.\d{4}),? \d{1,2}:\d{2}(?::\d{2})?\]")
# A line that says: this text was made for newsrooms.
RELEASE = re.compile(
    r"(?:press|news|media) (?:release|statement)|for immediate release|пресреліз|прес-реліз|пресс-релиз|"
    r"pressemitteilung|communiqué de presse|komunikat prasowy|comunicat de presă",
    re.IGNORECASE,
)
# Sections of a paper that stand above a headline.
SECTION = re.compile(
    r"(?:opinions?|commentary|comment|analysis|editorial|interview|world|politics|business|economy|news|exclusive|"
    r"feature|explainer|думка|погляд|аналітика|інтерв['’ʼ]ю|світ|політика|економіка|новини|ексклюзив|мнение|аналитика|"
    r"интервью|в мире|мир|политика|экономика|новости|meinung|kommentar|analyse|politik|wirtschaft|opinie|opinia|"
    r"komentarz|analiza|polityka|świat|gospodarka|tribune|analyse|politique|économie|monde|opinie|analiză|politică)",
    re.IGNORECASE,
)

# How long a page takes to read, which is true of the page only.
READING_TIME = re.compile(
    r"(?:reading time:?\s*)?\d{1,2}[ -]min(?:ute)?s?(?: to)? read|lecture:?\s*\d{1,2}\s?min\w*\.?|"
    r"\d{1,2}\s?(?:min\w*\.? (?:de lecture|lesezeit|czytania)|(?:хв|мин)\w*\.? (?:читання|чтения))|"
    r"(?:час читання|время чтения|temps de lecture|lesezeit|czas czytania|timp de citire)\s*:?\s*\d{1,2}\s?\w+\.?",
    re.IGNORECASE,
)

# Words that make a title that of a digest.
DIGEST_TITLE = re.compile(
    r"\b(?:brief|briefs|briefing|digest|round-?up|headlines|newsletter|bulletin|news|daily|weekly|"
    r"(?:the )?(?:day|week|month) in(?! the life)|things to know|"
    r"дайджест\w*|за добу|за сутки|новини|новин|головне|підсумки|зведення|огляд|бюлетень|коротко|випуск|"
    rf"новости|новостей|главное|итоги|сводка|обзор|бюллетень|выпуск|{tongues.NOUNS}|{tongues.WORDS})\b",
    re.IGNORECASE,
)

TITLE_LABEL = re.compile(
    r"(?:title|headline|subject|заголовок|назва|название|тема|titre|titel|überschrift|tytuł|titlu|título|titolo)\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
SOURCE_LABEL = re.compile(
    r"(?:source|via|published by|originally published (?:by|in|at)|джерело|першоджерело|видання|источник|"
    r"первоисточник|издание|quelle|źródło|sursa|fuente|fonte)\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
URL_LABEL = re.compile(
    r"(?:url|link|address|permalink|original|full story|"
    r"read (?:more|the full (?:story|article|text))(?: at| on| here)?|"
    r"посилання|адреса|оригінал|детальніше|докладніше|читати (?:далі|повністю)|повний текст|"
    r"ссылка|адрес|оригинал|подробнее|читать (?:далее|полностью)|полный текст|lien|adresse|odnośnik|enlace)\s*:?\s*(?P<value><?https?://\S+)",
    re.IGNORECASE,
)
AUTHOR_LABEL = re.compile(
    r"(?:by|written by|authors?|reported by|reporting by|автор|автори|авторка|авторы|текст|"
    r"auteurs?|autrice|autor(?:in|en|ka|zy|i|es|a)?)\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"(?:(?:interview |words |text |story )?by|par|von|por|(?-i:de)|"
    r"підготува(?:в|ла|ли)|записа(?:в|ла|ли)|розмовля(?:в|ла|ли)|спілкува(?:вся|лася|лись)|подготови(?:л|ла|ли)|"
    r"записа(?:л|ла|ли)|беседова(?:л|ла|ли))\s*:?\s+(?P<value>[^\W\d_].*)",
    re.IGNORECASE,
)

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
    r"©|\(c\)\s|\bcopyright\b|\ball rights reserved\b|\b(?:un)?subscribe\b|\bsign up\b|\bfollow us\b|\bnewsletter\b|"
    r"\bпідпи(?:сатис|шіть|суй)|\bусі права\b|\bподпи(?:сат|шит|сывай)|\bвсе права\b|\b\S+@\S+\.\w+",
    re.IGNORECASE,
)
# One of these stands, in lower case, in every line that FOOTER finds: to look for them first takes a tenth of the time.
IN_FOOTERS = (
    "©", "(c)", "copyright", "all rights", "subscribe", "sign up", "follow us", "newsletter", "підпи", "усі права",
    "подпи", "все права", "@",
)  # fmt: skip

# Bylines that name nobody, and words in bylines that are no names.
NOBODY = re.compile(
    r"\b(?:staff|editors?|editorial|newsroom|desk|admin|anonymous|team|writers?|correspondents?|reporters?|journalists?|"
    r"редакція|редактор\w*|редакция|кореспондент\w*|корреспондент\w*|журналіст\w*|журналист\w*|відділ|отдел)\b",
    re.IGNORECASE,
)

# Lines that say the same in other words, in a title or right below it.
DIGEST_LINE = re.compile(
    r"\b(?:what (?:happened|you missed|we learned)|what[’']s on|notes from|in short|"
    r"in brief|at a glance|in (?:\w+|\d+) minutes|"
    r"(?:compiled|collected|gathered|edited|curated) (?:by|at|from)|editor:|(?:this|my|our) week\b|week (?:in|ahead)\b|"
    r"weeknotes|reading list|(?:quick|news|short) (?:hits|bites|bits|takes|notes)|"
    r"(?:media|press) review|(?:items|stories|links) follow|minute read|"
    r"(?:зібрали|зібрав|зібрала|склали|уклали|упорядкував|упорядкувала|складено)\b|вісті|тиждень|"
    r"за тиждень|події|стрічка|"
    r"(?:собрали|собрал|собрала|составлено|составил|составила)\b|вести|неделя|за неделю|события|лента|хроника дня)",
    re.IGNORECASE,
)
# The number of an issue, or the day or week that it is for, as digests and newsletters bear it.
ISSUE = re.compile(
    r"(?:№|#|\bno\.|\bvol(?:ume|\.)|\bissue|\bweek|\bвипуск|\bвыпуск|\bтиждень|\bнеделя)\s*\d+|\b\d+/(?:19|20)\d\d\b|"
    r"\b\d{1,2}\s*[–—-]\s*\d{1,2}\s+[^\W\d_]{3,}|"
    r"\b(?:week|fortnight|month) (?:ending|beginning|commencing|of|to) (?:the )?\d{1,2}\b|"
    r"\b(?:[зс]|від|от) \d{1,2}(?: [^\W\d_]{3,})? (?:по|до) \d{1,2} [^\W\d_]{3,}|"
    r"\b(?:mon|tues?|wed(?:nes)?s?|thurs?|fri|satur|sun)(?:day)?,?\s+\d{1,2}\s+[^\W\d_]{3,}|"
    r"\b(?:понеділок|вівторок|середа|четвер|п[’']ятниця|субота|неділя|понедельник|вторник|среда|четверг|пятница|суббота|"
    r"воскресенье),?\s+\d{1,2}\s+[^\W\d_]{3,}|\bза\s+\d{1,2}\s+[^\W\d_]{3,}",
    re.IGNORECASE,
)
# A day or a time alone: the entries of a chronicle begin so.
WEEKDAY = re.compile(
    r"(?:on )?(?:(?:next |last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|day \d+|понеділок|вівторок|середа|четвер|"
    r"п[’'ʼ]ятниця|субота|неділя|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|день \w+|"
    r"(?:19|20)\d\d(?:[–-]\d{2,4})?|\d{1,2} [^\W\d_]{3,}(?: \d{4})?)",
    re.IGNORECASE,
)
# "Ten ways to …": a list of things, not of news.
LISTICLE = re.compile(
    r"(?:the |top |my |our )*(?:\d{1,3}|three|four|five|six|seven|eight|nine|ten|twelve|три|чотири|четыре|п[’']ять|"
    r"пять|шість|шесть|сім|семь|вісім|восемь|дев[’']ять|девять|десять)\s+"
    r"(?!dead|killed|hurt|things to know)[^\W\d_]{3,}",
    re.IGNORECASE,
)
# Ends of press releases: what follows is about the release.
END_OF_RELEASE = re.compile(
    r"ends?|notes to (?:the )?editors?|press release|for immediate release|about .{3,40}|прес-?реліз|пресс-?релиз|"
    r"рішення|решение|постанова|постановление|наказ|приказ",
    re.IGNORECASE,
)
_COMMON = (
    "about above after again against also although among another around because been before behind being below "
    "between both came cannot come could does doing done down during each even ever every first from full further gave "
    "give given goes going good have having here hers himself however into itself just keep kept know known last "
    "later least less like long made make makes many might more most much must near need never next none nothing "
    "often once only other others ours over part people perhaps said same says second seen several shall should "
    "show since some soon still such take taken than that their theirs them themselves then there these they "
    "thing things this those though three through time today told took toward under until upon used very want "
    "well went were what when where whether which while whom whose will with within without would year years "
    "your yours than two four five seven eight nine twice percent cent million week weeks month months "
    "monday tuesday wednesday thursday friday saturday sunday "
    "адже або алли багато буде буду були було бути вже весь все всіх вона вони воно він від для доки досі його "
    "їх їхній коли кожен кожна крім лише люди майже мають може можна навіть наразі наш нема немає ніхто нічого "
    "один одна одне поки понад потім проте про раз рік року років роках самі своє своєї свої своїх себе серед "
    "собі став стало стала таки також такий такої там тепер тисяч того тоді тому тут тільки усі хоча хтось цього "
    "цей цьому через час часу чого чому щоб якщо який яка яке які якої яких днів день дня тиждень "
    "без более больше будет будут было были быть ведь весь вновь время всего всех всё где года году день дней "
    "дня для должны его если есть ещё еще или имени как какой когда который которая которое которые которых кто "
    "лет лишь люди между меня много может можно надо нам наш него неё нельзя нет никто ничего них однако она они "
    "оно опять очень перед пока после потом потому почти при про раз самый свой свою своего своих себя сейчас "
    "сказал сказала снова стал стала стало столько так также такие такой там тем теперь того тоже только тот "
    "три тут уже хотя чем через что чтобы этого этой этом этот эти это тысяч неделю недели"
)
# Words that every text has, whatever it is about.
COMMON = frozenset(f"{_COMMON} {tongues.COMMON}".split())
