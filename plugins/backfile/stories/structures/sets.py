"""Disjoint sets (union by the smaller position; Tarjan 1975)."""

from __future__ import annotations


class Sets:
    """Positions 0..count-1, each in a set of its own at first; a set is known by its smallest position."""

    __slots__ = ("_parent",)

    def __init__(self, count: int) -> None:
        """Make ``count`` sets of one."""
        self._parent = list(range(count))

    def find(self, at: int) -> int:
        """Return the smallest position of the set that ``at`` is in."""
        parent = self._parent
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        one, other = self.find(one), self.find(other)
        self._parent[max(one, other)] = min(one, other)

    def groups(self) -> list[list[int]]:
        """Return the sets in the order of their smallest positions, each sorted."""
        groups: dict[int, list[int]] = {}
        for at in range(len(self._parent)):
            groups.setdefault(self.find(at), []).append(at)
        return list(groups.values())
