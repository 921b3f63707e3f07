"""Backfile: a static site generator for archives of news briefings.

The packages below follow the way that a briefing travels (see docs/architecture.md):
``ingest`` writes content, ``reading`` turns content into records, ``stories`` and
``topics`` put them in order, ``pages`` says what each page shows, ``site`` hands the
pages to Pelican, ``search``, ``check`` and ``publish`` work on the finished output.
Only ``site`` imports Pelican.
"""

__version__ = "0.1.0"
