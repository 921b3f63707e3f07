"""What a page says of itself in its head and in marked-up places: gathered once, judged elsewhere."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import html

from backfile.ingest.web.linked_data import Node, articles, by_id, nodes_of

_MAX_VALUE = 3_000  # characters of one meta element: more is no name, date or title
_TAG = re.compile(r"<[^<>]{1,200}>")


@dataclass(frozen=True, slots=True)
class Head:
    """``metas`` maps the lower-case name, property or itemprop to its values in order; ``title`` is ``<title>``."""

    metas: Mapping[str, tuple[str, ...]]
    title: str
    canonical: str | None
    base: str | None
    lang: str | None
    articles: tuple[Node, ...]
    nodes: tuple[Node, ...]
    ids: Mapping[str, Node]

    def first(self, *names: str) -> str:
        """Return the first value given under any of ``names``, in their order, or nothing."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), "")

    def all(self, *names: str) -> list[str]:
        """Every value given under ``names``."""
        return [value for name in names for value in self.metas.get(name, ()) if value]


def clean(text: str) -> str:
    """Return a stated value as plain text: entities resolved (twice: many pages escape twice), tags out, one line."""
    if "&" in text:
        text = entities.unescape(entities.unescape(text))
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join(text.split())


def read_head(root: html.HtmlElement) -> Head:
    """Gather what ``root`` states."""
    metas: dict[str, list[str]] = {}
    found: dict[str, list[html.HtmlElement]] = {"meta": [], "script": [], "title": [], "link": [], "base": []}
    for element in root.iter(*found):
        found[element.tag].append(element)
    for meta in found["meta"]:
        value = meta.get("content")
        if not value or len(value) > _MAX_VALUE:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (meta.get(attribute) or "").lower().split():
                metas.setdefault(name, []).append(clean(value))
    nodes = nodes_of([script.text or "" for script in found["script"] if "ld+json" in (script.get("type") or "")])
    title = next((clean(element.text_content()) for element in found["title"] if _in_head(element)), "")
    links = {(link.get("rel") or "").lower(): link.get("href") for link in found["link"]}
    bases = [base.get("href") for base in found["base"] if base.get("href")]
    return Head(
        metas={name: tuple(values) for name, values in metas.items()},
        title=title[:_MAX_VALUE],
        canonical=links.get("canonical") or next(iter(metas.get("og:url", [])), None),
        base=bases[0] if bases else None,
        lang=_lang(root, metas),
        articles=tuple(articles(nodes)),
        nodes=tuple(nodes),
        ids=by_id(nodes),
    )


def _in_head(element: html.HtmlElement) -> bool:
    """Tell the page's ``title`` from one inside of a drawing."""
    return all(outer.tag != "svg" for outer in element.iterancestors())


def _lang(root: html.HtmlElement, metas: Mapping[str, list[str]]) -> str | None:
    stated = [root.get("lang"), root.get("xml:lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang")]
    stated += metas.get("content-language", []) + metas.get("og:locale", []) + metas.get("dc.language", [])
    body = root.find("body")
    stated += [body.get("lang")] if body is not None else []
    for value in stated:
        primary = re.split(r"[-_,; ]", value.strip().lower())[0] if value else ""
        if re.fullmatch(r"[a-z]{2,3}", primary):
            return primary
    return None
