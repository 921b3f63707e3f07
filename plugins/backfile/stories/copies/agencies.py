"""Which news agency a text says it comes from: datelines, bylines, credit lines.

Two outlets that print one agency's report vouch for it once. An agency is credited as the
**author** by a dateline (``KYIV (Reuters) -``, ``МОСКВА, 14 мар — РИА Новости.``), a line of its
own above or below the text (``By The Associated Press``, ``— AFP``), a mark of ownership
(``© 2025 AFP``), a label (``Джерело: Укрінформ``), the byline, or because it is the outlet.
It is a **helper** where it is said to have contributed, is cited in the first or last lines
(``according to Reuters``), or stands in a headline (``Reuters: …``); so are agencies that are
not named (``with agency material``). Agencies that are named further within are witnesses
as any others are.

The table holds agencies known all over the world or to much of it, under the name that
they have in English, with the spellings that they are credited by. A few letters count
only where they are written as an agency writes itself (``AP``, never ``ap``).

Known failures: agencies that are not in the table; a house name without the agency's
(“Reporting by …; editing by …”); an agency's text that an outlet prints uncredited, which
is found when two do (``copies.duplicates``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from backfile.model import Document
from backfile.wordlists import word_set

HEAD: Final = 500  # characters of a text in which a credit is sought: a dateline stands before the first sentence
TAIL: Final = 300  # ... and at its end
DATELINE_WORDS: Final = 12  # words that a byline, a place and a date before the agency take at most

# Name, then further spellings. A spelling of a few letters is taken as it stands, others in capitals too.
_TABLE: Final = """
AAP: Australian Associated Press
AFP: Agence France-Presse, Agence France Presse, АФП, Франс Пресс, Франс-Пресс
Agerpres
Anadolu: Anadolu Agency, Anadolu Ajansı, Анадолу
ANI
ANP
ANSA
Antara
AP: Associated Press, Ассошиэйтед Пресс, Асошіейтед Прес, Ассошіейтед Прес
APA: Austria Presse Agentur, Austria Press Agency
Belga
BelTA: BELTA, БелТА, БЕЛТА
Bernama
Bloomberg News
BNS: Baltic News Service
BTA
Canadian Press
CTK: ČTK
dpa: DPA, Deutsche Presse-Agentur
EFE: Agencia EFE
ELTA
IANS
Interfax: Интерфакс, Інтерфакс
Interfax-Ukraine: Інтерфакс-Україна, Интерфакс-Украина
IRNA
Jiji Press
Kazinform: Казинформ
Keystone-SDA: Keystone-ATS
Kyodo: Kyodo News
LETA
Lusa
MTI
NTB
PA Media: Press Association, PA
PAP
PTI: Press Trust of India
Reuters: Thomson Reuters, Рейтер, Рейтерс, Ройтерс
RIA Novosti: РИА Новости, РІА Новости, РІА Новини
Ritzau
SID
STT
Tanjug
TASS: ITAR-TASS, ТАСС, ИТАР-ТАСС, ТАРС
TT
Ukrinform: Укрінформ, Укринформ
UNIAN: УНІАН, УНИАН
UNN: УНН
UPI: United Press International
Xinhua: Xinhua News Agency, Синьхуа, Сіньхуа
Yonhap: Yonhap News Agency
"""
_LETTERS: Final = 4  # a spelling of so many letters or fewer is an abbreviation


def _spellings() -> Iterator[tuple[str, str]]:
    """Yield (spelling, name)."""
    for line in _TABLE.strip().splitlines():
        name, _, others = line.partition(": ")
        for spelling in (name, *filter(None, others.split(", "))):
            yield spelling, name
            if len(spelling) > _LETTERS:
                yield spelling.upper(), name


_NAMES: Final = dict(_spellings())
# Ukrainian and Russian decline a name: “за матеріалами Укрінформу”.
_ENDING = "(?:а|у|ом|ем)"


def _pattern(spelling: str) -> str:
    declined = len(spelling) > _LETTERS and not spelling.isascii() and spelling[-1].isalpha()
    return re.escape(spelling) + (f"{_ENDING}?" if declined else "")


_ONE = (
    "(?:[Tt]he |THE )?(?:"
    + "|".join(map(_pattern, sorted(_NAMES, key=lambda spelling: (-len(spelling), spelling))))
    + r")(?![\w-])"
)
_ARTICLE = re.compile("^(?:[Tt]he |THE )")
_DECLINED = re.compile(f"{_ENDING}$")
# A text without any of these needs no closer look, and few have one.
_WORD = re.compile(r"[A-ZА-ЯІЇЄҐČ]\w*|dpa")
_SINGLE = frozenset(name + end for name in _NAMES if name.isalpha() for end in ("", "а", "у", "ом", "ем"))
_PHRASES = tuple(name for name in _NAMES if not name.isalpha())
_FIRST = frozenset(_WORD.findall(name)[0] for name in _PHRASES)
_HINTS = ("agenc", "agentur", "агентств", "wire")

# What may stand in lower case before an agency in a dateline; a word after a number is a month.
_SMALL = word_set("of de di da del la le al am on und and та і и the in у в by")
_SENTENCE_ENDS = ".!?…»”\"'"
_LABEL = re.compile(
    r"(?:^|[\n.!?…»”\"(|])\W*(?:sources?|agency|credit|via|from|by|quelle|джерел[оа]|источники?|агентство"
    r"|за матеріалами|за інформацією|за даними|по материалам|по информации|по данным)\W*$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:©|\(c\)|copyright)[\s\d,.–-]*(?:by\s+)?$", re.IGNORECASE)
_HELP_BEFORE = re.compile(
    r"(?:(?:with|additional|some)\s+(?:\w+\s+){0,2}(?:material|reporting|reports?|input|files?|information|contributions?)"
    r"|(?:according|referring)\s+to|citing|quot(?:es|ing)|told|via|reported\s+by"
    r"|повідомля[єю]\w*|переда[єю]\w*|пише|пишуть|з\s+посиланням\s+на|посилаючись\s+на|за\s+даними|за\s+інформацією"
    r"|сообща[ею]т|переда[ею]т|пишет|со\s+ссылкой\s+на|ссылаясь\s+на|по\s+данным|по\s+информации"
    r"|за\s+матеріалами|по\s+материалам)(?:\s+(?:from|by|of|the|news|agency|агентств\w*|інформагентств\w*|информагентств\w*))*\s*[“«\"]?$",
    re.IGNORECASE,
)
_HELP_AFTER = re.compile(
    r"^[”»\"]?\s+(?:(?:news\s+)?agency\s+)?(?:contributed|reports?\b|reported|said|writes"
    r"|повідомля|переда[єю]|пише|сообща|переда[ею]т|пишет)",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"\b(?:with|from|staff\s+and|and)\s+(?:(?:material|reporting|reports?|input)\s+(?:from|by)\s+)?(?:news\s+)?"
    r"(?:agenc(?:y|ies)\b(?!\s+(?:said|told))|wires?\b|wire\s+services?)"
    r"|\bagency\s+(?:material|copy)\b|\bwire\s+(?:reports?|services?)\b|^\W*agencies\W*$"
    r"|\b(?:за\s+матеріалами|за\s+повідомленнями|по\s+материалам|по\s+сообщениям)\s+(?:\w+\s+){0,3}\w*агентств"
    r"|\bmit\s+(?:Agenturmaterial|Material\s+von\s+Agenturen)\b",
    re.IGNORECASE | re.MULTILINE,
)


@cache
def _each() -> re.Pattern[str]:
    """Return what finds an agency. So long a pattern takes as long as many texts, and most texts need none."""
    return re.compile(rf"(?<![\w-]){_ONE}")


@cache
def _listed() -> re.Pattern[str]:
    """Return what finds one agency, or several: “AP/AFP”, “Reuters, dpa”, “AFP and AP”."""
    return re.compile(rf"(?<![\w-]){_ONE}(?:(?: ?[/,&+] ?| and | та | і | и | und ){_ONE})*")


@dataclass(frozen=True, slots=True)
class Credit:
    """The agencies that a text names as its author, and as helpers; ``unnamed``: agencies that it does not name."""

    authors: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    unnamed: bool = False

    def __bool__(self) -> bool:
        """Return whether any agency has a part in the text."""
        return bool(self.authors or self.helpers or self.unnamed)


def credit(document: Document) -> Credit:
    """Return what a text says of agencies."""
    text = document.text.strip()
    head, tail = text[:HEAD], text[max(len(text) - TAIL, 0) :]
    unnamed = False
    if any(hint in (head[:100] + tail).casefold() for hint in _HINTS):
        unnamed = bool(_UNNAMED.search(tail) or _UNNAMED.search(head[:100]))
    all_of_it = " ".join((document.title, document.source or "", *document.authors, head, tail))
    words = frozenset(_WORD.findall(all_of_it))
    if _SINGLE.isdisjoint(words) and (_FIRST.isdisjoint(words) or not any(name in all_of_it for name in _PHRASES)):
        return Credit(unnamed=unnamed)
    authors = [*_outright(document), *_in_head(head), *_in_tail(tail)]
    helpers = [*_in_title(document.title), *_helping(head), *_helping(tail)]
    return Credit(
        tuple(dict.fromkeys(authors)),
        tuple(name for name in dict.fromkeys(helpers) if name not in authors),
        unnamed,
    )


def named(text: str) -> list[str]:
    """Return the agencies that a piece of text names, by their names in the table."""
    return [_name(_ARTICLE.sub("", found.group())) for found in _each().finditer(text)]


def _name(spelling: str) -> str:
    return _NAMES[spelling if spelling in _NAMES else _DECLINED.sub("", spelling)]


def _outright(document: Document) -> Iterator[str]:
    """Yield the agencies that are the outlet, or stand in the byline."""
    if document.source and _each().fullmatch(document.source):
        yield from named(document.source)
    for author in document.authors:
        if _listed().fullmatch(author) or (
            (found := _listed().search(author)) and author[: found.start()].endswith(("/ ", ", "))
        ):
            yield from named(author)


def _in_head(head: str) -> Iterator[str]:
    """Yield the agencies of a dateline, or of a line of its own above the text."""
    found = _listed().search(head)
    if not found:
        return
    before, after = head[: found.start()], head[found.end() :]
    lead = before.rstrip(" (/[–—-,.|")
    if _is_alone(before, after) or (_is_dateline(lead) and _closes(before, after)):
        yield from named(found.group())


def _closes(before: str, after: str) -> bool:
    """Return whether an agency ends a dateline: in brackets, before a dash, or after one."""
    if before.endswith(("(", "[", "/")):
        return after[:1] in (")", "]", "/")
    if re.match(r"\s*[–—]|\s+-{1,2}\s", after):
        return True
    return bool(before.strip()) and bool(re.match(r"[.:]\s|\s*\n", after))


def _is_dateline(lead: str) -> bool:
    """Return whether words can be a byline, a place and a day: no sentence has begun."""
    words = lead.split()
    for at, word in enumerate(words):
        letters = word.strip("()[].,;:|/–—-")
        after_number = at > 0 and words[at - 1][:1].isdigit()
        if letters and letters[0].islower() and not after_number and letters.casefold() not in _SMALL:
            return False
    return len(words) <= DATELINE_WORDS


def _is_alone(before: str, after: str) -> bool:
    """Return whether an agency has a line to itself, with no more than “By”, a name or a mark beside it."""
    line = before.rpartition("\n")[2].strip(" (/[–—-|©*_")
    rest = after.partition("\n")[0]
    if re.search(r"[^\W_]", re.sub(r"(?i)\b(?:writer|staff|news|agency)\b|\d", "", rest)):
        return False
    if "\n" not in before + after and len(before) + len(after) > 60:
        return False
    return not line or (bool(re.match(r"(?i)(?:by|from|автор)\b", line)) and line.count(" ") < 6)


def _in_tail(tail: str) -> Iterator[str]:
    """Yield the agencies that a text is signed with."""
    for found in _listed().finditer(tail):
        before, after = tail[: found.start()], tail[found.end() :]
        if _OWNED.search(before):
            yield from named(found.group())
        elif not re.search(r"[^\W_]", after):
            opened = before.rstrip(" ([/–—-|*_\n")
            marked = before.rstrip(" *_").endswith(("(", "[", "/", "–", "—", "-", "|", "\n"))
            if _LABEL.search(before) or (marked and opened.endswith(tuple(_SENTENCE_ENDS))) or _is_alone(before, after):
                yield from named(found.group())


def _in_title(title: str) -> Iterator[str]:
    """Yield the agencies that a headline names as where it was told: “Reuters: …”, “… — AFP”."""
    for found in _listed().finditer(title):
        before, after = title[: found.start()].rstrip(), title[found.end() :].lstrip()
        if (not before and after.startswith(":")) or (not after and before.endswith(("–", "—", "-", "|", "("))):
            yield from named(found.group())


def _helping(part: str) -> Iterator[str]:
    """Yield the agencies that are cited, or said to have contributed."""
    for found in _listed().finditer(part):
        if _HELP_BEFORE.search(part[: found.start()]) or _HELP_AFTER.match(part[found.end() :]):
            yield from named(found.group())


def single(credits_of: Iterable[Credit]) -> str | None:
    """Return the one agency that texts name as their author; None for none, and for several."""
    names = {name for each in credits_of for name in each.authors}
    return names.pop() if len(names) == 1 else None
