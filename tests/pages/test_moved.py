"""An article that has moved: its old address leads on, and its old id still names it everywhere."""

from __future__ import annotations

from backfile.archive import Archive, Editorial, assemble
from backfile.model import Article, Kind, Status
from backfile.pages.data import redirects
from backfile.pages.entries import Catalogue
from backfile.stories import EditorWord, Ledger, renamed
from tests.factory import article

OLD, OLDER = "2025/03/20/evening-list", "2025/03/21/evening-list"
DIGEST = article("Evening list", kind=Kind.DIGEST, formerly=(OLDER, OLD))
BRIEF = article("Snow falls", "Snow fell in the hills.", kind=Kind.BRIEF, digest=OLD, digest_item=1)


def archive(*articles: Article, editor: EditorWord | None = None, ledger: Ledger | None = None) -> Archive:
    return assemble(articles, Editorial(editor=editor or EditorWord(), ledger=ledger or Ledger()))


def redirected(found: Archive) -> dict[str, str]:
    return dict(redirects(Catalogue(found, {})))


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


def test_a_pin_follows_too() -> None:
    word = EditorWord(pins={OLD: "lists", "2025/03/14/x": "y"})
    assert renamed(word, {OLD: DIGEST.id}).pins == {DIGEST.id: "lists", "2025/03/14/x": "y"}
