"""The title: the page's own headline, confirmed by what the page says elsewhere, without its site's name.

*Theory.* The ``h1`` is what the editor set over the text; ``og:title``, ``<title>`` and the
JSON-LD headline may be worded for search engines or end in the names of site and
section. So an ``h1`` counts when another statement confirms it (shares its words) or when
it is the only one and stands right above the text; else the other statements follow, in
that order. A suffix (or prefix) is cut only where it names the site, the host, or is
missing from another statement of the same title.

*Known failures.* A headline in two elements (kicker and line) yields both or one. A page
whose ``h1`` is its logo and whose other statements are absent.

*Rejected.* The longest statement; the most frequent one: both favour the site's suffix.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backfile.ingest.links import leads_home
from backfile.ingest.web.head import Head, clean
from backfile.ingest.web.linked_data import strings
from backfile.ingest.web.shown import key_of, shown_text
from backfile.ingest.web.tree import HEADINGS, Leaf

_SEPARATOR = re.compile(r"\s+[-–—|·•»«›‹:/~]+\s+|\s*[|｜│ㅣ]\s*|\s+::\s+|：(?=[^：]{2,20}$)|\s+[-–—|]\s*$")
_ADDED = re.compile(r"\s*[-–—|｜│ㅣ·•]")  # what is set after a title that stands alone elsewhere
_WORD = re.compile(r"\w+")
_APART = frozenset({"span", "small", "strong", "div", "p"})  # elements that set a kicker or a subtitle apart
_ARCHIVED = re.compile(r"blog archive\s*[»›>:|-]\s*", re.IGNORECASE)  # so older WordPress says after the site's name
_KICKER = re.compile(r"[^:]{3,60}: ")
_ENOUGH = 0.5  # share of the words of the shorter statement that the other must hold
_MAX_HEADING = 400  # characters
_FEW = 3  # words below which a headline needs to be confirmed in full


@dataclass(frozen=True, slots=True)
class Title:
    """``text`` is the title, ``others`` the keys of all that the page calls so, ``guessed`` when it's a makeshift."""

    text: str
    others: frozenset[str]
    guessed: bool = False


def find_title(
    head: Head, leaves: Sequence[Leaf], site_names: Sequence[str], near: int | None, url: str | None
) -> Title:
    """Return the page's title. ``near`` is the place of the first leaf of the text, ``url`` the page's, where known."""
    stated = _stated(head)
    bare = [without_site(text, site_names, stated) for text in stated]
    headings = _headings(leaves, near, site_names, url or head.canonical)
    text = _confirmed(headings, bare) or _shown(leaves, bare) or _line(leaves, head.title)
    text = text or next((text for text in bare if not _is_site(text, site_names)), "")
    guessed = False
    if not text:
        text = next((leaf.text for leaf in headings), "")
    if not text:
        named = (leaf.text for leaf in leaves if leaf.tag in {"h2", "h3"} or "title" in leaf.box.hint.split())
        text = next((text for text in named if len(text) < 200), "")
        guessed = bool(text)
    others = {key_of(other) for other in (*stated, *bare, text)}
    others |= {
        key_of(form)
        for heading in headings
        if _alike(heading.text, text) >= _ENOUGH
        for form in (heading.text, *heading.pieces)
    }
    return Title(text, frozenset(filter(None, others)), guessed or not text)


def place_of(title: Title, leaves: Sequence[Leaf], near: int | None) -> int | None:
    """Return where the page shows its title: a heading of the first level or else of any, above the text."""
    shown = [place for place, leaf in enumerate(leaves) if leaf.key in title.others]
    first = next((place for place in shown if leaves[place].tag == "h1"), None)
    above = (place for place in reversed(shown) if leaves[place].tag in HEADINGS and (near is None or place <= near))
    return next(above, None) if first is None else first


