"""What every archive of world news is full of, from general knowledge and no data set.

The corpora behind ``words.background`` are mostly American and almost all English; counted
over them alone, *NATO* or *Україна* would be as rare as a village. These lists put that
right: the snapshot takes each of their words to stand in a fixed share of documents at
least. They also say which shared names are no reason to call two texts related
(``affairs.relating``).
"""

from __future__ import annotations

from typing import Final

from backfile.wordlists import word_set

# Countries, capitals, nations, offices: a reader takes them for the setting, not for what a text is about.
SETTING: Final = word_set(
    "Russia Russian Russians Ukraine Ukrainian Ukrainians America American Americans USA US U.S. United States",
    "Kingdom Britain British England English Scotland Wales Ireland Irish France French Germany German Italy Italian",
    "Spain Spanish Portugal Poland Polish Czech Republic Slovakia Hungary Hungarian Romania Bulgaria Serbia Croatia",
    "Greece Greek Turkey Turkish Finland Sweden Swedish Norway Denmark Netherlands Dutch Belgium Austria Switzerland",
    "Swiss Estonia Latvia Lithuania Belarus Moldova Georgia Armenia Azerbaijan Kazakhstan China Chinese Japan",
    "Japanese Korea Korean India Indian Pakistan Afghanistan Iran Iranian Iraq Iraqi Israel Israeli Palestine",
    "Palestinian Gaza Syria Syrian Lebanon Egypt Libya Saudi Arabia Qatar Yemen Africa African Nigeria Kenya Ethiopia",
    "Sudan Canada Canadian Mexico Mexican Brazil Argentina Venezuela Cuba Australia Australian Zealand Indonesia",
    "Philippines Vietnam Thailand Europe European Asia Asian Western Eastern Northern Southern West East Middle",
    "Nations Union Council Commission Parliament Kremlin Pentagon Congress Senate House White Moscow Kyiv Kiev",
    "Washington London Paris Berlin Brussels Beijing Warsaw Tehran Jerusalem York President Minister Prime Foreign",
    "Defence Defense Secretary General Ministry Government State Reuters AP AFP BBC CNN Republican Republicans",
    "Democrat Democrats Democratic Party Court Supreme Росія Россия російський российский росіяни россияне Україна",
    "Украина український украинский українці украинцы США Америка американський американский Британія Британия",
    "Великобритания Великобританія Англія Англия Франція Франция французький французский Німеччина Германия німецький",
    "немецкий Італія Италия Іспанія Испания Польща Польша польський польский Чехія Чехия Словаччина Словакия Угорщина",
    "Венгрия Румунія Румыния Туреччина Турция Фінляндія Финляндия Швеція Швеция Норвегія Норвегия Естонія Эстония",
    "Латвія Латвия Литва Білорусь Беларусь Белоруссия Молдова Грузія Грузия Вірменія Армения Азербайджан Казахстан",
    "Китай китайський китайский Японія Япония Корея Індія Индия Іран Иран Ірак Ирак Ізраїль Израиль Сирія Сирия",
    "Європа Европа європейський европейский Захід Запад західний западный східний восточный Союз Рада Совет Комісія",
    "Комиссия Парламент Кремль Москва Київ Киев Вашингтон Лондон Париж Берлін Берлин Брюссель Пекін Пекин Варшава",
    "Президент Міністр Министр прем'єр премьер голова глава МЗС МИД Міноборони Минобороны ЗСУ ВСУ РФ Верховна",
    "Верховная Державна Государственная Дума",
)
# Persons that half of all world news names.
LEADERS: Final = word_set(
    "Putin Zelensky Zelenskyy Trump Biden Xi Jinping Macron Erdogan Vladimir Volodymyr Donald Joe Lavrov Blinken",
    "Scholz Merz Starmer Meloni Orban Lukashenko Netanyahu Modi Путін Путин Зеленський Зеленский Трамп Байден Макрон",
    "Ердоган Эрдоган Лавров Лукашенко Орбан Володимир Владимир Дональд",
)
# Bodies that a text may well be about, common as they are.
BODIES: Final = word_set(
    "EU NATO UN Telegram Facebook Twitter Google Microsoft Apple ЄС ЕС НАТО ООН Генштаб",
)
NAMES: Final = SETTING | LEADERS | BODIES
# Common words of news.
WORDS: Final = word_set(
    "війна війни воєнний військовий військові військ армія сили силами ситуація район районі область області",
    "місто міста місті люди людей людина чоловік жінка діти дитина країна країни країн світ світі уряд влада",
    "держава державний закон рішення питання робота роботи частина кількість мільйон мільйонів мільярд",
    "мільярдів тисяч тисячі гривень доларів євро відсотків місяць місяці тиждень тижні вечір ранок ніч вночі",
    "час часу пізніше зокрема стало стала стали може можуть має мають мав мала мали треба потрібно інший інші",
    "інших новий нова нові великий велика перший перша останній останні зазначив зазначила додав додала",
    "наголосив розповів розповіла пише йдеться відомо вважає каже говорить сталося стався сталася внаслідок",
    "результаті після удар удари атака атаки обстріл обстріли ракета ракети дрон дрони безпілотник",
    "безпілотники ворог противник оборона фронт загинули загинув поранені поранено постраждали пошкоджено",
    "допомога підтримка санкції переговори зустріч угода заява інтерв'ю журналіст видання канал мережа",
    "поліція суд справа война войны военный военные войск армия силы силами ситуация район районе область",
    "области город города городе люди людей человек мужчина женщина дети ребенок страна страны стран мир мире",
    "правительство власти власть государство государственный закон решение вопрос работа работы часть",
    "количество миллион миллионов миллиард миллиардов тысяч тысячи рублей долларов евро процентов месяц",
    "неделя вечер утро ночь ночью время времени позже частности стало стала стали может могут имеет имеют",
    "нужно надо другой другие других новый новая новые большой большая первый первая последний последние",
    "отметил отметила добавил добавила подчеркнул рассказал рассказала пишет известно считает говорит",
    "произошло произошел произошла результате после удар удары атака атаки обстрел обстрелы ракета ракеты",
    "дрон дроны беспилотник беспилотники враг противник оборона фронт погибли погиб ранены ранен пострадали",
    "повреждено помощь поддержка санкции переговоры встреча соглашение заявление интервью журналист издание",
    "канал сеть полиция суд дело war military army troops forces attack strike missile drone region official",
    "officials country world leader leaders economic security relations talks negotiations agreement peace",
    "sanctions",
)
