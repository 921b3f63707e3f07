from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from backfile.search import index
from backfile.search.index import SearchIndexError, build_index

from .archive import articles, build


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("site"))


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_article_and_nothing_else_is_in_the_table(site: Path) -> None:
    table = json.loads((site / "pagefind/articles.json").read_bytes())
    assert len(table["articles"]) == len(articles())
    assert table["topic"] == ["Drones", "Railways", "Sanctions"]
    assert table["kind"] == ["article", "brief"]


def test_nothing_idle_is_published(site: Path) -> None:
    kinds = {name for name in names_in(site / "pagefind") if not name.endswith(".pf_meta")}
    assert kinds == {
        "articles.json",
        "filter",
        "fragment",
        "index",
        "pagefind-entry.json",
        "pagefind-worker.js",
        "pagefind.js",
        "wasm.en.pagefind",
    }


def test_two_runs_differ_only_where_pagefind_does(site: Path, tmp_path: Path) -> None:
    other = shutil.copytree(site, tmp_path / "elsewhere")
    build_index(other)

    def steady(folder: Path) -> dict[str, bytes]:
        files = (path for path in (folder / "pagefind").rglob("*") if path.is_file())
        varying = ("pagefind-entry.json", ".pf_meta", ".pf_filter")
        return {
            path.relative_to(folder).as_posix(): path.read_bytes() for path in files if not path.name.endswith(varying)
        }

    assert steady(site) == steady(other)


def test_an_old_bundle_leaves_nothing_behind(site: Path) -> None:
    files = build_index(site).files
    (site / "pagefind/fragment/en_0000000.pf_fragment").write_bytes(b"old")
    assert build_index(site).files == files


def test_an_archive_without_articles_has_an_empty_bundle(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><p>Nothing yet", encoding="utf-8")
    report = build_index(tmp_path)
    assert (report.articles, report.files) == (0, 1)
    assert names_in(tmp_path / "pagefind") == {"articles.json"}


def test_the_environment_and_files_nearby_change_nothing(
    site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pagefind.toml").write_text('site = "nowhere"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "ru")
    build_index(site)
    assert (site / "pagefind/wasm.en.pagefind").exists()


def test_a_failure_names_the_folder_and_says_why(tmp_path: Path) -> None:
    page = tmp_path / "2025/03/14/x/index.html"
    page.parent.mkdir(parents=True)
    page.write_bytes(b"")
    (tmp_path / "blocked").write_text("a file where a folder must be", encoding="utf-8")
    with pytest.raises(SearchIndexError, match=str(tmp_path)):
        build_index(tmp_path, "blocked/pagefind")


def test_a_missing_program_is_said_with_its_mend(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Path:
        raise FileNotFoundError("pagefind_extended")

    monkeypatch.setattr(index, "get_executable", missing)
    with pytest.raises(SearchIndexError, match=r"pagefind\[extended\]"):
        build_index(site)
