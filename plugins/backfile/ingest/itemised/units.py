"""A document as units: what a reader sees as one line, one paragraph or one item of a list, with how it is set off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape

from backfile.ingest.records import Block, BlockKind
from backfile.ingest.vocabulary import lexicon, tongues
from backfile.ingest.vocabulary.phrases import DATELINE, OF_ISSUE, SIGN_OFF
from backfile.ingest.vocabulary.words import ends_sentence, url_alone, words

# A picture before a text, or several.
EMOJI = re.compile("(?:[\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?\u200d?)+\\s*")
_EMOJI_LAST = re.compile(rf"\s*{EMOJI.pattern}$")
# "Tarn. The mayor …", "Brussels: Ministers …": one to three words before a text, which say where or what of.
_OUTLET = re.compile(r"(?P<label>[«“\"][^«»“”\"]{2,40}[»”\"])\s*[:—–-]\s+(?=\S)")
_LABEL = re.compile(
    r"(?P<label>[^\W\d_a-zа-яіїєґё][^\s.:!?,;]{0,40}(?:[ -][^\s.:!?,;]{1,40}){0,2})(?:[.:]| [–—])\s+"
    r"(?=[«“\"„(]?[^\W_a-zа-яіїєґё])"
)
_RUN_IN = re.compile(r"(?P<sign>\*\*|__)(?P<head>(?:(?!\*\*|__).)+?)(?P=sign)[.:]?(?P<rest>.*)", re.DOTALL)
_LINK = re.compile(r"(?:\*\*|__|[*_])?\[(?P<text>(?:[^\[\]\\]|\\.)+)\]\(<?(?P<url>https?://[^()\s>]+)>?\)")
_LINK_LAST = re.compile(rf"^(?P<told>.*\S)\s+[(\[]?{_LINK.pattern}[*_)\].]*$", re.DOTALL)
_LINK_TEXT = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\([^()]*\)")
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{1,60}[)\]]$")
_ADDRESS = r"[(<\[]?(?P<url>https?://[^\s<>]+|(?:[a-z0-9-]+\.)+[a-z]{2,12}/[^\s<>()]*)[)>\]]?"
_ADDRESS_ALONE = re.compile(_ADDRESS, re.IGNORECASE)
_ADDRESS_LAST = re.compile(rf"(?:\s+[–—|→-]+)?\s+{_ADDRESS}$", re.IGNORECASE)
_PAGE_LAST = re.compile(r"\s+(?:p|pp|page|с|стор|стр)\.?\s?\d{1,3}$", re.IGNORECASE)
# "Watch →": a line that leads on, and says nothing.
_ARROW_LAST = re.compile(r"[^«„]{1,40}\s(?:→|➜|⟶|»|›|>{1,2})")
# In capitals, as in "STATE v. QUICKSTONE PAVING CO.": so is the line.
_SHORTENED = re.compile(r"\b(?:CO|CORP|INC|LTD|LLC|BROS|JR|SR|ET AL)\.$")
_ABROAD = re.compile(tongues.FOOTER, re.IGNORECASE)
_ESCAPE = re.compile(r"\\([^\w\s])")
_AFTER_HEAD = " .:–—-\n"  # what divides a run-in from its text
_CLOSING = "\"'”’»)"
_OF_LABELS = frozenset({"bold", "boxed", "capitals", "day", "label"})
MAX_LABEL_WORDS = 4
_HEADLINE_WORDS = 8  # more, with a picture behind them, are a text
_NAME_WORDS = 2
_MAX_HEADLINE = 160
_MAX_NOTICE = 320  # characters that may be about the issue


@dataclass(frozen=True, slots=True)
class Unit:
    """One line, paragraph or list item.

    ``place`` is the index of the block that it is, or is in. ``text`` is plain and without
    what sets it off; ``head`` is the headline that the page sets off in it (bold, or a
    link), ``alone`` tells that there is nothing else in it. ``signs`` are the ways in which it is
    set off (see :data:`backfile.ingest.itemised.form.SIGNS`), ``bullet`` is the sign itself
    before an item of a list, ``drawn`` the picture among them. ``field`` is what it is in a record
    (:mod:`fields`), ``more`` where a line below it led that is the page's (:mod:`refrains`).
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
    bullet: str = ""
    field: str = ""
    more: str | None = None

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


@lru_cache(maxsize=1024)  # a document's lines are looked at once for each form
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


@lru_cache(maxsize=1024)
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
    links = _links(written)
    if link is None and len(links) == 1 and not ends_sentence(block.text):
        url: str | None = unescape(links[0][1])  # "Outlet: headline", with the link on the headline
    else:
        url = unescape(link["url"]) if link else None
    if (match := _RUN_IN.match(written)) and not _goes_on(match["head"], written[match.end("head") + 2 :]):
        inner = _LINK.search(match["head"])
        return (
            plain(match["head"]),
            not match["rest"].strip(" .*_"),
            url or (unescape(inner["url"]) if inner else None),
        )
    if link:
        return plain(link["text"]), not written[link.end() :].strip(" .*_→»"), url
    return "", False, url


