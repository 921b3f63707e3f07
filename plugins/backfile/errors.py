"""The errors that Backfile raises for what a user can mend; everything else is a bug and may crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backfile.model import Finding


class BackfileError(Exception):
    """Base of all errors with a message made for the user; a command that one ends has this exit status."""

    exit_status = 1


class ContentError(BackfileError):
    """Something in ``content/`` can't be used; carries every finding, so that all can be mended at once."""

    def __init__(self, *findings: Finding) -> None:
        """Take at least one finding; the message has a line for each."""
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


class IngestError(BackfileError):
    """A raw document can't be used; the message is one line that names it and says why."""


class StoppedError(BackfileError):
    """The user ended a command with Ctrl-C; the message says what is done."""

    exit_status = 130  # as shells say it of a command that a signal ended


class PublishError(BackfileError):
    """The output can't be put in place or sent to its host."""
