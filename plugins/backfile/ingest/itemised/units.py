"""A document as units: what a reader sees as one line, one paragraph or one item of a list, with how it is set off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape

from backfile.ingest import lexicon
from backfile.ingest.phrases import ASIDE, DATELINE, DAY_LINE, SIGN_OFF
from backfile.ingest.records import Block, BlockKind
from backfile.ingest.words import ends_sentence, url_alone, words

_EMOJI = re.compile("(?:[\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?\u200d?)+\\s*")
_DASH = re.compile(r"[—–]\s+(?=\S)")
_CAPITALS = re.compile(r"([^\W\d_a-zа-яіїєґё][^a-zа-яіїєґё.:]{4,60}[^\W\d_a-zа-яіїєґё])[.:]\s+(?=\S)")
# A time of day, or a span, with or without a day: "14:30", "17.02 GMT", "[12/03/2026, 08:14]", "07:00–22:00".
_TIME = r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?:\s?[AaPp]\.?[Mm]\b\.?)?(?:\s(?:[A-Z]{2,4}T?|МСК|мск)\b)?"
_DATE = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})"
_STAMP = rf"[\[(]?(?:{_DATE},?\s+)?{_TIME}(?:\s*[–—-]\s*{_TIME})?(?:,?\s+{_DATE})?[\])]?"
_CLOCK = re.compile(rf"{_STAMP}(?:\s*[–—|:-]+)?\s+(?=\S)")
# How a chat is exported: "Channel, [12.03.2026 08:14]" above each post, or "[12.03.2026, 08:14] Channel: " before it.
_POST = re.compile(rf"(?:[^\[\]]{{2,60}},?\s*\[{_DATE},?\s+{_TIME}\]|{_STAMP})")
_VOICE = re.compile(r"(?P<voice>[^:.!?]{2,40}):\s+(?=\S)")
# "Tarn. The mayor …", "Brussels: Ministers …": one to three words before a text, which say where or what of.
_OUTLET = re.compile(r"(?P<label>[«“\"][^«»“”\"]{2,40}[»”\"])\s*[:—–-]\s+(?=\S)")
_HASHTAG = re.compile(r"#[^\W\d]\w*\s+(?=\S)")
_NUMBERED = re.compile(r"^(?:№\s?)?[(\[]?(?P<number>\d{1,2})(?:[.)\]:/]{1,2}|\s[–—-]|(?<=0\d))\s+(?=\S)")
_STEP = re.compile(r"\d{1,2}\.\d{1,2}\.?\s+(?=\S)")
# Whatever else stands before a text as a bullet would: one to three signs that are no quotation mark and no bracket.
_BULLET = re.compile(r"[^\w\s\"'“”„«»‘’()\[\]#.,;:!?…]{1,3}\s+(?=\S)")
# Counted otherwise than by figures: "(a)", "b)", "①", a keycap.
_LETTERED = re.compile(r"\((?P<letter>[a-zа-я])\)\s+(?=\S)|(?P<alone>[a-zа-я])\)\s+(?=\S)")
_CIRCLED = re.compile(
    "(?P<sign>[\u2460-\u2473\u24f5-\u24fe\u2776-\u2793])\\s*(?=\\S)|(?P<digit>\\d)\ufe0f?\u20e3\\s*(?=\\S)"
)
_TAGS = re.compile(r"#[^\W\d]\w*(?:\s+#\w+){0,3}")
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
_MAX_ASIDE = 200


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
            and not _is_sentence(self.text)
            and not self.text.endswith((",", ";", ":"))
        )

    @property
    def is_label(self) -> bool:
        """Whether it may be the name of a section: a heading, or a few words without a full stop."""
        if self.block.kind is BlockKind.HEADING:
            return True
        return self.is_line and not self.signs - _OF_LABELS and len(words(self.text)) <= MAX_LABEL_WORDS


def unit_of(place: int, block: Block, sign: str = "") -> Unit:
    """Return ``block`` as a unit; ``sign`` says what it was in a list that a reader kept whole."""
    if block.kind is BlockKind.RULE:
        return Unit(place, block, block.text.strip())
    text, drawn, voice = block.text.strip().rstrip("\\").rstrip(), "", ""
    if lexicon.READ_MORE.fullmatch(text) or (len(text) < _MAX_ASIDE and ASIDE.match(text)):
        return Unit(place, block, text, frozenset({"aside"}), url=_head_of(block)[2])
    signs = {sign} if sign else set()
    number = block.mark.number if block.mark else None
    if block.kind is BlockKind.HEADING:
        signs.add("heading")
    if block.mark is not None:
        drawn = block.mark.sign if number is None and _EMOJI.fullmatch(block.mark.sign) else ""
        signs.add("bullet" if number is None else "number")
    elif counted := _counted(text):
        signs.add("number")
        number, text = counted[0], text[counted[1] :]
    elif not _EMOJI.match(text) and (match := _DASH.match(text) or _BULLET.match(text)):
        signs |= set() if _is_signature(text, match.end()) else {"bullet"}
        text = text[match.end() :]
    if _TAGS.fullmatch(text):
        return Unit(place, block, text, frozenset({"tag"}))
    if match := _EMOJI.match(text):
        drawn, text = match.group().strip(), text[match.end() :]
    signs |= {"emoji", "bullet"} if drawn else set()
    if _POST.fullmatch(text):
        named = "[" in text[1:]
        return Unit(place, block, text, frozenset({"post" if named else "stamp"}), voice=text.partition("[")[0] * named)
    if match := _HASHTAG.match(text):
        signs.add("hashtag")
        text = text[match.end() :]
    if DAY_LINE.fullmatch(text):
        return Unit(place, block, text, frozenset({"day", *signs}))
    if match := _CLOCK.match(text):
        signs.add("clock")
        text = text[match.end() :]
        if match[0].startswith("[") and (speaker := _VOICE.match(text)):
            voice, text = speaker["voice"], text[speaker.end() :]
            signs.add("said")
    elif match := _STEP.match(text):
        signs.add("step")
        text = text[match.end() :]
    head, alone, url = _head_of(block)
    head = _NUMBERED.sub("", head)
    if ends_sentence(text) and label_of(text):
        signs.add("label")
    if not head and _is_sentence(text) and (match := _CAPITALS.match(text)):
        head = match[1]
    if head and block.kind is not BlockKind.HEADING:
        signs.add("bold" if alone else "run-in")
    if url:
        signs.add("link")
    if not signs and text.isupper() and not ends_sentence(text):
        signs.add("capitals")
    return Unit(place, block, text, frozenset(signs), head, alone, url, drawn, number, voice)


def _is_signature(text: str, start: int) -> bool:
    """Tell whether a dash stands before a name, whose the text above it is."""
    return text[0] in "—–" and len(words(text)) <= MAX_LABEL_WORDS and not ends_sentence(text[start:])


def _counted(text: str) -> tuple[int, int] | None:
    """Return the number that ``text`` begins with as the number of an item, and where the text itself begins."""
    if match := _NUMBERED.match(text):
        return int(match["number"]), match.end()
    if match := _LETTERED.match(text):
        return ord((match["letter"] or match["alone"]).casefold()), match.end()
    if match := _CIRCLED.match(text):
        return int(unicodedata.numeric(match["sign"] or match["digit"])), match.end()
    return None


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


def _head_of(block: Block) -> tuple[str, bool, str | None]:
    """Return what is set off at the start of a block, whether that is all of it, and where it leads."""
    written = (block.markdown or "").strip().rstrip("\\")
    if block.kind is BlockKind.VERBATIM or not written:
        return "", False, None
    written = _EMOJI.sub("", written, count=1) if _EMOJI.match(written) else written
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


def _is_sentence(text: str) -> bool:
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
