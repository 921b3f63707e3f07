from __future__ import annotations

import pytest
import tasks
from invoke.exceptions import Exit
from invoke.parser.argument import Argument
from invoke.parser.context import ParserContext
from invoke.parser.parser import Parser
from invoke.tasks import Task
from tasks import plainly

from backfile.commands import slip, words_of
from backfile.errors import IngestError

VALUED = {"--date", "-d"}
TASKS = {"import", "build", "tests"}
ALL = {each.name: each for each in vars(tasks).values() if isinstance(each, Task)}


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


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sitee", "no task sitee. Did you mean make site (or invoke import build)?"),
        ("biuld", "no task biuld. Did you mean build?"),
        ("gh-pages", "no task gh-pages. Did you mean gh_pages?"),
        ("build axyzzy", "no task axyzzy. `invoke --list`"),
        (
            "import --dryrun a.txt",
            "`invoke import` has no option --dryrun. Did you mean --dry-run? `invoke --help import`",
        ),
        ("review --feild=date", "`invoke review` has no option --feild. Did you mean --field?"),
        ("import a.txt -fx", "`invoke import` has no option -x. "),
        ("publish --dry", "`invoke publish` has no option --dry. Did you mean --dry-run?"),
        ("--dry publish", "`invoke` has no option --dry. Did you mean --dry-run?"),
        ("--lst", "`invoke` has no option --lst. Did you mean --list?"),
    ],
)
def test_a_slip_is_named_with_what_may_be_meant(line: str, said: str) -> None:
    assert said in (slip(line.split(), ALL) or "")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "--list",
        "--list --list-format json",
        "--help import",
        "import --help",
        "import biuld --date 2025-03-14 -s Post -fy --lang=uk build --profile",
        "import -d2025-03-14 - a.txt",
        "serve --port 9000 --host ::1",
        "--echo build",
        "--complete -- invoke imp",
    ],
)
def test_what_is_right_is_let_through(line: str) -> None:
    assert slip(line.split(), ALL) is None


def test_invoke_takes_a_hyphen_for_a_word() -> None:
    words = [Argument(name=f"path{number}", positional=True) for number in range(2)]
    (context,) = Parser(contexts=[ParserContext(name="import", args=words)]).parse_argv(["import", "-", "a.txt"])
    assert [context.args[f"path{number}"].value for number in range(2)] == ["-", "a.txt"]


def test_a_message_does_not_drive_the_terminal() -> None:
    with pytest.raises(Exit, match=r"a\\x1b\[2J\\u202e\.txt: is empty\nb\.txt: is empty") as ended, plainly():
        raise IngestError("a\x1b[2J\u202e.txt: is empty\nb.txt: is empty")
    assert ended.value.code == IngestError.exit_status
