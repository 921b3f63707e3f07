"""``invoke stories --review``: what grouping is least sure of, in words, with the line that settles it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from backfile.archive import Archive
from backfile.model import Finding, Reason
from backfile.stories.doubts import Doubt, doubts
from backfile.wording import day, reason

_LANG = "en"  # commands speak English
HOW = (
    "Put a line under merge: in content/stories.yaml where the two tell one event, under split: where they\n"
    "tell two. Either way it is off this list for good."
)


def doubtful(archive: Archive, most: int | None = None) -> tuple[Doubt, ...]:
    """Return what is doubtful in an archive's stories, what matters most first, ``most`` of it."""
    return doubts(archive.grouping, most) if archive.grouping else ()


def lines(archive: Archive, found: Sequence[Doubt]) -> Iterator[str]:
    """Yield the lines that say it to an editor."""
    for number, doubt in enumerate(found, 1):
        yield f"{number}. {_sides(doubt)}"
        for id_ in doubt.articles:
            article = archive.articles[id_]
            outlet = article.source.name if article.source else "outlet not known"
            yield f"   {day(article.date, _LANG)}, {outlet}: {article.title}"
        yield f"   {' · '.join(_reasons(doubt))}"
        yield f"   {doubt.line}"
        yield ""
    yield HOW if found else "There is nothing that grouping is unsure of, or that you have not ruled."


def as_data(archive: Archive, found: Sequence[Doubt]) -> list[dict[str, Any]]:
    """Return the same for machines: one object a doubt."""
    return [
        {
            "is": "join" if doubt.joined else "near-miss",
            "stories": list(doubt.stories),
            "takes": list(doubt.takes),
            "chance": doubt.chance,
            "nearness": doubt.nearness,
            "articles": [_article(archive, id_) for id_ in doubt.articles],
            "reasons": _reasons(doubt),
            "line": doubt.line.strip(),
        }
        for doubt in found
    ]


def stale(archive: Archive) -> Iterator[Finding]:
    """Yield what of ``stories.yaml`` and the ledger no longer holds."""
    return (finding for finding in archive.findings if finding.code.startswith(("S2", "S3")))


def _sides(doubt: Doubt) -> str:
    """Say what was decided, and what it is about."""
    one, other = doubt.takes
    if doubt.joined:
        return f"One story of {one + other} texts, or two, of {one} and {other}?"
    return f"Two stories, of {one} and {other}, or one of {one + other} texts?"


def _reasons(doubt: Doubt) -> list[str]:
    score = Reason("score", (str(min(99, round(100 * doubt.chance))),))
    return [reason(each, _LANG) for each in (*doubt.reasons, score)]


def _article(archive: Archive, id_: str) -> dict[str, Any]:
    article = archive.articles[id_]
    return {
        "id": id_,
        "title": article.title,
        "date": article.date.isoformat(),
        "outlet": article.source.name if article.source else None,
    }
