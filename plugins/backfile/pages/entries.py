"""Entries of lists: articles and stories of the archive as teasers, references and groups by day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from math import inf
from typing import Any

from backfile import addresses
from backfile.archive import Archive
from backfile.marks import mark_of
from backfile.model import Article, Name, Receipt, Source, Story
from backfile.pages.records import Day, Month, Ref, RelatedLink, StoryEntry, Teaser
from backfile.slugs import slugify

_NAME_ADDRESS = {"person": addresses.person, "place": addresses.place}


# By the SHA-256 of the raw file.
Receipts = Mapping[str, Receipt]


class Catalogue:
    """Looks things up in an archive for the pages; made once for all of them.

    ``files`` are the addresses to which links to files below ``content/`` lead. ``marks`` (by article id) change
    with anything by which an article stands in a list, ``words`` with what topics and names say of themselves.
    ``outline`` changes with what lists are made of (the articles in their order, their stories, topics, names and
    outlets, and ``words``), ``face`` with that and with anything that stands in any list.
    """

    def __init__(self, archive: Archive, receipts: Receipts, files: Mapping[str, str] | None = None) -> None:
        self.archive = archive
        self.receipts = receipts
        self.files = files or {}
        self.story_of = {take: story for story in archive.stories for take in story.takes}
        # The first of the copies of one text, for each of them.
        self.same_text = {take: copies[0] for story in archive.stories for copies in story.copies for take in copies}
        self.day_of: dict[str, date] = dict(zip(archive.articles, archive.articles.column("date"), strict=True))
        self.dates = set(self.day_of.values())
        self.sources = set(archive.articles.column("outlet")) - {None}
        self.topics = {topic.slug: topic for topic in archive.topics}
        self._topic_refs = {slug: self.topic_ref(slug) for slug in self.topics}
        self._topic_words = {slug: f"{slug} {topic.lang} {topic.title}" for slug, topic in self.topics.items()}
        self.briefs_of: defaultdict[str, list[str]] = defaultdict(list)
        columns = map(archive.articles.column, ("digest_item", "digest", "id"))
        briefs = [brief for brief in zip(*columns, strict=True) if brief[1]]
        told_in_full = (brief for brief in archive.hidden if brief.digest and brief.full in archive.articles)
        briefs += [(brief.digest_item, brief.digest, self.full_of(brief) or brief.id) for brief in told_in_full]
        for _, digest, id_ in sorted(briefs, key=lambda brief: brief[0] or inf):  # else in time order
            self.briefs_of[digest].append(id_)
        self.marks: dict[str, bytes] = dict(zip(archive.articles, archive.articles.column("listed"), strict=True))
        self.words = mark_of(archive.names.names, [(topic, self.led(topic.links)) for topic in archive.topics])
        self.outline = self._outline()
        self.face = self._face()
        # By article, what changes with what is related to it, but for how that stands in lists.
        self.related_hashes = {id_: related.hash for id_, related in archive.related.items()}
        self._linked = _Linked(self)
        self._story_marks: dict[str, bytes] = {}
        self._story_topics: dict[str, tuple[str, ...]] = {}
        self._teasers: dict[str, Teaser] = {}
        self._entries: dict[str, StoryEntry] = {}

    def full_of(self, brief: Article) -> str | None:
        """Return the id of the article that stands in lists in place of a brief; None when there is none."""
        return brief.full if brief.id not in self.archive.articles and brief.full in self.archive.articles else None

    def led(self, links: Iterable[str]) -> tuple[tuple[str, str | None], ...]:
        """Return each file that is linked to with its address."""
        return tuple((file, self.files.get(file)) for file in links)

    def teaser(self, article_id: str) -> Teaser:
        """Return the article as it stands in a list."""
        known = self._teasers.get(article_id)
        if known is None:
            known = self._teasers[article_id] = _teaser(self.archive.articles[article_id], self.marks[article_id])
        return known

    def teasers(self, ids: Iterable[str]) -> tuple[Teaser, ...]:
        """Return articles as they stand in a list, in the order given."""
        return tuple(map(self.teaser, ids))

    def entry(self, story: Story) -> StoryEntry:
        """Return the story as it stands in a list."""
        known = self._entries.get(story.id)
        if known is None:
            known = self._entries[story.id] = self._entry(story)
        return known

    def mark(self, story: Story) -> bytes:
        """Return what changes with anything by which a story stands in a list."""
        known = self._story_marks.get(story.id)
        if known is None:
            facts = (story.id, story.title, story.lead, story.independent, self.topic_words(self.story_topics(story)))
            known = self._story_marks[story.id] = mark_of(*facts, *map(self.marks.__getitem__, story.takes))
        return known

    def story_topics(self, story: Story) -> tuple[str, ...]:
        """Return the slugs of the topics that any take of the story belongs to, in order."""
        if len(story.takes) == 1:
            return self.archive.topics_of[story.lead]
        known = self._story_topics.get(story.id)
        if known is None:
            found = {slug for take in story.takes for slug in self.archive.topics_of[take]}
            known = self._story_topics[story.id] = tuple([slug for slug in self.topics if slug in found])
        return known

    def topic_ref(self, slug: str, count: int | None = None) -> Ref:
        """Return a link to a topic, with what it counts."""
        topic = self.topics[slug]
        return Ref(topic.title, addresses.topic(slug), count, topic.lang or "")

    def topic_refs(self, slugs: Iterable[str]) -> tuple[Ref, ...]:
        """Return links to topics."""
        return tuple(map(self._topic_refs.__getitem__, slugs))

    def topic_words(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """Return what links to topics say."""
        return tuple(map(self._topic_words.__getitem__, slugs))

    def filed_under(self, ids: Iterable[str]) -> tuple[Any, ...]:
        """Return what changes with the topics of these articles and with the names in them."""
        topics_of, names_of = self.archive.topics_of, self.archive.names_of
        ids = list(ids)
        named = [(id_, [(name.kind, name.name) for name in names]) for id_ in ids if (names := names_of[id_])]
        return [topics_of[id_] for id_ in ids], named

    def name_refs(self, ids: Sequence[str], kind: str, most: int | None = None) -> tuple[Ref, ...]:
        """Return the people or places that these articles name, those named by most articles first.

        Counts are articles; they are left out for a single article.
        """
        counts: Counter[Name] = Counter()
        if len(ids) == 1 and not self.archive.names_of[ids[0]]:
            return ()
        for article_id in ids:
            counts.update(name for name in self.archive.names_of[article_id] if name.kind == kind)
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0].name))[:most]
        return tuple(Ref(name.name, name_address(name), count if len(ids) > 1 else None) for name, count in ranked)

    def related_links(self, ids: Sequence[str], most: int) -> tuple[RelatedLink, ...]:
        """Return what is related to any of these articles, the closest first, each story once."""
        own = set(ids)
        related = (self.archive.related.get(article_id) for article_id in ids)
        links = [link for each in related if each for link in each.read()]
        chosen: dict[str, RelatedLink] = {}
        for link in sorted(links, key=lambda link: (-link.score, link.article)):
            story = self.story_of[link.article]
            if link.article not in own:
                chosen.setdefault(story.id, RelatedLink(self.teaser(link.article), link.reasons))
        return tuple(chosen.values())[:most]

    def related_facts(self, ids: Iterable[str]) -> tuple[Any, ...]:
        """Return what changes with what :meth:`related_links` returns."""
        return tuple(map(self._linked.__getitem__, ids))

    def outlets(self, ids: Iterable[str]) -> tuple[Ref, ...]:
        """Return the outlets of these articles with their counts, the most frequent first."""
        counts = Counter(outlet for outlet in _outlets(self.archive, ids) if outlet is not None)
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Ref(name, addresses.source(slugify(name)), count) for name, count in ranked)

    def days(self, stories: Iterable[Story], of: dict[str, date] | None = None) -> tuple[Day, ...]:
        """Return stories by day, the newest day first; on a day, the most widely told first.

        A story stands on the day of its first take, or on the day that ``of`` gives for its id.
        """
        by_day: defaultdict[date, list[Story]] = defaultdict(list)
        for story in stories:
            by_day[of[story.id] if of else self.first_day(story)].append(story)
        return tuple(
            Day(day, addresses.of_day(day), tuple(self.entry(story) for story in sorted(by_day[day], key=self._weight)))
            for day in sorted(by_day, reverse=True)
        )

    def first_day(self, story: Story) -> date:
        """Return the day of the story's first take."""
        return self.day_of[story.takes[0]]

    def last_day(self, story: Story) -> date:
        """Return the day of the story's last take."""
        return self.day_of[story.takes[-1]]

    @cached_property
    def told_on(self) -> Mapping[date, Mapping[str, Story]]:
        """The stories that have a take on each day, by their ids; the newest day first."""
        days: defaultdict[date, dict[str, Story]] = defaultdict(dict)
        for id_, day in reversed(self.day_of.items()):
            story = self.story_of[id_]
            days[day][story.id] = story
        return days

    @cached_property
    def outlet_urls(self) -> dict[str, str]:
        """The outlets' own sites, by name: of several that articles give, the first."""
        sources = {id(source): source for source in self.archive.articles.column("source")}  # few, each for many
        found: dict[str, str] = {}
        for source in sources.values():
            if source and source.url:
                found.setdefault(source.name, source.url)
        return found

    def _weight(self, story: Story) -> tuple[int, int, bool, str]:
        entry = self.entry(story)
        return (-entry.outlets, -len(story.takes), entry.lead.kind == "brief", story.id)

    def _entry(self, story: Story) -> StoryEntry:
        lead = self.teaser(story.lead)
        alone = len(story.takes) == 1
        return StoryEntry(
            address=lead.address if alone else addresses.story(story.id),
            title=story.title or lead.title,
            lead=lead,
            takes=self.teasers(take for take in story.takes if take != story.lead),
            outlets=count_outlets(self.archive, story.takes),
            independent=story.independent,
            topics=self.topic_refs(self.story_topics(story)),
            unknown=count_unknown(self.archive, story.takes),
            mark=self.mark(story),
        )

    def _outline(self) -> bytes:
        archive, articles = self.archive, self.archive.articles
        return mark_of(
            self.words,
            [(story.id, story.takes) for story in archive.stories],  # of which ids begin with their day
            articles.column("outlet"),
            self.outlet_urls,
            [*map(str, articles.column("kind"))],
            self.filed_under(articles),
        )

    def _face(self) -> bytes:
        stories = [(story.title, story.lead, story.independent) for story in self.archive.stories]
        return mark_of(self.outline, stories, [*self.marks.values()], [*self.briefs_of.items()])


