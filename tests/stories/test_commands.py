"""The command lines: what they print, and how they refuse."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest

from backfile.stories import rows
from backfile.stories.__main__ import answer

FERRY = "Паром Nordlys сів на мілину біля Скагена зі 140 людьми; буксири звільнили його опівдні."
ROWS = [
    {"id": "b", "title": "Паром на мілині", "text": FERRY, "date": "2024-11-20T08:15:00", "lang": "uk"},
    {"id": "a", "text": FERRY, "date": "2024-11-20", "source": {"name": "Пошта"}, "url": None},
    {"id": 7},
]


def run(module: str, text: bytes) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    return subprocess.run([sys.executable, "-m", module], input=text, capture_output=True, env=environment, check=False)


def test_stories() -> None:
    done = run("backfile.stories", "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode())
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(answer) == ["groups", "duplicates"]
    assert answer["groups"]["a"] == answer["groups"]["b"] != answer["groups"]["7"]
    assert answer["duplicates"]["a"] == answer["duplicates"]["b"]


def test_related() -> None:
    rows = [
        {"id": "1", "title": "Rutte: keep door ajar", "text": "The head of NATO spoke of talks.", "date": "2025-03-14"},
        {
            "id": "2",
            "title": "Aide blames NATO",
            "text": "An aide said that NATO stirs up unrest.",
            "date": "2025-03-14",
        },
    ]
    done = run("backfile.related", "\n".join(map(json.dumps, rows)).encode())
    answer = json.loads(done.stdout)
    (link,) = answer["1"]
    assert link[0] == "2"
    assert 0 < link[1] <= 1
    assert link[2] == ["shared names: NATO", "the same day"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "row 1: not JSON"),
        (b"[]", "row 1: not a JSON object"),
        (b"{}", "row 1: id is None"),
        (b'{"id": "a"}\n{"id": "a"}', "row 2: id 'a' stands in row 1 too"),
        (b'{"id": "a", "date": "soon"}', "row 1: date is 'soon'"),
        (b'{"id": "a", "text": 3}', "row 1: text is 3"),
    ],
)
def test_a_bad_row_is_named(
    line: bytes, said: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    assert rows.run(answer) == 1
    out, err = capsysbinary.readouterr()
    assert out == b""
    assert said in err.decode()
    assert err.count(b"\n") == 1


def test_bytes_that_are_no_utf_8_are_refused_with_status_1() -> None:
    done = run("backfile.stories", b'{"id": "\xff"}')
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"can't decode" in done.stderr


def test_nothing_in_nothing_out() -> None:
    assert json.loads(run("backfile.stories", b"").stdout) == {"groups": {}, "duplicates": {}}
