"""Forwarded messages: the newsletter is the document, and who forwarded it is not its source.

A mail program puts a line such as "---------- Forwarded message ----------" above the
message, and below it the headers of the message as lines ("From: ...", "Subject: ...").
Both are lines of text, in HTML as in plain text. What stands above was said by whoever
forwarded it. In an answer ("Re:") the same line, from Outlook, sets off what is answered:
then the answer is the document, and nothing is taken out.

Known failure: a program that writes the headers without any line above them is only
recognised when From, Date and Subject stand together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backfile.ingest.mail.headers import bare_subject, read_day, read_sender
from backfile.ingest.records import Block, BlockKind, Metadata, count_characters
from backfile.ingest.vocabulary.dates import find_dates, read_stated
from backfile.model import DateBasis

_MARK = re.compile(
    r"[\s*>_-]*(?:begin )?(?:forwarded message|forwarded by .{1,80}|original message|"
    r"(?:початок )?(?:пересланого повідомлення|переслане повідомлення|пересланий лист|оригінальне повідомлення)|"
    r"(?:начало )?(?:пересылаемого сообщения|пересланного сообщения|пересылаемое сообщение|пересланное сообщение|"
    r"переадресованное сообщение|исходное сообщение|перенаправленное сообщение)|"
    r"weitergeleitete nachricht|ursprüngliche nachricht|(?:début du )?message (?:transféré|réexpédié|d['’]origine)|"
    r"(?:przekazana wiadomość|wiadomość (?:przekazana|oryginalna))|mensaje reenviado|messaggio inoltrato|"
    r"mesaj(?:ul)? (?:redirecționat|original))\s*:?[\s*>_-]*",
    re.IGNORECASE,
)
_LABELS = {
    "from": "from|sender|від|від кого|от|от кого|відправник|отправитель|von|de|de la|od|da|expéditeur|nadawca|"
    "mittente|remitente|"
    "absender",
    "date": "date|sent|дата|надіслано|відправлено|отправлено|datum|gesendet|envoyé|wysłane|data|"
    "trimis|enviado|inviato|fecha|wysłano",
    "subject": "subject|тема|betreff|objet|temat|subiect|asunto|oggetto|sujet|předmět",
    "other": "to|cc|bcc|reply-to|кому|копія|копия|importance|важливість|важность|"
    "an|à|do|pour|adresat|komu|a|dw|către|para|wichtigkeit",
}
_LINE = re.compile(
    "[*>\\s]*(?:" + "|".join(f"(?P<{key}>{names})" for key, names in _LABELS.items()) + r")[*\s]*:[*\s]*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
# As Yandex writes it: "12.03.2025, 14:31, "Harbour Post" <news@post.example>:"
_SAID = re.compile(r"(?P<day>\d{1,2}\.\d{1,2}\.\d{4}),? (?:в )?\d{1,2}:\d{2},? (?P<who>[^\n]{3,200}):")
_END = re.compile(
    r"[\s*>_-]*(?:end (?:of )?forwarded message|кінець (?:пересланого|переадресованого) (?:повідомлення|листа)|"
    r"конец (?:пересылаемого|пересланного) сообщения)[\s*>_-]*",
    re.IGNORECASE,
)
_HEADERS = 6
_MAX_DEPTH = 10
_MAX_MARK = 150
# A message forwarded once more begins with the next line of this kind; a greeting may stand between.
_NEAR = 6
_MAX_LINES = 10


@dataclass(frozen=True, slots=True)
class Forward:
    """A message without its forwards: its blocks, what the innermost headers state, what went."""

    blocks: tuple[Block, ...]
    stated: Metadata
    dropped: int = 0
    notes: tuple[str, ...] = ()
    found: bool = False


def unforward(blocks: Sequence[Block], *, answered: bool) -> Forward:
    """Return the message that was forwarded in ``blocks``, or ``blocks`` as they are; see ``answered`` above."""
    forward = Forward(tuple(blocks), Metadata())
    for depth in range(_MAX_DEPTH):
        within = len(forward.blocks) if not depth else _NEAR
        start = next((i for i, block in enumerate(forward.blocks[:within]) if _begins(forward.blocks, i)), None)
        if start is None or answered:
            return forward
        forward = _peeled(forward, start)
    return forward


def is_mark(line: str) -> bool:
    """Tell whether ``line`` is what a mail program writes above a message that is forwarded."""
    return len(line) <= _MAX_MARK and _MARK.fullmatch(line) is not None


def _begins(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether a forwarded message begins here: the line itself, or three kinds of headers together."""
    if blocks[index].kind is BlockKind.RULE or len(blocks[index].text) > _MAX_MARK:
        return False
    kinds = [_kind(block) for block in blocks[index : index + _HEADERS]]
    if _MARK.fullmatch(blocks[index].text):
        return any(kinds[1:]) or any(_SAID.fullmatch(block.text) for block in blocks[index + 1 : index + 2])
    return kinds[0] == "from" and {"from", "date", "subject"} <= set(kinds)


def _peeled(forward: Forward, start: int) -> Forward:
    blocks = forward.blocks
    end = start + (_kind(blocks[start]) is None)
    stated, notes = Metadata(), forward.notes
    while end < min(len(blocks), start + _MAX_LINES) and (kind := _kind(blocks[end])):
        match = _LINE.fullmatch(blocks[end].text)
        value = match["value"] if match else ""
        if kind == "from":
            stated = replace(stated, source=read_sender(value))
        elif kind == "subject":
            stated = replace(stated, title=bare_subject(value))
        elif kind == "date":
            stated, problem = _dated(stated, value)
            notes += (problem,) if problem else ()
        end += 1
    said = _SAID.fullmatch(blocks[end].text) if end < len(blocks) else None
    if said:
        day = read_stated(said["day"], custom=".")  # as its program writes days
        stated = replace(stated, source=read_sender(said["who"]), date=day.day)
        stated = replace(stated, date_basis=DateBasis.METADATA if day.day else None)
        end += 1
    rest = blocks[end:]
    if rest and _END.fullmatch(rest[-1].text):
        rest = rest[:-1]
    if rest:
        rest = (replace(rest[0], apart=True), *rest[1:])
    gone = sum(count_characters(block.text) for block in blocks) - sum(count_characters(block.text) for block in rest)
    return Forward(rest, stated, forward.dropped + gone, notes, found=True)


def _kind(block: Block) -> str | None:
    match = _LINE.fullmatch(block.text) if len(block.text) <= 1000 else None
    return next(key for key in _LABELS if match[key]) if match else None


def _dated(stated: Metadata, value: str) -> tuple[Metadata, str | None]:
    """Read the day in a line such as "Fri, Mar 14, 2025 at 6:00 AM": the hour is of no use."""
    dates = find_dates(value)
    found = dates[0] if len(dates) == 1 else read_day(value)
    if found.day is None:
        return stated, f"date: {found.problem}"
    return replace(stated, date=found.day, date_basis=DateBasis.METADATA), None
