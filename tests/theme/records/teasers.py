"""The invented site, its names and its articles as lists show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from backfile.model import Reason
from backfile.pages.records import Ref, RelatedLink, Site, Teaser

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


RELATED = (
    RelatedLink(teaser(2), (Reason("names", ("Marta Olevska", "Veldhaven")), Reason("days", ("2",)))),
    RelatedLink(UKRAINIAN, (Reason("phrases", ("night work", "every third night")), Reason("score", ("43",)))),
    RelatedLink(HEBREW, (Reason("copy", ("81",)), Reason("days", ("0",)), Reason("editor"))),
)
