"""Front matter that is not YAML: TOML between ``+++`` lines (Hugo, Zola) and bare ``Key: value`` lines.

Such lines stand above the text (Pelican, Logseq), or between its title and the text (Notion), where
their names may be bold. Pandoc has three lines that begin with ``%``, Readwise a list called "Metadata".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from backfile.errors import IngestError
from backfile.ingest.vocabulary import fields

_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(?P<toml>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LINES = re.compile(r"\s*(?P<lines>(?:\*{0,2}[^\W\d_][\w -]{0,30}:{1,2}\*{0,2}[ \t][^\n]*\S[^\n]*\n)+)(?=[ \t]*\n)")
_BLOCK = re.compile(r"%[ \t]+(?P<title>[^\n]+)\n%[ \t]*(?P<authors>[^\n]*)\n(?:%[ \t]*(?P<date>[^\n]*)\n)?")
_METADATA = re.compile(r"^##+ Metadata[ \t]*\n+(?P<lines>(?:[-*] [^\W\d_][\w ]{0,30}: [^\n]+\n)+)", re.MULTILINE)
_NEAR_TOP = 2_000
_TITLE = re.compile(r"\s*# [^\n]+\n[ \t]*(?=\n)")
_TELLING = frozenset((*fields.DATE, *fields.CREATED, *fields.AUTHORS, *fields.SOURCE, *fields.URL))


def take_foreign(text: str, name: str) -> tuple[Mapping[str, Any], str] | None:
    """Return the values above a Markdown text and the text below them, or None when it has no such front matter.

    Bare lines count only when they stand alone above a blank line, and when one of them is the
    title's, or two below a title tell what a text is: a dialogue has that form, too. Raises
    :class:`IngestError` for broken TOML.
    """
    found = _TOML.match(text)
    if found:
        try:
            return tomllib.loads(found["toml"]), text[found.end() :]
        except tomllib.TOMLDecodeError as error:
            raise IngestError(f"{name}: front matter (TOML): {error}: mend it, or take it out") from error
    if block := _BLOCK.match(text):
        values = {name: value.strip() for name, value in block.groupdict().items() if value and value.strip()}
        authors = [part.strip() for part in re.split(r";|\band\b", values.get("authors", "")) if part.strip()]
        return {**values, "authors": authors}, text[block.end() :]
    if listed := _METADATA.search(text, 0, _NEAR_TOP):
        lines = (line[2:].partition(":") for line in listed["lines"].splitlines())
        return {key.strip(): value.strip() for key, _, value in lines}, text[: listed.start()] + text[listed.end() :]
    title = _TITLE.match(text)
    found = _LINES.match(text, title.end() if title else 0)
    if found is None:
        return None
    pairs = [line.partition(":") for line in found["lines"].splitlines()]
    values = {key.strip(" *"): value.lstrip(":*").strip() for key, _, value in pairs}
    names = set(map(fields.fold, values))
    tells = "title" in names if title is None else len(names & _TELLING) >= 2
    if len(values) < len(pairs) or len(values) < 2 or not tells:
        return None
    return values, (title.group() if title else "") + text[found.end() :]
