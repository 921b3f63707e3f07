"""The small parts: data addresses, what lies beside a document, and what is left of a picture that is not kept."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from backfile.ingest.pictures.beside import Folder, Kept, Packed, beside, companions, find_beside, referred, relative
from backfile.ingest.pictures.blocks import is_picture, put_aside, put_back
from backfile.ingest.pictures.lift import (
    lift_from_bytes,
    lift_from_html,
    lift_from_markdown,
    read_data_url,
    tags_as_images,
)
from backfile.ingest.pictures.placeholder import placeholder
from backfile.ingest.pictures.settle import MAX_PICTURES, settle_pictures
from backfile.ingest.pictures.take import take_pictures
from backfile.ingest.records import Block, BlockKind, Embedded, Item
from backfile.ingest.web.parse import parse
from backfile.model import Kind
from backfile.pictures import Pictures, picture_path
from backfile.rights import PicturePolicy
from tests.ingest.pictures.made import embedded, photo, written

JPEG = base64.b64encode(b"\xff\xd8picture").decode()


@pytest.mark.parametrize(
    "written",
    [
        f'<img src="data:image/jpeg;base64,{JPEG}">',
        f"<IMG SRC = 'data:image/jpeg;base64,{JPEG[:5]}\n {JPEG[5:]}'>",
        f"<img alt=x src=data:image/jpeg;base64,{JPEG.rstrip('=')}>",
        '<img src="data:image/jpeg,%FF%D8picture">',
    ],
)
def test_a_picture_is_taken_out_of_html_however_it_is_written(written: str) -> None:
    text, found = lift_from_html(f"<p>One</p>{written}")
    (picture,) = found.values()
    assert picture.data == b"\xff\xd8picture"
    assert f'"{placeholder(picture)}"' in text
    assert "data:" not in text


def test_other_text_with_such_addresses_stays() -> None:
    html = '<p>Write src= and data:image/png;base64,AAAA there.</p><a data-src="data:image/png;base64,AAAA">x</a>'
    assert lift_from_html(html) == (html, {})


def test_bytes_in_any_encoding_come_back_as_they_were() -> None:
    data = "«Кран» <img src='data:image/jpeg;base64,%s'>".encode("cp1251") % JPEG.encode()
    taken, found = lift_from_bytes(data, lift_from_html)
    assert taken.startswith('«Кран» <img src="backfile-picture:'.encode("cp1251"))
    assert len(found) == 1


@given(st.text(alphabet="data:imge/png;bs64,%= ABC"))
def test_wild_addresses_give_a_picture_or_none(text: str) -> None:
    read_data_url(f"data:image/{text}")


def test_pictures_of_markdown_are_taken_out_of_images_and_definitions() -> None:
    text, found = lift_from_markdown(
        f"![A](data:image/jpeg;base64,{JPEG})\n\n![B][two]\n\n![two][] and [a link][two]\n\n"
        f"[two]: <data:image/jpeg;base64,{JPEG}>\n"
    )
    (picture,) = found.values()
    where = placeholder(picture)
    assert text == f"![A]({where})\n\n![B]({where})\n\n![]({where}) and [a link][two]\n\n"


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ('<img src="a b.jpg" alt="A [new] crane" width="300" />', r"![A \[new\] crane](<a b.jpg>)"),
        ("One <IMG alt='x > y' SRC=a.jpg> two", "One ![x > y](a.jpg) two"),
        ('<p align="center"><img src="a.jpg"></p>', '<p align="center"><img src="a.jpg"></p>'),
        ('<img alt="x">', ""),
        ("<imgx>", "<imgx>"),
    ],
)
def test_tags_of_pictures_in_markdown_are_images(written: str, becomes: str) -> None:
    assert tags_as_images(written) == becomes


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<img src="a.jpg" srcset="b.jpg 2x">', b"a"),
        ('<img data-src="a.jpg">', b"a"),
        ('<img srcset="a.jpg 1x, b.jpg 2x">', b"a"),
        ('<img src="https://coast.example/c.jpg" data-src="a.jpg">', b"a"),
        ('<img src="a.jpg" width="20" height="20">', None),
        ('<img src="a.jpg" width="16">', None),
        ('<img src="a.jpg" width="600" height="4">', b"a"),
        ('<img src="https://coast.example/c.jpg">', None),
    ],
)
def test_the_picture_of_an_image_is_what_came_with_the_page(html: str, wanted: bytes | None) -> None:
    files: Mapping[str, Embedded] = {"a.jpg": embedded(b"a"), "b.jpg": embedded(b"b")}
    found = take_pictures(parse(f"<p>x{html}</p>"), {}, files.get)
    assert [picture.data for picture in found.values()] == ([wanted] if wanted else [])


def test_a_small_picture_beside_an_address_only_holds_its_place() -> None:
    small, large = embedded(b"small"), embedded(b"large" * 2000)
    html = '<img src="{}" data-src="https://coast.example/c.jpg">'
    root = parse("".join(f"<p>x{html.format(placeholder(one))}</p>" for one in (small, large)))
    assert list(take_pictures(root, {one.sha256: one for one in (small, large)}, None)) == [large.sha256]


@pytest.mark.parametrize(
    "data",
    [
        photo(1, 1, "GIF"),
        photo(32, 32, "PNG"),
        written(Image.new("RGBA", (600, 400)), "PNG"),
        b'<svg viewBox="0 0 4 3"/>',
        b'<svg><rect width="9"/></svg>',
    ],
    ids=["pixel", "icon", "blank", "empty svg", "one rectangle"],
)
def test_an_ornament_in_the_text_is_no_picture(data: bytes) -> None:
    one = embedded(data, "image/svg+xml" if data.startswith(b"<svg") else "image/png")
    assert take_pictures(parse(f'<p>x<img src="{placeholder(one)}"></p>'), {one.sha256: one}, None) == {}


@pytest.mark.parametrize("data", [photo(120, 80, quality=20), b'<svg><path d="M0"/><text>9</text></svg>', b"broken"])
def test_a_small_picture_in_the_text_may_be_one(data: bytes) -> None:
    one = embedded(data)
    assert take_pictures(parse(f'<p>x<img src="{placeholder(one)}"></p>'), {one.sha256: one}, None)


def test_a_placeholder_that_stands_in_the_page_itself_is_nobodys() -> None:
    root = parse(f'<p>x<img src="{placeholder(embedded(b"a"))}"></p>')
    assert take_pictures(root, {}, None) == {}
    assert [image.get("src") for image in root.iter("img")] == ["data:,"]


@pytest.mark.parametrize(
    "address",
    ["/etc/a.jpg", "../a.jpg", "a/../../b.jpg", "C:\\a.jpg", "https://a.example/a.jpg", "a.txt", "", "a%00.jpg"],
)
def test_addresses_that_lead_elsewhere_are_no_files_beside(address: str) -> None:
    assert relative(address) is None


def test_a_folder_gives_no_more_than_it_may(tmp_path: Path) -> None:
    for name in ("crane.html", "own.jpg", "crane_files/a b.jpg", "other_files/a.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "crane_files/link.jpg").symlink_to(tmp_path / "own.jpg")
    page = beside(tmp_path / "crane.html")
    assert page
    assert page("./crane_files/a%20b.jpg?x=1") == b"crane_files/a b.jpg"
    for address in ("own.jpg", "other_files/a.jpg", "crane_files/link.jpg", "crane_files/no.jpg", "crane_files"):
        assert page(address) is None
    assert Folder(tmp_path)("own.jpg") == b"own.jpg"
    assert beside(tmp_path / "a.eml") is None
    assert companions(tmp_path / "crane.html") == (tmp_path / "crane_files",)


def test_what_a_text_refers_to_is_found_without_parsing_it() -> None:
    data = b"""<img src="a.jpg"><img srcset='b.png 2x, c.png'><img data-src=d.webp> ![x](e%20f.gif "t") ![[g h.jpg|x]]
    <img src="https://coast.example/i.jpg"><a href="j.jpg"> ![x](k.txt)"""
    assert sorted(map(str, referred(data))) == ["a.jpg", "b.png", "d.webp", "e f.gif", "g h.jpg"]


def test_an_archive_gives_its_files_by_path() -> None:
    packed = Packed({PurePosixPath("img/a.jpg"): b"a"})
    assert (packed("./img/a.jpg"), packed("img/b.jpg")) == (b"a", None)


def test_a_kept_page_finds_the_pictures_that_were_made_of_its_files(tmp_path: Path) -> None:
    path = picture_path(b"webp", 300, 200)
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_bytes(b"webp")
    receipt = {"enclosures": [{"name": "f/a.jpg", "kept": path}, {"name": "f/b.jpg", "kept": "../../x"}, "?"]}
    find = find_beside(Kept.of(receipt, tmp_path))
    assert find
    picture = find("f/a.jpg")
    assert picture
    assert (picture.data, picture.kept) == (b"webp", path)
    assert find("f/b.jpg") is None


def settled(markdown: str, *pictures: Embedded, policy: PicturePolicy | None = None) -> tuple[str, list[str]]:
    """Return the text of an item, and what the receipt says of each picture that is not kept."""
    items, enclosures = settle_pictures(
        [Item("Cranes", Kind.ARTICLE, markdown)],
        {picture.sha256: picture for picture in pictures},
        policy or PicturePolicy(),
    )
    return items[0].markdown, [one.reason for one in enclosures if one.kept is None]


PIXEL, BROKEN = embedded(photo(1, 1, "GIF"), "image/gif"), embedded(photo()[:1500])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One.\n\n![x]({})\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("![x]({})\n\nTwo.\n", "Two.\n"),
        ("One.\n\n![x]({})\n*Below.*\n\nTwo.\n", "One.\n\n*Below.*\n\nTwo.\n"),
        ("- ![x]({})\n- two\n", "- two\n"),
        ("> One.\n>\n> ![x]({})\n>\n> Two.\n", "> One.\n>\n> Two.\n"),
        ("One ![x]({}) two.\n", "One  two.\n"),
        ("![x]({})\n", ""),
        ("    code\n\n\n    more\n\n![x]({})\n", "    code\n\n\n    more\n"),
    ],
)
def test_an_ornament_leaves_no_trace_in_the_text(before: str, after: str) -> None:
    assert settled(before.format(placeholder(PIXEL)), PIXEL)[0] == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("![Two cranes]({})\n", "*Two cranes*\n"),
        ("[![Two cranes]({})](https://coast.example/)\n", "[Two cranes](https://coast.example/)\n"),
        ("![Two cranes]({})\n*Below.*\n", "*Below.*\n"),
    ],
)
def test_a_picture_that_cannot_be_kept_leaves_its_words(before: str, after: str) -> None:
    assert settled(before.format(placeholder(BROKEN)), BROKEN) == (after, ["is broken or cut short"])


def test_a_picture_that_no_text_shows_any_more_is_listed() -> None:
    assert settled("One.\n", BROKEN) == ("One.\n", ["where it stood was left out"])


def test_linking_needs_an_address_on_the_web() -> None:
    here, there = embedded(b"a"), Embedded(b"b", "b.jpg", "image/jpeg", url="https://coast.example/b.jpg?utm_source=x")
    text = f"![A]({placeholder(here)})\n\n![B]({placeholder(there)})\n\n![C](https://coast.example/c.jpg)\n"
    found, _ = settled(text, here, there, policy=PicturePolicy(Pictures.LINK))
    assert found == "*A*\n\n![B](https://coast.example/b.jpg)\n\n![C](https://coast.example/c.jpg)\n"


def test_dropping_leaves_no_link_and_no_code_touched() -> None:
    text = "![C](https://coast.example/c.jpg)\n\n```\n![C](https://coast.example/c.jpg)\n```\n"
    found, _ = settled(text, policy=PicturePolicy(Pictures.DROP))
    assert found == "*C*\n\n```\n![C](https://coast.example/c.jpg)\n```\n"


def test_no_more_are_kept_than_a_document_may_have() -> None:
    many = [embedded(photo(70 + number, 70)) for number in range(MAX_PICTURES + 1)]
    text = "\n\n".join(f"![]({placeholder(one)})" for one in many)
    assert settled(text, *many)[1] == [f"more than {MAX_PICTURES} stand in one document"]


def test_pictures_travel_on_the_block_below_and_come_back() -> None:
    where = placeholder(embedded(b"a"))
    texts = [Block(BlockKind.PARAGRAPH, "One.", "One."), Block(BlockKind.PARAGRAPH, "Two.", "Two.")]
    picture = Block(BlockKind.VERBATIM, "", f"![A]({where})\n*Below.*")
    assert is_picture(picture)
    blocks = [picture, texts[0], picture, picture, texts[1], picture]
    aside = put_aside(blocks)
    assert [block.text for block in aside] == ["One.", "Two.", ""]
    assert list(put_back(aside)) == blocks
