"""What a reader found, as data that can lie beside the document it was found in."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backfile.errors import IngestError
from backfile.ingest.records import Content, Metadata, RawDocument


def content_as_data(content: Content) -> dict[str, Any]:
    return {
        "stated": _stated(content.stated),
        "blocks": [_block(block.kind, block.markdown or block.text, apart=block.apart) for block in content.blocks],
        "encoding": content.encoding,
        "characters": content.characters,
        "dropped": dict(content.dropped),
        "notes": list(content.notes),
    }


def check_golden(found: object, golden: Path) -> None:
    """Compare with the file beside the document; SAVE_GOLDEN=1 writes it, to be looked at before it is committed."""
    if os.environ.get("SAVE_GOLDEN"):
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


def outcome(reader: Callable[[RawDocument], Content], raw: RawDocument) -> str:
    """Return the line that refuses a document, or its name when it is read."""
    try:
        reader(raw)
    except IngestError as error:
        return str(error)
    return raw.name


def _block(kind: str, text: str, *, apart: bool) -> str:
    return f"{kind}{'' if apart else ' below'}: {text}"


def _stated(stated: Metadata) -> dict[str, Any]:
    return {
        "title": stated.title,
        "date": stated.date.isoformat() if stated.date else None,
        "authors": list(stated.authors),
        "source": [stated.source.name, stated.source.url] if stated.source else None,
        "url": stated.url,
        "lang": stated.lang,
        "summary": stated.summary,
    }