class _Placed(dict[str, bytes]):
    """By article, what changes with its teaser and its story's address: both stand among related texts."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __missing__(self, id_: str) -> bytes:
        self[id_] = found = self._catalogue.marks[id_] + self._catalogue.story_of[id_].id.encode()
        return found


class _Linked(dict[str, bytes]):
    """By article, what changes with the texts that are related to it, and with how these stand in lists."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._related = catalogue.archive.related
        self._placed = _Placed(catalogue)

    def __missing__(self, id_: str) -> bytes:
        related = self._related.get(id_)
        found = b"\n".join([related.hash, *map(self._placed.__getitem__, related.ids)]) if related else b""
        self[id_] = found
        return found


def count_outlets(archive: Archive, ids: Sequence[str]) -> int:
    """Return how many outlets these articles come from, as far as they are known."""
    return len({*_outlets(archive, ids)} - {None})


def count_unknown(archive: Archive, ids: Sequence[str]) -> int:
    """Return of how many of these articles the outlet is not known."""
    return _outlets(archive, ids).count(None)


def _outlets(archive: Archive, ids: Iterable[str]) -> list[str | None]:
    """Return the outlets of these articles, as far as they are known."""
    places, outlets = archive.articles.places, archive.articles.column("outlet")
    return [outlets[places[id_]] for id_ in ids]


def source_ref(source: Source | None) -> Ref | None:
    """Return a link to an outlet's page."""
    return Ref(source.name, addresses.source(slugify(source.name))) if source else None


def name_address(name: Name) -> str:
    """Return the address of a person's or a place's page."""
    return _NAME_ADDRESS[name.kind or ""](slugify(name.name))


def months(days: Iterable[Day]) -> tuple[Month, ...]:
    """Return days (newest first) by month."""
    by_month: defaultdict[tuple[int, int], list[Day]] = defaultdict(list)
    for day in days:
        by_month[day.day.year, day.day.month].append(day)
    return tuple(
        Month(year, month, addresses.of_month(year, month), tuple(found)) for (year, month), found in by_month.items()
    )


def _teaser(article: Article, mark: bytes) -> Teaser:
    return Teaser(
        address=addresses.of_id(article.id),
        title=article.title,
        date=article.date,
        date_basis=article.date_basis.value,
        kind=article.kind.value,
        lang=article.lang,
        source=source_ref(article.source),
        summary=article.summary,
        mark=mark,
    )
