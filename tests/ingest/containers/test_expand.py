"""Archives, mailboxes and lists of articles: what comes out, and what does not."""

from __future__ import annotations

import gzip
import io
import json
import os
import stat
import zipfile

import pytest

from backfile.errors import IngestError
from backfile.ingest.containers import Large, expand, gzip_file, large
from backfile.ingest.containers import mailbox as container_mailbox
from backfile.ingest.entry import read_entry
from backfile.ingest.records import RawDocument
from backfile.model import Source

MESSAGE = "From: The Harbour <h@a.example>\nSubject: Cranes {0}\n\nTarn gets two cranes.\n"


def packed(*members: tuple[str | zipfile.ZipInfo, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def opened(data: bytes, name: str = "x.zip") -> tuple[list[RawDocument], list[str]]:
    """Return the documents and the lines on what was refused."""
    found = list(expand(RawDocument(data, name)))
    documents = [document for document in found if isinstance(document, RawDocument)]
    return documents, [str(each) for each in found if isinstance(each, IngestError)]


def test_one_document_is_itself() -> None:
    raw = RawDocument(b"Tarn gets two cranes.", "x.txt")
    assert list(expand(raw)) == [raw]


def test_an_archive_gives_its_files_by_their_own_names() -> None:
    documents, refused = opened(packed(("a/one.txt", "one"), ("a/b/two.md", "two"), ("__MACOSX/a/._one.txt", "x")))
    assert [(each.name, each.data) for each in documents] == [("one.txt", b"one"), ("two.md", b"two")]
    assert not refused


@pytest.mark.parametrize("name", ["/etc/x.txt", "../x.txt", "a/../../x.txt", "C:/x.txt", "..\\x.txt"])
def test_names_that_lead_out_are_refused_and_the_others_read(name: str) -> None:
    documents, refused = opened(packed((name, "x"), ("good.txt", "good")))
    assert [each.name for each in documents] == ["good.txt"]
    assert "leads out" in refused[0]
    assert refused[0].startswith("x.zip: ")


def test_symbolic_links_are_refused() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    documents, refused = opened(packed((link, "/etc/passwd"), ("good.txt", "good")))
    assert ([each.name for each in documents], "symbolic link" in refused[0]) == (["good.txt"], True)


def test_a_member_that_swells_is_refused() -> None:
    documents, refused = opened(packed(("bomb.txt", bytes(20_000_000)), ("good.txt", "good")))
    assert [each.name for each in documents] == ["good.txt"]
    assert "500 times" in refused[0]


def test_archives_in_archives_are_opened_up_to_a_depth() -> None:
    data = packed(("deep.txt", "deep"))
    assert [each.name for each in opened(packed(("inner.zip", data)))[0]] == ["deep.txt"]
    for _ in range(5):
        data = packed(("inner.zip", data))
    documents, refused = opened(data)
    assert not documents
    assert "archives deep" in refused[0]


def test_names_without_the_utf8_flag_are_told() -> None:
    data = packed(("Xxxxxxxx xxxxx.txt", "x"))
    name = "Портовий вісник.txt".encode("cp866", "replace")[:18]
    (document,), _ = opened(data.replace(b"Xxxxxxxx xxxxx.txt", name))
    assert document.name.startswith("Портовий")


def test_what_lies_beside_a_saved_page_is_left_alone() -> None:
    documents, refused = opened(packed(("page.html", "<p>x</p>"), ("page_files/a.css", "x"), (".hidden", "x")))
    assert ([each.name for each in documents], refused) == (["page.html"], [])


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", packed(("a.txt", "x"))[:-10]])
def test_a_broken_archive_is_refused(data: bytes) -> None:
    assert "broken zip archive" in opened(data)[1][0]


def test_xml_that_is_neither_feed_nor_page_is_refused() -> None:
    assert "no feed" in opened(b"<?xml version='1.0'?><note>Tarn gets two cranes.</note>", "x.xml")[1][0]


def test_a_page_in_xml_is_itself() -> None:
    assert [each.name for each in opened(b"<?xml version='1.0'?><html><p>x</p></html>", "x.xml")[0]] == ["x.xml"]


def test_a_compressed_file_is_unpacked() -> None:
    documents, _ = opened(gzip.compress(b"Tarn gets two cranes."), "x.txt.gz")
    assert [(each.name, each.data) for each in documents] == [("x.txt", b"Tarn gets two cranes.")]


@pytest.mark.parametrize(
    ("data", "why"),
    [(gzip.compress(bytes(60_000_000)), "50 MB"), (gzip.compress(b"x" * 99)[:-9], "too early")],
    ids=["swells", "breaks off"],
)
def test_a_compressed_file_that_swells_or_breaks_off_is_refused(data: bytes, why: str) -> None:
    assert why in opened(data, "x.gz")[1][0]


def test_a_mailbox_gives_its_messages() -> None:
    parts = [f"From a@b.example Fri Mar 14 06:00:00 2025\n{MESSAGE.format(i)}\n>From now on\n\n" for i in (1, 2)]
    documents, _ = opened("".join(parts).encode(), "x.mbox")
    assert [b"Cranes %d" % i in each.data for i, each in enumerate(documents, start=1)] == [True, True]
    assert all(each.data.endswith(b"\nFrom now on\n") for each in documents)


def test_a_line_that_only_looks_like_a_separator_stays_in_its_message() -> None:
    line = "From Tarn to Lund 2025"
    text = f"From a@b.example Fri Mar 14 06:00:00 2025\n{MESSAGE.format(1)}\n{line}\nThe ferry goes.\n\n{line}\n"
    ((document,), _) = opened(text.encode(), "x.mbox")
    assert document.data.decode().count(line) == 2


def mailbox(number: int, size: int) -> bytes:
    message = f"From a@b.example Fri Mar 14 06:00:00 2025\n{MESSAGE}\n{'Tarn and its cranes. ' * (size // 20)}\n\n"
    return b"".join(message.format(i).encode() for i in range(number))


def rows(number: int, size: int) -> bytes:
    return b"\n".join(
        json.dumps({"title": f"Cranes {i}", "text": "Tarn і крани. " * (size // 13)}, ensure_ascii=False).encode()
        for i in range(number)
    )


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (large, gzip_file, container_mailbox):
        if hasattr(module, "MAX_BYTES"):
            monkeypatch.setattr(module, "MAX_BYTES", 20_000)


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize(
    ("data", "name"),
    [
        (mailbox(6, 9_000), "x.mbox"),
        (rows(6, 9_000), "x.jsonl"),
        (packed(*((f"{i}.txt", os.urandom(9_000)) for i in range(6))), "x.zip"),
        (gzip.compress(mailbox(6, 9_000)), "x.mbox.gz"),
        (gzip.compress(rows(6, 9_000)), "x.jsonl.gz"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_holds_several_documents_may_be_larger_than_one_document(data: bytes, name: str) -> None:
    whole = Large(RawDocument(data[:4096], name), io.BytesIO(data))
    found = list(expand(whole))
    assert [str(each) for each in found if isinstance(each, IngestError)] == []
    assert len(found) == 6


@pytest.mark.usefixtures("small_limits")
def test_a_message_that_is_too_large_is_refused_and_the_others_are_read() -> None:
    documents, refused = opened(mailbox(1, 100) + mailbox(1, 30_000) + mailbox(1, 100), "x.mbox")
    assert len(documents) == 2
    assert refused[0].startswith("x.mbox, message 2: is larger than")


@pytest.mark.parametrize("data", [b"Tarn gets two cranes.", b"<rss><channel>", b'[{"title": "Cranes"}'])
def test_a_large_file_that_can_not_be_read_in_pieces_is_refused(data: bytes) -> None:
    (refused,) = expand(Large(RawDocument(data, "x.json"), io.BytesIO(data)))
    assert "MB" in str(refused)


def test_all_parts_of_a_compressed_file_are_read() -> None:
    documents, _ = opened(gzip.compress(b"Tarn gets ") + gzip.compress(b"two cranes."), "x.txt.gz")
    assert [each.data for each in documents] == [b"Tarn gets two cranes."]


def test_a_text_that_begins_with_from_is_no_mailbox() -> None:
    assert [each.name for each in opened(b"From Tarn to Lund, 2025\nA ferry goes.", "x.txt")[0]] == ["x.txt"]


def test_messages_attached_to_one_message_are_documents_each() -> None:
    parts = "".join(f"--b\nContent-Type: message/rfc822\n\n{MESSAGE.format(i)}\n" for i in (1, 2))
    data = f"Subject: two\nContent-Type: multipart/digest; boundary=b\n\n{parts}--b--\n"
    assert [b"Cranes 1" in each.data for each in opened(data.encode(), "x.eml")[0]] == [True, False]


ROWS = [
    {"title": "Cranes", "text": "Tarn gets two cranes.", "date": "2025-03-14", "source": "The Harbour"},
    {
        "headline": "Ferries",
        "content": "<p>Ferries run <b>again</b>.</p>",
        "outlet": {"name": "H", "url": "https://h.example/"},
    },
    {"title": "Roads", "markdown": "Roads are *shut*.", "author": ["Jane Roe", "Newsroom"]},
    {"title": "no text"},
    7,
]


@pytest.mark.parametrize("text", ["\n".join(map(json.dumps, ROWS)), json.dumps(ROWS)], ids=["lines", "list"])
def test_rows_are_articles(text: str) -> None:
    documents, refused = opened(text.encode(), "x.jsonl")
    read = [read_entry(each) for each in documents]
    assert [each.stated.title for each in read] == ["Cranes", "Ferries", "Roads"]
    assert [each.blocks[0].markdown or each.blocks[0].text for each in read] == [
        "Tarn gets two cranes.",
        "Ferries run **again**.",
        "Roads are *shut*.",
    ]
    assert [each.stated.source.name if each.stated.source else None for each in read] == ["The Harbour", "H", None]
    assert read[2].stated.authors == ("Jane Roe",)
    assert [line.split(": ")[0] for line in refused] == ["x.jsonl, row 4", "x.jsonl, row 5"]


SHEET = 'Date;Headline;Source Name;Body\n2025-03-14;"Cranes; two";The Harbour;Tarn gets two cranes.\n2025-03-15;;;\n'
WRAPPED = (
    '{"status": "ok", "articles": [{"publishedAt": "2025-03-14T09:00:00Z", "title": "Cranes; two - The Harbour",'
    ' "source": {"name": "The Harbour"}, "content": "Tarn gets two cranes.", "Language": "English"}, {"title": "no"}]}'
)


UKRAINIAN = (
    "Дата\tЗаголовок\tДжерело\tТекст\n14.03.2025\tCranes; two\tThe Harbour\tМісто Тарн отримало крани.\n"
    "03.04.2025\tНемає тексту\t\t\n"
)


@pytest.mark.parametrize(("text", "name"), [(SHEET, "x.csv"), (WRAPPED, "x.json"), (UKRAINIAN, "x.tsv")])
def test_rows_go_by_other_names_and_in_other_frames(text: str, name: str) -> None:
    (document,), refused = opened(text.encode(), name)
    stated = read_entry(document).stated
    assert (stated.title, str(stated.date), stated.source) == ("Cranes; two", "2025-03-14", Source("The Harbour"))
    assert len(refused) == 1


def test_a_table_without_texts_is_refused() -> None:
    assert opened(b"year,ships\n2024,7\n", "x.csv")[1] == [
        "x.csv: is a table without a column of texts; call that “text”"
    ]


@pytest.mark.parametrize("text", ['{"a": 1', "[1, 2]", "[" * 100_000 + '{"'])
def test_json_without_articles_is_refused(text: str) -> None:
    documents, refused = opened(text.encode(), "x.json")
    assert refused or documents[0].name == "x.json"
