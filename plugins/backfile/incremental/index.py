"""The search index of a site, made again when any article's page has changed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from backfile.incremental import site
from backfile.incremental.cache import Cache
from backfile.incremental.tree import signature
from backfile.search.index import BUNDLE, build_index

# Articles, and nothing else, live four folders deep below a year.
_ARTICLE = re.compile(r"\d{4}/\d{2}/\d{2}/[^/]+/index\.html")


def add_index(made: site.Made, stage: Path, output: Path, cache: Cache) -> site.Made:
    """Return ``made`` with the files of the index, which are in ``stage`` or still right in ``output``."""
    pages = {path: key for path, key in made.keys.items() if _ARTICLE.fullmatch(path)}
    key = signature(sorted(pages.items()))
    before = site.remembered(cache, f"{BUNDLE}/")
    if before and set(before.values()) == {key} and len(site.kept(before, output, cache)) == len(before):
        return site.Made({**made.keys, **before}, made.kept | before.keys())
    with tempfile.TemporaryDirectory(dir=stage.parent, prefix="stage-") as folder:
        for path in pages:
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link((output if path in made.kept else stage) / path, target)
        build_index(Path(folder))
        shutil.move(Path(folder, BUNDLE), stage / BUNDLE)
    files = (path.relative_to(stage).as_posix() for path in (stage / BUNDLE).rglob("*") if path.is_file())
    return site.Made({**made.keys, **dict.fromkeys(files, key)}, made.kept)
