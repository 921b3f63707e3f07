"""Guess which runs of capitalised words are names of people, places and organisations.

Theory: in English, Ukrainian and Russian prose a capital inside a sentence marks a name.
So: take the runs of capitalised words, allow a small word inside a run (*Bank of
England*), cut at ranks and offices (*President*, *Mr*), at days and months, and at
adjectives of nations. The first word of a sentence proves nothing: alone, it counts when
it is an abbreviation or is seen with a capital elsewhere and never without. A line in title case proves nothing
either: from it only what prose confirms is taken.

Known failures: a word set in capitals for weight (*Breaking*) inside a sentence; two
names side by side without a comma; languages that write all nouns with capitals (German)
or have no capitals at all give nouns, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

from backfile.chunks import Chunks
from backfile.sentences import split_sentences
from backfile.wordlists import word_set

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ][^\W_]+)*(?:-[^\W_]+)*|[^\w\s]")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_PLAIN_WORD = re.compile(r"\b[a-zа-яіїєґ]{4}")  # begins a long word in lower case
_STOPS = (".", ",", ";", ":", "?", "!", ")", "”")
_APOSTROPHES = ("'", "’", "ʼ")
_POSSESSIVES = ("'s", "’s", "ʼs")
_INNER = word_set("of de del della di da la le el al bin ibn von van der den du dos y")
# Cut points: words that are written with a capital and are no part of a name.
_CUT = word_set(
    "mr mrs ms dr sir lord lady prof professor judge justice president vice prime minister secretary general",
    "chancellor premier king queen prince princess pope senator sen rep representative congressman governor gov",
    "mayor sheriff chief officer sgt sergeant lt lieutenant capt captain col colonel gen adm admiral commander",
    "detective deputy foreign defence defense interior finance ambassador spokesman spokeswoman director chairman",
    "chairwoman ceo monday tuesday wednesday thursday friday saturday sunday january february march april may",
    "june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec i the",
    "a an понеділок вівторок середа четвер неділя январь февраль март апрель",
)
# The same in Ukrainian and Russian, by stem, since these words take endings.
_CUT_STEM = re.compile(
    "(?:віце|вице)?-?(?:президент|прем'?єр|премьер|міністр|министр|секретар|канцлер|король|губернатор|сенатор|депутат|"
    "генерал|полковник|адмірал|адмирал|мер$|мэр$|мера$|мэра$|голов[аиуо]|глав[аыуео]|речни[кц]|представни[кц]|"
    "представител|журналіст|журналист|директор|посол|посл[аиуе]|радни[кц]|советник|помічни[кц]|помощник|пан$|пані$|г-н)"
)
# A sign a token: N a word with a capital, P one with a possessive, which ends a name, x one that divides names;
# i a small word, which another capital must follow, d a short number, and a full stop for anything else.
_RUN = re.compile("N(?:[Nd]|i(?=[NPx]))*P?|P")
_NATIONS = word_set(
    "american german french greek iraqi israeli european western eastern northern southern dutch swiss african",
    "czech arab turk serb kurdish",
)
_NATION = re.compile(r"(?:ian|ians|ish|ese)$")
# First words of sentences that are never names; anything longer must prove itself within its text.
_PLAIN = word_set(
    "the a an this that these those there it its he his she her they their we our you your i my in on at by for",
    "from to of with without within under over after before during since until while when where why who whom",
    "whose which what how if as than then thus so such but and or nor yet not no all any some many most more few",
    "both each every other another one two three also only even just still now here however meanwhile moreover",
    "although though because despite according among amid about above across against along around between beyond",
    "through toward towards",
    "в у на з із зі до від за по про для під при над між через без після перед біля серед проти щодо задля крім",
    "це цей ця ці той та те ті тому він вона воно вони його її їх їхній ми ви нас вас наш ваш і й але або якщо коли",
    "поки де хто що як який яка яке які усі всі кожен один одна одне два дві три обидва так ні не вже ще лише тільки",
    "тепер тут там однак проте адже хоча тим також саме",
    "во с со из к ко от о об под между после перед около возле среди против также это этот эта эти тот то он она оно",
    "они его её ее их мы вы я но а или если когда пока где кто что как какой который которая все всё каждый один одна",
    "одно две оба не ни уже ещё еще лишь только теперь здесь там однако хотя",
)


def candidate_names(text: str, lang: str | None = None) -> tuple[str, ...]:
    """Return the runs of words in a plain text that look like names, as first written, in order, each once.

    ``lang`` is the text's primary subtag, if known. Possessives are taken off; case
    endings are not (fold by :meth:`backfile.names.Names.fold` or
    :func:`backfile.names.word_key` to compare).
    """
    lines = [(*_read(sentence), title_case(sentence)) for sentence in split_sentences(text, lang)]
    prose = _Prose(tokens for tokens, _, titled in lines if not titled)
    found: dict[str, None] = {}
    for tokens, kinds, titled in lines:
        for run, starts in _runs(tokens, kinds):
            if _is_name(run, starts, titled, prose):
                found.setdefault(" ".join(run))
    return tuple(found)


def likely_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the last two words of each run of two or three words in a plain text, none of them judged.

    Every name of two words in :func:`candidate_names` is among these, which take half of its time.
    """
    for line in text.split("\n"):
        tokens, kinds = _read(line)
        for found in _RUN.finditer(kinds):
            start, end = found.span()
            if 1 < end - start < 4:
                yield tokens[end - 2], _bare(tokens[end - 1])


