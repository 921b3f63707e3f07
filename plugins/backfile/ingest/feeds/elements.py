"""The elements of feeds: what each format calls the title, the address, the day and the text of an entry."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from lxml import etree

from backfile.ingest.entry import Entry
from backfile.ingest.hypertext import plain_text
from backfile.ingest.links import resolve
from backfile.ingest.mail.links import clean_link

_XML = "{http://www.w3.org/XML/1998/namespace}"
_FOREIGN = re.compile(r"search\.yahoo\.com|itunes|podcast|opensearch|georss|gml|slash|wellformedweb", re.IGNORECASE)
# First the day of publication; the day of a change only where there is no other.
_PUBLISHED = ("pubDate", "published", "issued", "date", "created")
_CHANGED = ("updated", "modified", "lastBuildDate")
_BODIES = ("encoded", "content", "body", "fullitem", "full-text")
_SUMMARIES = ("description", "summary", "subtitle", "tagline")
_MAIL_AND_NAME = re.compile(r"\S+@\S+\s*\((?P<name>[^()]+)\)")


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself, for all of its entries."""

    title: str | None = None
    url: str | None = None
    lang: str | None = None


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace or an undeclared prefix."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def feed_of(root: etree._Element) -> Feed:
    """Return what the feed says of itself."""
    channel = next((child for child in root if local(child) == "channel"), root)
    base = _base(root, None)
    lang = _text(channel, ("language",)) or root.get(f"{_XML}lang") or channel.get(f"{_XML}lang")
    return Feed(_plain(_first(channel, ("title",))), _link(channel, base), lang)


def entry_of(element: etree._Element, feed: Feed) -> tuple[Entry, str | None]:
    """Return what an entry states, and what the feed calls it (its ``guid`` or ``id``)."""
    url = _link(element, _base(element, feed.url))
    direct = clean_link(url, frozenset()) if url else None
    is_led = direct != url  # over an address that counts: a search's or an alert's, whose name is no outlet's
    date, note = _date(element)
    body, summary = _texts(element)
    source = _first(element, ("source",))
    outlet, outlet_url = (None, None) if is_led else (feed.title, feed.url)
    if source is not None:  # a collection of other outlets' news says which
        outlet = _plain(_first(source, ("title",))) or _plain(source) or outlet
        outlet_url = resolve(source.get("url") or "", None)
    title = _plain(_first(element, ("title",)))
    if source is not None and outlet and title and title.endswith(f" - {outlet}"):
        title = title.removesuffix(f" - {outlet}")
    entry = Entry(
        title=title,
        html=body,
        date=date,
        url=direct,
        source=outlet,
        source_url=outlet_url,
        authors=tuple(dict.fromkeys(_authors(element))),
        lang=element.get(f"{_XML}lang") or _text(element, ("language",)) or feed.lang,
        summary=summary,
        notes=(note,) if note else (),
    )
    return entry, _text(element, ("guid", "id"))


def _children(element: etree._Element, names: Sequence[str]) -> Iterator[etree._Element]:
    """Yield the children called by one of ``names``, in the order of the names."""
    for name in names:
        for child in element:
            if isinstance(child.tag, str) and local(child) == name and not _FOREIGN.search(_namespace(child)):
                yield child


def _namespace(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[0] or str(element.tag).rpartition(":")[0]


def _first(element: etree._Element, names: Sequence[str]) -> etree._Element | None:
    return next(_children(element, names), None)


def _text(element: etree._Element, names: Sequence[str]) -> str | None:
    found = (_words(child) for child in _children(element, names))
    return next((text for text in found if text), None)


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _plain(element: etree._Element | None) -> str | None:
    """Return a title as a reader sees it."""
    if element is None:
        return None
    if _is_plain(element):
        return _words(element) or None
    return plain_text(_markup(element)) or None


def _is_plain(element: etree._Element) -> bool:
    """Tell whether Atom says that this is plain text, so that ``<`` in it is no tag."""
    kind = element.get("type")
    return kind in {"text", "text/plain"} and element.get("mode") != "escaped" and len(element) == 0


def _markup(element: etree._Element) -> str:
    """Return the HTML in an element: escaped, or as elements of its own."""
    if element.get("mode") == "base64":
        return _unpacked(element.text or "")
    if len(element) == 0:
        return element.text or ""
    for inner in element.iter(etree.Element):
        inner.tag = local(inner) or "span"
    etree.cleanup_namespaces(element)
    kids = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return escape(element.text or "", quote=False) + "".join(kids)


def _unpacked(text: str) -> str:
    """Return what Atom 0.3 may carry as base64."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8", "replace")
    except binascii.Error:
        return ""


def _link(element: etree._Element, base: str | None) -> str | None:
    """Return the address of a feed or an entry as a whole web address."""
    links = _children(element, ("origLink", "link"))
    names = _children(element, ("guid", "id"))
    hrefs = [link.get("href") or link.text or "" for link in links if link.get("rel", "alternate") == "alternate"]
    hrefs += [name.text or "" for name in names if _is_address(name)]
    whole = (resolve(href.strip(), base) for href in hrefs if href.strip())
    return next((url for url in whole if url and not url.startswith("mailto:")), None)


def _is_address(name: etree._Element) -> bool:
    """Tell whether what the feed calls an entry is its address, too."""
    return name.get("isPermaLink", "true") != "false" and (name.text or "").strip().startswith(("http://", "https://"))


def _base(element: etree._Element, otherwise: str | None) -> str | None:
    """Return what relative addresses are meant from: the nearest ``xml:base`` that is a web address."""
    for outer in (element, *element.iterancestors()):
        found = resolve(outer.get(f"{_XML}base") or "", None)
        if found:
            return found
    return otherwise


def _date(element: etree._Element) -> tuple[str | None, str | None]:
    published = _text(element, _PUBLISHED)
    if published:
        return published, None
    changed = _text(element, _CHANGED)
    return changed, "date: of the last change, since no day of publication is given" if changed else None


def _texts(element: etree._Element) -> tuple[str | None, str | None]:
    """Return the body of an entry as HTML, and its summary where it has both."""
    found = [_html(child) for names in (_BODIES, _SUMMARIES) for child in _children(element, names)]
    texts = [text for text in found if text.strip()]
    if not texts:
        described = (each for each in element.iter(etree.Element) if local(each) == "description")
        texts = [text for each in described if (text := _paragraphs(each.text or "", r"\n\s*\n")).strip()]
    if not texts:
        return None, None
    has_body = any(_html(child).strip() for child in _children(element, _BODIES))
    return texts[0], _summary(element) if has_body else None


def _summary(element: etree._Element) -> str | None:
    return next((text for child in _children(element, _SUMMARIES) if (text := _html(child).strip())), None)


def _html(element: etree._Element) -> str:
    if _is_plain(element):
        return _paragraphs(element.text or "", r"\n\s*\n")
    if local(element) == "full-text" and len(element) == 0 and "<" not in (element.text or ""):
        return _paragraphs(element.text or "", r"\n")
    return _markup(element)


def _paragraphs(text: str, between: str) -> str:
    lines = (escape(line, quote=False) for line in re.split(between, text) if line.strip())
    return "".join(f"<p>{line}</p>" for line in lines)


def _authors(element: etree._Element) -> Iterator[str]:
    for child in _children(element, ("author", "creator")):
        name = _text(child, ("name",)) or (" ".join((child.text or "").split()) if len(child) == 0 else "")
        match = _MAIL_AND_NAME.fullmatch(name)
        shown = plain_text(match["name"] if match else name)
        if shown:
            yield shown
