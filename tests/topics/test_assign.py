from __future__ import annotations

import pytest

from backfile.model import Article, Name, Rules, Topic
from backfile.topics import TopicMatcher
from tests.factory import article

HARBOUR = Topic("harbour", "Harbour", "topics/harbour.md", aliases=("port", "порт"), rules=Rules(any=("quay", "crane")))
FERRIES = Topic("ferries", "Ferries", "topics/ferries.md", rules=Rules(any=("ferry",), none=("ferry tale",)))
STRIKES = Topic("strikes", "Port strikes", "topics/strikes.md", rules=Rules(any=("strike",), all=("Odesa",)))
WHO = Topic("who", "World Health", "topics/who.md", rules=Rules(any=("WHO",)))
NAMES = (Name("Odesa", ("Odessa", "Одеса", "Одесса"), "place"),)
LONG = "It went on for days and nobody knew more of it than that. " * 8

CASES = {
    "a word in the title counts once": (article("Harbour closes", LONG), ["harbour"]),
    "a word in the summary counts once": (article("It closes", LONG, summary="The quay is shut."), ["harbour"]),
    "one mention in a long text is in passing": (article("It closes", LONG + "A crane stood by."), []),
    "two mentions in a long text are what it is about": (article("It", LONG + "A crane by a quay."), ["harbour"]),
    "one mention is enough in a brief": (article("It closes", "A crane stood by."), ["harbour"]),
    "a part of a word is no mention": (article("Portable cranes"), []),
    "case does not matter": (article("the HARBOUR closes"), ["harbour"]),
    "a title's capital says nothing": (article("Why the harbour closes"), ["harbour"]),
    "a phrase's capital is meant": (article("An odesa strike"), []),
    "an abbreviation needs its capitals": (article("Those who came", "Who came? Those who could."), []),
    "an abbreviation is found": (article("The WHO is worried"), ["who"]),
    "a possessive is the same word": (article("The harbour's new crane"), ["harbour"]),
    "Ukrainian case endings": (article("Черги в порту", lang="uk"), ["harbour"]),
    "a phrase that rules a topic out": (article("A ferry tale", "The ferry is old."), []),
    "all phrases are needed": (article("A strike in Mykolaiv"), []),
    "all phrases are there, in another spelling": (article("A strike in Odessa"), ["strikes"]),
    "a phrase inside a longer phrase counts for both": (article("Port strike in Odesa"), ["harbour", "strikes"]),
    "the editor's word counts": (article("Nothing of it", LONG, topics=("Ferries",)), ["ferries"]),
}


@pytest.mark.parametrize(("given", "expected"), CASES.values(), ids=CASES.keys())
def test_match(given: Article, expected: list[str]) -> None:
    assert list(TopicMatcher([HARBOUR, FERRIES, STRIKES, WHO], NAMES).match(given)) == expected


def test_topics_that_no_file_describes_are_named() -> None:
    matcher = TopicMatcher([HARBOUR])
    assert matcher.unknown(article(topics=("Port", "Tides"))) == ("Tides",)
