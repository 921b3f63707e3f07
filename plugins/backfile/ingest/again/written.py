"""The text of an article's file after a new reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from backfile import frontmatter
from backfile.amend import amend
from backfile.errors import IngestError
from backfile.frontmatter import FrontMatter
from backfile.ingest.again.merge import Merged
from backfile.ingest.changes.catalogue import Held, read_held, stamp
from backfile.ingest.changes.plan import IMPORTER
from backfile.ingest.changes.shelf import Place, formerly


def written(held: Held, text: str, merged: Merged, place: Place, digest: str | None) -> str:
    """Return an article's file, which says ``text`` now, with the changes made; ``digest`` is its digest's id.

    What nobody edited is written as an import writes it, and bears its mark. Raises ``IngestError``
    when ``text`` is no longer that of ``held``.
    """
    if repr(read_held(text, held.path)) != repr(held):  # not ==: a “.nan” in an unknown field equals nothing
        raise IngestError(f"{held.path}: was changed meanwhile; run the command again")
    changes = dict(merged.changes)
    if held.front.digest and digest:
        changes["digest"] = digest
    if place.id != held.id:
        changes["formerly"] = formerly(held, place)
    if place.slug != held.front.slug:
        changes["slug"] = place.slug
    if held.front.provenance:
        changes["provenance"] = replace(held.front.provenance, importer=IMPORTER)
    if held.edited:
        return amend(text, changes, held.path, merged.body)
    body = held.body if merged.body is None else merged.body
    return _stamped({**frontmatter.as_values(held.front), **changes}, body)


def is_what_was_written(held: Held, now: FrontMatter, body: str) -> bool:
    """Tell whether what the importer writes now is to the byte what it wrote then, as the file's mark shows."""
    origin = held.front.provenance
    if origin is None or origin.written is None:
        return False
    values = {**frontmatter.as_values(now), "provenance": replace(origin, written=None), "full": held.front.full}
    return stamp(frontmatter.dump(values, body)) == origin.written


def fingerprint(text: str) -> str:
    """Return a hash by which a file that was changed meanwhile is known."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _stamped(values: Mapping[str, Any], body: str) -> str:
    """Return a file with the mark by which an edit shows."""
    origin = values["provenance"]
    unmarked = frontmatter.dump({**values, "provenance": replace(origin, written=None)}, body)
    return frontmatter.dump({**values, "provenance": replace(origin, written=stamp(unmarked))}, body)
