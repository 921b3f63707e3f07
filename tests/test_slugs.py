from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.slugs import is_slug, slugify, with_hash


@pytest.mark.parametrize(
    ("title", "lang", "slug"),
    [
        ("Russia's Harbour — “Quay 7” reopens", "en", "russias-harbour-quay-7-reopens"),
        ("Port posts $13.1 billion loss", "en", "port-posts-13-1-billion-loss"),
        ("Згурський з’їхав з Єнакієвого до Яготина", "uk", "zghurskyi-zikhav-z-yenakiievoho-do-yahotyna"),
        ("Щука їсть яблука: кров і пам'ять", None, "shchuka-yist-yabluka-krov-i-pamiat"),
        ("Объезд: ёлка, щит и эхо Юрия", None, "obezd-yolka-shchit-i-ekho-yuriya"),
        ("Straße über Łódź", None, "strasse-uber-lodz"),
        ("北京", None, "bei-jing"),
        ("  ../../etc/passwd", None, "etc-passwd"),
        (".htaccess", None, "htaccess"),
        ("-rf", None, "rf"),
        ("Ti\u00adtle\u200b", None, "title"),
    ],
)
def test_a_title_becomes_a_readable_slug(title: str, lang: str | None, slug: str) -> None:
    assert slugify(title, lang=lang) == slug


def test_a_long_title_is_cut_at_a_word() -> None:
    slug = slugify("words of a headline " * 20, max_length=30)
    assert slug == "words-of-a-headline-words-of-a"


def test_one_endless_word_is_cut_hard() -> None:
    assert slugify("a" * 300) == "a" * 80


@pytest.mark.parametrize("title", ["", "…", "👍", "\u200b", "\x85", "\ud800"])
def test_a_title_without_letters_gets_a_hash(title: str) -> None:
    assert is_slug(slugify(title))


@pytest.mark.parametrize("title", ["CON", "aux", "COM1", "COM¹", "clock$"])
def test_names_that_windows_reserves_get_a_hash(title: str) -> None:
    assert is_slug(slugify(title))
    assert "-" in slugify(title)


def test_the_hash_tells_two_texts_apart_and_fits() -> None:
    long = "a-" * 39 + "a"
    assert with_hash("update", "one") != with_hash("update", "two")
    assert len(with_hash(long, "one")) <= 80
    assert is_slug(with_hash(long, "one"))


@given(st.text())
def test_any_title_gives_a_safe_slug_of_bounded_length(title: str) -> None:
    slug = slugify(title)
    assert is_slug(slug)
    assert len(slug) <= 80
    assert slugify(slug) == slug
