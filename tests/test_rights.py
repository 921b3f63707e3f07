from __future__ import annotations

import pytest

from backfile.archive import Editorial, assemble
from backfile.errors import ContentError
from backfile.model import Rights
from backfile.rights import load_pictures, load_rights, shortened
from tests.factory import article

TEXT = "## Why\n\nThe bridge & quay opened. It took a year.\n\nThe mayor came. Nobody sang."


def test_the_words_of_the_file() -> None:
    found = load_rights("The Harbour Post: Excerpt\n'Quay: news': headline\nCoast: full\n", "sources.yaml")
    assert found == {"the-harbour-post": Rights.EXCERPT, "quay-news": Rights.HEADLINE, "coast": Rights.FULL}
    assert load_rights("", "sources.yaml") == {}


def test_another_word_is_an_error_with_its_line() -> None:
    with pytest.raises(ContentError) as caught:
        load_rights("Coast: full\nQuay: some\n", "sources.yaml")
    (finding,) = caught.value.findings
    assert (finding.code, finding.field, finding.line) == ("R101", "Quay", 2)


@pytest.mark.parametrize(
    ("yaml", "field", "words"),
    [
        ("Quay: {rights: full, pictures: some}\n", "Quay", "keep, link, drop"),
        ("Quay: {picture: keep}\n", "Quay", "rights, pictures"),
        ("'*': excerpt\n", "*", "name the outlet"),
    ],
)
def test_a_line_of_several_words_is_checked_too(yaml: str, field: str, words: str) -> None:
    with pytest.raises(ContentError) as caught:
        load_rights(yaml, "sources.yaml")
    (finding,) = caught.value.findings
    assert (finding.code, finding.field) == ("R101", field)
    assert words in finding.hint


def test_what_an_import_does_with_pictures() -> None:
    yaml = "Coast: headline\n'*': {pictures: link}\nThe Quay: {rights: excerpt, pictures: drop}\n"
    assert load_rights(yaml, "sources.yaml") == {"coast": Rights.HEADLINE, "the-quay": Rights.EXCERPT}
    policy = load_pictures(yaml, "sources.yaml")
    assert [policy.of(outlet) for outlet in ("THE QUAY", "Coast", None)] == ["drop", "link", "link"]
    assert load_pictures("Coast: full\n", "sources.yaml").of("Coast") == "keep"


def test_an_excerpt_is_two_sentences() -> None:
    short = shortened(article(body=TEXT, summary="Opened."), {"the-harbour-post": Rights.EXCERPT})
    assert short.body.text == "The bridge & quay opened. It took a year."
    assert short.body.html == "<p>The bridge &amp; quay opened. It took a year.</p>\n"
    assert short.summary == "Opened."


def test_a_headline_has_no_text_and_no_summary() -> None:
    short = shortened(article(body=TEXT, summary="Opened."), {"the-harbour-post": Rights.HEADLINE})
    assert (short.body.text, short.body.html, short.body.paragraphs, short.summary) == ("", "", (), None)


def test_an_excerpt_has_no_picture_and_does_not_begin_with_what_one_shows() -> None:
    short = shortened(
        article(body=f"![Two cranes.](crane.webp)\n*On Monday.*\n\n{TEXT}"), {"the-harbour-post": Rights.EXCERPT}
    )
    assert short.body.text == "The bridge & quay opened. It took a year."


def test_other_outlets_are_published_whole() -> None:
    own = article(body=TEXT, outlet="Quay")
    assert shortened(own, {"the-harbour-post": Rights.HEADLINE}) is own
    assert shortened(article(outlet=None), {"the-harbour-post": Rights.HEADLINE}).body.text


def test_an_archive_holds_what_may_be_published() -> None:
    shown = article(body=TEXT)
    archive = assemble([shown], Editorial(rights={"the-harbour-post": Rights.EXCERPT}))
    assert "Nobody sang" not in archive.articles[shown.id].body.text
