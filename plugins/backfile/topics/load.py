"""Reads a topic file: ``content/topics/slug.md``, front matter and an introduction."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from backfile import frontmatter
from backfile.errors import ContentError
from backfile.model import Finding, Rules, Topic
from backfile.reading.links import links
from backfile.reading.markdown import render
from backfile.slugs import is_slug

_FIELDS = ("title", "aliases", "rules", "parent", "lang")
_RULES = ("any", "all", "none")


def read_topic(text: str, path: str) -> Topic:
    """Return the topic in ``text``; its slug is the file's name. ``path`` is the file below ``content/``.

    Raises :class:`~backfile.errors.ContentError` with all findings.
    """
    parts = frontmatter.split(text)
    if parts.yaml is None:
        raise ContentError(
            Finding(
                "B130", "error", path, "there is no front matter.", "Begin the file with ---, title: …, ---.", line=1
            )
        )
    values = frontmatter.read_mapping(parts.yaml, path)
    check = _Checker(path)
    slug = PurePosixPath(path).stem
    if not is_slug(slug):
        check.finding("file name", f"“{slug}” can't be an address.", "Use a–z, 0–9 and hyphens.")
    for name in values.keys() - set(_FIELDS):
        check.finding(name, "a topic has no such field.", f"Use {', '.join(_FIELDS)}.")
    rules = values.get("rules") or {}
    if not isinstance(rules, Mapping) or rules.keys() - set(_RULES):
        check.finding("rules", "these are no rules.", "Use any:, all: and none:, each with a list of phrases.")
        rules = {}
    title = check.text(values, "title")
    if not title:
        check.finding("title", "a topic needs a title.", "Add title: …")
    intro = render(parts.body).html
    topic = Topic(
        slug=slug,
        title=title or slug,
        path=path,
        aliases=check.texts(values, "aliases"),
        rules=Rules(**{name: check.texts(rules, name) for name in _RULES}),
        intro=intro,
        links=links(intro, path),
        parent=check.text(values, "parent"),
        lang=check.text(values, "lang"),
    )
    if check.findings:
        raise ContentError(*check.findings)
    return topic


class _Checker:
    """Reads values of the wanted shape and gathers a finding for each that is not."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []

    def finding(self, field: str, message: str, hint: str) -> None:
        self.findings.append(Finding("B131", "error", self.path, message, hint, field=field))

    def text(self, values: Mapping[str, Any], name: str) -> str | None:
        value = values.get(name)
        if isinstance(value, (list, dict)):
            self.finding(name, "this is no text.", f"Write {name}: and one text on the same line.")
            return None
        return str(value).strip() if value is not None else None

    def texts(self, values: Mapping[str, Any], name: str) -> tuple[str, ...]:
        value = values.get(name)
        items = value if isinstance(value, list) else [] if value is None else [value]
        if isinstance(value, dict) or any(isinstance(item, (list, dict)) for item in items):
            self.finding(name, "this is no list of phrases.", f"Write {name}: [first, second].")
            return ()
        return tuple(text for item in items if (text := str(item).strip()))
