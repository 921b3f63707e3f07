"""What of an element readers see: its text as it is shown, without what never shows any or is hidden."""

from __future__ import annotations

import re
import unicodedata

from lxml import html

DROPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "applet", "button", "select",
     "option", "input", "textarea", "canvas", "map", "audio", "video", "math", "link", "meta", "title", "dialog",
     "nav", "rp", "rt", "frameset", "frame", "progress", "meter"}
)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])")
# Names by which pages mark what only screen readers are told ("opens in a new window", "image caption").
_SPOKEN = re.compile(
    r"(?:^|[\s_-])(?:sr-only|screen-?reader(?:-text)?|visually-?hidden|off-?screen|a11y-(?:hidden|text))(?:$|[\s_-])"
)
_SPEAKING = frozenset({"span", "p", "a"})
LINE = "\u2028"  # line separator: white space that no page is indented with
_APART = frozenset({"br", "div", "p", "li", "dt", "dd", "td", "h2", "h3", "h4", "h5"})  # what begins a line
_KEY = re.compile(r"[\W_]+")


def key_of(text: str) -> str:
    """Return only the letters and digits of ``text``, lower case: equal for the same text however it is set."""
    key = "".join(text.lower().split())  # most of what goes is white space, and goes faster so
    return key if key.isalnum() else _KEY.sub("", key)


def unaccented(text: str) -> str:
    """Return ``text`` without the accents of its letters, as addresses spell it."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def is_hidden(element: html.HtmlElement) -> bool:
    """Tell whether the page itself hides ``element`` from its readers."""
    get = element.get
    if get("hidden") is not None or ((style := get("style")) and _HIDDEN_STYLE.search(style.lower())):
        return True
    return element.tag in _SPEAKING and bool((name := get("class")) and _SPOKEN.search(name.lower()))


def shown_text(element: html.HtmlElement) -> str:
    """Return the text of an inline element that readers see; where a line ends stands ``LINE``, which is a space."""
    pieces: list[str] = []
    _gather(element, pieces)
    return "".join(pieces)


def shown_line(element: html.HtmlElement) -> str:
    """Return the same as one line, without white space at its ends."""
    return " ".join(shown_text(element).split())


def _gather(element: html.HtmlElement, pieces: list[str]) -> None:
    if element.tag in DROPPED or is_hidden(element):
        return
    if element.tag in _APART:
        pieces.append(LINE)
    if element.text:
        pieces.append(element.text)
    for child in element:
        _gather(child, pieces)
        if child.tail:
            pieces.append(child.tail)
