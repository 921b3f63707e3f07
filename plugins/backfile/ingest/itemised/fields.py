"""Items as records: "Title: …", "Source: …", "Date: …", "Summary: …", the same names of fields in each.

It is a record only if one of the names that come back says whose a text is or where it stands, as in
interviews, recipes and catalogues none does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from backfile.ingest.itemised.units import Unit, ends_text

_FIELD = re.compile(r"(?P<name>[^\W\d_][^:.!?,;\n]{1,28}?)\s*:\s+(?P<value>\S.*)", re.DOTALL)
_WRITTEN = re.compile(r"[*_\s]*[^\W\d_][^:\n]{1,28}?[*_\s]*:[*_\s]*")
_ROLES = {
    "title": "title|headline|subject|heading|заголовок|назва|тема|название|titel|tytuł|titre|título",
    "source": "source|outlet|publication|media|medium|newspaper|paper|via|channel|published (?:in|by)|"
    "джерело|видання|змі|медіа|газета|канал|источник|издание|сми|медиа|ресурс|quelle|medium|źródło|fuente",
    "date": "date|published|day|time|дата|час|опубліковано|день|время|опубликовано|datum|data|fecha",
    "url": "url|link|address|read|full text|посилання|лінк|адреса|повний текст|ссылка|адрес|полный текст",
    "text": "summary|text|content|contents|abstract|gist|in short|brief|description|story|"
    "зміст|суть|стисло|коротко|текст|анотація|короткий зміст|опис|"
    "содержание|кратко|краткое содержание|аннотация|описание|inhalt|zusammenfassung|treść|resumen",
}
_NAMES = {role: re.compile(f"(?:{names})", re.IGNORECASE) for role, names in _ROLES.items()}
_TIMES = 3
_MAX_NAME = 32  # characters


def with_fields(units: Sequence[Unit]) -> list[Unit]:
    """Return ``units``, those of records with the role of their field, and the first of each with the sign "field"."""
    names = [_name(unit) for unit in units]
    counts = Counter(name for name in names if name)
    known = {name: _role(name) for name, count in counts.items() if count >= _TIMES}
    if len(known) < 2 or not {"source", "url"} & set(known.values()):
        return list(units)
    first = _first(units, names, known)
    headed = "title" not in known.values()
    found = [_as_field(unit, known[name]) if name in known else unit for unit, name in zip(units, names, strict=True)]
    for at, name in enumerate(names):
        if name != first:
            continue
        if not headed:
            found[at] = replace(found[at], signs=found[at].signs | {"field"})
        elif at and found[at - 1].is_line and not found[at - 1].field:
            found[at - 1] = replace(found[at - 1], signs=found[at - 1].signs | {"field"})
    return found


def _first(units: Sequence[Unit], names: Sequence[str], known: Mapping[str, str]) -> str:
    """Return the name that records begin with: a blank line stands before it most often."""
    apart = Counter(name for unit, name in zip(units, names, strict=True) if name in known and unit.block.apart)
    return max(dict.fromkeys(name for name in names if name in known), key=lambda name: apart[name])


def _name(unit: Unit) -> str:
    match = _FIELD.fullmatch(unit.text) if ":" in unit.text[:_MAX_NAME] else None
    return match["name"].casefold() if match and len(match["name"].split()) <= 3 else ""


def _role(name: str) -> str:
    return next((role for role, names in _NAMES.items() if names.fullmatch(name)), "other")


def _as_field(unit: Unit, role: str) -> Unit:
    """Return a field by its value alone; what is none that we know keeps its name."""
    match = _FIELD.fullmatch(unit.text)
    if match is None or role == "other":
        return replace(unit, signs=frozenset({"aside"}), field="" if ends_text(unit.text) else role)
    written = _WRITTEN.sub("", unit.block.markdown, count=1) if unit.block.markdown else None
    block = replace(unit.block, text=match["value"], markdown=written)
    signs = frozenset() if role in ("title", "text") else frozenset({"aside"})
    return replace(unit, text=match["value"], block=block, signs=signs, head="", alone=False, field=role)
