"""What Pelican must leave to Backfile, whatever the settings file says."""

from __future__ import annotations

from typing import Any

import jinja2
from pelican import Pelican  # type: ignore[import-untyped]  # Pelican has no types

from backfile.folders import ARTICLES, PAGES

# Lists and period archives are ours: Pelican's put the whole world into each template's
# context and compare every article with every other.
_OURS: dict[str, Any] = {
    "ARTICLE_PATHS": [ARTICLES],
    "PAGE_PATHS": [PAGES],
    "DIRECT_TEMPLATES": [],
    "ARTICLE_TRANSLATION_ID": None,
    "PAGE_TRANSLATION_ID": None,
    "ARTICLE_ORDER_BY": "source_path",
    "USE_FOLDER_AS_CATEGORY": False,
    "DELETE_OUTPUT_DIRECTORY": False,
    "CACHE_CONTENT": False,
    "LOAD_CONTENT_CACHE": False,
    "RELATIVE_URLS": True,
} | dict.fromkeys(
    (
        "CATEGORY_SAVE_AS",
        "TAG_SAVE_AS",
        "AUTHOR_SAVE_AS",
        "YEAR_ARCHIVE_SAVE_AS",
        "MONTH_ARCHIVE_SAVE_AS",
        "DAY_ARCHIVE_SAVE_AS",
    ),
    "",
)


def apply_settings(pelican: Pelican) -> None:
    """Overwrite the settings that Backfile's pages, safety and speed rest on."""
    settings = pelican.settings
    settings.update(_OURS)
    settings["JINJA_ENVIRONMENT"] = {
        **settings["JINJA_ENVIRONMENT"],
        "autoescape": True,
        "cache_size": -1,  # all templates are kept; to count them takes longer than to find one
        "auto_reload": False,  # a build's templates do not change while it runs
        "extensions": [],
        "lstrip_blocks": True,
        "trim_blocks": True,
        "undefined": jinja2.StrictUndefined,
    }
    # Emptying the output before a build is known to be good would lose the last good one.
    pelican.delete_outputdir = False
