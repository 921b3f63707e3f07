"""Markdown to sanitised HTML and to plain text.

CommonMark with tables, strikethrough, footnotes and heading anchors, by markdown-it-py;
then nh3 (ammonia, an HTML5 parser) drops whatever could act. Both steps are needed:
markdown-it's own ``html=False`` still lets some hostile links through, and an author's
harmless ``<sub>`` should survive. Rules that a text has no use for are not asked (:mod:`.rules`).

Remote images become links, so that no page asks a third party for anything. A picture that
stands alone is a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.footnote import footnote_plugin

from backfile.pictures import picture_size
from backfile.reading.figures import make_figures
from backfile.reading.rules import Needs, is_plain, needs, paragraphs, switch_off

FIRST_LEVEL = 2  # the page's own title is the h1
LAST_LEVEL = 6

_HEADINGS = [f"h{level}" for level in range(FIRST_LEVEL, LAST_LEVEL + 1)]
# Ids made here carry these prefixes; any other id (from raw HTML) could clash with the page's own.
_OWN_ID = re.compile(r"(?:s-|fn)[\w:-]+")
_ALIGN = re.compile(r"text-align:(left|center|right)")
_INTRASITE = re.compile(r"[{|](?:filename|static|attach)[|}]")
# What markdown-it would take apart and put together again the same, as nearly all addresses are.
PLAIN_ADDRESS = re.compile(
    r"https?://[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,3}"
    r"(?:/[\w/.~!$&()*+,;=:@-]*(?:\?[\w/.~!$&()*+,;=:@?-]*)?(?:#[\w/.~!$&()*+,;=:@?-]*)?)?",
    re.ASCII,
)

_TAGS = (nh3.ALLOWED_TAGS | {"section"}) - {
    "area",
    "map",
    "nav",
    "header",
    "footer",
    "h1",
    "center",
    "article",
    "aside",
}
_ATTRIBUTES = {
    "a": {"href", "hreflang", "id"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "li": {"id"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "bdo": {"dir"},
    "time": {"datetime"},
    "abbr": {"title"},
    "*": {"lang", "dir"},
} | {heading: {"id"} for heading in _HEADINGS}
_CLASSES = {
    "hr": {"footnotes-sep"},
    "section": {"footnotes", "table-scroll"},
    "sup": {"footnote-ref"},
    "td": {"left", "center", "right"},
    "th": {"left", "center", "right"},
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body: ``html`` is safe to put into a page, ``text`` is plain, with a blank line between blocks.

    ``paragraphs`` are the running text alone, without headings, tables, code and notes.
    """

    html: str
    text: str
    paragraphs: tuple[str, ...]


# HTML that is not yet sanitised, and the plain text of each block that has some, and whether it is running text.
_Part = tuple[str, list[tuple[bool, str]]]


def render(markdown: str) -> Rendered:
    """Return ``markdown`` as sanitised HTML and as plain text.

    Headings are moved so that the highest is an ``h2`` and no level is skipped.
    """
    wanted = needs(markdown)
    parts = [_parsed(markdown, wanted)] if wanted[0] else list(map(_paragraph, paragraphs(markdown)))
    blocks = [block for _, own in parts for block in own]
    return Rendered(
        html=_sanitise("".join([html for html, _ in parts])),
        text="\n\n".join([text for _, text in blocks]),
        paragraphs=tuple([text for is_prose, text in blocks if is_prose]),
    )


def _parsed(markdown: str, needs: Needs) -> _Part:
    parser = _parser(needs)
    tokens = parser.parse(markdown)
    return parser.renderer.render(tokens, parser.options, {}), list(_blocks(tokens))


def _paragraph(markdown: str) -> _Part:
    """Return what :func:`_parsed` does for a text that is one paragraph."""
    if is_plain(markdown):
        text = markdown.strip()
        return f"<p>{escapeHtml(markdown)}</p>\n", [(True, text)] if text else []
    return _parsed(markdown, needs(markdown))


