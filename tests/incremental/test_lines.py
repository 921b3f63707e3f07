"""Of a file of lines, those that have changed are made again and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from backfile.incremental.cache import Cache
from backfile.incremental.lines import Lines
from backfile.incremental.site import Made, Output
from backfile.pages import LinesPlan

FILE = "data/stories.json"
Build = Callable[..., list[str]]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Put a file of lines into the output, going on from the last build; return the lines that were made."""
    cache, root = Cache(tmp_path / "cache", b""), tmp_path / "output"
    (root / "data").mkdir(parents=True)

    def build(*lines: str, head: str = "{") -> list[str]:
        made: list[str] = []

        def make(line: str) -> bytes:
            made.append(line)
            return line.encode()

        def parts() -> Iterator[tuple[bytes, Callable[[], bytes]]]:
            return ((line.encode(), partial(make, line)) for line in lines)

        output, key = Output(root, cache), f"{head}{lines}".encode()
        own = Lines(output, cache)
        data, found = own.make(LinesPlan(FILE, lines, head.encode(), b"}", parts))
        assert data.decode() == head + ",\n".join(lines) + "}"
        (root / FILE).write_bytes(data)
        own.remember(found, key)
        output.remember(Made({FILE: key}, frozenset()))
        return made

    return build


def test_a_line_is_made_once(build: Build) -> None:
    assert build("one", "two") == ["one", "two"]
    assert build("two", "new", "one", head='{"years": 2, ') == ["new"]
    assert build("two") == []


def test_an_empty_file_has_no_lines(build: Build) -> None:
    assert build() == []
    assert build("one") == ["one"]


def test_a_file_that_somebody_touched_is_made_whole(build: Build, tmp_path: Path) -> None:
    build("one", "two")
    (tmp_path / "output" / FILE).write_bytes(b"{one,\nTWO!}")
    assert build("one", "two") == ["one", "two"]
