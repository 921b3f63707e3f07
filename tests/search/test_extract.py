from __future__ import annotations

import pytest

from backfile.search.extract import extract

HEAD = """<head><title>Not searched</title>
<meta data-pagefind-meta="date[content]" data-pagefind-sort="date[content]" content="2025-03-14">
<meta data-pagefind-filter="lang[content]" content="en">
<meta data-pagefind-meta="kind[content]" data-pagefind-filter="kind[content]" content="article">
<meta data-pagefind-meta="source[content]" data-pagefind-filter="source[content]" content="Ports &amp; &quot;Co&quot;">
<meta data-pagefind-filter="text[content]" content="2025/03/14/a">
<meta data-pagefind-filter="topic[content]" content="Rail">
<meta data-pagefind-filter="topic[content]" content="Ports">
</head>"""
TEXT = '<div data-pagefind-body dir="auto"><h1>A</h1><div title="</div>">b</div></div>'


def test_the_marked_text_and_the_facets_are_taken_and_nothing_else() -> None:
    found = extract(f"<html>{HEAD}<body><nav>menu</nav>{TEXT}<aside><div>margin</div></aside></body></html>")
    assert found
    assert found.labels == (("Rail", "Ports"), ('Ports & "Co"',), ("article",), ("en",), ("2025/03/14/a",))
    outlet = '<meta data-pagefind-meta="source[content]" content="Ports &amp; &quot;Co&quot;">'
    assert found.page == f"<!doctype html><html><head>{outlet}</head><body>{TEXT}</body></html>"


def test_a_page_may_mark_several_elements_of_any_kind() -> None:
    found = extract("<main data-pagefind-body>a</main><p>b</p><section data-pagefind-body>c</section>")
    assert found
    assert "<body><main data-pagefind-body>a</main><section data-pagefind-body>c</section></body>" in found.page


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>data-pagefind-body", id="a text that speaks of it"),
        pytest.param('<p title="x data-pagefind-body">', id="an attribute that speaks of it"),
        pytest.param("<div data-pagefind-bodyguard></div>", id="another mark"),
        pytest.param("<div data-pagefind-body><h1>… 🙂</h1></div>", id="no word in it"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_page_without_the_mark_is_not_searched(html: str) -> None:
    assert extract(html) is None


def test_a_marked_element_that_does_not_end_is_refused() -> None:
    with pytest.raises(ValueError, match="<div> that is marked data-pagefind-body does not end"):
        extract("<div data-pagefind-body><p>text")
