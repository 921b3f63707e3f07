"""Taking a text back: what goes, what stays, and that no import brings it back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from backfile.errors import BackfileError
from backfile.ingest.apply import Plan
from backfile.ingest.known import Known, marks
from backfile.ingest.receipt import Report
from backfile.ingest.run import take_inbox
from backfile.model import Kind
from backfile.takeback import plan_taking_back
from backfile.withdrawals import Withdrawal, load_withdrawals
from tests.ingest.importing import BRIDGE, DAY, DIGEST, NOW, PORT, SNOW, TODAY, Archive, actions, reasons

PORT_ID = "2025/03/14/port-opens-again"
DIGEST_ID = "2025/03/14/evening-digest"
URL = "https://ostby.example/port"


def page(text: str, url: str = URL, title: str = "Port opens again", source: str = "") -> str:
    outlet = f"source: {source}\n" if source else ""
    _, _, body = text.partition("\n\n")
    return f"---\ntitle: {title}\ncanonical: {url}\n{outlet}---\n\n{body}"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def plan(archive: Archive, *named: str, reason: str = "") -> Plan:
    return plan_taking_back(named, archive.content, reason=reason, default_lang="en")


def withdraw(archive: Archive, *named: str, reason: str = "") -> Plan:
    return archive.do(plan(archive, *named, reason=reason))


def withdrawn(archive: Archive) -> tuple[Withdrawal, ...]:
    return load_withdrawals((archive.content / "withdrawn.jsonl").read_text(encoding="utf-8"))


def words_left(archive: Archive, *said: str) -> list[str]:
    return [path for path, data in archive.files().items() if any(each.encode() in data for each in said)]


def test_article_raw_file_and_receipt_go_and_a_record_stays(archive: Archive) -> None:
    archive.take("bridge.txt", BRIDGE)
    before = archive.files()
    archive.take("port.txt", PORT)
    withdraw(archive, PORT_ID, reason="The outlet asked for it.")
    assert archive.files().keys() - before.keys() == {"withdrawn.jsonl"}
    assert {path: archive.files()[path] for path in before} == before
    (one,) = withdrawn(archive)
    assert (one.id, one.reason, one.kind, len(one.sha256)) == (PORT_ID, "The outlet asked for it.", "article", 1)


def test_no_word_of_it_is_left(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    withdraw(archive, PORT_ID)
    assert words_left(archive, "Port opens", "opened", "council", "schoolchildren") == []


def test_a_folder_that_is_empty_then_goes(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    withdraw(archive, PORT_ID)
    assert archive.folders() == []


@pytest.mark.parametrize(
    "named",
    [
        PORT_ID,
        f"/{PORT_ID}/",
        f"https://archive.example/under/{PORT_ID}/index.html#cite",
        "articles/2025/03/port-opens-again.md",
        "content/articles/2025/03/port-opens-again.md",
        "content\\articles\\2025\\03\\port-opens-again.md",
    ],
)
def test_an_article_is_named_by_id_address_or_file(archive: Archive, named: str) -> None:
    archive.take("port.txt", PORT)
    withdraw(archive, named)
    assert archive.held() == {}


def test_what_is_no_article_is_said_before_anything_is_done(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    with pytest.raises(BackfileError, match=r"2025/03/14/other: is no article\. Name its id"):
        plan(archive, PORT_ID, "2025/03/14/other")


def test_what_was_withdrawn_before_is_said(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    withdraw(archive, PORT_ID)
    with pytest.raises(BackfileError, match=r"was withdrawn on [-0-9]+; there is nothing left to take back"):
        plan(archive, PORT_ID)


@pytest.mark.parametrize("named", [SNOW, DIGEST_ID], ids=["brief", "digest"])
def test_a_run_that_was_cut_short_is_finished_by_the_next(tmp_path: Path, named: str) -> None:
    def archive(run: int) -> Archive:
        (tmp_path / str(run)).mkdir()
        found = Archive(tmp_path / str(run))
        found.take("evening.txt", DIGEST)
        found.take("evening.txt", DIGEST.replace("night.", "night, said the railway."))
        return found

    whole = archive(0)
    changes = withdraw(whole, named, reason="Asked for.").changes
    for done in range(1, len(changes)):
        cut_short = archive(done)
        cut_short.do(Plan(plan(cut_short, named, reason="Asked for.").changes[:done]))
        withdraw(cut_short, named)
        assert cut_short.files() == whole.files()


# What comes again.


def furniture(text: str) -> str:
    return f"{text.rstrip()}\n\nRead more about harbours in our newsletter.\n\nShare this article with your friends.\n"


AGAIN = {
    "the same bytes": ("port.txt", PORT),
    "the same text in another file": ("other.txt", PORT.replace("\n", "\r\n")),
    "more around it": ("other.txt", furniture(PORT)),
    "another headline": ("other.txt", PORT.replace("Port opens again", "Boats sail from Ostby")),
    "a corrected text": ("other.txt", PORT.replace("nine months", "ten months")),
}


@pytest.mark.parametrize("force", [False, True], ids=["", "forced"])
@pytest.mark.parametrize(("name", "text"), AGAIN.values(), ids=AGAIN.keys())
def test_it_is_not_brought_back(archive: Archive, name: str, text: str, force: bool) -> None:
    archive.take("port.txt", PORT)
    withdraw(archive, PORT_ID, reason="Asked for.")
    before = archive.files()
    report = archive.take(name, text, force=force, date=TODAY)
    assert actions(report) == ["refuse"]
    assert reasons(report) == [f"withdrawn on {withdrawn(archive)[0].day}: Asked for."]
    assert archive.files() == before


def test_another_text_at_its_address_is_not_brought_back(archive: Archive) -> None:
    archive.take("port.md", page(PORT))
    withdraw(archive, PORT_ID)
    report = archive.take("other.md", page(BRIDGE, "http://ostby.example/port/?utm_source=x#top", "Bridge"))
    assert actions(report) == ["refuse"]


def test_another_text_at_its_address_weeks_later_is_imported(archive: Archive) -> None:
    archive.take("port.md", page(PORT))
    withdraw(archive, PORT_ID)
    assert actions(archive.take("other.md", page(BRIDGE, URL, "Bridge"), date=date(2025, 5, 2))) == ["create"]


def test_another_text_is_imported_under_another_slug_than_its_own(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    withdraw(archive, PORT_ID)
    report = archive.take("new.txt", "Port opens again\n\nFishermen sang when the first boat left the quay at dawn.\n")
    assert actions(report) == ["create"]
    (id_,) = archive.held()
    assert id_.startswith(f"{PORT_ID}-")


def test_a_long_text_that_quotes_it_is_imported_and_says_so(archive: Archive) -> None:
    archive.take("digest.txt", DIGEST)
    withdraw(archive, SNOW)
    story = "Heavy snow halted the mountain railway on Thursday night. " + BRIDGE.partition("\n\n")[2] * 3
    report = archive.take("snow.txt", f"Night on the mountain\n\n{story}")
    assert actions(report) == ["create"]
    assert f"has words of {SNOW}, which was withdrawn on" in reasons(report)[0]


def test_much_the_same_words_of_another_week_are_another_text(archive: Archive) -> None:
    forecast = (
        "Weather in Ostby\n\nIt will be {} in the harbour all day, says the weather office. Sailors are asked to {}.\n"
    )
    archive.take("a.txt", forecast.format("calm and mostly dry", "mind the fog before dawn"))
    withdraw(archive, "2025/03/14/weather-in-ostby")
    later = archive.put("b.txt", forecast.format("calm and mostly dry", "look out for whales"))
    assert actions(archive.take_all(later)) == ["refuse"]
    assert actions(archive.take_all(later, date=date(2025, 5, 2))) == ["create"]
    same = archive.put("c.txt", forecast.format("calm and mostly dry", "mind the fog before dawn"))
    assert actions(archive.take_all(same, date=date(2025, 5, 2))) == ["refuse"]


def test_a_line_that_is_removed_allows_the_text_again(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    withdraw(archive, PORT_ID)
    (archive.content / "withdrawn.jsonl").unlink()
    assert actions(archive.take("port.txt", PORT)) == ["create"]


def test_a_refusal_for_good_fails_no_import_and_leaves_the_file_where_it_is(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    withdraw(archive, PORT_ID)
    report = take_inbox(archive.raw, archive.content, today=TODAY, now=NOW)
    assert (report.failed, actions(report)) == ((), ["refuse"])
    assert [path.name for path in archive.raw.iterdir()] == ["port.txt"]
    assert "withdrawn on" in "\n".join(report.lines())


# Digests.


def take_digest(archive: Archive) -> Report:
    return archive.take("evening.txt", DIGEST)


def test_a_brief_is_cut_out_of_its_digest_and_the_raw_file_goes(archive: Archive) -> None:
    take_digest(archive)
    done = withdraw(archive, SNOW)
    assert words_left(archive, "Snow halts", "Heavy snow", "mountain railway") == []
    digest = archive.held()[DIGEST_ID]
    assert "Drought closes two canals" in digest.body
    assert "Wolves have been seen" in digest.body
    assert sum("came from the raw file" in note for note in done.notes) == 3


def test_what_shares_its_raw_file_keeps_the_hash_of_it_and_the_receipt(archive: Archive) -> None:
    take_digest(archive)
    shas = {held.front.provenance.sha256 for held in archive.held().values() if held.front.provenance}
    withdraw(archive, SNOW)
    assert {held.front.provenance.sha256 for held in archive.held().values() if held.front.provenance} == shas
    receipt = archive.receipt(DIGEST)
    assert receipt is not None
    assert [item["title"] for item in receipt["items"]] == [
        "Evening digest",
        "Drought closes two canals to barges",
        "Wolves return to the forest",
    ]
    assert any("was withdrawn on" in note for note in receipt["notes"])


@pytest.mark.parametrize("force", [False, True], ids=["", "forced"])
def test_the_same_digest_again_brings_no_word_back(archive: Archive, force: bool) -> None:
    take_digest(archive)
    withdraw(archive, SNOW)
    before = archive.files()
    for _ in range(2):
        report = archive.take("evening.txt", DIGEST, force=force)
        assert actions(report).count("refuse") == 2  # the digest, which has its words, and the brief
        assert report.failed == ()
        assert words_left(archive, "Heavy snow") == []
    assert force or archive.files() == before


def test_a_summary_that_was_its_words_goes(archive: Archive) -> None:
    take_digest(archive)
    assert archive.held()[DIGEST_ID].front.summary
    withdraw(archive, "2025/03/14/drought-closes-two-canals-to-barges")
    assert archive.held()[DIGEST_ID].front.summary is None
    assert words_left(archive, "lowlands") == []


def test_a_digest_goes_with_its_briefs(archive: Archive) -> None:
    take_digest(archive)
    withdraw(archive, DIGEST_ID)
    assert list(archive.files()) == ["withdrawn.jsonl"]
    assert [one.kind for one in withdrawn(archive)].count(Kind.BRIEF) == 3


def test_a_digest_of_which_nothing_is_left_goes_too(archive: Archive) -> None:
    take_digest(archive)
    withdraw(archive, *(id_ for id_, held in archive.held().items() if held.front.kind is Kind.BRIEF))
    assert archive.held() == {}


def test_an_earlier_version_of_the_digest_that_has_its_words_goes(archive: Archive) -> None:
    take_digest(archive)
    archive.edit(DIGEST_ID, "Wolves have been seen", "Wolves were seen")
    archive.take("evening.txt", DIGEST.replace("since the war", "since 1946"), force=True)
    withdraw(archive, SNOW)
    assert words_left(archive, "Heavy snow", "Snow halts") == []


# Versions and copies.


def test_earlier_versions_go(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    archive.edit(PORT_ID, "paid for it", "had to pay for it")
    archive.take("port.txt", PORT.replace("nine", "ten"), force=True)
    withdraw(archive, PORT_ID)
    assert list(archive.files()) == ["withdrawn.jsonl"]
    assert actions(archive.take("a.txt", PORT)) == ["refuse"]


def test_other_files_whose_import_ended_at_it_go(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    assert actions(archive.take("copy.txt", PORT + "\n")) == ["same"]
    withdraw(archive, PORT_ID)
    assert list(archive.files()) == ["withdrawn.jsonl"]


def test_next_to_the_same_text_elsewhere_is_named_and_stays(archive: Archive) -> None:
    archive.take("a.md", page(PORT, source="Ostby Post"))
    archive.take("b.md", page(PORT, "https://coast.example/port", source="Coast Times"))
    done = withdraw(archive, PORT_ID)
    (other,) = archive.held().values()
    assert f"{other.path} has next to the same text, and stays unless it is named, too" in done.notes


def test_another_print_that_stays_can_be_corrected(archive: Archive) -> None:
    archive.take("a.md", page(PORT, source="Ostby Post"))
    archive.take("b.md", page(PORT, "https://coast.example/port", source="Coast Times"))
    withdraw(archive, PORT_ID)
    corrected = PORT.replace("nine months", "ten months")
    assert actions(archive.take("b.md", page(corrected, "https://coast.example/port", source="Coast Times"))) == [
        "update"
    ]
    assert actions(archive.take("a.md", page(corrected, source="Ostby Post"))) == ["refuse"]


def test_pictures_of_its_own_go_and_shared_ones_stay(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    archive.take("bridge.txt", BRIDGE)
    own, shared = (f"images/{digit * 2}/{digit * 64}-40x30.webp" for digit in "ab")
    for picture in (own, shared):
        (archive.content / picture).parent.mkdir(parents=True)
        (archive.content / picture).write_bytes(b"RIFF")
    archive.edit(PORT_ID, "new town hall", f"![]({{static}}/{own}) ![]({{static}}/{shared}) hall")
    archive.edit("2025/03/14/bridge-closed-for-a-month", "Lorries", f"![]({{static}}/{shared}) Lorries")
    withdraw(archive, PORT_ID)
    assert [path for path in archive.files() if path.startswith("images")] == [shared]


def test_a_picture_that_came_with_the_raw_file_goes_and_the_receipt_of_others_forgets_it(archive: Archive) -> None:
    take_digest(archive)
    picture = f"images/cc/{'c' * 64}-40x30.webp"
    (archive.content / picture).parent.mkdir(parents=True)
    (archive.content / picture).write_bytes(b"RIFF")
    (file,) = archive.content.glob("imports/??/*.json")
    enclosures = [{"name": "snow.jpg", "kept": picture}, {"name": "list.pdf", "reason": "no text"}]
    file.write_text(json.dumps({**json.loads(file.read_text()), "enclosures": enclosures}), encoding="utf-8")
    withdraw(archive, SNOW)
    assert picture not in archive.files()
    assert (archive.receipt(DIGEST) or {})["enclosures"] == [enclosures[1]]


def test_a_brief_that_it_told_in_full_comes_back_and_is_named(archive: Archive) -> None:
    take_digest(archive)
    story = "Heavy snow halted the mountain railway on Thursday night. Ploughs from the valley reached it at six."
    archive.take("snow.txt", f"Snow halts the mountain railway\n\n{story}\n")
    (full,) = (held for held in archive.held().values() if held.front.title.startswith("Snow") and held.id != SNOW)
    done = withdraw(archive, full.id)
    assert any("was told in full by it" in note for note in done.notes)
    assert SNOW in archive.held()


def test_entries_of_the_editor_and_links_are_named(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    archive.take("bridge.txt", BRIDGE)
    archive.edit("2025/03/14/bridge-closed-for-a-month", "Lunde", f"[Lunde](/{PORT_ID}/)")
    (archive.content / "stories.yaml").write_text(f"pins:\n  {PORT_ID}: a-story\n", encoding="utf-8")
    notes = plan(archive, PORT_ID).notes
    assert "stories.yaml names it: take it out of the entry" in notes
    assert any("has a link to it" in note for note in notes)


@pytest.mark.parametrize(
    "link",
    [
        "{filename}port-opens-again.md",
        "{filename}/articles/2025/03/port-opens-again.md",
        "|filename|../03/port-opens-again.md",
    ],
)
def test_links_to_its_file_lead_to_the_page_in_its_place(archive: Archive, link: str) -> None:
    archive.take("port.txt", PORT)
    archive.take("bridge.txt", BRIDGE)
    archive.edit("2025/03/14/bridge-closed-for-a-month", "Lunde", f"[Lunde]({link}#quay) and [a]({{filename}}other.md)")
    withdraw(archive, PORT_ID)
    (held,) = archive.held().values()
    assert f"[Lunde](../../../../{PORT_ID}/#quay) and [a]({{filename}}other.md)" in held.body


def test_a_story_that_it_founded_gets_an_heir(archive: Archive) -> None:
    archive.take("a.md", page(PORT, source="Ostby Post"))
    archive.take("b.md", page(PORT, "https://coast.example/port", source="Coast Times"))
    line = json.dumps({"story": "the-port", "article": PORT_ID})
    (archive.content / "ledger.jsonl").write_text(f"{line}\n", encoding="utf-8")
    withdraw(archive, PORT_ID)
    assert [one.heir for one in withdrawn(archive)] == list(archive.held())


def test_a_plan_writes_nothing(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    before = archive.files()
    plan(archive, PORT_ID)
    assert archive.files() == before


# By hashes alone.


def test_a_record_has_no_words_and_few_hashes() -> None:
    found = marks(PORT * 9)
    assert len(found) <= 32
    assert all(len(mark) == 12 and int(mark, 16) >= 0 for mark in found)


def test_a_text_without_words_is_nobodys() -> None:
    none = Known([Withdrawal(PORT_ID, DAY, text=marks("* * *"))])
    assert marks("* * *") == ()
    assert not none.left_in("* * *")
