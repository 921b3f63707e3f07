"""The records of stories, made anew where a story is no longer what it was."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, MutableMapping

from backfile.model import Document, Story
from backfile.stories.editing.editor import EditorWord
from backfile.stories.grouping import single_record, story_record
from backfile.stories.joins import Joins, Known, Nearest, nearest
from backfile.stories.structures.line import Line
from backfile.stories.structures.sets import Sets
from backfile.stories.traits.glances import Glances
from backfile.stories.upkeep.copying import Copying
from backfile.stories.upkeep.copysets import CopySets
from backfile.stories.upkeep.graph import Graph
from backfile.stories.upkeep.rulings import Stories
from backfile.stories.words.tokens import Codes


class Records:
    """Records of stories by label (``held``)."""

    def __init__(
        self,
        held: MutableMapping[int, Story],
        line: Line,
        stories: Stories,
        copies: tuple[Copying, CopySets],
        graph: Graph,
        words: tuple[Glances, Codes],
    ) -> None:
        """Take the records so far, and what is kept up to date elsewhere, each time before records are made anew."""
        self.held, self._line, self._stories, self._graph = held, line, stories, graph
        self._copying, self._sets = copies
        self._glances, self._known = words

    @property
    def in_order(self) -> tuple[Story, ...]:
        """All stories in the order of their first takes."""
        place, slots = self._line.place, self._line.slots
        return tuple(sorted(self.held.values(), key=lambda story: int(place[slots[story.takes[0]]])))

    def reworded(self, was: EditorWord, now: EditorWord) -> set[int]:
        """Return the labels of the stories that the editor titles anew, or whose takes are joined by other words."""
        if was == now:
            return set()
        here, labels = self._line.slots, self._stories.parts.labels
        said = _said(now) ^ _said(was)
        titled = {story for story, _ in now.titles.items() ^ was.titles.items()}
        named = self._stories.ids.items() if titled else ()
        return {int(labels[here[id_]]) for id_ in said if id_ in here} | {
            label for label, (id_, aliases) in named if titled & {id_, *aliases}
        }

    def change(
        self,
        gone: Iterable[int],
        again: Collection[int],
        new: Collection[int],
        documents: Mapping[str, Document],
        editor: EditorWord,
    ) -> tuple[dict[str, Story], frozenset[str]]:
        """Drop the records of stories that are gone, by label, and make some anew, now that some texts are new.

        Return those that are no longer what they were, and the ids of the gone.
        """
        before = [self.held.pop(label) for label in gone if label in self.held]
        before += [self.held.pop(label) for label in again if label in self.held]
        was = {story.id: story for story in before}
        added = {self._line.ids[slot] for slot in new}
        known = {
            (join.article, join.to): join.reasons
            for story in before
            for join in story.joins
            if added.isdisjoint((join.article, join.to))
        }
        now = {}
        for label in sorted(again):
            story = self.held[label] = self._story(label, documents, editor, known)
            now[story.id] = story
        changed = {id_: story for id_, story in now.items() if was.get(id_) != story}
        return changed, frozenset(was.keys() - now.keys())

    def _story(self, label: int, documents: Mapping[str, Document], editor: EditorWord, known: Known) -> Story:
        """Return the record of one story."""
        line, name = self._line, self._stories.ids[label]
        slots = line.sorted(self._stories.parts[label])
        if len(slots) == 1:
            return single_record(line.ids[slots[0]], name, editor)
        takes = [documents[line.ids[slot]] for slot in slots]
        at = {slot: place for place, slot in enumerate(slots)}
        copies = Sets(len(slots))
        first: dict[int, int] = {}
        for slot, place in at.items():
            copies.join(first.setdefault(int(self._sets.copies.labels[slot]), place), place)
        copied = [
            (at[slot], at[other], share)
            for slot in slots
            for other, share in self._copying[slot].items()
            if at.get(other, len(at)) < at[slot]
        ]
        why = Joins(takes, self._within(slots), copied, copies, self._glances, editor, known)
        return story_record(list(at.values()), name, takes, copies, editor, why, self._known)

    def _within(self, slots: list[int]) -> Nearest:
        """Return what each take of a story is most like of the others, all by their places in it."""
        import numpy as np

        places = np.full(len(self._line.ids), -1)
        places[slots] = np.arange(len(slots))
        which, others, chances = self._graph.all_strong(slots)
        inside = places[others] >= 0
        return nearest(which[inside], places[others[inside]], chances[inside])


def _said(editor: EditorWord) -> set[str]:
    """Return the articles of which the editor says where they belong."""
    return {id_ for ids in editor.merge for id_ in ids} | set(editor.pins)
