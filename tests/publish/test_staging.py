"""Whatever is built, and whenever the build is killed, the output is the old site or the new one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.publish.killed import build

from backfile.errors import PublishError
from backfile.publish.staging import Changes, Stage, clear, held, is_settled

Site = dict[str, str]

# Few names and contents, so that sites overlap and files become folders and back.
PATHS = st.lists(st.sampled_from(["a", "b", "index.html"]), min_size=1, max_size=3).map("/".join)


@pytest.fixture(autouse=True, scope="module")
def _no_power_cuts() -> Iterator[None]:
    """Do not wait for the disk: what is tested are kills, which the system's memory survives."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


def without_clashes(site: Site) -> Site:
    """Leave out files that lie below another file of the site."""
    return {path: data for path, data in site.items() if not any(path.startswith(other + "/") for other in site)}


SITES = st.dictionaries(PATHS, st.sampled_from(["", "one", "two"]), max_size=8).map(without_clashes)
TURNS_INTO_FOLDER = ({"a": "one", "b": "one"}, {"a/b/c": "two", "b": "one"})
TURNS_INTO_FILE = (TURNS_INTO_FOLDER[1], TURNS_INTO_FOLDER[0])


def write(root: Path, site: Site) -> None:
    for path, text in site.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def read(root: Path) -> Site:
    assert not [folder for folder in root.rglob("*") if folder.is_dir() and not any(folder.iterdir())]
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def build_and_die() -> Iterator[Callable[[Path, Site, int], bool]]:
    """Build a site and be killed before a file changes for the nth time; tells whether the build ended before."""
    command = [sys.executable, "-m", "tests.publish.killed"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        orders, answers = program.stdin, program.stdout
        assert orders is not None
        assert answers is not None

        def order(output: Path, site: Site, at: int) -> bool:
            orders.write(json.dumps({"output": str(output), "site": site, "at": at}) + "\n")
            orders.flush()
            return bool(json.loads(answers.readline()))

        yield order


@given(SITES, SITES)
@example(*TURNS_INTO_FOLDER)
@example(*TURNS_INTO_FILE)
@example({}, {"index.html": "a", "2025/index.html": "b", "2025/03/index.html": "c"})
@settings(max_examples=60, deadline=None)
def test_a_commit_makes_the_new_site_of_the_old_one_and_touches_only_what_changed(old: Site, new: Site) -> None:
    with TemporaryDirectory() as folder:
        output = Path(folder, "output")
        build(output, old)
        for path in old:
            os.utime(output / path, (1, 1))

        changes = build(output, new)

        assert read(output) == new
        kept = {path for path in new if old.get(path) == new[path]}
        assert {path for path in new if (output / path).stat().st_mtime == 1} == kept
        assert changes == Changes(tuple(sorted(set(new) - kept)), tuple(sorted(set(old) - set(new))), len(kept))


@given(SITES, SITES, SITES)
@example({"a": "one", "b": "one"}, {"a/b": "two", "b": "one"}, {"c/d": "one"})
@example({"a/b": "one", "b": "one"}, {"a": "two", "b": "one"}, {"a/c/d": "one"})
@settings(max_examples=60, deadline=None)
def test_what_is_kept_need_not_be_staged_whatever_else_stands_there(old: Site, new: Site, foreign: Site) -> None:
    same = {path for path in new if old.get(path) == new[path]}
    foreign = {path: text for path, text in foreign.items() if without_clashes(old | {path: ""}) == old | {path: ""}}
    outcomes = []
    for kept in (set(), same):
        with TemporaryDirectory() as folder:
            output = Path(folder, "output")
            build(output, old)
            write(output, {path: text for path, text in foreign.items() if path not in old})
            try:
                with Stage.open(output) as stage:
                    write(stage.path, {path: new[path] for path in new if path not in kept})
                    outcome = str(stage.commit(kept))
            except PublishError as error:
                outcome = str(error).removeprefix(folder)
            files = {path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()}
            outcomes.append((outcome, files))
    assert outcomes[0] == outcomes[1]


@given(SITES, SITES)
@example(*TURNS_INTO_FOLDER)
@example(*TURNS_INTO_FILE)
@example({}, {"index.html": "a", "2025/index.html": "b", "2025/03/index.html": "c"})
@settings(max_examples=6, deadline=None)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one(
    build_and_die: Callable[[Path, Site, int], bool], old: Site, new: Site
) -> None:
    with TemporaryDirectory() as folder:
        was_new = False
        for step in range(1000):
            output = Path(folder, str(step), "output")
            build(output, old)
            ended = build_and_die(output, new, step)
            if is_settled(output):
                assert read(output) in ([new] if was_new else [old, new])
            Stage.open(output).abandon()
            assert is_settled(output)
            assert read(output) in ([new] if was_new else [old, new])
            was_new = was_new or (read(output) == new and old != new)
            assert [entry.name for entry in output.parent.iterdir() if entry.name != "output"] == [".output.backfile"]
            assert build(output, new).unchanged >= len(new) * was_new
            assert read(output) == new
            if ended:
                return
        pytest.fail("a build of a few pages takes over a thousand steps")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs forked workers")
def test_a_killed_process_holds_nothing_up_even_while_its_workers_live(tmp_path: Path) -> None:
    script = """
        import os, sys, time
        from pathlib import Path
        from backfile.publish.staging import Stage
        stage = Stage.open(Path(sys.argv[1]))
        if os.fork() == 0:
            time.sleep(20)
            os._exit(0)
        print("ready", flush=True)
        time.sleep(20)
    """
    builder = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), str(tmp_path / "output")],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert builder.stdout is not None
    try:
        assert builder.stdout.readline() == b"ready\n"
        with pytest.raises(PublishError, match=rf"Building .*output: process {builder.pid} is at work there"):
            Stage.open(tmp_path / "output")
        builder.kill()
        builder.wait()
        assert build(tmp_path / "output", {"index.html": "new"}).written == ("index.html",)
    finally:
        os.killpg(builder.pid, 9)
        builder.stdout.close()


