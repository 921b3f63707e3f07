"""The codes of findings about a built site. A code keeps its meaning for good, and is never used again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from backfile.model import Finding


class Code(NamedTuple):
    """What a code says of each finding that bears it."""

    severity: str
    meaning: str
    hint: str


MAX_PAGE = 1_000_000  # bytes; a page of twenty thousand words stays below a quarter of it

CODES = {
    "B201": Code(
        "error", "A link leads to a page or file that isn't there.", "Mend the link, or bring its target back."
    ),
    "B202": Code("error", "A link leads to a place within a page that isn't there.", "Mend what follows the # sign."),
    "B203": Code("error", "A link begins at the host's root, so it breaks under a sub-path.", "Make it relative."),
    "B204": Code("error", "A link runs a script or reads a reader's own files.", "Remove it."),
    "B205": Code("error", "A page asks another host for something as it opens.", "Keep a copy of it in the site."),
    "B206": Code("error", "A page has no title.", "Give it a title."),
    "B207": Code("error", "A page does not say its language.", "Set `lang` in its front matter."),
    "B208": Code("error", "An image has no alternative text.", 'Say what it shows, or alt="" if that adds nothing.'),
    "B209": Code("error", "An id stands on a page more than once.", "Rename one of the headings or anchors."),
    "B210": Code("error", "A page has no words.", "Give it a text, or remove what makes it."),
    "B211": Code(
        "error", "Two pages claim one canonical address, or a page claims two.", "Let each page name its own."
    ),
    "B212": Code("error", "A feed or other XML file can't be read.", "This is a fault in Backfile: please report it."),
    "B213": Code("warning", "A page is larger than a megabyte.", "Split the article, or make its pictures files."),
    "B214": Code("error", "A page is not in UTF-8.", "Save the file that it is made from as UTF-8."),
    "B215": Code(
        "warning",
        "The site has nearly as many files as a free host takes, or more.",
        "Publish it by rclone to a host of another kind, or take a plan for more.",
    ),
    "B216": Code(
        "warning",
        "The site is nearly as large as a free host takes, or larger.",
        "Publish it by rclone to a host of another kind, or keep fewer and smaller pictures.",
    ),
    "B217": Code(
        "warning",
        "A file is nearly as large as a free host takes, or larger.",
        "Make it smaller if it is yours; else publish by rclone to a host of another kind.",
    ),
}


def finding(code: str, file: str, message: str, others: int = 0) -> Finding:
    """Return a finding; ``others`` is how many further files have the same fault."""
    if others:
        message = f"{message.removesuffix('.')} (and so do {others} other pages)."
    return Finding(code, CODES[code].severity, file, message, CODES[code].hint)


def grouped(code: str, files: Iterable[str], message: str) -> Finding:
    """Return one finding for one fault of many files, told of the first of them."""
    first, *others = sorted(set(files))
    return finding(code, first, message, len(others))
