"""Of the search index, what has changed is made again and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from backfile.incremental import index
from backfile.incremental.account import Account
from backfile.incremental.cache import Cache
from backfile.incremental.index import Index
from backfile.incremental.site import Made, Output
from backfile.marks import mark_of
from backfile.publish.staging import Stage
from backfile.search import index as whole
from backfile.search.index import Indexed, build_index, index_program, indexing
from backfile.search.shards import shards
from tests.building import files_of

Pages = dict[str, str]

PAGES = {
    "2024/05/01/ferry/index.html": "The ferry leaves at noon",
    "2025/03/14/bridge/index.html": "A bridge that hums",
    "2025/03/15/mill/index.html": "The old mill burns",
}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The shards that are made, in alphabetical order once a build is done; the program goes by that name."""
    names: list[str] = []

    def shard(*given: Any) -> Generator[None, None, Indexed | None]:
        names.append(given[1].name)
        return indexing(*given)

    def program(target: Path, work: Path) -> None:
        names.append("program")
        index_program(target, work)

    monkeypatch.setattr(index, "indexing", shard)
    monkeypatch.setattr(index, "index_program", program)
    return names


@pytest.fixture
def build(tmp_path: Path, made: list[str]) -> Callable[..., list[str]]:
    """Build a site of pages into ``output``, going on from the last build; return what was made of its index."""
    cache = Cache(tmp_path / "cache", b"")

    def build(pages: Pages, margin: str = "", early: Pages | None = None) -> list[str]:
        made.clear()
        with Stage.open(tmp_path / "output") as stage:
            for path, text in pages.items():
                file = stage.path / path
                file.parent.mkdir(parents=True)
                marked = f"<html><div data-pagefind-body><h1>{text}</h1></div>" if text else "<html>"
                file.write_text(f"{marked}<aside>{margin}</aside>", encoding="utf-8")
            sites = [
                Made({path: mark_of(text, margin) for path, text in each.items()}, frozenset())
                for each in (early or pages, pages)
            ]
            output = Output(stage.output, cache)
            with Index(stage.path, output, cache, Account()) as index:
                index.begin(sites[0])
                site = index.end(sites[1])
            stage.commit(site.kept)
            output.remember(site)
        return sorted(made)

    return build


def found(output: Path) -> dict[str, int]:
    shards = json.loads((output / "pagefind/catalogue.json").read_bytes())["shards"]
    return {name: count for name, _, _, count in shards}


def test_a_first_build_makes_all(build: Callable[..., list[str]], tmp_path: Path) -> None:
    assert build(PAGES) == ["2024", "2025", "program"]
    assert found(tmp_path / "output") == {"2025": 2, "2024": 1}


def test_an_index_that_was_begun_of_other_pages_is_begun_anew(build: Callable[..., list[str]], tmp_path: Path) -> None:
    build(PAGES, early={path: text for path, text in PAGES.items() if path.startswith("2025")})
    assert found(tmp_path / "output") == {"2025": 2, "2024": 1}


def test_what_is_not_searched_changes_nothing(build: Callable[..., list[str]], tmp_path: Path) -> None:
    build(PAGES)
    before = files_of(tmp_path / "output/pagefind")
    assert build(PAGES, margin="Also told elsewhere") == []
    assert build(PAGES, margin="Also told elsewhere") == []
    assert files_of(tmp_path / "output/pagefind") == before


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param({"2025/06/01/new/index.html": "A new pier"}, {"2025": 3, "2024": 1}, id="added"),
        pytest.param({"2025/03/14/bridge/index.html": "A bridge that sings"}, {"2025": 2, "2024": 1}, id="changed"),
        pytest.param({"2025/03/14/bridge/index.html": ""}, {"2025": 1, "2024": 1}, id="hidden"),
    ],
)
def test_one_edit_makes_one_shard(
    build: Callable[..., list[str]], tmp_path: Path, edit: Pages, expected: dict[str, int]
) -> None:
    build(PAGES)
    assert build({**PAGES, **edit}) == ["2025"]
    assert found(tmp_path / "output") == expected


def test_of_a_shard_that_is_made_again_fragments_of_pages_that_stay_do(
    build: Callable[..., list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(PAGES)
    known: dict[str, Path] = {}

    def shard(*given: Any) -> Generator[None, None, Indexed | None]:
        known.update(given[3])
        return indexing(*given)

    monkeypatch.setattr(index, "indexing", shard)
    for text in ("A bridge that sings", "A bridge that hums"):
        known.clear()
        build({**PAGES, "2025/03/14/bridge/index.html": text}, margin=text)
        assert list(known) == ["2025/03/15/mill/index.html"]
    assert all(file.parent == tmp_path / "output/pagefind/2025/fragment" for file in known.values())


def test_a_shard_without_articles_is_removed(build: Callable[..., list[str]], tmp_path: Path) -> None:
    build(PAGES)
    assert build({path: text for path, text in PAGES.items() if path.startswith("2025")}) == []
    assert not (tmp_path / "output/pagefind/2024").exists()
    build({})
    assert set(files_of(tmp_path / "output/pagefind")) == {"catalogue.json"}


@pytest.mark.parametrize(
    ("file", "expected"),
    [("2024/articles.json", ["2024"]), ("pagefind.js", ["program"]), ("catalogue.json", [])],
)
def test_what_was_touched_is_made_again(
    build: Callable[..., list[str]], tmp_path: Path, file: str, expected: list[str]
) -> None:
    build(PAGES)
    before = files_of(tmp_path / "output/pagefind")
    (tmp_path / "output/pagefind" / file).write_text("{}", encoding="ascii")
    assert build(PAGES) == expected
    assert files_of(tmp_path / "output/pagefind") == before


def test_after_any_changes_the_index_is_that_of_a_clean_build(
    build: Callable[..., list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (index, whole):  # shards so small that they are cut, and made one again
        monkeypatch.setattr(module, "shards", partial(shards, limit=3))
    chance = Random(3)  # noqa: S311  # repeatable, not secret
    pages: Pages = {}
    for turn in range(4):
        for _ in range(chance.randrange(1, 6)):
            days = f"{chance.randrange(2023, 2026)}/{chance.randrange(1, 13):02}/{chance.randrange(1, 29):02}"
            pages[f"{days}/quay-{chance.randrange(10**6)}/index.html"] = f"Quay {turn} {chance.randrange(9)}"
        for path in chance.sample(sorted(pages), 2 if turn else 0):
            pages[path] = chance.choice(["", "A quay that was mended", pages[path]])
        for path in chance.sample(sorted(pages), len(pages) // 4):
            del pages[path]
        build(pages, margin=str(turn % 2))
        clean = shutil.copytree(tmp_path / "output", tmp_path / "clean")
        build_index(clean)
        assert files_of(tmp_path / "output") == files_of(clean), turn
        shutil.rmtree(clean)
