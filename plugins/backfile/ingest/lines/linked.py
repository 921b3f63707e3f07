"""Where a block leads: a headline that is wholly a link, or a line that only says "Read more"."""

from __future__ import annotations

import re
from html import unescape

from backfile.ingest.records import Block

# Readers write a destination with its brackets as per cent signs, so it ends at the first one.
_WHOLE = re.compile(r"[*_~]*\[(?:[^\[\]\\]|\\.)+\]\((?P<url>https?://[^()\s]+)\)[*_~]*[.\s→»>\\]*")


def link_of(block: Block) -> str | None:
    """Return the web address that the whole of ``block`` links to, or None."""
    match = _WHOLE.fullmatch(block.markdown.strip()) if block.markdown else None
    return unescape(match["url"]) if match else None
