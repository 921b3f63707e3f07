"""Reads a page of prose: ``content/pages/slug.md``, a title and a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from backfile import frontmatter
from backfile.errors import ContentError
from backfile.model import Finding
from backfile.reading.links import links
from backfile.reading.markdown import render
from backfile.slugs import is_slug

# Folders of the site that are made from something else.
_TAKEN = re.compile(r"\d{4}|archive|data|feeds|images|pagefind|people|places|search|sources|stories|theme|topics")


@dataclass(frozen=True, slots=True)
class Prose:
    """A page that is no article: its slug is the file's name, ``html`` is sanitised.

    ``path`` is its file and ``links`` are those that it links to, below ``content/``.
    """

    path: str
    slug: str
    title: str
    lang: str | None
    summary: str | None
    html: str
    links: tuple[str, ...]


def read_prose(text: str, path: str) -> Prose:
    """Return the page in ``text``; ``path`` is the file below ``content/``.

    Raises :class:`~backfile.errors.ContentError` with all findings.
    """
    parts = frontmatter.split(text)
    values = frontmatter.read_mapping(parts.yaml, path) if parts.yaml is not None else {}
    findings = []
    slug = PurePosixPath(path).stem
    if not is_slug(slug):
        hint = "Use a–z, 0–9 and hyphens."
        findings.append(Finding("B131", "error", path, f"“{slug}” can't be an address.", hint, "file name"))
    if _TAKEN.fullmatch(slug):
        hint = "Give the file another name."
        findings.append(Finding("B132", "error", path, f"/{slug}/ is a page of the site's own.", hint, "file name"))
    if not isinstance(values.get("title"), str) or not values["title"].strip():
        hint = "Begin the file with ---, title: …, ---."
        findings.append(Finding("B130", "error", path, "a page needs a title.", hint, "title", line=1))
    if findings:
        raise ContentError(*findings)
    summary, lang = values.get("summary"), values.get("lang")
    html = render(parts.body).html
    return Prose(
        path=path,
        slug=slug,
        title=values["title"].strip(),
        lang=str(lang) if lang else None,
        summary=str(summary) if summary else None,
        html=html,
        links=links(html, path),
    )
