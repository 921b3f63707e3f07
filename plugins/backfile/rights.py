"""How much of an outlet's texts may be published: all, an excerpt, or the headline alone (``content/sources.yaml``).

Stories and topics are found in the whole texts, as an editor who has read them would; what
leaves the archive (pages, search, feeds, data) is made from the shortened ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import islice

from backfile import yamltext
from backfile.errors import ContentError
from backfile.model import Article, Body, Finding, Rights, Text
from backfile.sentences import split_sentences
from backfile.slugs import slugify

FILE = "sources.yaml"
_SENTENCES = 2  # of an excerpt

# By the last segment of the outlet's address, in which spellings of one name are one.
RightsOf = Mapping[str, Rights]


def load_rights(yaml_text: str, file: str) -> dict[str, Rights]:
    """Return the rights that a ``sources.yaml`` states: lines ``Outlet: full``, ``excerpt`` or ``headline``.

    Raises :class:`~backfile.errors.ContentError` with all findings: broken YAML, or
    another word (R101).
    """
    entries, unreadable = yamltext.compose(yaml_text, file, first_line=1)
    findings, found = list(unreadable), {}
    for entry in entries:
        value = str(yamltext.plain_value(entry.node)).lower()
        if value in list(Rights):
            found[slugify(entry.key)] = Rights(value)
        else:
            hint = f"Write one of: {', '.join(Rights)}."
            message = f"{yamltext.shown(value)} is not allowed."
            findings.append(Finding("R101", "error", file, message, hint, entry.key, entry.line))
    if findings:
        raise ContentError(*findings)
    return found


def shortened(article: Article, rights: RightsOf) -> Article:
    """Return as much of an article as its outlet's rights let be published."""
    allowed = rights.get(slugify(article.source.name), Rights.FULL) if article.source else Rights.FULL
    if allowed is Rights.FULL:
        return article
    if allowed is Rights.EXCERPT:
        return replace(article, rights=allowed, body=Excerpt(article.body, article.lang))
    return replace(article, rights=allowed, body=Text("", "", ()), summary=None, revisions=())


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The first sentences of a body, as a body; the whole one is read when they are asked for."""

    whole: Body
    lang: str

    @property
    def text(self) -> str:
        """Return the first sentences of the running text."""
        told = (each for paragraph in self.whole.paragraphs for each in split_sentences(paragraph, self.lang))
        return " ".join(islice(told, _SENTENCES))

    @property
    def html(self) -> str:
        """Return them as a paragraph."""
        return f"<p>{escape(text)}</p>\n" if (text := self.text) else ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return them as running text."""
        return (text,) if (text := self.text) else ()

    @property
    def links(self) -> tuple[str, ...]:
        """An excerpt has no links."""
        return ()

    @property
    def hash(self) -> bytes:
        """Return what changes with them."""
        return b"excerpt" + self.whole.hash
