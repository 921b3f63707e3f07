"""The features of some texts in few arrays: handed from process to process, and held, at a fraction of the cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.features import Features

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS: Final = (
    ("columns", "int32"),
    ("weights", "float32"),
    ("lengths", "float64"),
    ("keys", "int32"),
    ("key_weights", "int32"),
    ("subjects", "int64"),
    ("subject_weights", "int32"),
    ("runs", "uint32"),
)
FACTS: Final = ("tokens", "fresh", "again", "day", "outlet", "tongue", "digest", "run_digest", "size")

Bundle = tuple[list["NDArray[Any]"], list["NDArray[Any]"], list[tuple[Any, ...]]]


def bundle(texts: Sequence[Features]) -> Bundle:
    """Return rows on end, by kind, and where each ends; then the facts of each text."""
    import numpy as np

    rows, sizes = [], []
    for name, kind in ROWS:
        parts = [getattr(text, name) for text in texts]
        rows.append(np.concatenate([np.zeros(0, dtype=kind), *parts]))
        sizes.append(np.array([len(part) for part in parts], dtype=np.int32))
    return rows, sizes, [tuple(getattr(text, name) for name in FACTS) for text in texts]


def opened(bundled: Bundle) -> list[Features]:
    """Return the texts of a bundle, with rows that are views of those in it."""
    import numpy as np

    rows, sizes, facts = bundled
    views = [
        [row[low:high] for low, high in zip([0, *ends[:-1]], ends, strict=True)]
        for row, ends in zip(rows, (np.cumsum(size).tolist() for size in sizes), strict=True)
    ]
    return [Features(*own, *each) for *own, each in zip(*views, facts, strict=True)]
