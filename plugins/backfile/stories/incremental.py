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

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from backfile.model import Document, Finding, Link, Story
from backfile.names import Names
from backfile.stories import affairs, neighbours
from backfile.stories.copying import Copying, connected
from backfile.stories.edges import UNIT, Edges
from backfile.stories.editor import EditorWord
from backfile.stories.features import Features
from backfile.stories.graph import THIN, Graph
from backfile.stories.grouping import Grouping, gone_finding, story_record
from backfile.stories.identity import missing_founders
from backfile.stories.independence import without_quotations
from backfile.stories.joins import Joins
from backfile.stories.ledger import Ledger
from backfile.stories.line import Line
from backfile.stories.linking import Linking
from backfile.stories.near import Near, lists_of
from backfile.stories.parts import Parts
from backfile.stories.ruling import stale_titles
from backfile.stories.rulings import Retold, Stories
from backfile.stories.sets import Sets
from backfile.stories.tokens import Codes

Texts = Mapping[str, Features]
Documents = Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class Change:
    """What a step has changed.

    Ids of stories that are new or no longer what they were, of those that are gone, and of
    articles whose links are no longer what they were.
    """

    stories: frozenset[str]
    gone: frozenset[str]
    related: frozenset[str]


class Grouped:
    """An archive's stories and links. Made once, then changed by :meth:`regroup`; cheap to ask.

    What :func:`.grouping.group` and :func:`.grouping.related` give for all its articles.
    """

    def __init__(
        self, grouping: Grouping, links: Mapping[str, tuple[Link, ...]] | None, names: Names | None = None
    ) -> None:
        """Start from what :func:`.grouping.group` and :func:`.grouping.related` found; without links, none are kept.

        ``names`` are those that they were given.
        """
        import numpy as np

        steps, count = grouping.steps, len(grouping.order)
        self._names = names or Names()
        self._known = Codes(self._names)
        self._glances = grouping.glances
        self._texts = list(grouping.texts)
        self._outlets: dict[str, int] = {}
        line = self._line = Line(
            (document.id for document in grouping.order), [-1 if text.day is None else text.day for text in self._texts]
        )
        self._editor, self._ledger = grouping.editor, steps.ledger
        self._copying = Copying(line, self._texts.__getitem__, self._outlet, steps.distinct, steps.near)
        own = set(steps.own)
        self._paired: dict[int, dict[int, bool]] = {}
        for pair in steps.pairs:
            later, earlier, _ = pair
            self._paired.setdefault(later, {})[earlier] = self._paired.setdefault(earlier, {})[later] = pair in own
        self._alike, self._copies = self._sets_of_copies(range(count), count)
        lists, order = lists_of(
            count, (steps.listed.later, steps.listed.earlier, steps.listed.likeness), steps.standing
        )
        self._near = Near(
            line,
            lists,
            steps.standing,
            lambda slot: (self._texts[slot].keys, self._texts[slot].key_weights),
            lambda slot: neighbours.kept(self._texts[slot].tokens),
            window=neighbours.WINDOW,
            floor=neighbours.FLOOR,
        )
        around = np.full(count, THIN)
        around[list(steps.standing)] = steps.listed.around
        parts = Parts.of(count, steps.parts)
        self._graph = Graph(line, self._texts.__getitem__, self._near, steps.listed.odds[order], around, parts)
        told = Parts.of(count, ([line.slots[take] for take in story.takes] for story in grouping.stories))
        self._records = {int(told.labels[line.slots[story.takes[0]]]): story for story in grouping.stories}
        self._stories = Stories(
            line,
            Parts.of(count, self._groups(range(count))),
            told,
            {label: (story.id, story.aliases) for label, story in self._records.items()},
            (self._editor, self._ledger),
            self._ties,
        )
        self._linking = None if links is None else self._linked(links)

    def _linked(self, links: Mapping[str, tuple[Link, ...]]) -> Linking:
        """Return the part that keeps links."""
        count = len(self._texts)
        lists, _ = lists_of(count, affairs.listed(self._texts))
        near = Near(
            self._line,
            lists,
            range(count),
            lambda slot: (self._texts[slot].subjects, self._texts[slot].subject_weights),
            lambda _: affairs.LOOK,
            window=affairs.WINDOW,
            floor=affairs.LIKE,
        )
        slots = self._line.slots
        return Linking(
            self._line, near, self._graph, self._stories.parts, {slots[id_]: own for id_, own in links.items()}
        )

    def _outlet(self, slot: int) -> int:
        """Return a number for a text's outlet; those that are not known are all different."""
        name = self._texts[slot].outlet
        return self._outlets.setdefault(name, len(self._outlets)) if name else (1 << 31) + slot

    def regroup(
        self,
        removed: Iterable[str],
        added: Texts,
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
        self._texts += (added[id_] for id_ in sorted(added))
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
        if self._linking:
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
        stories, gone = self._record(retold.gone, again, documents)
        linked: set[int] = set()
        if self._linking:
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
        return max(part, key=lambda slot: (self._texts[slot].size, -int(self._line.place[slot])))

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
        self, gone: Iterable[int], again: Collection[int], documents: Documents
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Make records of stories anew; return the ids of those that are no longer what they were, and of the gone."""
        before = [self._records.pop(label) for label in gone if label in self._records]
        before += [self._records.pop(label) for label in again if label in self._records]
        was = {story.id: story for story in before}
        now = {}
        for label in sorted(again):
            story = self._records[label] = self._story(label, documents)
            now[story.id] = story
        changed = {id_ for id_, story in now.items() if was.get(id_) != story}
        return frozenset(changed), frozenset(was.keys() - now.keys())

    def _story(self, label: int, documents: Documents) -> Story:
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
        why = Joins(takes, self._inner(at), copied, copies, self._glances, self._editor)
        return story_record(list(at.values()), takes, copies, id_, aliases, self._editor, why)

    def _inner(self, at: Mapping[int, int]) -> Edges:
        """Return the edges between the takes of a story, given their places by slot."""
        import numpy as np

        found = sorted(
            (at[slot], at[other], chance)
            for slot in at
            for other, chance in self._graph.strong(slot).items()
            if at.get(other, len(at)) < at[slot]
        )
        later, earlier, chance = np.array(found, dtype=np.int64).reshape(-1, 3).T
        return Edges(later, earlier, chance, np.zeros(len(found)))

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
        """Return an article's links, best first; none where none are kept."""
        return self._linking.links[self._line.slots[article]] if self._linking else ()


def _said(editor: EditorWord) -> set[str]:
    """Return the articles of which the editor says where they belong."""
    return {id_ for ids in editor.merge for id_ in ids} | set(editor.pins)
