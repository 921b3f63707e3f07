"""Front matter that is not YAML: TOML between ``+++`` lines (Hugo, Zola) and bare ``Key: value`` lines (Pelican)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from backfile.errors import IngestError

_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(?P<toml>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LINES = re.compile(r"\s*(?P<lines>(?:[^\W\d_][\w -]{0,30}:[ \t][^\n]*\S[^\n]*\n)+)(?=[ \t]*\n)")


def take_foreign(text: str, name: str) -> tuple[Mapping[str, Any], str] | None:
    """Return the values above a Markdown text and the text below them, or None when it has no such front matter.

    Bare lines count only when they stand alone above a blank line and one of them is the
    title's: a dialogue has that form, too. Raises :class:`IngestError` for broken TOML.
    """
    found = _TOML.match(text)
    if found:
        try:
            return tomllib.loads(found["toml"]), text[found.end() :]
        except tomllib.TOMLDecodeError as error:
            raise IngestError(f"{name}: front matter (TOML): {error}: mend it, or take it out") from error
    found = _LINES.match(text)
    if found is None:
        return None
    pairs = [line.partition(":") for line in found["lines"].splitlines()]
    values = {key.strip(): value.strip() for key, _, value in pairs}
    if len(values) < len(pairs) or "title" not in map(str.lower, values) or len(values) < 2:
        return None
    return values, text[found.end() :]
