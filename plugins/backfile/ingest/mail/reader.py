"""Read a message: the newsletter in it as blocks, with what its headers state.

::

    bytes ─▶ message ─▶ the innermost forwarded one ─▶ its texts ─▶ blocks ─▶ unforward ─▶ tidy
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from email.message import Message

from backfile.errors import IngestError
from backfile.ingest.hypertext import read_fragment
from backfile.ingest.lines.header import merged
from backfile.ingest.lines.layout import blocks_of
from backfile.ingest.links import resolve
from backfile.ingest.mail import headers
from backfile.ingest.mail.enclosed import attached_message, find_enclosed
from backfile.ingest.mail.forwards import unforward
from backfile.ingest.mail.furniture import tidy
from backfile.ingest.mail.links import clean_link, public_page
from backfile.ingest.mail.message import Parts, Text, parse_message, parts_of
from backfile.ingest.mail.quoted import unquote, unquote_markup
from backfile.ingest.records import Content, Find, Metadata, RawDocument, count_characters
from backfile.model import DateBasis

# What somebody who forwards a message may say above it and not be its author.
_MAX_COMMENT = 1500
_MAX_DEPTH = 10


def read_mail(raw: RawDocument) -> Content:
    """Read a message; raises ``IngestError`` when it has no text or is over the limits."""
    message, parts, comment = _innermost(parse_message(raw), raw.name)
    if not parts.texts:
        raise IngestError(f"{raw.name}: has no text in it that can be read; save its text as a .txt file")
    recipients = headers.recipients_of(message)
    find = find_enclosed(message)
    answered = headers.is_answer(message)
    read = [_blocks(text, raw.name, recipients, find, answered=answered) for text in parts.texts]
    pictures = {sha256: picture for found in read for sha256, picture in found.pictures.items()}
    forward = unforward([block for found in read for block in found.blocks], answered=answered)
    tidied = tidy(forward.blocks, recipients)
    stated, notes = _stated(message)
    if forward.found:
        stated = replace(forward.stated, title=forward.stated.title or stated.title)
        notes = forward.notes
    page = resolve(public_page(tidied.page), None) if tidied.page else None
    dropped = _added(
        (("forwarding notes", forward.dropped + comment),),
        tidied.dropped,
        *(found.dropped for found in read),
    )
    return Content(
        blocks=tidied.blocks,
        encoding=", ".join(dict.fromkeys(text.encoding for text in parts.texts)),
        characters=sum(found.characters for found in read) + comment,
        stated=merged(stated, Metadata(url=page)),
        dropped=dropped,
        notes=(*notes, *(note for found in read for note in found.notes)),
        pictures=pictures,
        enclosures=(
            *(one for one in parts.attachments if one.sha256 not in pictures),
            *map(attached_message, parts.messages),
        ),
    )


def _innermost(message: Message, name: str) -> tuple[Message, Parts, int]:
    """Return the message that is the document, what is in it, and how many characters others said about it."""
    comment = 0
    parts = parts_of(message, name)
    for _ in range(_MAX_DEPTH):
        said = sum(count_characters(text.text) for text in parts.texts)
        if not parts.messages or (said > _MAX_COMMENT and not headers.is_forwarded(message)):
            break
        inner = parts_of(parts.messages[0], name)
        if not inner.texts and not inner.messages:
            break
        comment += sum(count_characters(text.text) for text in parts.texts if not text.html)
        around = (*parts.attachments, *map(attached_message, parts.messages[1:]))
        message, parts = parts.messages[0], replace(inner, attachments=(*around, *inner.attachments))
    return message, parts, comment


def _blocks(text: Text, name: str, recipients: frozenset[str], find: Find, *, answered: bool) -> Content:
    """Return one text of a message as blocks, with its own account."""
    unseen = sum(count for _, count in text.dropped)
    if not text.html:
        plain, signs = (text.text, 0) if answered else unquote(text.text)
        dropped = (*text.dropped, *((("signs of quotation", signs),) if signs else ()))
        characters = count_characters(text.text) + unseen
        return Content(blocks_of(plain), text.encoding, characters, dropped=dropped, notes=text.notes)
    found = read_fragment(
        text.text,
        name,
        layout=True,
        rewrite=lambda href: clean_link(href, recipients),
        find=find,
        prepare=None if answered else unquote_markup,
    )
    return Content(
        found.blocks,
        text.encoding,
        found.characters + unseen,
        dropped=(*text.dropped, *found.dropped),
        notes=(*text.notes, *found.notes),
        pictures=found.pictures,
    )


def _stated(message: Message) -> tuple[Metadata, tuple[str, ...]]:
    found = headers.day_of(message)
    metadata = Metadata(
        title=headers.subject_of(message),
        date=found.day if found else None,
        date_basis=DateBasis.METADATA if found and found.day else None,
        source=headers.sender_of(message),
        url=headers.own_page(message),
    )
    return metadata, (f"date: {found.problem}",) if found and found.problem else ()


def _added(*accounts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Return several accounts of what was dropped as one."""
    total: dict[str, int] = {}
    for what, count in (entry for account in accounts for entry in account):
        total[what] = total.get(what, 0) + count
    return tuple((what, count) for what, count in total.items() if count)
