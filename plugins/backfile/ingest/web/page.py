"""A saved web page as a faithful Markdown article with what the page says of itself.

``read_page`` parses within a budget, reads the head, asks the oracle for the text, finds
title, day and authors, cleans the body in the steps of :data:`BODY_STEPS`, and writes it.
Pure: no network, no clock, no files; the same page gives the same result.
"""

from __future__ import annotations

import html as entities
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from lxml import html

from backfile.errors import IngestError
from backfile.ingest.lines.header import NO_CANONICAL
from backfile.ingest.links import base_of, resolve
from backfile.ingest.pictures.take import take_pictures
from backfile.ingest.records import Embedded, Find
from backfile.ingest.web import elsewhere, fill, prune
from backfile.ingest.web.authors import find_authors
from backfile.ingest.web.body import Body, Chosen, Step
from backfile.ingest.web.choose import Choice, ask, choose
from backfile.ingest.web.convert import Writer
from backfile.ingest.web.head import Head, read_head
from backfile.ingest.web.inline import escape, guard
from backfile.ingest.web.linked_data import strings
from backfile.ingest.web.notes import drop_back_links, notes
from backfile.ingest.web.outlet import find_canonical, find_source, home_names, site_names
from backfile.ingest.web.page_map import PageMap
from backfile.ingest.web.parse import parse
from backfile.ingest.web.parts import captions, reports
from backfile.ingest.web.published import find_published
from backfile.ingest.web.saved import address_of, channel_of
from backfile.ingest.web.shown import key_of
from backfile.ingest.web.titles import Title, find_title, place_of
from backfile.ingest.web.tree import Box, Leaf, build
from backfile.ingest.web.word_lists import mark_lists
from backfile.model import DateBasis, Kind, Source

