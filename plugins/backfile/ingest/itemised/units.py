"""A document as units: what a reader sees as one line, one paragraph or one item of a list, with how it is set off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape

from backfile.ingest import lexicon
from backfile.ingest.phrases import DATELINE, SIGN_OFF
from backfile.ingest.records import Block, BlockKind
from backfile.ingest.words import ends_sentence, url_alone, words

# A picture before a text, or several.
EMOJI = re.compile("(?:[\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?\u200d?)+\\s*")
# "Tarn. The mayor …", "Brussels: Ministers …": one to three words before a text, which say where or what of.
_OUTLET = re.compile(r"(?P<label>[«“\"][^«»“”\"]{2,40}[»”\"])\s*[:—–-]\s+(?=\S)")
_LABEL = re.compile(
    r"(?P<label>[^\W\d_a-zа-яіїєґё][^\s.:!?,;]{0,40}(?:[ -][^\s.:!?,;]{1,40}){0,2})(?:[.:]| [–—])\s+"
    r"(?=[«“\"„(]?[^\W_a-zа-яіїєґё])"
)
_RUN_IN = re.compile(r"(?P<sign>\*\*|__)(?P<head>(?:(?!\*\*|__).)+?)(?P=sign)[.:]?(?P<rest>.*)", re.DOTALL)
_LINK = re.compile(r"(?:\*\*|__|[*_])?\[(?P<text>(?:[^\[\]\\]|\\.)+)\]\(<?(?P<url>https?://[^()\s>]+)>?\)")
_LINK_TEXT = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\([^()]*\)")
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{1,60}[)\]]$")
_ADDRESS_LAST = re.compile(r"\s+<?(?P<url>https?://[^\s<>]+)>?$")
_ESCAPE = re.compile(r"\\([^\w\s])")
_AFTER_HEAD = " .:–—-\n"  # what divides a run-in from its text
_CLOSING = "\"'”’»)"
_OF_LABELS = frozenset({"bold", "boxed", "capitals", "day", "label"})
MAX_LABEL_WORDS = 4
_MAX_HEADLINE = 160


@dataclass(frozen=True, slots=True)
class Unit:
    """One line, paragraph or list item.

    ``place`` is the index of the block that it is, or is in. ``text`` is plain and without
    what sets it off; ``head`` is the headline that the page sets off in it (bold, or a
    link), ``alone`` tells that there is nothing else in it. ``signs`` are the ways in which it is
    set off (see :data:`backfile.ingest.itemised.form.SIGNS`), ``drawn`` the picture among them.
    """

    place: int
    block: Block
    text: str
    signs: frozenset[str] = frozenset()
    head: str = ""
    alone: bool = False
    url: str | None = None
    drawn: str = ""
    number: int | None = None
    voice: str = ""

    @property
    def is_rule(self) -> bool:
        """Whether it is a line across the page."""
        return self.block.kind is BlockKind.RULE

    @property
    def is_line(self) -> bool:
        """Whether it may be a headline: short, and not ended as a sentence is."""
        return (
            bool(self.text)
            and self.block.kind is not BlockKind.VERBATIM
            and len(self.text) <= _MAX_HEADLINE
            and not is_sentence(self.text)
            and not self.text.endswith((",", ";", ":"))
        )

    @property
    def is_label(self) -> bool:
        """Whether it may be the name of a section: a heading, or a few words without a full stop."""
        if self.block.kind is BlockKind.HEADING:
            return True
        return self.is_line and not self.signs - _OF_LABELS and len(words(self.text)) <= MAX_LABEL_WORDS


def place_of(text: str) -> str:
    """Return the place of the dateline that ``text`` begins with, or nothing.

    A full stop or a dash alone makes none: the place is in capitals, or a day or an agency stands behind it.
    """
    match = DATELINE.match(text)
    if match is None:
        return ""
    place = match["place"]
    more = match.end("place") + 4 < match.start("dash")
    return place if more or (place.isupper() and len(place) > 2) else ""


def label_of(text: str) -> str:
    """Return what stands before ``text`` as its label: a place with a day, or a few words and a stop."""
    match = _LABEL.match(text) or _OUTLET.match(text)
    return place_of(text) or (match["label"] if match else "")


def head_of(block: Block) -> tuple[str, bool, str | None]:
    """Return what is set off at the start of a block, whether that is all of it, and where it leads."""
    written = (block.markdown or "").strip().rstrip("\\")
    if block.kind is BlockKind.VERBATIM or not written:
        return "", False, None
    written = EMOJI.sub("", written, count=1) if EMOJI.match(written) else written
    link = _LINK.match(written)
    links = _LINK.findall(written)
    if link is None and len(links) == 1 and not ends_sentence(block.text):
        url: str | None = unescape(links[0][1])  # "Outlet: headline", with the link on the headline
    else:
        url = unescape(link["url"]) if link else None
    if match := _RUN_IN.match(written):
        inner = _LINK.search(match["head"])
        return (
            _plain(match["head"]),
            not match["rest"].strip(" .*_"),
            url or (unescape(inner["url"]) if inner else None),
        )
    if link:
        return _plain(link["text"]), not written[link.end() :].strip(" .*_→»"), url
    return "", False, url


def without_head(unit: Unit) -> Block:
    """Return the block of ``unit`` without what is set off at its start, which is its headline elsewhere."""
    written = (unit.block.markdown or "").strip()
    match = _RUN_IN.match(written) or _LINK.match(written)
    if match is None or not unit.head or not unit.block.text.startswith(unit.head):
        return unit.block
    rest = match["rest"] if "rest" in match.groupdict() else written[match.end() :]
    text = unit.block.text[len(unit.head) :].lstrip(_AFTER_HEAD)
    return replace(unit.block, text=text, markdown=rest.lstrip(_AFTER_HEAD)) if text else unit.block


def _plain(written: str) -> str:
    """Return inline Markdown as text, without links, emphasis and escapes."""
    text = _LINK_TEXT.sub(r"\1", written)
    text = re.sub(r"(?<!\\)[*_`]", "", text)
    return " ".join(_ESCAPE.sub(r"\1", text).split())


def ends_text(text: str) -> bool:
    """Tell whether ``text`` ends as a sentence does, the outlet in brackets or the address behind it aside."""
    return ends_sentence(_IN_BRACKETS.sub("", without_address(text)))


def without_address(text: str) -> str:
    """Return ``text`` without the web address that stands behind all else in it."""
    return _ADDRESS_LAST.sub("", text)


def address_at_end(text: str) -> str | None:
    """Return the web address that stands behind all else in ``text``."""
    match = _ADDRESS_LAST.search(text)
    return match["url"].rstrip(".,;") if match else None


def links_in(units: Sequence[Unit]) -> list[str]:
    """Return the web addresses that ``units`` link to, each once."""
    found = [unescape(url) for unit in units for _, url in _LINK.findall(unit.block.markdown or "")]
    return list(dict.fromkeys(found))


def is_sentence(text: str) -> bool:
    """Tell whether ``text`` ends as a sentence does that is no headline: headlines may ask."""
    return ends_text(text) and not text.rstrip(_CLOSING).endswith("?")


def ends_letter(unit: Unit) -> bool:
    """Tell whether a unit is about the page or the letter, below its last item."""
    if lexicon.FOOTER.search(unit.text) or (unit.number is not None and url_alone(unit.text)):
        return True
    return len(unit.text) <= _MAX_HEADLINE and SIGN_OFF.match(unit.text) is not None


def texts(units: Sequence[Unit]) -> Iterator[str]:
    """Yield the texts of ``units``, rules aside."""
    return (unit.text for unit in units if not unit.is_rule)
