"""Builds without Pelican's generators where no other plugin needs what they make, and again only what has changed.

Pelican makes an object of every article, and gives every template all of them: that takes
longer than all else in a build where little has changed. It still reads the settings, finds the
theme and its templates, and the static files.
"""

from __future__ import annotations

import contextlib
import logging
import marshal
import os
import shutil
from collections.abc import Collection, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import meta
from jinja2.bccache import Bucket, BytecodeCache
from pelican import Pelican, console  # type: ignore[import-untyped]  # Pelican has no types
from pelican.generators import Generator, StaticGenerator  # type: ignore[import-untyped]  # Pelican has no types

from backfile.incremental.account import Account
from backfile.incremental.cache import Cache, HarmedError
from backfile.incremental.memory import Memory
from backfile.marks import mark_of
from backfile.publish.staging import Stage
from backfile.site.looking import Ahead, Asked, Look, cache_file, keep, look, plain

if TYPE_CHECKING:
    from backfile.incremental.build import Static
    from backfile.incremental.tree import Marks
    from backfile.pages import Site

_log = logging.getLogger(__name__)
_JINJA = ("JINJA_ENVIRONMENT", "JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")


def is_alone(settings: dict[str, Any]) -> bool:
    """Tell whether nothing but Backfile takes part in a build."""
    return len(settings["PLUGINS"]) == 1 and not settings["TEMPLATE_PAGES"] and not settings["OUTPUT_SOURCES"]


def build_profiled(pelican: Pelican, stage: Stage, memory: Memory, ahead: Ahead | None) -> None:
    """Do as :func:`build_alone` does, and write down where the time goes."""
    from backfile.incremental.profile import profiled, told

    folder = Path(pelican.settings["CACHE_PATH"], "profile")
    with profiled(folder):
        account = build_alone(pelican, stage, memory, ahead)
    for line in told(folder, account):
        console.print(line, highlight=False, markup=False)


def build_alone(pelican: Pelican, stage: Stage, memory: Memory, ahead: Ahead | None = None) -> Account:
    """Build the site into ``stage`` and put it in the place of the last one; return what was done.

    ``memory`` is of the build before, ``ahead`` what was found out before this one.
    """
    account = Account(console)
    with account.stage("look"):
        found = _look(pelican, stage, memory, ahead)
        cache, output = found.cache, found.output
        is_done = found.is_known and not memory.lasts and output.is_untouched()
    if is_done:
        account.kept = len(output)
    else:
        leaves_index = memory.is_indexed
        try:
            _build(pelican, stage, cache, found.content, account, memory)
        except HarmedError:
            cache = memory.anew(cache.file)
            _build(pelican, stage, cache, found.content, account, memory)
        keep(cache, b"" if leaves_index else found.facts)
    if ahead:
        ahead.keep(cache, found.asked)
    cache.commit()
    if cache.problem:
        _log.warning("%s", cache.problem)
    if not memory.lasts:
        memory.close()
    for line in account.lines():
        console.print(line, highlight=False)
    return account


def _look(pelican: Pelican, stage: Stage, memory: Memory, ahead: Ahead | None) -> Look:
    """Return what there is, which may be known already."""
    settings = pelican.settings
    asked = Asked(
        settings=mark_of(plain(settings)),
        content=str(pelican.path),
        output=str(stage.output),
        cache=str(settings["CACHE_PATH"]),
        theme=(str(pelican.theme), *map(str, settings["THEME_TEMPLATES_OVERRIDES"])),
    )
    _tidy(Path(asked.cache), stage.output)
    known = ahead.look if ahead else None
    if known and known.asked == asked and known.cache is memory.open(known.cache.file):
        return known
    return look(asked, memory)


def _build(pelican: Pelican, stage: Stage, cache: Cache, marks: Marks, account: Account, memory: Memory) -> None:
    from backfile.content import ContentReader
    from backfile.incremental.build import Given, build_site
    from backfile.incremental.index import Index
    from backfile.search.index import BUNDLE
    from backfile.site.report import report, site_of

    settings = pelican.settings
    given = Given(
        reader=ContentReader(Path(pelican.path)),
        marks=marks,
        site=site_of(settings),
        templates=PelicanTemplates(pelican, cache),
        statics=lambda linked: _statics(pelican, stage.path, linked),
        report=report,
    )
    output = memory.output(stage.output, cache)
    if settings["SEARCH_INDEX"] and not memory.is_indexed:
        with Index(stage.path, output, cache, account) as index:
            made = build_site(given, stage.path, output, cache, account, memory, index)
            with account.stage("index"):
                made = index.end(made)
        memory.is_indexed = memory.lasts
    else:
        made = build_site(given, stage.path, output, cache, account, memory)
        if settings["SEARCH_INDEX"]:
            made = output.with_standing(made, BUNDLE)
    with account.stage("place"):
        changes = stage.commit(made.kept)
        output.remember(made)
        account.made, account.kept, account.removed = len(changes.written), changes.unchanged, len(changes.removed)


