"""Names of people, places and organisations: an editor's table of spellings, and a guess for the rest.

``content/names.yaml`` is a list of entries, each one name with its other spellings::

    - name: Kyiv
      kind: place            # person, place or organisation; may be left out
      spellings: [Kiev, Київ, Киев]

**How a mention is found.** Text and spellings are cut into words (a hyphen divides); each
word becomes a key without its case ending (:func:`word_key`), so that *Києва*, *Києві*,
*Путина*, *Putin's* meet *Київ*, *Путин*, *Putin*. A dictionary from a spelling's first key
to its spellings makes the search one look-up a word, however many names there are; where
two spellings begin at one word, the longer wins. A spelling written with a capital matches
only a word with a capital, and one of at most four capitals (*US*, *EU*) only capitals.

**Known failures.** A vowel that comes and goes (*Павло*, *Павла*; *Чечня*, *Чеченський*)
needs its own spelling, as do adjectives (*київський*). A surname that is also a common
word counts as the name when it stands first in a sentence.

**Rejected.** Full morphology (pymorphy): 20 MB of dictionaries for what a dozen endings do
on names; fuzzy matching by edit distance: *Iran* and *Iraq* are one letter apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import yaml

from backfile.candidates import candidate_names
from backfile.errors import ContentError
from backfile.model import Finding, Name
from backfile.wordlists import word_set

__all__ = ["KINDS", "Names", "candidate_names", "case_fits", "keyed_words", "load_names", "split_words", "word_key"]

KINDS = ("person", "place", "organisation")
_KEYS = frozenset(("name", "kind", "spellings"))

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_SIGNS = ".,;:!?()\"“”'’"
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_POSSESSIVE = re.compile(r"['’ʼ]s?$")
# Case endings of nouns and of surnames in -ский/-ський, longest first; what is left keeps three letters or more.
_ENDINGS = sorted(
    word_set(
        "ського ському ською ський ських ськими ським ські ська ську ского скому ского ской ский ских скими ским ские",
        "ская скую ами ями ого ому ими ыми ему его ою ею єю ий ый ой ей ом ем єм ым им ах ях ам ям ія ії ія ию ью а я",
        "у ю о е є и і ї ы й ь",
    ),
    key=lambda ending: (-len(ending), ending),
)
_ADJECTIVE = re.compile("^с(?:ь)?к")
_CLOSED = re.compile("[іїоеє](?=[бвгґджзклмнпрстфхцчшщ]$)")


def split_words(text: str) -> list[str]:
    """Return the words of a text as they are written; a hyphen divides, an apostrophe does not."""
    return _WORD.findall(text)


@lru_cache(maxsize=1 << 14)
def word_key(word: str) -> str:
    """Return a word's key: case folded, without the possessive and, in Cyrillic, without its case ending.

    Capitals throughout (*НАТО*, *США*) mark an abbreviation, which has no endings.
    """
    bare = _POSSESSIVE.sub("", word)
    if not _CYRILLIC.search(bare):
        return bare.casefold()
    folded = bare.casefold().replace("ё", "е").replace("’", "'").replace("ʼ", "'")
    if bare.isupper() and len(bare) <= 5:
        return folded
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= 3:
            folded = folded[: -len(ending)] + ("ск" if _ADJECTIVE.match(ending) else "")
            break
    # Київ, Києва; Львів, Львова; Харків, Харкова: the vowel of a closed last syllable changes.
    return _CLOSED.sub("о", folded)


def keyed_words(text: str) -> list[tuple[str, str]]:
    """Return each word of a text with its key, in order."""
    word = text.strip(_SIGNS)
    if word.isascii() and word.isalpha():  # one word and its stops, as the chunks of most texts are
        return [(word, word.lower())]
    return [(word, word_key(word)) for word in split_words(text)]


class Names:
    """A table of names, made once and asked often.

    Takes the entries of :func:`load_names`. It holds nothing but look-up tables and
    never changes.
    """

    __slots__ = ("_by_first", "names")

    def __init__(self, names: Iterable[Name] = ()) -> None:
        """Index every spelling by the key of its first word, the longest first."""
        self.names = tuple(names)
        table: dict[str, list[tuple[tuple[str, ...], str, Name]]] = {}
        for name in self.names:
            for spelling in (name.name, *name.spellings):
                keys = tuple(word_key(word) for word in _WORD.findall(spelling))
                if keys:
                    table.setdefault(keys[0], []).append((keys, spelling, name))
        self._by_first = {
            first: tuple(sorted(entries, key=lambda entry: (-len(entry[0]), entry[1])))
            for first, entries in table.items()
        }

    def find(self, text: str) -> tuple[Name, ...]:
        """Return the names that the text mentions, each once, in the order of first mention; mentions don't overlap."""
        table = self._by_first
        if not table:
            return ()
        words = keyed_words(text)
        found: dict[Name, None] = {}
        end = 0
        for at in [at for at, (_, key) in enumerate(words) if key in table]:
            if at >= end and (hit := self._match(words, at)):
                name, length = hit
                found[name] = None
                end = at + length
        return tuple(found)

    def _match(self, words: Sequence[tuple[str, str]], at: int) -> tuple[Name, int] | None:
        """Return the first (so the longest) entry that stands in full at word ``at``, with its length in words."""
        for keys, spelling, name in self._by_first.get(words[at][1], ()):
            if case_fits(spelling, words[at][0]) and tuple(key for _, key in words[at : at + len(keys)]) == keys:
                return name, len(keys)
        return None

    def fold(self, phrase: str) -> str | None:
        """Return the name that a word or phrase is a spelling of (case endings allowed), or None."""
        words = [(word, word_key(word)) for word in split_words(phrase)] if self._by_first else ()
        hit = self._match(words, 0) if words else None
        return hit[0].name if hit and hit[1] == len(words) else None


