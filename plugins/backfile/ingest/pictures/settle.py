"""The last step with pictures: each placeholder becomes a kept picture, a link, or the words that stood with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from backfile.ingest.links import destination, resolve
from backfile.ingest.pictures.encode import Refused, encode
from backfile.ingest.pictures.placeholder import IMAGE, SCHEME
from backfile.ingest.records import Embedded, Enclosure, Item, Picture
from backfile.pictures import Pictures
from backfile.rights import PicturePolicy

# Of one document: more take longer than the rest of it, and are a gallery, not a text.
MAX_PICTURES = 40
_REMOTE = re.compile(r"!\[((?:[^\[\]\\]|\\.)*)\]\(https?://[^()\s]+\)")
_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1[^\n]*$", re.MULTILINE | re.DOTALL)
_CAPTION_BELOW = re.compile(r"\n[ \t>]*\*[^*\n]")
_GONE = "\ue000"  # where a picture was
_EMPTY_LINE = re.compile(r"[ \t>]*(?:[-*+][ \t]*|\d{1,9}[.)][ \t]*)?")


def settle_pictures(
    items: Sequence[Item], pictures: Mapping[str, Embedded], policy: PicturePolicy
) -> tuple[tuple[Item, ...], tuple[Enclosure, ...]]:
    """Return the items with their pictures, and what became of each of ``pictures``, in their order.

    Ornaments go; of another picture that is not kept its caption stays, or else its
    alternative text.
    """
    if not pictures and policy == PicturePolicy():
        return tuple(items), ()
    workshop = _Workshop(pictures)
    settled = tuple(_settled(item, workshop, policy.of(item.source.name if item.source else None)) for item in items)
    return settled, tuple(workshop.enclosure(sha256) for sha256 in pictures)


@dataclass(slots=True)
class _Workshop:
    """Makes each picture once, and remembers what became of it."""

    pictures: Mapping[str, Embedded]
    made: dict[str, Picture | Refused] = field(default_factory=dict)

    def make(self, sha256: str, alt: str, word: Pictures) -> Picture | Refused:
        """Return the picture as it is kept, or why it is not."""
        if word is not Pictures.KEEP:
            return self.made.setdefault(sha256, Refused(f"content/sources.yaml says “{word}”"))
        if sha256 not in self.made:
            kept = sum(isinstance(made, Picture) for made in self.made.values())
            few = kept < MAX_PICTURES
            self.made[sha256] = (
                encode(self.pictures[sha256], alt)
                if few
                else Refused(f"more than {MAX_PICTURES} stand in one document")
            )
        return self.made[sha256]

    def enclosure(self, sha256: str) -> Enclosure:
        """Return what the receipt says of a picture."""
        source, made = self.pictures[sha256], self.made.get(sha256)
        came = Enclosure(source.name, source.media_type, len(source.data), sha256)
        if isinstance(made, Picture):
            return replace(came, kept=made.path)
        return replace(came, reason=made.reason if made else "where it stood was left out")


def _settled(item: Item, workshop: _Workshop, word: Pictures) -> Item:
    """Return an item with its placeholders settled by ``word``."""
    markdown, kept = item.markdown, dict[str, Picture]()
    if SCHEME in markdown:

        def settled(match: re.Match[str]) -> str:
            source = workshop.pictures.get(match["sha256"])
            made = workshop.make(match["sha256"], match["alt"], word) if source else Refused("", ornament=True)
            if isinstance(made, Picture):
                kept[made.path] = made
                title = f' "{match["title"]}"' if match["title"] else ""
                return f"![{match['alt']}]({{static}}/{made.path}{title})"
            url = resolve(source.url, None) if source and source.url and word is Pictures.LINK else None
            if url and match["alt"]:
                return f"![{match['alt']}]({destination(url)})"
            return _words(match, made)

        markdown = _without_empty_lines(IMAGE.sub(settled, markdown))
    if word is Pictures.DROP:
        markdown = _without_remote(markdown)
    return replace(item, markdown=markdown, pictures=tuple(kept.values()))


def _words(match: re.Match[str], refused: Refused) -> str:
    """Return what stands for a picture that is gone: its alternative text, or nothing where a caption says more."""
    if refused.ornament or not match["alt"] or _CAPTION_BELOW.match(match.string, match.end()):
        return _GONE
    within_link = match.string[: match.start()].endswith("[")
    return match["alt"] if within_link else f"*{match['alt']}*"


def _without_empty_lines(text: str) -> str:
    """Return ``text`` without what is gone, and without lines, and the blank lines around them, that held only that."""
    if _GONE not in text:
        return text
    lines: list[str] = []
    skips = False  # the blank line below a line that went, when there is one above
    for line in text.split("\n"):
        left = line.replace(_GONE, "")
        if left != line and _EMPTY_LINE.fullmatch(left):
            skips = not lines or not lines[-1].strip("> \t")
        elif not (skips and not left.strip("> \t")):
            lines.append(left)
            skips = False
    return "\n".join(lines) if any(map(str.strip, lines)) else ""


def _without_remote(markdown: str) -> str:
    """Return ``markdown`` with the words of pictures on the web in place of links to them; code stays as it is."""
    parts, end = [], 0
    for code in (*_CODE.finditer(markdown), None):
        start = code.start() if code else len(markdown)
        parts.append(_REMOTE.sub(lambda match: f"*{match[1]}*" if match[1] else "", markdown[end:start]))
        parts.append(code.group() if code else "")
        end = code.end() if code else start
    return "".join(parts)
