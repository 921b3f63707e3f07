"""What a site's robots.txt lets Backfile fetch (RFC 9309); Protego reads it.

The group for ``Backfile`` counts, else the one for ``*``; the longest rule that matches
wins. A site whose robots.txt is not there allows all (4xx; but 429 asks to be left alone,
and is); one whose robots.txt can't be had allows nothing (5xx, no answer). ``Crawl-delay``,
which the RFC does not know, is kept to, up to a minute.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from protego import Protego

AGENT = "Backfile"
MAX_BYTES = 500 * 1024  # what lies beyond is not read, as the RFC has it
_MAX_PAUSE = 60.0
# Protego keeps each rule once for each agent named above it, of which half a megabyte can name a great many.
_AGENT_LINE = re.compile(r"\s*user[-\s]*agent\s*[:\s]\s*(?P<agent>\*|[a-z_-]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """A site's rules; ``pause`` is how many seconds it wants between two requests. Without a text all is allowed."""

    text: Protego | None = None
    pause: float = 0.0

    def allow(self, url: str) -> bool:
        """Tell whether ``url`` may be fetched."""
        return self.text is None or self.text.can_fetch(url, AGENT)


def read_rules(status: int, data: bytes) -> Rules | None:
    """Return the rules that a robots.txt answered with ``status`` gives, or None when they can't be had."""
    if 400 <= status < 500:
        return Rules()
    if not 200 <= status < 300:
        return None
    lines = data[:MAX_BYTES].decode("utf-8-sig", "replace").splitlines()
    text = Protego.parse("\n".join(map(_of_few_agents, lines)))
    return Rules(text, min(text.crawl_delay(AGENT) or 0.0, _MAX_PAUSE))


def _of_few_agents(line: str) -> str:
    """Return a line that names an agent with the product token alone, and all but ours and ``*`` as one."""
    match = _AGENT_LINE.match(line)
    if match is None:
        return line
    agent = match["agent"]
    return f"User-agent: {agent if agent == '*' or agent.lower() == AGENT.lower() else 'another'}"
