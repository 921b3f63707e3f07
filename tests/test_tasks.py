"""Every command, run as a user runs it, in a copy of the project that holds the small test archive."""

from __future__ import annotations

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

import pytest

from backfile.ingest.changes.catalogue import restamped
from tests.building import ARCHIVE, ROOT
from tests.support import warm

PARTS = ("tasks.py", "invoke.yaml", "pelicanconf.py", "publishconf.py", "theme", "plugins")
ARTICLE = "2025/03/14/crane-falls-in-odesa-harbour-after-night-storm/index.html"
SOURCE = "content/articles/2025/03/crane-falls-in-odesa-harbour-after-night-storm.md"


def append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as end:
        end.write(text)


@pytest.fixture(scope="module")
def port() -> int:
    """A free port for the commands that serve."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, port: int) -> Path:
    """A copy of the project, without search index, that publishes into the folder ``host`` beside it."""
    project = tmp_path_factory.mktemp("commands") / "project"
    project.mkdir()
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, project / part)
    shutil.copytree(ARCHIVE, project / "content")
    (project / "inbox").mkdir()
    append(project / "tasks.py", f'CONFIG["port"] = {port}\n')
    append(project / "pelicanconf.py", "SEARCH_INDEX = False\n")
    append(project / "publishconf.py", 'SITEURL = "https://a.example/x"\nPUBLISH_TO = "../host"\n')
    return project


def invoke(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return warm.run("invoke", arguments, project)


def succeed(project: Path, *arguments: str) -> str:
    done = invoke(project, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(project: Path) -> Path:
    """The project, with a built site."""
    assert "The site is in output/. Look at it with `make serve`" in succeed(project, "build")
    return project


def test_a_slip_is_told_before_anything_is_done(project: Path) -> None:
    done = invoke(project, "publish", "--dry")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("`invoke publish` has no option --dry. Did you mean --dry-run?")


@contextlib.contextmanager
def running(project: Path, command: str) -> Iterator[None]:
    """Run a command that does not end by itself, for as long as the block takes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "invoke", command],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
        assert process.poll() is None, "the command has ended"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def eventually(condition: Callable[[], bool]) -> None:
    """Wait until the condition holds, half a minute at most."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def shows_front_page(port: int) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://localhost:{port}/", timeout=5) as answer:
        return b"<title>" in answer.read()
    return False


def retitle(project: Path, title: str) -> Callable[[], bool]:
    """Change an article's title; return what tells whether its page shows it."""
    file = project / SOURCE
    text = re.sub("^title: .*", f"title: {title}", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    return lambda: title in (project / "output" / ARTICLE).read_text(encoding="utf-8")


def test_the_names_are_those_of_pelican_s_quickstart_and_ours(project: Path) -> None:
    names = re.findall(r"^  (\w+)", succeed(project, "--list", "--list-format", "flat"), re.MULTILINE)
    pelicans = "clean build rebuild regenerate serve reserve preview livereload publish gh_pages"
    assert {*pelicans.split(), "import", "check", "test", "verify"} <= set(names)


def test_check_tells_a_right_site_from_a_wrong_one(built: Path) -> None:
    succeed(built, "check")
    page = built / "output" / ARTICLE
    whole = page.read_bytes()
    page.write_bytes(whole.replace(b"</main>", b'<a href="gone/">gone</a></main>'))
    done = invoke(built, "check")
    page.write_bytes(whole)
    assert (done.returncode, "[B201]" in done.stdout) == (1, True)


def test_broken_front_matter_fails_the_build_and_leaves_the_last_good_site(built: Path) -> None:
    broken = built / "content/articles/broken.md"
    broken.write_text("---\ntitle: A day that is none\ndate: soon\n---\n\nText.\n", encoding="utf-8")
    before = (built / "output" / ARTICLE).stat().st_mtime_ns
    done = invoke(built, "build")
    broken.unlink()
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 1
    assert "articles/broken.md:3: date:" in said
    assert (built / "output" / ARTICLE).stat().st_mtime_ns == before


def test_serve_shows_the_site(built: Path, port: int) -> None:
    with running(built, "serve"):
        eventually(lambda: shows_front_page(port))


def test_reserve_builds_and_serves(built: Path, port: int) -> None:
    is_shown = retitle(built, "Reserved")
    with running(built, "reserve"):
        eventually(lambda: shows_front_page(port))
    assert is_shown()


def test_regenerate_builds_again_when_a_file_changes(built: Path) -> None:
    with running(built, "regenerate"):
        eventually(retitle(built, "Before it watches"))
        time.sleep(1)  # until it watches
        eventually(retitle(built, "While it watches"))


def test_livereload_serves_and_builds_again_when_a_file_changes(built: Path, port: int) -> None:
    with running(built, "livereload"):
        eventually(lambda: shows_front_page(port))
        eventually(retitle(built, "Live"))


def test_rebuild_works_without_caches(built: Path) -> None:
    (built / ".cache").mkdir(exist_ok=True)
    (built / ".cache/stale").touch()
    succeed(built, "rebuild")
    assert not (built / ".cache/stale").exists()


def test_topics_lists_names_without_a_topic(built: Path) -> None:
    assert re.search(r"^ +\d+ articles name \w", succeed(built, "topics"), re.MULTILINE)


def test_stories_counts_them_says_what_is_stale_and_asks_what_is_doubtful(built: Path) -> None:
    word = built / "content/stories.yaml"
    before = word.read_text(encoding="utf-8") if word.exists() else None
    word.write_text("titles: {no-such-story: Gone}\n", encoding="utf-8")
    told = succeed(built, "stories")
    assert re.search(r"^\d+ texts, \d+ stories, \d+ of them told more than once\.\nstories.yaml: titles: .*S204", told)
    assert "unsure" in succeed(built, "stories", "--review", "--most", "0")
    assert isinstance(json.loads(succeed(built, "stories", "--review", "--json")), list)
    word.unlink() if before is None else word.write_text(before, encoding="utf-8")


def test_publishing_tells_first_and_then_sends_a_checked_site_and_promises_its_addresses(built: Path) -> None:
    host, ledger = built.parent / "host", built / "content/ledger.jsonl"
    ledger.unlink()
    told = succeed(built, "publish", "--dry-run")
    assert f"+ {ARTICLE}" in told
    assert not host.exists()
    assert not ledger.exists()
    succeed(built, "publish")
    assert "https://a.example/x/" in (host / ARTICLE).read_text(encoding="utf-8")
    assert '"story"' in ledger.read_text(encoding="utf-8")
    assert "0 new, 0 changed, 0 gone" in succeed(built, "publish")


def test_publishing_without_a_host_says_where_to_name_one(built: Path) -> None:
    settings = built / "publishconf.py"
    text = settings.read_text(encoding="utf-8")
    append(settings, 'PUBLISH_TO = ""\n')
    done = invoke(built, "publish")
    settings.write_text(text, encoding="utf-8")
    assert (done.returncode, done.stderr) == (1, "publishconf.py: PUBLISH_TO: is empty. Say where the site goes.\n")


def test_gh_pages_pushes_the_site_to_its_branch(built: Path, tmp_path: Path) -> None:
    def git(*arguments: str, folder: Path = built) -> str:
        return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout  # noqa: S607 (whichever git the user has)

    git("init", "--bare", str(tmp_path))
    git("init")
    git("config", "user.name", "Editor")
    git("config", "user.email", "editor@a.example")
    git("remote", "add", "origin", str(tmp_path))
    succeed(built, "gh_pages")
    assert {ARTICLE, ".nojekyll"} <= set(git("ls-tree", "-r", "--name-only", "gh-pages", folder=tmp_path).splitlines())


def test_verify_finds_two_builds_the_same(built: Path) -> None:
    assert "Two builds are the same" in succeed(built, "verify")


def test_import_takes_many_files_and_what_waits_in_the_inbox(project: Path, tmp_path: Path) -> None:
    texts = [tmp_path / f"{name}.txt" for name in ("one", "two")]
    texts[0].write_text("The ferry leaves\n\nThe ferry left the port at noon today.\n", encoding="utf-8")
    texts[1].write_text("Bakers meet\n\nForty bakers have met to judge each other's bread.\n", encoding="utf-8")
    told = succeed(project, "import", "--dry-run", *map(str, texts), "--date", "2025-02-01")
    assert told.count("would create") >= 2
    assert not (project / "content/articles/2025/02").exists()
    succeed(project, "import", *map(str, texts), "--date", "2025-02-01", "--source", "The Quay")
    assert len(list((project / "content/articles/2025/02").iterdir())) == 2

    (project / "inbox/README.md").write_text("What this folder is for.", encoding="utf-8")
    shutil.copy(texts[0], project / "inbox/three.txt")
    append(project / "inbox/three.txt", "\nA second ferry followed at two.\n")
    succeed(project, "import")
    assert [path.name for path in (project / "inbox").iterdir()] == ["README.md"]


def test_review_lists_what_was_guessed_where_it_can_ask_nobody(project: Path) -> None:
    assert "articles/2025/03/morning-list-of-the-coast.md: " in succeed(project, "review", "--list")


def test_import_again_shows_what_a_better_importer_changes_and_writes_it_when_told(
    project: Path, tmp_path: Path
) -> None:
    (tmp_path / "five.txt").write_text("Ropes mended\n\nThe ropes of the harbour were mended.\n", encoding="utf-8")
    succeed(project, "import", str(tmp_path / "five.txt"), "--date", "2025-01-05")
    article = project / "content/articles/2025/01/ropes-mended.md"
    right = article.read_text(encoding="utf-8")
    article.write_text(restamped(right.replace("Ropes mended", "Ropes")), encoding="utf-8")  # as by an older importer
    done = invoke(project, "import", "--again", "2025/01/05/ropes-mended")
    assert (done.returncode, "  title: Ropes → Ropes mended" in done.stdout) == (1, True)
    assert "Nothing was touched: add --yes" in done.stderr
    succeed(project, "import", "--again", "--yes")
    assert article.read_text(encoding="utf-8") == right


def test_import_refuses_one_bad_file_and_takes_the_others(project: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text("A bridge opens\n\nThe bridge across the river has opened at last.\n", encoding="utf-8")
    bad.touch()
    done = invoke(project, "import", str(bad), str(good), "--date", "2024-01-02")
    assert done.returncode == 1
    assert "empty.txt" in done.stdout
    assert list((project / "content/articles/2024/01").iterdir())


def test_import_refuses_a_day_that_does_not_exist(project: Path, tmp_path: Path) -> None:
    done = invoke(project, "import", str(tmp_path), "--date", "2025-02-30")
    assert (done.returncode, done.stderr) == (
        1,
        "--date: “2025-02-30” is no date. Write a day that exists as YYYY-MM-DD.\n",
    )


def take_in(project: Path, tmp_path: Path, name: str, text: str) -> str:
    """Import a text as the day's only one; return its id."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    told = succeed(project, "import", str(file), "--date", "2023-05-06")
    (path,) = re.findall(r"articles/2023/05/([\w-]+)\.md", told)
    return f"2023/05/06/{path}"


def answer(project: Path, said: str, *arguments: str) -> str:
    """Run a command on a terminal, where its question is answered; return what it printed."""
    terminal, end = os.openpty()
    os.write(terminal, f"{said}\n".encode())
    command = [sys.executable, "-m", "invoke", *arguments]
    done = subprocess.run(command, cwd=project, stdin=end, capture_output=True, text=True, check=False)
    os.close(terminal)
    os.close(end)
    return done.stdout


def test_withdraw_asks_and_then_takes_a_text_back(project: Path, tmp_path: Path) -> None:
    id_ = take_in(project, tmp_path, "whale.txt", "Whale strands\n\nA whale has stranded on the bank before Lunde.\n")
    article = project / "content/articles/2023/05/whale-strands.md"
    assert "would remove articles/2023/05/whale-strands.md" in answer(project, "n", "withdraw", id_)
    assert article.exists()
    assert "Withdrawn." in answer(project, "y", "withdraw", id_, "--reason", "Nobody saw it.")
    assert not article.exists()
    assert "Nobody saw it." in (project / "content/withdrawn.jsonl").read_text(encoding="utf-8")


def test_undo_takes_the_last_import_back_and_hands_its_file_over(project: Path, tmp_path: Path) -> None:
    take_in(project, tmp_path, "seals.txt", "Seals return\n\nForty seals have come back to the sandbank off Ostby.\n")
    done = invoke(project, "undo")
    assert (done.returncode, "add --yes" in done.stderr) == (1, True)
    article = project / "content/articles/2023/05/seals-return.md"
    whole = article.read_text(encoding="utf-8")
    append(article, "\nBy hand.\n")
    assert succeed(project, "undo", "--yes").endswith("There is nothing to do.\n")
    article.write_text(whole, encoding="utf-8")
    assert "would remove articles/2023/05/seals-return.md" in succeed(project, "undo", "--yes")
    assert not (project / "content/articles/2023/05").exists()
    assert "Forty seals" in (project / "undone/seals.txt").read_text(encoding="utf-8")


def test_clean_removes_the_site_and_what_belongs_to_it(project: Path) -> None:
    succeed(project, "build")
    succeed(project, "clean")
    assert not {"output", ".output.backfile", ".cache"} & {path.name for path in project.iterdir()}
