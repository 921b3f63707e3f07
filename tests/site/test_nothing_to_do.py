"""A build that has nothing to do is found out before Pelican is imported, and no other."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backfile.site.__main__ import ahead_of, look_ahead
from tests.building import ROOT, arguments
from tests.incremental.edits import project
from tests.support import warm

_TICK = 3.1  # seconds in which no file's time stamp is taken for granted
_SETTINGS = """
import os
from named import SITENAME
SITESUBTITLE = os.environ.get("SUBTITLE", "An archive")
THEME = "theme"
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = project(tmp_path_factory.mktemp("nothing") / "project")
    settings = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    (home / "settings.py").write_text(settings + _SETTINGS, encoding="utf-8")
    (home / "named.py").write_text('SITENAME = "Tides"\n', encoding="utf-8")
    time.sleep(_TICK)
    done = warm.run("backfile.site", given(home), home)
    assert done.returncode == 0, done.stderr
    return home


def given(home: Path) -> list[str]:
    usual = arguments(home / "content", home / "output", SEARCH_INDEX=False)
    return [str(home / "settings.py") if word == str(ROOT / "pelicanconf.py") else word for word in usual]


def is_done(home: Path, *more: str) -> bool:
    for name in ("named", "settings"):
        sys.modules.pop(name, None)
    ahead = ahead_of([*given(home), *more])
    return ahead is not None and look_ahead(ahead) is not None


@pytest.fixture
def there(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(home)
    monkeypatch.syspath_prepend(home)
    return home


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("settings.py", "SITESUBTITLE = 'Another'\n"),
        ("settings.py", "1 / 0\n"),
        ("settings.py", "PLUGINS = ['backfile.site', 'sitemap']\n"),
        ("named.py", "SITENAME = 'Ebb'\n"),
        ("content/articles/new.md", "---\n"),
        ("theme/templates/new.html", "-"),
        ("output/index.html", "-"),
    ],
)
def test_a_change_of_a_file_is_seen(there: Path, file: str, line: str) -> None:
    path = there / file
    before = (path.read_bytes(), path.stat()) if path.exists() else None
    assert is_done(there)
    with path.open("a", encoding="utf-8") as end:
        end.write(line)
    seen = not is_done(there)
    if before:
        path.write_bytes(before[0])
        os.utime(path, ns=(before[1].st_atime_ns, before[1].st_mtime_ns))
    else:
        path.unlink()
    assert seen


def test_another_environment_and_another_folder_are_seen(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_done(there)
    with monkeypatch.context() as another:
        another.setenv("SUBTITLE", "Ours")
        assert not is_done(there)
    monkeypatch.chdir(there.parent)
    assert not is_done(there)


def test_what_is_no_plain_build_is_left_to_pelican(there: Path) -> None:
    assert [is_done(there, *more) for more in ([], ["-r"], ["-v"], ["PROFILE=true"])] == [True, False, False, False]


def test_nothing_is_said_of_a_build_whose_code_is_another(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last of these tests: the cache is not that of another version, and begun anew."""
    assert is_done(there)
    monkeypatch.setattr("backfile.incremental.memory.version", lambda: b"another")
    assert not is_done(there)


def test_pelican_is_not_imported_by_then() -> None:
    program = "import sys, backfile.site.__main__, pelicanconf; print('pelican' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
