"""An article that has moved: its old address leads on, and its old id still names it everywhere."""

from __future__ import annotations

from datetime import date

from backfile.archive import Archive, Editorial, assemble
from backfile.model import Article, Kind, Status
from backfile.pages.data import redirects
from backfile.pages.entries import Catalogue
from backfile.stories import EditorWord, Ledger, renamed
from backfile.withdrawals import Withdrawal
from tests.factory import article

OLD, OLDER = "2025/03/20/evening-list", "2025/03/21/evening-list"
DIGEST = article("Evening list", kind=Kind.DIGEST, formerly=(OLDER, OLD))
BRIEF = article("Snow falls", "Snow fell in the hills.", kind=Kind.BRIEF, digest=OLD, digest_item=1)


def archive(*articles: Article, editor: EditorWord | None = None, ledger: Ledger | None = None) -> Archive:
    return assemble(articles, Editorial(editor=editor or EditorWord(), ledger=ledger or Ledger()))


def redirected(found: Archive) -> dict[str, str]:
    """Return where the addresses of articles lead that have moved."""
    return {old: now for old, now in redirects(Catalogue(found, {})) if old.count("/") == 4}


def left(*articles: Article, withdrawn: tuple[Withdrawal, ...] = ()) -> dict[str, str]:
    """Return where the pages of days, months and years lead on which nothing stands any more."""
    found = redirects(Catalogue(assemble(articles, Editorial(withdrawn=withdrawn)), {}))
    return {old: now for old, now in found if old.count("/") < 4}


def test_every_address_that_it_had_leads_to_the_one_that_it_has() -> None:
    assert redirected(archive(DIGEST)) == {f"{OLD}/": f"{DIGEST.id}/", f"{OLDER}/": f"{DIGEST.id}/"}


def test_a_hidden_article_s_address_leads_on_too() -> None:
    moved = article("Quiet", status=Status.HIDDEN, formerly=(OLD,))
    assert redirected(archive(moved)) == {f"{OLD}/": f"{moved.id}/"}


def test_its_briefs_find_their_digest() -> None:
    found = archive(DIGEST, BRIEF)
    assert Catalogue(found, {}).briefs_of == {DIGEST.id: [BRIEF.id]}
    assert found.findings == ()


def test_a_brief_finds_its_full_text() -> None:
    full = article("Snow falls", "Snow fell in the hills all night long.", formerly=("2025/03/16/snow-falls",))
    brief = article("Snow falls", "Snow fell.", day="2025-03-13", kind=Kind.BRIEF, full="2025/03/16/snow-falls")
    found = archive(full, brief)
    assert ([*found.articles], found.findings) == ([full.id], ())


def test_a_story_keeps_the_id_that_the_article_founded_under_its_old_one() -> None:
    (story,) = archive(DIGEST, ledger=Ledger({"the-list": OLDER})).stories
    assert story.id == "the-list"


def test_the_editor_s_word_names_it_by_its_old_id() -> None:
    other = article("Quay closes", "The quay is closed to all ships.")
    word = EditorWord(merge=((OLD, other.id),), split=((OLDER, BRIEF.id),))
    found = archive(DIGEST, other, BRIEF, editor=word)
    assert found.findings == ()
    assert {frozenset(story.takes) for story in found.stories} == {
        frozenset({DIGEST.id, other.id}),
        frozenset({BRIEF.id}),
    }


def test_an_address_that_another_article_has_now_is_not_led_on() -> None:
    squatter = article("Evening list", "Another evening's list.", day="2025-03-20")
    found = archive(DIGEST, squatter)
    assert squatter.id == OLD
    assert redirected(found) == {f"{OLDER}/": f"{DIGEST.id}/"}
    assert [finding.code for finding in found.findings] == ["B153"]


def test_of_two_that_claim_one_old_address_the_first_has_it() -> None:
    first, second = article("A one", formerly=(OLD,)), article("B two", formerly=(OLD,))
    found = archive(second, first)
    assert redirected(found) == {f"{OLD}/": f"{first.id}/"}
    assert [(finding.code, finding.file) for finding in found.findings] == [("B153", second.path)]


def test_a_day_left_by_its_only_article_leads_to_the_day_that_it_has_now() -> None:
    assert left(article("Quay", day="2025-03-14", formerly=("2025/03/20/quay",))) == {"2025/03/20/": "2025/03/14/"}


def test_and_so_do_its_month_and_its_year() -> None:
    moved = article("Quay", day="2025-03-14", formerly=("2024/12/24/quay",))
    assert left(moved) == {"2024/": "2025/", "2024/12/": "2025/03/", "2024/12/24/": "2025/03/14/"}


def test_a_day_on_which_others_stand_keeps_its_page() -> None:
    assert left(article("Quay", formerly=("2025/03/20/quay",)), article("Snow", day="2025-03-20")) == {}


def test_a_day_from_which_the_only_text_was_taken_back_leads_to_the_page_that_says_so() -> None:
    gone = Withdrawal("2025/03/20/quay", date(2026, 1, 2))
    assert left(article("Snow", day="2025-03-14"), withdrawn=(gone,)) == {"2025/03/20/": "2025/03/20/quay/"}


def test_a_hidden_article_that_moves_leaves_no_day() -> None:
    assert left(article("Quiet", status=Status.HIDDEN, formerly=("2025/03/20/quiet",))) == {}


def test_a_pin_follows_too() -> None:
    word = EditorWord(pins={OLD: "lists", "2025/03/14/x": "y"})
    assert renamed(word, {OLD: DIGEST.id}).pins == {DIGEST.id: "lists", "2025/03/14/x": "y"}
