"""What machines read: stories with their reasons, and the files that the search page needs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from backfile import addresses
from backfile.articles import Articles
from backfile.model import Reason, Receipt, Related, Story
from backfile.moves import moves
from backfile.pages.entries import Catalogue, count_outlets, count_unknown
from backfile.pages.plans import FilePlan, LinesPlan, Plan, Section
from backfile.search.names import expansions
from backfile.search.titles import title_row, titles_of_year, titles_script

STORIES = "data/stories.json"
RELATED = "data/related/{}.json"  # by year: hosts refuse large files, and an edit makes one anew
NAMES = "data/names.json"
TITLES = "data/titles.js"
TITLES_OF_YEAR = "data/titles/{}.js"

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def data_sections(catalogue: Catalogue) -> Iterator[Section]:
    """Yield the data files."""
    archive = catalogue.archive
    facts = (
        catalogue.face,
        [archive.hashes[story.id] for story in archive.stories],
        [*catalogue.related_hashes.items()],
    )
    yield Section("data", facts, partial(_data_files, catalogue))
    yield Section("receipts", None, partial(_receipts, catalogue))


def _data_files(catalogue: Catalogue) -> Iterator[Plan]:
    archive, names = catalogue.archive, catalogue.archive.names.names
    years: defaultdict[int, list[str]] = defaultdict(list)
    for id_, day in zip(archive.articles, archive.articles.column("date"), strict=True):
        years[day.year].append(id_)
    yield _stories(catalogue, list(map(RELATED.format, years)))
    for year, ids in years.items():
        yield _related(catalogue, RELATED.format(year), [id_ for id_ in ids if id_ in archive.related])
    yield FilePlan(NAMES, names, partial(expansions, names))
    yield FilePlan(TITLES, (tuple(years), names), partial(titles_script, tuple(years), names))
    for year, ids in years.items():
        topics = [catalogue.topic_words(archive.topics_of[id_]) for id_ in ids]
        listed = ([*map(catalogue.marks.get, ids)], [*map(catalogue.same_text.get, ids)], topics)
        yield FilePlan(TITLES_OF_YEAR.format(year), listed, partial(_titles_of_year, catalogue, year, ids))


def _titles_of_year(catalogue: Catalogue, year: int, ids: Sequence[str]) -> bytes:
    topics_of, same = catalogue.archive.topics_of, catalogue.same_text
    rows = (title_row(catalogue.teaser(id_), catalogue.topic_refs(topics_of[id_]), same.get(id_)) for id_ in ids)
    return titles_of_year(year, rows)


def _stories(catalogue: Catalogue, related: Sequence[str]) -> LinesPlan:
    """Return all stories, one a line; ``related`` are the files that say what is related to their takes."""
    archive = catalogue.archive
    keys = [catalogue.mark(story) + archive.hashes[story.id] for story in archive.stories]

    def lines() -> Iterator[tuple[bytes, Callable[[], bytes]]]:
        for key, story in zip(keys, archive.stories, strict=True):
            yield key, partial(_story, catalogue, story)

    head = f'{{"related": {_json(related)},\n"stories": [\n'.encode()
    return LinesPlan(STORIES, (head, keys), head, b"\n]}\n", lines)


def _related(catalogue: Catalogue, path: str, ids: Iterable[str]) -> LinesPlan:
    """Return what is related to some articles, one a line."""
    related = {id_: each for id_ in ids if (each := catalogue.archive.related[id_]).ids}
    keys = [each.hash + id_.encode() for id_, each in related.items()]

    def lines() -> Iterator[tuple[bytes, Callable[[], bytes]]]:
        for key, (id_, each) in zip(keys, related.items(), strict=True):
            yield key, partial(_links, id_, each)

    return LinesPlan(path, (keys,), b'{"related": {\n', b"\n}}\n", lines)


def _links(id_: str, related: Related) -> bytes:
    links = [
        {"article": link.article, "score": round(link.score, 3), "reasons": _reasons(link.reasons)}
        for link in related.read()
    ]
    return f"{_json(id_)}: {_json(links)}".encode()


def _receipts(catalogue: Catalogue) -> Iterator[FilePlan]:
    """Yield the receipts of the raw files that published articles came from; other items are left out of them."""
    published: defaultdict[str, dict[str, str]] = defaultdict(dict)
    columns = map(catalogue.archive.articles.column, ("id", "path", "sha256"))
    for id_, path, sha256 in zip(*columns, strict=True) if catalogue.receipts else ():
        if sha256 in catalogue.receipts:
            published[sha256][path] = id_
    for sha256, items in sorted(published.items()):
        receipt = catalogue.receipts[sha256]
        facts = (receipt.hash, tuple(items.items()))
        yield FilePlan(addresses.receipt(sha256), facts, partial(_receipt, receipt, items))


def _receipt(receipt: Receipt, published: Mapping[str, str]) -> bytes:
    told = receipt.read()
    items = [
        {"kind": item.get("kind"), "title": item.get("title"), "article": published[item["path"]]}
        for item in told.get("items", [])
        if item.get("path") in published
    ]
    return json.dumps({**told, "items": items}, ensure_ascii=False, indent=1).encode() + b"\n"


def _story(catalogue: Catalogue, story: Story) -> bytes:
    entry = catalogue.entry(story)
    told = {
        "id": story.id,
        "address": entry.address,
        "title": entry.title,
        "takes": list(story.takes),
        "outlets": count_outlets(catalogue.archive, story.takes),
        "outlet_unknown": count_unknown(catalogue.archive, story.takes),
        "independent": story.independent,
        "origins": [
            {"takes": list(origin.takes), "agencies": list(origin.agencies), "copies": origin.copies}
            for origin in story.origins
        ],
        "copies": [list(copies) for copies in story.copies],
        "topics": list(catalogue.story_topics(story)),
        "joins": [
            {"article": join.article, "to": join.to, "score": round(join.score, 3), "reasons": _reasons(join.reasons)}
            for join in story.joins
        ],
    }
    return _json(told).encode()


def _reasons(reasons: Sequence[Reason]) -> list[dict[str, object]]:
    return [{"kind": reason.kind, "values": list(reason.values)} for reason in reasons]


def redirects(catalogue: Catalogue) -> Iterable[tuple[str, str]]:
    """Yield (retired address, where it leads now).

    Stories retire that have grown together or lost their page, articles that have moved, and
    with the last article of a day, a month or a year its page.
    """
    archive = catalogue.archive
    for story in archive.stories:
        for old in story.aliases:
            yield addresses.story(old), catalogue.entry(story).address
    moved = sorted(moves(archive.articles, Articles.of(archive.hidden)).items())
    for old, now in moved:
        yield addresses.of_id(old), addresses.of_id(now)
    left = {old: _periods(catalogue.day_of[now]) for old, now in moved if now in archive.articles}
    for gone in archive.withdrawn:
        left |= {old: (addresses.of_id(gone.id),) * 3 for old in (gone.id, *gone.formerly)}
    yield from _left_periods(left, catalogue.dates)


def _left_periods(left: Mapping[str, tuple[str, ...]], dates: Iterable[date]) -> Iterable[tuple[str, str]]:
    """Return where the pages of years, months and days lead on which nothing stands any more.

    ``left`` has the ids that stood there, each with what stands in place of its year, month
    and day; of several, the first by id leads on. ``dates`` are those of all articles.
    """
    standing = {address for day in dates for address in _periods(day)} if left else set()
    found: dict[str, str] = {}
    for old, now in sorted(left.items()):
        year, month, day, _ = old.split("/")
        for address, target in zip(_periods(date(int(year), int(month), int(day))), now, strict=True):
            if address not in standing:
                found.setdefault(address, target)
    return found.items()


def _periods(day: date) -> tuple[str, str, str]:
    """Return the addresses of a day's year, its month and the day itself."""
    return addresses.of_year(day.year), addresses.of_month(day.year, day.month), addresses.of_day(day)
