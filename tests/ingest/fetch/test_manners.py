"""What a host asks of programs is kept to: robots.txt, pauses, being left alone, not being kept."""

from __future__ import annotations

import pytest

from tests.ingest.fetch.world import PAGE, URL, World, redirect, reply, trouble


def test_a_host_that_asks_to_be_left_alone_is(world: World) -> None:
    world.replies["news.example/a"] = reply("", "429 Too Many Requests")
    fetcher = world.fetcher()
    trouble(fetcher)
    assert "left alone" in trouble(fetcher, "https://news.example/b")
    assert world.asked == ["news.example/a"]


@pytest.mark.parametrize(
    ("body", "headers"),
    [("<meta content='index, NOARCHIVE' name=robots>", {}), ("", {"X_Robots_Tag": "noarchive"})],
)
def test_a_page_that_asks_not_to_be_kept(world: World, body: str, headers: dict[str, str]) -> None:
    world.replies["news.example/a"] = reply(PAGE + body, **headers)
    fetched = world.fetcher().fetch(URL).fetched
    assert fetched is not None
    assert fetched.noarchive


@pytest.mark.parametrize(
    ("robots", "why"),
    [
        (reply("User-agent: *\nDisallow: /a"), "asks programs not to fetch it (robots.txt)"),
        (reply("User-agent: *\nDisallow: /\n\nUser-agent: backfile\nAllow: /"), ""),
        (reply("", "404 Not Found"), ""),
        (reply("", "403 Forbidden"), ""),
        (reply("", "500 Oops"), "robots.txt, which says what may be fetched, can't be had (500 Oops)"),
        (reply("", "429 Slow", Retry_After=9), "left alone for now (429 Slow); import it again in 9 seconds"),
        (redirect("/rules"), "asks programs not to fetch it"),
        (redirect("/robots.txt"), ""),
        (redirect("http://news.example/rules"), "can't be had: it leads to http://news.example/rules"),
    ],
    ids=["no", "yes", "none", "hidden", "broken", "busy", "elsewhere", "round", "unsafe"],
)
def test_robots_txt_is_kept_to(world: World, robots: bytes, why: str) -> None:
    world.replies |= {"news.example/robots.txt": robots, "news.example/a": reply(PAGE)}
    world.replies["news.example/rules"] = reply("User-agent: *\nDisallow: /")
    fetcher = world.fetcher()
    if why:
        assert why in trouble(fetcher)
        assert "news.example/a" not in world.asked
    else:
        assert fetcher.fetch(URL).data == PAGE.encode()


def test_robots_txt_of_where_a_redirect_leads_is_kept_to(world: World) -> None:
    world.replies["news.example/a"] = redirect("https://other.example/b")
    world.replies["other.example/robots.txt"] = reply("User-agent: *\nDisallow: /b")
    assert "robots.txt" in trouble(world.fetcher())
    assert world.asked == ["news.example/a"]


def test_robots_txt_is_read_once_and_documents_are_asked_for_slowly(world: World) -> None:
    world.replies["news.example/robots.txt"] = reply("User-agent: *\nCrawl-delay: 7")
    world.replies |= {f"{host}/a": reply(PAGE) for host in ("news.example", "other.example")}
    fetcher = world.fetcher()
    for url in (URL, URL, "https://other.example/a", "https://other.example/a"):
        fetcher.fetch(url)
    assert len(world.requests) == 4 + 2
    assert [round(pause) for pause in world.pauses] == [7, 1]
