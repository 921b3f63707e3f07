from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backfile.ingest.__main__ import main
from tests.ingest.cases import INGEST

DOCUMENTS = INGEST / "documents"
TEXT = "Порт відкрили\n\nПорт відкрили в п'ятницю після дев'яти місяців робіт.\n"


def command(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONPATH": "plugins"}
    return subprocess.run(
        [sys.executable, "-m", "backfile.ingest", *map(str, arguments)],
        input=given,
        capture_output=True,
        encoding="utf-8",
        env=environment,
        cwd=Path(__file__).parents[2],
        check=False,
    )


def test_a_file_becomes_a_list_of_items_whatever_the_locale() -> None:
    done = command(DOCUMENTS / "uk.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == json.loads((DOCUMENTS / "uk.json").read_text(encoding="utf-8"))


def test_standard_input_becomes_a_list_of_items() -> None:
    done = command("-", given=TEXT)
    assert (done.returncode, done.stderr) == (0, "")
    assert [item["title"] for item in json.loads(done.stdout)] == ["Порт відкрили"]


def test_rows_become_rows_and_bad_ones_say_why() -> None:
    rows = [
        {"id": 1, "text": TEXT},
        {"id": "b", "bytes": base64.b64encode(TEXT.encode("cp1251")).decode(), "name": "2025-03-14.txt"},
        {"id": 3, "html": "<p>x</p>", "url": "https://q.example/"},
        {"id": 4, "bytes": "%%%"},
        {"id": 5},
        {"id": 6, "text": "\ud800"},
    ]
    given = "\n".join([*map(json.dumps, rows), "no json", "[]", ""])
    done = command("--jsonl", given=given)
    assert done.returncode == 0
    first, second, *bad = map(json.loads, done.stdout.splitlines())
    assert (first["id"], first["title"], first["lang"], first["items"]) == (1, "Порт відкрили", "uk", 1)
    assert (second["id"], second["title"], second["date"], second["date_basis"]) == (
        "b",
        "Порт відкрили",
        "2025-03-14",
        "filename",
    )
    assert [row["id"] for row in bad] == [3, 4, 5, 6, None, None]
    assert all(row["error"] for row in bad)


@pytest.mark.parametrize(
    ("name", "data"),
    [("empty.txt", b""), ("binary.txt", b"\x00\xff" * 50), ("broken.md", b"---\na: [\n---\nx")],
    ids=str,
)
def test_a_bad_file_gives_one_line_and_status_1(
    tmp_path: Path, name: str, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert main([str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{name}:")
    assert err.count("\n") == 1


def test_a_missing_file_gives_one_line(tmp_path: Path) -> None:
    done = command(tmp_path / "none.txt")
    assert done.returncode == 1
    assert done.stderr.startswith("none.txt: can't be read")
