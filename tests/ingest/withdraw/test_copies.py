"""Earlier versions and copies of a text that is taken back: which go, and which stay."""

from __future__ import annotations

from tests.ingest.importing import PORT, PORT_ID, Archive, actions
from tests.ingest.withdraw.withdrawing import page, withdraw


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
