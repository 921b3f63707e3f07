"""The editor's word: how it is read, how it acts, what of it is stale."""

from __future__ import annotations

import time
from datetime import date

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factory import article

from backfile.archive import Editorial, assemble
from backfile.errors import ContentError
from backfile.model import Document, Kind
from backfile.stories import EditorWord, Grouping, Ledger, group, load_editor
from backfile.stories.editing.ruling import rule

FERRY = "The ferry Nordlys ran aground off Skagen with 140 people on board; tugs pulled it free at noon."
DOCUMENTS = (
    Document("2024/11/20/ferry-aground", "Ferry aground off Skagen", FERRY, date(2024, 11, 20), "A"),
    Document("2024/11/20/nordlys-freed", "Tugs free the ferry Nordlys off Skagen", FERRY[:70], date(2024, 11, 20), "B"),
    Document(
        "2024/11/22/dock",
        "Shipyard wins order",
        "A shipyard in Ulsteinvik will build two trawlers.",
        date(2024, 11, 22),
        "C",
    ),
)


def told(grouping: Grouping) -> set[tuple[str, ...]]:
    return {tuple(take.rsplit("/", 1)[-1] for take in story.takes) for story in grouping.stories}


def test_without_a_word_the_method_decides() -> None:
    assert told(group(DOCUMENTS)) == {("ferry-aground", "nordlys-freed"), ("dock",)}


@pytest.mark.parametrize(
    ("yaml_text", "expected"),
    [
        (
            "split: [[2024/11/20/ferry-aground, 2024/11/20/nordlys-freed]]",
            {("ferry-aground",), ("nordlys-freed",), ("dock",)},
        ),
        ("merge: [[2024/11/22/dock, 2024/11/20/ferry-aground]]", {("ferry-aground", "nordlys-freed", "dock")}),
        ("pins: {/2024/11/22/dock/: ferry-aground}", {("ferry-aground", "nordlys-freed", "dock")}),
    ],
)
def test_the_word_wins(yaml_text: str, expected: set[tuple[str, ...]]) -> None:
    grouping = group(DOCUMENTS, editor=load_editor(yaml_text))
    assert told(grouping) == expected
    assert grouping.findings == ()


def test_a_merge_is_a_reason() -> None:
    grouping = group(DOCUMENTS, editor=load_editor("merge: [[2024/11/22/dock, 2024/11/20/ferry-aground]]"))
    (story,) = grouping.stories
    assert [reason.kind for reason in story.joins[-1].reasons][-1] == "editor"


def test_a_title() -> None:
    grouping = group(DOCUMENTS, editor=EditorWord(titles={"ferry-aground": "The Nordlys"}))
    assert [story.title for story in grouping.stories] == ["The Nordlys", None]


@pytest.mark.parametrize(
    "yaml_text",
    [
        "merge: [[2024/11/20/ferry-aground, 2024/11/20/gone]]",
        "split: [[2024/11/20/ferry-aground, 2024/11/20/gone]]",
        "pins: {2024/11/20/gone: ferry-aground}",
        "pins: {2024/11/22/dock: no-such-story}",
        "titles: {no-such-story: Gone}",
    ],
)
def test_what_is_stale_is_a_finding(yaml_text: str) -> None:
    findings = group(DOCUMENTS, editor=load_editor(yaml_text)).findings
    assert [finding.code for finding in findings] == ["S204"]


@pytest.mark.parametrize(
    ("yaml_text", "code"),
    [
        ("merge: [", "S201"),
        ("- merge", "S202"),
        ("joins: []", "S202"),
        ("merge: [[only-one]]", "S202"),
        ("merge: {a: b}", "S202"),
        ("pins: [a]", "S202"),
        ("titles: {a: 3}", "S202"),
        ("merge: [[a, [b]]]", "S202"),
        ("merge: [[a, '']]", "S202"),
        ("merge: [[a, a]]", "S202"),
        ("merge: word", "S202"),
        ("split: 2025-03-14", "S202"),
        ("pins: {a: [b]}", "S202"),
        ("pins: {[a]: b}", "S202"),
        ("pins: {a: b, /a/: c}", "S202"),
        ("pins: {a: }", "S202"),
        ("titles: {a: true}", "S202"),
        ("titles: {a: 2025-03-14}", "S202"),
        ("merge: [[a, b]]\nmerge: [[c, d]]", "S202"),
        ("merge: &all [[a, b]]\nsplit: *all", "S202"),
        ("merge: !!python/name:os.system x", "S202"),
        ("merge: " + "[" * 600 + "]" * 600, "S202"),
        ("- " * 2000, "S202"),
        ("{", "S201"),
        ("\tmerge: []", "S201"),
        ("merge: [[a, b]]\nsplit: [[b, a]]", "S203"),
        ("merge: [[a, b], [b, c]]\nsplit: [[c, a]]", "S203"),
        ("pins: {a: talks, b: talks}\nsplit: [[a, b]]", "S203"),
        ("pins: {a: talks, b: talks}\nmerge: [[b, c]]\nsplit: [[a, x, c]]", "S203"),
    ],
)
def test_bad_words_say_what_is_wrong(yaml_text: str, code: str) -> None:
    with pytest.raises(ContentError) as error:
        load_editor(yaml_text)
    assert [finding.code for finding in error.value.findings] == [code]


