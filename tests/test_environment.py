"""When ``make`` sets up the environment, and when it leaves it alone."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from tools import environment


class Project(NamedTuple):
    root: Path
    commands: list[list[str]]

    def make_ready(self, *options: str) -> list[str]:
        """Run the script; return what it did: the modules that it ran, and for pip what it installed."""
        self.commands.clear()
        sys.argv[1:] = options
        environment.main()
        return [command[command.index("-m") + 1] + " " + command[-1] for command in self.commands]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project in which making an environment and installing into it are only noted down."""
    for name in (environment.RUNTIME, environment.TESTS, environment.PROJECT):
        (tmp_path / name).write_text(f"{name} 1\n", encoding="utf-8")
    project = Project(tmp_path, [])

    def run(command: list[str]) -> None:
        project.commands.append(command)
        if "venv" in command:
            python = environment.python_of(tmp_path / ".venv")
            python.parent.mkdir(parents=True)
            python.touch()

    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "run", run)
    monkeypatch.setattr(environment, "is_whole", lambda folder: not (folder / "unfinished").exists())
    monkeypatch.setattr(sys, "argv", ["environment.py"])
    return project


def test_all_is_set_up_once(project: Project) -> None:
    made = f"venv {project.root / '.venv'}"
    assert project.make_ready() == [made, "pip requirements.txt", "pip ."]
    assert project.make_ready() == []


def test_what_tests_need_comes_on_top_and_serves_the_site_too(project: Project) -> None:
    project.make_ready()
    assert project.make_ready("--tests") == ["pip requirements-dev.txt", "pip ."]
    assert project.make_ready() == []
    assert project.make_ready("--tests") == []


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_changed_requirement_is_installed(project: Project, name: str) -> None:
    project.make_ready()
    (project.root / name).write_text("2\n", encoding="utf-8")
    assert project.make_ready() == ["pip requirements.txt", "pip ."]


def test_a_changed_list_for_tests_does_not_touch_the_site(project: Project) -> None:
    project.make_ready()
    (project.root / "requirements-dev.txt").write_text("2\n", encoding="utf-8")
    assert project.make_ready() == []


def test_a_moved_project_is_installed_again(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project.make_ready()
    moved = tmp_path.with_name("moved")
    tmp_path.rename(moved)
    monkeypatch.setattr(environment, "ROOT", moved)
    assert project.make_ready() == ["pip requirements.txt", "pip ."]


def test_an_environment_that_was_left_unfinished_is_made_anew(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = environment.run

    def fail(command: list[str]) -> None:
        if "pip" in command:
            raise KeyboardInterrupt
        whole(command)

    with monkeypatch.context() as patch:
        patch.setattr(environment, "run", fail)
        with pytest.raises(KeyboardInterrupt):
            project.make_ready()
    assert project.make_ready()[0].startswith("venv ")


def test_a_missing_module_is_named_with_its_package(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    with pytest.raises(SystemExit, match=r"apt install python3\.\d+-venv"):
        project.make_ready()


def test_a_failing_step_shows_what_it_said(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        environment.run([sys.executable, "-c", "import sys; print('the reason'); sys.exit(3)"])
    assert "the reason" in capfd.readouterr().err


def test_a_python_that_is_too_old_is_told_so(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))
    with pytest.raises(SystemExit, match=r"Backfile needs Python 3\.11 or later"):
        project.make_ready()


def test_an_old_python_can_read_the_script_that_refuses_it() -> None:
    script = Path(environment.__file__).read_text(encoding="utf-8")
    tree = ast.parse(script, feature_version=(3, 7))
    futures = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    assert futures == []
