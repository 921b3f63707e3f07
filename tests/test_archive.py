from __future__ import annotations

from typing import Any

from backfile.archive import Archive, Editorial, assemble
from backfile.model import Name
from tests.factory import article


def archive(*articles: Any, names: tuple[Name, ...] = ()) -> Archive:
    return assemble(articles, Editorial(names=tuple(names)))


def test_outlets_that_would_share_a_page_are_one_by_their_most_frequent_name() -> None:
    outlets = ("QUAY POST", "Quay Post", "Quay Post", "Quay-Post", "The Valley")
    found = archive(*(article(f"Number {n}", outlet=outlet) for n, outlet in enumerate(outlets))).articles.values()
    assert [a.source and a.source.name for a in found] == [*["Quay Post"] * 4, "The Valley"]


def test_people_who_would_share_a_page_are_one() -> None:
    one, other = article("One", people=("Zofia Wrona",)), article("Other", people=("ZOFIA WRONA",))
    assert {name.name for names in archive(one, other).names_of.values() for name in names} == {"ZOFIA WRONA"}


def test_a_stated_name_is_that_of_names_yaml_in_any_spelling() -> None:
    known = Name("Zofia Wrona", ("Зоф’я Врона",), "person")
    one, other = article("One", people=("Зоф’я Врона",)), article("Other", people=("Zofia  WRONA",))
    assert set(archive(one, other, names=(known,)).names_of.values()) == {(known,)}
