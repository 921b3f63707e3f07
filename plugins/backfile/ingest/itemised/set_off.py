"""A block as a unit: whatever sets its text off (number, bullet, picture, time, headline) is told apart from it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from backfile.ingest.itemised.counted import without_number
from backfile.ingest.itemised.units import (
    EMOJI,
    MAX_LABEL_WORDS,
    Unit,
    begins_bold,
    head_of,
    is_address,
    is_sentence,
    label_of,
    leads_on,
)
from backfile.ingest.records import Block, BlockKind
from backfile.ingest.vocabulary.phrases import ASIDE, DAY_LINE, FORWARDED_POST
from backfile.ingest.vocabulary.words import ends_sentence, url_alone, words

_DASH = re.compile(r"[—–]\s+(?=\S)")
_CAPITALS = re.compile(r"([^\W\d_a-zа-яіїєґё][^a-zа-яіїєґё.:]{4,60}[^\W\d_a-zа-яіїєґё])[.:]\s+(?=\S)")
# "«Headline». The paper writes …": what somebody said would end in a full stop, or go on.
_QUOTED = re.compile(r"([«“„\"][^«»“”„\"]{8,120}[^\s.,!…«»“”„\"][»”“\"])\.?\s+(?=[^\W\d_a-zа-яіїєґё])")
_QUOTES = frozenset('«“„"')
_HEADLINE = 3  # words
# A time of day, or a span, with or without a day: "14:30", "17.02 GMT", "[12/03/2026, 08:14]", "07:00–22:00".
_TIME = r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?:\s?[AaPp]\.?[Mm]\b\.?)?(?:\s(?:[A-Z]{2,4}T?|МСК|мск)\b)?"
_DATE = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})"
_STAMP = rf"[\[(]?(?:{_DATE},?\s+)?{_TIME}(?:\s*[–—-]\s*{_TIME})?(?:,?\s+{_DATE})?[\])]?"
_CLOCK = re.compile(rf"{_STAMP}(?:\s*[–—|:-]+)?\s+(?=\S)")
# How a chat is exported: "Channel, [12.03.2026 08:14]" above each post, or "[12.03.2026, 08:14] Channel: " before it.
_POST = re.compile(rf"(?:[^\[\]]{{2,60}},?\s*\[{_DATE},?\s+{_TIME}\]|{_STAMP})")
_DIGIT = re.compile(r"\d")  # each of these has one
# The same with a name behind it: who wrote, or passed on, what stands below.
_SENT = re.compile(rf"\[{_DATE},?\s+{_TIME}\]\s+(?P<voice>[^:\[\]]{{2,60}}):")
_VOICE = re.compile(r"(?P<voice>[^:.!?]{2,40}):\s+(?=\S)")
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
# "=== Title ===", ">> Title <<", "[ Title ]": a line with the same sign at both ends.
_FRAMED = re.compile(
    r"(?P<sign>[*=~+_#|•■◆▪●–—-]{1,20})\s*(?P<text>[^\s*=~+_#|].*?)\s*(?P=sign)|>{2,5}\s*(?P<right>\S.*?)\s*<{2,5}|"
    r"[\[【]\s+(?P<boxed>[^\[\]]+?)\s+[\]】]"
)
_TAGS = re.compile(r"#[^\W\d]\w*(?:\s+#\w+){0,3}")
_MAX_ASIDE = 200


@dataclass(frozen=True, slots=True)
class _Front:
    """A text, and what stood before it until now; each step takes more from the text. For the fields, see Unit."""

    text: str
    signs: frozenset[str]
    number: int | None = None
    drawn: str = ""
    voice: str = ""
    bullet: str = ""


def unframed(block: Block) -> Block:
    """Return a line without the signs that frame it on both sides; ``block`` itself where none do."""
    if block.kind is not BlockKind.LINE or len(block.text) > _MAX_ASIDE or block.text[-1:].isalnum():
        return block
    sign = block.mark.sign if block.mark is not None and block.mark.number is None else ""
    match = _FRAMED.fullmatch(f"{sign} {block.text}".strip())
    text = match["text"] or match["right"] or match["boxed"] if match else ""
    return replace(block, text=text, mark=None) if text and not ends_sentence(text) else block


def unit_of(place: int, block: Block, signs: frozenset[str] = frozenset()) -> Unit:
    """Return ``block`` as a unit; ``signs`` are those that it bore among others, or in a list kept whole."""
    if block.kind is BlockKind.RULE:
        return Unit(place, block, block.text.strip())
    text = block.text.strip().rstrip("\\").rstrip()
    if len(text) < _MAX_ASIDE and ASIDE.match(text):
        return Unit(place, block, text, frozenset({"aside"}), url=head_of(block)[2])
    signs |= {"heading"} if block.kind is BlockKind.HEADING else frozenset()
    front = _without_mark(text, block, signs)
    if front.text.startswith("#") and _TAGS.fullmatch(front.text):
        return Unit(place, block, front.text, frozenset({"tag"}))
    front = _without_picture(front)
    if front.number is None and (leads_on(front.text) or is_address(front.text)):
        return Unit(place, block, front.text, frozenset({"aside"}), url=head_of(block)[2] or url_alone(front.text))
    if _DIGIT.search(front.text) and _POST.fullmatch(front.text):
        return _post(place, block, front.text)
    if front.text.startswith("[") and (sent := _SENT.fullmatch(front.text)):
        return Unit(
            place,
            block,
            front.text,
            frozenset({"post"}),
            voice="" if FORWARDED_POST.match(sent["voice"]) else sent["voice"],
        )
    front = _without_hashtag(front)
    if DAY_LINE.fullmatch(front.text):
        return Unit(place, block, front.text, front.signs | {"day"})
    return _headed(place, block, _without_time(front))


def _without_mark(text: str, block: Block, signs: frozenset[str]) -> _Front:
    """Return ``text`` without a number or bullet, which the block's own mark is otherwise."""
    if block.mark is not None:
        number = block.mark.number
        drawn = block.mark.sign if number is None and EMOJI.fullmatch(block.mark.sign) else ""
        bullet = block.mark.sign if number is None else ""
        return _Front(text, signs | {"bullet" if number is None else "number"}, number, drawn, bullet=bullet)
    if counted := _counted(text):
        return _Front(text[counted[1] :], signs | {"number"}, counted[0])
    if not EMOJI.match(text) and (match := _DASH.match(text) or _BULLET.match(text)):
        more = frozenset() if _is_signature(text, match.end()) else {"bullet"}
        return _Front(text[match.end() :], signs | more, bullet=match[0].strip())
    return _Front(text, signs)


