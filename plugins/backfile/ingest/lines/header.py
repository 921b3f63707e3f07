"""The lines around a text that say what it is: title, byline, date, source, address.

At the top, such lines are taken as long as they come, with at most one other line (the
title, which is judged later) among them; at the end, up to three. A line that says
something more ("By Jane Roe, Rome correspondent") gives its values and stays in the text.

Known failure: an unlabelled outlet name on a line of its own is not recognised; nothing
but a list of outlets could do that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from backfile.ingest.records import Block, BlockKind, Metadata
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.dates import custom_in, date_on_line, is_change, read_stated
from backfile.ingest.vocabulary.words import ends_sentence, ends_with_full_stop, url_alone
from backfile.model import DateBasis, Source

NO_CANONICAL = "canonical: the address that it came from, since it states none of its own"
_TOP = 8
_END = 3
_MAX_TITLE = 250
_MAX_VALUE = 120
_MAX_ODD = 40
_MAX_BESIDE = 100
_COLUMNS = re.compile(r"\s*\|\s*|\s+[·•]\s+")
_QUOTED = re.compile(r"«[^«»]+»|“[^“”]+”|\"[^\"]+\"")
_DASHES = re.compile(r"\s+[—–]\s+")
# Lines of org-mode that say something of the text, or to its program.
_SETTING = "#+"
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;&]|\b(?:and|та|і|й|и|et|und|oraz|i|și|y|e)\b)\s*")
_PARTICLE = r"(?:de|del|della|da|di|du|van|von|der|den|la|le|bin|ibn|al|el|фон|де|ван)"
_HIGH = r"[^\W\d_a-zа-яіїєґё][\w.'’ʼ-]*"
_NAME = re.compile(rf"{_HIGH}(?:\s+(?:{_PARTICLE}|{_HIGH})){{0,4}}")


@dataclass(frozen=True, slots=True)
class Header:
    """What the lines around a text state; ``rest`` are the blocks that stay, ``notes`` say what was not decided."""

    stated: Metadata
    rest: tuple[Block, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """What one line states; ``whole`` when it says nothing else, and so leaves the text."""

    stated: Metadata
    whole: bool = True
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Document:
    """What lines can't know of themselves: several lone dates are a timeline, several addresses belong to items.

    Figures have no language: whether ``10.03.2025`` is in October, only the whole text says.
    """

    timeline: bool
    one_day: bool
    one_post: bool
    one_address: bool
    one_source: bool
    custom: str


def take_header(blocks: Sequence[Block]) -> Header:
    """Take the lines that describe the text off its top and off its end."""
    document = _survey(blocks)
    lines, top, stop = _top(blocks, document)
    kept = list(blocks[stop:])
    below = _name_at_end(kept, document)
    for _ in range(_END):
        line = _read(kept[-1], document) if len(kept) > 1 else None
        if line is None or not line.whole or not _may_stand_last(line.stated, document):
            break
        lines.append(line)
        kept.pop()
    stated = Metadata()
    # An address of its own is the article's; one behind an outlet's name may be the outlet's.
    for line in sorted(lines, key=lambda line: line.stated.source is not None):
        stated = merged(stated, line.stated)
    return Header(stated, (*top, *kept, *below), tuple(line.note for line in lines if line.note))


def _name_at_end(blocks: list[Block], document: _Document) -> list[Block]:
    """Take the last line off ``blocks`` where it says nothing that is understood, below one that does; return it."""
    if len(blocks) < 3 or len(blocks[-1].text) > _MAX_ODD or ends_sentence(blocks[-1].text):
        return []
    above = _read(blocks[-2], document)
    is_below = blocks[-1].kind is BlockKind.LINE and not blocks[-1].apart and _read(blocks[-1], document) is None
    return [blocks.pop()] if is_below and above is not None and above.whole else []


def merged(first: Metadata, second: Metadata) -> Metadata:
    """Return ``first`` with what it lacks filled in from ``second``."""
    dated = first if first.date is not None else second
    return Metadata(
        title=first.title or second.title,
        date=dated.date,
        date_basis=dated.date_basis,
        authors=first.authors or second.authors,
        source=first.source or second.source,
        url=first.url or second.url,
        lang=first.lang or second.lang,
        summary=first.summary or second.summary,
        extra={**second.extra, **first.extra},
    )


def source_of_url(url: str) -> Source | None:
    """Return the outlet that an address names by its host, without ``www.``."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return Source(host, f"https://{host}") if "." in host else None


