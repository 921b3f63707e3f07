"""The editor's word and the ids of stories, worked out for the few stories that changed.

Both look at the whole archive: an entry names any article, and no two stories have one id.
But an entry moves only the groups that it names, and two stories can only want one id when
their first articles' addresses have one stem (``upkeep.stems``). So :func:`.editing.ruling.rule`
and :func:`.editing.identity.story_ids` are asked about those alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from backfile.model import Document, Finding
from backfile.stories.editing.editor import EditorWord
from backfile.stories.editing.identity import story_ids
from backfile.stories.editing.ledger import Ledger
from backfile.stories.editing.ruling import rule
from backfile.stories.structures.line import Line
from backfile.stories.structures.parts import Parts
from backfile.stories.upkeep.stems import Stems, last_segment, stem

Ties = Callable[[int], Iterable[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Retold:
    """What became of stories: the texts whose story is new, labels of stories that are gone, labels with new ids.

    ``moved`` are those texts, of the ones that were there before, that have others of them for company.
    """

    texts: set[int]
    moved: set[int]
    gone: list[int]
    named: set[int]


class Stories:
    """Which texts are one story after the editor's word, and its id and the ids that lead to it, by label."""

    def __init__(
        self,
        line: Line,
        base: Parts,
        parts: Parts,
        ids: MutableMapping[int, tuple[str, tuple[str, ...]]],
        stems: Stems,
        word: tuple[EditorWord, Ledger],
        strengths: Ties,
    ) -> None:
        """Take the groups before and after the editor's word, and the ids and stems of the latter by label."""
        self._line, self.base, self.parts, self.ids, self._stems = line, base, parts, ids, stems
        self.findings: tuple[Finding, ...] = ()
        ruled, ledger = self._rule(*word, strengths)
        self._ruled = {slot for group in ruled for slot in group}
        self._given = self._held(ledger)

    def change(
        self,
        moved: Collection[int],
        groups: Sequence[Collection[int]],
        editor: EditorWord,
        ledger: Ledger,
        strengths: Ties,
    ) -> Retold:
        """Bring stories and ids up to date.

        ``moved`` are the texts whose ``groups`` before the editor's word are new; ``strengths``
        says how strongly a text is tied to others.
        """
        for parts in (self.base, self.parts):
            parts.grow(len(self._line.ids))
        self.base.put(groups)
        ruled, ledger_now = self._rule(editor, ledger, strengths)
        dirty = {*moved, *self._ruled, *(slot for group in ruled for slot in group)}
        old = self.parts.all_with(dirty)
        inside = {slot for part in old for slot in part}
        self._ruled = {slot for group in ruled for slot in group}
        new = [*ruled, *(part for part in self.base.all_with(inside - self._ruled))]
        self.parts.put(new)
        was = {frozenset(part) for part in old if min(part) in self._stems}
        now = {frozenset(part) for part in new if self._here(part)}
        gone = [min(part) for part in was - now]
        named = self._name(gone, now - was, ledger_now)
        before = {slot for part in was for slot in part}
        here = set(self._here(before))
        company = {part & here for part in was} ^ {part & before for part in now}
        texts = {slot for part in was ^ now for slot in part}
        return Retold(texts, {slot for part in company for slot in part}, gone, named)

    def _here(self, slots: Iterable[int]) -> list[int]:
        """Return those of some texts that are still there, in order."""
        ids, here = self._line.ids, self._line.slots
        return self._line.sorted(slot for slot in slots if here.get(ids[slot]) == slot)

    def _rule(self, editor: EditorWord, ledger: Ledger, strengths: Ties) -> tuple[list[list[int]], Ledger]:
        """Return the groups that the editor's word is about, after it, and the ledger with what it names."""
        self.findings = ()
        if editor == EditorWord(file=editor.file):
            return [], ledger
        groups = [group for part in self.base.all_with(self._meant(editor, ledger)) if (group := self._here(part))]
        slots = self._line.sorted(slot for group in groups for slot in group)
        at = {slot: place for place, slot in enumerate(slots)}
        ties = [
            (at[one], at[other], strength)
            for one in slots
            for other, strength in (strengths(one) if editor.split else ())
            if other in at and self._line.place[other] < self._line.place[one]
        ]
        ruling = rule(
            sorted([at[slot] for slot in group] for group in groups),
            [self._document(slot) for slot in slots],
            editor,
            self._held(ledger),
            ties,
        )
        self.findings = tuple(ruling.findings)
        named = {story: article for story, article in ruling.ledger.founders.items() if story not in ledger.founders}
        now = replace(ledger, founders={**ledger.founders, **named}) if named else ledger
        return [[slots[place] for place in group] for group in ruling.groups], now

    def _meant(self, editor: EditorWord, ledger: Ledger) -> set[int]:
        """Return all texts that an entry may be about."""
        here = self._line.slots
        named = {id_ for ids in (*editor.merge, *editor.split) for id_ in ids} | set(editor.pins)
        found = {here[id_] for id_ in named if id_ in here}
        missing = {id_.rsplit("/", 1)[-1] for id_ in named if id_ not in here}
        if missing:
            found |= {slot for id_, slot in here.items() if id_.rsplit("/", 1)[-1] in missing}
        stems = {stem(story) for story in editor.pins.values()}
        if stems:
            found |= {slot for id_, slot in here.items() if stem(last_segment(id_)) in stems}
        for story in editor.pins.values():
            if story in ledger.founders:
                found |= {here[id_] for id_ in ledger.holders(story) if id_ in here}
        return found

    def _document(self, slot: int) -> Document:
        day = int(self._line.days[slot])
        return Document(self._line.ids[slot], date=date.fromordinal(day) if day >= 0 else None)

    def _held(self, ledger: Ledger) -> Ledger:
        """Return the ledger with the article that each id goes with now as its only holder."""
        here = self._line.slots
        holders = {
            story: next((id_ for id_ in ledger.holders(story) if id_ in here), founder)
            for story, founder in ledger.founders.items()
        }
        return Ledger(holders, ledger.retired)

    def _name(self, gone: Iterable[int], new: Iterable[Collection[int]], ledger: Ledger) -> set[int]:
        """Give ids to new stories and to all that a change there or in the ledger may concern; return whose are new."""
        stems: set[str] = set()
        for label in gone:
            if label in self._stems:
                stems.add(self._stems.take(label))
                del self.ids[label]
        for part in new:
            if slots := self._here(part):
                stems.add(self._stems.put(min(part), slots[0]))
        held = self._held(ledger)
        stems |= self._concerned(held)
        self._given = held
        labels = sorted(label for name in stems for label in self._stems.having(name))
        groups = sorted((self._here(self.parts[label]), label) for label in labels)
        groups.sort(key=lambda group: int(self._line.place[group[0][0]]))
        named = story_ids([[self._document(slot) for slot in slots] for slots, _ in groups], held)
        found = {label for (_, label), name in zip(groups, named, strict=True) if self.ids.get(label) != name}
        self.ids.update((label, name) for (_, label), name in zip(groups, named, strict=True))
        return found

    def _concerned(self, held: Ledger) -> set[str]:
        """Return the stems of stories that a change of the ledger, or of who holds an id, may give other ids."""
        was, now = self._given.founders, held.founders
        if [story for story in was if story in now] != [story for story in now if story in was]:
            return self._stems.all()
        stories = {story for story in was.keys() | now.keys() if was.get(story) != now.get(story)}
        stories |= self._given.retired ^ held.retired
        here = self._line.slots
        slots = {here[id_] for story in stories for one in (was, now) if (id_ := one.get(story, "")) in here}
        labels = {int(self.parts.labels[slot]) for slot in slots}
        return {stem(story) for story in stories} | {self._stems[label] for label in labels}
