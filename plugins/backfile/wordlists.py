"""Word lists, written as prose so that a person can read and extend them."""

from __future__ import annotations


def word_set(*lines: str) -> frozenset[str]:
    """Return the words, divided by white space, of one line or several."""
    return frozenset(word for line in lines for word in line.split())