def read_source(value: str) -> Source | None:
    """Return the outlet in ``value``: a name, an address, or a name with its address behind it."""
    match = re.search(r"[(<\[,\s]*(https?://[^\s)>\]]+)[)>\]]?\s*$", value)
    name = value[: match.start()].strip(" ,–—-:") if match else value.strip()
    name = name[1:-1] if _QUOTED.fullmatch(name) else name
    url = match[1] if match else None
    if not name:
        return source_of_url(url) if url else None
    if len(name) > _MAX_VALUE or ends_with_full_stop(name):
        return None
    parts = urlsplit(url) if url else None
    return Source(name, f"{parts.scheme}://{parts.netloc}" if parts else None)


def read_names(value: str) -> tuple[tuple[str, ...], bool]:
    """Return the people that a byline names, and whether it says nothing else (a role, an outlet)."""
    parts = [part for part in _BETWEEN_NAMES.split(value.strip(" .:")) if part]
    names = tuple(part for part in parts if _NAME.fullmatch(part) and not lexicon.NOBODY.search(part))
    return names, len(names) == len(parts)


def signed_by(blocks: Sequence[Block], person: str) -> tuple[tuple[str, ...], tuple[Block, ...]]:
    """Return the names on a line near the top that ``person`` is one of, and the other blocks.

    A line of names alone may be an outlet or a place; and what a file says of its author, the program's owner.
    Where both say the same, it is the author.
    """
    for index, block in enumerate(blocks[:_TOP]):
        names, whole = read_names(block.text)
        if whole and person in names and len(person.split()) > 1:
            return names, (*blocks[:index], *blocks[index + 1 :])
    return (), tuple(blocks)


def given_first(name: str) -> str:
    """Return a name that is written "Roe, Jane" as "Jane Roe"."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}".strip() if comma and "," not in given else name.strip()


def _survey(blocks: Iterable[Block]) -> _Document:
    days: list[date | None] = []
    stated, posts, addresses, sources = 0, 0, 0, 0
    blocks = tuple(blocks)
    custom = custom_in("\n".join(block.text for block in blocks))
    for block in blocks:
        line = date_on_line(block.text, custom=custom)
        if line is not None and line.alone:
            stated += 1
            days += [] if line.labelled else [line.found.day]
        posts += bool(lexicon.POST.fullmatch(block.text))
        addresses += bool(url_alone(block.text) or lexicon.URL_LABEL.fullmatch(block.text))
        sources += bool(lexicon.SOURCE_LABEL.fullmatch(block.text))
    return _Document(len(set(days)) > 1, stated <= 1, posts == 1, addresses <= 1, sources <= 1, custom)


def _top(blocks: Sequence[Block], document: _Document) -> tuple[list[_Line], list[Block], int]:
    """Return the lines read from the top, the blocks among them that stay, and where the rest begins."""
    lines: list[_Line] = []
    stay: list[Block] = []
    others = 0
    for index, block in enumerate(blocks[:_TOP]):
        line = _read(block, document) or _signed_with_role(blocks[index : index + 2])
        if line is None:
            others += 1
            # A section's name, the title, and a sentence under it; or the title, a name, and the day.
            if _is_signed_below(blocks, index, document) or _is_dated_below(blocks, index, document):
                stay.append(block)
                continue
            if others == 2 or len(block.text) > _MAX_TITLE or ends_with_full_stop(block.text):
                return lines, stay, index
        else:
            lines.append(line)
        if line is None or not line.whole:
            stay.append(block)
    return lines, stay, min(_TOP, len(blocks))


def _is_signed_below(blocks: Sequence[Block], index: int, document: _Document) -> bool:
    """Tell whether a byline and a day, one below the other, stand below the block at ``index`` or the next."""
    for first in range(index + 1, min(index + 3, len(blocks) - 1)):
        if lexicon.BYLINE.fullmatch(blocks[first].text) and blocks[first].mark is None:
            lines = [_read(block, document) for block in blocks[first : first + 2]]
            return all(line is not None and line.whole for line in lines) and bool(lines[1] and lines[1].stated.date)
    return False


def _signed_with_role(blocks: Sequence[Block]) -> _Line | None:
    """Return the name in the first of two lines when the second is what that person is: "Transport correspondent"."""
    if len(blocks) < 2 or blocks[0].kind is not BlockKind.LINE or len(blocks[1].text) > _MAX_ODD or blocks[0].mark:
        return None
    names, whole = read_names(blocks[0].text)
    is_role = lexicon.ROLE.fullmatch(blocks[1].text) is not None
    return _Line(Metadata(authors=names)) if is_role and whole and all(len(n.split()) > 1 for n in names) else None


def _is_dated_below(blocks: Sequence[Block], index: int, document: _Document) -> bool:
    """Tell whether the document's one day stands below the short line at ``index``, or below the next."""
    for below in range(index + 1, min(index + 3, len(blocks)) if document.one_day else 0):
        if len(blocks[below - 1].text) > _MAX_BESIDE or ends_sentence(blocks[below - 1].text):
            return False
        line = _read(blocks[below], document)
        if line is not None and line.stated.date is not None:
            return line.whole
    return False


