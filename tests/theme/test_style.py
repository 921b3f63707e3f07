"""The style sheet: contrast as its tokens promise, and no rule for what no page has."""

from __future__ import annotations

import re
from itertools import product

import pytest

from .records.every import every_page
from .rendering import THEME, render


def rules(name: str) -> str:
    """Return a style sheet without its comments."""
    text = (THEME / "static/css" / name).read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


SHEETS = ("tokens", "base", "layout", "components", "print")
CSS = "".join(rules(f"{name}.css") for name in SHEETS)
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS)
}
SCHEMES = ("light", "dark")


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` as WCAG 2 defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, scheme: str) -> float:
    first, second = (luminance(TOKENS[name][SCHEMES.index(scheme)]) for name in (one, other))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


@pytest.mark.parametrize(
    ("scheme", "colour", "ground"), [*product(SCHEMES, ("ink", "ink-soft", "accent"), ("paper", "tint"))]
)
def test_text_stands_out(scheme: str, colour: str, ground: str) -> None:
    assert contrast(colour, ground, scheme) >= 7


@pytest.mark.parametrize(("scheme", "colour"), [*product(SCHEMES, ("edge", "rule", "cool", "warm"))])
def test_all_else_that_means_something_stands_out(scheme: str, colour: str) -> None:
    assert contrast(colour, "paper", scheme) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_colours_of_data_differ_in_lightness(scheme: str) -> None:
    assert contrast("cool", "warm", scheme) >= 1.25


def test_every_token_is_used_and_defined() -> None:
    defined = set(re.findall(r"(--[\w-]+):", CSS))
    used = set(re.findall(r"var\((--[\w-]+)", CSS + rules("search.css")))
    assert defined == used


def test_every_class_in_the_style_is_on_some_page() -> None:
    styled = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", CSS)))
    pages = map(render, every_page().values())
    worn = {name for page in pages for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}
    # The twelve months are one rule each; the invented time lines begin in some of them only.
    assert {name for name in styled - worn if not name.startswith("bars-month-")} == set()


def test_no_colour_is_set_but_by_a_token() -> None:
    without_tokens = re.sub(r"--[\w-]+: [^;]+;", "", CSS)
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(|oklch\(", without_tokens) == []
