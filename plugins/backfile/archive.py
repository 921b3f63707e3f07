"""The archive as one frozen record: articles in order, their stories, topics, names and relations.

``assemble`` is the whole of "read … sort" in the way of a briefing: records in, record out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from backfile.articles import Articles
from backfile.errors import ContentError
from backfile.marks import mark_of
from backfile.model import Article, Document, Finding, Kind, Link, Name, Related, RelatedNow, Status, Story, Topic
from backfile.moves import claims_in_vain, followed, moves
from backfile.names import Names, candidate_names
from backfile.rights import RightsOf, shortened
from backfile.slugs import slugify
from backfile.stories import EditorWord, Grouping, Ledger, block_quotes, group, related, renamed
from backfile.topics import Suggestion, TopicMatcher, suggest
from backfile.withdrawals import Withdrawal, led_on, reclaimed


@dataclass(frozen=True, slots=True)
class Archive:
    """All that pages are made from.

    ``articles`` are the published ones by id, in (date, id) order; ``hidden`` have a page
    and stand in no list; briefs whose full article is there are among them.
    ``stories`` cover every published article, in the order of their first takes.
    ``topics_of``, ``names_of`` and ``related`` are by article id, ``hashes`` of stories by theirs; ``findings`` are
    warnings, for errors have been raised. ``withdrawn`` are texts that were taken back,
    ``grouping`` is how the stories were found, for those who ask what is doubtful in it.
    """

    articles: Articles
    hidden: tuple[Article, ...]
    stories: tuple[Story, ...]
    topics: tuple[Topic, ...]
    topics_of: Mapping[str, tuple[str, ...]]
    names: Names
    names_of: Mapping[str, tuple[Name, ...]]
    hashes: Mapping[str, bytes]
    related: Mapping[str, Related]
    findings: tuple[Finding, ...]
    withdrawn: tuple[Withdrawal, ...] = ()
    grouping: Grouping | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Editorial:
    """What editors say beside the articles.

    ``rights`` shorten what may be published. ``withdrawn`` are the texts that were taken
    back: where one founded a story, its heir does now.
    """

    topics: tuple[Topic, ...] = ()
    names: tuple[Name, ...] = ()
    editor: EditorWord = field(default_factory=EditorWord)
    ledger: Ledger = field(default_factory=Ledger)
    rights: RightsOf = field(default_factory=dict)
    withdrawn: tuple[Withdrawal, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What an article shows by itself: names in its text, its topics, and those that it claims in vain."""

    names: tuple[Name, ...]
    topics: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """Articles, and what each shows by itself (:class:`Shown`), in their order."""

    articles: Articles
    names: Sequence[tuple[Name, ...]]
    topics: Sequence[tuple[str, ...]]
    unknown: Sequence[tuple[str, ...]]

    def taken(self, places: Sequence[int]) -> Examined:
        """Return those at these places, in this order."""
        articles = self.articles.taken(places)
        if articles is self.articles:
            return self
        names, topics = [self.names[place] for place in places], [self.topics[place] for place in places]
        return Examined(articles, names, topics, [self.unknown[place] for place in places])


