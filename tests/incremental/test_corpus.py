"""What a build knows of ``content/`` from the one before."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path
from random import Random

import pytest

from backfile.content import ContentReader
from backfile.incremental import shelf
from backfile.incremental.cache import Cache
from backfile.incremental.corpus import read_corpus

TEXT = "---\ntitle: Tide {}\ndate: 2025-03-14\n---\n\nHigh water stood at {} feet.\n"


def test_only_what_has_changed_is_read_whatever_comes_and_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "PART", 3)
    (tmp_path / "articles").mkdir()
    chance = Random(1)  # noqa: S311  # repeatable, not secret
    feet: dict[str, int] = {}
    for _ in range(12):
        gone = chance.sample(sorted(feet), len(feet) // 3)
        written = [f"articles/{chance.randrange(60):02}.md" for _ in range(chance.randrange(9))]
        for path in gone:
            del feet[path]
        before = dict(feet)
        for path in written:
            feet[path] = chance.randrange(10**6)
            (tmp_path / path).write_text(TEXT.format(path[9:11], feet[path]), encoding="utf-8")
        marks = {path: str(number) for path, number in sorted(feet.items())}
        found = read_corpus(ContentReader(tmp_path), marks, Cache(tmp_path / "cache", b""), "en")
        assert found.read == sum(before.get(path) != number for path, number in feet.items())
        articles = found.examined.articles
        for name in shelf.OF_ARTICLE:
            assert list(articles.column(name)) == [attrgetter(name)(each) for each in articles.values()]
        told = {each.path: each.body.text for each in articles.values()}
        assert told == {path: f"High water stood at {number} feet." for path, number in marks.items()}


def test_workers_are_not_kept_out_of_the_cache_by_what_has_been_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "articles").mkdir()
    marks = {f"articles/{number:02}.md": "1" for number in range(30)}
    for path in marks:
        (tmp_path / path).write_text(TEXT.format(path, "many, many " * 8_000), encoding="utf-8")
    file, put = tmp_path / "cache", Cache.put

    def put_and_read(cache: Cache, table: str, rows: Iterable[tuple[str, bytes]]) -> None:
        put(cache, table, rows)
        if table == "body":
            with contextlib.closing(sqlite3.connect(file, timeout=0)) as worker:
                worker.execute("select count(*) from rest").fetchone()  # fails when it is kept out

    monkeypatch.setattr(Cache, "put", put_and_read)
    assert read_corpus(ContentReader(tmp_path), marks, Cache(file, b""), "en").read == len(marks)
