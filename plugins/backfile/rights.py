"""How much of an outlet's texts may be published: all, an excerpt, or the headline alone (``content/sources.yaml``).

Stories and topics are found in the whole texts, as an editor who has read them would; what
leaves the archive (pages, search, feeds, data) is made from the shortened ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from backfile import yamltext
from backfile.errors import ContentError
from backfile.model import Article, Finding, Rights
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
    text = _excerpt(article) if allowed is Rights.EXCERPT else ""
    return replace(
        article,
        rights=allowed,
        markdown=text,
        html=f"<p>{escape(text)}</p>\n" if text else "",
        text=text,
        paragraphs=(text,) if text else (),
        summary=article.summary if text else None,
        revisions=() if not text else article.revisions,
    )


def _excerpt(article: Article) -> str:
    sentences = (sentence for paragraph in article.paragraphs for sentence in split_sentences(paragraph, article.lang))
    return " ".join(sentence for _, sentence in zip(range(_SENTENCES), sentences, strict=False))
