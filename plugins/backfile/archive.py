"""The archive as one frozen record: articles in order, their stories, topics, names and relations.

``assemble`` is the whole of "read … sort" in the way of a briefing: records in, record out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

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

_PLACE = attrgetter("article.id", "article.path")


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

    articles: Mapping[str, Article]
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
class Examined:
    """An article and what it shows by itself: names in its text, its topics, and those that it claims in vain."""

    article: Article
    names: tuple[Name, ...]
    topics: tuple[str, ...]
    unknown: tuple[str, ...]


class Examiner:
    """Looks at one article at a time; what it finds depends on that article, the topics and the names alone."""

    def __init__(self, editorial: Editorial) -> None:
        self.topics = tuple(sorted(editorial.topics, key=lambda topic: topic.slug))
        self.names = Names(editorial.names)
        self._matcher = TopicMatcher(self.topics, editorial.names)

    def examine(self, article: Article) -> Examined:
        """Return what there is to see in an article."""
        return Examined(
            article,
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
    return arrange(map(examiner.examine, articles), examiner, editorial, tell)


def arrange(
    examined: Iterable[Examined], examiner: Examiner, editorial: Editorial, tell: Callable[[Asked], Told]
) -> Archive:
    """Return the archive of what was examined, as :func:`assemble` does; ``tell`` finds its stories."""
    ordered = sorted(examined, key=_PLACE)
    everything = _with_one_name_an_outlet([each.article for each in ordered])
    moved = moves(everything)
    everything = followed(everything, moved)
    if errors := [
        *_shared_addresses(everything),
        *reclaimed(everything, editorial.withdrawn),
        *_parent_errors(examiner.topics),
    ]:
        raise ContentError(*errors)
    published = {article.id: article for article in everything if article.status is Status.PUBLISHED}
    briefs = (article for article in published.values() if article.full and article.kind is Kind.BRIEF)
    full = {brief.id: brief.full for brief in briefs if _is_told_in_full(brief, published)}
    unlisted = [article for article in everything if article.status is Status.HIDDEN or article.id in full]
    published = {id_: article for id_, article in published.items() if id_ not in full}
    seen = {article.id: each for article, each in zip(everything, ordered, strict=True) if article.id in published}
    ledger, withdrawn = _ledger(editorial, moved, full, {article.id for article in everything})
    told = tell(
        Asked(
            texts={id_: article.told for id_, article in published.items()},
            document=lambda id_: _document(published[id_]),
            head=lambda id_: _head(published[id_]),
            names=examiner.names,
            editor=renamed(renamed(editorial.editor, moved), {id_: now for id_, now in full.items() if now}),
            ledger=ledger,
        )
    )
    return Archive(
        articles={id_: shortened(article, editorial.rights) for id_, article in published.items()}
        if editorial.rights
        else published,
        hidden=tuple(shortened(article, editorial.rights) for article in unlisted),
        stories=told.stories,
        topics=examiner.topics,
        topics_of={id_: each.topics for id_, each in seen.items()},
        names=examiner.names,
        names_of=_names(seen, examiner.names),
        hashes=told.hashes,
        related=told.related,
        findings=(
            *told.findings,
            *_warnings(published, seen, {one.id for one in withdrawn}),
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
    return target is not None and target.kind is Kind.ARTICLE


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


def _with_one_name_an_outlet(articles: Sequence[Article]) -> list[Article]:
    """Return the articles; outlets whose names make one address (Odesa Post, ODESA POST) get the most frequent name.

    They would else take each other's page.
    """
    counts = Counter(article.source.name for article in articles if article.source)
    usual: dict[str, str] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        usual.setdefault(slugify(name), name)
    names = {name: usual[slugify(name)] for name in counts}
    if all(name == chosen for name, chosen in names.items()):
        return [*articles]
    return [
        replace(article, source=replace(source, name=names[source.name]))
        if (source := article.source) and names[source.name] != source.name
        else article
        for article in articles
    ]


def _names(seen: Mapping[str, Examined], finder: Names) -> dict[str, tuple[Name, ...]]:
    """Return the names in each article: those that its front matter states, then those found in it.

    Of names that make one address, that of ``names.yaml`` stands for all, else the first in the alphabet.
    """
    known = {name.name: name for name in finder.names}
    stated: dict[str, list[Name]] = {}
    for id_, each in seen.items():
        people, places = each.article.people, each.article.places
        if people or places:
            own = [*(Name(name, kind="person") for name in people), *(Name(name, kind="place") for name in places)]
            stated[id_] = [known.get(finder.fold(name.name) or "", name) for name in own]
    others = {name for names in stated.values() for name in names} - set(finder.names)
    first: dict[tuple[str | None, str], Name] = {}
    stands = {
        name: first.setdefault((name.kind, slugify(name.name)), name)
        for name in [*finder.names, *sorted(others, key=lambda name: name.name)]
    }
    return {
        id_: tuple(dict.fromkeys(stands[name] for name in (*stated.get(id_, ()), *each.names)))
        if each.names or id_ in stated
        else ()
        for id_, each in seen.items()
    }


def _shared_addresses(articles: Sequence[Article]) -> list[Finding]:
    if len({article.id for article in articles}) == len(articles):
        return []
    claims: defaultdict[str, list[str]] = defaultdict(list)
    for article in articles:
        claims[article.id].append(article.path)
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


def _warnings(
    articles: Mapping[str, Article], seen: Mapping[str, Examined], withdrawn: Collection[str]
) -> list[Finding]:
    found = []
    for id_, article in articles.items():
        for title in seen[id_].unknown:
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
