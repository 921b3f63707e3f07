"""The words by which pages name their furniture, in the languages of news; data only.

Each pattern must match at the start of a short block (or all of it), so that a sentence
which merely holds such words is never taken for furniture.
"""

from __future__ import annotations

import re


def _start(*phrases: str) -> re.Pattern[str]:
    """Match any of ``phrases``, whole words, at the start of a text."""
    return re.compile(r"[\W_]*(?:" + "|".join(phrases) + r")(?![^\W_])", re.IGNORECASE)


# What WordPress sets below an entry of a feed.
FIRST_APPEARED = (
    r"(?:the post .{3,300} (?:appeared first|first appeared) on|"
    r"(?:сообщение|запись) .{3,300} (?:появил\w+ сначала|впервые появил\w+) на|"
    r"(?:запис|допис) .{3,300} (?:спершу|вперше) з['’ʼ]яви\w+ на)"
)

# What leads to another text: "Read also: …".
READ_MORE = _start(
    r"(?:also )?read(?: also| more| next| on| the full (?:story|article))?(?=\s*[:|>»–—-])", r"(?:also|must) read",
    r"read (?:more|next|also)", r"see (?:also|more)",
    r"related(?: (?:articles?|stories|content|topics|posts?|links?|news|reading))?(?=\s*[:|]|$)",
    r"more (?:on|from|about|in)(?= .{2,60}$)", r"more (?:stories|news|articles)", r"don['’]t miss",
    r"you (?:may|might) (?:also )?(?:like|be interested)",
    r"recommended(?: (?:for you|reading|stories|articles))?(?=\s*[:|]|$)", r"what to read next", r"up next",
    r"further reading(?=\s*:|$)", r"continue reading", r"click here", r"watch (?:now|more|also|live)(?=\s*[:|]|$)",
    r"keep reading", r"most (?:read|popular|viewed)(?= .{0,30}$|$)", r"trending(?: now)?$",
    r"editors?['’]s? (?:picks?|choice)", r"(?:lesen|sehen|hören) sie (?:auch|mehr|dazu|hier)",
    r"(?:auch|mehr) (?:zum thema|dazu|lesen)", r"mehr (?:über|von|aus|zu)(?= .{2,60}$)", r"weiterlesen",
    r"lies auch", r"lesetipp", r"zum (?:artikel|thema)(?=\s*:)", r"das könnte (?:sie|dich) auch",
    r"weitere (?:artikel|themen|beiträge|meldungen|infos|informationen|nachrichten)(?= zu.{0,50}$|\s*:|$)",
    r"ähnliche (?:artikel|beiträge|themen)", r"empfohlene (?:artikel|beiträge)", r"passend dazu", r"meistgelesen",
    r"top-themen", r"anzeige$", r"auch interessant", r"verwandte (?:artikel|themen|beiträge)",
    r"(?:à )?lire (?:aussi|également|la suite)", r"à (?:lire|voir|découvrir)(?: aussi| également)?(?=\s*[:|]|$)",
    r"voir aussi", r"(?:sur|dans) le même sujet", r"le[ae]r? también", r"lee (?:también|además|más)", r"ver también",
    r"te (?:puede|podría) interesar", r"puedes? ver(?=\s*:)", r"más (?:sobre|noticias|información)(?=.{0,50}$)",
    r"mir[áa] también", r"(?:notas?|noticias?|artículos?) relacionad[ao]s", r"también te puede", r"leggi anche",
    r"approfondisci", r"leia (?:também|mais)", r"veja (?:também|mais)", r"saiba mais", r"les (?:også|mer)",
    r"läs (?:också|även|mer)", r"læs (?:også|mere)", r"lees (?:ook|meer|verder)", r"lue (?:myös|lisää)",
    r"czytaj (?:też|także|również|więcej|dalej)", r"zobacz (?:też|także|również|więcej)", r"čtěte také",
    r"olvassa el", r"citește și", r"citiți și", r"читайте (?:также|ещ[её]|подробнее|по теме|нас)", r"смотрите также",
    r"(?:материалы|новости|статьи) по теме", r"подробнее(?=\s*:|$)", r"по теме(?=\s*:|$)", r"читайте (?:також|ще)",
    r"дивіться також", r"(?:матеріали|новини) за темою", r"детальніше(?=\s*:|$)", r"ayrıca oku", r"अधिक पढ़ें",
    r"यह भी पढ़ें",
    r"関連(?:記事|キーワード|リンク|ニュース)", r"おすすめ(?:記事|情報)?$", r"相关(?:阅读|新闻)", r"관련\s*기사",
)  # fmt: skip

