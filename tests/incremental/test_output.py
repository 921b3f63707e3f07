"""What stands in the output as the last build left it, looked at here or in a process of its own."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from backfile.incremental import site
from backfile.incremental.beside import beside
from backfile.incremental.cache import Cache
from backfile.incremental.site import Made, Output


@pytest.mark.parametrize("many", [0, 9], ids=["beside", "here"])
def test_files_have_their_keys_until_somebody_touches_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(site, "_MANY", many)
    keys = {path: path.encode() for path in ("2025/a", "2025/b", "c", "d")}
    (tmp_path / "2025").mkdir()
    for path in keys:
        (tmp_path / path).write_text("as it was left", encoding="utf-8")
    cache = Cache(tmp_path / "cache", b"")
    Output(tmp_path, cache).remember(Made(keys, frozenset()))
    (tmp_path / "2025/b").write_text("by hand", encoding="utf-8")
    (tmp_path / "d").unlink()
    output = Output(tmp_path, cache)
    output.look()
    assert {path: output.key(path) for path in keys} == {**keys, "2025/b": b"", "d": b""}
    assert output.keys(["2025/a", "c"]) == {"2025/a": b"2025/a", "c": b"c"}
    assert output.keys(["2025/a", "2025/b"]) is None


def test_what_a_process_could_not_tell_is_found_here() -> None:
    here = os.getpid()

    def work() -> list[str]:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return ["found"]

    assert beside(work)() == ["found"]