BODY_STEPS: tuple[Step, ...] = (
    reports,
    fill.further_boxes,
    fill.siblings_of_prose,
    fill.first_heading,
    fill.rest_of_runs,
    fill.rest_of_lists,
    fill.data_tables,
    prune.other_articles,
    prune.before_title,
    prune.repeated_title,
    elsewhere.labelled,
    elsewhere.teasers,
    prune.named_boxes,
    fill.standfirst,
    prune.bylines,
    prune.loose_starts,
    prune.loose_ends,
    fill.figures,
    fill.own_pictures,
    captions,
    notes,
)
_FOUND = 0.4  # share of the oracle's text that must stand where readers see it
_MUCH = 400  # characters of text in a page's data from which on it may stand for what the page does not show
_PROSE = 60
_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_SUMMARY = range(25, 600)
_CYRILLIC, _LATIN = re.compile("[\u0400-\u04ff]"), re.compile("[a-z]", re.IGNORECASE)
_IN_LATIN = frozenset(("cs", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ro", "sv", "tr"))
_IN_CYRILLIC = frozenset(("be", "bg", "ru", "uk"))
# Invisible signs that only say where a word may break; they would keep a search from finding it.
_BREAKS = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a page is made into.

    ``date`` is the page's own local day, ``date_basis`` where it stood; ``markdown`` is the
    body without its title and without raw HTML; ``guessed`` names the fields that the page
    does not state, ``notes`` says why, in sentences for the receipt. ``pictures`` are those
    that came with the page, by SHA-256; ``markdown`` has placeholders for some of them. A page of
    an article that shows no text is a brief, with its description for a body.
    """

    title: str
    markdown: str
    date: date | None = None
    date_basis: DateBasis | None = None
    authors: tuple[str, ...] = ()
    source: Source | None = None
    url: str | None = None
    lang: str | None = None
    summary: str | None = None
    guessed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    pictures: Mapping[str, Embedded] = field(default_factory=dict)
    kind: Kind = Kind.ARTICLE


@dataclass(frozen=True, slots=True)
class _Written:
    """The body as Markdown, with notes on how it was found."""

    markdown: str
    notes: tuple[str, ...]
    kind: Kind = Kind.ARTICLE


def read_page(
    text: str,
    *,
    url: str | None = None,
    today: date | None = None,
    lifted: Mapping[str, Embedded] | None = None,
    find: Find | None = None,
) -> WebPage:
    """Return the article of the page whose HTML is ``text``.

    ``url`` is where it was fetched from; ``today`` only flags days after it; ``lifted`` are
    the pictures whose placeholders stand in ``text``, ``find`` gives others that came along.
    Raises IngestError when the page is over budget or holds no text.
    """
    root = parse(text)
    url = address_of(root, text, url)
    mark_lists(root)
    drop_back_links(root)
    pictures = take_pictures(root, lifted or {}, find)
    head = read_head(root)
    tree, choice = _chosen(root)
    leaves = tree.leaves()
    home = home_names(root, head, url)
    sites = [*site_names(head, url), *home]
    first = _first_prose(leaves, choice.chosen)
    title = find_title(head, leaves, sites, first, url)
    page = PageMap(
        root, head, leaves, place_of(title, leaves, first), choice.chosen, is_shown=choice.found >= _FOUND, url=url
    )
    published = find_published(page, today)
    authors = find_authors(page, sites)
    if not any(leaf.tag == "h1" for leaf in leaves) and key_of(title.text) in map(key_of, authors.names):
        title = replace(title, text="", guessed=True)  # a post without a headline is called by its account
    summary = _summary(head, title)
    body = _body(tree, page, title, authors.names)
    if not body.markdown:
        body = _brief(head, title, summary, body.notes)
    channel = channel_of(root, text)
    source, source_guessed = (channel, False) if channel else find_source(head, url, home)
    canonical = find_canonical(head, url)
    is_stated = not url or (head.canonical and canonical == resolve(head.canonical, url))
    guessed = {"title": title.guessed, "date": published.guessed, "source": source_guessed}
    remarks = (*body.notes, None if is_stated else NO_CANONICAL, published.note, authors.note)
    return WebPage(
        title=_plain(title.text),
        markdown=unicodedata.normalize("NFC", body.markdown.translate(_BREAKS)),
        date=published.day,
        date_basis=published.basis,
        authors=tuple(map(_plain, authors.names)),
        source=source,
        url=canonical,
        lang=_lang(head.lang, body.markdown),
        summary=summary,
        kind=body.kind,
        guessed=tuple(name for name, is_guess in guessed.items() if is_guess),
        notes=tuple(filter(None, remarks)),
        pictures=pictures,
    )


def _chosen(root: html.HtmlElement) -> tuple[Box, Choice]:
    """Return the page as boxes and leaves, and which leaves are its text; with hidden ones where these hold it."""
    tree = build(root)
    oracle = ask(root)
    choice = choose(oracle, tree.leaves())
    if choice.found < _FOUND:  # the page hides its text, for a script to show it
        tree = build(root, hidden=True)
        choice = choose(oracle, tree.leaves())
    return tree, choice


def _body(tree: Box, page: PageMap, title: Title, authors: tuple[str, ...]) -> _Written:
    """Return the text that the page shows, cleaned, or the one in its data where it shows none; perhaps nothing."""
    stated = _stated_text(page.head)
    if not page.is_shown and len(stated) > _MUCH:
        text = "\n\n".join(guard(escape(line)) for line in map(_plain, stated.splitlines()) if line)
        return _Written(text + "\n", ("the text stands in the page's data only; its structure is lost",))
    body = Body(page.leaves, title.text, title.others, page.head.first(*_DESCRIPTIONS), page.url, authors)
    chosen = page.text
    for step in BODY_STEPS:
        chosen = step(body, chosen)
    kept = {id(page.leaves[place]) for place in chosen}
    dropped = sum(page.leaves[place].wordy for place in page.text - chosen)
    notes = (f"{dropped} letters of furniture were left out",) if dropped else ()
    writer = Writer(lambda leaf: id(leaf) in kept, base_of(page.url, page.head.base))
    return _Written(writer.document(tree), notes)


def _lang(stated: str | None, text: str) -> str | None:
    """Return the language that the page states, unless its text is in another script: then it is its program's."""
    cyrillic = len(_CYRILLIC.findall(text))
    if not (cyrillic if stated in _IN_LATIN else stated in _IN_CYRILLIC):
        return stated
    latin = len(_LATIN.findall(text))
    is_other = cyrillic > 2 * latin if stated in _IN_LATIN else latin > 2 * cyrillic
    return None if is_other else stated


def _brief(head: Head, title: Title, summary: str | None, notes: tuple[str, ...]) -> _Written:
    """Return the description of an article in place of its text; raises IngestError where it can't stand for it."""
    if not (summary and title.text and head.first("og:type").lower() == "article"):
        raise IngestError("no text was found on the page; it may be empty, or be made by a script or behind a wall")
    note = "the page shows no text (it may be made by a script, or be behind a wall): its description stands in"
    return _Written(guard(escape(summary)) + "\n", (*notes, note), Kind.BRIEF)


def _stated_text(head: Head) -> str:
    """Return the text of the article in the page's JSON-LD, without tags."""
    texts = (text for node in head.articles[:1] for text in strings(node.get("articleBody")))
    return re.sub(r"<[^<>]{1,500}>", " ", entities.unescape(next(texts, "")))


def _first_prose(leaves: Sequence[Leaf], chosen: Chosen) -> int | None:
    return next((place for place in sorted(chosen) if len(leaves[place].text) >= _PROSE), None)


def _summary(head: Head, title: Title) -> str | None:
    """Return the page's description, when it is one of this page: not its title again, nor the site's motto."""
    text = _plain(head.first(*_DESCRIPTIONS))
    if len(text) not in _SUMMARY or key_of(text) in title.others:
        return None
    return text


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.translate(_BREAKS).split()))
