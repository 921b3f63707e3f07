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
from backfile.incremental.site import Output
from backfile.marks import mark_of
from backfile.pages import PagePlan, Plan, Section

_TABLE = "section"


@dataclass(frozen=True, slots=True)
class Planned:
    """The keys of all files by path, the files that stay as they are, and the plans of those to be made."""

    keys: dict[str, bytes] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    todo: list[Plan] = field(default_factory=list)


# What is known of a section: the mark of its facts, those of its templates by name, its own files, the mark of their
# keys, and the names of the sections in it.
_Row = tuple[bytes, dict[str, bytes], list[str], bytes, list[str]]


def planned(
    sections: Iterable[Section],
    template: Callable[[str], bytes],
    output: Output,
    cache: Cache,
    early: Callable[[Planned], None],
) -> Planned:
    """Return what is to be made; ``template`` gives what changes with all pages of a template.

    ``early`` is called when all sections are planned that come first; what it makes of the plans it takes out.
    """
    known: dict[str, _Row] = {
        name: marshal.loads(row)  # noqa: S302  # our own, by checksum
        for name, row in cache.all(_TABLE).items()
    }
    planner = _Planner(known, template, output)
    is_early = True
    for section in sections:
        if is_early and not section.is_first:
            is_early = False
            planner.settle()
            early(planner.found)
        planner.plan(section)
    planner.settle()
    anew = ((name, row) for name, row in planner.now.items() if row is not known.get(name))
    cache.put(_TABLE, [(name, marshal.dumps(row)) for name, row in anew])
    cache.drop(_TABLE, sorted(known.keys() - planner.now.keys()))
    return planner.found


class _Planner:
    def __init__(self, known: dict[str, _Row], template: Callable[[str], bytes], output: Output) -> None:
        self.found = Planned()
        self.now: dict[str, _Row] = {}
        self._plans: dict[str, Plan] = {}
        self._known = known
        self._template = template
        self._output = output

    def plan(self, section: Section) -> None:
        """Take a section over, or plan it anew."""
        mark = mark_of(section.facts) if section.facts else b""
        before = self._known.get(section.name)
        if before and before[0] == mark and self._stays(section.name):
            return
        inner, own = [], dict[str, Plan]()
        for part in section.parts():
            if isinstance(part, Section):
                inner.append(part.name)
                self.plan(part)
            else:
                own[part.save_as] = part
        names = {plan.template for plan in own.values() if isinstance(plan, PagePlan)}
        used = {name: self._template(name) for name in sorted(names)}
        keys = {path: _key(plan, used) for path, plan in own.items()}
        if mark:
            self.now[section.name] = (mark, used, list(keys), mark_of(*keys.values()), inner)
        self._plans |= own
        self.found.keys.update(keys)

    def settle(self) -> None:
        """Tell what is to be made from what stands as it would be made."""
        for path, plan in self._plans.items():
            if self._output.key(path) == self.found.keys[path]:
                self.found.kept.add(path)
            else:
                self.found.todo.append(plan)
        self._plans = {}

    def _stays(self, name: str) -> bool:
        """Tell whether a section's files stand as they were left and its templates are the same; if so, take it over.

        What is known of it may be older or newer than the files: their keys must be those that it was written with.
        """
        row = self._known.get(name)
        if row is None:
            return False
        _, used, paths, mark, inner = row
        keys = self._output.keys(paths)
        if keys is None or mark_of(*keys.values()) != mark:
            return False
        if not all(self._template(name) == known for name, known in used.items()):
            return False
        if not all(self._stays(name) for name in inner):
            return False
        self.now[name] = row
        self.found.keys.update(keys)
        self.found.kept.update(keys)
        return True


def _key(plan: Plan, templates: dict[str, bytes]) -> bytes:
    return mark_of(templates[plan.template], *plan.facts) if isinstance(plan, PagePlan) else mark_of(*plan.facts)
