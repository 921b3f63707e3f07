"""What a macro makes is kept by what it is given."""

from __future__ import annotations

from markupsafe import Markup

from backfile.wording import once


def test_a_macro_is_asked_once_for_the_same_and_again_for_something_else() -> None:
    asked: list[str] = []

    def macro(word: str) -> Markup:
        asked.append(word)
        return Markup("<b>{}</b>").format(word)

    made = [once(macro, word) for word in ("a", "a", "b", "a")]
    assert (made, asked) == (["<b>a</b>", "<b>a</b>", "<b>b</b>", "<b>a</b>"], ["a", "b"])
