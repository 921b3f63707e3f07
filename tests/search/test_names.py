from __future__ import annotations

import json

import pytest

from backfile.model import Name
from backfile.search.names import expansions, spelling_groups


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        pytest.param(Name("Kyiv", ("Kiev", "Київ"), "place"), [["Kyiv", "Kiev", "Київ"]], id="spellings"),
        pytest.param(Name("Kyiv", (), "place"), [], id="a single spelling stands for nothing else"),
        pytest.param(
            Name("Olena Hrushko", ("Елена Грушко",), "person"),
            [["Olena Hrushko", "Елена Грушко"], ["Hrushko", "Грушко"]],
            id="a person by surname too",
        ),
        pytest.param(
            Name("Olena Hrushko", ("Helena Hrushko",), "person"),
            [["Olena Hrushko", "Helena Hrushko"]],
            id="one surname is no group",
        ),
        pytest.param(
            Name("Hrushko", ("Грушко",), "person"), [["Hrushko", "Грушко"]], id="a surname alone makes one group"
        ),
        pytest.param(
            Name("NRA", ("Northern Rail Authority",), "organisation"),
            [["NRA", "Northern Rail Authority"]],
            id="no last words of organisations",
        ),
        pytest.param(Name("Kyiv", ("Kyiv", "Kiev")), [["Kyiv", "Kiev"]], id="a spelling given twice"),
    ],
)
def test_groups(name: Name, groups: list[list[str]]) -> None:
    assert spelling_groups([name]) == groups


def test_the_file_is_compact_json_in_utf8() -> None:
    written = expansions((Name("Kyiv", ("Київ",)),))
    assert written == '[["Kyiv","Київ"]]'.encode()
    assert json.loads(expansions(())) == []