def _may_stand_last(stated: Metadata, document: _Document) -> bool:
    """Keep what belongs to the last item of several rather than to the whole document."""
    return (document.one_address or not stated.url) and (document.one_source or not stated.source)


def _read(block: Block, document: _Document) -> _Line | None:
    """Return what ``block`` states, or None when it is no line about the text."""
    if block.kind not in (BlockKind.LINE, BlockKind.PARAGRAPH) or block.mark is not None:
        return None
    columns = [part for part in _COLUMNS.split(block.text) if part]
    if len(columns) == 1 and lexicon.BYLINE.fullmatch(block.text) and not ends_with_full_stop(block.text):
        columns = [part for part in _DASHES.split(block.text) if part]
        columns[-1:] = _dated(columns[-1], document)
    elif len(columns) == 1 and lexicon.SOURCE_LABEL.fullmatch(block.text):
        columns = _dated(block.text, document)
    if len(columns) == 1:
        return _read_text(block.text, document)
    lines = [_read_text(column, document) for column in columns]
    read = [line for line in lines if line is not None]
    if not read:
        return None
    stated = Metadata()
    for line in read:
        stated = merged(stated, line.stated)
    return _Line(stated, len(read) == len(lines) and all(line.whole for line in read), read[0].note)


def _dated(text: str, document: _Document) -> list[str]:
    """Return ``text`` in two when it ends in a comma and a day."""
    parts = text.split(", ", 1)
    found = date_on_line(parts[-1], custom=document.custom) if len(parts) > 1 else None
    return parts if found is not None and found.alone else [text]


def _read_text(text: str, document: _Document) -> _Line | None:
    if text.startswith(_SETTING):
        return _read_text(text.removeprefix(_SETTING), document) or _Line(Metadata())
    if is_change(text):
        return _Line(Metadata(), whole=False)
    if document.one_post and (post := lexicon.POST.fullmatch(text)):
        sent = read_stated(post["day"], custom=".")  # as its program writes days
        return _Line(
            Metadata(source=Source(post["name"]), date=sent.day, date_basis=DateBasis.TEXT if sent.day else None)
        )
    for pattern, reader in _READERS:
        match = pattern.fullmatch(text)
        if match:
            return reader(match["value"].strip())
    if lexicon.READING_TIME.fullmatch(text):
        return _Line(Metadata())
    url = url_alone(text)
    if url:
        return _Line(Metadata(url=url)) if document.one_address else None
    line = date_on_line(text, custom=document.custom)
    if line is None or (document.timeline and not line.labelled):
        return None
    found = line.found
    basis = None if found.day is None else DateBasis.TEXT
    note = f"date: {found.problem}" if found.problem else None
    return _Line(Metadata(date=found.day, date_basis=basis), line.alone and found.day is not None, note)


def _title_line(value: str) -> _Line | None:
    return _Line(Metadata(title=value)) if len(value) <= _MAX_TITLE else None


def _source_line(value: str) -> _Line | None:
    source = read_source(value)
    url = re.search(r"https?://\S+/\S+", value)
    return _Line(Metadata(source=source, url=url[0].rstrip(".,)>") if url else None)) if source else None


def _url_line(value: str) -> _Line | None:
    url = url_alone(value)
    return _Line(Metadata(url=url)) if url else None


def _author_line(value: str) -> _Line | None:
    names, whole = read_names(value)
    return _Line(Metadata(authors=names), whole) if names and len(value) <= _MAX_VALUE else None


def _byline(value: str) -> _Line | None:
    """Read a line that begins with "By": only full names count, since a sentence may begin so too."""
    names, whole = read_names(value)
    full = all(len(name.split()) >= 2 for name in names)
    return _Line(Metadata(authors=names), whole) if names and full and len(value) <= _MAX_VALUE else None


_READERS = (
    (lexicon.TITLE_LABEL, _title_line),
    (lexicon.SOURCE_LABEL, _source_line),
    (lexicon.URL_LABEL, _url_line),
    (lexicon.AUTHOR_LABEL, _author_line),
    (lexicon.BYLINE, _byline),
)
