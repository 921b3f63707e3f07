from __future__ import annotations

from pathlib import Path

import pytest

from backfile.check import check_site
from backfile.check.limits import MAX_FILE, MAX_FILES, MAX_SIZE, limits


def many(number: int) -> dict[str, int]:
    return {f"{2000 + item % 4}/{item}/index.html": 1 for item in range(number - 1)} | {"index.html": 1}


def large(total: int) -> dict[str, int]:
    return {f"images/{item}.jpg": total // 100 for item in range(100)}


def told(sizes: dict[str, int]) -> list[str]:
    return [finding.code for finding in limits(sizes)]


@pytest.mark.parametrize(
    ("sizes", "codes"),
    [
        pytest.param(many(MAX_FILES * 9 // 10 - 1), [], id="few enough"),
        pytest.param(many(MAX_FILES * 9 // 10), ["B215"], id="many files"),
        pytest.param(large(MAX_SIZE * 9 // 10 - 100), [], id="small enough"),
        pytest.param(large(MAX_SIZE * 9 // 10), ["B216"], id="a large site"),
        pytest.param({"data/titles.js": MAX_FILE * 9 // 10 - 1}, [], id="a file that is small enough"),
        pytest.param({"data/titles.js": MAX_FILE * 9 // 10}, ["B217"], id="a large file"),
    ],
)
def test_a_limit_is_told_from_nine_tenths_on(sizes: dict[str, int], codes: list[str]) -> None:
    assert told(sizes) == codes


def test_a_finding_says_how_much_of_what_where_and_what_to_do() -> None:
    (finding,) = limits(many(20_001))
    assert finding.severity == "warning"
    assert str(finding) == (
        "the whole site: This has 20,001 files (5,000 in 2000/, 5,000 in 2001/, 5,000 in 2002/); Cloudflare Pages"
        " takes 20,000 on its free plan. Publish it by rclone to a host of another kind, or take a plan for more."
        " [B215]"
    )


def test_a_place_for_rclone_has_no_such_limits(tmp_path: Path) -> None:
    file = tmp_path / "large.bin"
    with file.open("wb") as hole:
        hole.truncate(MAX_FILE)
    assert [finding.code for finding in check_site(tmp_path)] == ["B217"]
    assert check_site(tmp_path, host="myhost:archive") == ()