def test_a_build_that_fails_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    output = tmp_path / "output"
    build(output, {"index.html": "old"})
    stage = Stage.open(output)
    write(stage.path, {"index.html": "new"})
    stage.abandon()
    assert read(output) == {"index.html": "old"}


def test_foreign_files_are_left_alone_and_named(tmp_path: Path) -> None:
    build(tmp_path, {"index.html": "one", "2025/index.html": "one"})
    mine = {".git/config": "mine", "2025/notes.txt": "mine"}
    write(tmp_path, mine)
    build(tmp_path, {"index.html": "two", "2025/index.html": "one"})
    build(tmp_path, {"index.html": "three"})
    assert read(tmp_path) == {"index.html": "three", **mine}
    assert clear(tmp_path) == tuple(mine)
    assert read(tmp_path) == mine


@pytest.mark.parametrize(
    ("mine", "site"), [("CNAME", "CNAME"), ("about", "about/index.html"), ("about/me/index.html", "about")]
)
def test_a_foreign_file_in_the_way_is_named_and_nothing_is_touched(tmp_path: Path, mine: str, site: str) -> None:
    build(tmp_path, {"index.html": "one"})
    write(tmp_path, {mine: "mine"})
    with pytest.raises(PublishError, match=rf"{mine}: Backfile did not make this file"):
        build(tmp_path, {"index.html": "two", site: "new"})
    assert read(tmp_path) == {"index.html": "one", mine: "mine"}


def test_a_folder_that_holds_other_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"letters/to-my-aunt.txt": "mine"})
    with pytest.raises(PublishError, match="holds files that Backfile did not make"):
        Stage.open(tmp_path)
    assert read(tmp_path) == {"letters/to-my-aunt.txt": "mine"}


@pytest.mark.parametrize("output", ["/", "file"])
def test_what_is_no_folder_for_a_site_is_refused(tmp_path: Path, output: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PublishError, match=r"Name (one|a folder)"):
        Stage.open(tmp_path / output)


def test_a_link_in_the_output_is_never_followed(tmp_path: Path) -> None:
    outside, output = tmp_path / "outside", tmp_path / "output"
    write(outside, {"index.html": "mine"})
    build(output, {"index.html": "one"})
    (output / "about").symlink_to(outside)
    with pytest.raises(PublishError, match="about: Backfile did not make this file"):
        build(output, {"index.html": "one", "about/index.html": "new"})
    assert read(outside) == {"index.html": "mine"}


def test_a_folder_that_has_become_a_link_is_not_written_through(tmp_path: Path) -> None:
    outside, output = tmp_path / "outside", tmp_path / "output"
    build(output, {"about/index.html": "one"})
    (output / "about").rename(outside)
    (output / "about").symlink_to(outside)
    with pytest.raises(PublishError, match="about: Backfile did not make this file"):
        build(output, {"about/index.html": "two"})
    assert read(outside) == {"index.html": "one"}


def test_a_link_in_the_built_site_is_refused(tmp_path: Path) -> None:
    with Stage.open(tmp_path / "output") as stage:
        (stage.path / "passwords").symlink_to("/etc/passwd")
        with pytest.raises(PublishError, match="passwords: the built site holds a link"):
            stage.commit()


def test_whoever_holds_the_output_sees_a_whole_site(tmp_path: Path) -> None:
    build(tmp_path, {"index.html": "one"})
    with held(tmp_path, "Publishing"):
        assert is_settled(tmp_path)
        assert read(tmp_path) == {"index.html": "one"}
