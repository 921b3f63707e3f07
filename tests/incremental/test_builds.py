"""Builds that go on from the last one: what they touch, what they survive, and beside whom they work."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.building import ARCHIVE, build, files_of, run_pelican
from tests.incremental.edits import project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that has been built; tests copy it."""
    home = project(tmp_path_factory.mktemp("built") / "project")
    long_ago = time.time() - 60
    for path in home.rglob("*"):
        os.utime(path, (long_ago, long_ago))
    build(home / "content", home / "output", SEARCH_INDEX=False)
    return home


def times(output: Path) -> dict[str, int]:
    return {path.relative_to(output).as_posix(): path.stat().st_mtime_ns for path in output.rglob("*.*")}


def touched(home: Path) -> set[str]:
    """Build again; return the files that were written or removed."""
    before = times(home / "output")
    build(home / "content", home / "output", SEARCH_INDEX=False)
    return {path for path, _ in before.items() ^ times(home / "output").items()}


def article(home: Path) -> Path:
    return home / "content/articles/2024/06/everything-that-a-text-may-hold.md"


def test_a_change_of_one_text_touches_its_page_and_the_feeds_alone(built: Path) -> None:
    path = article(built)
    path.write_text(f"{path.read_text(encoding='utf-8')}\nOne more sentence.\n", encoding="utf-8")
    changed = {path for path in touched(built) if not path.startswith("feeds/")}
    assert changed == {"2024/06/02/everything-that-a-text-may-hold/index.html"}
    assert touched(built) == set()


def test_a_file_of_the_output_that_came_to_harm_is_made_again(built: Path) -> None:
    page = built / "output/archive/index.html"
    before = page.read_bytes()
    page.write_bytes(b"")
    (built / "output/topics/index.html").unlink()
    assert {"archive/index.html", "topics/index.html"} <= touched(built)
    assert page.read_bytes() == before


def test_without_its_cache_a_build_touches_nothing(built: Path) -> None:
    shutil.rmtree(built / ".cache")
    assert touched(built) == set()


def test_a_cache_that_lost_what_it_says_it_has_is_begun_anew(built: Path) -> None:
    (cache,) = (built / ".cache").glob("*/cache.sqlite")
    base = sqlite3.connect(cache)
    base.execute("delete from related")
    base.commit()
    base.close()
    page = "2024/06/02/everything-that-a-text-may-hold/index.html"
    (built / "output" / page).unlink()  # so that its related texts are asked for
    assert touched(built) == {page}
    assert sqlite3.connect(cache).execute("select count(*) from related").fetchone() != (0,)


def test_a_cache_that_came_to_harm_costs_time_and_nothing_else(built: Path) -> None:
    (cache,) = (built / ".cache").glob("*/cache.sqlite")
    data = bytearray(cache.read_bytes())
    chance = Random(1)  # noqa: S311  # repeatable, not secret
    for _ in range(2000):
        data[chance.randrange(len(data))] = chance.randrange(256)
    cache.write_bytes(data)
    assert touched(built) == set()


def test_an_error_leaves_the_last_good_site_and_the_next_build_is_right(built: Path) -> None:
    path = article(built)
    good, before = path.read_text(encoding="utf-8"), files_of(built / "output")
    path.write_text(good.replace("title:", "titel:", 1), encoding="utf-8")
    done = run_pelican(built / "content", built / "output", SEARCH_INDEX=False)
    assert done.returncode != 0
    assert "everything-that-a-text-may-hold.md" in done.stderr + done.stdout
    assert files_of(built / "output") == before
    path.write_text(good, encoding="utf-8")
    assert touched(built) == set()


def test_beside_other_plugins_the_pages_are_the_same(tmp_path: Path) -> None:
    """Sitemap and neighbors are Pelican's own plugins, and read its article objects."""
    settings: dict[str, Any] = {"SEARCH_INDEX": False, "SITEURL": "https://coast.example"}
    alone = files_of(build(ARCHIVE, tmp_path / "alone/output", **settings))
    plugins = ["backfile.site", "sitemap", "neighbors"]
    beside = files_of(build(ARCHIVE, tmp_path / "beside/output", PLUGINS=plugins, **settings))
    sitemap = beside.pop("sitemap.xml").decode()
    assert "<loc>https://coast.example/2024/06/02/everything-that-a-text-may-hold/</loc>" in sitemap
    assert alone.pop("sitemap.xml")  # the plugin's takes the place of ours
    assert beside == alone


def test_of_two_builds_at_once_one_may_say_that_the_other_is_at_work(built: Path) -> None:
    path = article(built)
    path.write_text(f"{path.read_text(encoding='utf-8')}\nAnd one more.\n", encoding="utf-8")
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: run_pelican(built / "content", built / "output", SEARCH_INDEX=False), range(2)))
    assert 0 in {each.returncode for each in done}
    assert all(each.returncode == 0 or "is at work there" in each.stderr + each.stdout for each in done)
    assert touched(built) == set()


def test_templates_and_words_that_the_settings_add_are_seen_when_they_change(tmp_path: Path) -> None:
    override = tmp_path / "override/not_found.html"
    override.parent.mkdir()
    settings: dict[str, Any] = {"SEARCH_INDEX": False, "THEME_TEMPLATES_OVERRIDES": [str(override.parent)]}
    told = []
    for template, word in (("{{ word }}", "one"), ("{{ word }}", "two"), ("So {{ word }}", "two")):
        override.write_text(template, encoding="utf-8")
        long_ago = time.time() - 60
        os.utime(override, (long_ago, long_ago))
        output = build(ARCHIVE, tmp_path / "output", JINJA_GLOBALS={"word": word}, **settings)
        told.append((output / "404.html").read_text(encoding="utf-8"))
    assert told == ["one", "two", "So two"]
