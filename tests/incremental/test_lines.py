"""Of a file of lines, those that have changed are made again and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from backfile.incremental.build import make_all
from backfile.incremental.cache import Cache
from backfile.incremental.lines import Lines
from backfile.incremental.site import Made, Output
from backfile.pages import FilePlan, LinesPlan, Site

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


class NoTemplates:
    """What renders no page."""

    def prepare(self, names: Iterable[str]) -> None:
        """Make ready for none."""

    def hash(self, name: str) -> bytes:
        """Fail."""
        raise KeyError(name)

    def render(self, name: str, page: object, site: Site) -> str:
        """Fail."""
        raise KeyError(name, page, site)


def test_nothing_is_remembered_while_others_may_read(tmp_path: Path) -> None:
    """A long row keeps readers out of the cache until it is committed; workers would take that for harm."""
    cache = Cache(tmp_path / "cache", b"")
    lines = Lines(Output(tmp_path / "output", cache), cache)
    note = f"lines {FILE}"
    plans = (
        LinesPlan(FILE, (), b"{", b"}", lambda: [(b"one", lambda: b"one")]),
        FilePlan("after.txt", (), lambda: b"too late" if cache.get("note", note) else b"in time"),
    )
    site = Site("Archive", "", "en", "", searchable=False)
    assert len(list(make_all(NoTemplates(), site, tmp_path, lines, cache, plans, {FILE: b"key"}))) == len(plans)
    assert (tmp_path / "after.txt").read_bytes() == b"in time"
    assert cache.get("note", note)


def test_an_empty_file_has_no_lines(build: Build) -> None:
    assert build() == []
    assert build("one") == ["one"]


def test_a_file_that_somebody_touched_is_made_whole(build: Build, tmp_path: Path) -> None:
    build("one", "two")
    (tmp_path / "output" / FILE).write_bytes(b"{one,\nTWO!}")
    assert build("one", "two") == ["one", "two"]
