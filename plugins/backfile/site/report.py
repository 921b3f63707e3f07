"""What a build says through Pelican's log."""

from __future__ import annotations

import logging

from backfile.archive import Archive
from backfile.errors import BackfileError

_log = logging.getLogger(__name__)


def report(archive: Archive) -> None:
    """Log each warning of an archive."""
    for finding in archive.findings:
        _log.warning("%s", finding)


class NoTraceback(logging.Filter):
    """Drops the traceback of an error that is made for the user, who can mend it without one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass."""
        if record.exc_info and isinstance(record.exc_info[1], BackfileError):
            record.exc_info = None
        return True
