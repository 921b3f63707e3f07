"""What an answer to a question changes in an article's front matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backfile.frontmatter import FrontMatter
from backfile.ingest.lines.header import read_source
from backfile.model import DateBasis, Source
from backfile.yamltext import read_moment

NOBODY_KNOWS = "-"
AS_IT_IS = "="  # before a text that would else be taken for a sign
_LISTS = ("authors", "topics", "people", "places")


def confirmed(front: FrontMatter, name: str) -> dict[str, Any]:
    """Return the changes by which the value of a field is no guess any more, but the editor's word."""
    changes: dict[str, Any] = {"guessed": tuple(other for other in front.guessed if other != name)}
    if name == "date":
        changes["date_basis"] = DateBasis.GIVEN
    return changes


def corrected(front: FrontMatter, name: str, answer: str) -> dict[str, Any]:
    """Return the changes that put an answer in the place of a guess; ``-`` leaves the field out."""
    return {**confirmed(front, name), name: _value(name, answer)}


def _value(name: str, answer: str) -> Any:
    if answer == NOBODY_KNOWS:
        return None
    text = answer.removeprefix(AS_IT_IS).strip()
    if name == "date":
        return read_moment(text) or text  # what is no date is refused by the rules of front matter
    if name == "source":
        return _source(text)
    if name in _LISTS:
        return tuple(part.strip() for part in text.split(";") if part.strip())
    return text


def _source(text: str) -> Source | Mapping[str, str]:
    """Return the outlet: its name, or its name and its address."""
    return read_source(text) or {"name": text}
