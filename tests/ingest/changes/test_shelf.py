"""Corrections of articles, as files: what moves, what follows, what stays."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from backfile.errors import ContentError, IngestError
from backfile.frontmatter import dump
from backfile.ingest.changes.catalogue import read_held, restamped, stamp
from backfile.ingest.changes.shelf import Shelf, chosen, read_articles, receipt_path
from backfile.model import Provenance

MARCH = {"title": "Quay closes", "date": date(2025, 3, 14)}
APRIL = {"date": date(2025, 4, 1)}


def shelf(content: Path, **files: str) -> Shelf:
    for name, text in files.items():
        path = content / f"articles/{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return Shelf.of(content, *read_articles(content))


def imported(values: dict[str, object], body: str) -> str:
    """Return a file as an importer leaves it."""
    unmarked = dump({**values, "provenance": Provenance("a.txt", "ab" * 32)}, body)
    return dump({**values, "provenance": Provenance("a.txt", "ab" * 32, written=stamp(unmarked))}, body)


def files(content: Path) -> set[str]:
    return {path.relative_to(content).as_posix() for path in content.rglob("*.md")}


def test_a_file_in_its_month_s_folder_moves_to_the_other_month(tmp_path: Path) -> None:
    found = shelf(tmp_path, **{"2025__03__quay-closes": dump(MARCH, "Text.")})
    now = found.amend(found.at("articles/2025/03/quay-closes.md"), APRIL)
    assert (now.id, now.front.formerly) == ("2025/04/01/quay-closes", ("2025/03/14/quay-closes",))
    assert files(tmp_path) == {"articles/2025/04/quay-closes.md"}
    assert found.at("articles/2025/03/quay-closes.md") == now


def test_a_file_in_a_folder_of_the_editor_s_stays_there(tmp_path: Path) -> None:
    found = shelf(tmp_path, mine__quay=dump(MARCH, "Text."))
    assert found.amend(found.at("articles/mine/quay.md"), APRIL).id == "2025/04/01/quay-closes"
    assert files(tmp_path) == {"articles/mine/quay.md"}


def test_back_again_the_address_is_its_own(tmp_path: Path) -> None:
    found = shelf(tmp_path, **{"2025__03__quay-closes": dump(MARCH, "Text.")})
    there = found.amend(found.at("articles/2025/03/quay-closes.md"), APRIL)
    back = found.amend(there, {"date": MARCH["date"]})
    assert (back.id, back.front.formerly) == ("2025/03/14/quay-closes", ("2025/04/01/quay-closes",))


def test_an_address_that_is_taken_is_not_taken_twice(tmp_path: Path) -> None:
    other = dump({**MARCH, **APRIL}, "Another text.")
    found = shelf(tmp_path, **{"2025__03__quay-closes": dump(MARCH, "Text."), "2025__04__quay-closes": other})
    now = found.amend(found.at("articles/2025/03/quay-closes.md"), APRIL)
    assert now.id.startswith("2025/04/01/quay-closes-")
    assert now.path == f"articles/2025/04/{now.slug}.md"
    assert (tmp_path / "articles/2025/04/quay-closes.md").read_text() == other


def test_a_file_name_that_is_taken_changes_no_address(tmp_path: Path) -> None:
    other = dump({**MARCH, "date": date(2025, 4, 2)}, "Another text.")
    found = shelf(tmp_path, **{"2025__03__quay-closes": dump(MARCH, "Text."), "2025__04__quay-closes": other})
    now = found.amend(found.at("articles/2025/03/quay-closes.md"), APRIL)
    assert now.id == "2025/04/01/quay-closes"
    assert now.path.startswith("articles/2025/04/quay-closes-")


@pytest.mark.parametrize("changes", [{"title": "Quay opens"}, {"lang": "uk"}])
def test_a_slug_that_was_made_of_the_title_stays(tmp_path: Path, changes: dict[str, str]) -> None:
    found = shelf(tmp_path, x=dump({**MARCH, "title": "Згода"}, "Text."))
    before = found.at("articles/x.md")
    assert found.amend(before, changes).id == before.id


def test_what_names_it_follows_and_an_import_stays_an_import(tmp_path: Path) -> None:
    old = "2025/03/14/quay-closes"
    brief = {**MARCH, "title": "Brief", "digest": old, "digest_item": 1}
    found = shelf(
        tmp_path,
        quay=dump(MARCH, "Text."),
        imported=imported({**brief, "slug": "one"}, "One."),
        edited=dump({**brief, "slug": "two", "full": old}, "Two.") + "<!-- mine -->\n",
    )
    found.amend(found.at("articles/quay.md"), APRIL)
    for name, edited in (("imported", False), ("edited", True)):
        held = read_held((tmp_path / f"articles/{name}.md").read_text(), name)
        assert (held.front.digest, held.edited) == ("2025/04/01/quay-closes", edited)
    assert held.front.full == "2025/04/01/quay-closes"


def test_the_receipt_follows_and_a_broken_one_is_left_alone(tmp_path: Path) -> None:
    receipt = tmp_path / receipt_path("ab" * 32)
    receipt.parent.mkdir(parents=True)
    text = imported({**MARCH, "slug": "quay-closes"}, "Text.")
    for left in ('{"items": [{"path": "articles/2025/03/quay-closes.md"}, {}]}', "{", "[]", '{"items": 5}'):
        receipt.write_text(left)
        found = shelf(tmp_path, **{"2025__03__quay-closes": text})
        found.amend(found.at("articles/2025/03/quay-closes.md"), APRIL)
        if "path" in left:
            assert json.loads(receipt.read_bytes()) == {"items": [{"path": "articles/2025/04/quay-closes.md"}, {}]}
        else:
            assert receipt.read_text() == left
        (tmp_path / "articles/2025/04/quay-closes.md").unlink()


def test_a_value_that_is_not_allowed_changes_nothing(tmp_path: Path) -> None:
    text = dump(MARCH, "Text.")
    found = shelf(tmp_path, quay=text)
    with pytest.raises(ContentError, match="lang"):
        found.amend(found.at("articles/quay.md"), {"lang": "English, of course"})
    assert (tmp_path / "articles/quay.md").read_text() == text


def test_a_file_that_has_gone_is_said(tmp_path: Path) -> None:
    found = shelf(tmp_path, quay=dump(MARCH, "Text."))
    (tmp_path / "articles/quay.md").unlink()
    with pytest.raises(IngestError, match=r"articles/quay\.md: can't be read any more"):
        found.amend(found.at("articles/quay.md"), {"lang": "en"})


def test_articles_are_named_by_id_file_or_folder(tmp_path: Path) -> None:
    texts = {f"{folder}__x": dump({**MARCH, "slug": folder}, "Text.") for folder in ("one", "two")}
    articles, _ = read_articles(shelf(tmp_path, **texts).content)
    one, two = articles
    assert chosen(articles, (), tmp_path) == [one, two]
    assert chosen(articles, ("/2025/03/14/two/",), tmp_path) == [two]
    assert chosen(articles, (str(tmp_path / "articles/one"), str(tmp_path / "articles/one/x.md")), tmp_path) == [one]
    assert chosen(articles, ("articles/one/x.md",), tmp_path) == [one]
    with pytest.raises(IngestError, match="three: no article is there"):
        chosen(articles, ("2025/03/14/two", "three"), tmp_path)


def test_a_file_that_came_there_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    found = shelf(tmp_path, **{"2025__03__quay-closes": dump(MARCH, "Text.")})
    shelf(tmp_path, **{"2025__04__quay-closes": "Somebody's."})
    with pytest.raises(IngestError, match="another file is there"):
        found.amend(found.at("articles/2025/03/quay-closes.md"), APRIL)
    assert (tmp_path / "articles/2025/04/quay-closes.md").read_text() == "Somebody's."


def test_what_can_t_be_read_only_holds_its_place(tmp_path: Path) -> None:
    found = shelf(tmp_path, **{"2025__04__quay-closes": "no front matter", "2025__03__quay-closes": dump(MARCH, "T.")})
    now = found.amend(found.at("articles/2025/03/quay-closes.md"), APRIL)
    assert now.path != "articles/2025/04/quay-closes.md"


def test_a_restamped_file_is_as_an_importer_leaves_it() -> None:
    text = imported({**MARCH, "slug": "quay-closes"}, "Text.").replace("Text", "Other text")
    assert read_held(text, "x.md").edited
    assert not read_held(restamped(text), "x.md").edited
    assert restamped("no mark") == "no mark"
