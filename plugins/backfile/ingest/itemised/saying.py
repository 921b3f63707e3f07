"""What a document says of itself: that it is a digest, an issue of something, a letter to its readers."""

from __future__ import annotations

from functools import lru_cache

from backfile.ingest.itemised.items import Items
from backfile.ingest.itemised.units import texts
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.phrases import (
    DAY,
    DAY_LINE,
    DIGEST_NOUN,
    GENRE,
    GREETING,
    ISSUE_OF,
    PERIOD,
    PERSONAL,
    SIGN_OFF,
)
from backfile.ingest.vocabulary.words import ends_sentence, words

_BARE = 2  # words of a digest's title besides those that call it one
_LINES = 3  # below a title that may say what the whole is
_NAMING = 8  # words of a line that names a time
_SHORT = 120  # characters of a line that may call the whole something


def titled(items: Items, title: str) -> float:
    """Return how plainly the title, or a line below it, calls the whole a digest: 1, less, or 0."""
    return max(map(_calls, _lines(items, title)))


def name_of(items: Items, title: str) -> str:
    """Return what the whole is called, without days; below a letterhead in capitals that is the line that says it."""
    name = max(_lines(items, title), key=_calls) if title.isupper() else title
    for pattern in (lexicon.ISSUE, DAY):
        name = pattern.sub(" ", name)
    return name


def _lines(items: Items, title: str) -> list[str]:
    below = list(texts(items.before))[:_LINES]
    return [title, *(text for text in below if not ends_sentence(text) or len(text) < _SHORT)]


@lru_cache(maxsize=256)  # each form of a document has the same title, and most have the same lines above the items
def _calls(line: str) -> float:
    if DIGEST_NOUN.search(line):
        return 1.0
    if ISSUE_OF.search(line) or lexicon.DIGEST_TITLE.search(line) or lexicon.DIGEST_LINE.search(line):
        return 1.0 if is_bare_title(line) else 0.5
    return 0.0


def is_digest_line(line: str) -> bool:
    """Tell whether ``line`` says in other words that items follow."""
    return lexicon.DIGEST_LINE.search(line) is not None or ISSUE_OF.search(line) is not None


def is_issue(items: Items, title: str) -> bool:
    """Tell whether it bears the number or the day of an issue: in its title, or on a line of its own."""
    if DAY.search(title) or _numbers_issue(" ".join([title, *texts(items.before)])):
        return True
    return any(not ends_sentence(line) and _headed_by_day(line) for line in texts(items.before))


@lru_cache(maxsize=256)
def _numbers_issue(text: str) -> bool:
    return lexicon.ISSUE.search(text) is not None


@lru_cache(maxsize=256)
def _headed_by_day(line: str) -> bool:
    """Tell whether a line is a day, or a name and a day, in capitals, or names a time up to a day ("week ending …")."""
    if DAY_LINE.fullmatch(line):
        return True
    return DAY.search(line) is not None and (
        line.isupper() or (len(words(line)) <= _NAMING and bool(PERIOD.search(line)))
    )


def calls_itself_issue(title: str) -> bool:
    """Tell whether a title alone calls the whole a digest, or names an issue by its number or its time."""
    if lexicon.DIGEST_TITLE.search(title) or is_digest_line(title):
        return True
    return lexicon.ISSUE.search(title) is not None or DAY.search(title) is not None


def is_of_a_time(title: str) -> bool:
    """Tell whether a title names an issue by its time of day or of the week, in a few words."""
    return PERIOD.search(title) is not None and len(words(title)) <= 8


def greets(items: Items) -> bool:
    """Tell whether it begins as a letter to its readers does."""
    return any(GREETING.match(text) is not None for text in texts(items.before))


def signs_off(items: Items) -> bool:
    """Tell whether it ends as one."""
    return any(SIGN_OFF.match(text) is not None for text in texts(items.after))


def explains(title: str) -> bool:
    """Tell whether a title asks, explains, counts reasons, or names another kind of text that is parts in a row."""
    if DAY_LINE.fullmatch(title):
        return False
    if GENRE.search(title):
        return True
    asks = lexicon.EXPLAINER.match(title) or lexicon.LISTICLE.match(title)
    return asks is not None and not is_digest_line(title) and not lexicon.DIGEST_TITLE.search(title)


def is_personal(title: str) -> bool:
    """Tell whether a title speaks of its writer, as an essay's does."""
    return PERSONAL.search(title) is not None


def is_bare_title(title: str) -> bool:
    """Tell whether a title says that this is a digest, and nothing of what is in it."""
    rest, count = title, 0
    for pattern in (ISSUE_OF, lexicon.DIGEST_TITLE, lexicon.DIGEST_LINE, lexicon.ISSUE, DAY):
        rest, found = pattern.subn(" ", rest)
        count += found
    named = [
        word for word in words(rest) if word[0].isalpha() and len(word) > 3 and word.casefold() not in lexicon.COMMON
    ]
    return bool(count) and len(named) <= _BARE
