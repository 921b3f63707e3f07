"""Articles as press databases export them to plain text: several records in one file, each with lines about it.

Factiva ends a record with "Document" and its number; LexisNexis begins it with "1 of 9 DOCUMENTS"
or ends it with "End of Document"; Integrum and others head it "Документ 1 из 9" and name each field.
What a record says of itself becomes its article's fields. Counts of words, codes, copyrights and
classifications are left out, and a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from backfile.errors import IngestError
from backfile.ingest.encoding.decode import decode
from backfile.ingest.entry import Entry, as_document
from backfile.ingest.lines.header import read_names
from backfile.ingest.records import RawDocument
from backfile.ingest.vocabulary import fields
from backfile.ingest.vocabulary.dates import read_stated

_FACTIVA_END = re.compile(r"^(?:AN[ \t]+)?(?:Document|Документ) [A-Z]{2,}[A-Z0-9]*\d{8}\w+[ \t]*$", re.MULTILINE)
_NEXIS_HEAD = re.compile(r"^[ \t]*\d+ (?:of|von|de|sur) \d+ (?:DOCUMENTS?|DOKUMENTE?N?)[ \t]*$", re.MULTILINE)
_NEXIS_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_NUMBERED = re.compile(
    r"^[ \t]*(?:Документ|Стаття|Статья|Document|Dokument|Article) \d+ (?:из|із|з|of|von|z) \d+\.?[ \t]*$", re.MULTILINE
)
_WORDS = re.compile(r"[\d,. ]+ (?:words|mots|Wörter|palabras|parole|слов\w*)")
_CODED = re.compile(r"^([A-Z]{2})(?:[ \t]{2,}(.*)|[ \t]*)$")
_LABELLED = re.compile(r"([^\W\d_][\w -]{1,30}):[ \t]*(.*)")
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\)|all rights reserved)", re.IGNORECASE)
_BELOW = re.compile(
    r"(?:classification$|graphic$|load-date:|language:|publication-type:|subject:|copyright\b|©|all rights reserved|"
    r"alle rechte|update:|sprache:|tous droits|langue:)",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:by|par|von|por)\s+(?=\w)", re.IGNORECASE)
_TEXT = frozenset(("текст", "text", "fulltext", "body"))
_NOTE = "a record of a press database: its counts, codes and copyright lines are left out"

_Record = tuple[Mapping[str, str], Sequence[str]]


def open_clippings(raw: RawDocument) -> Iterator[RawDocument | IngestError]:
    """Yield the articles in ``raw``; raises ``IngestError`` when it holds none."""
    text = decode(raw.data, raw.name).text
    records = list(_records(text))
    if not records:
        raise IngestError(f"{raw.name}: is an export of a press database, but of no form that is known; split it")
    for number, (values, lines) in enumerate(records, start=1):
        body = "\n".join(lines).strip("\n")
        if not body.strip():
            yield IngestError(f"{raw.name}, record {number}: has no text")
            continue
        names, _ = read_names(_BY.sub("", values.get("author", "")))
        yield as_document(
            Entry(
                title=values.get("title"),
                text=body,
                date=values.get("date"),
                url=values.get("url"),
                source=values.get("source"),
                authors=names,
                lang=fields.language(values.get("lang")),
                notes=(_NOTE,),
            ),
            raw,
            values.get("id"),
        )


def _records(text: str) -> Iterator[_Record]:
    for ends, pattern, read in _FORMS:
        parts = pattern.split(text)
        if len(parts) > 1:
            for part in parts[:-1] if ends else parts[1:]:
                if part.strip():
                    yield read(part)
            return


def _factiva(part: str) -> _Record:
    if re.search(r"^HD\s", part, re.MULTILINE):
        return _coded(part)
    lines = [line.strip() for line in part.strip().split("\n")]
    count = next((at for at, line in enumerate(lines) if _WORDS.fullmatch(line)), None)
    if count is None:
        return {}, lines
    above = [line for line in lines[:count] if line]
    signed = len(above) > 1 and (_BY.match(above[-1]) or read_names(above[-1])[1])
    values = {"author": above.pop() if signed else "", "title": above[-1] if above else ""}
    below = lines[count + 1 :]
    head = next((at for at, line in enumerate(below) if not line), len(below))
    described, body = [line for line in below[:head] if line], below[head:]
    if described and read_stated(described[0]).day:
        values["date"] = described.pop(0)
    names = [line for line in described if not re.fullmatch(r"\d{1,2}:\d{2}(?:\s?[AP]M)?|[A-Z0-9]{2,8}|\d+", line)]
    values["source"] = names[0] if names else ""
    values["lang"] = next((line for line in names[1:] if fields.is_language(line)), "")
    while body and (not body[-1] or any(body[-1] in line for line in described)):  # the publisher's name once more
        body.pop()
    return values, body


def _coded(part: str) -> _Record:
    """Read a record whose lines begin with two letters that say what they are."""
    found: dict[str, list[str]] = {}
    code = ""
    for line in part.split("\n"):
        match = _CODED.match(line)
        code = match[1] if match else code
        found.setdefault(code, []).append((match[2] or "") if match else line)
    one = {name: " ".join(" ".join(found.get(code, ())).split()) for code, name in _CODES}
    return one, ["\n".join(found.get("LP", ())), "", "\n".join(found.get("TD", ()))]


_CODES = (("HD", "title"), ("BY", "author"), ("PD", "date"), ("SN", "source"), ("LA", "lang"))


def _nexis(part: str) -> _Record:
    lines = [line.strip() for line in part.split("\n")]
    named = [at for at, line in enumerate(lines) if (m := _LABELLED.fullmatch(line)) and fields.fold(m[1]) in _NEXIS]
    body = next((at for at, line in enumerate(lines) if line == "Body"), None)
    start = body if body is not None else max((at for at in named if not _BELOW.match(lines[at])), default=0)
    top = [at for at in range(start) if lines[at] and at not in named and not _COPYRIGHT.match(lines[at])]
    values = {fields.fold(m[1]): m[2] for at in named if (m := _LABELLED.fullmatch(lines[at]))}
    dated = next((at for at in top if read_stated(lines[at]).day), None)
    if body is not None:  # title, outlet, day
        title, source = (lines[at] for at in (*top, *top)[:2]) if top else ("", "")
    else:  # outlet, day, edition, title
        last = min(named, default=len(lines))
        above = [at for at in top if at < last]
        title, source = (lines[above[-1]], lines[above[0]]) if above else ("", "")
    stop = next((at for at in range(start + 1, len(lines)) if _BELOW.match(lines[at])), len(lines))
    return {
        "title": title,
        "source": source,
        "date": lines[dated] if dated is not None else "",
        "author": values.get("byline") or values.get("autor") or values.get("auteur") or "",
        "lang": values.get("language", ""),
    }, lines[start + 1 : stop]


_NEXIS = frozenset(
    (
        "byline",
        "section",
        "length",
        "dateline",
        "highlight",
        "language",
        "loaddate",
        "publicationtype",
        "subject",
        "autor",
        "rubrik",
        "länge",
        "sprache",
        "update",
        "auteur",
        "rubrique",
        "longueur",
        "langue",
    )
)


def _described(part: str) -> _Record:
    """Read a record of lines that name their fields, above its text."""
    values: dict[str, str] = {}
    lines = part.strip().split("\n")
    for at, line in enumerate(lines):
        match = _LABELLED.fullmatch(line.strip())
        if line.strip() and match is None:
            return values, lines[at:]
        name = fields.fold(match[1]) if match else ""
        if match and name in _TEXT:
            return values, [match[2], *lines[at + 1 :]]
        if match and name in _FIELDS:
            values[_FIELDS[name]] = match[2]
    return values, ()


_FIELDS = {
    **dict.fromkeys(fields.TITLE, "title"), **dict.fromkeys(fields.AUTHORS, "author"),
    **dict.fromkeys(fields.DATE, "date"), **dict.fromkeys(fields.SOURCE, "source"),
    **dict.fromkeys(fields.URL, "url"), **dict.fromkeys(fields.LANG, "lang"),
}  # fmt: skip
# Each form of export: whether its sign ends a record, the sign, and what reads one.
_FORMS: tuple[tuple[bool, re.Pattern[str], Callable[[str], _Record]], ...] = (
    (True, _FACTIVA_END, _factiva),
    (False, _NEXIS_HEAD, _nexis),
    (True, _NEXIS_END, _nexis),
    (False, _NUMBERED, _described),
)
