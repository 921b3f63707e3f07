"""What the documentation says is true: commands run, examples are read, and what is pointed to is there."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt

from backfile import frontmatter
from backfile.names import load_names
from backfile.reading import read_article, read_prose
from backfile.rights import load_rights
from backfile.stories import load_editor
from backfile.topics import read_topic
from tests.building import ROOT

README = ROOT / "README.md"
PAGES = [README, *(ROOT / name for name in ("CONTRIBUTING.md", "inbox/README.md", "tests/README.md"))]
PAGES += sorted((ROOT / "docs").glob("*.md"))

# Commands in the README that no test here runs, and why.
NOT_RUN = {
    "make test": "it runs these tests",
    "invoke publish": "test_tasks.py publishes; here its --dry-run is run",
    "invoke gh_pages": "test_tasks.py pushes, to a repository of its own",
    ".venv/bin/invoke import https://outlet.example/news/a-report": "tests need no internet",
    "invoke undo": "test_tasks.py undoes an import of its own",
    "invoke withdraw": "test_tasks.py takes a text back that it has imported",
}
SERVES = {"make serve", ".venv/bin/invoke serve"}
READERS: dict[str, Callable[[str, str], object]] = {
    "articles/": lambda text, path: read_article(text, path, default_lang="en"),
    "topics/": read_topic,
    "pages/": read_prose,
    "names.yaml": load_names,
    "stories.yaml": load_editor,
    "sources.yaml": load_rights,
}


class Example(NamedTuple):
    """A fenced block: its language, its text, the page it stands on, and all of that page before it."""

    language: str
    text: str
    page: Path
    before: str


def examples(page: Path) -> list[Example]:
    lines = page.read_text(encoding="utf-8").splitlines()
    return [
        Example(token.info, token.content, page, "\n".join(lines[: token.map[0]]))
        for token in MarkdownIt().parse("\n".join(lines))
        if token.type == "fence" and token.map
    ]


def code_spans(page: Path) -> list[str]:
    """Return what stands in backticks within sentences and tables."""
    tokens = MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))
    return [child.content for token in tokens for child in token.children or [] if child.type == "code_inline"]


def commands(page: Path) -> list[str]:
    """Return the page's commands in order, each once, without comments."""
    typed = [line for example in examples(page) if example.language == "sh" for line in example.text.splitlines()]
    said = [span for span in code_spans(page) if re.match(r"make \w|(?:\.venv/bin/)?invoke\b.* ", f"{span} ")]
    return list(dict.fromkeys(line.partition(" #")[0].strip() for line in [*typed, *said] if line.strip()))


def subject(example: Example) -> str:
    """Return which file of ``content/`` an example is of: the last that was named before it."""
    named = re.findall(r"content/(\w+/|\w+\.\w+)", example.before)
    assert named, f"{example.page.name} does not say what file this is: {example.text}"
    return str(named[-1])


CONTENT_EXAMPLES = [e for page in PAGES for e in examples(page) if e.language in {"markdown", "yaml"}]


# ---- what is shown ----


@pytest.mark.parametrize("example", CONTENT_EXAMPLES, ids=lambda e: f"{e.page.name} {subject(e)}")
def test_examples_are_read_as_they_stand(example: Example) -> None:
    kind = subject(example)
    assert READERS[kind](example.text, f"{kind}example.md" if kind.endswith("/") else kind)


def test_settings_that_are_shown_are_settings_of_publishconf() -> None:
    def names(code: str) -> set[str]:
        assigned = (node for node in ast.parse(code).body if isinstance(node, ast.Assign))
        return {target.id for node in assigned for target in node.targets if isinstance(target, ast.Name)}

    shown = [example for page in PAGES for example in examples(page) if example.language == "python"]
    known = names((ROOT / "publishconf.py").read_text(encoding="utf-8"))
    assert shown
    assert {name for example in shown for name in names(example.text)} <= known


# ---- what is pointed to ----


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_what_is_there(page: Path) -> None:
    tokens = [child for token in MarkdownIt().parse(page.read_text(encoding="utf-8")) for child in token.children or []]
    links = [str(token.attrs.get("href") or token.attrs.get("src")) for token in tokens if token.tag in {"a", "img"}]
    links = [link for link in links if link != "None" and "://" not in link]
    assert [link for link in links if not (page.parent / link.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_files_of_the_project_that_are_named_are_there(page: Path) -> None:
    named = [span for span in code_spans(page) if re.fullmatch(r"(?:docs|plugins|tests|theme|tools)/[\w./-]*", span)]
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_command_in_the_documentation_is_a_task() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "invoke", "--list", "--list-format", "json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    tasks = {task["name"] for task in json.loads(listed.stdout)["tasks"]}
    told = [(page.name, line) for page in PAGES for line in commands(page)]
    named = [(page, name) for page, line in told for name in re.findall(r"invoke ([a-z]\w*)", line)]
    assert named
    assert [(page, name) for page, name in named if name.replace("_", "-") not in tasks and name not in tasks] == []


# ---- what is to be typed ----


def test_ci_runs_what_the_readme_says_runs_the_tests() -> None:
    script = ROOT / ".ci/run"
    assert script.read_text(encoding="utf-8").endswith("exec make test\n")
    assert os.access(script, os.X_OK)
    assert "make test" in commands(README)


def test_every_exception_stands_in_the_readme() -> None:
    assert set(NOT_RUN) - set(commands(README)) == set()


class Project(NamedTuple):
    """A copy of the project; commands run in it as a reader would run them, without network."""

    root: Path
    environment: dict[str, str]

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S602 (what stands in the README is typed into a shell)
            command, shell=True, cwd=self.root, env=self.environment, capture_output=True, text=True, check=False
        )

    def succeed(self, command: str) -> str:
        done = self.run(command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, port: int) -> Project:
    """A copy of the project with this environment in it, and with what the README asks its reader to do by hand."""
    root = tmp_path_factory.mktemp("readme") / "backfile"
    left_out = (".git", ".venv", "output", "__pycache__", ".*cache", ".*.backfile", ".hypothesis", "*.egg-info")
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*left_out))
    share_environment(root)
    write(root / "inbox/wheat.txt", WHEAT)
    write(root / "briefing.txt", BRIEFING)
    for example in examples(README):
        if example.language == "markdown":
            folder = "topics/grain.md" if subject(example) == "topics/" else "articles/example.md"
            write(root / "content" / folder, example.text)
    append(root / "tasks.py", f'CONFIG["port"] = {port}\n')
    append(root / "publishconf.py", 'SITEURL = "https://a.example/x"\nPUBLISH_TO = "../host"\n')
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    path = f"{root / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"
    ours = {"PYTHONPATH": str(root / "plugins"), "PATH": path, "NO_PROXY": "localhost"}
    return Project(root, {**os.environ, **nowhere, **ours})


