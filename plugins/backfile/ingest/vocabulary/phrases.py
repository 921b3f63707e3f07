"""What newsletters say to their readers, and how titles and labels name a day, in English, Ukrainian and Russian.

Plain alternatives of phrases, as in :mod:`backfile.ingest.vocabulary.lexicon`.
"""

from __future__ import annotations

import re
from itertools import chain

from backfile.ingest.vocabulary import tongues
from backfile.ingest.vocabulary.months import IN_DATES

_WEEKDAYS = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\.?|"
    r"понеділ\w+|вівтор\w+|серед[аиу]|четвер\w*|п[’'ʼ]ятниц\w+|субот\w+|неділ[яюі]|"
    r"понедельник\w*|вторник\w*|сред[аыу]|четверг\w*|пятниц\w+|суббот\w+|воскресень\w+|"
    rf"{tongues.WEEKDAYS})"
)
_MONTHS = f"(?:{'|'.join(sorted(chain(*IN_DATES), key=len, reverse=True))})"
_ALL_MONTHS = f"(?:{_MONTHS}|{'|'.join(sorted(tongues.MONTHS.split(), key=len, reverse=True))})"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.|er|º)?\s+(?:de\s+)?{_ALL_MONTHS}|{_MONTHS}\.?\s+\d{{1,2}}|"
    r"(?:[0-2]?\d|3[01])\.(?:0?\d|1[0-2])(?:\.\d{2,4})?|\d{1,2}/\d{1,2}/(?:\d{2}){1,2}|\d{4}-\d{2}-\d{2})(?!\d)"
)
# A day, in the middle of a line.
DAY = re.compile(rf"\b{_DAY}(?!\w)", re.IGNORECASE)
# A line that says when, and nothing else.
DAY_LINE = re.compile(
    rf"(?:{_WEEKDAYS}[,.]?\s+)?{_DAY}(?:,?\s+\d{{4}}(?:\s*(?:р|г)\.?|\s+(?:року|года))?)?(?:,?\s+\(?{_WEEKDAYS}\)?)?"
    r"(?:[,:]?\s+\d{1,2}[:.]\d{2}(?:\s*[–—-]\s*\d{1,2}[:.]\d{2})?)?\s*[:.]?|"
    rf"{_WEEKDAYS}[,:]?(?:\s+\d{{1,2}}[:.]\d{{2}})?",
    re.IGNORECASE,
)
# Parts of the day and the week in a title: it names an issue by its time.
PERIOD = re.compile(
    rf"\b(?:{_WEEKDAYS}|morning|noon|midday|evening|night|overnight|tonight|today|yesterday|daybreak|weekend\w*|"
    r"week|fortnight|month|ран(?:ок|ков\w+|ку)|вечір\w*|вечор\w+|вечірн\w+|ніч|ночі|нічн\w+|сьогодні|вчора|вихідн\w+|"
    r"тижд(?:ень|ня)|місяц\w+|утр[оа]|утренн\w+|вечерн?\w+|ночь|ночи|ночн\w+|сегодня|вчера|выходн\w+|недел[юия]|"
    rf"месяц\w*|сутки|суток|добу|доби|{tongues.PERIOD})\b",
    re.IGNORECASE,
)
# What a title calls an issue by what is in it; "things" are as often advice ("Seven things everybody gets wrong").
_WHAT = (
    r"(?:stories|items|headlines|links|reads|news|paragraphs|notes|"
    r"things(?=\W*$| ?[:,;|—–-]| (?:to|from|in|for|at|over|before|after|with|this|we|you (?:need|should|may|might))\b)|"
    r"новин\w*|новост\w*|історі\w+|истори\w+|тем\w?|поді\w+|событи\w+|абзац\w*|матеріал\w*|материал\w*|"
    r"заміток|заметок|заметки|замітки|посилань|ссылок|текст\w*)"
)
ISSUE_OF = re.compile(
    rf"\b(?:\d{{1,2}}|three|four|five|six|seven|eight|nine|ten|twelve|три|чотири|четыре|п[’'ʼ]ять|пять|шість|шесть|"
    rf"сім|"
    rf"семь|вісім|восемь|дев[’'ʼ]ять|девять|десять)\s+(?:\w+\s+){{0,2}}{_WHAT}\b|"
    r"\b(?:summary|dispatch(?:es)?|round-?up|wrap(?:-up)?|rundown|recap|(?:morning|noon|evening|night|news|day) file|"
    r"(?:morning|evening|daily|weekly|weekend|day|night)\W+(?:note|notes|letter|memo|brief|report|mail|post|edition)|"
    r"diary of the (?:day|week)|miscellany|bits and pieces|odds and ends|snippets|titbits|"
    r"gazette|edition|newswire|bullet points|"
    r"what (?:to (?:read|watch|see|know)|we(?:[’']re| are)? read(?:ing)?|we (?!know\b)\w+|"
    r"else|happened)|what(?:[’']s| has| is)? (?:been )?(?:happening|going on)|where to go|"
    r"(?:around|across) the (?:\w+ )?(?:region|harbours?|ports?|islands?|world|county|country|city|valleys?|towns?)|"
    r"from the (?:newsroom|(?:news )?desk|regions?|provinces?|wires?)|what the papers say|"
    r"(?:про )?що пи(?:шуть|сали)|(?:о ч[её]м|что) пи(?:шут|сали)|"
    r"(?:що|про що) ми \w+|(?:что|о ч[её]м) мы \w+|"
    r"що (?:сталося|почитати|подивитися|читати|нового|було|відбулося|варто)|куди піти|що де коли|"
    r"(?:что|що) (?:цитиру\w+|цитують|обсужда\w+|обговорю\w+|пропустил\w*)|"
    r"что (?:случилось|произошло|почитать|посмотреть|читать|нового|было)|куда пойти|"
    r"(?:from|by|what) our (?:correspondents|reporters|stringers)|(?:corners|parts) of the (?:\w+ )?(?:country|"
    r"county|region|world)|"
    r"(?:наших|власних|собственных) (?:дописувачів|кореспондентів|корреспондентов)|з (?:усіх|різних) кут\w+|"
    r"из (?:всех|разных) угол\w+|по страницам|"
    r"(?:from|in) the (?:press|papers)|(?:press|media) (?:review|cuttings|watch|monitoring|survey)|"
    r"(?:огляд|з|зі) (?:преси|газет|змі|медіа|місцевих змі)|"
    r"(?:обзор|из) (?:прессы|газет|сми|местных сми|местной прессы)|"
    r"дрібниці|різне|всячина|мелочи|разное|"
    r"вістк\w+|вісник\w* тижня|хроніка (?:дня|тижня|доби)|хроника (?:дня|недели|суток)|"
    r"з областей|з регіонів|по країні|по світу|из регионов|из провинции|по стране|по миру|"
    r"розсилк\w+|рассылк\w+|афіша|афиша|картина дня|картина тижня|картина недели|добірка|подборка|"
    r"календар (?:подій|тижня)|календарь (?:событий|недели)|оперативн\w+|донесення)\b",
    re.IGNORECASE,
)
# Nouns that nothing else is called by.
DIGEST_NOUN = re.compile(
    r"\b(?:briefs|briefing|digest|round-?up|headlines|newsletter|bulletin|"
    r"(?:press|newspaper|media|daily|weekly|news) (?:sheet|cuttings|clippings|clips|coverage|mentions|monitoring|"
    r"review)|"
    r"дайджест\w*|зведення|бюлетень|огляд (?:преси|новин|подій|дня|тижня|змі)|сводка|бюллетень|"
    rf"обзор (?:прессы|новостей|событий|дня|недели|сми)|{tongues.NOUNS})\b",
    re.IGNORECASE,
)
# What texts of other kinds call themselves, that are parts in a row as well.
GENRE = re.compile(
    r"\b(?:(?<!\d )(?<!two )(?<!three )(?<!five )(?<!six )(?<!ten )(?<!fifteen )minutes|protocol|agenda|menu|"
    r"programme?|rules|terms|recipes?|guide|manual|faq|glossary|changelog|"
    r"release notes|what[’']s new in|statement|resignation|speech|interview|timeline|chronology|timetable|"
    r"open letter|"
    r"poll|survey|petition|biography|bibliography|reading list|profile|syllabus|instructions?|tips|review of|"
    r"(?:hour by hour|minute by minute|as it happened(?=:)|(?<=[:,–—] )as it happened|live updates|live blog)|"
    r"бібліографія|список літератури|библиография|список литературы|"
    r"(?:хроніка|хроника) (?!(?:дня|тижня|недели|доби|суток|подій|событий|новин|новостей)\b)\w+|"
    r"протокол\w*|порядок денний|меню|програма|правила|умови|рецепт\w*|інструкці\w+|поради|заява|промова|"
    r"інтерв[’'ʼ]ю|"
    r"хронологія|розклад|відкритий лист|опитування|біографія|словник|рішення|"
    r"повестка дня|программа|условия|инструкци\w+|советы|заявление|речь|интервью|хронология|расписание|"
    r"открытое письмо|опрос|биография|словарь|решение)\b",
    re.IGNORECASE,
)
PERSONAL = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Яя]|[Мм]ій|[Мм]оя|[Мм]оє|[Мм]ої|[Мм]ой|[Мм]оё|[Мм]ои)\b")
# "On Tuesday we …": a day that goes on from the day before, where a calendar would have a date and a stop.
DAY_OF_STORY = re.compile(
    rf"(?:(?:on|by|at|in|у|в|во|до|к)\s+)?{_WEEKDAYS}\s+(?!\d)(?:[^\W\d_A-ZА-ЯІЇЄҐ]\w*|I)\b|"
    r"(?:day|день)\s+(?:\d|one|two|перший|первый)",
    re.IGNORECASE,
)
# "Monday: barley soup": a plan for the week, or its diary.
DAY_HEADED = re.compile(rf"{_WEEKDAYS}\s*[:–—-]", re.IGNORECASE)
# How a letter to readers begins.
GREETING = re.compile(
    r"(?:good (?:morning|afternoon|evening|day)|hello|hi|happy \w+day|welcome (?:to|back)|dear (?:readers?|friends?|"
    r"subscribers?|colleagues?|members?)|here(?:[’']s| is| are) (?:what|the|your|our|today|this)|"
    r"(?:дорогі|шановні|любі|уважаемые|дорогие|милые)\s[^.!,:]{3,60}[!,]|"
    r"добр(?:ого (?:ранку|дня|вечора|здоров\w+)|ий (?:день|вечір|ранок)|ое утро|ый (?:день|вечер))|"
    r"доброго времени|вітаємо|вітаю|привіт|здрастуйте|привет|"
    r"здравствуйте|приветствуем|"
    r"(?:сьогодні|цього тижня) у (?:випуску|добірці|листі)|(?:сегодня|на этой неделе) в (?:выпуске|подборке|письме)|"
    rf"{tongues.GREETING})(?!\w)",
    re.IGNORECASE,
)
# How one ends.
SIGN_OFF = re.compile(
    r"(?:(?:and )?that[’']?s (?:all|it)|that is (?:all|it)|thanks? (?:you )?for reading|see you|until (?:next|"
    r"tomorrow|"
    r"monday|then|we)|have a (?:good|nice|great|lovely|quiet)|back (?:on|in|tomorrow)|enjoy your|good night\b|"
    r"(?:seen|heard|got|know) (?:something|a story|anything)|tell a friend|write to us|forward(?:ed)? this|"
    r"we(?:[’']ll| will) be (?:back|with you)|ми (?:повернемо?с|почуємос)\w*|мы (?:верн[её]мся|услышимся)|"
    r"(?:(?:kind|best|warm) )?regards\b|sincerely\b|yours (?:truly|sincerely|faithfully)|з повагою|с уважением|"
    r"tell us what|compiled by|edited by|(?:this|today[’']s) (?:issue|briefing|newsletter|digest|edition) was|"
    r"на (?:цьому|сьогодні|тепер) (?:все|усе)|(?:це|ось) (?:все|і все|усе)|дякуємо,? що|дякую,? що|гарн(?:ого|их|"
    r"ої)\b|"
    r"до (?:завтра|понеділка|зустрічі|побачення|наступно\w+)|побачимось|бережіть себе|"
    r"спокійно\w+ (?:ночі|дня|вихідних)|"
    r"вдалого|випуск (?:підготува|уклал|склал)|"
    r"на (?:этом|сегодня) (?:всё|все|у нас)|это (?:всё|все)\b|вот и (?:всё|все)|спасибо,? что|хорош(?:его|их|ей)\b|"
    r"до (?:завтра|понедельника|встречи|свидания|следующ\w+)|увидимся|берегите себя|удачно\w+|"
    rf"выпуск (?:подготови|состави|собра)\w*|приятно\w+|{tongues.SIGN_OFF})",
    re.IGNORECASE,
)
# Advice, essays, letters and speeches speak of "you", "we" and "I" throughout.
ADDRESS = re.compile(
    r"\b(?:you|your|yours|yourself|i|my|me|we|our|us|"
    r"ти|тебе|тобі|твій|твоя|ви|вас|вам|ваш\w*|я|мене|мені|мій|моя|моє|мої|ми|нас|нам|наш\w*|"
    r"ты|тебя|тебе|твой|вы|меня|мне|мой|моё|мои|мы)\b",
    re.IGNORECASE,
)
# Who was named before: a first sentence with one of these and no name before it goes on from another text.
PRONOUN = re.compile(
    r"\b(?:he|she|they|him|her|them|his|hers|their|"
    r"він|вона|вони|його|її|їх|йому|їй|їм|ним|нею|неї|нього|"
    r"он|она|они|его|её|ее|их|ему|ей|им|ним|ней|неё|него)\b",
    re.IGNORECASE,
)
# "MARRICK, Aug 21 (Agency) - ", "Пелль. 3 марта. ": where and when, before an agency's text.
DATELINE = re.compile(
    r"(?P<place>[A-ZА-ЯІЇЄҐ][^\W\d_]*(?:[ '’.-]+[A-ZА-ЯІЇЄҐ][^\W\d_]*){0,4})"
    rf"(?:[,.]\s*(?i:{_DAY})\.?(?:\s+\d{{4}})?)?(?:\s*\([^()]{{2,40}}\)|"
    rf"\.?\s*/[^/]{{2,40}}/)?\s*[.:]?\s*(?P<dash>[–—-]+|\.)\s+(?=\S)",
)
# In the name of a section below an article: something else follows.
ELSEWHERE = re.compile(
    r"\b(?:also|other|more|elsewhere|brief(?:ly|s)?|meanwhile|news|headlines|and finally|"
    r"також|інш\w+|ще|стисло|коротко|новини|тим часом|наостанок|"
    r"также|друг\w+|ещё|еще|коротко|новости|тем временем|вкратце|напоследок)\b",
    re.IGNORECASE,
)
# Below the line of a post in a chat: it was written elsewhere.
FORWARDED_POST = re.compile(
    r"(?:forwarded (?:from|message)|via|переслано (?:з|із|від|из|от)|пересланн?е (?:повідомлення|"
    r"сообщение))\b.{0,80}$",
    re.IGNORECASE,
)
# What comes last on the air, before the word to the audience.
WEATHER = re.compile(r"(?:(?:and )?(?:now )?the )?(?:weather|forecast)\b|(?:прогноз )?погод[аи]\b", re.IGNORECASE)
# A line that belongs to the page: somebody paid for it, or a picture stood there.
ASIDE = re.compile(
    r"[\[(]?\s*(?:sponsored\b|a (?:word|message) from our (?:sponsor|partner)|advertis(?:ement|ing)\b|"
    r"paid (?:post|content)|partner content|presented by\b|реклама\b|на правах реклам|спонсор\w*\b|"
    r"(?:editor['’]s note|correction|примітка редакції|виправлення|примечание редакции|поправка|уточнение)\s*:|"
    r"партнерськ\w+ матеріал|"
    r"партн[её]рск\w+ материал|(?:photo|video|image|фото|відео|видео)\b[^\[\]()]{0,80}[\])]$)",
    re.IGNORECASE,
)
# What parts of an issue that are no news are called, alone or before a colon: adverts, games, the weather, notices.
_OF_THE = r"(?: of the (?:day|week|month|issue)| from the archives?)"
_OF_DAY = r" (?:дня|тижня|місяця|недели|месяца|номера|випуску|выпуска)"
PASTIME = re.compile(
    r"(?:the |our |and |your |today[’']s |this week[’']s |in )*(?:"
    rf"(?:quote|quotation|number|figure|fact|word|phrase|photo|picture|image|chart|map|tweet|post|song|joke|poll|"
    rf"tip|recipe|"
    rf"book|question|poem|cartoon){_OF_THE}|one number|(?:quote|quotation|weather|forecast|quiz|crossword|puzzle|"
    rf"sudoku|"
    r"horoscope|recipe|vacanc(?:y|ies)|classifieds?|small ads|birthdays?|obituar(?:y|ies) notices)|on this day|"
    r"this day in history|weather (?:today|forecast|tomorrow)|jobs?(?: board| of the week|s? (?:vacancies|offers|"
    r"openings))?|"
    r"we(?:[’']re| are) hiring|what[’']s on|events? (?:calendar|diary)|(?:dates? for (?:the|your) )?diary|calendar|"
    r"support (?:us|our \w+)|donate(?: now)?|keep us \w+|become a (?:member|friend|subscriber|patron|supporter)|"
    r"about us|"
    r"(?:contact|tell|follow|join|find) us|your (?:feedback|letters?)|(?:readers?[’']? )?(?:poll|survey)|"
    r"exchange rates?|currency rates?|from (?:the|our) archives?|in this issue|contents|"
    r"(?:together|in partnership|brought to you|in association) (?:with|by) [^.!?:]{2,40}|"
    r"from our (?:sponsors?|partners?|shop)|sponsors?(?:ed)?(?: (?:by|content|message|post).{0,40})?|"
    r"promot(?:ion|ed)|partner content|a (?:word|message) from our (?:sponsors?|partners?)|comments?(?: \(\d+\))?|"
    r"advert(?:isement)?|"
    rf"(?:цитата|число|цифра|факт|слово|фото|світлина|знімок|картинка|пісня|рецепт|книга|книжка|питання|жарт|"
    rf"вірш){_OF_DAY}|"
    r"(?:прогноз )?погод[аи](?: (?:на|у|в) .{2,30})?|коментарі(?: \(\d+\))?|(?:з|із) (?:нашого )?архіву|"
    r"цей день в історії|день в історії|календар|афіша|вакансії|оголошення|"
    r"курси? валют|курси? нбу|іменинники|дні народження|гороскоп|кросворд|вікторина|підтрим(?:айте|ати) (?:нас|\w+)|"
    r"від (?:редакції|партнера)|партнерськ\w+ (?:матеріал|проєкт|проект)|(?:на правах )?реклам[аи]|"
    r"партнер (?:випуску|номера|розсилки)|у цьому випуску|зміст|"
    rf"(?:цитата|число|цифра|факт|слово|фото|снимок|картинка|песня|рецепт|книга|вопрос|шутка|анекдот|"
    rf"стихотворение){_OF_DAY}|"
    r"комментарии(?: \(\d+\))?|из (?:нашего )?архива|этот день в истории|день в истории|календарь|афиша|вакансии|"
    r"объявления|курсы? (?:валют|цб)|именинники|дни рождения|"
    r"кроссворд|викторина|поддерж(?:ите|ать) (?:нас|\w+)|от (?:редакции|партн[её]ра)|партн[её]рск\w+ (?:материал|"
    r"проект)|(?:на правах )?реклам[аы]|партн[её]р (?:выпуска|номера|рассылки)|"
    rf"в этом (?:выпуске|номере)|содержание|{tongues.PASTIME})",
    re.IGNORECASE,
)
# What is said of an issue, and of no event: who made it, who may reprint it, whom to ask.
OF_ISSUE = re.compile(
    r"\b(?:(?:this|today[’']s|the next|our next|the previous) "
    r"(?:issue|edition|newsletter|digest|briefing|bulletin|summary)|"
    r"not for (?:broadcast|publication|release|redistribution)|(?:may|must) not be (?:reprinted|republished)|"
    r"reprint(?:s|ed|ing)? (?:is|are|with|only)|embargo(?:ed)? until|"
    r"(?:queries|questions|tips|feedback|corrections?|comments) to (?:the|our)\b|"
    r"(?:duty|night|copy|managing|issue|responsible) editor\s*[:–—-]|end-to-end encrypted|"
    r"(?:reply|write|respond) to (?:this|us)|"
    r"передрук|при передруку|відповідальн\w+ (?:за випуск|редактор\w*)|"
    r"(?:цей|наступний|цього) (?:випуск\w*|дайджест\w*|лист\w*)|випуск (?:від|підготува\w+|уклада\w+)|"
    r"отримувати (?:цей |цю |наш\w* )?(?:дайджест|розсилку|лист\w*|бюлетень)|"
    r"(?:запитання|пропозиції|зауваження) (?:надсилайте|пишіть)|"
    r"перепечатк\w+|при перепечатке|редактор-составитель|ответственн\w+ (?:за выпуск|редактор\w*)|"
    r"(?:этот|следующий|этого) (?:выпуск\w*|дайджест\w*|письм\w*)|выпуск (?:от|подготов\w+|состав\w+)|"
    r"получать (?:этот |эту |наш\w* )?(?:дайджест|рассылку|письм\w*|бюллетень)|"
    r"(?:вопросы|предложения|замечания) (?:присылайте|направляйте|пишите))",
    re.IGNORECASE,
)
# How a paragraph begins that goes on from the one above it.
GOES_ON = re.compile(
    r"(?:he|she|they|his|her|their|its|it|however|but|and|also|moreover|furthermore|in addition|instead|"
    r"(?:in|on|at) the same|the same|"
    r"він|вона|воно|вони|його|її|їх|їхній|однак|проте|але|також|водночас|крім того|при цьому|у тому ж|на тій же|"
    r"он|она|оно|они|его|её|ее|их|однако|но|также|кроме того|при этом|в то же|(?:в|на) (?:том|той) же)\b",
    re.IGNORECASE,
)
