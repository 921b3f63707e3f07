from __future__ import annotations

import pytest

from backfile.archive import Editorial, assemble
from backfile.errors import ContentError
from backfile.model import Rights
from backfile.rights import load_rights, shortened
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


def test_an_excerpt_is_two_sentences() -> None:
    short = shortened(article(body=TEXT, summary="Opened."), {"the-harbour-post": Rights.EXCERPT})
    assert short.body.text == "The bridge & quay opened. It took a year."
    assert short.body.html == "<p>The bridge &amp; quay opened. It took a year.</p>\n"
    assert short.summary == "Opened."


def test_a_headline_has_no_text_and_no_summary() -> None:
    short = shortened(article(body=TEXT, summary="Opened."), {"the-harbour-post": Rights.HEADLINE})
    assert (short.body.text, short.body.html, short.body.paragraphs, short.summary) == ("", "", (), None)


def test_other_outlets_are_published_whole() -> None:
    own = article(body=TEXT, outlet="Quay")
    assert shortened(own, {"the-harbour-post": Rights.HEADLINE}) is own
    assert shortened(article(outlet=None), {"the-harbour-post": Rights.HEADLINE}).body.text


def test_an_archive_holds_what_may_be_published() -> None:
    shown = article(body=TEXT)
    archive = assemble([shown], Editorial(rights={"the-harbour-post": Rights.EXCERPT}))
    assert "Nobody sang" not in archive.articles[shown.id].body.text
