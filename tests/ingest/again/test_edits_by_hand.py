"""What a hand wrote stays when a better importer reads again, and so does what it took out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from backfile.errors import IngestError
from backfile.ingest.again import Report, read_again
from backfile.ingest.records import Item
from backfile.model import Kind
from tests.ingest.again.rereadings import Tell, again, articles, by_hand, first, only, take, told
from tests.ingest.short_texts import DIGEST, PORT


def test_a_hand_s_edit_stays_and_the_rest_follows(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), title="The port is open", people=("Ann Lee",))
    file = content / only(content).path
    file.write_text(file.read_text().replace("lang:", "# ours\nlang:"))
    importer(first(title="Port of Ostby opens again", authors=("Ann Lee",), markdown="The port opened.\n"))
    assert told(again(content))["title"] == ("The port is open", "Port of Ostby opens again", "edited by hand")
    now = only(content)
    assert (now.front.title, now.front.people) == ("The port is open", ("Ann Lee",))
    assert (now.front.authors, now.body, now.edited) == (("Ann Lee",), "The port opened.\n", True)
    assert "# ours\nlang:" in file.read_text()
    assert again(content).rereads == ()  # it was said once


def test_an_edit_of_the_text_stays(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), body="I wrote this.\n")
    importer(first(markdown="The port opened.\n", authors=("Ann Lee",)))
    assert told(again(content))["body"] == ("I wrote this.\n", "The port opened.\n", "edited by hand")
    assert (only(content).body, only(content).front.authors) == ("I wrote this.\n", ("Ann Lee",))


def test_a_field_that_a_hand_took_out_stays_out(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), summary=None)
    importer(first(authors=("Ann Lee",)))
    again(content)
    assert only(content).front.summary is None


def test_a_guess_that_was_confirmed_stays(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), guessed=("date",))  # the language was confirmed, and nothing else is changed
    importer(first(lang="uk"))
    assert told(again(content)) == {"lang": ("en", "uk", "edited by hand")}
    assert (only(content).front.lang, only(content).front.guessed) == ("en", ("date",))


def test_of_a_text_that_was_edited_nothing_is_taken_out(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), body="Mine.\n")
    brief = Item("Brief", Kind.BRIEF, PORT, digest=0)
    importer(lambda items: (replace(items[0], kind=Kind.DIGEST, markdown="One item.\n"), brief))
    report = again(content)
    assert "“Brief” is found, but the text that it stood in was edited by hand" in "\n".join(report.lines())
    assert (only(content).front.kind, only(content).body) == (Kind.ARTICLE, "Mine.\n")


def test_what_a_hand_removed_is_not_made_again(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path, DIGEST)
    (content / only(content, "Snow").path).unlink()
    report = again(content)
    assert report.changes == 0
    assert "was removed since: it stays so" in "\n".join(report.lines())
    importer(first(authors=("Ann Lee",)))
    assert again(content).changes == 1
    assert again(content).changes == 0
    assert len(articles(content)) == 2


def test_a_brief_whose_headline_and_text_were_edited_is_known_by_its_old_headline(
    tmp_path: Path, importer: Tell
) -> None:
    content = take(tmp_path, DIGEST)
    by_hand(content, only(content, "Snow"), title="White out", body="Nothing like it was.\n")
    importer(lambda items: [replace(item, authors=("Ann Lee",)) for item in items])
    again(content)
    assert len(articles(content)) == 3
    assert only(content, "White out").front.authors == ("Ann Lee",)
    importer(lambda items: [replace(item, authors=("Bo Ek",)) for item in items])
    again(content)
    assert only(content, "White out").front.authors == ("Bo Ek",)


def test_with_force_the_importer_has_the_last_word(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), title="The port is open", body="Mine.\n")
    importer(first(authors=("Ann Lee",)))
    again(content, force=True)
    assert (only(content).front.title, only(content).body[:8]) == ("Port opens again", "The port")


def test_a_file_that_is_edited_while_the_editor_thinks_is_not_overwritten(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    importer(first(title="Other"))

    def agree(_: Report) -> bool:
        by_hand(content, only(content), title="Mine")
        return True

    with pytest.raises(IngestError, match="was changed meanwhile; run the command again"):
        read_again(content, (), agree)
    assert only(content).front.title == "Mine"


def test_a_file_that_is_edited_while_others_are_read_is_not_overwritten(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)

    def better(items: tuple[Item, ...]) -> Sequence[Item]:
        by_hand(content, only(content), title="Mine")
        return first(title="Other")(items)

    importer(better)
    with pytest.raises(IngestError, match="was changed meanwhile; run the command again"):
        again(content)
    assert only(content).front.title == "Mine"
