"""What texts share, pair by pair, each pair kept both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Shares = dict[int, dict[int, float]]


def pair(shares: Shares, one: int, other: int, share: float) -> None:
    """Put in a pair, or what it shares now."""
    shares.setdefault(one, {})[other] = share
    shares.setdefault(other, {})[one] = share


def unpair(shares: Shares, one: int, other: int) -> None:
    """Take a pair out."""
    for mine, theirs in ((one, other), (other, one)):
        shares[mine].pop(theirs, None)
        if not shares[mine]:
            del shares[mine]


def connected(slots: Iterable[int], shares: Mapping[int, Iterable[int]]) -> list[list[int]]:
    """Return some texts in the parts that pairs connect, each sorted; pairs must not lead out of ``slots``."""
    found: list[list[int]] = []
    seen: set[int] = set()
    for slot in slots:
        if slot not in seen:
            seen.add(slot)
            part, at = [slot], 0
            while at < len(part):
                for other in shares.get(part[at], ()):
                    if other not in seen:
                        seen.add(other)
                        part.append(other)
                at += 1
            found.append(sorted(part))
    return found
