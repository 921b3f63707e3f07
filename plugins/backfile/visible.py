"""Text that others wrote, as a terminal may be given it: nothing in it acts, and each line stays one line."""

from __future__ import annotations

import re

# Control characters, line ends of all kinds, what turns the direction of writing, what can't be seen, lone surrogates.
_ACTS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    r"""Return ``text`` with such characters written out: a line break as ``\n``, an escape sign as ``\x1b``."""
    return _ACTS.sub(lambda sign: sign[0].encode("unicode_escape", "surrogatepass").decode("ascii"), text)