def _read(text: str) -> tuple[list[str], str]:
    """Return the words and the other signs of a text, and for each the sign by which :data:`_RUN` knows it."""
    found = _chunks().of(text.split())
    return list(chain.from_iterable([tokens for tokens, _ in found])), "".join([kinds for _, kinds in found])


@cache
def _chunks() -> Chunks[tuple[list[str], str]]:
    """Return what :func:`_read` returns for chunks; no token holds white space."""
    return Chunks(_cut_up)


def _cut_up(chunk: str) -> tuple[list[str], str]:
    word, sign = (chunk[:-1], chunk[-1:]) if chunk.endswith(_STOPS) else (chunk, "")
    # Most chunks are a word, or a word and a stop.
    if not word.isalpha():
        tokens = _TOKEN.findall(chunk)
        return tokens, "".join(map(_kind, tokens))
    return ([word, sign], _kind(word) + ".") if sign else ([word], _kind(word))


class _Prose:
    """The words of sentences that are not in title case, and which of them have a capital and are never without."""

    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        self._first: set[str] = set()
        self._inside: set[str] = set()
        for tokens in sentences:
            first = _first_word(tokens)
            self._first.update(tokens[: first + 1])
            self._inside.update(tokens[first + 1 :])

    def raises(self, word: str) -> bool:
        """Say whether a word (without a possessive) stands with a capital inside a sentence, and never in lower case.

        Few words are asked for, so each form of one is looked up, rather than all words brought into one form.
        """
        if not (word[0].isupper() and word[0].isalnum()):  # a number, or a letter in a circle
            return False
        plain = word in self._inside and _bare(word) == word
        if not plain and not any(word + ending in self._inside for ending in (*_POSSESSIVES, *_APOSTROPHES)):
            return False
        folded = word.casefold()
        return not folded[0].islower() or (folded not in self._inside and folded not in self._first)


def _first_word(tokens: Sequence[str]) -> int:
    """Return the place of the first word, past the end when there is none."""
    for at, token in enumerate(tokens):
        if token[0].isalnum():
            return at
    return len(tokens)


def _bare(word: str) -> str:
    """Return the word without a possessive."""
    if word.endswith(_POSSESSIVES):
        return word[:-2]
    return word[:-1] if word.endswith(_APOSTROPHES) else word


def title_case(sentence: str) -> bool:
    """Say whether a line is set in title case or capitals, so that its capitals mean nothing.

    Title case is a habit of the Latin script; a Cyrillic headline with many capitals is one with many names.
    """
    is_prose = sentence.endswith((".", "!", ";", ","))
    if is_prose and _PLAIN_WORD.search(sentence):
        return False
    long = _LONG_WORD.findall(sentence)
    if is_prose:
        return len(long) > 3 and all(map(_raised, long))
    return len(long) > 1 and sum(map(_raised, long)) / len(long) >= (0.75 if len(long) > 3 else 1)


def _raised(word: str) -> bool:
    return word.isupper() if "\u0400" <= word[0] <= "\u04ff" else word[0].isupper()


def _runs(tokens: Sequence[str], kinds: str) -> Iterator[tuple[list[str], bool]]:
    """Yield each run of capitalised words, cut where names are cut, and whether it begins the sentence."""
    first = _first_word(tokens)
    for found in _RUN.finditer(kinds):
        start, end = found.span()
        run = list(tokens[start:end])
        if kinds[end - 1] == "P":
            run[-1] = _bare(run[-1])
        # An adjective of a nation that stands alone is no name.
        if len(run) > 1 or not _national(run[0]):
            yield run, start <= first


def _kind(token: str) -> str:
    """Return the sign by which :data:`_RUN` knows a token."""
    if token[0].isupper():
        bare = _bare(token)
        folded = bare.casefold()
        if folded in _CUT or (not folded.isascii() and _CUT_STEM.match(folded)):
            return "x"
        return "N" if bare == token else "P"
    if token in _INNER:
        return "i"
    return "d" if token.isdigit() and len(token) < 3 else "."


@lru_cache(maxsize=1 << 12)
def _national(word: str) -> bool:
    """Say whether a word is an adjective of a nation or region: a name only as part of one (*Czech Republic*)."""
    folded = word.casefold()
    return folded in _NATIONS or (len(word) > 5 and bool(_NATION.search(folded)) and not word.isupper())


def _is_name(run: list[str], starts: bool, titled: bool, prose: _Prose) -> bool:
    """Judge one run by itself and by what prose confirms."""
    if starts and run[0].casefold() in _PLAIN:
        del run[0]
        if not run:
            return False
        starts = False
    if len(run) == 1 and len(run[0]) < 2:
        return False
    if titled:
        return all(word in _INNER or prose.raises(word) for word in run)
    if not starts:
        return True
    if len(run) == 1:
        return (run[0].isupper() and len(run[0]) > 1) or prose.raises(run[0])
    if all(word not in _INNER for word in run[:2]) or prose.raises(run[0]):
        return True
    del run[0]
    return run[0] not in _INNER and prose.raises(run[0])
