"""Lists, names of takes, guesses and reasons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from markupsafe import Markup

from backfile.model import Reason
from backfile.pages.records import OriginNote, Ref, Teaser
from backfile.wording import alike, by_take, guesses, join, origin_label, origin_share, reason, take_names

from ..theme.records.teasers import teaser

REASONS = yaml.safe_load(Path(__file__).with_name("reasons.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("items", "english", "ukrainian"),
    [([], "", ""), (["a"], "a", "a"), (["a", "b"], "a and b", "a і b"), (["a", "b", "c"], "a, b and c", "a, b і c")],
)
def test_lists(items: list[str], english: str, ukrainian: str) -> None:
    assert [join(items, lang) for lang in ("en", "uk")] == [english, ukrainian]


def test_a_list_with_html_in_it_is_html() -> None:
    joined = join([Markup("<i>a</i>"), "<b>"], "en")
    assert (type(joined), joined) == (Markup, "<i>a</i> and &lt;b&gt;")


@pytest.mark.parametrize("case", REASONS, ids=lambda case: "-".join([case["kind"], *case["values"]]))
@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
def test_reasons(case: dict[str, Any], lang: str) -> None:
    assert reason(Reason(case["kind"], tuple(case["values"])), lang) == case[lang]


@pytest.mark.parametrize(
    ("names", "expected"),
    [("ABCDE", "Both name A, B, C, D and E"), ("ABCDEF", "Both name A, B, C, D and 2 more")],
)
def test_a_long_reason_is_cut_short_and_counted(names: str, expected: str) -> None:
    assert reason(Reason("names", tuple(names)), "en") == expected


def test_an_unknown_reason_is_an_error() -> None:
    with pytest.raises(ValueError, match="weather"):
        reason(Reason("weather"), "en")


@pytest.mark.parametrize(
    ("takes", "agencies", "copies", "label", "share"),
    [
        (3, (), True, "Copies of one text:", "3 copies of one text"),
        (3, ("AP",), True, "Copies of one text by AP:", "3 copies of one text by AP"),
        (2, ("AP", "AFP"), True, "Copies of one text by AP and AFP:", "2 copies of one text by AP and AFP"),
        (2, ("Reuters",), False, "From Reuters:", "2 texts from Reuters"),
        (1, ("Reuters",), True, "From Reuters:", "1 copy of one text by Reuters"),
        (2, (), False, "Agency material in common:", "2 texts with agency material in common"),
    ],
)
def test_what_takes_have_in_common(takes: int, agencies: tuple[str, ...], copies: bool, label: str, share: str) -> None:
    origin = OriginNote(tuple(map(teaser, range(takes))), agencies, copies)
    assert (origin_label(origin, "en"), origin_share(origin, "en")) == (label, share)


def test_an_agency_is_written_as_the_language_writes_it() -> None:
    origin = OriginNote((teaser(0), teaser(1)), ("RIA Novosti", "AP"))
    assert [origin_label(origin, lang) for lang in ("uk", "ru")] == [
        "Копії одного тексту (РІА Новості і AP):",
        "Копии одного текста (РИА Новости и AP):",
    ]


def test_guesses_name_what_they_know() -> None:
    assert guesses(("title", "lang", "mood"), "en") == "title, language, mood"


def named(number: int, outlet: str | None) -> Teaser:
    return teaser(number, source=Ref(outlet, "sources/x/") if outlet else None)


@pytest.mark.parametrize(
    ("outlets", "expected"),
    [
        (["Post", "Wire"], ["Post", "Wire"]),
        ([None, "Wire", None], ["Text 1", "Wire", "Text 3"]),
        (["Post", "Wire", "Post"], ["Post (1)", "Wire", "Post (3)"]),
    ],
)
def test_takes_can_be_told_apart(outlets: list[str | None], expected: list[str]) -> None:
    takes = [named(number, outlet) for number, outlet in enumerate(outlets)]
    assert [take_names(takes, "en")[take.address] for take in takes] == expected


def test_takes_that_say_the_same_words_are_named_together() -> None:
    first, second, third = sorted((teaser(n) for n in range(3)), key=lambda take: take.address)
    told = [(third, "It fell."), (first, "It fell."), (second, "It stood."), (second, "It leaned.")]
    assert alike(by_take(told)) == [([first, third], ("It fell.",)), ([second], ("It stood.", "It leaned."))]


def test_words_quoted_from_texts_in_another_language_say_so() -> None:
    why = Reason("phrases", ("нічна <зміна>", "пів"))
    said = reason(why, "en", "uk")
    assert said == 'Both say <span lang="uk">“нічна &lt;зміна&gt;”</span> and <span lang="uk">“пів”</span>'
    assert isinstance(said, Markup)
    assert not isinstance(reason(why, "uk", "uk"), Markup)  # Jinja escapes it
