"""Builds sites for tests, with the project's own settings and theme."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
ARCHIVE = Path(__file__).parent / "fixtures/site/content"


def run_pelican(
    content: Path, output: Path, env: Mapping[str, str] | None = None, **settings: Any
) -> subprocess.CompletedProcess[str]:
    """Run ``pelican`` on a folder of content, as a user would; ``settings`` override those of the settings file."""
    command = [sys.executable, "-m", "pelican", str(content), "-o", str(output), "-s", str(ROOT / "pelicanconf.py")]
    command += ["--log-handler", "plain"]
    if settings:
        command += ["-e", *(f"{name}={json.dumps(value)}" for name, value in settings.items())]
    environment = {**os.environ, **(env or {})}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def build(content: Path, output: Path, env: Mapping[str, str] | None = None, **settings: Any) -> Path:
    """Build a site that must succeed; return its folder."""
    done = run_pelican(content, output, env, **settings)
    assert done.returncode == 0, done.stderr + done.stdout
    return output


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