# What asks for an address, a subscription, a follow or an answer.
SIGN_UP = _start(
    r"sign (?:up|in)", r"log ?in (?:or (?:register|sign up)|to (?:post|comment|read|continue))",
    r"already (?:a|have an?) (?:subscriber|member|account)(?=\??\s*(?:$|log|sign))",
    r"get (?:unlimited|full) (?:digital )?access",
    r"(?:this|the) (?:article|story|post) is (?:for|only|reserved|available to) .{0,30}(?:subscribers|members)",
    r"(?:to )?continue reading (?:with|for|this|by)(?=.{0,60}$)", r"cancel any ?time",
    r".{2,60} is a reader-supported (?:publication|newsletter|site)", r"to receive new posts and support",
    FIRST_APPEARED, r"subscribe", r"get (?:the|our|your) .{0,60}(?:newsletter|inbox|emails?)",
    r"get .{3,60} (?:delivered|straight|sent|right|directly)? ?(?:to|in) your inbox",
    r"(?:join|follow|like|find|connect with) (?:us|the|our)? ?.{0,60}(?:facebook|twitter|instagram|telegram|whatsapp"
    r"|google news|youtube|linkedin|newsletter|channel)",
    r"(?:our|the|free|daily|weekly|morning)(?: \w+)? newsletters?", r"newsletters?$",
    r"thanks? (?:you )?for (?:signing up|subscribing)", r"keep an eye on your inbox",
    r"download (?:the|our) .{0,40}app", r"have (?:a|you got a|you) (?:tip|story|news tip)",
    r"click here to (?:get|sign|subscribe|join|download)", r"support (?:independent|our|quality) journalism",
    r"would you like to comment", r"(?:leave|post|add|write) a (?:comment|reply)",
    r"share (?:this|on|via|with|the|your)(?=.{0,40}$)", r"(?:print|email|copy link|tweet|pin it)$",
    r"listen to this article", r"advertisement(?:$| -| –|\s)", r"story continues below",
    r"scroll (?:down )?to continue", r"skip (?:to|advertisement|past)", r"enable javascript",
    r"(?:comments?|tags?|topics?|share)\s*:?$", r"all rights reserved", r"copyright(?= ?[©\d(])", r"©",
    r"(?:unser(?:en)?|der|den|zum|kostenlose[nr]?|jetzt)(?: \S+)?[ -]newsletter",
    r"newsletter (?:abonnieren|bestellen)", r"abonnieren sie", r"jetzt (?:abonnieren|anmelden|registrieren)",
    r"folgen? sie uns", r"folgst du schon", r"folge uns", r"melden sie sich", r"teilen(?: auf| mit| sie|$|\s*:)",
    r"artikel (?:teilen|drucken|merken)", r"kommentare?$", r"kommentar (?:schreiben|verfassen)",
    r"schlagw(?:o|ö)rte?r?\s*:?$", r"zurück (?:zu[rm]?|nach oben)(?=.{0,40}$)", r"nach oben$", r"externer inhalt",
    r"an dieser stelle (?:finden|befindet|steht)", r"ein klick für den datenschutz", r"(?:ihre|deine) privatsphäre",
    r"link zum youtube", r"empfohlener redaktioneller inhalt", r"mit (?:dem )?klick", r"hier klicken, um",
    r"ich (?:bin|möchte|stimme)(?=.{0,160}(?:externe|inhalte|daten))",
    r"inhalt (?:von|aktivieren|laden)(?=.{0,40}$)", r"abonnez-vous", r"inscrivez-vous", r"recevez ", r"suivez-nous",
    r"partage[rz](?=.{0,40}$)", r"suscr[íi]b[ea]te", r"s[íi]gue?nos",
    r"s[íi]gue(?= .{0,40}(?:facebook|twitter|instagram|telegram|whatsapp|google))", r"compart[ei]r?(?=.{0,40}$)",
    r"recibe (?:nuestr|las|el)", r"inicia sesión", r"regístrate", r"tu suscripción se está usando", r"iscriviti",
    r"seguici", r"condividi(?=.{0,40}$)", r"inscreva-se", r"siga-nos", r"meld (?:je|deg) (?:aan|på)",
    r"abonn(?:er|eer|iere)(?= .{0,60}$)", r"prenumerera", r"zapisz się", r"udostępnij", r"obserwuj nas",
    r"(?:войдите|авторизуйтесь|зарегистрируйтесь)(?=.{0,60}(?:комментари|чита|зарегистр))",
    r"(?:увійдіть|авторизуйтесь|зареєструйтесь)(?=.{0,60}(?:коментар|чита|зареєстр))",
    r"(?:оформіть|оформите) (?:перед|під|под)\w+",
    r"подпис(?:ывайтесь|аться|ывайся|ка)", r"поделиться", r"комментарии(?: \d+)?$", r"следите за (?:нами|новостями)",
    r"наш (?:телеграм|telegram|канал)", r"підпис(?:уйтесь|атися|уйся)", r"поділитися", r"коментарі(?: \d+)?$",
    r"стежте за", r"наш (?:телеграм|telegram)", r"この記事は会員限定", r"有料会員", r"無料会員",
    r"printed from(?=\s*:)", r"source url(?=\s*:)", r"urmărește-ne", r"obserwuj nas", r"article réservé aux abonnés",
    r"article réservé à nos abonnés", r"dieser artikel ist (?:nur )?für abonnenten",
    r"(?:перегляд(?:ів|и)|просмотр(?:ов|ы)|views|wyświetle(?:ń|nia)|vizualizări)(?=\s*:?\s*[\d., ]+$)",
    r"会員登録", r"シェアする?$", r"ツイート$",
    r"有料記事", r"メモ入力", r"完了しました", r"구독", r"공유하기",
)  # fmt: skip