def begins_bold(block: Block) -> bool:
    """Tell whether a block begins with words in bold."""
    written = (block.markdown or "").strip()
    return written.startswith(("**", "__")) and _RUN_IN.match(written) is not None


def _goes_on(head: str, rest: str) -> bool:
    """Tell whether what stands in bold at the start of a text is a part of its first sentence."""
    after = rest.lstrip(" \n")
    goes_on = after[:1].islower() or (after.startswith(",") and len(words(head)) <= _NAME_WORDS)
    return goes_on and not head.rstrip().endswith((".", ":", "!", "?", "…", "—", "–"))


def without_head(unit: Unit) -> Block:
    """Return the block of ``unit`` without what is set off at its start, which is its headline elsewhere."""
    written = (unit.block.markdown or "").strip()
    match = _RUN_IN.match(written) or _LINK.match(written)
    if match is None or not unit.head or not unit.block.text.startswith(unit.head):
        return unit.block
    rest = match["rest"] if "rest" in match.groupdict() else written[match.end() :]
    text = unit.block.text[len(unit.head) :].lstrip(_AFTER_HEAD)
    return replace(unit.block, text=text, markdown=rest.lstrip(_AFTER_HEAD)) if text else unit.block


def plain(written: str) -> str:
    """Return inline Markdown as text, without links, emphasis and escapes."""
    text = _LINK_TEXT.sub(r"\1", written)
    text = re.sub(r"(?<!\\)[*_`]", "", text)
    return " ".join(_ESCAPE.sub(r"\1", text).split())


@lru_cache(maxsize=1024)
def ends_text(text: str) -> bool:
    """Tell whether ``text`` ends as a sentence does, the outlet in brackets, address or picture behind it aside."""
    if ends_sentence(text):
        return True
    text = _IN_BRACKETS.sub("", _PAGE_LAST.sub("", without_address(text)))
    return ends_sentence(text) or (_EMOJI_LAST.search(text) is not None and len(words(text)) > _HEADLINE_WORDS)


def ends_in_link(unit: Unit) -> bool:
    """Tell whether a link, to more or to the source, stands behind the last sentence of a text."""
    if not _may_link(unit.block.markdown):
        return False
    match = _LINK_LAST.search((unit.block.markdown or "").strip())
    return match is not None and ends_sentence(match["told"].rstrip())


def without_address(text: str) -> str:
    """Return ``text`` without the web address that stands behind all else in it."""
    return _ADDRESS_LAST.sub("", text) if "/" in text else text


def address_at_end(text: str) -> str | None:
    """Return the web address that stands behind all else in ``text``."""
    match = _ADDRESS_LAST.search(text) if "://" in text else None
    return match["url"].rstrip(".,;") if match and "://" in match["url"] else None


def is_address(text: str) -> bool:
    """Tell whether ``text`` is a web address, be it without its "https", and nothing else."""
    return _ADDRESS_ALONE.fullmatch(text) is not None


def is_addressed(text: str) -> bool:
    """Tell whether an address stands behind all else in ``text``, be it without its "https"."""
    return "/" in text and _ADDRESS_LAST.search(text) is not None


def leads_on(text: str) -> bool:
    """Tell whether a line only points to more."""
    return lexicon.READ_MORE.fullmatch(text) is not None or _ARROW_LAST.fullmatch(text) is not None


def links_in(units: Sequence[Unit]) -> list[str]:
    """Return the web addresses that ``units`` link to, each once."""
    found = [unescape(url) for unit in units for _, url in _links(unit.block.markdown or "")]
    return list(dict.fromkeys(found))


def _links(written: str) -> list[tuple[str, str]]:
    return _LINK.findall(written) if _may_link(written) else []


def _may_link(written: str | None) -> bool:
    """Tell whether there may be a link to the web in Markdown: looking closer takes fifty times as long."""
    return written is not None and "](" in written


@lru_cache(maxsize=1024)
def is_sentence(text: str) -> bool:
    """Tell whether ``text`` ends as a sentence does that is no headline: headlines may ask, or end in "CO."."""
    return (
        ends_text(text)
        and not text.rstrip(_CLOSING).endswith("?")
        and not (text.endswith(".") and _SHORTENED.search(text))
    )


def ends_letter(unit: Unit) -> bool:
    """Tell whether a unit is about the page or the letter, below its last item."""
    return _is_about_letter(unit.text) or (unit.number is not None and url_alone(unit.text) is not None)


@lru_cache(maxsize=1024)
def _is_about_letter(text: str) -> bool:
    folded = text.casefold()
    if any(sign in folded for sign in lexicon.IN_FOOTERS) and lexicon.FOOTER.search(text):
        return True
    if len(text) <= _MAX_NOTICE and OF_ISSUE.search(text):
        return True
    return len(text) <= _MAX_HEADLINE and (SIGN_OFF.match(text) or _ABROAD.search(text)) is not None


def texts(units: Sequence[Unit]) -> Iterator[str]:
    """Yield the texts of ``units``, rules aside."""
    return (unit.text for unit in units if not unit.is_rule)
