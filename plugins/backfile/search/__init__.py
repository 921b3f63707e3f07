"""Search: Pagefind's index over the finished pages, and the small files our own script needs beside it.

The pure parts are :mod:`~backfile.search.table`, :mod:`~backfile.search.names` and
:mod:`~backfile.search.titles`; :mod:`~backfile.search.index` runs the program. How a
search is answered, and why so, is told in ``docs/search.md``.
"""
