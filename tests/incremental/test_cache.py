"""The cache is never believed and never fatal."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from backfile.incremental.cache import Cache


def filled(file: Path, version: bytes = b"1") -> Cache:
    cache = Cache(file, version)
    cache.put("body", [("a.md", b"one"), ("b.md", b"two")])
    cache.commit()
    return cache


def test_what_was_committed_is_there_for_the_next_build(tmp_path: Path) -> None:
    filled(tmp_path / "cache").close()
    cache = Cache(tmp_path / "cache", b"1")
    assert (cache.all("body"), cache.get("body", "a.md"), cache.problem) == (
        {"a.md": b"one", "b.md": b"two"},
        b"one",
        "",
    )


def test_what_was_not_committed_is_forgotten(tmp_path: Path) -> None:
    cache = filled(tmp_path / "cache")
    cache.put("body", [("a.md", b"other")])
    cache.drop("body", ["b.md"])
    cache.close()
    assert Cache(tmp_path / "cache", b"1").all("body") == {"a.md": b"one", "b.md": b"two"}


def test_another_version_begins_anew(tmp_path: Path) -> None:
    filled(tmp_path / "cache").close()
    assert Cache(tmp_path / "cache", b"2").all("body") == {}


def test_a_row_that_fails_its_checksum_is_not_there(tmp_path: Path) -> None:
    filled(tmp_path / "cache").close()
    base = sqlite3.connect(tmp_path / "cache")
    base.execute("update body set value = x'00' where name = 'a.md'")
    base.commit()
    base.close()
    assert Cache(tmp_path / "cache", b"1").all("body") == {"b.md": b"two"}


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def garble(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 3 :: 7] = b"\0" * len(data[len(data) // 3 :: 7])
    file.write_bytes(data)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def other(file: Path) -> None:
    file.write_bytes(b"This is no database." * 500)


@pytest.mark.parametrize("harm", [cut, garble, empty, other])
def test_a_file_that_came_to_harm_is_begun_anew_or_gives_only_what_is_right(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    filled(tmp_path / "cache").close()
    harm(tmp_path / "cache")
    cache = Cache(tmp_path / "cache", b"1")
    assert cache.all("body").items() <= {"a.md": b"one", "b.md": b"two"}.items()
    cache.put("body", [("c.md", b"three")])
    cache.commit()
    assert cache.get("body", "c.md") in {b"three", None}


def test_one_that_is_not_believed_begins_anew(tmp_path: Path) -> None:
    filled(tmp_path / "cache").close()
    assert Cache(tmp_path / "cache", b"1", is_believed=False).all("body") == {}


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no worker is forked here")
def test_a_worker_that_meets_with_an_error_does_its_parent_no_harm(tmp_path: Path) -> None:
    cache = filled(tmp_path / "cache")
    rows = [(f"{number}.md", bytes(1000)) for number in range(10_000)]  # more than SQLite holds back from the disk
    cache.put("body", rows)

    def work() -> None:
        cache.get("body", "a.md")
        cache._fail(sqlite3.OperationalError("disk I/O error"))  # the error cannot be had at will
        assert cache.get("body", "a.md") is None

    worker = multiprocessing.get_context("fork").Process(target=work)
    worker.start()
    worker.join()
    assert worker.exitcode == 0
    cache.commit()
    assert (cache.problem, len(cache.all("body"))) == ("", 10_002)
    cache.close()
    base = sqlite3.connect(tmp_path / "cache")
    assert base.execute("pragma integrity_check").fetchone() == ("ok",)
    base.close()


def test_where_no_file_can_be_the_build_goes_on_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()  # a folder stands in its place; permissions do not hold root back
    cache = Cache(tmp_path / "cache", b"1")
    cache.put("body", [("a.md", b"one")])
    cache.commit()
    assert cache.get("body", "a.md") is None
    assert "the build goes on without its cache" in cache.problem
