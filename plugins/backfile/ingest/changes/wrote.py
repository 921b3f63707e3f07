"""What an import wrote, field by field, as its receipt remembers it: so that a later one can tell a hand's edits.

A receipt holds a short hash of each field, not the text of it: enough to see that a field is
as the importer left it, and nothing that the article itself does not say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from backfile.frontmatter import FrontMatter
from backfile.ingest.changes.catalogue import Held, read_held
from backfile.ingest.changes.plan import Intent
from backfile.ingest.records import Given, RawDocument

# What reading a document yields. The address, the editor's fields (topics, people, places, status) and what
# follows from other articles (digest, full) are no part of it.
FIELDS = ("title", "date", "lang", "kind", "source", "canonical", "authors", "summary", "digest_item")
BODY = "body"


def compared(front: FrontMatter, body: str) -> dict[str, Any]:
    """Return what reading yields of an article: :data:`FIELDS`, unknown keys by their names, and the body.

    The date comes with its basis.
    """
    values: dict[str, Any] = {name: getattr(front, name) for name in FIELDS}
    values["date"] = ((front.moment or front.date).isoformat(), front.date_basis.value)
    values["source"] = (front.source.name, front.source.url) if front.source else None
    return {**values, **front.extra, BODY: body}


def hashes(values: Mapping[str, Any]) -> dict[str, str]:
    """Return a hash of each value (12 hexadecimal digits)."""
    return {
        name: sha256(
            json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
        ).hexdigest()[:12]
        for name, value in values.items()
        if value not in (None, (), "")
    }


def of_article(held: Held) -> dict[str, Any]:
    """Return what a receipt remembers of an article as an importer left it."""
    return {"guessed": list(held.front.guessed), "wrote": hashes(compared(held.front, held.body))}


def of_intents(intents: Iterable[Intent], raw: RawDocument, content: Path) -> dict[str, dict[str, Any]]:
    """Return that of each article that is made of ``raw`` and as the importer leaves it, by its path.

    An article that is there already (an import that was cut short goes on) is read from ``content``.
    """
    texts: dict[str, str] = {}
    for intent in intents:
        file = content / intent.path
        if intent.text:
            texts[intent.path] = intent.text
        elif intent.path not in texts and file.is_file():
            texts[intent.path] = file.read_bytes().decode("utf-8")
    found = {}
    for path, text in texts.items():
        held = read_held(text, path)
        if not held.edited and held.front.provenance and held.front.provenance.sha256 == raw.sha256:
            found[path] = of_article(held)
    return found


def of_reading(raw: RawDocument, given: Given) -> dict[str, str]:
    """Return what was known of a document from outside, and what its bytes don't say."""
    values = {
        "media_type": raw.media_type,
        "url": raw.url,
        "date": given.date and given.date.isoformat(),
        "source": given.source,
        "lang": given.lang,
    }
    return {name: value for name, value in values.items() if value}
