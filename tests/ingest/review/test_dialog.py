"""Whole conversations: what is asked, what is answered, what stands in the files then."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.console import Console

from backfile.content import read_archive
from backfile.errors import IngestError
from backfile.frontmatter import FrontMatter, parse
from backfile.ingest.review import review
from backfile.ingest.run import import_paths
from backfile.model import DateBasis, Kind, Source

NOW = datetime(2025, 3, 20, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
PORT = "The port of Ostby opened again after nine months of work.\n\nThe council paid for it, and the ships came.\n"
DIGEST = """Вечірній огляд

Посуха закрила два канали для барж
Два канали в низовині закрили для барж через посуху.

Сніг зупинив гірську залізницю
Сильний сніг зупинив гірську залізницю в четвер уночі.
"""


class Editor:
    """Answers from a list, and keeps what was asked; a list that is over is the end of input."""

    def __init__(self, *answers: str) -> None:
        self.answers: Iterator[str] = iter(answers)
        self.asked: list[str] = []

    def __call__(self, prompt: str) -> str:
        self.asked.append(prompt)
        try:
            return next(self.answers)
        except StopIteration:
            raise EOFError from None


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    for name, text in (("port.txt", PORT), ("огляд.txt", DIGEST)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    report = import_paths([tmp_path / "port.txt", tmp_path / "огляд.txt"], content, today=TODAY, now=NOW)
    assert not report.failed
    return content


def talk(
    content: Path, *answers: str, words: tuple[str, ...] = (), field: str = "", slugs: bool = False
) -> tuple[Editor, str]:
    editor, console = Editor(*answers), Console(file=io.StringIO(), width=200, force_terminal=True, color_system=None)
    review(content, words, field=field, console=console, ask=editor, readdress=slugs)
    assert isinstance(console.file, io.StringIO)
    return editor, console.file.getvalue()


def listed(content: Path, *words: str, field: str = "", as_json: bool = False) -> str:
    console = Console(file=io.StringIO(), width=80)
    review(content, words, field=field, console=console, as_json=as_json)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def fronts(content: Path) -> dict[str, FrontMatter]:
    files = sorted((content / "articles").rglob("*.md"))
    return {
        path.relative_to(content).as_posix(): parse(path.read_text(encoding="utf-8"), path.name)[0] for path in files
    }


def front(content: Path, start: str) -> FrontMatter:
    return next(front for front in fronts(content).values() if front.title.startswith(start))


def test_dates_come_first_and_a_digest_is_one_question_with_its_briefs(content: Path) -> None:
    editor, _ = talk(content, *"ssssss")
    asked = [prompt.rpartition("the right ")[2] for prompt in editor.asked]
    assert asked == ["date: ", "date: ", "title: ", "lang: ", "lang: "]


def test_a_question_shows_what_the_text_is_about_and_why_it_is_asked(content: Path) -> None:
    _, shown = talk(content, "s", "q")
    assert "date: 2025-03-20 (no day is stated: the day of import stands in)" in shown
    assert "Вечірній огляд" in shown
    assert "and 2 more from the same file" in shown
    assert "The council paid for it, and the ships came." in shown


def test_what_is_kept_is_no_guess_any_more(content: Path) -> None:
    talk(content, "", field="title")
    port = front(content, "The port")
    assert (port.guessed, port.title) == (("date", "lang"), "The port of Ostby opened again after nine months of work")


def test_a_day_that_is_confirmed_is_the_editor_s(content: Path) -> None:
    talk(content, "", "s", field="date")
    bases = {(front.kind, front.date_basis, "date" in front.guessed) for front in fronts(content).values()}
    assert bases == {
        (Kind.DIGEST, DateBasis.IMPORTED, True),
        (Kind.BRIEF, DateBasis.IMPORTED, True),
        (Kind.ARTICLE, DateBasis.GIVEN, False),
    }


def test_a_corrected_day_moves_file_and_address_and_the_old_one_leads_there(content: Path) -> None:
    _, shown = talk(content, "s", "2025-02-14", field="date", words=(str(content / "articles"),))
    moved = {path: front for path, front in fronts(content).items() if path.startswith("articles/2025/02/")}
    assert len(moved) == 3
    for article in moved.values():
        assert article.formerly == (f"2025/03/20/{article.slug}",)
        assert (article.date, article.date_basis) == (date(2025, 2, 14), DateBasis.GIVEN)
        assert f"/2025/03/20/{article.slug}/ leads to /2025/02/14/{article.slug}/ now" in shown


def test_briefs_follow_their_digest_and_so_does_all_that_names_it(content: Path) -> None:
    digest = next(article for article in fronts(content).values() if article.kind is Kind.DIGEST)
    talk(content, "2025-03-01", field="date", words=(f"2025/03/20/{digest.slug}",))
    archive = read_archive(content, "en")
    assert archive.findings == ()
    briefs = [article for article in archive.articles.values() if article.kind is Kind.BRIEF]
    assert {brief.digest for brief in briefs} == {f"2025/03/01/{digest.slug}"}
    written = [article.digest for article in fronts(content).values() if article.kind is Kind.BRIEF]
    assert written == [f"2025/03/01/{digest.slug}"] * 2


def test_an_untouched_brief_stays_untouched_when_its_digest_moves(content: Path) -> None:
    digest = next(article for article in fronts(content).values() if article.kind is Kind.DIGEST)
    talk(content, "2025-03-01", field="date", words=(f"2025/03/20/{digest.slug}",))
    inbox = content.parent / "огляд.txt"
    inbox.write_text(DIGEST.replace("Два канали", "Три канали"), encoding="utf-8")
    report = import_paths([inbox], content, today=TODAY, now=NOW)
    actions = {intent.kind: str(intent.action) for entry in report.entries for intent in entry.intents}
    assert actions["brief"] in ("update", "same")


def test_the_receipt_names_the_file_where_it_is_now(content: Path) -> None:
    talk(content, "2025-02-01", "2025-02-01", field="date")
    receipts = [json.loads(path.read_bytes()) for path in (content / "imports").rglob("*.json")]
    paths = {item["path"] for receipt in receipts for item in receipt["items"]}
    assert paths == set(fronts(content))


@pytest.mark.parametrize(
    ("field", "bad", "mend", "good"),
    [
        ("date", "14.3.2025", "Write a day that exists as YYYY-MM-DD", "2025-03-14"),
        ("date", "2025-02-30", "“2025-02-30” is no date", "2025-02-28"),
        ("date", "-", "Add a line date:", "2025-02-28"),
        ("lang", "Ukrainian language", "Write a language code such as en, uk or ru.", "uk"),
    ],
)
def test_an_answer_that_is_not_allowed_is_asked_again_with_the_mend(
    content: Path, field: str, bad: str, mend: str, good: str
) -> None:
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    _, shown = talk(content, bad, field=field)
    assert mend in shown
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before
    editor, _ = talk(content, bad, good, field=field)
    assert len(editor.asked) == 3  # the same question again, then the next one
    assert any(str(getattr(article, field)) == good for article in fronts(content).values())


def test_a_corrected_title_keeps_its_address_unless_asked(content: Path) -> None:
    talk(content, "Port open", field="title")
    port = front(content, "Port open")
    assert (port.slug, port.formerly, port.guessed) == (
        "the-port-of-ostby-opened-again-after-nine-months-of-work",
        (),
        ("date", "lang"),
    )


def test_a_corrected_title_moves_the_address_when_asked(content: Path) -> None:
    talk(content, "Порт відкрито", field="title", slugs=True)
    assert front(content, "Порт відкрито").formerly == (
        "2025/03/20/the-port-of-ostby-opened-again-after-nine-months-of-work",
    )


def test_a_makes_one_answer_of_many_questions(content: Path) -> None:
    editor, shown = talk(content, "a", field="date")
    assert len(editor.asked) == 1
    assert "Enter keeps, a keeps all 2 like it" in editor.asked[0]
    assert "4 confirmed, 0 corrected; 0 still guessed" in shown


def test_q_leaves_the_rest_a_guess(content: Path) -> None:
    _, shown = talk(content, "", "q")
    assert "still guessed" in shown
    assert sum(len(article.guessed) for article in fronts(content).values()) > 4


def test_the_questions_are_explained(content: Path) -> None:
    _, shown = talk(content, "?", "q")
    assert "Enter keeps the value" in shown


@pytest.mark.parametrize(
    ("answer", "source"),
    [
        ("Гірська пошта", Source("Гірська пошта")),
        ("The Quay Post https://quay.example/x", Source("The Quay Post", "https://quay.example")),
        ("=s", Source("s")),
        ("-", None),
    ],
)
def test_an_outlet(tmp_path: Path, answer: str, source: Source | None) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"Quay closes\n\nhttps://www.post.example/quay\n\n{PORT}", encoding="utf-8")
    import_paths([page], tmp_path / "content", today=TODAY, now=NOW)
    assert "source" in front(tmp_path / "content", "Quay").guessed
    talk(tmp_path / "content", answer, field="source")
    assert (front(tmp_path / "content", "Quay").source, "source" in front(tmp_path / "content", "Quay").guessed) == (
        source,
        False,
    )


def test_comments_and_what_others_wrote_stay(content: Path) -> None:
    (path,) = (path for path in fronts(content) if "port-of-ostby" in path)
    file = content / path
    text = (
        file.read_text(encoding="utf-8")
        .replace("guessed:\n", "mood: calm # ours\nguessed: # by hand\n")
        .replace("\n", "\r\n")
    )
    file.write_bytes(text.encode())
    talk(content, "", field="lang", words=(str(file),))
    assert file.read_bytes() == text.replace("  - lang\r\n", "").encode()


def test_a_later_import_does_not_overwrite_what_was_confirmed(content: Path) -> None:
    talk(content, "", field="title")
    (content.parent / "port.txt").write_text(PORT.replace("nine", "ten"), encoding="utf-8")
    report = import_paths([content.parent / "port.txt"], content, today=TODAY, now=NOW)
    assert [str(intent.action) for intent in report.entries[0].intents] == ["refuse"]


def test_without_a_terminal_it_lists_and_says_how_to_answer(content: Path) -> None:
    text = listed(content)
    assert (
        "articles/2025/03/the-port-of-ostby-opened-again-after-nine-months-of-work.md: title: The port of Ostby" in text
    )
    assert "(no day is stated: the day of import stands in)" in text
    assert "9 guessed in 4 articles, 5 to answer." in text
    assert "run `invoke review` in a terminal" in text


def test_json_holds_them_all(content: Path) -> None:
    rows = json.loads(listed(content, field="date", as_json=True))
    assert [row["field"] for row in rows] == ["date"] * 4
    assert {row["value"] for row in rows} == {"2025-03-20"}


def test_a_word_that_names_nothing_is_said(content: Path) -> None:
    with pytest.raises(IngestError, match="nowhere: no article is there"):
        listed(content, "nowhere")


def test_a_file_that_can_t_be_read_is_named_and_the_others_are_walked(content: Path) -> None:
    (content / "articles/broken.md").write_text("no front matter")
    assert "Left out, since it can't be read: articles/broken.md" in listed(content)
    assert talk(content, "", field="title")[0].asked


def test_where_nothing_is_guessed_it_says_so(content: Path) -> None:
    talk(content, "a", "a", "a", "a", "a")
    assert listed(content) == "Nothing is guessed.\n"


def test_nothing_that_others_wrote_drives_the_terminal(content: Path) -> None:
    wild = content / "articles/2025/03/wild.md"
    wild.write_text(
        '---\ntitle: "Port\\u202Eopens"\ndate: 2025-03-20\nsource: {name: "Quay\\u202E"}\n'
        "guessed: [date, source]\n---\nThe port of Ostby \u202eopened again.\n",
        encoding="utf-8",
    )
    _, seen = talk(content, "s", "s", words=("articles/2025/03/wild.md",))
    assert "Port\\u202eopens" in seen
    assert "\u202e" not in seen + listed(content)
