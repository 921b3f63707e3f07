"""Grouping that is kept up to date: one article touches only what it is like.

The steps are those of :mod:`.grouping`, and so is the outcome, whatever articles came and
went before, in whatever order::

    copying -> who stands for its copies -> near -> graph and parts -> groups -> stories and ids
            -> records of the stories that changed -> links of the articles that they change

Each step is told what changed before it, changes what it holds, and tells the next one what
is new. What a text gives (:func:`.traits.features.features_of`) is worked out beforehand, since it
depends on nothing else; the texts themselves are only asked for where a reader will see
words of theirs: in stories and links that are new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from backfile.model import Document, Finding, Link, Story
from backfile.names import Names
from backfile.stories.affairs import relating
from backfile.stories.affairs.linked import Links, records
from backfile.stories.editing.editor import EditorWord
from backfile.stories.editing.identity import missing_founders
from backfile.stories.editing.ledger import Ledger
from backfile.stories.editing.ruling import stale_titles
from backfile.stories.events import neighbours
from backfile.stories.events.edges import UNIT
from backfile.stories.grouping import Grouping, gone_finding
from backfile.stories.structures.line import Line
from backfile.stories.structures.packed import Packed
from backfile.stories.structures.parts import Parts
from backfile.stories.traits.features import Features
from backfile.stories.traits.glances import ById, Glances
from backfile.stories.upkeep.copying import Copying
from backfile.stories.upkeep.copysets import CopySets
from backfile.stories.upkeep.graph import Graph
from backfile.stories.upkeep.linking import Linking
from backfile.stories.upkeep.near import Near
from backfile.stories.upkeep.nearcopies import Start
from backfile.stories.upkeep.places import Places
from backfile.stories.upkeep.records import Records
from backfile.stories.upkeep.rulings import Retold, Stories
from backfile.stories.upkeep.state import State, state_of
from backfile.stories.upkeep.stems import Stems, stem_sums
from backfile.stories.words.tokens import Codes


@dataclass(frozen=True, slots=True)
class Change:
    """What a step has changed.

    Stories that are new or no longer what they were, by their ids, the ids of those that are
    gone, and of articles whose links are no longer what they were.
    """

    stories: Mapping[str, Story]
    gone: frozenset[str]
    related: frozenset[str]


class Grouped:
    """An archive's stories and links. Made once, then changed by :meth:`regroup`; cheap to ask.

    What :func:`.grouping.group` and :func:`.grouping.related` give for all its articles.
    """

    def __init__(self, state: State, names: Names | None = None) -> None:
        """Go on from a state, which must not be used by others; ``names`` are those that features were made with."""
        names = names or Names()
        known = Codes(names)
        self._texts = texts = state.texts
        self._line = line = Line(state.ids, state.days)
        self._looks = state.glances
        self._glances = Glances(names, known, ById(line, self._looks))
        self._editor, self._ledger = state.editor, state.ledger
        self._copying = Copying(line, texts, state.copying)
        self._copysets = CopySets(line, self._copying, state.paired, known)
        count = len(line.ids)
        self._near = Near(
            line,
            state.lists,
            state.standing,
            state.keys,
            texts.keys,
            lambda slot: neighbours.kept(texts.tokens[slot]),
            window=neighbours.WINDOW,
            floor=neighbours.FLOOR,
        )
        self._graph = Graph(line, texts, self._near, state.odds, state.around, state.clusters, state.merges)
        self._stories = Stories(
            line,
            self._all_groups(),
            state.told,
            state.names,
            Stems(line.ids, state.stems),
            (self._editor, self._ledger),
            self._ties,
        )
        copies, words = (self._copying, self._copysets), (self._glances, known)
        self._records = Records(state.records, line, self._stories, copies, self._graph, words)
        near = Near(
            line,
            state.subject_lists,
            range(count),
            state.subjects,
            texts.subjects,
            lambda _: relating.LOOK,
            window=relating.WINDOW,
            floor=relating.LIKE,
        )
        self._linking = Linking(line, near, self._graph, self._stories.parts, state.linked)

    @classmethod
    def of(cls, grouping: Grouping, links: Links, names: Names | None = None) -> Grouped:
        """Go on from a full grouping and all its links."""
        return cls(state_of(grouping, links), names)

    def state(self) -> State:
        """Return all that is kept, slots made places again, with indexes."""
        places, texts, near, graph = Places(self._line), self._texts, self._copying.near, self._graph
        order, slots = places.order, places.order.tolist()
        told, labels = places.labels(self._stories.parts.labels)
        clusters = places.labels(graph.parts.labels)[0]
        lists, odds = places.lists(self._near.lists, graph.odds_of)
        ids = [self._line.ids[slot] for slot in slots]
        return State(
            ids,
            self._line.days[order],
            texts.picked(order),
            Start(
                places.pairs(near.shares),
                places.pairs(near.sure),
                near.aside.all,
                near.sizes[order],
                near.told[order],
                near.closest[order],
                places.sorted(near.present),
                near.runs.renumbered(places.of),
            ),
            places.pairs(self._copysets.paired),
            lists,
            places.sorted(self._near.present),
            self._near.postings.renumbered(places.of),
            odds,
            graph.around[order],
            Parts(clusters),
            graph.merges.renumbered(places.of, clusters),
            Parts(told),
            Packed.of((labels[label], name) for label, name in self._stories.ids.items()),
            stem_sums(ids, (labels[label] for label in self._stories.ids)),
            Packed.of((labels[label], story) for label, story in self._records.held.items()),
            places.lists(self._linking.near.lists)[0],
            self._linking.near.postings.renumbered(places.of),
            Packed.of((places.at[slot], self._linking.renumbered(slot, places.at)) for slot in slots),
            Packed.of((places.at[slot], glance) for slot in slots if (glance := self._looks.get(slot))),
            self._editor,
            self._ledger,
        )

    def regroup(
        self,
        removed: Iterable[str],
        added: Mapping[str, Features],
        documents: Mapping[str, Document],
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
        paired, regrouped = self._copysets.change(out, new, documents)
        leaving, entering = self._standing(regrouped, set(out))
        self._near.change(leaving, entering)
        alike, dirty, moved = self._graph.change()
        self._linking.near.change(out, new)
        line.drop(out)
        retold = self._retell(moved | regrouped, editor, ledger)
        reworded = self._records.reworded(self._editor, editor)
        self._editor, self._ledger = editor, ledger
        labels = self._stories.parts.labels
        again = {int(labels[slot]) for slot in {*retold.texts, *paired} - set(out)} | retold.named | reworded
        again |= {int(labels[one]) for one, other in dirty if labels[one] == labels[other]}
        stories, gone = self._records.change(retold.gone, again, new, documents, editor)
        self._linking.forget(out)
        linked = self._linking.change(alike, retold.moved, documents, self._glances)
        return Change(stories, gone, frozenset(line.ids[slot] for slot in linked))

    def _standing(self, regrouped: Iterable[int], out: Collection[int]) -> tuple[list[int], list[int]]:
        """Return who stands for its copies no more, and who does now."""
        parts = [[slot for slot in part if slot not in out] for part in self._copysets.alike.all_with(regrouped)]
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
                part = self._copysets.alike[slot]
                stands = next((one for one in part if self._near.stands(one)), slot)
                group = {other for one in self._graph.parts[stands] for other in self._copysets.alike[one]}
                seen |= group
                found.append(sorted(group))
        return found

    def _all_groups(self) -> Parts:
        """Return :meth:`_groups` of all texts."""
        import numpy as np

        alike, parts = self._copysets.alike.labels, self._graph.parts.labels
        stands = np.arange(len(alike))
        standing = np.array(sorted(self._near.present), dtype=np.int64)
        stands[alike[standing]] = standing
        found = parts[stands[alike]]
        first = np.empty(len(found), dtype=np.int64)
        first[found[::-1]] = np.arange(len(found))[::-1]  # of those written to one place, the last one stays
        return Parts(first[found])

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

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories in the order of their first takes."""
        return self._records.in_order

    @property
    def duplicates(self) -> dict[str, str]:
        """The label of each text's set of copies: the id of the first of them."""
        first: dict[int, str] = {}
        ids, labels = self._line.ids, self._copysets.copies.labels.tolist()
        return {ids[slot]: first.setdefault(labels[slot], ids[slot]) for slot in self._line.order.tolist()}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is stale in ``stories.yaml`` and in the ledger."""
        gone = [gone_finding(story) for story in missing_founders(self._ledger, self._line.slots)]
        return (*self._stories.findings, *gone, *stale_titles(self._editor, self._records.held.values()))

    def related(self, article: str) -> tuple[Link, ...]:
        """Return an article's links, best first."""
        return records(self._linking.linked[self._line.slots[article]])
