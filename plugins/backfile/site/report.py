"""What a build says through Pelican's log, and what its settings say of the site."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from backfile.errors import BackfileError

if TYPE_CHECKING:
    from backfile.model import Finding
    from backfile.pages import Site

_log = logging.getLogger(__name__)


def site_of(settings: Mapping[str, Any]) -> Site:
    """Return the site's record, without its pages of prose."""
    from backfile.pages import Site

    return Site(
        name=settings["SITENAME"],
        tagline=settings.get("SITESUBTITLE") or "",
        lang=settings["DEFAULT_LANG"],
        url=settings["SITEURL"].rstrip("/"),
        searchable=settings["SEARCH_INDEX"],
    )


def report(findings: Iterable[Finding]) -> None:
    """Log each warning."""
    for finding in findings:
        _log.warning("%s", finding)


class NoTraceback(logging.Filter):
    """Drops the traceback of an error that is made for the user, who can mend it without one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass."""
        if record.exc_info and isinstance(record.exc_info[1], BackfileError):
            record.exc_info = None
        return True
