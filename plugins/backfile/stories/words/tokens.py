"""Words as grouping sees them: cut, folded, stemmed, hashed, and marked.

A token becomes one integer (:func:`stems`, :func:`bones` and the marks take it apart):

| bits | what |
|---|---|
| 0-3 | marks: :data:`STOP`, :data:`CAPITAL`, :data:`NUMBER`, :data:`FRESH` |
| 4-6 | length of the skeleton, 0 for a word that can't be a name |
| 7-30 | hash of the skeleton (``words.skeleton``) |
| 31-62 | hash of the stem |

The hash is CRC-32, the same on every machine and under every ``PYTHONHASHSEED``.

Stems: Snowball's English stemmer (Porter 2001; package PyStemmer) for Latin letters. For
Cyrillic, one table of endings serves Ukrainian and Russian alike, so that the two share
stems where they share words; Snowball has no Ukrainian, and its Russian stemmer would
part the two languages. Which of the two a word gets depends on its own letters, not on
what language the document says it is in: that is often missing, or wrong.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from sys import byteorder
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import Stemmer  # type: ignore[import-not-found]  # a C extension that ships no stubs

from backfile.chunks import Chunks
from backfile.names import Names
from backfile.stories.words.skeleton import skeleton
from backfile.wordlists import word_set

if TYPE_CHECKING:
    from numpy.typing import NDArray

STOP: Final = 1
CAPITAL: Final = 2
NUMBER: Final = 4
FRESH: Final = 8
BREAK: Final = 0  # the code of a mark that ends a sentence; no word has it
_LENGTH_AT: Final = 4
_BONES_AT: Final = 7
_STEM_AT: Final = 31
_WIDTH: Final = 8  # bytes of a code
_FEW: Final = 16  # chunks that are looked at together at least
_LONG: Final = 40  # a longer token is worked out each time it is met
_KEPT: Final = 1 << 16  # tokens, and as many chunks, that are kept where nobody says how many

# A word, a number (1,500.5 stays whole), or a mark that ends a sentence or opens a quotation.
TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[.!?…:\n“«]")

_STOP_WORDS = word_set(
    "the a an and or but nor so yet if then else when while as than that this these those there here it its",
    "he him his she her hers they them their theirs we us our you your i me my who whom whose which what",
    "where why how is are was were be been being am do does did done has have had having will would shall",
    "should can could may might must to of in on at by for from with without within into onto over under",
    "about after before between during through against up down out off again further once not no only own",
    "same too very just also any some all both each few more most other such said says say told according one",
    "two new first last year years day today yesterday tomorrow mr mrs ms monday tuesday wednesday thursday",
    "friday saturday sunday t s ll re ve d m don і й та а але або чи що як який яка яке які якого якої яких",
    "це цей ця ці того тому той те так не ні у в на з із зі до від за по про для під при над між через без",
    "після перед він вона воно вони його її їх йому їй їм ми ви я нас вас був була було були є буде будуть",
    "бути можна вже ще також лише тільки коли де хто чого свій своє свої своїх або ж би б же сказав сказала",
    "заявив заявила повідомив повідомила повідомляє повідомили словами року роки рік день и но или что как",
    "который которая которое которые которого которой которых это этот эта эти того тому тот то так не ни у",
    "во на с со из к ко до от за по о об про для под при над между через без после перед он она оно они его",
    "ее её их ему ей им мы вы нас вас был была было были есть будет будут быть уже еще ещё также только когда",
    "где кто чего свой свое свои своих бы же сказал сказала заявил заявила сообщил сообщила сообщает сообщили",
    "словам года году год",
)
# Words by which a report says that what it tells has just happened.
_FRESH_WORDS = word_set(
    "today yesterday tonight overnight morning evening night monday tuesday wednesday thursday friday saturday sunday",
    "сьогодні вчора вночі уночі ніч вранці ввечері увечері понеділок вівторок середу четвер п'ятницю суботу неділю",
    "сегодня вчера ночью ночь утром вечером понедельник вторник среду четверг пятницу субботу воскресенье",
)

# Numbers in words, which are numbers: "three men" and "3 men" say the same.
NUMERALS: Final = {
    word: value
    for value, spellings in {
        "2": "two два дві двое двоє двох",
        "3": "three три троє трое трьох трех трёх",
        "4": "four чотири четверо четыре чотирьох четырех четырёх",
        "5": "five п'ять пять п'ятеро пятеро",
        "6": "six шість шесть",
        "7": "seven сім семь",
        "8": "eight вісім восемь",
        "9": "nine дев'ять девять",
        "10": "ten десять",
        "11": "eleven одинадцять одиннадцать",
        "12": "twelve дванадцять двенадцать",
        "20": "twenty двадцять двадцать",
    }.items()
    for word in spellings.split()
}

# Endings of nouns, adjectives and verbs, Ukrainian and Russian together.
_ENDINGS = word_set(
    "а я у ю о е є и і ї ы й ь ою ею єю ий ый ой ей ом ем єм ям ам ах ях ів ов ев їв ами ями ого его ому ему",
    "их ых им ым ими ыми ая яя ое ее ые ие ую юю ия ії ия ию ією ией ием ии ія ію ти ть ться тися тись ться л",
    "ла ло ли в ла вся лася лися лся лась лись ет ют ит ят ает яет ают яют ал ала али ало ил ила или ив ила",
    "или ував увала ували ить ять уть ють ає яє ають яють ає ує ують юють єть ен ена ено ены ені ним ний ного",
    "ному ної ную ної ний ский ского ському ського ськый ський ська ську ські ских ським ских ости ость остью",
    "ості істю ість ение ения ению ении ення енню енням ання анню анням ання ании ание ания",
)
_LONGEST = max(map(len, _ENDINGS))


class Codes(dict[str, int]):
    """A token's code by its surface form; worked out once for each form, then looked up.

    With a table of names, a spelling that stands in it gets the skeleton of the name that
    it is a spelling of; ``nameless`` codes have no skeletons. Made for one run and dropped
    with it; what is kept is bounded, to ``most`` tokens and as many chunks (:mod:`backfile.chunks`).
    """

    def __init__(self, names: Names | None = None, *, nameless: bool = False, most: int = _KEPT) -> None:
        super().__init__()
        # No token holds a space, so a text's tokens are those of its chunks.
        self.chunks = Chunks(self._codes_of, most)
        self._names = None if nameless else names or Names()
        self._most = most

    def __missing__(self, token: str) -> int:
        """Work out, keep and return the code of a token not met before."""
        code = _code(token, self._names)
        if len(token) <= _LONG:
            if len(self) >= self._most:
                self.clear()
            self[token] = code
        return code

    def _codes_of(self, chunk: str) -> bytes:
        """Return codes in 64 bits each: bytes are put together faster than numbers."""
        if chunk.isalpha():
            return self[chunk].to_bytes(_WIDTH, byteorder)
        return array("q", map(self.__getitem__, TOKEN.findall(chunk))).tobytes()


@cache
def _english() -> Any:
    return Stemmer.Stemmer("english", 0)  # its own memory of words would take longer than to stem them


def stem(word: str) -> str:
    """Return the stem of one word, case folded; a number stays as it is, without its separators."""
    folded = word.casefold().replace("’", "'").replace("ʼ", "'")
    if folded[0].isdigit():
        return folded.replace(",", "")
    if 0x400 <= ord(folded[0]) < 0x530:
        return _cyrillic_stem(folded.replace("ё", "е"))
    return str(_english().stemWord(folded.removesuffix("'s"))) if folded.isascii() else folded


def _cyrillic_stem(word: str) -> str:
    """Return the word without its longest known ending, keeping three letters or more."""
    for length in range(min(_LONGEST, len(word) - 3), 0, -1):
        if word[-length:] in _ENDINGS:
            return word[:-length]
    return word


def _code(token: str, names: Names | None) -> int:
    """Return the code of a token, without a skeleton when there are no ``names``."""
    if not token[0].isalnum():
        return BREAK
    folded = token.casefold()
    if token[0].isdigit() or folded in NUMERALS:
        return crc32(stem(NUMERALS.get(folded, folded)).encode()) << _STEM_AT | NUMBER
    marks = STOP if folded in _STOP_WORDS or (len(token) == 1 and token.isascii()) else 0
    fresh = FRESH if folded in _FRESH_WORDS else 0
    code = crc32(stem(token).encode()) << _STEM_AT | marks | fresh
    if marks or fresh or names is None or token[0].islower():
        return code
    # A capital, or a script that has none, in which any word may be a name.
    capital = CAPITAL if token[0].isupper() else 0
    key, length = skeleton((names.fold(token) or token).split()[-1])
    return code | capital | length << _LENGTH_AT | (crc32(key.encode()) & 0xFFFFFF) << _BONES_AT


def codes(text: str, known: Codes, most: int | None = None) -> NDArray[Any]:
    """Return the codes of a text's tokens in order, the first ``most`` of them, using and filling ``known``."""
    return codes_within(text, known, most, 0)[0]


