from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.errors import IngestError
from backfile.ingest.encoding.decode import decode

UKRAINIAN = "Уряд затвердив план відновлення мосту. «Роботи почнуться у вівторок», — сказав Юрій Ґудзь."
RUSSIAN = "Правительство одобрило план восстановления моста. Работы начнутся во вторник, сообщил министр."
HEADLINE = "ЗАКРЫЛИ МОСТ\nМост закрыт"


@pytest.mark.parametrize("text", [UKRAINIAN, RUSSIAN, HEADLINE, "The café won’t open — naïve, no?"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_unicode_declared_by_nobody(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x").text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (UKRAINIAN, "cp1251"),
        (UKRAINIAN.replace("«", '"').replace("»", '"').replace("—", "-"), "koi8-u"),
        (UKRAINIAN, "mac-cyrillic"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "iso8859-5"),
        (HEADLINE, "cp1251"),
        (HEADLINE, "koi8-r"),
        ("Київ чекає", "cp1251"),
        ("He said “the café won’t open” — naïve résumé.", "cp1252"),
        ("Señor, el año próximo será mejor", "latin-1"),
        ("Prezydent powiedział, że żółw jest większy niż myśleliśmy; źrebię śpi.", "cp1250"),
        ("Rada przyjęła w środę plan, mówił burmistrz; źródło: miasto.", "iso8859-2"),
        ("A tető beázik, őszre elkészül az új csarnok.", "cp1250"),
        ("Taryba patvirtino planą, kuria naudojasi dvylika tūkstančių žmonių.", "cp1257"),
        ("Ne možemo čekati, rekla je gradonačelnica, šteta je već velika.", "cp1250"),
        ("Το συμβούλιο ενέκρινε την Τετάρτη το σχέδιο του σταθμού.", "cp1253"),
        ("ראש הממשלה הודיע על תוכנית חדשה", "cp1255"),
        ("首相は金曜日に", "iso2022_jp"),
        ("首相は金曜日に新しい計画を発表した。", "shift_jis"),
    ],
)
def test_single_byte_encodings_are_told_by_their_letters(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x").text == text


def test_a_few_broken_bytes_in_utf8_are_counted() -> None:
    decoded = decode(UKRAINIAN.encode() + b"\xff\xfe!", "x")
    assert (decoded.encoding, decoded.damaged) == ("utf-8", 2)
    assert decoded.text.startswith(UKRAINIAN)


def test_what_nobody_sees_is_dropped_and_named() -> None:
    decoded = decode(("a\u200bb\ufeffc\u00add\x07e\x7f" + "f" * 200).encode(), "x")
    assert decoded.text == "abcde" + "f" * 200
    assert decoded.dropped == (
        ("byte order marks", 1),
        ("zero-width characters", 1),
        ("soft hyphens", 1),
        ("control characters", 2),
    )


def test_text_is_composed_and_lines_end_alike() -> None:
    assert decode("e\u0301\r\nb\rc\x85d\u2028e\u2029f".encode(), "x").text == "é\nb\nc\nd\ne\n\nf"


def test_a_few_nuls_in_a_text_are_dropped_and_counted() -> None:
    decoded = decode("Порт знову відкрито.\0 Рада заплатила.\0\n".encode(), "x")
    assert decoded.text == "Порт знову відкрито. Рада заплатила.\n"
    assert decoded.dropped == (("control characters", 2),)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"port\x00opens\x00" * 20, "is binary"),
        (b" \n\t\n", "is empty"),
        (b"\x00\x01\x02\x03abc\x00", "is binary"),
        (bytes(range(256)) * 4, "is binary"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PK\x03\x04....", "is a zip archive"),
        (b"\x89PNG\r\n\x1a\n", "is an image"),
        (b"a" * (20 * 1024 * 1024 + 1), "is larger than 20 MB"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, message: str) -> None:
    with pytest.raises(IngestError, match=rf"^x\.txt: {message}.*; [^\n]+$"):
        decode(data, "x.txt")


def read(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding, or "" and the reason for refusing it."""
    try:
        decoded = decode(data, "x")
    except IngestError as error:
        return "", str(error)
    return decoded.text, decoded.encoding


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused_by_name(data: bytes) -> None:
    text, encoding = read(data)
    assert "\x00" not in text
    assert text.encode("utf-8") or encoding.startswith("x: ") or not text


@given(st.text(min_size=1).filter(str.strip))
def test_any_text_in_utf8_is_read_as_such(text: str) -> None:
    assert re.match(r"utf-|x: is binary", read(text.encode("utf-8"))[1])