def _stated(head: Head) -> list[str]:
    """Return what the page states as its title outside of its text, the surest first."""
    found = [_uncut(head.first("og:title"), head.title)]
    found += [clean(text) for node in head.articles[:1] for text in strings(node.get("headline") or node.get("name"))][
        :1
    ]
    found += [head.first("twitter:title"), head.title]
    found.append(head.first("dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline", "title"))
    return [text for text in found if text]


def _uncut(text: str, whole: str) -> str:
    """Return ``whole`` in place of ``text`` when that is cut off at a quotation mark (of its attribute)."""
    rest = whole.removeprefix(text).lstrip()
    return whole if text and whole.startswith(text) and rest.startswith('"') else text


def _shown(leaves: Sequence[Leaf], stated: Sequence[str]) -> str:
    """Return the first statement that readers see as a heading of a lower level, on a page without one of the first."""
    if any(leaf.tag == "h1" for leaf in leaves):
        return ""
    shown = [leaf.key for leaf in leaves if leaf.tag in {"h2", "h3"} and len(_words(leaf.text)) >= _FEW]
    keys = [(text, key_of(text)) for text in stated if len(_words(text)) >= _FEW]
    # A kicker may stand before it in the same heading.
    return next((text for text, key in keys if any(heading.endswith(key) for heading in shown)), "")


def _line(leaves: Sequence[Leaf], stated: str) -> str:
    """Return the part of ``<title>`` that the page shows as a line of its own, where it has no heading."""
    parts = [part for part in _SEPARATOR.split(stated) if len(_words(part)) >= _FEW]
    if not parts or any(leaf.tag == "h1" for leaf in leaves):
        return ""
    short = (leaf for leaf in leaves if len(leaf.text) < _MAX_HEADING and leaf.linked < len(leaf.text))
    lines = {key_of(line) for leaf in short for line in leaf.lines}
    return next((part for part in parts if key_of(part) in lines), "")


@dataclass(frozen=True, slots=True)
class _Heading:
    """A first-level heading: the pieces that the page sets apart in it (a kicker, the line, a subtitle)."""

    place: int
    pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.pieces)


def _headings(leaves: Sequence[Leaf], near: int | None, site_names: Sequence[str], page: str | None) -> list[_Heading]:
    """Return the first-level headings that could be the headline; those just above the text first."""
    grouped: dict[int, tuple[int, list[Leaf]]] = {}
    for place, leaf in enumerate(leaves):
        if leaf.tag == "h1" and leaf.wordy > 1 and not _is_logo(leaf, page):
            box = next(box for box in leaf.box.above() if box.tag == "h1")
            grouped.setdefault(id(box), (place, []))[1].append(leaf)
    found = [
        _Heading(place, tuple(piece for leaf in group for piece in _pieces(leaf))) for place, group in grouped.values()
    ]
    found = [
        heading for heading in found if not _is_site(heading.text, site_names) and len(heading.text) < _MAX_HEADING
    ]
    if near is not None:
        found.sort(key=lambda heading: (heading.place > near + 6, abs(heading.place - near)))
    return found


def _is_logo(leaf: Leaf, page: str | None) -> bool:
    """Tell whether all of ``leaf`` is a link to the front page: the site's name, whatever heading that is."""
    links = [link for part in leaf.parts if not isinstance(part, str) for link in part.iter("a")]
    return len(links) == 1 and leaf.linked == len(leaf.text) and leads_home(links[0].get("href") or "", page)


def _pieces(leaf: Leaf) -> list[str]:
    texts: list[str] = []
    apart = False
    for part in leaf.parts:
        if isinstance(part, str):
            text, own = part, False
        else:
            text, own = shown_text(part), part.tag in _APART
        if not text.strip():
            apart = apart or own
            continue
        if texts and not (own or apart):
            texts[-1] += text
        else:
            texts.append(text)
        apart = own
    return [" ".join(text.split()) for text in texts]


