"""Names in all their spellings, as the search script needs them.

The script looks for the longest run of the reader's words that is a spelling in some
group, case endings set aside, and asks for every member of that group instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from backfile.model import Name

__all__ = ["expansions", "spelling_groups"]


def spelling_groups(names: Iterable[Name]) -> list[list[str]]:
    """Return groups of spellings that stand for each other, in the order of ``names``.

    A person is found by surname alone too: when spellings have several words, their last
    words make a group of their own. Groups with a single member are left out.
    """
    groups: dict[tuple[str, ...], None] = {}
    for name in names:
        spellings = tuple(dict.fromkeys((name.name, *name.spellings)))
        groups[spellings] = None
        if name.kind == "person":
            groups[tuple(dict.fromkeys(spelling.split()[-1] for spelling in spellings))] = None
    return [list(group) for group in groups if len(group) > 1]


def expansions(names: Iterable[Name]) -> bytes:
    """Return ``data/names.json``: the groups of :func:`spelling_groups`, as JSON in UTF-8."""
    return json.dumps(spelling_groups(names), ensure_ascii=False, separators=(",", ":")).encode()
