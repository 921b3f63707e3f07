"""Pages that a browser saved as one file."""

from __future__ import annotations

import pytest

from backfile.errors import IngestError
from backfile.ingest.kinds import is_saved_page
from backfile.ingest.mail.saved_page import saved_page
from backfile.ingest.records import RawDocument

HEAD = "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/x?id=1\nMIME-Version: 1.0\n"
PAGE = "--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>Caf=C3=A9</p>\n"


def test_the_page_and_its_address_come_out() -> None:
    data = (HEAD + "Content-Type: multipart/related; boundary=b\n\n" + PAGE + "--b--").encode()
    assert is_saved_page(data)
    page = saved_page(RawDocument(data, "x.mhtml"))
    assert (page.html.strip(), page.url) == ("<p>Café</p>", "https://a.example/x?id=1")


def test_one_without_a_page_is_refused() -> None:
    with pytest.raises(IngestError, match=r"x\.mhtml: holds no page"):
        saved_page(RawDocument((HEAD + "\nx").encode(), "x.mhtml"))