def _without_picture(front: _Front) -> _Front:
    """Take away the picture before a text; a picture is a bullet, also where it was the block's own mark."""
    if match := EMOJI.match(front.text):
        drawn = match.group().strip()
        front = replace(front, drawn=drawn, bullet=front.bullet or drawn, text=front.text[match.end() :])
    return replace(front, signs=front.signs | {"emoji", "bullet"}) if front.drawn else front


def _without_hashtag(front: _Front) -> _Front:
    match = _HASHTAG.match(front.text)
    return replace(front, text=front.text[match.end() :], signs=front.signs | {"hashtag"}) if match else front


def _without_time(front: _Front) -> _Front:
    """Take away a time of day, with who spoke then in a chat; or else the number of a step ("2.1.")."""
    if match := _CLOCK.match(front.text):
        text, signs = front.text[match.end() :], front.signs | {"clock"}
        if match[0].startswith("[") and (speaker := _VOICE.match(text)):
            return replace(front, text=text[speaker.end() :], signs=signs | {"said"}, voice=speaker["voice"])
        return replace(front, text=text, signs=signs)
    if match := _STEP.match(front.text):
        return replace(front, text=front.text[match.end() :], signs=front.signs | {"step"})
    return front


def _post(place: int, block: Block, text: str) -> Unit:
    """Return the line above a post in a chat: its time, and whose it is where that is said."""
    named = "[" in text[1:]
    return Unit(place, block, text, frozenset({"post" if named else "stamp"}), voice=text.partition("[")[0] * named)


def _headed(place: int, block: Block, front: _Front) -> Unit:
    """Return the unit of a text without its front: with the headline, the link and the label that are within."""
    text, signs = front.text, set(front.signs)
    head, alone, url = head_of(block)
    head = without_number(_NUMBERED.sub("", head)) or _in_capitals(text) or _in_quotes(text)
    if ends_sentence(text) and label_of(text):
        signs.add("label")
    if head and block.kind is not BlockKind.HEADING:
        signs.add("bold" if alone else "run-in")
    elif begins_bold(block):
        signs.add("emphasis")
    if _in_quotes(f"{text} X"):
        signs.add("titled")
    if url:
        signs.add("link")
    if not signs - {"titled"} and text.isupper() and not ends_sentence(text):
        signs.add("capitals")
    known = (front.drawn, front.number, front.voice, front.bullet)
    return Unit(place, block, text, frozenset(signs), head, alone, url, *known)


def _in_capitals(text: str) -> str:
    """Return the headline that a text begins with in capitals, or nothing."""
    match = _CAPITALS.match(text) if is_sentence(text) else None
    return match[1] if match else ""


def _in_quotes(text: str) -> str:
    """Return the headline that a text begins with in quotation marks, as reviews of papers have them, or nothing."""
    match = _QUOTED.match(text) if text[:1] in _QUOTES else None
    return match[1] if match and len(words(match[1])) >= _HEADLINE else ""


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