@pytest.mark.parametrize("yaml_text", ["", "# nothing yet\n", "merge:\nsplit: []\npins: {}\ntitles:\n"])
def test_nothing_said_is_no_word(yaml_text: str) -> None:
    assert load_editor(yaml_text) == EditorWord()


def test_a_finding_names_the_line() -> None:
    with pytest.raises(ContentError, match=r"^stories.yaml:3: merge: entry 2 does not name two articles\."):
        load_editor("merge:\n  - [a, b]\n  - [c]\n")


def test_addresses_may_be_pasted_as_a_browser_shows_them() -> None:
    base = "https://a.example/archive"
    word = load_editor(
        f"merge: [[{base}/2025/03/14/a/, /2025/03/14/b/]]\n"
        f"pins: {{'{base}/2025/03/14/c/index.html': '{base}/stories/talks/'}}\n"
    )
    assert (word.merge, dict(word.pins)) == ((("2025/03/14/a", "2025/03/14/b"),), {"2025/03/14/c": "talks"})


def test_words_that_look_like_other_types_are_words() -> None:
    assert load_editor("titles: {'12': '2025'}\npins: {no: yes}").pins == {"no": "yes"}


def test_a_pin_may_name_a_story_by_its_id_in_the_ledger() -> None:
    ledger = Ledger({"old-name": "2024/11/20/nordlys-freed"})
    grouping = group(DOCUMENTS, editor=load_editor("pins: {2024/11/22/dock: old-name}"), ledger=ledger)
    assert [story.id for story in grouping.stories] == ["old-name"]


def take(slug: str, text: str = "", day: int = 1) -> Document:
    return Document(f"2025/03/{day:02}/{slug}", slug, text, date(2025, 3, day))


def ruled(editor: EditorWord, *groups: str, ledger: Ledger | None = None, ties: str = "") -> tuple[set[str], list[str]]:
    """Return groups of takes called by a letter, and the findings' codes; ``ties`` as "ab bc", strongest first."""
    order = [take(letter) for letter in sorted("".join(groups))]
    where = {document.id.rsplit("/", 1)[-1]: at for at, document in enumerate(order)}
    given = [(where[pair[0]], where[pair[1]], 1 / rank) for rank, pair in enumerate(ties.split(), 1)]
    ruling = rule([[where[letter] for letter in group] for group in groups], order, editor, ledger or Ledger(), given)
    told = {"".join(order[at].title for at in group) for group in ruling.groups}
    return told, [finding.code for finding in ruling.findings]


def ids(letters: str) -> tuple[str, ...]:
    return tuple(take(letter).id for letter in letters)


@pytest.mark.parametrize(
    ("merge", "split", "ties", "expected"),
    [
        ([], ["ad"], "ab de bc ef cd", {"abc", "def"}),  # the others go with what they are like
        ([], ["da"], "", {"a", "bcdef"}),  # like none: they stay with the first that is named
        (["db"], ["ad"], "ab ac de df", {"ac", "bdef"}),  # what is merged stays together
        ([], ["ade"], "ab dc ef", {"ab", "cd", "ef"}),
        ([], ["ad", "ab"], "ab de bc ef cd", {"a", "bc", "def"}),  # one after the other
        ([], ["ag"], "", {"abcdef"}),  # they stand apart already
    ],
)
def test_a_split_divides_a_story_by_likeness(merge: list[str], split: list[str], ties: str, expected: set[str]) -> None:
    editor = EditorWord(merge=tuple(map(ids, merge)), split=tuple(map(ids, split)))
    assert ruled(editor, "abcdef", "g", ties=ties) == (expected | {"g"}, [])


def test_a_split_by_likeness_from_end_to_end() -> None:
    fire = "Fire gutted the Ostby paper mill by the river Lom on Monday; forty firemen fought it until the morning."
    harbour = "Dockers in Varberg walked out over night shifts; the container terminal there is closed for three days."
    texts = [fire, f"{fire} Nobody was hurt.", harbour, f"{harbour} Talks begin today."]
    documents = [take(f"t{at}", text, day=1) for at, text in enumerate(texts)]
    together = EditorWord(merge=((documents[1].id, documents[2].id),))
    assert told(group(documents, editor=together)) == {("t0", "t1", "t2", "t3")}
    apart = EditorWord(merge=((documents[0].id, documents[2].id),), split=((documents[0].id, documents[1].id),))
    assert told(group(documents, editor=apart)) == {("t0", "t2", "t3"), ("t1",)}


def test_a_split_wins_over_a_pin_and_says_so() -> None:
    editor = EditorWord(pins={ids("c")[0]: "a"}, split=(ids("ac"),))
    assert ruled(editor, "ab", "c") == ({"ab", "c"}, ["S203"])


