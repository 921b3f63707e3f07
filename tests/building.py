"""Builds sites for tests, with the project's own settings and theme."""

from __future__ import annotations

import json
import os
import string
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from backfile import frontmatter
from backfile.pages.topics import MOST_STORIES
from tests.support import warm

ROOT = Path(__file__).parent.parent
ARCHIVE = Path(__file__).parent / "fixtures/site/content"


def arguments(content: Path, output: Path, **settings: Any) -> list[str]:
    """Return the arguments of a build; ``settings`` override those of the settings file."""
    settings = {"CACHE_PATH": str(output.parent / ".cache")} | settings
    given = [str(content), "-o", str(output), "-s", str(ROOT / "pelicanconf.py"), "--log-handler", "plain"]
    return [*given, "-e", *(f"{name}={json.dumps(value)}" for name, value in settings.items())]


def run_pelican(
    content: Path, output: Path, env: Mapping[str, str] | None = None, **settings: Any
) -> subprocess.CompletedProcess[str]:
    """Run a build of a folder of content, as ``invoke build`` does; ``settings`` override those of the settings file.

    With an environment, Python itself starts in it.
    """
    given = arguments(content, output, **settings)
    if env is None:
        return warm.run("backfile.site", given, ROOT)
    command = [sys.executable, "-m", "backfile.site", *given]
    return subprocess.run(command, cwd=ROOT, env=os.environ | env, capture_output=True, text=True, check=False)


def build(content: Path, output: Path, env: Mapping[str, str] | None = None, **settings: Any) -> Path:
    """Build a site that must succeed; return its folder."""
    done = run_pelican(content, output, env, **settings)
    assert done.returncode == 0, done.stderr + done.stdout
    return output


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def large_archive(content: Path) -> Path:
    """Write an archive of short texts by one outlet on one topic, too many for one page of it; return its folder."""
    letters = string.ascii_lowercase
    (content / "topics").mkdir(parents=True)
    (content / "topics/tides.md").write_text("---\ntitle: Tides\n---\n\nHigh and low water.\n", encoding="utf-8")
    for number in range(MOST_STORIES + 20):
        # Words that no other text has, so that each is a story of its own.
        own = [letters[number % 26] + letters[number // 26] + letters[(number * 7 + n) % 26] * 3 for n in range(12)]
        values = {
            "title": f"Tides: {' '.join(own[:4])}",
            "date": date(2023, 12, 22) + timedelta(days=number // 2),
            "slug": f"tides-{number}",
            "lang": "en",
            "source": "The Harbour Post",
        }
        path = content / f"articles/{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(frontmatter.dump(values, f"{' '.join(own).capitalize()}."), encoding="utf-8")
    return content