class CachedCode(BytecodeCache):
    """Keeps what Jinja has made of the templates."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if its template has been compiled before."""
        if code := self._cache.get("template", bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in a bucket."""
        self._cache.put("template", [(bucket.key, bucket.bytecode_to_string())])


class PelicanTemplates:
    """The theme's templates, as Pelican finds and sets them up."""

    def __init__(self, pelican: Pelican, cache: Cache) -> None:
        self._generator = Generator(
            context={}, settings=pelican.settings, path=pelican.path, theme=pelican.theme, output_path=""
        )
        self._env = self._generator.env
        self._env.bytecode_cache = CachedCode(cache)
        self._given = mark_of({name: plain(pelican.settings[name]) for name in _JINJA})
        self._cache = cache
        self._used: dict[str, tuple[str, ...]] = {}

    def hash(self, name: str) -> bytes:
        """Return what changes with the template, any that it extends, includes or imports, and Jinja's settings."""
        waiting, sources = [f"{name}.html"], {}
        while waiting:
            each = waiting.pop()
            if each not in sources:
                sources[each], names = self._source(each)
                waiting.extend(names)
        return mark_of(self._given, sorted(sources.items()))

    def prepare(self, names: Iterable[str]) -> None:
        """Compile these templates and all that they use, so that workers need not."""
        waiting, seen = [f"{name}.html" for name in names], set()
        while waiting:
            each = waiting.pop()
            if each not in seen:
                seen.add(each)
                self._env.get_template(each)
                waiting.extend(self._source(each)[1])

    def _source(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Return a template's source, and the templates that it names."""
        source, file, _ = self._env.loader.get_source(self._env, name)
        key = blake2b(source.encode(), digest_size=16).hexdigest()
        if key not in self._used:
            known = self._cache.get("template", key)
            if known:
                self._used[key] = marshal.loads(known)  # noqa: S302  # our own, by checksum
            else:
                found = meta.find_referenced_templates(self._env.parse(source, name, file))
                self._used[key] = tuple(sorted(name for name in found if name))
                self._cache.put("template", [(key, marshal.dumps(self._used[key]))])
        return source, self._used[key]

    def render(self, name: str, page: object, site: Site) -> str:
        """Return the page."""
        text: str = self._generator.get_template(name).render(page=page, site=site)
        return text


def _statics(pelican: Pelican, stage: Path, linked: Collection[str]) -> list[Static]:
    """Return the files that Pelican would copy: those of ``STATIC_PATHS``, those that texts link to, the theme's."""
    from backfile.incremental.build import Static

    settings = pelican.settings
    context = {
        **settings,
        "static_links": {link for link in linked if not link.endswith(".md")},
        "static_content": {},
        "generated_content": {},
    }
    generator = StaticGenerator(
        context=context, settings=settings, path=pelican.path, theme=pelican.theme, output_path=str(stage)
    )
    generator.generate_context()
    found = [
        Static(Path(pelican.path, file.source_path), file.save_as, file.get_relative_source_path())
        for file in sorted(generator.staticfiles, key=lambda file: file.save_as)
    ]
    for folder in settings["THEME_STATIC_PATHS"]:
        root = Path(pelican.theme, folder)
        found += [
            Static(path, f"{settings['THEME_STATIC_DIR']}/{path.relative_to(root).as_posix()}")
            for path in sorted(root.rglob("*"))
            if path.is_file()
        ]
    return found


def _tidy(folder: Path, output: Path) -> None:
    """Have a folder for the cache of builds into ``output``, and none for outputs that are gone."""
    own = cache_file(folder, output).parent
    with contextlib.suppress(OSError):  # the cache says what is the matter with the folder
        for known in folder.glob("*/output"):
            if known.parent != own and (told := known.read_bytes()) and not os.path.lexists(told):
                shutil.rmtree(known.parent, ignore_errors=True)
        own.mkdir(parents=True, exist_ok=True)
        if not (own / "output").exists():
            (own / "output").write_bytes(os.fsencode(output))
