"""How much of an outlet's texts may be published, and what becomes of their pictures (``content/sources.yaml``).

A line says one or both::

    The Harbour Post: excerpt
    Quay News: {rights: full, pictures: link}
    "*": {pictures: drop}     # all outlets that have no line, or whose line does not say

Stories and topics are found in the whole texts, as an editor who has read them would; what
leaves the archive (pages, search, feeds, data) is made from the shortened ones. An excerpt or
a headline has no pictures. What becomes of pictures is asked when a text is imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from itertools import islice

from backfile import yamltext
from backfile.errors import ContentError
from backfile.model import Article, Body, Finding, Rights, Text
from backfile.pictures import Pictures
from backfile.sentences import split_sentences
from backfile.slugs import slugify

FILE = "sources.yaml"
_SENTENCES = 2  # of an excerpt
_WORDS = {"rights": tuple(Rights), "pictures": tuple(Pictures)}

# By the last segment of the outlet's address, in which spellings of one name are one.
RightsOf = Mapping[str, Rights]
ALL_OTHERS = "*"


@dataclass(frozen=True, slots=True)
class PicturePolicy:
    """What an import does with pictures: by outlet, keyed as :data:`RightsOf` is, and for all others."""

    default: Pictures = Pictures.KEEP
    outlets: Mapping[str, Pictures] = field(default_factory=dict)

    def of(self, outlet: str | None) -> Pictures:
        """Return the word for an outlet, by its name."""
        return self.outlets.get(slugify(outlet), self.default) if outlet else self.default


def load_rights(yaml_text: str, file: str) -> dict[str, Rights]:
    """Return the rights that a ``sources.yaml`` states: ``full``, ``excerpt`` or ``headline``, by outlet.

    Raises :class:`~backfile.errors.ContentError` with all findings: broken YAML, or
    another word (R101).
    """
    lines = _lines(yaml_text, file)
    return {slugify(name): Rights(words["rights"]) for name, words in lines if "rights" in words and name != ALL_OTHERS}


def load_pictures(yaml_text: str, file: str) -> PicturePolicy:
    """Return what a ``sources.yaml`` says of pictures: ``keep``, ``link`` or ``drop``.

    Raises :class:`~backfile.errors.ContentError` as :func:`load_rights` does.
    """
    said = {name: Pictures(words["pictures"]) for name, words in _lines(yaml_text, file) if "pictures" in words}
    default = said.pop(ALL_OTHERS, Pictures.KEEP)
    return PicturePolicy(default, {slugify(name): word for name, word in said.items()})


def _lines(yaml_text: str, file: str) -> list[tuple[str, dict[str, str]]]:
    """Return (outlet, what its line says) of each line, checked; the words are lower case."""
    entries, unreadable = yamltext.compose(yaml_text, file, first_line=1)
    findings, found = list(unreadable), []
    for entry in entries:
        value = yamltext.plain_value(entry.node)
        said = value if isinstance(value, dict) else {"rights": value}
        words = {str(what): str(word).lower() for what, word in said.items()}
        for what, word in words.items():
            if what == "rights" and entry.key == ALL_OTHERS:
                message, hint = "has no rights: only outlets have.", "Write it as {pictures: …}, or name the outlet."
            elif what not in _WORDS:
                message, hint = f"{yamltext.shown(what)} is unknown.", f"Write one of: {', '.join(_WORDS)}."
            elif word not in _WORDS[what]:
                message = f"{yamltext.shown(str(said[what]))} is not allowed."
                hint = f"Write one of: {', '.join(_WORDS[what])}."
            else:
                continue
            findings.append(Finding("R101", "error", file, message, hint, entry.key, entry.line))
        found.append((entry.key, words))
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
