"""From the text of a file in ``content/articles`` to an Article record."""

from __future__ import annotations

from backfile import addresses, frontmatter
from backfile.errors import ContentError
from backfile.marks import mark_of
from backfile.model import Article, Finding, Text
from backfile.reading.links import links
from backfile.reading.markdown import render
from backfile.slugs import slugify


def read_article(text: str, path: str, *, default_lang: str) -> Article:
    """Return the article in ``text``; ``path`` is the file below ``content/``, for the record and for findings.

    Raises :class:`~backfile.errors.ContentError` with all findings in the front matter,
    or when there is no text under it.
    """
    front, body = frontmatter.parse(text, path)
    if not body.strip():
        raise ContentError(
            Finding("B120", "error", path, "there is no text under the front matter.", hint="Add the article's text.")
        )
    lang = front.lang or default_lang
    slug = front.slug or slugify(front.title, lang=lang)
    rendered = render(body)
    return Article(
        id=addresses.article_id(front.date, slug),
        slug=slug,
        title=front.title,
        date=front.date,
        date_basis=front.date_basis,
        lang=lang,
        kind=front.kind,
        path=path,
        body=Text(rendered.html, rendered.text, rendered.paragraphs, links(rendered.html, path)),
        moment=front.moment,
        source=front.source,
        canonical=front.canonical,
        authors=front.authors,
        summary=front.summary,
        topics=front.topics,
        people=front.people,
        places=front.places,
        digest=front.digest,
        digest_item=front.digest_item,
        full=front.full,
        formerly=front.formerly,
        status=front.status,
        provenance=front.provenance,
        revisions=front.revisions,
        guessed=front.guessed,
        mark=mark_of(lang, text),
    )
