"""Renders a record with the theme, in the environment that the site's Pelican settings make."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2
from bs4 import BeautifulSoup, Tag

from backfile.pages.records import Page, Site
from backfile.site.calling import DirectContext
from backfile.site.escaping import Compiler
from backfile.wording import FILTERS

from .records.teasers import SITE

THEME = Path(__file__).parents[2] / "theme"


@cache
def environment() -> jinja2.Environment:
    """Return the theme's environment; an undefined name raises."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(THEME / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters.update(FILTERS)
    made.code_generator_class = Compiler
    made.context_class = DirectContext
    return made


def render(page: Page, site: Site = SITE) -> str:
    """Return the page's HTML."""
    return environment().get_template(f"{page.template}.html").render(page=page, site=site)


def one(within: BeautifulSoup | Tag, selector: str) -> Tag:
    """Return the only element that ``selector`` finds."""
    (found,) = within.select(selector)
    return found


def attribute(tag: Tag, name: str) -> str:
    """Return an attribute that is one text, "" when it is not there."""
    return str(tag.get(name, ""))