@cache
def _parser(needs: Needs) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    parser.use(anchors_plugin, max_level=LAST_LEVEL, slug_func=_anchor)
    parser.core.ruler.push("heading_levels", _level_headings)
    parser.core.ruler.push("cell_alignment", _align_cells)
    parser.core.ruler.push("figures", partial(make_figures, is_remote=_is_remote))
    parser.add_render_rule("image", _image)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    normalise = parser.normalizeLink
    # Pelican's {filename} and {static} must reach Pelican with their braces unescaped.
    parser.normalizeLink = lambda url: (  # type: ignore[method-assign]  # the documented way to change it
        url if _INTRASITE.match(url) or PLAIN_ADDRESS.fullmatch(url) else normalise(url)
    )
    switch_off(parser, needs)
    return parser


def _anchor(title: str) -> str:
    return "s-" + (re.sub(r"\W+", "-", title.lower()).strip("-") or "section")


def _level_headings(state: StateCore) -> None:
    """Move headings so that the outline starts at h2 and never skips a level (WCAG technique G141)."""
    open_levels: list[int] = []
    for token in state.tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while open_levels and open_levels[-1] >= level:
                open_levels.pop()
            open_levels.append(level)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(LAST_LEVEL, FIRST_LEVEL - 1 + len(open_levels))}"


def _align_cells(state: StateCore) -> None:
    """Say alignment by class: the site's content security policy allows no style attributes."""
    for token in state.tokens:
        if token.type in {"td_open", "th_open"} and (found := _ALIGN.search(str(token.attrs.pop("style", "")))):
            token.attrSet("class", found[1])


def _table_open(_self: RendererHTML, _tokens: Sequence[Token], _index: int, _o: OptionsDict, _e: EnvType) -> str:
    # A wide table scrolls by itself, and the keyboard can reach it to do so; a section may have the focus, a div
    # without a role says nothing to those who hear it (axe: focus-order-semantics).
    return '<section class="table-scroll" tabindex="0"><table>\n'


def _table_close(_self: RendererHTML, _tokens: Sequence[Token], _index: int, _o: OptionsDict, _e: EnvType) -> str:
    return "</table></section>\n"


def _image(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    src = str(token.attrs["src"])
    alt = self.renderInlineAsText(token.children or [], options, env)
    if _is_remote(src):
        return f'<a href="{escape(src)}">{escape(alt or src)}</a>'
    size = picture_size(src)
    # The place is reserved before the picture is there, and a picture far down is asked for when it comes near.
    sized = f' width="{size[0]}" height="{size[1]}"' if size else ""
    return f'<img src="{escape(src)}" alt="{escape(alt)}"{sized} loading="lazy" decoding="async">'


def _is_remote(url: str) -> bool:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "id":
        return value if _OWN_ID.fullmatch(value) else None
    if tag == "img" and attribute == "src":
        return None if _is_remote(value) else value
    return value


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_filter,
        allowed_classes={tag: set(names) for tag, names in _CLASSES.items()},
        tag_attribute_values={"section": {"tabindex": {"0"}}},
        clean_content_tags={"script", "style", "iframe", "noscript", "template"},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _sanitise(html: str) -> str:
    return _cleaner().clean(html)


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[bool, str]]:
    """Yield the plain text of each block that has some, and whether it is running text."""
    in_notes = False
    before = ""
    for token in tokens:
        in_notes = token.type == "footnote_block_open" or (in_notes and token.type != "footnote_block_close")
        text = ""
        if token.type == "inline":
            text = "".join(map(_inline_text, token.children or [])).strip()
        elif token.type in {"fence", "code_block"}:
            text = token.content.strip()
        if text:
            yield before == "paragraph_open" and not in_notes, text
        before = token.type


def _inline_text(token: Token) -> str:
    match token.type:
        case "text" | "code_inline":
            return token.content
        case "softbreak" | "hardbreak" | "figcaption_open":
            return " "
        case "image":
            return "".join(map(_inline_text, token.children or []))
        case _:
            return ""
