"""Builds that do again only what has changed, on all cores, and end with the bytes of a build from nothing.

Each stage knows its inputs: a file is read again when it has changed (:mod:`.tree`), a page
is made again when what it shows, its templates or the site's record have
(:mod:`backfile.marks`); what was worked out before is kept in one file in ``.cache/``
(:mod:`.cache`), which may be deleted, or broken, at any time.
"""
