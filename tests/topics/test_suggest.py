from __future__ import annotations

from backfile.model import Topic
from backfile.topics import Suggestion, suggest

HARBOUR = Topic("harbour", "Harbour", "topics/harbour.md", aliases=("Port of Odesa",))


def test_frequent_names_without_a_topic_are_suggested_the_most_frequent_first() -> None:
    named = [("a", ["Lviv", "Kyiv"]), ("b", ["Kyiv", "Lviv"]), ("c", ["Kyiv", "Lviv"]), ("d", ["Kyiv", "Sumy"])]
    assert suggest(named, []) == (Suggestion("Kyiv", 4), Suggestion("Lviv", 3))


def test_a_name_counts_once_an_article() -> None:
    assert suggest([("a", ["Kyiv", "Kyiv", "Kyiv"])], []) == ()


def test_a_name_that_a_topic_covers_is_not_suggested() -> None:
    assert suggest([(i, ["Port of Odesa", "harbour"]) for i in "abc"], [HARBOUR]) == ()
