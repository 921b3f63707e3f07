"""Wild titles, outlets and names, all in one archive: each comes out on its page as it went in."""

from __future__ import annotations

import json
import unicodedata
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from bs4 import BeautifulSoup
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from backfile import frontmatter
from backfile.addresses import article_id
from backfile.check import check_site
from backfile.slugs import slugify
from tests.building import build, files_of

NASTY = (
    "---",
    "...",
    "- item",
    "# heading",
    "key: value",
    "{{ page.root }}{% raw %}",
    "{static}/images/x.png |filename| {0} %s $HOME `id`",
    "</title><script>alert(1)</script>",
    "<!-- --><h1>one & two &amp; three</h1> ]]>",
    "\"double\" 'single' “curly” «angled» „low“",
    "../../../etc/passwd",
    "..",
    "/",
    "\\\\host\\share",
    "CON",
    "index.html",
    "%2e%2e%2f?query#fragment",
    "null",
    "2025-03-14",
    "12:30",
    "no",
    "0x1F",
    "!!python/object/apply:os.system ['id']",
    "&anchor *alias",
    "@at `tick` | pipe > fold",
    "🇺🇦 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "إعادة فتح الميناء (2025) — قال",
    "\u202eright to left\u202c override",
    "Cafe\u0301 Ångström",
    "zero\u200bwidth\u2060joiner\ufeff",
    "line\u2028separator\u2029paragraph",
    "next\u00a0line\u3000wide",
    "й" * 300,
    "𝕳𝖊𝖆𝖉𝖑𝖎𝖓𝖊",
    "漢字かな交じり文",
    "“",
    "\ufffd\ufdd0\U0010ffff",
    "JSON \\u0041 \\n </script> <\\/script>",
    "Їжак'ів ранок: що далі?",
)


class Written(NamedTuple):
    """One text of the archive: what was written, and on which day, which no other text has."""

    title: str
    outlet: str
    day: date


def drawn() -> list[tuple[str, str]]:
    """Return titles and outlets that hypothesis finds worth a try."""
    lines = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip)
    found: dict[str, str] = {}

    @settings(max_examples=40, phases=[Phase.generate], database=None)
    @given(lines, lines)
    def note(title: str, outlet: str) -> None:
        found[title] = outlet

    note()
    return list(found.items())


WRITTEN = [
    Written(title, outlet, date(2024, 1, 1) + timedelta(days=number))
    for number, (title, outlet) in enumerate([*zip(NASTY, reversed(NASTY), strict=True), *drawn()])
]


@pytest.fixture(scope="module")
def wild_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("titles")
    articles = place / "content/articles"
    articles.mkdir(parents=True)
    for number, text in enumerate(WRITTEN):
        values = {"title": text.title, "date": text.day, "source": text.outlet, "people": [text.title], "lang": "en"}
        (articles / f"{number}.md").write_text(frontmatter.dump(values, "Its text."), encoding="utf-8")
    ids = [article_id(text.day, slugify(plain(text.title), lang="en")) for text in WRITTEN]
    (place / "content/stories.yaml").write_text(json.dumps({"split": [ids]}), encoding="utf-8")
    return build(place / "content", place / "built/output", SEARCH_INDEX=False)


def plain(text: str) -> str:
    """Return a text as the archive keeps it."""
    return unicodedata.normalize("NFC", text).strip()


def page_of(site: Path, text: Written) -> BeautifulSoup:
    """Return the only article page of the text's day."""
    (page,) = (site / f"{text.day:%Y/%m/%d}").glob("*/index.html")
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def heading(page: BeautifulSoup) -> tuple[str, list[Any]]:
    """Return the page's only h1: its text, and the elements in it."""
    (found,) = page.find_all("h1")
    return found.get_text(), found.find_all(True)


@pytest.mark.parametrize("text", WRITTEN, ids=lambda text: ascii(text.title))
def test_a_title_stands_on_its_page_as_it_was_written(wild_site: Path, text: Written) -> None:
    page = page_of(wild_site, text)
    assert heading(page) == (plain(text.title), [])
    assert page.title
    assert page.title.get_text().startswith(f"{plain(text.title)} ·")


@pytest.mark.parametrize("text", WRITTEN, ids=lambda text: ascii(text.outlet))
def test_an_outlet_has_a_page_with_its_texts(wild_site: Path, text: Written) -> None:
    (link,) = page_of(wild_site, text).select(".provenance a[href*='sources/']")
    name = link.get_text()
    assert name in {plain(other.outlet) for other in WRITTEN if slugify(other.outlet) == slugify(text.outlet)}
    listed = wild_site / str(link["href"]).removeprefix("../" * 4) / "index.html"
    page = BeautifulSoup(listed.read_text(encoding="utf-8"), "html.parser")
    assert heading(page) == (name, [])
    assert plain(text.title) in [a.get_text() for a in page.select("main a")]


def test_every_link_leads_somewhere(wild_site: Path) -> None:
    assert [str(finding) for finding in check_site(wild_site)] == []


def test_nothing_is_written_outside_of_the_output(wild_site: Path) -> None:
    beside = {path.name for path in wild_site.parent.iterdir()}
    assert beside == {"output", ".output.backfile", ".cache"}


def test_data_files_and_feeds_can_be_read_and_hold_every_title(wild_site: Path) -> None:
    files = files_of(wild_site)
    data = {name: json.loads(text) for name, text in files.items() if name.endswith(".json")}
    titles = {story["title"] for story in data["data/stories.json"]["stories"]}
    assert {plain(text.title) for text in WRITTEN} - titles == set()
    feeds = [ET.fromstring(text) for name, text in files.items() if name.endswith(".atom")]
    assert feeds
