"""The catalogue of an archive: front matter is read once, texts when they are asked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backfile import frontmatter
from backfile.ingest.changes import inventory
from backfile.ingest.changes.inventory import read_catalogue
from backfile.ingest.changes.likeness import triples
from backfile.model import Kind

TEXT = "The port opened on Friday after nine months of work, said the clerk of the council."


def write(content: Path, name: str, title: str = "Port", text: str = TEXT) -> Path:
    path = content / "articles" / "2025" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(frontmatter.dump({"title": title, "date": "2025-03-14", "slug": name}, text), encoding="utf-8")
    return path


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(inventory, "_FEW", 0)
    for name in ("a", "b"):
        write(tmp_path / "content", name)
    return tmp_path / "content"


def test_what_has_not_changed_is_not_read_again(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_catalogue(content, cache=tmp_path / "cache").cards
    changed = write(content, "b", "Harbour opens")
    os.utime(changed, ns=(1, 1))
    asked: list[str] = []
    parse = frontmatter.parse

    def noted(text: str, path: str) -> tuple[frontmatter.FrontMatter, str]:
        asked.append(path)
        return parse(text, path)

    monkeypatch.setattr(frontmatter, "parse", noted)
    after = read_catalogue(content, cache=tmp_path / "cache").cards
    assert asked == ["articles/2025/b.md"]
    assert before["articles/2025/a.md"] == after["articles/2025/a.md"]
    assert after["articles/2025/b.md"].title == "Harbour opens"


@pytest.mark.parametrize("damage", ["{", "[]", '{"version": 1}', '{"articles": {"articles/2025/a.md": [1]}}'])
def test_a_damaged_copy_is_no_copy(content: Path, tmp_path: Path, damage: str) -> None:
    expected = read_catalogue(content, cache=tmp_path / "cache").cards
    (tmp_path / "cache/import/articles.json").write_text(damage, encoding="utf-8")
    assert read_catalogue(content, cache=tmp_path / "cache").cards == expected


def test_without_a_cache_nothing_is_written(content: Path, tmp_path: Path) -> None:
    read_catalogue(content)
    assert [path.name for path in tmp_path.iterdir()] == ["content"]


def test_texts_are_read_only_for_the_title_and_the_day_that_are_asked_for(content: Path) -> None:
    write(content, "c", "Snow falls")
    catalogue = read_catalogue(content)
    asked: list[str] = []
    read = catalogue.read

    def noted(path: str) -> str:
        asked.append(path)
        return read(path)

    catalogue.read = noted
    assert [card.path for card in catalogue.copies(Kind.ARTICLE, "Snow falls", TEXT, None)] == ["articles/2025/c.md"]
    assert asked == ["articles/2025/c.md"]
    (day,) = {card.day for card in catalogue.cards.values()}
    assert len(catalogue.alike(triples(TEXT), day)) == 3
    assert sorted(asked) == [f"articles/2025/{name}.md" for name in "abc"]


def test_an_article_that_changes_is_found_by_what_it_is_now_and_by_nothing_else(content: Path) -> None:
    catalogue = read_catalogue(content)
    (card,) = (card for card in catalogue.copies(Kind.ARTICLE, "Port", TEXT, None) if card.path.endswith("a.md"))
    held = catalogue.held(card)
    assert held is not None
    write(content, "a", "Port", "The port stays shut until the autumn, said the clerk of the council.")
    fresh = catalogue.held(card)
    assert fresh is not None
    catalogue.add(fresh)
    assert [card.path for card in catalogue.copies(Kind.ARTICLE, "Port", TEXT, None)] == ["articles/2025/b.md"]
    assert len(catalogue.copies(Kind.ARTICLE, "Port", fresh.body, None)) == 1
