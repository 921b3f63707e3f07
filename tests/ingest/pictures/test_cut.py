"""A brief that is taken back takes its pictures with it, out of its digest too."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from backfile.ingest.takeback.cut import without_brief
from backfile.pictures import picture_path, pictures_of
from backfile.takeback import plan_taking_back
from tests.ingest.importing import DIGEST, SNOW, Archive
from tests.ingest.pictures.made import photo

OWN, OTHER = (f"{{static}}/{picture_path(data, 300, 200)}" for data in (b"own", b"other"))


def test_the_pictures_of_a_brief_go_with_it_and_those_of_others_stay() -> None:
    own, other = f"![Plough]({OWN})\n*At six.*", f"![Ferry]({OTHER})"
    snow = "Heavy snow halted the mountain railway on Thursday night."
    ferry = "Ferry workers in Lund called off a strike planned for the spring."
    rest = f"{other}\n\n## Ferries go again\n\n{ferry}\n"
    digest = f"{own}\n\n## Snow halts the railway\n\n{snow}\n\n{rest}"
    assert without_brief(digest, "Snow halts the railway", f"{own}\n\n{snow}\n") == rest


def test_they_go_from_the_archive(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    _, *told = (each.split("\n") for each in DIGEST.strip().split("\n\n"))
    items = (f"<img src='cid:{at}' alt='x'><h3>{head}</h3><p>{text}</p>" for at, (head, text) in enumerate(told))
    mail = EmailMessage()
    mail["Subject"] = "Evening digest"
    mail.set_content("".join(items), subtype="html")
    for number in range(len(told)):
        mail.add_related(photo(200 + number, 120), "image", "jpeg", cid=f"<{number}>")
    archive.take("digest.eml", mail.as_bytes())
    (own,) = pictures_of(archive.held()[SNOW].body)
    before = {path for path in archive.files() if path.startswith("images/")}
    archive.do(plan_taking_back([SNOW], archive.content, reason="", default_lang="en"))
    assert before - set(archive.files()) == {own}
    assert not [path for path, data in archive.files().items() if own.encode() in data]
