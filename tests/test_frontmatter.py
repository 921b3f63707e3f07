from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile import frontmatter, yamltext
from backfile.errors import ContentError
from backfile.frontmatter import FrontMatter, as_values, dump, parse, split
from backfile.model import DateBasis, Finding, Kind, Provenance, Revision, Source, Status

DAY = date(2025, 3, 14)
texts = st.text(max_size=40)
keys = texts.map(yamltext.clean)
titles = texts.filter(lambda text: yamltext.clean(text).strip())
plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(allow_nan=False) | st.dates() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)


def findings(yaml: str, body: str = "Body.\n") -> list[Finding]:
    with pytest.raises(ContentError) as caught:
        parse(f"---\n{yaml}\n---\n\n{body}", "x.md")
    return list(caught.value.findings)


def read(yaml: str) -> FrontMatter:
    return parse(f"---\ntitle: T\ndate: 2025-03-14\n{yaml}\n---\nBody.\n", "x.md")[0]


def cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return yamltext.clean(value)
    if isinstance(value, list):
        return [cleaned(part) for part in value]
    if isinstance(value, dict):
        return {cleaned(key): cleaned(part) for key, part in value.items()}
    return value


@given(titles)
def test_any_title_comes_back(title: str) -> None:
    front, body = parse(dump({"title": title, "date": DAY}, "Body."), "x.md")
    assert front.title == yamltext.clean(title).strip()
    assert body == "Body.\n"


@given(st.dictionaries(keys.filter(lambda key: key.lower() not in frontmatter.FIELDS), plain_values, max_size=4))
def test_any_unknown_keys_come_back(extra: dict[str, Any]) -> None:
    front, _ = parse(dump({"title": "T", "date": DAY, **extra}, ""), "x.md")
    assert front.extra == cleaned(extra)


