"""Pictures that stand alone in a paragraph become figures, with the emphasised line below them as the caption.

Markdown has no word for a caption. A picture and, on the next line, one emphasised text is
how many people write it, and reads well wherever the text is shown::

    ![Cranes at the quay](cranes.webp)
    *The new cranes on Monday. Photo: A. Reporter*

Without such a line the picture's title, ``![Cranes](cranes.webp "At the quay")``, is the caption.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def make_figures(state: StateCore, is_remote: Callable[[str], bool]) -> None:
    """Turn such paragraphs of ``state`` into figures; a picture on another host will be a link, and is left alone."""
    if "![" not in state.src:
        return
    for opening, inline, closing in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if opening.type != "paragraph_open" or opening.hidden:
            continue
        children = [child for child in inline.children or [] if child.type != "text" or child.content]
        end = _end_of_picture(children, is_remote)
        caption = _caption(children[end:]) if end else None
        if caption == []:
            title = next(str(child.attrs.get("title", "")) for child in children if child.type == "image")
            caption = _captioned([Token("text", "", 0, content=title)]) if title else []
        if caption is None:
            continue
        for token in (opening, closing):
            token.type = token.type.replace("paragraph", "figure")
            token.tag = "figure"
        inline.children = [*children[:end], *caption]


def _end_of_picture(children: Sequence[Token], is_remote: Callable[[str], bool]) -> int:
    """Return the index behind the picture that ``children`` begin with, alone or as a link; 0 for none."""
    kinds = [child.type for child in children[:3]]
    for start, wanted in ((0, ["image"]), (1, ["link_open", "image", "link_close"])):
        if kinds[: len(wanted)] == wanted and not is_remote(str(children[start].attrs["src"])):
            return len(wanted)
    return 0


def _caption(rest: Sequence[Token]) -> list[Token] | None:
    """Return what stands below a picture as its caption: nothing, or one emphasised text; None for anything else."""
    if not rest:
        return []
    if len(rest) < 4 or rest[0].type not in {"softbreak", "hardbreak"} or rest[1].type != "em_open":
        return None
    within, level = rest[2:-1], rest[1].level
    if rest[-1].type != "em_close" or any(token.type == "em_close" and token.level == level for token in within):
        return None
    return _captioned(within)


def _captioned(tokens: Sequence[Token]) -> list[Token]:
    return [Token("figcaption_open", "figcaption", 1), *tokens, Token("figcaption_close", "figcaption", -1)]