class Examiner:
    """Looks at one article at a time; what it finds depends on that article, the topics and the names alone."""

    def __init__(self, editorial: Editorial) -> None:
        self.topics = tuple(sorted(editorial.topics, key=lambda topic: topic.slug))
        self.names = Names(editorial.names)
        self._matcher = TopicMatcher(self.topics, editorial.names)

    def examine(self, article: Article) -> Shown:
        """Return what there is to see in an article."""
        return Shown(
            self.names.find(f"{article.title}\n{article.body.text}"),
            self._matcher.match(article),
            self._matcher.unknown(article),
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What stories are made of. ``texts`` has a hash for each id; ``document`` returns the text to be read.

    ``head`` returns the same without its words, which may have to be fetched.
    """

    texts: Mapping[str, bytes]
    document: Callable[[str], Document]
    head: Callable[[str], Document]
    names: Names
    editor: EditorWord
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Told:
    """The stories of an archive, the related texts by article id, and what is stale in the editor's word.

    ``hashes`` (by story id) change with anything in a story. ``grouping`` is how they were
    found, where they were found just now.
    """

    stories: tuple[Story, ...]
    hashes: Mapping[str, bytes]
    related: Mapping[str, Related]
    findings: tuple[Finding, ...]
    grouping: Grouping | None = field(default=None, repr=False, compare=False)


def tell(asked: Asked) -> Told:
    """Return the stories, from nothing but the texts."""
    documents = [asked.document(id_) for id_ in asked.texts]
    grouping = group(documents, names=asked.names, editor=asked.editor, ledger=asked.ledger)
    links = related(documents, grouping, names=asked.names)
    return Told(
        grouping.stories,
        {story.id: mark_of(story) for story in grouping.stories},
        {id_: related_of(own) for id_, own in links.items()},
        grouping.findings,
        grouping,
    )


def related_of(links: tuple[Link, ...]) -> Related:
    """Return links that are at hand."""
    return RelatedNow(links, mark_of(links))


def assemble(articles: Iterable[Article], editorial: Editorial) -> Archive:
    """Return the archive of these records; their order does not matter.

    Raises :class:`~backfile.errors.ContentError` when two articles claim one address, one
    claims that of a text taken back, or a topic's parent is missing or its own descendant.
    """
    examiner = Examiner(editorial)
    own = list(articles)
    shown = list(map(examiner.examine, own))
    names, topics = [each.names for each in shown], [each.topics for each in shown]
    examined = Examined(Articles.of(own), names, topics, [each.unknown for each in shown])
    return arrange(examined, examiner, editorial, tell)


def arrange(examined: Examined, examiner: Examiner, editorial: Editorial, tell: Callable[[Asked], Told]) -> Archive:
    """Return the archive of what was examined, as :func:`assemble` does; ``tell`` finds its stories."""
    ids, paths = examined.articles.column("id"), examined.articles.column("path")
    in_order = sorted(sorted(range(len(ids)), key=paths.__getitem__), key=ids.__getitem__)  # most are, and soon told
    examined = examined.taken(in_order)
    everything = _with_one_name_an_outlet(examined.articles)
    moved = moves(everything)
    everything = followed(everything, moved)
    if errors := [
        *_shared_addresses(everything),
        *reclaimed(everything, editorial.withdrawn),
        *_parent_errors(examiner.topics),
    ]:
        raise ContentError(*errors)
    status = list(enumerate(everything.column("status")))
    published = everything.taken([place for place, each in status if each is Status.PUBLISHED])
    briefs = map(published.at, published.where("full"))
    full = {brief.id: brief.full for brief in briefs if _is_told_in_full(brief, published)}
    in_full = {everything.places[id_] for id_ in full}
    unlisted = [place for place, each in status if each is Status.HIDDEN or place in in_full]
    listed = [place for place, each in status if each is Status.PUBLISHED and place not in in_full]
    published, seen = everything.taken(listed), examined.taken(listed)
    ledger, withdrawn = _ledger(editorial, moved, full, everything.places)
    told = tell(
        Asked(
            texts=dict(zip(published, published.column("told"), strict=True)),
            document=lambda id_: _document(published[id_]),
            head=lambda id_: _head(published[id_]),
            names=examiner.names,
            editor=renamed(renamed(editorial.editor, moved), {id_: now for id_, now in full.items() if now}),
            ledger=ledger,
        )
    )
    return Archive(
        articles=_shortened(published, editorial.rights),
        hidden=tuple(shortened(everything.at(place), editorial.rights) for place in unlisted),
        stories=told.stories,
        topics=examiner.topics,
        topics_of=dict(zip(published, seen.topics, strict=True)),
        names=examiner.names,
        names_of=_names(published, seen.names, examiner.names),
        hashes=told.hashes,
        related=told.related,
        findings=(
            *told.findings,
            *_warnings(published, seen.unknown, {one.id for one in withdrawn}),
            *claims_in_vain(everything, moved),
        ),
        withdrawn=withdrawn,
        grouping=told.grouping,
    )


def _ledger(
    editorial: Editorial, moved: Mapping[str, str], full: Mapping[str, str | None], ids: Collection[str]
) -> tuple[Ledger, tuple[Withdrawal, ...]]:
    """Return the ledger by the ids that articles have now, and the texts taken back with the stories lost with them.

    A story that a brief founded goes where the full article goes.
    """
    ledger = editorial.ledger
    withdrawn = tuple(replace(one, heir=one.heir and moved.get(one.heir, one.heir)) for one in editorial.withdrawn)
    moved = {**{old: one.id for one in withdrawn for old in one.formerly}, **moved}
    holders = {story: [moved.get(id_, id_) for id_ in ledger.holders(story)] for story in ledger.founders}
    founders, withdrawn = led_on(holders, withdrawn, ids)
    ledger = replace(
        ledger,
        founders={story: full.get(id_) or id_ for story, id_ in founders.items()},
        heirs={
            story: tuple(full.get(id_) or id_ for id_ in (moved.get(id_, id_) for id_ in heirs))
            for story, heirs in ledger.heirs.items()
        },
        retired=ledger.retired | {story for one in withdrawn for story in one.stories},
    )
    return ledger, withdrawn


def _is_told_in_full(brief: Article, published: Mapping[str, Article]) -> bool:
    target = published.get(brief.full or "")
    return brief.kind is Kind.BRIEF and target is not None and target.kind is Kind.ARTICLE


def _document(article: Article) -> Document:
    """Return what grouping needs of an article; a digest's own text is its briefs', which stand for themselves."""
    text = "" if article.kind is Kind.DIGEST else article.body.text
    return replace(_head(article), text=text, quotes=block_quotes(article.body.html))


def _head(article: Article) -> Document:
    """Return it without its words; a title that was made from the text is no second evidence."""
    return Document(
        id=article.id,
        title="" if "title" in article.guessed else article.title,
        date=article.date,
        source=article.source.name if article.source else None,
        url=article.canonical,
        lang=article.lang,
        authors=article.authors,
    )


def _shortened(articles: Articles, rights: RightsOf) -> Articles:
    """Return as much of the articles as their outlets' rights let be published."""
    sources = enumerate(articles.column("outlet")) if rights else ()
    limited = {outlet for outlet in {outlet for _, outlet in sources} if outlet and slugify(outlet) in rights}
    places = [place for place, outlet in enumerate(articles.column("outlet")) if outlet in limited] if limited else ()
    return articles.changed({place: shortened(articles.at(place), rights) for place in places})


def _with_one_name_an_outlet(articles: Articles) -> Articles:
    """Return the articles; outlets whose names make one address (Odesa Post, ODESA POST) get the most frequent name.

    They would else take each other's page.
    """
    outlets = articles.column("outlet")
    counts = Counter(outlets)
    del counts[None]
    usual: dict[str, str] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        usual.setdefault(slugify(name), name)
    names = {name: chosen for name in counts if (chosen := usual[slugify(name)]) != name}
    places = [place for place, name in enumerate(outlets) if name in names] if names else ()
    renaming = ((place, articles.at(place)) for place in places)
    return articles.changed(
        {
            place: replace(article, source=replace(article.source, name=names[article.source.name]))
            for place, article in renaming
            if article.source
        }
    )


def _names(articles: Articles, found: Sequence[tuple[Name, ...]], finder: Names) -> dict[str, tuple[Name, ...]]:
    """Return the names in each article: those that its front matter states, then those found in it.

    Of names that make one address, that of ``names.yaml`` stands for all, else the first in the alphabet.
    """
    known = {name.name: name for name in finder.names}
    stated: dict[str, list[Name]] = {}
    for article in map(articles.at, sorted({*articles.where("people"), *articles.where("places")})):
        own = [Name(name, kind="person") for name in article.people]
        own += [Name(name, kind="place") for name in article.places]
        stated[article.id] = [known.get(finder.fold(name.name) or "", name) for name in own]
    others = {name for names in stated.values() for name in names} - set(finder.names)
    first: dict[tuple[str | None, str], Name] = {}
    stands = {
        name: first.setdefault((name.kind, slugify(name.name)), name)
        for name in [*finder.names, *sorted(others, key=lambda name: name.name)]
    }
    names = dict(zip(articles, found, strict=True))
    is_odd = any(name is not stands[name] for name in finder.names)
    for id_ in names if is_odd else stated:
        names[id_] = tuple(dict.fromkeys(stands[name] for name in (*stated.get(id_, ()), *names[id_])))
    return names


def _shared_addresses(articles: Articles) -> list[Finding]:
    if len(articles.places) == len(articles):
        return []
    claims: defaultdict[str, list[str]] = defaultdict(list)
    for id_, path in zip(articles, articles.column("path"), strict=True):
        claims[id_].append(path)
    return [
        Finding(
            "B140",
            "error",
            path,
            f"claims the address /{address}/, as {first} does.",
            "Give one of them another slug: in its front matter.",
            field="slug",
        )
        for address, (first, *others) in claims.items()
        for path in others
    ]


def _parent_errors(topics: Sequence[Topic]) -> list[Finding]:
    parents = {topic.slug: topic.parent for topic in topics}
    errors = []
    for topic in topics:
        seen, slug = set(), topic.slug
        while (parent := parents[slug]) is not None:
            seen.add(slug)
            if parent not in parents:
                hint = "Name a file in content/topics without its ending, or remove the field."
                errors.append(Finding("B141", "error", topic.path, f"there is no topic “{parent}”.", hint, "parent"))
                break
            if parent in seen:
                hint = "Remove one of the parents on the way."
                errors.append(Finding("B142", "error", topic.path, "the topic is its own parent.", hint, "parent"))
                break
            slug = parent
    return errors


def _warnings(articles: Articles, unknown: Sequence[tuple[str, ...]], withdrawn: Collection[str]) -> list[Finding]:
    found = []
    claiming = [place for place, titles in enumerate(unknown) if titles]
    lost = [place for place, id_ in enumerate(articles.column("digest")) if id_ and id_ not in articles.places]
    for place in sorted({*claiming, *lost, *articles.where("full")}):
        article = articles.at(place)
        for title in unknown[place]:
            hint = "Add a file to content/topics, or correct the name."
            found.append(Finding("B150", "warning", article.path, f"no topic is called “{title}”.", hint, "topics"))
        if article.digest and article.digest not in articles and article.digest not in withdrawn:
            hint = "Correct the id (YYYY/MM/DD/slug), or remove the field."
            found.append(Finding("B151", "warning", article.path, f"there is no “{article.digest}”.", hint, "digest"))
        if article.full and not (
            article.full in withdrawn or (article.kind is Kind.BRIEF and article.full in articles)
        ):
            hint = "Give a brief the id of an article (YYYY/MM/DD/slug), or remove the field."
            found.append(
                Finding("B152", "warning", article.path, f"“{article.full}” does not tell it in full.", hint, "full")
            )
    return found


def missing_topics(archive: Archive) -> tuple[Suggestion, ...]:
    """Return frequent names in the archive's articles that no topic covers, the most frequent first."""
    named = ((a.id, candidate_names(f"{a.title}\n{a.body.text}", a.lang)) for a in archive.articles.values())
    return suggest(named, archive.topics)
