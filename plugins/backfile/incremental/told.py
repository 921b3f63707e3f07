"""The stories of the last build, for as long as nothing that they were made of has changed."""

from __future__ import annotations

import pickle
from dataclasses import replace

from backfile.archive import Asked, Told, tell
from backfile.incremental.cache import Cache
from backfile.incremental.tree import signature

_NOTE = "told"


def tell_again(cache: Cache, asked: Asked) -> Told:
    """Return what :func:`~backfile.archive.tell` would: from the cache, if it was asked the same before."""
    question = signature(asked.texts, asked.names.names, asked.editor, asked.ledger)
    known = cache.get("note", _NOTE)
    if known and known.startswith(question):
        told: Told = pickle.loads(known[len(question) :])  # noqa: S301  # our own, by checksum
        return told
    told = tell(asked)
    cache.put("note", [(_NOTE, question + pickle.dumps(replace(told, grouping=None), protocol=5))])
    return told
