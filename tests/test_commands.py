from __future__ import annotations

import pytest
from invoke.exceptions import Exit
from invoke.parser.argument import Argument
from invoke.parser.context import ParserContext
from invoke.parser.parser import Parser
from tasks import plainly

from backfile.commands import words_of
from backfile.errors import IngestError

VALUED = {"--date", "-d"}
TASKS = {"import", "build", "tests"}


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        ("import a.txt b.txt", ["a.txt", "b.txt"]),
        ("import", []),
        ("build", []),
        ("import build", []),
        ("import a.txt build", ["a.txt"]),
        ("import --date 2025-03-14 a.txt", ["a.txt"]),
        ("import a.txt -d 2025-03-14 b.txt", ["a.txt", "b.txt"]),
        ("import --date=2025-03-14 --force a.txt", ["a.txt"]),
        ("import a.txt -- b.txt", ["a.txt"]),
        ("build import a.txt", ["a.txt"]),
        ("import - a.txt", ["-", "a.txt"]),
        ("import https://a.example/b?c=d -d 2025-03-14", ["https://a.example/b?c=d"]),
        ("import tests", ["tests"]),  # a folder of that name is there
    ],
)
def test_the_words_that_are_paths(line: str, paths: list[str]) -> None:
    assert list(words_of("import", line.split(), VALUED, TASKS)) == paths


def test_invoke_takes_a_hyphen_for_a_word() -> None:
    words = [Argument(name=f"path{number}", positional=True) for number in range(2)]
    (context,) = Parser(contexts=[ParserContext(name="import", args=words)]).parse_argv(["import", "-", "a.txt"])
    assert [context.args[f"path{number}"].value for number in range(2)] == ["-", "a.txt"]


def test_a_message_does_not_drive_the_terminal() -> None:
    with pytest.raises(Exit, match=r"a\\x1b\[2J\\u202e\.txt: is empty\nb\.txt: is empty") as ended, plainly():
        raise IngestError("a\x1b[2J\u202e.txt: is empty\nb.txt: is empty")
    assert ended.value.code == IngestError.exit_status
