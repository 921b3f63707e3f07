from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.errors import IngestError
from backfile.ingest.fetch.target import Target, read_target, shown


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://news.example", "news.example", "/"),
        ("HTTPS://News.Example:443/a/../b c?d=é#e", "news.example", "/b%20c?d=%C3%A9"),
        ("https://пример.укр/новина", "xn--e1afmkfd.xn--j1amh", "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B0"),
        ("https://news.example\\@other.example/", "news.example", "/%5C@other.example/"),
        ("https://news.example/\r\nHost: other.example", "news.example", "/%0D%0AHost:%20other.example"),
    ],
)
def test_addresses_that_are_fetched(url: str, host: str, path: str) -> None:
    assert read_target(url) == Target(f"https://{host}{path if path != '/' or url.endswith('/') else ''}", host, path)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://news.example/", "https://"),
        ("ftp://news.example/", "https://"),
        ("file:///etc/passwd", "https://"),
        ("https:///a", "names no host"),
        ("https://name@news.example/", "a name or password"),
        ("https://news.example:80/", "names port 80"),
        ("https://news.example:99999/", "no address that can be read"),
        ("https://news example/", "no address that can be read"),
        ("https://[::1/", "no address that can be read"),
        (f"https://news.example/{'a' * 2000}", "longer than 2,000 characters"),
    ],
)
def test_addresses_that_are_not(url: str, why: str) -> None:
    with pytest.raises(IngestError, match=why):
        read_target(url)


def test_a_message_shows_no_password() -> None:
    assert shown("https://name:w@rd@news.example/a@b") == "https://news.example/a@b"
    assert shown("https://a.example/\x1b[2J") == "https://a.example/?[2J"


@given(st.text())
def test_any_text_is_a_target_in_ascii_or_refused(text: str) -> None:
    try:
        target = read_target(f"https://{text}")
    except IngestError:
        return
    assert target.url.isascii()
    assert target.host
    assert target.path.startswith("/")
    assert not set("\r\n \t") & set(target.url + target.host + target.path)
    assert read_target(target.url).host == target.host
