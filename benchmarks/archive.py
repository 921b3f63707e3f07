"""An archive that Backfile builds for a benchmark, with what people do to it."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measure import Taken, run
from benchmarks.results import ADDED, COLD, EDITED, SAME
from benchmarks.texts import Written

from backfile import frontmatter

ROOT = Path(__file__).parent.parent
_TICK = 3.1  # seconds in which a build takes no file's time stamp for granted


class Archive:
    """The same texts as Backfile's content, with what people do to it."""

    def __init__(self, texts: Sequence[Written], folder: Path, *, search: bool) -> None:
        self.name = "Backfile with search" if search else "Backfile"
        self.folder = folder
        self.output = folder / "output"
        content = folder / "content"
        for text in texts:
            _write(content, text)
        for topic in sorted({topic for text in texts for topic in text.topics}):
            path = content / f"topics/{topic}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"---\ntitle: {topic.replace('-', ' ').capitalize()}\n---\n", encoding="utf-8")
        middle = texts[len(texts) // 2]
        self._edited = _file(content, middle)
        self._before = self._edited.read_text(encoding="utf-8")
        self._added = content / "articles/added.md"
        values = {"title": f"{middle.title} again", "date": middle.date, "slug": "added", "source": "Another"}
        self._new = frontmatter.dump(values, middle.body)
        settings = [
            f"SEARCH_INDEX={str(search).lower()}",
            f'CACHE_PATH="{folder / "cache"}"',
            'SITEURL="https://archive.example"',
        ]
        self._command: list[str | Path] = [
            sys.executable,
            "-m",
            "backfile.site",
            content,
            "-o",
            self.output,
            "-s",
            ROOT / "pelicanconf.py",
        ]
        self._command += ["-q", "--fatal", "errors", "-e", *settings]

    def works(self, *, memory: bool) -> Iterator[tuple[str, Taken]]:
        """Do each work once, from nothing on; yield its name and what it took."""
        for left in (self.output, self.folder / ".output.backfile", self.folder / "cache"):
            shutil.rmtree(left, ignore_errors=True)
        self._edited.write_text(self._before, encoding="utf-8")
        self._added.unlink(missing_ok=True)
        time.sleep(_TICK)
        yield COLD, run(self._command, ROOT, memory=memory)
        yield SAME, run(self._command, ROOT, memory=memory)
        self._edited.write_text(f"{self._before}\nOne more sentence was added to this text.\n", encoding="utf-8")
        yield EDITED, run(self._command, ROOT, memory=memory)
        self._added.write_text(self._new, encoding="utf-8")
        yield ADDED, run(self._command, ROOT, memory=memory)

    def start(self, *, memory: bool) -> Taken:
        """Import Python, Pelican and the plugins, and say what a setting is."""
        return run([*self._command, "--print-settings", "SITENAME"], ROOT, memory=memory)

    def index(self, *, memory: bool) -> Taken:
        """Index the site that stands there, all of it."""
        program = f"from backfile.search.index import build_index\nbuild_index(Path({str(self.output)!r}))\n"
        return run([sys.executable, "-c", f"from pathlib import Path\n{program}"], ROOT, memory=memory)


def _file(content: Path, text: Written) -> Path:
    return content / f"articles/{text.date:%Y/%m}" / f"{text.slug}.md"


def _write(content: Path, text: Written) -> None:
    values = {
        "title": text.title,
        "date": text.date,
        "slug": text.slug,
        "lang": "en",
        "source": text.source,
        "topics": list(text.topics),
    }
    path = _file(content, text)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(frontmatter.dump(values, text.body), encoding="utf-8")
