"""Tells, through Pelican's log, what an archive holds and what in it wants a look."""

from __future__ import annotations

import logging

from backfile.archive import Archive

_log = logging.getLogger(__name__)


def report(archive: Archive) -> None:
    """Log each warning."""
    for finding in archive.findings:
        _log.warning("%s", finding)
