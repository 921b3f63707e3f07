"""What a page holds that a check wants to know: HTML in, facts out, in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

# Elements whose address is fetched when the page is shown, and the attribute that holds it.
FETCHED = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "input": "src",
    "object": "data",
    "script": "src",
    "source": "src",
    "track": "src",
    "video": "src",
}
FETCHED_LINKS = frozenset(
    ("dns-prefetch", "icon", "manifest", "modulepreload", "preconnect", "prefetch", "preload", "stylesheet")
)


@dataclass(slots=True)
class PageFacts:
    """What a page says of itself and leads to; addresses are as they stand in the page.

    ``links`` are where a reader may go, ``fetches`` what a browser asks for by itself.
    ``unnamed`` are the sources of images without an ``alt`` (an empty one is a statement).
    ``words`` counts those that a reader sees. ``redirect`` is where the page leads by itself.
    """

    lang: str = ""
    title: str = ""
    canonicals: list[str] = field(default_factory=list)
    redirect: str | None = None
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    fetches: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    words: int = 0


def read_page(html: str) -> PageFacts:
    """Return the facts of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.facts


class _Reader(HTMLParser):
    """Gathers facts as the parser comes upon them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.facts = PageFacts()
        self._inside = ""  # title, script, style or template, whose text no reader sees
        self._has_title = False  # a drawing within the page may have a title of its own

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = self.facts
        if tag in ("title", "script", "style", "template") and not self._inside:
            self._inside = tag
        if not attrs:
            return
        values = {name: (value or "").strip() for name, value in reversed(attrs)}
        if "id" in values:
            facts.ids.append(values["id"])
        if "style" in values:
            facts.styles.append(values["style"])
        if tag in ("a", "area"):
            if "href" in values:
                facts.links.append(values["href"])
        elif tag == "link":
            self._link(values)
        elif tag == "html":
            facts.lang = values.get("lang", "")
        elif tag == "meta":
            if values.get("http-equiv", "").lower() == "refresh":
                facts.redirect = values.get("content", "").partition("=")[2].strip(" '\"")
        elif tag in FETCHED:
            self._fetched(tag, values)

    def _link(self, values: dict[str, str]) -> None:
        relations = set(values.get("rel", "").lower().split())
        href = values.get("href", "")
        if "canonical" in relations:
            self.facts.canonicals.append(href)
        elif relations & FETCHED_LINKS:
            self.facts.fetches.append(href)
        elif href:
            self.facts.links.append(href)

    def _fetched(self, tag: str, values: dict[str, str]) -> None:
        facts = self.facts
        if values.get(FETCHED[tag]):
            facts.fetches.append(values[FETCHED[tag]])
        facts.fetches += [part.split()[0] for part in values.get("srcset", "").split(",") if part.strip()]
        if values.get("poster"):
            facts.fetches.append(values["poster"])
        if tag == "img" and "alt" not in values:
            facts.unnamed.append(values.get("src", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""
            self._has_title = self._has_title or tag == "title"

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.facts.words += len(data.split())
        elif self._inside == "title" and not self._has_title:
            self.facts.title += data
        elif self._inside == "style":
            self.facts.styles.append(data)
