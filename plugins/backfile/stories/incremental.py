"""Grouping that is kept up to date: one article touches only what it is like.

The steps are those of :mod:`.grouping`, and so is the outcome, whatever articles came and
went before, in whatever order::

    copying -> who stands for its copies -> near -> graph and parts -> groups -> stories and ids
            -> records of the stories that changed -> links of the articles that they change

Each step is told what changed before it, changes what it holds, and tells the next one what
is new. What a text gives (:func:`.features.features_of`) is worked out beforehand, since it
depends on nothing else; the texts themselves are only asked for where a reader will see
words of theirs: in stories and links that are new.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from backfile.model import Document, Finding, Link, Story
from backfile.names import Names
from backfile.stories import affairs, neighbours
from backfile.stories.copying import RUNS, Copying, Start, connected
from backfile.stories.edges import UNIT
from backfile.stories.editor import EditorWord
from backfile.stories.features import Features
from backfile.stories.glances import Glances
from backfile.stories.glances import Packed as Glance
from backfile.stories.graph import Graph
from backfile.stories.grouping import Grouping, gone_finding, story_record
from backfile.stories.identity import missing_founders
from backfile.stories.independence import without_quotations
from backfile.stories.joins import Joins, Known
from backfile.stories.ledger import Ledger
from backfile.stories.line import Line
from backfile.stories.linked import Links, records
from backfile.stories.linking import Linking
from backfile.stories.near import Lists, Near
from backfile.stories.packed import Packed
from backfile.stories.parts import Parts
from backfile.stories.ruling import stale_titles
from backfile.stories.rulings import Retold, Stories
from backfile.stories.sets import Sets
from backfile.stories.state import State, state_of
from backfile.stories.tokens import Codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

Documents = Mapping[str, Document]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Change:
    """What a step has changed.

    Stories that are new or no longer what they were, by their ids, the ids of those that are
    gone, and of articles whose links are no longer what they were.
    """

    stories: Mapping[str, Story]
    gone: frozenset[str]
    related: frozenset[str]


class _Looks(MutableMapping[str, Glance]):
    """Glances at the texts that are there, by id, for glances by slot."""

    def __init__(self, line: Line, by_slot: MutableMapping[int, Glance]) -> None:
        self._line, self.by_slot = line, by_slot

    def __getitem__(self, id_: str) -> Glance:
        return self.by_slot[self._line.slots[id_]]

    def __setitem__(self, id_: str, found: Glance) -> None:
        self.by_slot[self._line.slots[id_]] = found

    def __delitem__(self, id_: str) -> None:
        del self.by_slot[self._line.slots[id_]]

    def __iter__(self) -> Iterator[str]:
        return (id_ for id_, slot in self._line.slots.items() if slot in self.by_slot)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Grouped:
    """An archive's stories and links. Made once, then changed by :meth:`regroup`; cheap to ask.

    What :func:`.grouping.group` and :func:`.grouping.related` give for all its articles.
    """

    def __init__(self, state: State, names: Names | None = None) -> None:
        """Go on from a state, which must not be used by others; ``names`` are those that features were made with."""
        names = names or Names()
        self._known = Codes(names)
        self._texts = texts = state.texts
        self._line = line = Line(state.ids, state.days)
        self._looks = _Looks(line, state.glances)
        self._glances = Glances(names, self._known, self._looks)
        self._editor, self._ledger = state.editor, state.ledger
        self._copying = Copying(line, texts, state.copying)
        self._paired: dict[int, dict[int, bool]] = {}
        for one, other, own in state.paired:
            self._paired.setdefault(one, {})[other] = self._paired.setdefault(other, {})[one] = own
        count = len(line.ids)
        self._alike, self._copies = self._sets_of_copies(range(count), count)
        self._near = Near(
            line,
            state.lists,
            state.standing,
            state.keys,
            lambda slot: (texts[slot].keys, texts[slot].key_weights),
            lambda slot: neighbours.kept(texts.tokens[slot]),
            window=neighbours.WINDOW,
            floor=neighbours.FLOOR,
        )
        self._graph = Graph(line, texts, self._near, state.odds, state.around, state.clusters)
        self._stories = Stories(
            line,
            Parts.of(count, self._groups(range(count))),
            state.told,
            state.names,
            (self._editor, self._ledger),
            self._ties,
        )
        self._records = state.records
        near = Near(
            line,
            state.subject_lists,
            range(count),
            state.subjects,
            lambda slot: (texts[slot].subjects, texts[slot].subject_weights),
            lambda _: affairs.LOOK,
            window=affairs.WINDOW,
            floor=affairs.LIKE,
        )
        self._linking = Linking(line, near, self._graph, self._stories.parts, state.linked)

    @classmethod
    def of(cls, grouping: Grouping, links: Links, names: Names | None = None) -> Grouped:
        """Go on from a full grouping and all its links."""
        return cls(state_of(grouping, links), names)

    def state(self) -> State:
        """Return all that is kept, with slots made places again, and with indexes: what :func:`.state.arrays` takes."""
        import numpy as np

        order, texts, near, graph = self._line.order, self._texts, self._copying.near, self._graph
        renumbered = np.full(len(self._line.ids), -1)
        renumbered[order] = np.arange(len(order))
        at = renumbered.tolist()
        told, labels = _relabelled(self._stories.parts.labels[order])
        lists, odds = _lists(self._near.lists, order, renumbered, graph.odds_of)
        return State(
            [self._line.ids[slot] for slot in order.tolist()],
            self._line.days[order],
            texts.picked(order),
            Start(
                sorted(at[slot] for slot in near.present),
                [(at[later], at[earlier], share) for later, earlier, share in self._pairs(near.shares)],
                [(at[later], at[earlier], share) for later, earlier, share in self._pairs(near.sure)],
                np.array(sorted(near.aside), dtype=RUNS),
                near.sizes[order],
                near.told[order],
                near.runs.renumbered(renumbered),
            ),
            [(at[later], at[earlier], own) for later, earlier, own in self._pairs(self._paired)],
            lists,
            sorted(at[slot] for slot in self._near.present),
            self._near.postings.renumbered(renumbered),
            odds,
            graph.around[order],
            Parts(_relabelled(graph.parts.labels[order])[0]),
            Parts(told),
            {labels[label]: name for label, name in self._stories.ids.items()},
            Packed.of((labels[label], story) for label, story in self._records.items()),
            _lists(self._linking.near.lists, order, renumbered)[0],
            self._linking.near.postings.renumbered(renumbered),
            Packed.of((at[slot], self._linking.renumbered(slot, at)) for slot in order.tolist()),
            Packed.of((at[slot], glance) for slot in order.tolist() if (glance := self._looks.by_slot.get(slot))),
            self._editor,
            self._ledger,
        )

    def _pairs(self, shares: Mapping[int, Mapping[int, Value]]) -> Iterator[tuple[int, int, Value]]:
        """Yield pairs once each, the later text first."""
        place = self._line.place
        for slot in sorted(shares):
            yield from ((slot, other, share) for other, share in shares[slot].items() if place[other] < place[slot])

    def regroup(
        self,
        removed: Iterable[str],
        added: Mapping[str, Features],
        documents: Documents,
        editor: EditorWord | None = None,
        ledger: Ledger | None = None,
    ) -> Change:
        """Take articles out and put articles in; one that has changed is among ``added``, with its new features.

        ``documents`` gives all articles by id; only those whose words are needed are looked up.
        """
        editor, ledger = editor or EditorWord(), ledger or Ledger()
        line = self._line
        out = [line.slots[id_] for id_ in {*removed, *added} if id_ in line.slots]
        new = line.add((id_, added[id_].day) for id_ in sorted(added))
        self._texts.add(added[id_] for id_ in sorted(added))
        for parts in (self._alike, self._copies):
            parts.grow(len(line.ids))
        paired = self._copying.change(out, new)
        regrouped = self._pair(paired, documents)
        leaving, entering = self._standing(regrouped, set(out))
        for slot in leaving:
            self._near.take(slot)
        for slot in entering:
            self._near.put(slot)
        alike, dirty, moved = self._graph.change()
        for slot in out:
            self._linking.near.take(slot)
        for slot in new:
            self._linking.near.put(slot)
        line.drop(out)
        retold = self._retell(moved | regrouped, editor, ledger)
        reworded = self._reworded(editor)
        self._editor, self._ledger = editor, ledger
        labels = self._stories.parts.labels
        again = {int(labels[slot]) for slot in {*retold.texts, *paired} - set(out)} | retold.named | reworded
        again |= {int(labels[one]) for one, other in dirty if labels[one] == labels[other]}
        stories, gone = self._record(retold.gone, again, documents, set(new))
        self._linking.forget(out)
        linked = self._linking.change(alike, retold.moved, documents, self._glances)
        return Change(stories, gone, frozenset(line.ids[slot] for slot in linked))

    def _pair(self, changed: Collection[int], documents: Documents) -> set[int]:
        """Follow new pairs of copies; return all texts of the sets that were, or are now, sets of copies with them."""
        line = self._line
        for slot in changed:
            was = self._paired.pop(slot, {})
            now = self._copying[slot]
            new = [other for other in now if other not in was]
            order = line.sorted([slot, *new])
            at = order.index(slot)
            pairs = [(max(place, at), min(place, at), now[other]) for place, other in enumerate(order) if place != at]
            kept = without_quotations(pairs, [documents[line.ids[one]] for one in order], self._known) if new else []
            own = {order[place] for pair in kept for place in pair[:2]}
            for other in was:
                if other not in now and other in self._paired:
                    self._paired[other].pop(slot, None)
            for other in now:
                copy = was.get(other, other in own)
                self._paired.setdefault(slot, {})[other] = self._paired.setdefault(other, {})[slot] = copy
        inside = {slot for part in self._alike.all_with(changed) for slot in part}
        sets = self._sets_of_copies(inside, len(line.ids))
        for parts, again in zip((self._alike, self._copies), sets, strict=True):
            parts.put(again.all_with(inside))
        return inside

    def _sets_of_copies(self, slots: Iterable[int], count: int) -> tuple[Parts, Parts]:
        """Return the sets that pairs bring together among some of ``count`` texts, and those of copies in own words."""
        inside = sorted(slots)
        own = {slot: [other for other, copy in self._paired.get(slot, {}).items() if copy] for slot in inside}
        return Parts.of(count, connected(inside, self._paired)), Parts.of(count, connected(inside, own))

    def _standing(self, regrouped: Iterable[int], out: Collection[int]) -> tuple[list[int], list[int]]:
        """Return who stands for its copies no more, and who does now."""
        parts = [[slot for slot in part if slot not in out] for part in self._alike.all_with(regrouped)]
        now = {self._longest(part) for part in parts if part}
        was = {slot for slot in regrouped if self._near.stands(slot)}
        return self._line.sorted(was - now), self._line.sorted(now - was)

    def _longest(self, part: Iterable[int]) -> int:
        return max(part, key=lambda slot: (int(self._texts.sizes[slot]), -int(self._line.place[slot])))

    def _groups(self, moved: Iterable[int]) -> list[list[int]]:
        """Return the groups before the editor's word that some texts are in: parts of the graph, with all copies."""
        found: list[list[int]] = []
        seen: set[int] = set()
        for slot in sorted(moved):
            if slot not in seen:
                part = self._alike[slot]
                stands = next((one for one in part if self._near.stands(one)), slot)
                group = {other for one in self._graph.parts[stands] for other in self._alike[one]}
                seen |= group
                found.append(sorted(group))
        return found

    def _retell(self, moved: set[int], editor: EditorWord, ledger: Ledger) -> Retold:
        """Bring stories up to date."""
        base = self._stories.base
        base.grow(len(self._line.ids))
        moved = moved | {slot for part in base.all_with(moved) for slot in part}
        groups = self._groups(moved)
        moved |= {slot for group in groups for slot in group}
        return self._stories.change(moved, groups, editor, ledger, self._ties)

    def _ties(self, slot: int) -> Iterator[tuple[int, float]]:
        """Yield what a text is tied to, and how strongly: copies are stronger than any chance."""
        yield from ((other, UNIT + share) for other, share in self._copying[slot].items())
        yield from self._graph.strong(slot).items()

    def _reworded(self, editor: EditorWord) -> set[int]:
        """Return the labels of the stories that the editor titles anew, or whose takes are joined by other words."""
        if editor == self._editor:
            return set()
        here, labels = self._line.slots, self._stories.parts.labels
        said = _said(editor) ^ _said(self._editor)
        titled = {story for story, _ in editor.titles.items() ^ self._editor.titles.items()}
        return {int(labels[here[id_]]) for id_ in said if id_ in here} | {
            label for label, (id_, aliases) in self._stories.ids.items() if titled & {id_, *aliases}
        }

    def _record(
        self, gone: Iterable[int], again: Collection[int], documents: Documents, new: Collection[int]
    ) -> tuple[dict[str, Story], frozenset[str]]:
        """Make records of stories anew; return those that are no longer what they were, and the ids of the gone."""
        before = [self._records.pop(label) for label in gone if label in self._records]
        before += [self._records.pop(label) for label in again if label in self._records]
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
            story = self._records[label] = self._story(label, documents, known)
            now[story.id] = story
        changed = {id_: story for id_, story in now.items() if was.get(id_) != story}
        return changed, frozenset(was.keys() - now.keys())

    def _story(self, label: int, documents: Documents, known: Known) -> Story:
        """Return the record of one story."""
        line, (id_, aliases) = self._line, self._stories.ids[label]
        slots = line.sorted(self._stories.parts[label])
        if len(slots) == 1:
            article = line.ids[slots[0]]
            return Story(id_, (article,), article, title=self._editor.title(id_, *aliases), aliases=aliases)
        takes = [documents[line.ids[slot]] for slot in slots]
        at = {slot: place for place, slot in enumerate(slots)}
        copies = Sets(len(slots))
        first: dict[int, int] = {}
        for slot, place in at.items():
            copies.join(first.setdefault(int(self._copies.labels[slot]), place), place)
        copied = [
            (at[slot], at[other], share)
            for slot in slots
            for other, share in self._copying[slot].items()
            if at.get(other, len(at)) < at[slot]
        ]
        why = Joins(takes, self._inner(at), copied, copies, self._glances, self._editor, known)
        return story_record(list(at.values()), (id_, aliases), takes, copies, self._editor, why, self._known)

    def _inner(self, at: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
        """Yield the edges between the takes of a story, given their places by slot."""
        for slot, place in at.items():
            for other, chance in self._graph.strong(slot).items():
                if at.get(other, len(at)) < place:
                    yield place, at[other], chance

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories in the order of their first takes."""
        place, slots = self._line.place, self._line.slots
        return tuple(sorted(self._records.values(), key=lambda story: int(place[slots[story.takes[0]]])))

    @property
    def duplicates(self) -> dict[str, str]:
        """The label of each text's set of copies: the id of the first of them."""
        first: dict[int, str] = {}
        ids, labels = self._line.ids, self._copies.labels.tolist()
        return {ids[slot]: first.setdefault(labels[slot], ids[slot]) for slot in self._line.order.tolist()}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is stale in ``stories.yaml`` and in the ledger."""
        gone = [gone_finding(story) for story in missing_founders(self._ledger, self._line.slots)]
        return (*self._stories.findings, *gone, *stale_titles(self._editor, self._records.values()))

    def related(self, article: str) -> tuple[Link, ...]:
        """Return an article's links, best first."""
        return records(self._linking.linked[self._line.slots[article]])


def _relabelled(labels: NDArray[Any]) -> tuple[NDArray[Any], dict[int, int]]:
    """Return labels by place for labels by slot, given in order, and the new label of each old one."""
    import numpy as np

    first: dict[int, int] = {}
    found = [first.setdefault(label, place) for place, label in enumerate(labels.tolist())]
    return np.array(found, dtype=np.int64), first


def _lists(
    lists: Lists, order: NDArray[Any], renumbered: NDArray[Any], beside: Callable[[int], NDArray[Any]] | None = None
) -> tuple[Lists, NDArray[Any]]:
    """Return lists by place for lists by slot, and what stands beside their entries."""
    import numpy as np

    nothing = np.zeros(0, dtype=np.int64)
    slots = order.tolist()
    rows = [lists[slot] for slot in slots]
    ends = np.concatenate(([0], np.cumsum([len(others) for others, _ in rows], dtype=np.int64)))
    others = renumbered[np.concatenate([nothing, *(others for others, _ in rows)])]
    steps = np.concatenate([nothing, *(steps for _, steps in rows)])
    return Lists(ends, others, steps), np.concatenate([nothing, *(beside(slot) for slot in slots if beside)])


def _said(editor: EditorWord) -> set[str]:
    """Return the articles of which the editor says where they belong."""
    return {id_ for ids in editor.merge for id_ in ids} | set(editor.pins)
