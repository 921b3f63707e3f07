"""The rules of robots.txt as RFC 9309 has them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.ingest.fetch.robots import MAX_BYTES, Rules, read_rules

SITE = "https://news.example"


def rules(text: str) -> Rules:
    found = read_rules(200, text.encode())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "path", "is_allowed"),
    [
        ("", "/a", True),
        ("<html><p>Page not found</p></html>", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("user-agent: BACKFILE\ndisallow: /a", "/a/b", False),
        ("User-agent: Backfile/1.0\nDisallow: /a", "/a", False),
        ("User-agent: Back\nDisallow: /", "/a", True),
        ("User-agent: Backfiles\nDisallow: /", "/a", True),
        ("User-agent: Otherbot\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\nUser-agent: Backfile\nDisallow: /b", "/a", True),
        ("User-agent: Backfile\nUser-agent: Otherbot\nDisallow: /a", "/a", False),
        (
            "User-agent: Backfile\nDisallow: /b\n\nUser-agent: x\nAllow: /\n\nUser-agent: backfile\nDisallow: /a",
            "/a",
            False,
        ),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/a.pdf?b", True),
        ("User-agent: *\nDisallow: /*/private/", "/x/y/private/z", False),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: *\nDisallow: /порт", "/%D0%BF%D0%BE%D1%80%D1%82", False),
        ("User-agent: * # all\nDisallow: /a # this", "/a", False),
        ("\ufeffUser-agent: *\r\nDisallow: /a", "/a", False),
        ("User-agent: *\rDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a\n\nDisallow: /b", "/b", False),
        ("Disallow: /", "/a", True),
    ],
)
def test_what_rules_allow(text: str, path: str, is_allowed: bool) -> None:
    assert rules(text).allow(f"{SITE}{path}") == is_allowed


@pytest.mark.parametrize(("status", "is_known"), [(404, True), (410, True), (401, True), (500, False), (304, False)])
def test_rules_that_are_not_there_allow_all_and_those_that_can_t_be_had_are_unknown(
    status: int, is_known: bool
) -> None:
    found = read_rules(status, b"User-agent: *\nDisallow: /")
    assert (found is not None) == is_known
    assert found is None or found.allow(f"{SITE}/a")


@given(st.binary())
def test_any_bytes_are_rules(data: bytes) -> None:
    found = read_rules(200, b"User-agent: *\n" + data)
    assert found is not None
    assert found.allow(f"{SITE}/a") in (True, False)
    assert 0 <= found.pause <= 60


def test_what_lies_beyond_the_limit_is_not_read() -> None:
    filler = "# nothing\n" * (MAX_BYTES // 10)
    assert not rules(f"User-agent: *\n{filler[:-100]}Disallow: /a").allow(f"{SITE}/a")
    assert rules(f"User-agent: *\n{filler}Disallow: /a").allow(f"{SITE}/a")


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("User-agent: *\nCrawl-delay: 7", 7.0),
        ("User-agent: *\nCrawl-delay: 86400", 60.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        ("User-agent: *\nCrawl-delay: 9\nUser-agent: Backfile\nCrawl-delay: 2.5", 2.5),
    ],
)
def test_the_pause_that_is_asked_for(text: str, pause: float) -> None:
    assert rules(text).pause == pause


@pytest.mark.parametrize("form", ["User-agent: bot{}", "useragent bot{}", "User  agent: bot{}", "user-agent : bot{}"])
def test_a_great_many_agents_with_a_great_many_rules_take_no_time(form: str) -> None:
    lines = [form.format(number) for number in range(12_000)] + [f"Disallow: /{number}" for number in range(16_000)]
    started = time.process_time()
    assert rules("\n".join(lines)).allow(f"{SITE}/a")
    assert time.process_time() - started < 3
