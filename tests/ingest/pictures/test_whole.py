"""From files of every kind to articles with their pictures in ``content/``."""

from __future__ import annotations

import base64
import io
import json
import zipfile

from backfile.ingest.run import take_inbox
from tests.ingest.pictures.archive import NOW, Archive, shown
from tests.ingest.pictures.documents import PROSE, docx, message, page
from tests.ingest.pictures.made import photo


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
