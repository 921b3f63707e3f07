"""Names: the table of spellings, and the guess at what is a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.candidates import likely_pairs
from backfile.errors import ContentError
from backfile.names import Names, candidate_names, load_names

TABLE = """
- {name: Kyiv, kind: place, spellings: [Kiev, Київ, Киев]}
- {name: Vladimir Putin, kind: person, spellings: [Putin, Путин, Путін]}
- {name: Volodymyr Zelensky, kind: person, spellings: [Zelensky, Zelenskyy, Зеленський, Зеленский]}
- {name: United States, kind: place, spellings: [US, США]}
- {name: New York}
- {name: New York Times, kind: organisation}
- {name: Lviv, spellings: [Львів, Львов]}
"""


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(load_names(TABLE, "names.yaml"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("У Києві та з Києва, під Києвом.", ["Kyiv"]),
        ("В Киеве и под Киевом", ["Kyiv"]),
        ("Путина видели; Путіну відомо; Putin’s aide", ["Vladimir Putin"]),
        ("Зеленського чекали, Зеленскому сказали", ["Volodymyr Zelensky"]),
        ("уряд США і us", ["United States"]),
        ("Let us go", []),
        ("The New York Times and New York", ["New York Times", "New York"]),
        ("зі Львова", ["Lviv"]),
        ("Kyiv-based; the Kyivan Rus", ["Kyiv"]),
        ("Zelensky met Putin in Kiev", ["Volodymyr Zelensky", "Vladimir Putin", "Kyiv"]),
    ],
)
def test_find(names: Names, text: str, found: list[str]) -> None:
    assert [name.name for name in names.find(text)] == found


@pytest.mark.parametrize(("phrase", "name"), [("Киева", "Kyiv"), ("new york", None), ("Kyiv today", None), ("", None)])
def test_fold(names: Names, phrase: str, name: str | None) -> None:
    assert names.fold(phrase) == name


@pytest.mark.parametrize(
    ("yaml_text", "code"),
    [
        ("- name: [", "N101"),
        ("name: Kyiv", "N102"),
        ("- Kyiv", "N102"),
        ("- {name: Kyiv, kind: city}", "N102"),
        ("- {name: Kyiv, spelling: Kiev}", "N102"),
        ("- {name: Kyiv, spellings: Kiev}", "N102"),
        ("- {name: Kyiv, spellings: [Kiev]}\n- {name: Kiev}", "N103"),
        ("- {name: Київ}\n- {name: Kyiv, spellings: [Києва]}", "N103"),
    ],
)
def test_bad_tables_say_what_is_wrong(yaml_text: str, code: str) -> None:
    with pytest.raises(ContentError) as error:
        load_names(yaml_text, "names.yaml")
    assert [finding.code for finding in error.value.findings] == [code]
    assert "names.yaml" in str(error.value)


def test_an_empty_table_finds_nothing() -> None:
    assert Names(load_names("", "names.yaml")).find("Kyiv") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("President Anna Kovacs met Bank of England officials.", ["Anna Kovacs", "Bank of England"]),
        ("Yesterday the Dutch port closed. Yesterday was calm.", []),
        ("Talks In Geneva End Without Deal\nThe talks in Geneva ended.", ["Geneva"]),
        ("He told Channel 9 that NATO agrees.", ["Channel 9", "NATO"]),
        ("Ukraine’s NATO bid worries the U.S. and Czech Republic.", ["NATO", "U.S.", "Czech Republic"]),
        ("Президент Іван Коваль приїхав до Одеси.", ["Іван Коваль", "Одеси"]),
        ("В Тбилиси задержан Леван Давитадзе", ["Тбилиси", "Леван Давитадзе"]),
        ("У Києві тихо. Це бачив Коваль. Із Відня прибув Марчук.", ["Києві", "Коваль", "Відня", "Марчук"]),
        ("В ТБИЛИСИ ЗАДЕРЖАН ПОЛИТИК\nЕго ждали в Вене.", ["Вене"]),
        ("", []),
    ],
)
def test_candidates(text: str, found: list[str]) -> None:
    assert list(candidate_names(text)) == found


WORDS = ["The", "In", "Bank", "of", "de", "Smith", "Smith’s", "President", "Czech", "Meyer", "5", "wrote", ".", "\n"]


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_every_name_of_two_words_is_a_likely_pair(text: str) -> None:
    pairs = {" ".join(pair) for pair in likely_pairs(text)}
    assert {name for name in candidate_names(text) if name.count(" ") == 1} <= pairs
