from __future__ import annotations

from backfile.archive import Editorial, assemble
from backfile.model import Topic
from backfile.pages.entries import Catalogue
from backfile.pages.indexes import index_pages
from backfile.pages.records import IndexEntry, Site
from backfile.pages.topics import subjects


def topic(title: str, parent: str | None = None) -> Topic:
    return Topic(title.lower(), title, f"topics/{title.lower()}.md", parent=parent)


def test_narrower_topics_stand_below_the_broader_ones_each_by_the_alphabet() -> None:
    topics = (topic("Wheat", "grain"), topic("Grain", "trade"), topic("Barley", "grain"), topic("Ice"), topic("Trade"))
    own = subjects(Catalogue(assemble([], Editorial(topics=topics)), {}))
    index = index_pages(Site("Archive", "", "en", "", searchable=False), own, [])[0]

    def outline(entries: tuple[IndexEntry, ...]) -> str:
        return " ".join(f"{each.title}({outline(each.narrower)})" for each in entries)

    assert outline(index.entries) == "Ice() Trade(Grain(Barley() Wheat()))"
