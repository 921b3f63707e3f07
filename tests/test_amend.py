"""Changing a field changes nothing else."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.amend import amend
from backfile.errors import ContentError
from backfile.frontmatter import as_values, dump, parse
from tests.cases import Case, read_cases
from tests.test_frontmatter import keys, plain_values, texts

CASES = read_cases("frontmatter/amend.txt")
BODY = "\n\n  Body — тіло.  \n\n---\ntitle: no\n---\n\n"
CHANGES: dict[str, Any] = {
    "title": "Інша: назва",
    "date": date(2024, 2, 29),
    "slug": "a-slug",
    "lang": "uk",
    "authors": ("Олена", "no"),
    "summary": None,
    "formerly": ("2025/03/14/x",),
    "guessed": ("lang",),
}


def changes_of(case: Case) -> tuple[dict[str, Any], str]:
    first, _, yaml = case.given.partition("\n")
    changes = json.loads(first)
    if "date" in changes:
        changes["date"] = date.fromisoformat(changes["date"])
    return changes, yaml


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_cases(case: Case, line_end: str) -> None:
    changes, yaml = changes_of(case)
    given, expected = (f"---\n{text}\n---{BODY}".replace("\n", line_end) for text in (yaml, case.expected))
    assert amend(given, changes, "x.md") == expected


def test_a_byte_order_mark_and_mixed_line_ends_stay() -> None:
    text = "\ufeff--- \r\ntitle: One\ndate: 2025-03-14\r\nlang: en\r---\n\rBody\r\n"
    assert amend(text, {"lang": "uk"}, "x.md") == text.replace("en", "uk")


def test_a_file_that_ends_with_its_front_matter() -> None:
    assert amend("---\ntitle: One\ndate: 2025-03-14\n---", {"lang": "uk"}, "x.md").endswith("lang: uk\n---")


def test_a_new_body() -> None:
    text = "---\ntitle: One  # t\ndate: 2025-03-14\n---\n\nBody\n"
    assert amend(text, {}, "x.md", body="Other\n") == text.replace("Body", "Other")


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("lang", "Ukrainian", "Write a language code"),
        ("date", "14.03.2025", "Write a day that exists"),
        ("title", None, "Add a line"),
    ],
)
def test_what_a_field_does_not_allow_is_refused_with_its_mend(name: str, value: str | None, mend: str) -> None:
    with pytest.raises(ContentError, match=mend):
        amend("---\ntitle: One\ndate: 2025-03-14\n---\n", {name: value}, "x.md")


@given(
    extra=st.dictionaries(keys.filter(lambda key: key.lower() not in CHANGES), plain_values, max_size=4),
    title=texts.filter(lambda text: text.strip()),
    body=texts,
    changes=st.dictionaries(st.sampled_from(sorted(CHANGES)), st.none()),
)
def test_any_other_field_and_the_body_stay_equal(
    extra: dict[str, Any], title: str, body: str, changes: dict[str, None]
) -> None:
    names = {name: CHANGES[name] for name in changes}
    try:
        before = dump(
            {"title": "T", "date": date(2025, 3, 14), "guessed": ("title", "lang"), **extra, "summary": title}, body
        )
        front, old_body = parse(before, "x.md")
    except ContentError:  # an unknown key that is a known field with a value that it doesn't allow
        return
    after = amend(before, names, "x.md")
    now, new_body = parse(after, "x.md")
    assert new_body == old_body
    assert after.endswith(before.partition("\n---\n")[2])
    expected = as_values(front) | names
    assert {name: value for name, value in as_values(now).items() if value} == {
        name: value for name, value in expected.items() if value
    }
    kept = [line for line in before.split("\n") if not line.startswith(tuple(f"{name}:" for name in names))]
    assert all(line in after for line in kept if "  - " not in line)
