"""What is where on a parsed page: what all that look for its day, its authors and its body go by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import html

from backfile.ingest.web.body import Chosen
from backfile.ingest.web.head import Head
from backfile.ingest.web.tree import Leaf


@dataclass(frozen=True, slots=True)
class PageMap:
    """A page's elements and head, its leaves in reading order, and where among these title and text stand.

    ``title`` is None where the page shows none; ``text`` are the places of its text, which ``is_shown``
    to readers unless a script has to show it. ``url`` is where it was fetched from.
    """

    root: html.HtmlElement
    head: Head
    leaves: Sequence[Leaf]
    title: int | None
    text: Chosen
    is_shown: bool
    url: str | None
