"""From files of every kind to articles with their pictures in ``content/``."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from backfile.ingest.receipt import Report
from backfile.ingest.run import import_paths, take_inbox
from backfile.pictures import pictures_of
from tests.ingest.office.test_office import TYPES, W
from tests.ingest.pictures.made import photo

NOW = datetime(2025, 3, 15, 8, tzinfo=UTC)
PROSE = (
    "Two cranes from Lund arrived at the quay of Tarn on Friday, the harbour office said in a statement.",
    "The council had voted for the money a week ago, after a debate of nine hours and four amendments.",
    "The old cranes will be taken down in the autumn, and one of them will stand in the museum of the port.",
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Two cranes reach Tarn</title></head><body><article>"
    "<h1>Two cranes reach Tarn</h1>"
    "<p>{0}</p>{picture}<p>{1}</p><p>{2}</p></article></body></html>"
)


def page(picture: str) -> str:
    return PAGE.format(*PROSE, picture=picture)


class Archive:
    """An archive that files are imported into."""

    def __init__(self, folder: Path) -> None:
        self.inbox, self.content = folder / "in", folder / "content"
        self.inbox.mkdir()
        self.content.mkdir()

    def put(self, name: str, data: bytes | str) -> Path:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def take(self, **options: Any) -> Report:
        report = import_paths([self.inbox], self.content, today=NOW.date(), now=NOW, date=date(2025, 3, 14), **options)
        assert not report.failed, list(report.lines())
        return report

    @property
    def text(self) -> str:
        (path,) = (self.content / "articles").rglob("*.md")
        return path.read_text(encoding="utf-8").partition("\n---\n")[2].strip()

    @property
    def images(self) -> list[str]:
        return sorted(
            path.relative_to(self.content).as_posix() for path in (self.content / "images").rglob("*") if path.is_file()
        )

    @property
    def receipt(self) -> dict[str, Any]:
        (path,) = (self.content / "imports").rglob("*.json")
        found: dict[str, Any] = json.loads(path.read_bytes())
        return found


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def shown(archive: Archive, alt: str, caption: str = "") -> str:
    """Return how the one picture of the archive stands in its text."""
    (path,) = archive.images
    return f"![{alt}]({{static}}/{path})" + (f"\n*{caption}*" if caption else "")


def message(picture: bytes = b"", html: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "The Harbour Letter <letter@harbour.example>", "Two cranes reach Tarn"
    mail.set_content("\n\n".join(PROSE))
    mail.add_alternative(html or f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p>", subtype="html")
    if picture:
        related = mail.get_payload(1)
        assert isinstance(related, EmailMessage)
        related.add_related(picture, "image", "jpeg", cid="<crane@harbour>", filename="crane.jpg")
    return mail


def test_a_newsletter_keeps_the_pictures_that_it_shows_and_lists_what_else_came(archive: Archive) -> None:
    html = f'<p>{PROSE[0]}</p><p><img src="cid:crane@harbour" alt="A crane"></p><p>{PROSE[1]}</p>'
    mail = message(photo(), html)
    mail.add_attachment(b"%PDF-1.4 x", "application", "pdf", filename="plan.pdf")
    archive.put("letter.eml", mail.as_bytes())
    report = archive.take()
    assert archive.text == "\n\n".join((PROSE[0], shown(archive, "A crane"), PROSE[1]))
    listed = {each["name"]: each for each in archive.receipt["enclosures"]}
    assert listed["crane.jpg"]["kept"] == archive.images[0]
    assert listed["plan.pdf"]["size"] == 10
    assert "not read" in listed["plan.pdf"]["reason"]
    assert "another form" in listed["unnamed"]["reason"]
    lines = list(report.lines())
    assert "  pictures kept: 1" in lines
    assert [line for line in lines if line.startswith("  left out: plan.pdf (application/pdf, 10 bytes)")]


def test_a_picture_in_the_page_itself_is_kept(archive: Archive) -> None:
    data = base64.b64encode(photo()).decode()
    caption = "<figcaption>At the quay. Photo: A. Reporter</figcaption>"
    archive.put("a.html", page(f'<figure><img src="data:image/jpeg;base64,{data}" alt="A crane">{caption}</figure>'))
    archive.take()
    assert shown(archive, "A crane", "At the quay. Photo: A. Reporter") in archive.text


def test_a_page_larger_than_its_budget_for_its_pictures_alone_is_read(archive: Archive) -> None:
    data = base64.b64encode(photo(1000, 800, "BMP")).decode()
    assert len(data) > 3_000_000
    archive.put("a.html", page(f'<p><img alt="A crane" src="data:image/bmp;base64,{data}"></p>'))
    archive.take()
    assert shown(archive, "A crane") in archive.text


def test_a_page_shows_what_was_saved_with_it_and_nothing_else_of_the_folder(archive: Archive) -> None:
    archive.put(
        "crane.html", page('<p><img src="./crane_files/a%20b.jpg" alt="A crane"></p><p><img src="own.jpg"></p>')
    )
    archive.put("crane_files/a b.jpg", photo())
    archive.put("crane_files/frame.html", "<p>Buy cranes from us, today, at half of the price.</p>")
    archive.put("own.jpg", photo(200, 200))
    report = archive.take()
    assert shown(archive, "A crane") in archive.text
    assert sorted(report.skipped) == [
        "crane_files: belongs to the page beside it",
        "own.jpg: no text; a picture goes with the text that shows it",
    ]


def test_a_page_goes_from_the_inbox_with_its_folder(archive: Archive) -> None:
    archive.put("crane.html", page('<p><img src="crane_files/a.jpg" alt="A crane"></p>'))
    archive.put("crane_files/a.jpg", photo())
    take_inbox(archive.inbox, archive.content, today=NOW.date(), now=NOW)
    assert len(archive.images) == 1
    assert list(archive.inbox.iterdir()) == []


def test_a_page_saved_as_one_file_shows_its_parts_by_their_addresses(archive: Archive) -> None:
    parts = (
        (
            "text/html",
            "quoted-printable",
            "https://coast.example/news/1",
            page('<p><img src="/i/a.jpg" alt="A crane"></p>'),
        ),
        ("image/jpeg", "base64", "https://coast.example/i/a.jpg", base64.encodebytes(photo()).decode()),
    )
    body = (
        "".join(
            f"--b\nContent-Type: {kind}\nContent-Transfer-Encoding: {how}\nContent-Location: {where}\n\n{data}\n"
            for kind, how, where, data in parts
        )
        .replace("img src=", "img src=3D")
        .replace('<p><img src=3D"/i', '<p><img src=3D"/i')
    )
    head = "From: <Saved by Blink>\nSnapshot-Content-Location: https://coast.example/news/1\nMIME-Version: 1.0\n"
    archive.put("a.mhtml", f'{head}Content-Type: multipart/related; boundary="b"\n\n{body}--b--\n')
    archive.take()
    assert shown(archive, "A crane") in archive.text


def test_markdown_shows_what_lies_beside_it(archive: Archive) -> None:
    archive.put(
        "a.md",
        f"# Two cranes reach Tarn\n\n{PROSE[0]}\n\n![A crane](pics/crane.jpg)\n*At the quay.*\n\n{PROSE[1]}\n\n"
        "![A gull](gull.jpg)\n\n![[pics/crane.jpg|300]]\n\n![Far](https://coast.example/far.jpg)\n",
    )
    archive.put("pics/crane.jpg", photo())
    archive.take()
    (path,) = archive.images
    assert archive.text == "\n\n".join(
        (
            PROSE[0],
            shown(archive, "A crane", "At the quay."),
            PROSE[1],
            "*A gull*",
            f"![]({{static}}/{path})",
            "![Far](https://coast.example/far.jpg)",
        )
    )
    assert "picture not found beside the text: gull.jpg" in archive.receipt["notes"]


def test_markdown_may_hold_pictures_at_its_end(archive: Archive) -> None:
    data = base64.b64encode(photo()).decode()
    text = f"# Two cranes reach Tarn\n\n{PROSE[0]}\n\n![A crane][image1]\n\n{PROSE[1]}\n\n"
    archive.put("a.md", f"{text}[image1]: <data:image/jpeg;base64,{data}>\n")
    archive.take()
    assert archive.text == "\n\n".join((PROSE[0], shown(archive, "A crane"), PROSE[1]))
    assert (
        archive.receipt["characters"]
        == archive.receipt["kept"]
        == sum(len("".join(each.split())) for each in ("# Two cranes reach Tarn", *PROSE[:2]))
    )


def test_an_archive_shows_its_own_pictures(archive: Archive) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("news/a.html", page('<p><img src="../pics/no.jpg"><img src="img/a.jpg" alt="A crane"></p>'))
        packed.writestr("news/img/a.jpg", photo())
    archive.put("news.zip", file.getvalue())
    archive.take()
    assert shown(archive, "A crane") in archive.text


def docx(picture: bytes) -> bytes:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    one = f'<Relationship Id="{{0}}" Type="{relation}/{{1}}" Target="{{2}}"/>'
    drawing = (
        f'<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:docPr id="1" name="x" descr="A crane"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        f'<a:blip xmlns:r="{relation}" r:embed="r9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
    paragraphs = [f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in PROSE]
    paragraphs.insert(1, f"<w:p><w:r>{drawing}</w:r></w:p>")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(
            "[Content_Types].xml",
            TYPES.replace("<Override", '<Default Extension="jpg" ContentType="image/jpeg"/><Override'),
        )
        packed.writestr("_rels/.rels", relations.format(one.format("r1", "officeDocument", "word/document.xml")))
        packed.writestr("word/_rels/document.xml.rels", relations.format(one.format("r9", "image", "media/a.jpg")))
        packed.writestr("word/media/a.jpg", picture)
        packed.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
        )
    return file.getvalue()


def test_a_word_document_keeps_its_pictures(archive: Archive) -> None:
    archive.put("a.docx", docx(photo()))
    archive.take()
    assert archive.text == "\n\n".join((PROSE[0], shown(archive, "A crane"), PROSE[1], PROSE[2]))


def test_an_entry_of_a_feed_keeps_what_it_holds(archive: Archive) -> None:
    data = base64.b64encode(photo()).decode()
    html = f'<p>{PROSE[0]}</p><p><img src="data:image/jpeg;base64,{data}" alt="A crane"></p><p>{PROSE[1]}</p>'
    archive.put("a.jsonl", json.dumps({"title": "Two cranes reach Tarn", "html": html}))
    archive.take()
    assert archive.text == "\n\n".join((PROSE[0], shown(archive, "A crane"), PROSE[1]))


def test_what_nobody_is_meant_to_see_goes_and_what_cannot_be_kept_leaves_its_words(archive: Archive) -> None:
    pixel, svg = photo(1, 1, "GIF"), b"<svg><path d='M0 0'/><text>9</text></svg>"
    pictures = "".join(
        f'<p><img src="data:image/{kind};base64,{base64.b64encode(data).decode()}" alt="{alt}"></p>'
        for kind, data, alt in (("gif", pixel, "x"), ("svg+xml", svg, "Tonnes a year"))
    )
    archive.put("a.html", page(pictures))
    archive.take()
    assert archive.text == "\n\n".join((PROSE[0], "*Tonnes a year*", PROSE[1], PROSE[2]))
    reasons = [each["reason"] for each in archive.receipt["enclosures"]]
    assert reasons == ["SVG may hold scripts, and is not kept"]


def test_pictures_stand_where_they_stood_in_their_paragraph(archive: Archive) -> None:
    """A paragraph of Markdown that is a picture holds nothing else, so one within a sentence goes above it."""
    names = ("above", "within", "below")
    above, within, below = (f'<img src="cid:{name}" alt="{name}">' for name in names)
    mail = message(html=f"<p>{PROSE[0]}</p><p>{above}It {within} rained. {below}</p><p>{PROSE[1]}</p>")
    related = mail.get_payload(1)
    assert isinstance(related, EmailMessage)
    for number, name in enumerate(names):
        related.add_related(photo(200 + number, 120), "image", "jpeg", cid=f"<{name}>")
    archive.put("letter.eml", mail.as_bytes())
    archive.take()
    blocks = [block.partition("](")[0].removeprefix("![") for block in archive.text.split("\n\n")]
    assert blocks == [PROSE[0], "above", "within", "It rained.", "below", PROSE[1]]


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("Coast News: {pictures: drop}", "*At the quay.*"),
        ("'*': {pictures: link}", "*At the quay.*"),
        ("{'*': {pictures: drop}, coast news: {pictures: keep}}", "![A crane]"),
        ("Coast News: headline", "![A crane]"),
    ],
)
def test_an_outlet_may_have_its_pictures_left_out(archive: Archive, line: str, stays: str) -> None:
    (archive.content / "sources.yaml").write_text(f"{line}\n", encoding="utf-8")
    text = f"# Two cranes reach Tarn\n\n{PROSE[0]}\n\n![A crane](crane.jpg)\n*At the quay.*\n\n{PROSE[1]}\n"
    archive.put("a.md", text)
    archive.put("crane.jpg", photo())
    archive.take(source="Coast News")
    assert archive.text.split("\n\n")[1].startswith(stays)
    assert archive.images == list(pictures_of(archive.text))


def test_the_briefs_of_a_newsletter_keep_their_own_pictures(archive: Archive) -> None:
    told = (
        ("Tarn council approves a new harbour budget", "The council of Tarn approved the harbour budget on Friday."),
        ("Ferry workers call off their strike in Lund", "Ferry workers in Lund called off a strike planned for May."),
        ("Storm closes three mountain roads near Vik", "A storm closed three mountain roads near Vik overnight."),
    )
    mail = message(
        html="".join(f'<img src="cid:{n}" alt="Picture {n}"><h3>{a}</h3><p>{b}</p>' for n, (a, b) in enumerate(told))
    )
    related = mail.get_payload(1)
    assert isinstance(related, EmailMessage)
    for number in range(3):
        related.add_related(photo(200 + number, 120), "image", "jpeg", cid=f"<{number}>")
    archive.put("letter.eml", mail.as_bytes())
    archive.take()
    texts = [path.read_text(encoding="utf-8") for path in (archive.content / "articles").rglob("*.md")]
    briefs = {text.partition("title: ")[2].split("\n")[0]: text for text in texts if "kind: brief" in text}
    assert len(briefs) == 3
    for number, (title, _) in enumerate(told):
        assert f"![Picture {number}]" in briefs[title]
        assert len(pictures_of(briefs[title])) == 1
    (digest,) = (text for text in texts if "kind: digest" in text)
    assert len(pictures_of(digest)) == 3


def test_the_same_text_again_changes_nothing(archive: Archive) -> None:
    archive.put("a.md", f"# Two cranes reach Tarn\n\n{PROSE[0]}\n\n![A crane](crane.jpg)\n\n{PROSE[1]}\n")
    archive.put("crane.jpg", photo())
    archive.take()
    archive.put("a.md", f"# Two cranes reach Tarn\n\n{PROSE[0]}\n\n![A crane](other.jpg)\n\n{PROSE[1]}\n")
    archive.put("other.jpg", photo(400, 300))
    assert archive.take().changed == 0


def test_a_dry_run_writes_no_picture(archive: Archive) -> None:
    archive.put("a.md", f"# Two cranes reach Tarn\n\n{PROSE[0]}\n\n![A crane](crane.jpg)\n")
    archive.put("crane.jpg", photo())
    json.dumps(archive.take(dry_run=True).as_data())
    assert archive.images == []