def codes_within(text: str, known: Codes, most: int | None, first: int) -> tuple[NDArray[Any], int]:
    """Return codes as :func:`codes` does, and a number of characters in which the ``first`` tokens stand whole.

    It may be larger than needed, and is larger than the text where that is quicker to say.
    """
    import numpy as np

    rest, found, extent = text.replace(", ", " ").replace("\n", " \n "), b"", 0
    if first:
        whole = len(rest)
        chunks = rest.split(" ", first)
        rest = chunks.pop() if len(chunks) > first else ""
        found = b"".join(map(known.chunks.__getitem__, chunks))
        # Each comma that is gone stood beside a space that is not.
        extent = len(text) + 1 if len(found) < _WIDTH * first else 2 * (whole - len(rest))
    while rest and (most is None or len(found) < _WIDTH * most):
        step = -1 if most is None else max(most - len(found) // _WIDTH, _FEW)
        chunks = rest.split(" ", step)
        rest = chunks.pop() if most is not None and len(chunks) > step else ""
        found += b"".join(map(known.chunks.__getitem__, chunks))
    return np.frombuffer(found, dtype=np.int64)[:most], extent


def codes_of_all(texts: Iterable[str], known: Codes) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the codes of several texts on end, a mark that ends a sentence after each, and where each begins."""
    import numpy as np

    found = [b"".join(map(known.chunks.__getitem__, _cut(text))) + bytes(_WIDTH) for text in texts]
    ends = np.cumsum([0, *map(len, found)], dtype=np.int64) // _WIDTH
    return np.frombuffer(b"".join(found), dtype=np.int64), ends[:-1]


class Written:
    """The tokens of some texts on end: their ``codes``, and which text each is of (``owners``)."""

    def __init__(self, texts: Sequence[str], known: Codes) -> None:
        import numpy as np

        chunks = list(map(_cut, texts))
        self._chunks = list(chain.from_iterable(chunks))
        found = list(map(known.chunks.__getitem__, self._chunks))
        sizes = np.fromiter(map(len, found), dtype=np.int64, count=len(found)) // _WIDTH
        self._ends = np.cumsum(sizes)
        self.codes = np.frombuffer(b"".join(found), dtype=np.int64)
        self.owners = np.repeat(np.repeat(np.arange(len(texts)), list(map(len, chunks))), sizes)

    def said(self, places: NDArray[Any]) -> list[str]:
        """Return the tokens at some places as they are written, which few are asked for."""
        import numpy as np

        at = np.searchsorted(self._ends, places, side="right")
        before_end = self._ends[at] - places
        chunks = map(self._chunks.__getitem__, at.tolist())
        return [
            chunk if chunk.isalpha() else TOKEN.findall(chunk)[-place]
            for chunk, place in zip(chunks, before_end.tolist(), strict=True)
        ]


def _cut(text: str) -> list[str]:
    """Return a text's chunks."""
    # A comma before a space is no token, nor part of one: without it there are fewer chunks to know.
    return text.replace(", ", " ").replace("\n", " \n ").split(" ")


def stems(tokens: NDArray[Any]) -> NDArray[Any]:
    """Return the hashes of the stems; 0 for a mark that ends a sentence."""
    return tokens >> _STEM_AT


def bones(tokens: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the hashes of the skeletons and their lengths (0: no name)."""
    return tokens >> _BONES_AT & 0xFFFFFF, tokens >> _LENGTH_AT & 7
