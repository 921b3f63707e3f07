"""What :class:`.upkeep.incremental.Grouped` goes on from, as plain data: made by a full grouping, or read from a cache.

Slots are places in (date, id) order. Everything is a flat array, or is packed into one
(``structures.packed``), so that a cache can be mapped into memory and what is not needed is never
read. :func:`arrays` and :func:`from_arrays` lead there and back.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from backfile.model import Story
from backfile.stories.affairs.linked import Linked, Links
from backfile.stories.copies.duplicates import Pairs
from backfile.stories.editing.editor import EditorWord
from backfile.stories.editing.ledger import Ledger
from backfile.stories.grouping import Grouping
from backfile.stories.structures.digests import Digests
from backfile.stories.structures.packed import Packed
from backfile.stories.structures.parts import Parts
from backfile.stories.structures.postings import Postings
from backfile.stories.traits.features import DIGEST, Features
from backfile.stories.traits.glances import Packed as Glance
from backfile.stories.upkeep.graph import THIN
from backfile.stories.upkeep.merges import Merges
from backfile.stories.upkeep.near import Lists, lists_of, postings_of
from backfile.stories.upkeep.nearcopies import Start, run_index
from backfile.stories.upkeep.ownruns import Entries, Index
from backfile.stories.upkeep.stems import stem_sums
from backfile.stories.upkeep.texts import Texts, look_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

Arrays = Mapping[str, "NDArray[Any]"]
VERSION: Final = 6  # of the arrays' layout


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """All that is kept; ``keys`` and ``subjects`` are indexes, if there are any; :class:`Start` may have one, too.

    ``paired`` are copies (one, other, whether in their own words too); ``clusters`` labels of
    what clustering found, by ``merges``, ``told`` of stories, ``names`` the stories' ids and the ids that lead
    to them, by label, like ``records``, ``stems`` what :func:`.stems.stem_sums` returns; ``linked`` links, and
    what was found in common, by slot; ``glances`` those at texts that were needed so far, packed, by slot.
    """

    ids: Sequence[str]
    days: NDArray[Any]
    texts: Texts
    copying: Start
    paired: Sequence[tuple[int, int, bool]]
    lists: Lists
    standing: Sequence[int]
    keys: Postings | None
    odds: NDArray[Any]
    around: NDArray[Any]
    clusters: Parts
    merges: Merges
    told: Parts
    names: Packed[tuple[str, tuple[str, ...]]]
    stems: NDArray[Any]
    records: Packed[Story]
    subject_lists: Lists
    subjects: Postings | None
    linked: Packed[Linked]
    glances: Packed[Glance]
    editor: EditorWord
    ledger: Ledger


def state_of(grouping: Grouping, links: Links) -> State:
    """Return the state after a full grouping and all its links."""
    import numpy as np

    steps, count = grouping.steps, len(grouping.order)
    ids = [document.id for document in grouping.order]
    slots = {id_: slot for slot, id_ in enumerate(ids)}
    own = set(steps.own)
    listed = steps.listed
    lists, order = lists_of(count, (listed.later, listed.earlier, listed.likeness), steps.standing)
    around = np.full(count, THIN)
    around[list(steps.standing)] = listed.around
    clusters = Parts.of(count, steps.parts)
    told = Parts.of(count, ([slots[take] for take in story.takes] for story in grouping.stories))
    records = {int(told.labels[slots[story.takes[0]]]): story for story in grouping.stories}
    return State(
        ids,
        np.array([-1 if text.day is None else text.day for text in grouping.texts], dtype=np.int64),
        Texts.of(grouping.texts),
        Start.of(count, steps.distinct, steps.near),
        [(later, earlier, (later, earlier, share) in own) for later, earlier, share in steps.pairs],
        lists,
        steps.standing,
        None,
        listed.odds[order],
        around,
        clusters,
        Merges.of(steps.merges, clusters.labels),
        told,
        Packed.of((label, (story.id, story.aliases)) for label, story in records.items()),
        stem_sums(ids, records),
        Packed.of(records.items()),
        lists_of(count, links.listed)[0],
        None,
        Packed(*links.packed),
        Packed.of((slots[id_], glance) for id_, glance in grouping.glances.found.items()),
        grouping.editor,
        steps.ledger,
    )


def arrays(state: State) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield a state as arrays, by name, one after the other: all of them take as much memory as the state itself.

    An index that is not there is made for this, and let go of.
    """
    texts, count = state.texts, len(state.ids)
    yield from _facts(state)
    yield from texts.rows()
    for name, lists in (("near", state.lists), ("alike", state.subject_lists)):
        yield from ((f"{name}_ends", lists.ends), (f"{name}_others", lists.others), (f"{name}_steps", lists.steps))
        yield from zip((f"{name}_held", f"{name}_holders"), lists.holders, strict=True)
    yield from _stored("keys", state.keys or postings_of(count, state.standing, texts.keys))
    yield from _stored("subjects", state.subjects or postings_of(count, range(count), texts.subjects))
    yield from _runs(state.copying.runs or run_index(count, state.copying.present, texts))
    for name, ends, records in (
        ("names", "name_ends", state.names),
        ("records", "record_ends", state.records),
        ("links", "link_ends", state.linked),
        ("glances", "glance_ends", state.glances),
    ):
        yield from zip((name, ends), records.packed(count), strict=True)


