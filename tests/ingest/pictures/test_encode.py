"""Pictures made small and safe, and those that are not."""

from __future__ import annotations

import hashlib
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from backfile.ingest.pictures.encode import LONGEST_SIDE, Refused, encode
from backfile.ingest.records import Embedded, Picture
from backfile.pictures import picture_size
from tests.ingest.pictures.made import drawn, embedded, opened, photo, written


def kept(data: bytes, alt: str = "") -> Picture:
    made = encode(embedded(data), alt)
    assert isinstance(made, Picture), made
    return made


def refused(data: bytes, alt: str = "", media_type: str = "image/jpeg") -> Refused:
    made = encode(embedded(data, media_type), alt)
    assert isinstance(made, Refused), made
    return made


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "AVIF"])
def test_every_usual_kind_becomes_webp_with_its_size_in_its_name(kind: str) -> None:
    picture = kept(photo(320, 200, kind))
    assert picture_size(picture.path) == (320, 200)
    assert hashlib.sha256(picture.data).hexdigest() in picture.path
    with opened(picture.data) as image:
        assert (image.format, image.size) == ("WEBP", (320, 200))


def test_the_same_bytes_give_the_same_bytes() -> None:
    assert kept(photo()) == kept(photo())


@pytest.mark.parametrize(
    ("size", "becomes"),
    [((3200, 1600), (LONGEST_SIDE, 800)), ((1600, 400), (1600, 400)), ((700, 3500), (640, 3200))],
    ids=["large", "not enlarged", "a strip stays readable"],
)
def test_large_pictures_are_scaled_down(size: tuple[int, int], becomes: tuple[int, int]) -> None:
    assert picture_size(kept(photo(*size)).path) == becomes


def test_it_is_turned_as_the_camera_was_held_and_says_nothing_of_camera_and_place() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter, clockwise
    exif[0x010F] = "Quay Cameras"
    exif.get_ifd(0x8825)[2] = (46.0, 28.0, 0.0)
    picture = kept(photo(320, 200, exif=exif, comment=b"Quay Cameras"))
    assert picture_size(picture.path) == (200, 320)
    assert b"Quay" not in picture.data
    with opened(picture.data) as image:
        assert not image.getexif()
        dark, light = image.getpixel((195, 5)), image.getpixel((5, 315))
    assert isinstance(dark, tuple)
    assert isinstance(light, tuple)
    assert sum(dark) < 60 < sum(light)


def test_text_and_bytes_behind_a_picture_go() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "A. Reporter")
    assert b"Reporter" not in kept(photo(kind="PNG", pnginfo=notes) + b"A. Reporter").data


def test_what_is_transparent_is_white_so_that_black_letters_can_be_read_on_a_dark_page() -> None:
    image = drawn(200, 100).convert("RGBA")
    image.paste((0, 0, 0, 0), (100, 0, 200, 100))
    with opened(kept(written(image, "PNG")).data) as found:
        assert found.mode == "RGB"
        corner = found.getpixel((195, 50))
    assert isinstance(corner, tuple)
    assert min(corner) > 250


def test_a_drawing_of_few_colours_keeps_each_of_them() -> None:
    image = Image.new("RGB", (300, 200), "white")
    image.paste((200, 30, 30), (40, 40, 90, 160))
    with opened(kept(written(image, "PNG")).data) as found:
        assert sorted(colour for _, colour in found.convert("RGB").getcolors() or ()) == [(200, 30, 30), (255,) * 3]


@pytest.mark.parametrize(("mode", "kind"), [("L", "JPEG"), ("CMYK", "JPEG"), ("P", "GIF"), ("1", "PNG"), ("LA", "PNG")])
def test_other_modes_are_read(mode: str, kind: str) -> None:
    assert picture_size(kept(written(drawn(200, 100).convert(mode), kind)).path) == (200, 100)


def test_grey_in_sixteen_bits_is_not_all_white() -> None:
    image = Image.linear_gradient("L").resize((200, 100)).convert("I").point(lambda value: value * 256).convert("I;16")
    with opened(kept(written(image, "PNG")).data) as found:
        assert found.convert("L").getextrema()[0] in range(10)


def test_of_an_animation_the_first_frame_stays() -> None:
    frames = [drawn(200, 100), Image.new("RGB", (200, 100), "red")]
    for kind in ("GIF", "PNG", "WEBP"):
        picture = kept(written(frames[0], kind, save_all=True, append_images=frames[1:]))
        with opened(picture.data) as image:
            assert getattr(image, "n_frames", 1) == 1
            assert sum(image.convert("RGB").getpixel((2, 2))) < 90  # type: ignore[arg-type]  # RGB has three numbers


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (written(Image.new("RGB", (1, 1)), "GIF"), "tracking pixel"),
        (written(Image.new("RGB", (600, 2)), "GIF"), "tracking pixel"),
        (photo(48, 48), "ornament"),
        (photo(900, 20), "ornament"),
        (written(Image.new("RGB", (300, 200), "white"), "PNG"), "one colour"),
        (written(Image.new("RGBA", (300, 200), (1, 2, 3, 0)), "PNG"), "one colour"),
    ],
    ids=["pixel", "line", "icon", "divider", "blank", "transparent"],
)
def test_ornaments_are_none_that_a_reader_would_miss(data: bytes, reason: str) -> None:
    found = refused(data)
    assert reason in found.reason
    assert found.ornament


@pytest.mark.parametrize("alt", ["Facebook", "Share on Telegram", "follow us", "Поділитися"])
def test_buttons_for_sharing_go(alt: str) -> None:
    assert refused(photo(120, 120), alt).ornament
    assert kept(photo(400, 300), alt)


@pytest.mark.parametrize(
    "data",
    [b'<svg onload="x()"/>', b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'],
)
def test_svg_is_a_program(data: bytes) -> None:
    assert "SVG" in refused(data, media_type="image/png").reason


def png(width: int, height: int) -> bytes:
    """Return a PNG that says it is so large, and holds next to nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    body = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (png(60_000, 60_000), "larger than any"),
        (png(8_000, 7_000), "50 million"),
        (png(7_000, 5_000), "16 million"),
        (png(400, 300), "cut short"),
        (photo()[:2000], "cut short"),
        (photo(kind="PNG")[:600], "cut short"),
        (photo() + b"\xff\xda" * 300, "more often"),
        (b"\x89PNG\r\n\x1a\nnothing", "no picture"),
        (b"II*\x00" + bytes(100), "no picture"),
        (b"\x01\x00\x00\x00 EMF", "no picture"),
    ],
    ids=["bomb", "too large", "too large decoded", "short png", "cut jpeg", "cut png", "scans", "junk", "tiff", "emf"],
)
def test_a_picture_in_trouble_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    found = refused(data)
    assert reason in found.reason
    assert not found.ornament


def test_one_that_was_kept_stays_as_it_is() -> None:
    assert encode(Embedded(b"x", "a", "image/webp", kept="images/x.webp")) == Picture("images/x.webp", b"x")


@settings(max_examples=30)
@given(st.data())
def test_wild_bytes_are_kept_or_refused(data: st.DataObject) -> None:
    whole = bytearray(photo(100, 70, data.draw(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "BMP"]))))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(encode(embedded(bytes(whole))), Picture | Refused)
