"""Checks of the built site: what would embarrass us in front of a reader or a host.

:func:`check_site` reads the output folder and nothing else. The codes and what they mean
stand in :mod:`backfile.check.codes`, and for users in ``docs/checks.md``.
"""

from __future__ import annotations

from backfile.check.site import check_site

__all__ = ["check_site"]
