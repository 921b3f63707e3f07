"""Texts that were taken back (``content/withdrawn.jsonl``): what stays of each, and never a word of it.

One JSON object a line, written by ``invoke withdraw``::

    {"id": "2025/03/14/port-opens-again", "day": "2026-11-22", "reason": "The outlet asked for it.", …}

``sha256`` are the raw files that the text was read from, ``urls`` and ``text`` hashes by
which an import knows it again (:mod:`backfile.ingest.changes.known`). Of two lines for one id the
later holds. Who removes a line allows the text to be imported again.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from backfile.articles import Articles
from backfile.errors import ContentError
from backfile.frontmatter import is_article_id
from backfile.model import Finding, Kind

FILE = "withdrawn.jsonl"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One text that was taken back: its id and ids it had before, the day, the reason if one was given.

    ``heir`` is the article that goes on with a story whose id this one held. ``sha256``,
    ``urls`` and ``text`` are hashes, ``words`` how long the text was. ``stories`` are ids
    of stories of which nothing is left; they are found when the archive is put together.
    """

    id: str
    day: date
    reason: str | None = None
    kind: Kind = Kind.ARTICLE
    formerly: tuple[str, ...] = ()
    heir: str | None = None
    words: int = 0
    sha256: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()


_HASH = re.compile(r"[0-9a-f]{12}|[0-9a-f]{64}")


def load_withdrawals(jsonl_text: str, file: str = FILE) -> tuple[Withdrawal, ...]:
    """Parse the file. Raises :class:`ContentError` with a finding (B146) for each line that can't be used."""
    found: dict[str, Withdrawal] = {}
    findings: list[Finding] = []
    for at, line in enumerate(jsonl_text.splitlines(), 1):
        if not line.strip():
            continue
        withdrawal = _read(line)
        if withdrawal is None:
            hint = "Restore the line from version control; it keeps the text from being imported again."
            findings.append(Finding("B146", "error", file, "is no record of a text taken back.", hint, line=at))
        else:
            found[withdrawal.id] = withdrawal
    if findings:
        raise ContentError(*findings)
    return tuple(found[id_] for id_ in sorted(found))


def written(withdrawals: Iterable[Withdrawal]) -> str:
    """Return the file's text: a line for each, by id; :func:`load_withdrawals` reads the same again."""
    lines = []
    for one in sorted(withdrawals, key=lambda one: one.id):
        values = {**asdict(one), "day": one.day.isoformat(), "text": " ".join(one.text)}
        del values["stories"]
        lines.append(json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False))
    return "".join(line + "\n" for line in lines)


def reclaimed(articles: Articles, withdrawals: Iterable[Withdrawal]) -> Iterator[Finding]:
    """Yield an error (B147) for each article at the address of a text that was taken back."""
    days = {one.id: one.day for one in withdrawals}
    for id_, path in zip(articles, articles.column("path"), strict=True) if days else ():
        if id_ in days:
            yield Finding(
                "B147",
                "error",
                path,
                f"stands at /{id_}/, from where a text was withdrawn on {days[id_]}.",
                f"Give it another slug, run “invoke withdraw {id_}” again, or take the line out of {FILE}.",
                field="slug",
            )


def led_on(
    holders: Mapping[str, Sequence[str]], withdrawals: Collection[Withdrawal], living: Collection[str]
) -> tuple[dict[str, str], tuple[Withdrawal, ...]]:
    """Return the article that each story id goes with now; and the withdrawals, with the stories that end with them.

    ``holders`` are those that the ledger names for an id, the founding article first. For one that
    was taken back its heir stands in. An id of which nothing is left stays with its founder.
    """
    heirs = {one.id: one.heir for one in withdrawals}
    now: dict[str, str] = {}
    lost: defaultdict[str, list[str]] = defaultdict(list)
    for story, ids in holders.items():
        ends = [_end(id_, heirs, living) for id_ in ids]
        now[story] = next((end for end in ends if end in living), ids[0])
        if now[story] not in living and ends[0] in heirs:
            lost[ends[0]].append(story)
    return now, tuple(replace(one, stories=tuple(lost.get(one.id, ()))) for one in withdrawals)


def _end(article: str, heirs: Mapping[str, str | None], living: Collection[str]) -> str:
    """Return the last article that heirs lead to from one."""
    seen = {article}
    while article not in living and (heir := heirs.get(article)) and heir not in seen:
        seen.add(heir)
        article = heir
    return article


def _read(line: str) -> Withdrawal | None:
    """Return the withdrawal in a line; None when it is none."""
    try:
        row = json.loads(line)
        return Withdrawal(
            id=_id(row["id"]),
            day=date.fromisoformat(row["day"]),
            reason=str(row["reason"]) if row.get("reason") else None,
            kind=Kind(row.get("kind", Kind.ARTICLE)),
            formerly=tuple(map(_id, row.get("formerly", ()))),
            heir=_id(row["heir"]) if row.get("heir") else None,
            words=int(row.get("words", 0)),
            sha256=_hashes(row.get("sha256", [])),
            urls=_hashes(row.get("urls", [])),
            text=_hashes(row.get("text", "").split()),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _id(value: str) -> str:
    if not is_article_id(value):
        raise ValueError(value)
    return value


def _hashes(values: Sequence[str]) -> tuple[str, ...]:
    if not all(map(_HASH.fullmatch, values)):
        raise ValueError(values)
    return tuple(values)
