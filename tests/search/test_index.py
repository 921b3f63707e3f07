from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from backfile.search import program
from backfile.search.index import SearchIndexError, build_index, indexing, read_extract
from backfile.search.program import at_once
from tests.building import files_of

from .archive import articles, build


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("site"))


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_article_and_nothing_else_is_in_the_catalogue(site: Path) -> None:
    catalogue = json.loads((site / "pagefind/catalogue.json").read_bytes())
    assert [name for name, *_ in catalogue["shards"]] == ["2025", "2024", "2023"]
    assert sum(count for *_, count in catalogue["shards"]) == len(articles())
    assert [value for value, *_ in catalogue["topic"]] == ["Drones", "Railways", "Sanctions"]
    assert [(value, count) for value, count, *_ in catalogue["kind"]] == [("article", 32), ("brief", 2)]


def test_nothing_idle_is_published_and_the_program_once(site: Path) -> None:
    program = {name for name in names_in(site / "pagefind") if not name.endswith(".pf_meta")}
    assert program == {
        "2023",
        "2024",
        "2025",
        "catalogue.json",
        "index",
        "pagefind-entry.json",
        "pagefind-worker.js",
        "pagefind.js",
        "wasm.en.pagefind",
    }
    shard = {name for name in names_in(site / "pagefind/2025") if not name.endswith(".pf_meta")}
    assert shard == {"articles.json", "fragment", "index", "pagefind-entry.json"}


def test_two_runs_are_the_same_bytes(site: Path, tmp_path: Path) -> None:
    other = shutil.copytree(site, tmp_path / "elsewhere")
    build_index(other)
    assert files_of(site / "pagefind") == files_of(other / "pagefind")


def test_an_old_bundle_leaves_nothing_behind(site: Path) -> None:
    before = files_of(site / "pagefind")
    (site / "pagefind/2025/fragment/en_0000000.pf_fragment").write_bytes(b"old")
    build_index(site)
    assert files_of(site / "pagefind") == before


def test_an_archive_without_articles_has_an_empty_bundle(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><p>Nothing yet", encoding="utf-8")
    assert build_index(tmp_path) == 0
    assert names_in(tmp_path / "pagefind") == {"catalogue.json"}


def test_the_environment_and_files_nearby_change_nothing(
    site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pagefind.toml").write_text('site = "nowhere"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "ru")
    build_index(site)
    assert (site / "pagefind/wasm.en.pagefind").exists()


def test_a_page_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    page = tmp_path / "2025/03/14/x/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<html><div data-pagefind-body>", encoding="utf-8")
    with pytest.raises(SearchIndexError, match=re.escape(str(page))):
        build_index(tmp_path)


def test_a_page_without_words_is_left_out(tmp_path: Path) -> None:
    for year, text in (("2025", "<h1>…</h1>"), ("2024", "<h1>Text</h1>")):
        page = tmp_path / f"{year}/03/14/x/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<html><div data-pagefind-body>{text}</div>", encoding="utf-8")
    assert build_index(tmp_path) == 1
    assert not (tmp_path / "pagefind/2025").exists()


def test_a_failure_of_the_program_says_why(site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\necho 'the disk is full' >&2\nexit 3\n", encoding="ascii")
    broken.chmod(0o755)
    monkeypatch.setattr(program, "get_executable", lambda: broken)
    with pytest.raises(SearchIndexError, match="the disk is full"):
        build_index(site)


def test_a_missing_program_is_said_with_its_mend(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Path:
        raise FileNotFoundError("pagefind_extended")

    monkeypatch.setattr(program, "get_executable", missing)
    with pytest.raises(SearchIndexError, match=r"pagefind\[extended\]"):
        build_index(site)


@pytest.mark.parametrize("ending", ["", "0"], ids=["as it is named now", "as when it shared its first digits"])
def test_fragments_of_an_earlier_run_are_taken_over(site: Path, tmp_path: Path, ending: str) -> None:
    paths = [path.relative_to(site).as_posix() for path in site.glob("2024/*/*/*/index.html")]
    pages = {path: text for path in paths if (text := read_extract(site / path))}
    first = at_once(indexing(pages, tmp_path / "first", tmp_path))
    assert first
    path, name = max(first.fragments.items())
    known = tmp_path / name.replace(".", f"{ending}.")
    known.hardlink_to(tmp_path / "first/fragment" / name)
    again = at_once(indexing(pages, tmp_path / "again", tmp_path, {path: known}))
    assert again == first
    assert files_of(tmp_path / "again") == files_of(tmp_path / "first")
    is_kept = (tmp_path / "again/fragment" / name).samefile(known)
    assert is_kept is not bool(ending)
