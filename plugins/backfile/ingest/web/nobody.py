"""Words that show that a byline names no person; data only, in the languages of news."""

from __future__ import annotations

import re

_NOBODY = (
    r"admin(?:istrator)?\w*", r"адм[іи]н(?:[іи]стратор)?", r"модератор", r"super ?user", r"гість", r"гость",
    r"an[oó]n[iyí]m\w*", r"аноним\w*", r"unknown", r"none", r"null", r"undefined",
    r"guest", r"gast", r"user", r"author", r"autor(?:in)?", r"auteur", r"autore", r"name", r"editors?", r"editorial",
    r"staff", r"newsroom", r"redac\w+", r"r[ée]daction", r"redak\w+", r"redazione", r"редак\w+", r"webmaster\w*",
    r"wordpress\w*", r"press(?:e)?", r"agenc(?:y|ies|ia|ias)", r"agentur(?:en)?", r"reporters?", r"correspondents?",
    r"contributors?", r"newsdesk", r"web ?desk", r"online", r"guest (?:author|contributor|writer)",
    r"gastautor(?:in)?", r"special correspondent", r"our correspondent", r"own correspondent", r"by", r"von", r"par",
    r"por", r"posted", r"kolumnist(?:in)?", r"nachricht", r"profil", r"ph\.?d\.?", r"md", r"wiki", r"zvg",
    r"view (?:all )?posts", r"alle beiträge", r"zur person", r"private nachricht", r"actualizado el",
    r"zur artikelübersicht", r"autorenseite von", r"username", r"follow author", r"no author", r"red", r"tm", r"pm",
    r"ots", r"tba", r"n/?a",
    r"seo", r"web", r"see (?:more|all)", r"read more", r"share", r"profile", r"follow", r"contact", r"home",
    r"about", r"photo", r"video", r"image", r"getty images", r"human", r"test",
)  # fmt: skip
# Stand-ins for an author who is not named, and what stands where names do.
NOBODY = re.compile(r"(?:by\s+)?(?:the\s+)?(?:" + "|".join(_NOBODY) + ")", re.IGNORECASE)

_ORGANISATION = (
    r"news\w*", r"times", r"post", r"press", r"media", r"medien", r"zeitung", r"tribune", r"journal", r"gazette",
    r"herald", r"magazin\w*", r"redak\w+", r"redac\w+", r"rédaction", r"redazione", r"редак\w+", r"editor(?:ial|s)?",
    r"staff", r"team", r"desk", r"bureau", r"office", r"agenc\w+", r"agentur\w*", r"gmbh", r"kg", r"co", r"se",
    r"ag", r"solutions?", r"kreuz", r"fraktion", r"\w+fraktion", r"\w*anstalt", r"d[ée]partement\w*",
    r"forschung\w*", r"amt", r"\w+behörde", r"welle", r"wortlaut", r"tests?", r"alle", r"kein", r"no", r"república",
    r"inc", r"ltd", r"llc", r"corp(?:oration)?", r"company", r"group", r"gruppe", r"verlag", r"verein", r"e\.?v",
    r"stiftung", r"foundation", r"institut\w*", r"university", r"universität", r"ministeri\w+", r"department",
    r"council", r"committee", r"association", r"verband", r"network", r"digital", r"online", r"internet", r"web",
    r"tv", r"radio", r"channel", r"studio\w*", r"productions?", r"press(?:estelle|emitteilung)", r"blog", r"website",
    r"admin\w*", r"getty", r"agencies", r"club", r"society", r"center", r"centre", r"zentrum", r"museum", r"party",
    r"partei", r"services?", r"support", r"store", r"shop", r"community", r"forum", r"contributors?",
    r"correspondents?", r"the", r"and", r"und", r"gastbeitrag", r"gast", r"guest", r"anonym\w*", r"unknown",
    r"wordpress\w*", r"subscribers?", r"copyright", r"rights", r"minutes?", r"read", r"ago", r"comments?",
    r"kommentare?", r"published", r"updated", r"monday", r"tuesday", r"wednesday", r"thursday", r"friday",
    r"saturday", r"sunday", r"\w*leiter(?:in)?", r"\w*leitung", r"\w*direktor(?:in)?", r"director", r"managing",
    r"\w*redakteur(?:in)?", r"\w*korrespondent(?:in)?", r"\w*journalist(?:in)?", r"vorstand\w*", r"sprecher(?:in)?",
)  # fmt: skip
# Words that organisations, desks, products and offices bear and people do not.
ORGANISATION = re.compile(r"(?<![^\W_])(?:" + "|".join(_ORGANISATION) + r")(?![^\W_])", re.IGNORECASE)

# What the one who signs does, without saying for whom.
DUTY = re.compile(
    r"our|the|by|own|and|foreign|local|web|online|news|sports?|support|press|digital|team|teams?|staff|desk|editorial|writers?|reports?"
    r"|reporters?|editors?|correspondents?|contributors?|redac\w+|r[ée]daction|redak\w+|redazione|редак\w+|unser\w*|die",
    re.IGNORECASE,
)

_AGENCY = (
    r"[A-Z]{2,5}",
    r"[a-z]{3}",
    r"(?:The )?(?:[A-Z]\w+ ){1,2}Press(?: Association)?",
    r"\S* ?(?:Presse|Nachrichten)?-?(?:[Aa]gentur|[Aa]gence|[Aa]gencia|[Aa]genzia|[Aa]gency)(?: \S+){0,2}",
    r"Reuters",
)
# How news agencies are written in bylines: a few letters, or a name that ends in what they are.
AGENCY = re.compile("|".join(_AGENCY))

_BY = (
    r"by", r"von", r"par", r"por", r"di", r"av", r"af", r"door", r"od", r"автор(?:ка)?", r"text", r"texte",
    r"autor(?:in)?", r"author", r"auteur", r"ein beitrag von", r"eine analyse von", r"ein kommentar von",
    r"interview", r"kommentar", r"a cura di",
)  # fmt: skip
# What may stand before a name in a byline.
PREFIX = re.compile(
    r"^(?:(?:written|posted|published|reported|reviewed|edited|text|story|words)\s+)?(?:"
    + "|".join(_BY)
    + r")\s*[:\s]\s*",
    re.IGNORECASE,
)
# What may follow it: the role, the outlet, the place.
ROLE = re.compile(
    r"\s*(?:[|(]|,\s|\s[-–—]\s|\bfor\b|\bpara\b|\bfür\b|\bin\s|\baus\b).*$",
    re.IGNORECASE,
)
# The same where nothing sets it off, mostly below the outlet's name: "Ada Quill Courier Staff Writer".
POST = re.compile(r"\s(?:staff|special|senior|chief)\s(?:writer|reporter|correspondent|editor)s?$", re.IGNORECASE)
_AND = r"\s+(?:and|und|et|y|e|og|och|en|i|и|та|with|mit|sowie)\s+"
SPLIT = re.compile(rf"\s*(?:;|,|\||/|\s[.·•]\s|{_AND}|\s*&\s*|\n|、|・(?=\S{{2,}}・?))\s*", re.IGNORECASE)
