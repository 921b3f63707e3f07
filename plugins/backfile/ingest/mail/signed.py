"""Signatures in the text of a message: what PGP writes around and into it, and the sender's own lines below it."""

from __future__ import annotations

import re

from backfile.ingest.records import count_characters

_PGP = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[A-Z][\w-]+: [^\n]*\n)*[ \t]*\n(?P<text>.*?)"
    r"^-----BEGIN PGP SIGNATURE-----.*?^-----END PGP SIGNATURE-----[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_ESCAPED = re.compile(r"^- (?=-|From )", re.MULTILINE)
# RFC 3676: "-- " alone on the last such line; many programs lose the space.
_OWN = re.compile(r"\n-- ?\n(?P<lines>(?:[^\n]{0,70}\n?){1,8})\s*\Z")


def without_signatures(text: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Return ``text`` without them, and how many characters each kind had (RFC 4880, section 7)."""
    bare = _PGP.sub(lambda found: _ESCAPED.sub("", found["text"]), text) if "-----END PGP" in text else text
    own = _OWN.search(bare) if len(re.findall(r"^-- ?$", bare, re.MULTILINE)) == 1 else None
    body = bare[: own.start()] + "\n" if own and bare[: own.start()].strip() else bare
    counted = (
        ("the signature by PGP", count_characters(text) - count_characters(bare)),
        ("the sender's signature", count_characters(bare) - count_characters(body)),
    )
    return body, tuple((what, count) for what, count in counted if count)