def share_environment(root: Path) -> None:
    """Give a copy of the project the environment that these tests run in, as one that is set up."""
    environment = root / ".venv"
    environment.mkdir()
    for part in Path(sys.prefix).iterdir():
        if part.name != "backfile.json":
            (environment / part.name).symlink_to(part)
    account = "import json; from tools import environment as e; print(json.dumps(e.account(e.TESTS)))"
    told = subprocess.run([sys.executable, "-c", account], cwd=root, capture_output=True, text=True, check=True)
    write(environment / "backfile.json", told.stdout)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


WHEAT = """The grain corridor opens for the ninth time

Ships with wheat for Alexandria left the grain corridor on Tuesday, the harbour office said.

The wheat was sown in the autumn.
"""
BRIEFING = """A briefing without a date

The lighthouse at the cape has a new lamp, its keeper says.

It is seen for twenty miles.
"""


@pytest.fixture(scope="module")
def made(project: Project) -> str:
    """What ``make site`` says."""
    return project.succeed("make site")


def test_make_site_imports_what_waits_and_says_where_the_site_is(project: Project, made: str) -> None:
    assert list((project.root / "content/articles").rglob("the-grain-corridor-opens*.md"))
    assert [path.name for path in (project.root / "inbox").glob("*.txt")] == []
    assert (project.root / "output/index.html").exists()
    assert (project.root / "output/pagefind").is_dir()
    assert "The site is in output/. Look at it with `make serve`" in made


def test_make_site_again_imports_nothing(project: Project, made: str) -> None:
    assert made
    before = {path: path.read_bytes() for path in (project.root / "content").rglob("*") if path.is_file()}
    project.succeed("make site")
    assert {path: path.read_bytes() for path in (project.root / "content").rglob("*") if path.is_file()} == before


def test_the_article_that_is_shown_has_its_page(project: Project, made: str) -> None:
    assert made
    assert (project.root / "output/2025/03/14/a-headline/index.html").exists()


def test_the_topic_that_is_shown_has_its_page_its_articles_and_its_feed(project: Project, made: str) -> None:
    assert made
    page = (project.root / "output/topics/grain/index.html").read_text(encoding="utf-8")
    assert "The grain corridor opens for the ninth time" in page
    assert (project.root / "output/feeds/topics/grain.atom").exists()


def test_the_briefing_is_imported_with_what_the_command_says(project: Project, made: str) -> None:
    assert made
    (command,) = (line for line in commands(README) if "briefing.txt" in line)
    told = project.succeed(command)
    (article,) = (project.root / "content/articles/2025/03").glob("a-briefing*.md")
    front, _ = frontmatter.parse(article.read_text(encoding="utf-8"), article.name)
    assert (front.date.isoformat(), front.source and front.source.name) == ("2025-03-14", "The Outlet")
    assert "briefing.txt" in told


# Commands that tests of their own run.
OF_THEIR_OWN = {"make site", *SERVES, *(command for command in commands(README) if "briefing.txt" in command)}


@pytest.mark.parametrize("command", [c for c in commands(README) if c not in {*OF_THEIR_OWN, *NOT_RUN}])
def test_what_the_readme_says_to_type_works(project: Project, made: str, command: str) -> None:
    assert made
    project.succeed(command if command.startswith((".venv", "make", "python")) else f".venv/bin/{command}")


@pytest.mark.parametrize("command", sorted(SERVES))
def test_the_site_is_served_where_the_readme_says(project: Project, made: str, port: int, command: str) -> None:
    assert made
    assert command in commands(README)
    (said,) = set(re.findall(r"http://localhost:\d+/", README.read_text(encoding="utf-8")))
    address = re.sub(r"\d+", str(port), said)
    with running(project, command):
        assert "<title>" in answer(address)


@contextlib.contextmanager
def running(project: Project, command: str) -> Iterator[None]:
    """Run a command that does not end by itself, for as long as the block takes."""
    process = subprocess.Popen(
        ["/bin/sh", "-c", f"exec {command}"],
        cwd=project.root,
        env=project.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answer(address: str) -> str:
    """Return what stands at ``address``; wait until something answers there, half a minute at most."""
    end = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310 (the address of our own server)
                return str(page.read(), "utf-8")
        except OSError:
            assert time.monotonic() < end, f"{address} does not answer"
            time.sleep(0.05)
