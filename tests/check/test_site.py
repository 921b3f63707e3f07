from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cases import Case, read_cases

from backfile.check import check_site, site
from backfile.check.codes import CODES, MAX_PAGE

ABOUT = """
<html lang="en"><title>About</title><link rel="canonical" href="https://archive.example/about/">
<body><h2 id="team">Team</h2></body></html>
"""
FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><title>t</title><updated>u</updated>
<entry><id>1</id><title>t</title><updated>u</updated></entry></feed>"""
RIGHT = '<html lang="en"><title>T</title><p>words'


@pytest.fixture
def output(tmp_path: Path) -> Path:
    write(tmp_path, "about/index.html", ABOUT)
    write(tmp_path, "feeds/all.atom", FEED)
    write(tmp_path, "theme/style.css", "body { background: url(../file.txt) } @import 'other.css'; a { b: url(#x) }")
    write(tmp_path, "theme/other.css", "")
    write(tmp_path, "file.txt", "")
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def check(output: Path) -> list[str]:
    return [str(finding) for finding in check_site(output, "https://archive.example")]


@pytest.mark.parametrize("case", read_cases("check.txt"), ids=lambda case: case.title)
def test_findings(output: Path, case: Case) -> None:
    write(output, "index.html", case.given)
    assert check(output) == case.expected.strip().splitlines()


def test_the_404_page_may_link_from_the_host_s_root(output: Path) -> None:
    write(output, "404.html", RIGHT + '<a href="/archive/about/">About</a>')
    assert check(output) == []


def test_a_fault_of_many_pages_is_one_finding(output: Path) -> None:
    for name in "abc":
        write(output, f"{name}/index.html", RIGHT + '<a href="../gone/">Gone</a>')
    (finding,) = check(output)
    assert finding.startswith("a/index.html: This page links to “gone/”, which isn't there (and so do 2 other pages).")


def test_many_pages_are_read_by_many_processes_with_the_same_result(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        write(output, f"{number}/index.html", RIGHT + '<a href="/">Front</a><a href="../gone/">Gone</a>')
    alone = check(output)
    monkeypatch.setattr(site, "MANY", 1)
    assert check(output) == alone


def test_a_large_page_is_a_warning(output: Path) -> None:
    write(output, "index.html", RIGHT + " words" * (MAX_PAGE // 6))
    (finding,) = check_site(output)
    assert (finding.code, finding.severity) == ("B213", "warning")


def test_a_page_in_another_encoding(output: Path) -> None:
    (output / "index.html").write_bytes("<html><p>слово".encode("cp1251"))
    assert [finding.code for finding in check_site(output)] == ["B214"]


@pytest.mark.parametrize(
    ("feed", "fault"),
    [
        (FEED.replace("</entry>", ""), "This is no well-formed XML"),
        (FEED.replace("<entry><id>1</id>", "<entry>"), "The entry has no id"),
        (FEED.replace("<updated>u</updated>", "", 1), "The feed has no updated"),
        (
            FEED.replace("</feed>", "<entry><id>1</id><title>t</title><updated>u</updated></entry></feed>"),
            "Two entries",
        ),
    ],
)
def test_a_feed_that_is_none(output: Path, feed: str, fault: str) -> None:
    write(output, "feeds/all.atom", feed)
    (finding,) = check(output)
    assert finding.startswith(f"feeds/all.atom: {fault}")


def test_a_style_sheet_that_asks_elsewhere(output: Path) -> None:
    write(output, "theme/style.css", "@font-face { src: url(https://fonts.example/a.woff2) } a { b: url(none.png) }")
    assert [finding[:60] for finding in check(output)] == [
        "theme/style.css: This page links to “theme/none.png”, which ",
        "theme/style.css: This page asks fonts.example for something ",
    ]


def test_every_code_stands_in_the_documentation() -> None:
    table = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (B2\d\d) \| (\w+) \| (.+?) \| (.+?) \|$", table, re.MULTILINE)
    assert rows == [(code, *entry) for code, entry in CODES.items()]
