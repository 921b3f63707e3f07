"""A small site with the theme's own article and search pages, indexed for real."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from backfile.model import Name
from backfile.pages.records import ArticlePage, Ref, SearchPage, Site, Teaser, TextPage
from backfile.search.index import build_index
from backfile.search.names import expansions
from backfile.search.titles import title_row, titles_of_year, titles_script
from backfile.slugs import slugify

from ..theme.rendering import THEME, environment

# Enough articles that say the same for "show more" to have something to show.
BULLETINS = 23


@cache
def described() -> dict[str, Any]:
    """Return what archive.yaml describes."""
    text = Path(__file__).with_name("archive.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def names() -> tuple[Name, ...]:
    return tuple(Name(entry["name"], tuple(entry["spellings"]), entry["kind"]) for entry in described()["names"])


def articles() -> list[ArticlePage]:
    """Return the described articles, and a run of harbour bulletins in January 2023."""
    return [*(_article(**fields) for fields in described()["articles"]), *bulletins(2023, BULLETINS)]


def bulletins(year: int, count: int) -> list[ArticlePage]:
    """Return harbour bulletins, one a day from New Year on."""
    return [
        _article(
            title=f"Harbour bulletin {number}",
            day=date(year, 1, number),
            source="The Harbour Post",
            body=f"Tides, winds and berths for ship number {number}.",
        )
        for number in range(1, count + 1)
    ]


def build(
    folder: Path,
    *,
    lang: str = "en",
    base: str = "/",
    searchable: bool = True,
    more: Sequence[ArticlePage] = (),
) -> Path:
    """Write the site below ``folder``, index it when it is ``searchable``, and return the folder."""
    site = Site(name="Backfile", tagline="", lang=lang, url="", searchable=searchable)
    pages = [*articles(), *more]
    lost = TextPage(template="not_found", address="404.html", title="Page not found", lang=lang, body="", base=base)
    theme = environment()
    for page in [*pages, search_page(pages, lang), lost]:
        html = theme.get_template(f"{page.template}.html").render(page=page, site=site)
        _write(folder / page.save_as, html.encode())
    for path in (THEME / "static").rglob("*.*"):
        _write(folder / "theme" / path.relative_to(THEME / "static"), path.read_bytes())
    _write(folder / "data/names.json", expansions(names()))
    years = {page.date.year for page in pages}
    _write(folder / "data/titles.js", titles_script(years, names()))
    for year in years:
        own = (title_row(teaser(page), page.topics, page.same_text) for page in pages if page.date.year == year)
        _write(folder / f"data/titles/{year}.js", titles_of_year(year, own))
    if searchable:
        build_index(folder)
    return folder


def search_page(pages: list[ArticlePage], lang: str = "en") -> SearchPage:
    topics = sorted({topic for page in pages for topic in page.topics}, key=lambda ref: ref.title)
    sources = sorted({page.source for page in pages if page.source}, key=lambda ref: ref.title)
    kinds = sorted({page.kind for page in pages})
    years = sorted({page.date.year for page in pages}, reverse=True)
    return SearchPage(
        template="search",
        address="search/",
        title="Search",
        lang=lang,
        facets=(
            ("topic", tuple(topics)),
            ("source", tuple(sources)),
            ("kind", tuple(Ref(kind, "", sum(page.kind == kind for page in pages)) for kind in kinds)),
            ("year", tuple(Ref(str(year), f"{year}/") for year in years)),
        ),
    )


def teaser(page: ArticlePage) -> Teaser:
    """Return an article as it stands in a list."""
    return Teaser(page.address, page.title, page.date, page.date_basis, page.kind, page.lang, page.source, page.summary)


def _article(
    title: str,
    day: date,
    source: str,
    body: str,
    lang: str = "en",
    kind: str = "article",
    topics: tuple[str, ...] = (),
    same_text: str | None = None,
) -> ArticlePage:
    address = f"{day:%Y/%m/%d}/{slugify(title, lang=lang)}/"
    return ArticlePage(
        template="article",
        address=address,
        title=title,
        lang=lang,
        id=address[:-1],
        date=day,
        date_basis="given",
        kind=kind,
        source=Ref(source, f"sources/{slugify(source)}/"),
        canonical=None,
        authors=(),
        summary=body.split(". ")[0] + ".",
        body=f"<p>{body.replace('&', '&amp;').replace('<', '&lt;')}</p>",
        story=None,
        takes=(),
        digest=None,
        briefs=(),
        topics=tuple(Ref(topic, f"topics/{slugify(topic)}/") for topic in topics),
        people=(),
        places=(),
        related=(),
        provenance=None,
        guessed=("summary",),
        day=Ref(f"{day}", f"{day:%Y/%m/%d}/"),
        previous=None,
        next=None,
        same_text=same_text,
    )


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
