"""Cut plain text into sentences: English, Ukrainian and Russian, and anything that writes a full stop.

Theory: a sentence ends at ``.``, ``!``, ``?`` or ``…`` (and what closes a quotation after
it) when white space and something that can begin a sentence follow. The one hard case
is the full stop of an abbreviation. Three kinds are told apart:

- titles and the like (*Mr.*, *Gen.*, *вул.*), single initials (*J.*, *В.*): something
  always follows them, so they never end a sentence;
- shortened words that may stand last (*Inc.*, *a.m.*, *U.S.*, *т.д.*, *г.*): they end one
  only when the next word is a common first word (*The*, *He*, *Але*, *Но*);
- everything else ends one.

Known failures: a sentence that begins in lower case (*iPhone sales fell.*) is joined to
the one before it; *U.S.* before a sentence that begins with a name is joined to it.
Rejected: a trained model (punkt) — it needs data for each language and gave no gain on news.
"""

from __future__ import annotations

import re

from backfile.wordlists import word_set

# Something always follows these, so their full stop never ends a sentence.
_TITLES = word_set(
    "mr mrs ms mx dr prof rev hon sen rep gov gen col maj capt cpt lt sgt cpl pvt adm cmdr det supt insp st ste",
    "mt ft vs no nos art fig pp vol cf al ca approx вул просп пров бул пл обл р-н смт м с ім тов ген полк підполк",
    "кап лейт серж проф акад доц ред див рис напр ул пр пер бульв наб им тов подполк сержант см рис напр гл ст пп",
    "п тел",
)
# These may stand last; then the next word decides.
_SHORT = word_set(
    "inc ltd co corp plc llc jr sr etc a.m p.m am pm ph.d jan feb mar apr jun jul aug sep sept oct nov dec dept",
    "est u.s u.k u.n e.u d.c u.s.a ave blvd rd sq р рр г гг ст тис млн млрд трлн тыс грн руб коп дол долл ін т.д",
    "т.п т.зв т.н и.о в.о др пр н.е хв мин сек год",
)
_STARTERS = word_set(
    "the a an he she it they we you i his her its their our in on at by for from to but and or so yet as if when",
    "while after before since this that these those there then however meanwhile also according what who why how",
    "both earlier у в на з із зі за до від для під при про по але та і й однак проте він вона воно вони ми ви я",
    "його її їх це цей ця ці той та те так як якщо коли після перед раніше також водночас тим нагадаємо за с со к",
    "ко от из об о но и а однако он она оно они мы вы его ее её их это этот эта эти тот так как если когда после",
    "до ранее также между тем кроме напомним",
)

_END = re.compile(r"([.!?…]+)([\"'”’»)\]]*)(\s+)")
_LAST_WORD = re.compile(r"[^\s(\[\"'“”‘’«»]+$")
_FIRST_WORD = re.compile(r"[\"'“‘«(\[„—–-]*\s*(\w+)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_BREAK = re.compile(r"\s*\n\s*")


def split_sentences(text: str, lang: str | None = None) -> tuple[str, ...]:
    """Return the sentences of a plain text in order, each stripped, none empty.

    A line break always ends a sentence, so headings and list items stand alone. White
    space inside a sentence is kept as it is. The rules serve all languages at once;
    ``lang`` (a primary subtag) only decides whether a full-width stop ends a sentence
    without a space, as in Chinese and Japanese.
    """
    sentences: list[str] = []
    if lang in ("zh", "ja"):
        for line in _BREAK.split(text):
            sentences += [part for part in re.findall(r"[^。！？]+[。！？」』”]*", line) if part.strip()]
    else:
        for line in text.split("\n"):
            sentences += _split_line(line.strip())
    return tuple(sentences)


def _split_line(line: str) -> list[str]:
    """Split one line at every end that :func:`_ends` confirms."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(line):
        if _ends(line, start, match):
            found.append(line[start : match.start(3)])
            start = match.end()
    if start < len(line):
        found.append(line[start:])
    return found


def _ends(line: str, start: int, end: re.Match[str]) -> bool:
    """Say whether the stop that ``end`` matched closes the sentence that began at ``start``."""
    after = end.end()
    first = _FIRST_WORD.match(line, after, after + 60)
    if first is None:
        return after < len(line)
    word = first[1]
    if word[0].islower():
        return False
    if end[1] != ".":
        return True
    before = line[max(start, end.start() - 40) : end.start()].rpartition(" ")[2]
    if not before.isalnum():
        last = _LAST_WORD.search(before)
        before = last[0] if last else ""
    key = before.casefold()
    if key in _TITLES or (len(before) == 1 and before.isalpha() and before.isupper()):
        return bool(end[2])
    if key in _SHORT or ("." in before and _INITIALS.fullmatch(before)):
        return word.casefold() in _STARTERS
    return True
