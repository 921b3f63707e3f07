"""The pages of articles and stories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from backfile import addresses
from backfile.marks import mark_of
from backfile.model import Article, Join, Story
from backfile.pages.contents import contents
from backfile.pages.entries import Catalogue, count_outlets, count_unknown, source_ref
from backfile.pages.plans import PagePlan, Section
from backfile.pages.records import (
    ArticlePage,
    Crumb,
    Difference,
    JoinNote,
    OriginNote,
    Passage,
    Ref,
    SharedPoint,
    StoryPage,
    TakeColumn,
)
from backfile.reading import resolved
from backfile.sentences import split_sentences
from backfile.stories import compare

MOST_RELATED = 6
# More texts than these nobody reads side by side; a story of hundreds compares its earliest.
MOST_COMPARED = 12


# An article with the one before it and the one after it.
_Placed = tuple[Article | None, Article, Article | None]


def article_sections(catalogue: Catalogue) -> Iterator[Section]:
    """Yield the pages of the published articles by month, then those of the hidden ones, which stand in no list."""
    start = 0
    for (year, month), days in groupby(catalogue.archive.articles.column("date"), lambda day: (day.year, day.month)):
        own = slice(start, start := start + sum(1 for _ in days))  # ids begin with their day
        stated = _stated(catalogue, own)
        yield _section(
            f"articles {year}-{month}",
            (catalogue.face, stated),
            partial(_facts_of_all, catalogue, own, stated),
            partial(_plans_of_month, catalogue, own),
        )
    hidden = [(None, article, None) for article in catalogue.archive.hidden]
    yield Section("hidden", None, partial(_plans, catalogue, hidden))


def _section(
    name: str, by_face: tuple[Any, ...], facts: Callable[[], tuple[Any, ...]], plans: Callable[[], Iterable[PagePlan]]
) -> Section:
    """Return pages whose ``facts`` are asked for when those ``by_face``, sooner known, have changed."""
    return Section(name, by_face, lambda: [Section(f"{name}, one by one", facts(), plans)])


def _stated(catalogue: Catalogue, own: slice) -> tuple[Any, ...]:
    """Return what pages of articles that stand side by side depend on, but for how others stand in lists (the face)."""
    articles = catalogue.archive.articles
    ids = articles.column("id")[own]
    return (
        articles.column("mark")[own],
        [*map(str, articles.column("rights")[own])],
        [*map(catalogue.related_hashes.get, ids)],
        [*map(catalogue.receipts.__contains__, articles.column("sha256")[own])],
        [catalogue.led(links) for links in articles.column("body.links")[own] if links],
        [*map(catalogue.same_text.get, ids)],
    )


def _facts_of_all(catalogue: Catalogue, own: slice, stated: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what changes when, and only when, :func:`_facts` of any of the articles do, in a part of the time."""
    column = catalogue.archive.articles.column
    ids, with_next = column("id")[own], slice(max(own.start - 1, 0), own.stop + 1)
    stories = [story if len(story.takes) > 1 else None for story in map(catalogue.story_of.__getitem__, ids)]
    return (
        stated,
        catalogue.words,
        column("outlet")[own],
        [story and catalogue.mark(story) for story in stories],
        [digest and catalogue.marks.get(digest) for digest in column("digest")[own]],
        [[*map(catalogue.marks.get, catalogue.briefs_of.get(id_, ()))] for id_ in ids],
        catalogue.filed_under(ids),
        [column(name)[with_next] for name in ("id", "lang", "title")],
        catalogue.related_facts(ids),
    )


def _plans_of_month(catalogue: Catalogue, own: slice) -> Iterator[PagePlan]:
    articles = catalogue.archive.articles
    edges = [articles.at(place) if 0 <= place < len(articles) else None for place in (own.start - 1, own.stop)]
    found = [*map(articles.at, range(own.start, own.stop))]
    return _plans(catalogue, zip([edges[0], *found], found, [*found[1:], edges[1]], strict=False))


def _plans(catalogue: Catalogue, placed: Iterable[_Placed]) -> Iterator[PagePlan]:
    for before, article, after in placed:
        yield PagePlan(
            "article",
            addresses.of_id(article.id),
            _facts(catalogue, article, before, after),
            partial(_article_page, catalogue, article, before, after),
        )


