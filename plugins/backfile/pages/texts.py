"""Pages of prose: what ``content/pages`` says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backfile import addresses
from backfile.pages.contents import contents
from backfile.pages.records import TextPage
from backfile.reading import Prose, resolved


def text_pages(texts: Iterable[Prose], lang: str, files: Mapping[str, str]) -> list[TextPage]:
    """Return the pages, by address; ``lang`` is that of a page which states none, ``files`` has addresses of files."""
    return sorted((_text_page(text, lang, files) for text in texts), key=lambda page: page.address)


def _text_page(text: Prose, lang: str, files: Mapping[str, str]) -> TextPage:
    address = addresses.prose(text.slug)
    return TextPage(
        template="text",
        address=address,
        title=text.title,
        lang=text.lang or lang,
        description=text.summary,
        body=resolved(text.html, text.path, files, "../" * address.count("/")),
        contents=contents(text.html),
    )
