"""What hangs on a text that is taken back: pictures, links, the editor's entries, its story."""

from __future__ import annotations

import json

import pytest

from tests.ingest.importing import BRIDGE, DIGEST, PORT, PORT_ID, SNOW, Archive
from tests.ingest.withdraw.withdrawing import page, plan, take_digest, withdraw, withdrawn


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
