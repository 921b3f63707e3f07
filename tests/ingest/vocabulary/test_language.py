from __future__ import annotations

import pytest

from backfile.ingest.vocabulary import language
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


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Der Hafen wird im Mai von der Stadt und den Fischern eröffnet, die auf das Eis nicht warten werden.", "de"),
        (
            "Le port est dans une baie et plus au nord, mais cette année du sable est sur la route avec lui.",
            "fr",
        ),
        ("El puerto está en una bahía y los barcos, pero también las redes, fue muy caro con su muelle por más.", "es"),
        ("港は三年ぶりに開かれ、漁師たちは朝から船を出した。" * 6, "ja"),
        ("港口三年后重新开放，渔民清晨就把船开了出去。" * 8, "zh"),
        ("항구는 삼 년 만에 다시 열렸고 어부들은 아침부터 배를 띄웠다." * 8, "ko"),
    ],
)
def test_common_languages_need_no_model(monkeypatch: pytest.MonkeyPatch, text: str, lang: str) -> None:
    monkeypatch.setattr(language, "_ranked", None)
    assert detect_language(text) == lang


def test_words_that_two_languages_share_leave_it_to_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_ranked", lambda _: ["nb"])
    assert detect_language("Havna er i byen og de har en båt som ikke kan seile til øya før isen er borte.") == "nb"