@given(texts)
def test_any_body_comes_back_but_for_blank_lines_at_its_ends(text: str) -> None:
    body = parse(dump({"title": "T", "date": DAY}, text), "x.md")[1]
    lines = yamltext.clean(text.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    assert body == (lines + "\n" if lines else "")


def test_every_field_comes_back() -> None:
    front = FrontMatter(
        title="---\nslug: ../x",
        date=DAY,
        moment=datetime(2025, 3, 14, 18, 30, tzinfo=UTC),
        date_basis=DateBasis.TEXT,
        slug="a-slug",
        lang="uk",
        kind=Kind.BRIEF,
        source=Source("The: Outlet", "https://outlet.example/"),
        canonical="https://outlet.example/a#b",
        authors=("Олена “Лев” Кіт", "no"),
        summary='He said: "# not a comment"',
        topics=("nato",),
        people=("1", "null"),
        places=("Ґданськ",),
        digest="2025/03/14/evening-brief",
        digest_item=3,
        full="2025/03/15/all-of-it",
        formerly=("2025/03/13/a-slug", "2025/03/12/a-slug"),
        status=Status.DRAFT,
        provenance=Provenance("a b.txt", "ab" * 32, "2025-03-14T10:00:00+00:00", "backfile 1", "cd" * 8),
        revisions=(Revision("2025-03-13", "ef" * 32, "A: b"), Revision("2025-03-14T09:00:00+00:00")),
        guessed=("lang",),
        extra={"Weather": {"high": 12.5, "words": ["yes", "12:30", "017"]}},
    )
    assert parse(dump(as_values(front), "x"), "x.md")[0] == front


def test_it_reads_as_a_person_would_write_it() -> None:
    values = {"guessed": ("lang",), "title": "Кіт: хто він?", "date": DAY, "lang": "uk", "summary": "Кіт, який спав."}
    front = 'title: "Кіт: хто він?"\ndate: 2025-03-14\nlang: uk\nsummary: Кіт, який спав.\nguessed:\n  - lang\n'
    assert dump(values, "\n\nТекст.\n\n") == f"---\n{front}---\n\nТекст.\n"


@pytest.mark.parametrize("title", ["12345", "no", "1e3", "12:34:56", "2025-03-14", "[a", "'a' b", "*x*"])
def test_a_title_in_quotes_is_text(title: str) -> None:
    quoted = title.replace("'", "''")
    assert parse(f"---\ntitle: '{quoted}'\ndate: 2025-03-14\n---\n", "x.md")[0].title == title


@pytest.mark.parametrize("title", ["12345", "no", "1e3", "12:34:56", "2025-03-14"])
def test_a_bare_title_is_the_text_that_was_written(title: str) -> None:
    assert parse(f"---\ntitle: {title}\ndate: 2025-03-14\n---\n", "x.md")[0].title == title


@pytest.mark.parametrize(
    ("yaml", "name", "value"),
    [
        ("authors: Ann Lee", "authors", ("Ann Lee",)),
        ("topics:\n- nato\n- 5", "topics", ("nato", "5")),
        ("Kind: Brief", "kind", Kind.BRIEF),
        ("status: DRAFT", "status", Status.DRAFT),
        ("lang: en-GB", "lang", "en"),
        ("source: The Outlet", "source", Source("The Outlet")),
        (
            "source: {name: The Outlet, url: https://outlet.example}",
            "source",
            Source("The Outlet", "https://outlet.example"),
        ),
        ("summary:", "summary", None),
        ("authors: []", "authors", ()),
        ("odd: {a: [1, yes, true, ~]}", "extra", {"odd": {"a": [1, "yes", True, None]}}),
    ],
)
def test_hand_written_habits(yaml: str, name: str, value: object) -> None:
    assert getattr(read(yaml), name) == value


@pytest.mark.parametrize(
    ("written", "day", "moment"),
    [
        ("2025-03-14", DAY, None),
        ("'2025-03-14'", DAY, None),
        ("2025-03-14 18:30", DAY, datetime(2025, 3, 14, 18, 30)),
        ("2025-03-14T23:30:00-08:00", DAY, datetime.fromisoformat("2025-03-14T23:30:00-08:00")),
    ],
)
def test_dates(written: str, day: date, moment: datetime | None) -> None:
    front, _ = parse(f"---\ntitle: T\ndate: {written}\n---\n", "x.md")
    assert (front.date, front.moment) == (day, moment)


@pytest.mark.parametrize(
    ("yaml", "code", "name", "line"),
    [
        ("title: T\ndate: 2025-02-30", "B107", "date", 3),
        ("title: T\ndate: 14.03.2025", "B107", "date", 3),
        ("title: T\ndate: [2025, 3, 14]", "B107", "date", 3),
        ("title: T\ndate: 2025-03-14\nslug: ../../pwned", "B108", "slug", 4),
        ("title: T\ndate: 2025-03-14\nslug: con", "B108", "slug", 4),
        ("title: T\ndate: 2025-03-14\nkind: essay", "B108", "kind", 4),
        ("title: T\ndate: 2025-03-14\nlang: Ukrainian language", "B108", "lang", 4),
        ("title: T\ndate: 2025-03-14\ncanonical: javascript:alert(1)", "B108", "canonical", 4),
        ("title: T\ndate: 2025-03-14\nsource: {name: X, url: file:///etc}", "B108", "source", 4),
        ("title: T\ndate: 2025-03-14\nsource: {nmae: X}", "B108", "source", 4),
        ("title: T\ndate: 2025-03-14\nsource: [X]", "B107", "source", 4),
        ("title: T\ndate: 2025-03-14\ndigest: 2025/13/01/x", "B108", "digest", 4),
        ("title: T\ndate: 2025-03-14\nformerly: [2025/02/30/x]", "B108", "formerly", 4),
        ("title: T\ndate: 2025-03-14\ndigest_item: 0", "B107", "digest_item", 4),
        ("title: T\ndate: 2025-03-14\nauthors: {a: b}", "B107", "authors", 4),
        ("title: T\ndate: 2025-03-14\nsummary: [a]", "B107", "summary", 4),
        ("title: T\ndate: 2025-03-14\nprovenance: x.txt", "B107", "provenance", 4),
        ("title: one\ntitle: two\ndate: 2025-03-14", "B105", "title", 3),
        ("date: 2025-03-14", "B106", "title", 1),
        ("title:\ndate: 2025-03-14", "B106", "title", 2),
        ("title: T\ntags:\n\t- a", "B103", None, 4),
        ("title: a: b\ndate: 2025-03-14", "B103", None, 2),
        ("title: T\ndate: 2025-03-14\na: &x [1]\nb: *x", "B109", None, 4),
        ("title: !!python/name:os.system\ndate: 2025-03-14", "B109", None, 2),
        ("just text", "B104", None, 2),
        ("a: " + "[" * 60000, "B109", None, 2),
        ("a: " + "x" * 200000, "B109", None, 2),
    ],
)
def test_a_finding_names_line_and_field(yaml: str, code: str, name: str | None, line: int) -> None:
    found = findings(yaml)
    assert (found[0].code, found[0].field, found[0].line) == (code, name, line)


def test_a_finding_quotes_the_value_and_says_the_mend() -> None:
    (found,) = findings("title: T\ndate: 2025-03-14\nslug: My Slug")
    assert str(found) == "x.md:4: slug: “My Slug” is not allowed. Write it as my-slug. [B108]"


def test_all_findings_come_at_once_in_order() -> None:
    found = findings("kind: essay\ndate: soon\nlang: 5")
    assert [finding.field for finding in found] == ["title", "kind", "date", "lang"]


@pytest.mark.parametrize(
    ("text", "code"), [("Text only.\n", "B101"), ("----\ntitle: T\n----\n", "B101"), ("---\ntitle: T\n", "B102")]
)
def test_missing_front_matter_is_named(text: str, code: str) -> None:
    with pytest.raises(ContentError, match=code):
        parse(text, "x.md")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_mark(end: str) -> None:
    text = end.join(["\ufeff---", "title: T", "date: 2025-03-14", "---", "", "Body.", "", "---", "", "End."])
    front, body = parse(text, "x.md")
    assert (front.title, body) == ("T", "Body.\n\n---\n\nEnd.\n")


def test_split_says_where_the_body_begins() -> None:
    assert split("---\na: 1\nb: 2\n---\nBody\n") == ("a: 1\nb: 2\n", "Body\n", 5)
    assert split("Body\n") == (None, "Body\n", 1)


def test_other_front_matter_is_read_as_plain_values() -> None:
    assert frontmatter.read_mapping("a: [1, yes]\nb: {c: 2025-03-14}\n", "x.md") == {"a": [1, "yes"], "b": {"c": DAY}}
    with pytest.raises(ContentError, match="B105"):
        frontmatter.read_mapping("a: 1\na: 2\n", "x.md")
