"""Encodings that documents declare, rightly or not."""

from __future__ import annotations

import pytest

from backfile.errors import IngestError
from backfile.ingest.encoding.declared import decode_declared

RU = "Совет города в пятницу одобрил бюджет порта, в котором есть деньги на краны."


@pytest.mark.parametrize(
    ("text", "real", "declared"),
    [
        (RU, "cp1251", "windows-1251"),
        (RU, "koi8-r", "windows-1251"),
        (RU, "cp1251", "koi8-r"),
        (RU, "cp1251", "iso-8859-1"),
        (RU, "utf-8", "windows-1251"),
        (RU, "cp1251", None),
        (RU, "utf-16", "utf-8"),
        ("首相は記者会見で対策を発表した。", "shift_jis", "shift_jis"),
        ("总理在北京宣布了计划。", "gbk", "gb2312"),
        ("Káva v přístavu", "iso8859-2", "iso-8859-2"),
        ("The café opens", "cp1252", "us-ascii"),
    ],
)
def test_what_is_declared_counts_unless_the_letters_contradict(text: str, real: str, declared: str | None) -> None:
    assert decode_declared(text.encode(real), declared, "x")[0].text == text


def test_a_wrong_declaration_is_noted() -> None:
    assert decode_declared(RU.encode("koi8-r"), "windows-1251", "x")[1] == (
        "encoding: declared as windows-1251, read as koi8-r",
    )


def test_binary_is_refused() -> None:
    with pytest.raises(IngestError, match=r"^x:"):
        decode_declared(b"\x89PNG\r\n\x00\x01", None, "x")
