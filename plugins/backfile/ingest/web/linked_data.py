"""Statements in JSON-LD: the article node of a page, whatever it is wrapped in.

Read with the standard library's ``json``; a block that is no JSON says nothing. Size,
nesting and number of nodes are bounded. Types and properties are schema.org's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Node: TypeAlias = Mapping[str, Any]

_MAX_TEXT = 600_000
_MAX_NODES = 5_000
_ARTICLE = re.compile(
    r"(?:\w*Article|\w*BlogPosting|Report|ReportageNews\w*|LiveBlog\w*|\w*Review|Recipe|SocialMediaPosting)$"
)
_PAGE = re.compile(
    r"(?:WebPage|ItemPage|AboutPage|VideoObject|CreativeWork|PodcastEpisode|RadioEpisode|Dataset|Event|HowTo)$"
)


def nodes_of(blocks: list[str]) -> list[Node]:
    """Return every object in the JSON of ``blocks``, outermost first."""
    found: list[Node] = []
    for block in blocks:
        text = block.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
        if not text or len(text) > _MAX_TEXT:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        found += _walk(value, _MAX_NODES - len(found))
    return found


def _walk(value: Any, limit: int) -> list[Node]:
    found: list[Node] = []
    queue = [value]
    for item in queue:
        if isinstance(item, Mapping):
            found.append(item)
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item[:_MAX_NODES])
        if len(found) >= limit or len(queue) > _MAX_NODES * 20:
            break
    return found


def types_of(node: Node) -> list[str]:
    """Return the node's types without their vocabulary's address."""
    kind = node.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return [str(name).rsplit("/", 1)[-1] for name in names if isinstance(name, str)]


def articles(nodes: list[Node]) -> list[Node]:
    """Return the nodes that are an article, then those that are a page of some other kind."""
    texts = [node for node in nodes if any(_ARTICLE.match(name) for name in types_of(node)) and _states_much(node)]
    pages = [node for node in nodes if any(_PAGE.match(name) for name in types_of(node)) and node not in texts]
    return texts + pages


def _states_much(node: Node) -> bool:
    """Tell an article from the mere mention of one, in a list of others, which names it and no more."""
    return any(
        key in node
        for key in ("datePublished", "dateCreated", "author", "articleBody", "description", "mainEntityOfPage")
    )


def by_id(nodes: list[Node]) -> dict[str, Node]:
    """Return the nodes that others refer to: the fullest one of each ``@id``."""
    found: dict[str, Node] = {}
    for node in nodes:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(found.get(name, {})):
            found[name] = node
    return found


def strings(value: Any) -> Iterator[str]:
    """Yield the texts in ``value``: itself, or what a list or an ``@value`` or ``name`` holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list):
        for item in value[:50]:
            yield from strings(item) if not isinstance(item, list) else ()
    elif isinstance(value, Mapping):
        for key in ("@value", "name", "@id"):
            if isinstance(value.get(key), str):
                yield value[key]
                return
