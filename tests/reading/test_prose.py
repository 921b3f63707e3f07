from __future__ import annotations

import pytest

from backfile.errors import ContentError
from backfile.reading import read_prose


def test_a_page_has_its_file_s_name_as_address() -> None:
    page = read_prose("---\ntitle: How to read\nlang: en\n---\n\nSlowly.\n", "pages/how-to-read.md")
    assert (page.slug, page.title, page.html) == ("how-to-read", "How to read", "<p>Slowly.</p>\n")


@pytest.mark.parametrize(
    ("text", "path", "finding"),
    [
        ("Slowly.\n", "pages/a.md", "pages/a.md:1: title: a page needs a title."),
        ("---\ntitle: A\n---\n", "pages/How to.md", "pages/How to.md: file name: “How to” can't be an address."),
        (
            "---\ntitle: A\n---\n",
            "pages/search.md",
            "pages/search.md: file name: /search/ is a page of the site's own.",
        ),
        ("---\ntitle: A\n---\n", "pages/2025.md", "pages/2025.md: file name: /2025/ is a page of the site's own."),
    ],
)
def test_a_page_that_can_not_be(text: str, path: str, finding: str) -> None:
    with pytest.raises(ContentError) as error:
        read_prose(text, path)
    assert str(error.value).startswith(finding)