def _facts(state: State) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield what is small."""
    import numpy as np

    texts, copying = state.texts, state.copying
    yield from {
        "version": np.array([VERSION]),
        "ids": _packed(list(state.ids)),
        "days": state.days,
        "tokens": texts.tokens,
        "sizes": texts.sizes,
        "outlets": texts.outlets,
        "outlet_names": _packed(list(texts.names)),
        "digests": texts.digests.content,
        "run_digests": texts.run_digests.content,
        "distinct": np.array(copying.present, dtype=np.int64),
        "copies": _pairs(copying.pairs),
        "sure": _pairs(copying.sure),
        "aside": copying.aside,
        "own_runs": copying.sizes,
        "told_runs": copying.told,
        "closest": copying.closest,
        "paired": np.array(state.paired, dtype=np.int64).reshape(-1, 3),
        "standing": np.array(state.standing, dtype=np.int64),
        "odds": state.odds,
        "around": state.around,
        "clusters": state.clusters.labels,
        "merged": state.merges.labels,
        "merges": state.merges.merges,
        "told": state.told.labels,
        "stems": state.stems,
        "word": np.frombuffer(pickle.dumps((state.editor, state.ledger), protocol=5), dtype=np.uint8),
    }.items()


def _stored(name: str, index: Postings) -> Iterator[tuple[str, NDArray[Any]]]:
    yield f"{name}_index", index.numbers
    yield f"{name}_slots", index.slots
    yield f"{name}_weights", index.weights
    yield f"{name}_present", index.present


def _runs(index: Index) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, entries in zip(("own", "worn"), index, strict=True):
        yield f"{name}_index", entries.numbers
        yield f"{name}_slots", entries.slots


def from_arrays(stored: Arrays) -> State:
    """Return a state from :func:`arrays`.

    Raises :class:`ValueError` for arrays of another version.
    """
    import numpy as np

    stored = {name: np.asarray(part) for name, part in stored.items()}  # a slice of a mapped array costs more
    if int(stored["version"][0]) != VERSION:
        message = f"the stored stories are of version {stored['version'][0]}, not {VERSION}."
        raise ValueError(message)
    ids = _unpacked(stored["ids"])
    names = {name: at for at, name in enumerate(_unpacked(stored["outlet_names"]))}
    texts = Texts(
        _nothing,
        stored["tokens"],
        stored["sizes"],
        stored["outlets"],
        names,
        Digests(DIGEST, stored["digests"]),
        Digests(DIGEST, stored["run_digests"]),
        {},
    )
    texts.look = look_in(stored, stored["days"], texts)
    copying = Start(
        _unpairs(stored["copies"]),
        _unpairs(stored["sure"]),
        stored["aside"],
        stored["own_runs"],
        stored["told_runs"],
        stored["closest"],
        stored["distinct"].tolist(),
        (_entries(stored, "own"), _entries(stored, "worn")),
    )
    editor, ledger = pickle.loads(stored["word"].tobytes())  # noqa: S301 -- what this module has packed itself
    return State(
        ids,
        stored["days"],
        texts,
        copying,
        [(one, other, bool(own)) for one, other, own in stored["paired"].tolist()],
        _lists(stored, "near"),
        stored["standing"].tolist(),
        _index(stored, "keys"),
        stored["odds"],
        stored["around"],
        Parts(stored["clusters"].copy()),
        Merges(stored["merged"], stored["merges"]),
        Parts(stored["told"].copy()),
        Packed(stored["names"], stored["name_ends"]),
        stored["stems"],
        Packed(stored["records"], stored["record_ends"]),
        _lists(stored, "alike"),
        _index(stored, "subjects"),
        Packed(stored["links"], stored["link_ends"]),
        Packed(stored["glances"], stored["glance_ends"]),
        editor,
        ledger,
    )


def _nothing(slot: int) -> Features:
    raise IndexError(slot)


def _index(stored: Arrays, name: str) -> Postings:
    present = stored[f"{name}_present"].copy()
    return Postings(stored[f"{name}_index"], stored[f"{name}_slots"], stored[f"{name}_weights"], present)


def _lists(stored: Arrays, name: str) -> Lists:
    holders = stored[f"{name}_held"], stored[f"{name}_holders"]
    return Lists(stored[f"{name}_ends"], stored[f"{name}_others"], stored[f"{name}_steps"], holders)


def _entries(stored: Arrays, name: str) -> Entries:
    return Entries(stored[f"{name}_index"], stored[f"{name}_slots"])


def _packed(values: list[str]) -> NDArray[Any]:
    import numpy as np

    return np.frombuffer(marshal.dumps(values), dtype=np.uint8)


def _unpacked(stored: NDArray[Any]) -> list[str]:
    found: list[str] = marshal.loads(stored.data)  # noqa: S302 -- what this module has packed itself
    return found


def _pairs(pairs: Pairs) -> NDArray[Any]:
    import numpy as np

    return np.array(pairs, dtype=np.float64).reshape(-1, 3)


def _unpairs(stored: NDArray[Any]) -> Pairs:
    return [(int(later), int(earlier), share) for later, earlier, share in stored.tolist()]
