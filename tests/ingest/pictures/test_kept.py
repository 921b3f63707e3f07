"""Which pictures of a document an archive keeps, where they stand in the text, and when nothing is written."""

from __future__ import annotations

import base64
import json
from email.message import EmailMessage

import pytest

from backfile.pictures import pictures_of
from tests.ingest.pictures.archive import Archive
from tests.ingest.pictures.documents import PROSE, message, page
from tests.ingest.pictures.made import photo


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
