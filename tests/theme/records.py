"""Invented records of every kind of page, the plain and the awkward, for tests that look at rendered pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from backfile.model import Provenance, Reason
from backfile.pages.records import (
    ArticlePage,
    Bar,
    Crumb,
    Day,
    Difference,
    FrontPage,
    IndexPage,
    JoinNote,
    ListingPage,
    Month,
    Page,
    Passage,
    PeriodPage,
    RedirectPage,
    Ref,
    RelatedLink,
    SharedPoint,
    Site,
    StoryEntry,
    StoryPage,
    TakeColumn,
    Teaser,
    TextPage,
    TopicPage,
    WithdrawnPage,
)

SITE = Site(
    name="Harbour Archive",
    tagline="Briefings from the river ports, kept by day, by story and by topic",
    lang="en",
    url="https://archive.example/briefings",
    searchable=True,
    pages=(Ref("About this archive", "about/"), Ref("How to read this archive", "how-to-read/")),
)

NEWEST = date(2025, 3, 14)
LEDGER = Ref("The Port Ledger", "sources/the-port-ledger/")
COURIER = Ref("Кур’єр дельти", "sources/kurier-delty/")
TOPICS = (
    Ref("Grain corridor", "topics/grain-corridor/", 12),
    Ref("Dredging", "topics/dredging/", 4),
    Ref("Ice", "topics/ice/", 31),
)
NAMED = tuple(replace(topic, count=None) for topic in TOPICS)
PEOPLE = (Ref("Marta Olevska", "people/marta-olevska/", 7), Ref("Jonas Brandt", "people/jonas-brandt/", 2))
PLACES = (Ref("Veldhaven", "places/veldhaven/", 9), Ref("Mouth of the Sula", "places/mouth-of-the-sula/", 3))

_ALWAYS_WRAPS = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstellenverzeichnis"
TITLES = (
    "Grain ships leave Veldhaven after nine days as harbour pilots and owners settle their quarrel over night work",
    "Pilots end strike in Veldhaven",
    "Dredger runs aground at the mouth of the Sula",
    "Ice closes the upper locks a fortnight early, and barge owners ask who will pay for the waiting",
    f"Register of pensions lost: {_ALWAYS_WRAPS}",
    "Council votes on the new quay",
)
SUMMARY = (
    "Nineteen ships put to sea on Friday after pilots accepted a rota that gives them every third night off; "
    "two more wait for inspection."
)


def teaser(number: int = 0, **changes: object) -> Teaser:
    """Return one of six different articles, with fields changed as named."""
    title = TITLES[number % len(TITLES)]
    made = Teaser(
        address=f"2025/03/{14 - number % 10:02d}/article-{number}/",
        title=title,
        date=NEWEST - timedelta(days=number % 10),
        date_basis="given",
        kind="article",
        lang="en",
        source=LEDGER,
        summary=SUMMARY,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # names are checked by replace itself


UKRAINIAN = teaser(
    1,
    address="2025/03/13/lotsmany-povertaiutsia/",
    title="Лоцмани повертаються до роботи: у Вельдгафені домовилися про нічні зміни",
    lang="uk",
    source=COURIER,
    date_basis="text",
    summary="Дев’ятнадцять суден вийшли в море в п’ятницю.",
)
HEBREW = teaser(
    2,
    address="2025/03/12/hebrew/",
    title="„שלום” לנמל: הספינות יוצאות שוב, 19 מתוך 21",
    lang="he",
    source=None,
    kind="brief",
    date_basis="imported",
    summary="תשע עשרה ספינות יצאו לים ביום שישי.",
)
BRIEF = teaser(3, address="2025/03/11/ice/", kind="brief", source=None, summary="The locks froze on Tuesday")


def entry(lead: Teaser, *takes: Teaser, topics: tuple[Ref, ...] = NAMED) -> StoryEntry:
    """Return a story told by ``lead`` and ``takes``."""
    sources = {take.source for take in (lead, *takes)}
    return StoryEntry(
        address="stories/grain-ships-leave/" if takes else lead.address,
        title=lead.title,
        lead=lead,
        takes=takes,
        outlets=len(sources),
        independent=max(1, len(takes)),
        topics=topics,
    )


def many_takes(number: int) -> tuple[Teaser, ...]:
    """Return ``number`` takes, each by an outlet of its own but every fifth by one that is not known."""
    return tuple(
        teaser(
            n,
            address=f"2025/03/14/take-{n}/",
            source=None if n % 5 == 4 else Ref(f"Outlet of district {n}", f"sources/outlet-{n}/"),
        )
        for n in range(number)
    )


STORIES = (
    entry(teaser(0), UKRAINIAN, teaser(5, source=Ref("Evening Wire", "sources/evening-wire/"))),
    entry(HEBREW, topics=()),
    entry(BRIEF, topics=NAMED[1:]),
    entry(many_takes(40)[0], *many_takes(40)[1:]),
    entry(teaser(4, summary=None), topics=()),
)


def a_day(back: int, stories: tuple[StoryEntry, ...]) -> Day:
    """Return the day that lies ``back`` days before the newest, with these stories."""
    when = NEWEST - timedelta(days=back)
    return Day(when, f"{when:%Y/%m/%d}/", stories)


DAYS = (a_day(0, STORIES), a_day(1, STORIES[1:3]), a_day(3, STORIES[2:]))
MONTHS = (
    Month(2025, 3, "2025/03/", DAYS),
    Month(2025, 2, "2025/02/", (a_day(15, STORIES[:2]), a_day(30, STORIES[2:4]))),
)


def bars(span: str, number: int, first: date) -> tuple[Bar, ...]:
    """Return a time line of ``number`` bars; some are empty."""
    counts = [(n * 7) % 12 for n in range(number)]
    starts = [first]
    for _ in range(number - 1):
        step = {"day": 1, "week": 7, "month": 32, "year": 366}[span]
        after = starts[-1] + timedelta(days=step)
        starts.append(after.replace(day=1) if span == "month" else after)
    return tuple(
        Bar(start, span, count, round(count / 11, 3), f"{start:%Y/%m/%d}/" if count else None)
        for start, count in zip(starts, counts, strict=True)
    )


RELATED = (
    RelatedLink(teaser(2), (Reason("names", ("Marta Olevska", "Veldhaven")), Reason("days", ("2",)))),
    RelatedLink(UKRAINIAN, (Reason("phrases", ("night work", "every third night")), Reason("score", ("43",)))),
    RelatedLink(HEBREW, (Reason("copy", ("81",)), Reason("days", ("0",)), Reason("editor"))),
)

BODY = """
<p>Nineteen ships put to sea from Veldhaven on Friday, the first since the pilots laid down work nine days ago.
“We have not won everything, but we shall sleep,” said Marta Olevska, who speaks for the pilots’ guild.</p>
<h2 id="what-was-agreed">What was agreed</h2>
<p>The <a href="https://port.example/agreement?night=every-third&amp;rota=winter">agreement</a> gives each pilot every
third night off. It runs until <strong>31 October</strong> and may be ended by either side with <em>thirty days’</em>
notice.<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup></p>
<blockquote><p>No ship waits longer than a tide.</p></blockquote>
<ul><li>Night work: two pilots to a ship over 180 metres</li><li>Pay: 4.5% from April</li></ul>
<ol><li>Ballots by post</li><li>A count on 2 April</li></ol>
<div class="table-scroll" tabindex="0">
<table><thead><tr><th class="center">Harbour</th><th>Ships</th><th>Waiting, hours</th></tr></thead>
<tbody><tr><td class="right">Veldhaven</td><td>19</td><td>212</td></tr>
<tr><td>Mouth of the Sula</td><td>2</td><td>31</td></tr></tbody>
</table></div>
<h2 id="what-is-open">What is open</h2>
<p>Owners still ask who pays for the waiting; see
<a href="https://port.example/a/very/long/address/that/does/not/end/soon/and/has/no/place/to/break">the claim</a>.</p>
<pre><code>tide 04:12  +2.31 m   berth 7   a line of a table that is wider than a telephone is, by some way</code></pre>
<section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item"><p>The guild’s own count.
<a href="#fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>
"""

ARTICLE = ArticlePage(
    template="article",
    address="2025/03/14/grain-ships-leave-veldhaven/",
    title=TITLES[0],
    lang="en",
    description=SUMMARY,
    id="2025/03/14/grain-ships-leave-veldhaven",
    date=NEWEST,
    date_basis="text",
    kind="article",
    source=LEDGER,
    canonical="https://ledger.example/2025/03/14/grain-ships-leave-veldhaven-after-nine-days.html?ref=front",
    authors=("Ada Holm", "Piet de Vries and Sons"),
    summary=SUMMARY,
    body=BODY,
    story=Ref(TITLES[0], "stories/grain-ships-leave/", 3),
    takes=(UKRAINIAN, teaser(1)),
    digest=None,
    briefs=(),
    topics=NAMED,
    people=tuple(replace(person, count=None) for person in PEOPLE),
    places=tuple(replace(place, count=None) for place in PLACES),
    related=RELATED,
    provenance=Provenance(
        file="grain-ships-leave-veldhaven-saved-from-the-web-2025-03-14.html",
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        retrieved="2025-03-14T18:40:11Z",
        importer="backfile 0.1.0",
    ),
    guessed=("date", "lang"),
    day=Ref("2025-03-14", "2025/03/14/"),
    previous=Crumb(TITLES[3], "2025/03/13/ice/"),
    next=Crumb(TITLES[5], "2025/03/15/council/"),
)
BRIEF_PAGE = replace(
    ARTICLE,
    address="2025/03/14/ice-closes-the-upper-locks/",
    title=TITLES[3],
    kind="brief",
    date_basis="imported",
    source=None,
    canonical=None,
    authors=(),
    summary="Ice closed the upper locks on Tuesday",
    body="<p>Ice closed the upper locks on Tuesday</p>\n",
    story=None,
    takes=(),
    digest=teaser(0),
    topics=(),
    people=(),
    places=(),
    related=(),
    guessed=("date", "summary"),
    previous=None,
)
UKRAINIAN_PAGE = replace(
    ARTICLE,
    address=UKRAINIAN.address,
    title=UKRAINIAN.title,
    lang="uk",
    summary=UKRAINIAN.summary,
    description=UKRAINIAN.summary,
    source=COURIER,
    body="<p>Дев’ятнадцять суден вийшли з Вельдгафена в п’ятницю, уперше за дев’ять днів.</p>\n"
    "<h2>Про що домовилися</h2>\n<p>Кожен лоцман матиме вільною кожну третю ніч.</p>\n",
)
HEBREW_PAGE = replace(
    ARTICLE,
    address=HEBREW.address,
    title=HEBREW.title,
    lang="he",
    summary=HEBREW.summary,
    description=None,
    source=None,
    body="<p>תשע עשרה ספינות יצאו לים ביום שישי, לראשונה זה תשעה ימים.</p>\n"
    "<blockquote><p>אף ספינה לא תחכה.</p></blockquote>\n<ul><li>עבודת לילה</li></ul>\n",
)
DIGEST_PAGE = replace(
    ARTICLE,
    address="2025/03/14/evening-digest/",
    title="Evening digest",
    kind="digest",
    summary=None,
    description=None,
    body="<p>Six items from the river.</p>\n",
    story=None,
    briefs=(BRIEF, HEBREW, teaser(5, kind="brief")),
)
HOSTILE = "</title></script><script>alert(1)</script><img src=x onerror=alert(1)> \"' {{ 7*7 }} \\textbf{x} } %"
HOSTILE_PAGE = replace(
    ARTICLE,
    address="2025/03/14/hostile/",
    title=HOSTILE,
    description=HOSTILE,
    summary=HOSTILE,
    source=Ref(HOSTILE, "sources/hostile/"),
    authors=(HOSTILE,),
    canonical='https://host.example/?a="><script>alert(1)</script>',
    topics=(Ref(HOSTILE, "topics/hostile/"),),
    people=(Ref(HOSTILE, "people/hostile/", 1),),
    takes=(teaser(0, title=HOSTILE),),
    related=(RelatedLink(teaser(1, title=HOSTILE), (Reason("names", (HOSTILE,)), Reason("phrases", (HOSTILE,)))),),
    provenance=Provenance(file=HOSTILE, sha256=HOSTILE, retrieved=HOSTILE, importer=HOSTILE),
    guessed=(HOSTILE, "title"),
    previous=Crumb(HOSTILE, "2025/03/13/hostile/"),
)

_SHARED = (
    ("Nineteen ships put to sea from Veldhaven on Friday.", "all"),
    ("The pilots had laid down work nine days before, when the harbour office refused to hear them.", "only"),
    ("“We have not won everything, but we shall sleep,” said Marta Olevska.", "some"),
    ("Grain prices in the city had risen by a fifth.", "only"),
    ("The rota gives each pilot every third night off.", "all"),
)


def column(take: Teaser, turn: int) -> TakeColumn:
    """Return the text of ``take`` in two paragraphs, in an order of its own."""
    told = [Passage(text, kind) for text, kind in (*_SHARED[turn:], *_SHARED[:turn])]
    return TakeColumn(take, (tuple(told[:3]), tuple(told[3:])))


def a_story(takes: tuple[Teaser, ...], address: str) -> StoryPage:
    """Return a story page with these takes."""
    return StoryPage(
        template="story",
        address=address,
        title=takes[0].title,
        lang="en",
        description=SUMMARY,
        first=NEWEST - timedelta(days=1),
        last=NEWEST,
        takes=takes,
        outlets=len({take.source for take in takes}),
        independent=len(takes) - 1,
        copies=(takes[1:3],) if len(takes) > 2 else (),
        joins=tuple(
            JoinNote(take, takes[0], (Reason("names", ("Veldhaven", "Olevska")), Reason("days", ("1",))))
            for take in takes[1:]
        ),
        columns=tuple(column(take, n % 3) for n, take in enumerate(takes)),
        shared=(
            SharedPoint(tuple((take, _SHARED[0][0]) for take in takes[:2])),
            SharedPoint(tuple((take, _SHARED[2][0]) for take in takes[:3])),
        ),
        differences=(
            Difference(((takes[0], ("19 ships", "nine days")), (takes[1], ("21 ships",)))),
            Difference(((takes[0], ("Friday",)), (takes[-1], ("Thursday",)))),
        ),
        topics=NAMED[:2],
        related=RELATED,
    )


TOPIC = TopicPage(
    template="topic",
    address="topics/grain-corridor/",
    title="Grain corridor",
    lang="",
    description="Ships that carry grain from the river ports, and what stops them.",
    feeds=(Ref("Grain corridor", "feeds/topics/grain-corridor.atom"),),
    aliases=("grain ships", "зерновий коридор"),
    intro="<p>Since 2023 grain has left the river ports in convoys. This page follows what stops them.</p>\n",
    parent=Ref("Shipping", "topics/shipping/"),
    children=(Ref("Pilots", "topics/pilots/", 3),),
    stories=12,
    articles=30,
    outlets=(Ref(LEDGER.title, LEDGER.address, 9), Ref(COURIER.title, COURIER.address, 4)),
    bars=bars("week", 40, date(2024, 6, 3)),
    months=MONTHS,
    people=PEOPLE,
    places=PLACES,
    moves_with=TOPICS[1:],
)
LISTING = ListingPage(
    template="listing",
    address=LEDGER.address,
    title=LEDGER.title,
    lang="",
    what="source",
    url="https://ledger.example/",
    spellings=(),
    stories=12,
    articles=30,
    bars=bars("month", 29, date(2022, 11, 1)),
    months=MONTHS,
    topics=TOPICS,
    years=(Ref("2025", LEDGER.address + "2025/", 20), Ref("2024", LEDGER.address + "2024/", 200)),
)
DAY = PeriodPage(
    template="period",
    address="2025/03/14/",
    title="14 March 2025",
    lang="en",
    span="day",
    start=NEWEST,
    up=Ref("March 2025", "2025/03/"),
    previous=Crumb("13 March 2025", "2025/03/13/"),
    next=None,
    parts=(),
    days=DAYS[:1],
    stories=5,
    articles=46,
)
FRONT = FrontPage(
    template="front",
    address="",
    title=SITE.name,
    lang="en",
    description=SITE.tagline,
    feeds=(Ref(SITE.name, "feeds/all.atom"),),
    days=DAYS[:2],
    older=(Ref("10 March 2025", "2025/03/10/", 4), Ref("9 March 2025", "2025/03/09/", 1)),
    bars=bars("day", 14, NEWEST - timedelta(days=13)),
    topics=TOPICS,
    articles=12694,
    outlets=31,
)


def every_page() -> dict[str, Page]:
    """Return pages by a name for each: every template at least once, and what is hard about it."""
    return {
        "front": FRONT,
        "front-empty": replace(FRONT, days=(), older=(), bars=(), topics=(), articles=0, outlets=0),
        "article": ARTICLE,
        "article-brief": BRIEF_PAGE,
        "article-ukrainian": UKRAINIAN_PAGE,
        "article-hebrew": HEBREW_PAGE,
        "article-digest": DIGEST_PAGE,
        "article-hostile": HOSTILE_PAGE,
        "article-unlisted": replace(BRIEF_PAGE, address="2025/03/14/unlisted/", listed=False, provenance=None),
        "story": a_story((teaser(0), UKRAINIAN), "stories/grain-ships-leave/"),
        "story-three": a_story((teaser(0, source=None), UKRAINIAN, teaser(1, source=None)), "stories/three/"),
        "story-forty": a_story(many_takes(40), "stories/forty/"),
        "topic": TOPIC,
        "topic-year": replace(TOPIC, address="topics/grain-corridor/2024/", title="Grain corridor, 2024", year=2024),
        "topic-empty": replace(
            TOPIC,
            address="topics/empty/",
            aliases=(),
            intro="",
            feeds=(),
            parent=None,
            children=(),
            stories=0,
            articles=0,
            outlets=(),
            bars=(),
            months=(),
            people=(),
            places=(),
            moves_with=(),
        ),
        "listing-source": LISTING,
        "listing-person": replace(
            LISTING,
            address="people/marta-olevska/",
            title="Marta Olevska",
            what="person",
            url=None,
            spellings=("Марта Олевська", "Олевская"),
            years=(),
        ),
        "listing-year": replace(
            LISTING, address="places/veldhaven/2024/", title="Veldhaven, 2024", what="place", year=2024
        ),
        "period-day": DAY,
        "period-month": replace(
            DAY, address="2025/03/", title="March 2025", span="month", start=date(2025, 3, 1), days=DAYS
        ),
        "period-year": replace(
            DAY,
            address="2025/",
            title="2025",
            span="year",
            start=date(2025, 1, 1),
            up=None,
            days=(),
            parts=bars("month", 12, date(2025, 1, 1)),
        ),
        "index-topics": IndexPage(
            template="index_page", address="topics/", title="Topics", lang="en", what="topics", entries=TOPICS * 5
        ),
        "index-empty": IndexPage(
            template="index_page", address="people/", title="People", lang="en", what="people", entries=()
        ),
        "text": TextPage(template="text", address="about/", title="About this archive", lang="en", body=BODY),
        "not-found": TextPage(
            template="not_found", address="404.html", title="Page not found", lang="en", body="", base="/briefings/"
        ),
        "redirect": RedirectPage(
            template="redirect", address="stories/old/", title="This page has moved", lang="en", to="stories/new/"
        ),
        "withdrawn": WithdrawnPage(
            template="withdrawn",
            address="2025/03/14/withdrawn/",
            title="Text withdrawn",
            lang="en",
            day=date(2025, 4, 2),
            reason="The outlet asked for it.",
        ),
    }
