from __future__ import annotations

import pytest

from backfile.ingest.vocabulary.language import detect_language


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The port of the island opened on Friday.", "en"),
        ("Порт відкрили в п'ятницю.", "uk"),
        ("Порт открыли в пятницу, и это важно.", "ru"),
        ("Новини дня про порт та море", "uk"),
        ("Новости порта: что с морем", "ru"),
        ("Порт адкрылі ў пятніцу.", "be"),
        ("Le port de l'île a été ouvert vendredi après neuf mois de travaux.", "fr"),
        ("Der Hafen der Insel wurde am Freitag nach neun Monaten wieder eröffnet.", "de"),
        ("岛上的港口在九个月的工程之后于星期五开放，市长说大家都很高兴。", "zh"),
        ("Президент Порту сказав: “We will open the port”, і порт відкрили", "uk"),
        ("12 34", None),
        ("Порт", None),
        ("OK", None),
    ],
)
def test_a_language_is_told_or_left_open(text: str, lang: str | None) -> None:
    assert detect_language(text) == lang
