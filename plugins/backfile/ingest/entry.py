"""An article given as data: one entry of a feed, or one row of a file of articles.

A feed holds many articles, and tomorrow's copy of it holds most of them again. So each
entry becomes a raw document of its own, a small JSON object whose bytes depend on nothing
but the entry: the same entry is known again, a corrected one updates its article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from backfile.errors import IngestError
from backfile.ingest.encoding.decode import MAX_CHARACTERS, normalise
from backfile.ingest.hypertext import plain_text, read_fragment
from backfile.ingest.kinds import ENTRY
from backfile.ingest.lines.header import merged
from backfile.ingest.lines.layout import blocks_of
from backfile.ingest.lines.linked import link_of
from backfile.ingest.links import destination, resolve
from backfile.ingest.markdown.escape import escape_line
from backfile.ingest.markdown.reader import read_markdown
from backfile.ingest.records import Block, BlockKind, Content, Metadata, RawDocument, count_characters
from backfile.ingest.vocabulary.dates import Found, custom_in, read_stated
from backfile.ingest.vocabulary.lexicon import NOBODY, READ_MORE
from backfile.ingest.vocabulary.words import is_usable
from backfile.ingest.web.labels import FIRST_APPEARED
from backfile.model import DateBasis, Source

_MAX_TITLE = 500
_MAX_SUMMARY = 1000
_SAMPLE = 10_000  # characters that show in which script a text is
_NOTICE = re.compile(rf"\s*{FIRST_APPEARED} .{{1,200}}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed or a row states; the body is in ``html``, ``markdown`` or ``text``, ``date`` as it was written."""

    title: str | None = None
    html: str | None = None
    markdown: str | None = None
    text: str | None = None
    date: str | None = None
    url: str | None = None
    source: str | None = None
    source_url: str | None = None
    authors: tuple[str, ...] = ()
    lang: str | None = None
    summary: str | None = None
    notes: tuple[str, ...] = ()


def as_document(entry: Entry, container: RawDocument, identity: str | None) -> RawDocument:
    """Return ``entry`` as a document; ``identity`` is what the feed calls it, so that its name stays the same."""
    values = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    data = json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False, sort_keys=True)
    known = (identity or entry.url or f"{entry.title}\n{entry.date}\n{entry.summary}").encode("utf-8", "replace")
    name = f"{container.name}/{sha256(known).hexdigest()[:12]}.json"
    return RawDocument(data.encode("utf-8", "replace"), name, ENTRY, container.retrieved)


def read_entry(raw: RawDocument) -> Content:
    """Read such a document; raises ``IngestError`` when there is no text in it."""
    entry = _entry(raw)
    body = _body(entry, raw)
    found = _day(entry)
    stated = _stated(entry, found.day if found else None)
    notes = list(entry.notes)
    if found is not None and found.day is None:
        notes.append(f"date: {found.problem}")
    return Content(
        blocks=body.blocks,
        encoding="utf-8",
        characters=body.characters,
        stated=merged(stated, body.stated),
        dropped=body.dropped,
        notes=(*notes, *body.notes),
        pictures=body.pictures,
    )


def _entry(raw: RawDocument) -> Entry:
    try:
        values: Mapping[str, Any] = json.loads(raw.data)
        listed = {"authors": tuple(values.get("authors", ())), "notes": tuple(values.get("notes", ()))}
        return Entry(**{**values, **listed})
    except (ValueError, TypeError, AttributeError) as error:
        raise IngestError(f"{raw.name}: is no entry as Backfile writes it; import its feed again") from error


def _body(entry: Entry, raw: RawDocument) -> Content:
    source = entry.html or entry.markdown or entry.text or ""
    where = f"{raw.name} (“{entry.title[:60]}”)" if entry.title else raw.name
    title, url = _line(entry.title), _web_address(entry.url)
    if not source.strip() and title and url and is_usable(title):
        linked = Block(BlockKind.PARAGRAPH, title, f"[{escape_line(title)}]({destination(url)})")
        return Content((linked,), "utf-8", count_characters(title), notes=("a headline and its link, without a text",))
    if not source.strip():
        raise IngestError(f"{where}: has no text, only a headline; open its page and import that")
    if len(source) > MAX_CHARACTERS:
        raise IngestError(f"{where}: has more than {MAX_CHARACTERS:,} characters; split it")
    if entry.html:
        fragment = read_fragment(entry.html, where, base=entry.url or entry.source_url)
        last = fragment.blocks[-1].text if len(fragment.blocks) > 1 else ""
        points_on = READ_MORE.fullmatch(last) and link_of(fragment.blocks[-1])
        what = "the link to the whole text" if points_on else "the line that says where it appeared first"
        is_notice = bool(points_on or _NOTICE.fullmatch(last))
        return Content(
            fragment.blocks[:-1] if is_notice else fragment.blocks,
            "utf-8",
            fragment.characters,
            dropped=(*fragment.dropped, *(((what, count_characters(last)),) if is_notice else ())),
            notes=fragment.notes,
            pictures=fragment.pictures,
        )
    if entry.markdown:
        return read_markdown(RawDocument(source.encode("utf-8", "replace"), where))
    text = normalise(source, "utf-8")
    unseen = sum(count for _, count in text.dropped)
    return Content(blocks_of(text.text), "utf-8", count_characters(text.text) + unseen, dropped=text.dropped)


def _day(entry: Entry) -> Found | None:
    words = f"{entry.title} {entry.summary} {(entry.text or entry.html or entry.markdown or '')[:_SAMPLE]}"
    return read_stated(entry.date, custom=custom_in(words, entry.date)) if entry.date else None


def _stated(entry: Entry, day: date | None) -> Metadata:
    name = _line(entry.source)
    lang = (entry.lang or "").replace("_", "-").split("-")[0].lower()
    return Metadata(
        title=_line(entry.title),
        date=day,
        date_basis=DateBasis.METADATA if day else None,
        authors=tuple(author for given in entry.authors if (author := _author(given, name))),
        source=Source(name, resolve(entry.source_url, None) if entry.source_url else None) if name else None,
        url=_web_address(entry.url),
        lang=lang if 2 <= len(lang) <= 3 and lang.isascii() and lang.isalpha() else None,
        summary=_summary(entry),
    )


def _author(given: str, source: str | None) -> str | None:
    """Return the name of a person; an outlet, a desk or an address is none."""
    name = _line(given)
    if not name or "@" in name or "://" in name or len(name) > 100 or NOBODY.search(name):
        return None
    return None if source and name.casefold() == source.casefold() else name


def _summary(entry: Entry) -> str | None:
    text = _NOTICE.sub("", plain_text(entry.summary)) if entry.summary else ""
    return text if text and len(text) <= _MAX_SUMMARY and text != entry.title else None


def _web_address(url: str | None) -> str | None:
    whole = resolve(url, None) if url else None
    return whole if whole and whole.startswith(("http://", "https://")) else None


def _line(text: str | None) -> str | None:
    """Return ``text`` as one line without characters that nobody can see."""
    if not text:
        return None
    line = "".join(sign if sign.isprintable() else " " for sign in normalise(text, "utf-8").text)
    return " ".join(line.split())[:_MAX_TITLE] or None