def test_an_entry_whose_articles_have_become_one_is_stale() -> None:
    assert ruled(EditorWord(merge=(ids("a"),), split=(ids("b"),)), "ab") == ({"ab"}, ["S204", "S204"])


def test_an_article_under_another_day_is_suggested() -> None:
    word = EditorWord(merge=((DOCUMENTS[0].id, "2024/11/21/dock"),))
    (finding,) = group(DOCUMENTS, editor=word).findings
    assert "Perhaps it is 2024/11/22/dock now." in str(finding)


def test_a_pin_may_name_a_story_by_any_id_that_leads_to_it() -> None:
    talks = [take("talks", FERRY), take("talks", "A council met in Lom.", day=2), take("late", "Tarn bakers.", day=3)]
    grouping = group(talks, editor=EditorWord(pins={talks[2].id: "talks-2025-03-02"}))
    assert [(story.id, len(story.takes)) for story in grouping.stories] == [("talks", 1), ("talks-2025-03-02", 2)]
    heirs = Ledger({"old": "2025/02/01/gone"}, heirs={"old": (talks[1].id,)})
    grouping = group(talks, editor=EditorWord(pins={talks[2].id: "old"}), ledger=heirs)
    assert [story.id for story in grouping.stories if len(story.takes) > 1] == ["old"]


def test_a_pinned_story_keeps_its_id_when_an_older_article_joins_it() -> None:
    older = take("aside", "Bakers in Tarn.", day=1)
    word = EditorWord(pins={older.id: "ferry"}, titles={"ferry": "The Nordlys"})
    grouping = group([older, take("ferry", FERRY, day=2), take("tugs", FERRY, day=3)], editor=word)
    assert [(story.id, story.title) for story in grouping.stories] == [("ferry", "The Nordlys")]
    assert grouping.findings == ()


def test_a_title_given_under_a_retired_id_follows() -> None:
    ledger = Ledger({"first": DOCUMENTS[0].id, "second": DOCUMENTS[1].id})
    grouping = group(DOCUMENTS, editor=EditorWord(titles={"second": "The Nordlys"}), ledger=ledger)
    assert [story.title for story in grouping.stories] == ["The Nordlys", None]
    assert grouping.findings == ()


def test_a_brief_that_is_told_in_full_leads_on() -> None:
    full = article("Bridge opens", "The bridge at Ostby has opened.", day="2025-03-15")
    brief = article("Bridge opens", "The bridge has opened.", kind=Kind.BRIEF, digest="x", full=full.id)
    other = article("Snow falls", "Snow fell on Lom.")
    archive = assemble([full, brief, other], Editorial(editor=EditorWord(merge=((brief.id, other.id),))))
    assert [set(story.takes) for story in archive.stories] == [{full.id, other.id}]
    assert [finding.code for finding in archive.findings if finding.code.startswith("S")] == []


def test_a_thousand_entries_cost_little() -> None:
    order = [take(f"t{at}") for at in range(20_000)]
    groups = [list(range(at, at + 10)) for at in range(0, 20_000, 10)]
    text = ["merge:", *(f"  - [{order[at].id}, {order[at + 15].id}]" for at in range(0, 10_000, 10))]
    text += ["split:", *(f"  - [{order[at].id}, {order[at + 1].id}]" for at in range(10_000, 16_000, 10))]
    text += ["pins:", *(f"  {order[at + 7].id}: t{at - 10}" for at in range(16_010, 20_000, 20))]
    text += ["titles:", *(f"  t{at}: Title {at}" for at in range(1_000))]
    begin = time.process_time()
    ruling = rule(groups, order, load_editor("\n".join(text)), Ledger())
    assert time.process_time() - begin < 3
    assert ruling.findings == []


@pytest.mark.parametrize("part", ["merge", "split"])
def test_an_entry_of_thousands_costs_little(part: str) -> None:
    order = [take(f"t{at}") for at in range(5_000)]
    word = load_editor(f"{part}: [[{', '.join(document.id for document in order)}]]")
    begin = time.process_time()
    ruling = rule([list(range(5_000))], order, word, Ledger())
    assert time.process_time() - begin < 2
    assert len(ruling.groups) == (1 if part == "merge" else 5_000)


words = st.text("ab/-[]{}:#'\n ", max_size=6) | st.sampled_from(
    ["a", "2025/03/14/a", "stories/x/", "merge", "12", "null", "2025-03-14"]
)
shapes = st.recursive(
    st.sampled_from([None, True, 3, 1.5, date(2025, 3, 14)]) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["merge", "split", "pins", "titles", "x"]), shapes, max_size=4))
def test_any_file_is_read_or_refused_with_findings(content: dict[str, object]) -> None:
    try:
        word = load_editor(yaml.safe_dump(content, allow_unicode=True))
    except ContentError as error:
        assert all(finding.code in ("S201", "S202", "S203") for finding in error.findings)  # noqa: PT017 -- either outcome is right
    else:
        ruling = rule([[0, 1], [2]], DOCUMENTS, word, Ledger())
        assert sorted(at for members in ruling.groups for at in members) == [0, 1, 2]
        assert {finding.code for finding in ruling.findings} <= {"S203", "S204"}