# What begins a line that says who and when: never part of the text.
BYLINE = _start(
    r"by", r"von", r"par", r"por", r"di", r"door", r"av", r"af", r"od", r"автор", r"авторка", r"text", r"texte",
    r"words", r"foto", r"photo", r"autor(?:in)?", r"author", r"written by", r"posted by", r"reporting by",
    r"published(?: by| on)?", r"posted(?: on)?", r"updated", r"last (?:updated|modified)", r"modified",
    r"first published", r"veröffentlicht(?: am)?", r"aktualisiert(?: am)?", r"zuletzt (?:aktualisiert|geändert)",
    r"stand", r"erstellt(?: am)?", r"datum", r"publié(?: le| par)?", r"mis à jour", r"modifié", r"publicado",
    r"actualizado", r"actualizada", r"pubblicato", r"aggiornato", r"publicerad", r"uppdaterad", r"publisert",
    r"oppdatert", r"gepubliceerd", r"bijgewerkt", r"data publikacji", r"aktualizacja", r"опубликовано", r"обновлено",
    r"опубліковано", r"оновлено", r"kategorie", r"category", r"source", r"quelle",
    r"(?:просмотр(?:ов|ы)|перегляд(?:ів|и)|прочитано|прочитали|рейтинг|views|hits|rating)(?=\s*:?\s*\d)",
)  # fmt: skip
READING_TIME = re.compile(
    r"\W*\d+\s*[- ]?(?:min(?:ute)?s?|minuten?|мин(?:ут[аы]?)?|хв(?:илин[аи]?)?)\.?"
    r"\s*(?:read|reading|lesezeit|lesedauer|lecture|de lectura|di lettura|leestijd|чтения|читання)?\W*"
    r"|(?:reading time|lesezeit|lesedauer|temps de lecture|tiempo de lectura|время чтения)\W.{0,30}",
    re.IGNORECASE,
)

_BOXES = (
    r"related", r"recommend(?:ed|ation|ations)?", r"read-?(?:more|also|next)", r"more-?(?:on|from|stories)",
    r"newsletter", r"sign-?up", r"subscribe",
    r"(?:pay|reg|meter)-?wall-?(?:gate|message|banner|prompt|notice|offer|box)",
    r"(?:article|content|reader)-?gate", r"subscription", r"share", r"sharing",
    r"social(?:-?(?:media|share|links?|bar))?", r"promo(?:tion)?", r"advert(?:isement)?", r"ads?", r"sponsor(?:ed)?",
    r"outbrain", r"taboola", r"teasers?", r"most-?(?:read|popular)", r"trending", r"slideshow", r"carousel",
    r"slider", r"gallery", r"video-?js", r"vjs(?:-\w+)?", r"cookie", r"consent", r"gdpr", r"comments?", r"disqus",
    r"breadcrumbs?", r"tags?", r"tag-?list", r"toolbar", r"author-?(?:box|bio|info)", r"byline", r"print-?only",
    r"screen-?reader(?:-text)?", r"sr-only", r"visually-?hidden", r"off-?screen",
)  # fmt: skip
# Names that pages give to boxes that are not the text (class and id), as whole words of the name.
BOX_NAMES = re.compile(r"(?:^|[\s_-])(?:" + "|".join(_BOXES) + r")(?=$|[\s_-])")
# Names that they give to the sentence under the title.
STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|lid|standfirst|sub-?title|sub-?head(?:line|ing)?|dek|deck|anons|excerpt)(?=$|[\s_-])"
)