def _facts(catalogue: Catalogue, article: Article, before: Article | None, after: Article | None) -> tuple[Any, ...]:
    """Return all that an article's page depends on.

    The mark stands for what its file says; then come the fields that others have a say in,
    and what the page shows of others.
    """
    story = catalogue.story_of.get(article.id)
    source = article.outlet
    digest, full = article.digest, catalogue.full_of(article)
    return (
        article.mark,
        article.rights.value,
        source,
        source in catalogue.sources,
        catalogue.mark(story) if story and len(story.takes) > 1 else story is not None,
        digest and catalogue.marks.get(digest),
        full and catalogue.marks[full],
        tuple(map(catalogue.marks.get, catalogue.briefs_of.get(article.id, ()))),
        catalogue.topic_words(catalogue.archive.topics_of.get(article.id, ())),
        catalogue.filed_under([article.id]) if story else None,
        article.date in catalogue.dates,
        before and before.id,
        before and (before.lang, before.title),
        after and after.id,
        after and (after.lang, after.title),
        article.sha256 in catalogue.receipts,
        catalogue.led(article.body.links),
        catalogue.related_facts([article.id]) if story else None,
        catalogue.same_text.get(article.id),
    )


def story_sections(catalogue: Catalogue) -> Iterator[Section]:
    """Yield the pages of the stories with two takes or more, by the year in which they began."""
    archive = catalogue.archive
    stories = [story for story in archive.stories if len(story.takes) > 1]
    bodies = archive.articles.column("body.hash")
    for year, group in groupby(stories, key=lambda story: catalogue.first_day(story).year):
        own = list(group)
        takes = [take for story in own for take in story.takes]
        told = (
            [archive.hashes[story.id] for story in own],
            [bodies[archive.articles.places[take]] for take in takes],
            [*map(catalogue.related_hashes.get, takes)],
        )
        yield _section(
            f"stories {year}",
            (catalogue.face, *told),
            partial(_facts_of_stories, catalogue, own, takes, told),
            partial(_plans_of_stories, catalogue, own),
        )


def _facts_of_stories(
    catalogue: Catalogue, stories: Sequence[Story], takes: Sequence[str], told: tuple[Any, ...]
) -> tuple[Any, ...]:
    articles = catalogue.archive.articles
    return (
        told,
        catalogue.words,
        [catalogue.mark(story) for story in stories],
        [articles.column("lang")[articles.places[take]] for take in takes],
        catalogue.filed_under(takes),
        catalogue.related_facts(takes),
    )


def _plans_of_stories(catalogue: Catalogue, stories: Iterable[Story]) -> Iterator[PagePlan]:
    names = mark_of(*((name.name, name.kind, name.spellings) for name in catalogue.archive.names.names))
    for story in stories:
        articles = [catalogue.archive.articles[take] for take in story.takes[:MOST_COMPARED]]
        facts = (
            catalogue.mark(story),
            catalogue.archive.hashes[story.id],
            tuple((article.lang, article.body.hash) for article in articles),
            names,
            catalogue.related_facts(story.takes),
        )
        yield PagePlan("story", addresses.story(story.id), facts, partial(_story_page, catalogue, story, articles))


def _article_page(catalogue: Catalogue, article: Article, before: Article | None, after: Article | None) -> ArticlePage:
    archive = catalogue.archive
    story = catalogue.story_of.get(article.id)  # a hidden article stands in no story
    others = tuple(take for take in story.takes if take != article.id) if story else ()
    shown = [article.id] if story else []
    address = addresses.of_id(article.id)
    body = article.body.html
    return ArticlePage(
        template="article",
        address=address,
        title=article.title,
        lang=article.lang,
        description=article.summary,
        id=article.id,
        date=article.date,
        date_basis=article.date_basis.value,
        kind=article.kind.value,
        source=_source(catalogue, article),
        canonical=article.canonical,
        authors=article.authors,
        summary=article.summary,
        body=resolved(body, article.path, catalogue.files, "../" * address.count("/")),
        contents=contents(body),
        story=_story_ref(catalogue, story) if story and others else None,
        takes=catalogue.teasers(others),
        digest=catalogue.teaser(article.digest) if article.digest and article.digest in archive.articles else None,
        full=catalogue.teaser(full) if (full := catalogue.full_of(article)) else None,
        briefs=catalogue.teasers(catalogue.briefs_of.get(article.id, ())),
        topics=catalogue.topic_refs(archive.topics_of.get(article.id, ())),
        people=catalogue.name_refs(shown, "person"),
        places=catalogue.name_refs(shown, "place"),
        related=catalogue.related_links(shown, MOST_RELATED),
        provenance=article.provenance,
        guessed=article.guessed,
        day=Ref(article.date.isoformat(), addresses.of_day(article.date)) if article.date in catalogue.dates else None,
        previous=_crumb(before),
        next=_crumb(after),
        listed=story is not None,
        revisions=article.revisions,
        rights=article.rights.value,
        receipt=_receipt(catalogue, article) if story else None,
        same_text=catalogue.same_text.get(article.id),
    )


