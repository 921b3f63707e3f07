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
from collections.abc import Iterator

from backfile.sentences import split_sentences
from backfile.wordlists import word_set

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ][^\W_]+)*(?:-[^\W_]+)*|[^\w\s]")
_LETTERS = re.compile(r"[^\W\d_]+")
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
    lines = [(_TOKEN.findall(sentence), title_case(sentence)) for sentence in split_sentences(text, lang)]
    inside: set[str] = set()
    lower: set[str] = set()
    for tokens, titled in lines:
        if not titled:
            words = [token for token in tokens if token[0].isalnum()]
            inside.update(_bare(word) for word in words[1:] if word[0].isupper())
            lower.update(word for word in words if word[0].islower())
    known = {word for word in inside if word.casefold() not in lower}
    found: dict[str, None] = {}
    for tokens, titled in lines:
        for run, starts in _runs(tokens):
            if _is_name(run, starts, titled, known):
                found.setdefault(" ".join(run))
    return tuple(found)


def _bare(word: str) -> str:
    """Return the word without a possessive."""
    if word.endswith(_POSSESSIVES):
        return word[:-2]
    return word[:-1] if word.endswith(_APOSTROPHES) else word


def title_case(sentence: str) -> bool:
    """Say whether a line is set in title case or capitals, so that its capitals mean nothing.

    Title case is a habit of the Latin script; a Cyrillic headline with many capitals is one with many names.
    """
    words = [word for word in _LETTERS.findall(sentence) if len(word) > 3]
    raised = (word.isupper() if "\u0400" <= word[0] <= "\u04ff" else word[0].isupper() for word in words)
    share = sum(raised) / max(len(words), 1)
    if sentence.endswith((".", "!", ";", ",")):
        return len(words) > 3 and share == 1
    return len(words) > 1 and share >= (0.75 if len(words) > 3 else 1)


def _runs(tokens: list[str]) -> Iterator[tuple[list[str], bool]]:
    """Yield each run of capitalised words, cut where names are cut, and whether it begins the sentence."""
    run: list[str] = []
    starts, first = False, True
    for at, token in enumerate(tokens):
        if not run and not token[0].isupper():
            first = first and not token[0].isalnum()
            continue
        word = _bare(token)
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        inner = bool(run) and ((token in _INNER and after[:1].isupper()) or (token.isdigit() and len(token) < 3))
        if inner or (word[:1].isupper() and not _cut(word)):
            starts = starts or (first and not run)
            run.append(word)
        if run and (word != token or not (inner or run[-1] is word)):
            yield from _trimmed(run, starts)
            run, starts = [], False
        first = first and not token[0].isalnum()
    yield from _trimmed(run, starts)


def _trimmed(run: list[str], starts: bool) -> Iterator[tuple[list[str], bool]]:
    """Yield the run unless nothing is left of it without a nation's adjective that stands alone."""
    if run and not (len(run) == 1 and _national(run[0])):
        yield run, starts


def _national(word: str) -> bool:
    """Say whether a word is an adjective of a nation or region: a name only as part of one (*Czech Republic*)."""
    folded = word.casefold()
    return folded in _NATIONS or (len(word) > 5 and bool(_NATION.search(folded)) and not word.isupper())


def _cut(word: str) -> bool:
    """Say whether a capitalised word divides names rather than being part of one."""
    folded = word.casefold()
    return folded in _CUT or bool(_CUT_STEM.match(folded))


def _is_name(run: list[str], starts: bool, titled: bool, known: set[str]) -> bool:
    """Judge one run; ``known`` are the words that prose writes with a capital and never without."""
    if starts and run[0].casefold() in _PLAIN:
        del run[0]
        if not run:
            return False
        starts = False
    if len(run) == 1 and len(run[0]) < 2:
        return False
    if titled:
        return all(word in known or word in _INNER for word in run)
    if not starts:
        return True
    if len(run) == 1:
        return run[0] in known or (run[0].isupper() and len(run[0]) > 1)
    if run[0] in known or all(word not in _INNER for word in run[:2]):
        return True
    del run[0]
    return run[0] not in _INNER and run[0] in known
