"""No import brings back what was withdrawn, which is known by hashes alone; other texts come in."""

from __future__ import annotations

from datetime import date

import pytest

from backfile.ingest.changes.known import Known, marks
from backfile.ingest.run import take_inbox
from backfile.withdrawals import Withdrawal
from tests.ingest.importing import BRIDGE, DAY, DIGEST, NOW, PORT, PORT_ID, SNOW, TODAY, Archive, actions, reasons
from tests.ingest.withdraw.withdrawing import URL, page, withdraw, withdrawn


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


def test_a_record_has_no_words_and_few_hashes() -> None:
    found = marks(PORT * 9)
    assert len(found) <= 32
    assert all(len(mark) == 12 and int(mark, 16) >= 0 for mark in found)


def test_a_text_without_words_is_nobodys() -> None:
    none = Known([Withdrawal(PORT_ID, DAY, text=marks("* * *"))])
    assert marks("* * *") == ()
    assert not none.left_in("* * *")
