"""Decides which pages and files are made: those whose key is not that of the file in the output.

A key is a hash of all that a file depends on: its facts, its template with all that this
includes, and the site's record. A section (:class:`~backfile.pages.plans.Section`) whose own
facts are as they were, and whose files stand as they were left, is not planned at all.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from backfile.incremental.cache import Cache
from backfile.incremental.site import Standing
from backfile.marks import mark_of
from backfile.pages import PagePlan, Plan, Section

_NOTE = "sections"


@dataclass(frozen=True, slots=True)
class Planned:
    """The keys of all files by path, the files that stay as they are, and the plans of those to be made."""

    keys: dict[str, bytes] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    todo: list[Plan] = field(default_factory=list)


# What is known of a section: the mark of its facts, those of its templates by name, its files, the mark of their keys.
_Row = tuple[bytes, dict[str, bytes], list[str], bytes]


def planned(sections: Iterable[Section], template: Callable[[str], bytes], standing: Standing, cache: Cache) -> Planned:
    """Return what is to be made; ``template`` gives what changes with all pages of a template."""
    row = cache.get("note", _NOTE)
    known: dict[str, _Row] = marshal.loads(row) if row else {}  # noqa: S302  # our own, by checksum
    now: dict[str, _Row] = {}
    found, plans = Planned(), dict[str, Plan]()
    for section in sections:
        mark = mark_of(section.facts) if section.facts else b""
        before = known.get(section.name)
        if before and before[0] == mark and (keys := _unchanged(before, template, standing)):
            now[section.name] = before
            found.kept.update(keys)
        else:
            own = {plan.save_as: plan for plan in section.plans()}
            used = {plan.template: template(plan.template) for plan in own.values() if isinstance(plan, PagePlan)}
            keys = {path: _key(plan, used) for path, plan in own.items()}
            plans |= own
            if mark:
                now[section.name] = (mark, used, list(keys), mark_of(*keys.values()))
        found.keys.update(keys)
    for path, plan in plans.items():
        if standing.key(path) == found.keys[path]:
            found.kept.add(path)
        else:
            found.todo.append(plan)
    if now != known:
        cache.put("note", [(_NOTE, marshal.dumps(now))])
    return found


def _unchanged(row: _Row, template: Callable[[str], bytes], standing: Standing) -> dict[str, bytes]:
    """Return the keys of a section's files if they stand as they were left and its templates are the same, else none.

    The note on sections may be older or newer than the files: their keys must be those that it was written with.
    """
    _, used, paths, mark = row
    keys = {path: standing.key(path) for path in paths}
    is_same = mark_of(*keys.values()) == mark and all(template(name) == known for name, known in used.items())
    return keys if is_same else {}


def _key(plan: Plan, templates: dict[str, bytes]) -> bytes:
    return mark_of(templates[plan.template], *plan.facts) if isinstance(plan, PagePlan) else mark_of(*plan.facts)