def _confirmed(headings: Sequence[_Heading], stated: Sequence[str]) -> str:
    """Return the heading that the statements confirm best; the only heading of several words, if none is confirmed."""
    best, score = None, (0.0, 0)
    for heading in headings:
        # Of two that are confirmed as well, the one that the surer statement confirms.
        alike = max(((_alike(heading.text, text), -place) for place, text in enumerate(stated)), default=(0.0, 0))
        if alike > score:
            best, score = heading, alike
    if best is not None and score[0] >= _ENOUGH:
        return _worded(best, stated)
    texts = {key_of(heading.text) for heading in headings}
    if len(texts) == 1 and len(_words(headings[0].text)) >= _FEW:
        return _worded(headings[0], stated)
    return ""


def _worded(heading: _Heading, stated: Sequence[str]) -> str:
    """Return the heading as the page words it elsewhere, when it is in pieces: with its kicker, or without."""
    pieces = heading.pieces
    if len(pieces) == 1:
        bare = [text for text in stated if pieces[0].startswith(text) and _SEPARATOR.match(pieces[0], len(text))]
        if bare and any(key_of(text) == key_of(bare[0]) for text in stated[:1]):  # "Line | Site" in the heading itself
            return bare[0]
        kickered = [text for text in stated[:2] if key_of(text).endswith(key_of(pieces[0])) and _KICKER.match(text)]
        return (
            kickered[0]
            if len(kickered) == 2
            and key_of(kickered[0]) == key_of(kickered[1])
            and key_of(kickered[0]) != key_of(pieces[0])
            else pieces[0]
        )
    forms = [heading.text] + [
        " ".join(pieces[start:end]) for start, end in ((1, None), (None, -1), (-1, None), (None, 1))
    ]
    for form in forms:
        same = [text for text in stated if key_of(text) == key_of(form)]
        if same:
            return same[0]
    return forms[1] if len(pieces[0]) < len(forms[1]) else forms[0]


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _alike(one: str, other: str) -> float:
    """How much of the shorter of two titles stands in the other, by words; by letters where there are no spaces."""
    first, second = key_of(one), key_of(other)
    if not first or not second:
        return 0.0
    short, long = sorted((first, second), key=len)
    if short in long:
        return 0.5 + 0.5 * len(short) / len(long) if len(short) > 5 else 0.0
    a, b = _words(one), _words(other)
    return len(a & b) / max(1, min(len(a), len(b))) if min(len(a), len(b)) >= _FEW else 0.0


def _is_site(text: str, site_names: Sequence[str]) -> bool:
    return key_of(text) in {key_of(name) for name in site_names}


def without_site(text: str, site_names: Sequence[str], stated: Sequence[str] = ()) -> str:
    """Cut from ``text`` the parts at its ends that name the site, or that its other statements lack."""
    names = [key_of(name) for name in site_names if key_of(name)]
    longer = (len(other) for other in stated if len(other) < len(text) and text.startswith(other))
    if (end := max(longer, default=0)) and _ADDED.match(text, end):
        text = text[:end].strip()
    text = next((text[len(name) + 2 :] for name in site_names if text.startswith(f"{name}: ")), text)
    pieces = [match.span() for match in _SEPARATOR.finditer(text)]
    for start, end in reversed(pieces):  # from the end: "Title - Section | Site"
        tail = text[end:]
        if _names(tail, names) or any(key_of(other) == key_of(text[:start]) for other in stated):
            text = text[:start].strip()
    first = _SEPARATOR.search(text)
    if first and _names(text[: first.start()], names) and len(text) - first.end() > 10:
        text = _ARCHIVED.sub("", text[first.end() :].strip(), count=1)
    return text


def _names(part: str, names: Sequence[str]) -> bool:
    key = key_of(part)
    if not key:
        return True
    return any(
        key == name or (len(name) > 3 and name in key and len(key) < 2.5 * len(name)) or (len(key) > 3 and key in name)
        for name in names
    )
