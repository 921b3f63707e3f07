"""A process that builds again and again, and keeps what it knows, makes what a build from nothing makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import pytest

from backfile.publish.live import Trouble
from backfile.site.live import Builder, Work
from tests.building import ROOT, files_of, run_pelican
from tests.incremental.lives import Life

BUILDS = 6


class LiveLife(Life):
    """An archive that one process builds, with its settings as they are at first."""

    def work(self) -> Work:
        paths = {"PATH": self.content, "OUTPUT_PATH": self.output, "CACHE_PATH": self.home / ".cache"}
        override = {name: str(path) for name, path in paths.items()} | self.settings
        return Work(ROOT / "pelicanconf.py", override, watched=(self.home,), code=())

    def _set(self) -> Sequence[str]:
        return []


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    return LiveLife(tmp_path_factory.mktemp("live"), Random(5))  # noqa: S311  # repeatable, not secret


@pytest.fixture(scope="module")
def builder(life: LiveLife) -> Iterator[Builder]:
    with Builder(life.work()) as builder:
        assert builder.build() == ()
        yield builder


def test_after_any_edits_the_output_is_that_of_a_clean_build(life: LiveLife, builder: Builder) -> None:
    for turn in range(BUILDS):
        done = life.edit()
        assert builder.build() == ()
        if turn % 2:
            stale = life.stale()
            assert not stale, f"build {turn} after {', '.join(done)}: {', '.join(stale)}"


def test_an_error_is_told_with_its_place_and_mend_and_the_last_good_site_stays(
    life: LiveLife, builder: Builder
) -> None:
    before = files_of(life.output)
    broken = life.content / "articles/broken.md"
    broken.write_text("---\ntitle: A day that is none\ndate: soon\n---\n\nText.\n", encoding="utf-8")
    (trouble,) = builder.build()
    broken.unlink()
    assert trouble.where == "articles/broken.md:3"
    assert trouble.message.startswith("date: ")
    assert trouble.hint
    assert files_of(life.output) == before
    assert builder.build() == ()


def test_an_error_in_a_template_is_told_with_its_place(life: LiveLife, builder: Builder) -> None:
    template = life.home / "theme/templates/article.html"
    good = template.read_text(encoding="utf-8")
    for wrong, message in (
        ("{% if %}", "Expected an expression"),
        ("{{ page.nothing }}", "has no attribute 'nothing'"),
    ):
        template.write_text(good.replace("{% block content %}", f"{{% block content %}}\n{wrong}"), encoding="utf-8")
        line = template.read_text(encoding="utf-8").split("\n").index(wrong) + 1
        (trouble,) = builder.build()
        assert trouble.where == f"{template}:{line}"
        assert message in trouble.message
    template.write_text(good, encoding="utf-8")
    assert builder.build() == ()


def test_what_another_process_has_built_meanwhile_is_seen(life: LiveLife, builder: Builder) -> None:
    page = life.content / "pages/elsewhere.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("---\ntitle: Elsewhere\n---\n\nText.\n", encoding="utf-8")
    assert run_pelican(life.content, life.output, **life.settings).returncode == 0
    page.unlink()
    assert builder.build() == ()
    assert not life.stale()


def test_a_builder_that_dies_is_said_and_the_next_one_builds(life: LiveLife) -> None:
    with Builder(life.work()) as builder:
        builder.process.kill()
        assert builder.build() == (
            Trouble("", "the process that builds has died.", "Save a file to have it try again."),
        )
        assert builder.build() == ()