def _source(catalogue: Catalogue, article: Article) -> Ref | None:
    """Return a link to the outlet's page, or to the list of outlets when the outlet has hidden articles alone."""
    ref = source_ref(article.source)
    return ref if ref is None or ref.title in catalogue.sources else Ref(ref.title, addresses.SOURCES)


def _receipt(catalogue: Catalogue, article: Article) -> str | None:
    sha256 = article.sha256
    return addresses.receipt(sha256) if sha256 and sha256 in catalogue.receipts else None


def _story_ref(catalogue: Catalogue, story: Story) -> Ref:
    return Ref(catalogue.entry(story).title, addresses.story(story.id), len(story.takes))


def _crumb(article: Article | None) -> Crumb | None:
    return Crumb(article.title, addresses.of_id(article.id), article.lang) if article else None


def _story_page(catalogue: Catalogue, story: Story, articles: Sequence[Article]) -> StoryPage:
    """Return a story's page: its takes, the first of them side by side, why they are one story, what is related."""
    lead, last = (catalogue.archive.articles[take] for take in (story.lead, story.takes[-1]))
    first = articles[0].date
    comparison = compare([(article.id, _sentences(article)) for article in articles], names=catalogue.archive.names)
    return StoryPage(
        template="story",
        address=addresses.story(story.id),
        title=story.title or lead.title,
        lang=lead.lang,
        description=lead.summary,
        day=Ref(first.isoformat(), addresses.of_day(first)),
        first=first,
        last=last.date,
        takes=catalogue.teasers(story.takes),
        outlets=count_outlets(catalogue.archive, story.takes),
        independent=story.independent,
        topics=catalogue.topic_refs(catalogue.story_topics(story)),
        unknown=count_unknown(catalogue.archive, story.takes),
        copies=tuple(catalogue.teasers(copies) for copies in story.copies),
        joins=_joins(catalogue, story),
        origins=tuple(
            OriginNote(catalogue.teasers(origin.takes), origin.agencies, origin.copies)
            for origin in story.origins
            if len(origin.takes) > 1 or origin.agencies
        ),
        related=catalogue.related_links(story.takes, MOST_RELATED),
        columns=tuple(
            TakeColumn(
                catalogue.teaser(told.take),
                tuple(tuple(Passage(said.text, said.kind) for said in paragraph) for paragraph in told.paragraphs),
            )
            for told in comparison.takes
        ),
        shared=tuple(
            SharedPoint(tuple((catalogue.teaser(take), sentence) for take, sentence in point.wordings))
            for point in comparison.points
        ),
        differences=tuple(
            Difference(tuple((catalogue.teaser(take), values) for take, values in differs.values))
            for differs in comparison.differences
        ),
    )


def _joins(catalogue: Catalogue, story: Story) -> tuple[JoinNote, ...]:
    """Return why each take stands in its story; of two that stand for each other, once."""
    told: dict[frozenset[str], Join] = {}
    for join in story.joins:
        told.setdefault(frozenset((join.article, join.to)), join)
    return tuple(
        JoinNote(catalogue.teaser(join.article), catalogue.teaser(join.to), join.reasons) for join in told.values()
    )


def _sentences(article: Article) -> Sequence[Sequence[str]]:
    """Return the sentences of an article's paragraphs."""
    return [split_sentences(paragraph, article.lang) for paragraph in article.body.paragraphs]
