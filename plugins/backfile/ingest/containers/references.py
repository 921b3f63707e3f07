"""Lists of references (RIS, BibTeX) as articles: what a record says of a text, and its abstract for the text.

A record without an abstract is a headline and its link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from backfile.errors import IngestError
from backfile.ingest.encoding.decode import decode
from backfile.ingest.entry import Entry, as_document
from backfile.ingest.lines.header import given_first
from backfile.ingest.records import RawDocument
from backfile.ingest.vocabulary import fields

_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?")
_RIS = {
    "TI": "title", "T1": "title", "AU": "author", "A1": "author", "T2": "source", "JO": "source", "JF": "source",
    "PB": "publisher", "DA": "date", "Y1": "date", "UR": "url", "LA": "lang", "AB": "text", "N2": "text", "ID": "id",
    "DO": "doi",
}  # fmt: skip
_BIBTEX = {
    "title": "title", "author": "author", "journal": "source", "journaltitle": "source", "newspaper": "source",
    "publisher": "publisher", "institution": "publisher", "date": "date", "url": "url", "language": "lang",
    "langid": "lang", "abstract": "text", "doi": "doi", "howpublished": "url",
}  # fmt: skip
_BIBTEX_ENTRY = re.compile(r"@(?!comment|string|preamble)\w+\s*\{\s*([^,\s{}]*)\s*,", re.IGNORECASE)
_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w-]*)\s*=\s*")
_URL = re.compile(r"https?://[^\s{}\\]+")
_NOTE = "a reference: its abstract stands for the text"


def open_references(raw: RawDocument) -> Iterator[RawDocument | IngestError]:
    """Yield the records in ``raw`` as articles; raises ``IngestError`` when it holds none."""
    text = decode(raw.data, raw.name).text
    records = list(_ris(text) if _TAG.match(text.lstrip()) else _bibtex(text))
    if not records:
        raise IngestError(f"{raw.name}: is a list of references, but holds no record that can be read")
    for number, record in enumerate(records, start=1):
        one = {name: values[0] for name, values in record.items()}
        url = _URL.search(one.get("url", "")) or _URL.search(f"https://doi.org/{one['doi']}" if "doi" in one else "")
        if not one.get("title") or not (one.get("text") or url):
            yield IngestError(f"{raw.name}, record {number}: has neither an abstract nor an address")
            continue
        yield as_document(
            Entry(
                title=one["title"],
                text=one.get("text"),
                date=one.get("date", "").strip("/ ").replace("/", "-") or None,
                url=url.group() if url else None,
                source=one.get("source") or one.get("publisher"),
                authors=tuple(given_first(name) for name in record.get("author", ())),
                lang=fields.language(one.get("lang")),
                notes=(_NOTE,) if one.get("text") else (),
            ),
            raw,
            one.get("id"),
        )


def _ris(text: str) -> Iterator[Mapping[str, Sequence[str]]]:
    record: dict[str, list[str]] = {}
    for line in text.split("\n"):
        match = _TAG.fullmatch(line.rstrip())
        if match and match[1] == "ER":
            yield record
            record = {}
        elif match and match[1] in _RIS and match[2]:
            record.setdefault(_RIS[match[1]], []).append(match[2].strip())


def _bibtex(text: str) -> Iterator[Mapping[str, Sequence[str]]]:
    for entry in _BIBTEX_ENTRY.finditer(text):
        record: dict[str, list[str]] = {"id": [entry[1]]}
        at = entry.end()
        while field := _FIELD.match(text, at):
            value, at = _value(text, field.end())
            name = _BIBTEX.get(field[1].lower())
            if name == "author":
                record[name] = re.split(r"\s+and\s+", value)
            elif name and value:
                record.setdefault(name, [value])
        yield record


def _value(text: str, start: int) -> tuple[str, int]:
    """Return the value that begins at ``start``, without braces, and where it ends."""
    depth, at = 0, start
    quoted = text[start : start + 1] == '"'
    while at < len(text):
        sign = text[at]
        depth += (sign == "{") - (sign == "}")
        at += 1
        if depth < 0 or (depth == 0 and sign == "," and not quoted):
            return _plain(text[start : at - 1]), at - 1
        if depth == 0 and (sign == "}" or (quoted and sign == '"' and at > start + 1)):
            return _plain(text[start:at]), at
    return _plain(text[start:at]), at


def _plain(value: str) -> str:
    return " ".join(re.sub(r"[{}]|\\(?=[&%$#_])", "", value.strip().strip('"')).split())