def case_fits(spelling: str, word: str) -> bool:
    """Say whether the case of a word allows it to be the first word of this spelling."""
    if spelling.isupper() and len(spelling) <= 4:
        return _POSSESSIVE.sub("", word).isupper()
    return not spelling[0].isupper() or word[0].isupper()


def load_names(yaml_text: str, file: str) -> tuple[Name, ...]:
    """Return the names that a ``names.yaml`` states, in its order.

    ``file`` is what messages call it. Raises :class:`ContentError` with every finding:
    broken YAML (N101), a wrong shape (N102), one spelling claimed by two names (N103).
    """
    try:
        entries = yaml.safe_load(yaml_text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        hint = "Quote values that hold a colon, and indent with spaces."
        raise ContentError(Finding("N101", "error", file, "is not YAML.", hint, line=line)) from error
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise ContentError(Finding("N102", "error", file, "must be a list of names.", "Begin each with “- name:”."))
    findings: list[Finding] = []
    names = [name for at, entry in enumerate(entries, 1) if (name := _entry(entry, at, file, findings))]
    findings += _claimed_twice(names, file)
    if findings:
        raise ContentError(*findings)
    return tuple(names)


def _entry(entry: Any, at: int, file: str, findings: list[Finding]) -> Name | None:
    """Return one entry as a name, or add a finding for each thing wrong with it."""
    field = f"entry {at}"

    def wrong(message: str, hint: str) -> None:
        findings.append(Finding("N102", "error", file, message, hint, field=field))

    if not isinstance(entry, Mapping):
        wrong(f"{entry!r} is not an entry.", "Write “- name: …”, with “spellings: […]” below it.")
        return None
    name, kind, spellings = entry.get("name"), entry.get("kind"), entry.get("spellings") or []
    before = len(findings)
    if not isinstance(name, str) or not name.strip():
        wrong(f"name is {name!r}.", "Give the name as the archive should show it.")
    if kind is not None and kind not in KINDS:
        wrong(f"kind is {kind!r}.", f"Use one of {', '.join(KINDS)}, or leave it out.")
    if not isinstance(spellings, list) or not all(isinstance(item, str) and item.strip() for item in spellings):
        wrong(f"spellings is {spellings!r}.", "Give a list of words, such as [Kiev, Київ].")
    if unknown := sorted(str(key) for key in entry if key not in _KEYS):
        wrong(f"has unknown keys: {', '.join(unknown)}.", "Known are name, kind and spellings.")
    if len(findings) > before:
        return None
    assert isinstance(name, str)  # noqa: S101 -- narrows for mypy what the checks above made sure of
    return Name(name.strip(), tuple(item.strip() for item in spellings), kind)


def _claimed_twice(names: list[Name], file: str) -> list[Finding]:
    """Return a finding for each spelling that two names claim, case endings set aside."""
    owner: dict[tuple[str, ...], tuple[str, str]] = {}
    findings: list[Finding] = []
    for name in names:
        for spelling in (name.name, *name.spellings):
            keys = tuple(word_key(word) for word in _WORD.findall(spelling))
            other, as_written = owner.setdefault(keys, (name.name, spelling))
            if other != name.name:
                same = "" if as_written == spelling else f" (as “{as_written}”)"
                message = f"“{spelling}” is claimed by both {other}{same} and {name.name}."
                findings.append(Finding("N103", "error", file, message, "Leave it with one of them."))
    return findings
