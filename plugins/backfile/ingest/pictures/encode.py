"""A picture made small and safe: decoded within limits, turned upright, scaled down, written anew as WebP.

What comes out holds pixels and nothing else: no EXIF (so no place and no camera), no
profile, no text, no second frame, no bytes behind the picture. The same bytes give the
same bytes with the same version of Pillow. SVG is a program rather than a picture, and is
refused, as is whatever needs a decoder that news pictures don't.

The limits are what a hostile file meets first. Its size in pixels is read before any of them
is decoded; a JPEG is decoded at a half, a quarter or an eighth where that is enough, but a
progressive one may ask for one pass after another over the whole picture, so its passes
are counted; of an animation the first frame alone is decoded.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backfile.ingest.records import Embedded, Picture
from backfile.pictures import picture_path

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 1600
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
_MAX_DECODED = 16_000_000  # pixels, after a JPEG's own scaling
_MAX_SCANS = 200
_QUALITY = 80
_FEW_COLOURS = 256  # a drawing, a chart: written without loss it is small and stays sharp
_PIXEL = 3  # pixels of a side, up to which nobody is meant to see it
_ICON = 64  # of the longer side
_SHARE_ICON = 200
_LINE = 16  # times as long as high: a divider
_STRIP = 640  # pixels that an infographic stays wide, or a panorama high
_LONGEST_STRIP = 6400
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF")
# What Pillow's decoders raise on bytes that nobody wrote for them.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, LookupError, TypeError, OverflowError)
_SVG = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg\b",
    re.DOTALL | re.IGNORECASE,
)
_DRAWN = re.compile(rb"<(?!/|svg\b|\?|!)", re.IGNORECASE)
_MAYBE_BLANK = 1024  # bytes of a file that may be nothing but one colour
_SHARE = re.compile(
    r"(?:(?:share|follow|tweet|like|join|find|поділи\w+|подели\w+)\b.{0,40}|"
    r"(?:(?:on|us|в|у|на)\s+)?(?:facebook|twitter|x|instagram|telegram|linked-?in|you-?tube|whats-?app|viber|threads|"
    r"bluesky|mastodon|pinterest|reddit|rss|e-?mail|print)(?:\s+(?:icon|logo))?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a picture is not kept; an ``ornament`` is none that a reader would miss."""

    reason: str
    ornament: bool = False


def encode(source: Embedded, alt: str = "") -> Picture | Refused:
    """Return the picture as it is kept, or why it is not; ``alt`` is the text that the document gives it.

    One that an import has kept before stays as it is: each writing anew would lose a little.
    """
    if source.kept:
        return Picture(source.kept, source.data)
    if _is_svg(source):
        return Refused("SVG may hold scripts, and is not kept")
    if len(source.data) > MAX_BYTES:
        return Refused(f"has more than {MAX_BYTES // 1024 // 1024} MB")
    if source.data[:2] == b"\xff\xd8" and source.data.count(b"\xff\xda") > _MAX_SCANS:
        return Refused("asks to be decoded more often than any camera does")
    from PIL import Image, UnidentifiedImageError  # not at the top: a build, and most imports, have no use for it

    try:
        with _quietly(), Image.open(io.BytesIO(source.data), formats=_FORMATS) as image:
            return _refused(image, alt) or _written(image)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        bomb = isinstance(error, Image.DecompressionBombError)
        return Refused("is larger than any news picture" if bomb else "is no picture that can be read")
    except _BROKEN:
        return Refused("is broken or cut short")


def is_ornament(source: Embedded) -> bool:
    """Tell, without much work, whether a picture is a pixel, an icon, or blank: it may hold another's place."""
    if _is_svg(source):
        return len(_DRAWN.findall(source.data[:4096])) <= 1
    from PIL import Image

    try:
        with _quietly(), Image.open(io.BytesIO(source.data), formats=_FORMATS) as image:
            refused = _refused(image, "")
            if refused is None and len(source.data) < _MAYBE_BLANK and image.width * image.height <= _MAX_DECODED:
                return _is_blank(_scaled(image, (_ICON, _ICON)))
            return refused is not None and refused.ornament
    except (*_BROKEN, Image.DecompressionBombError):
        return False


def _is_svg(source: Embedded) -> bool:
    return source.media_type == "image/svg+xml" or _SVG.match(source.data[:4096]) is not None


@contextmanager
def _quietly() -> Iterator[None]:
    """Ignore warnings of sizes, which are measured here, and of broken metadata, which go."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _is_blank(image: Image) -> bool:
    """Tell whether a picture in RGB is all of one colour."""
    return all(isinstance(band, tuple) and band[0] == band[1] for band in image.getextrema())


def _refused(image: Image, alt: str) -> Refused | None:
    """Return why a picture need not be decoded: it is too large, or too small to be one."""
    width, height = image.size
    longer, shorter = max(image.size), min(image.size)
    if width * height > MAX_PIXELS:
        return Refused(f"has {width:,} × {height:,} pixels; the limit is {MAX_PIXELS // 1_000_000} million")
    if shorter <= _PIXEL:
        return Refused("a tracking pixel, or a line", ornament=True)
    if longer <= _ICON or longer > shorter * _LINE:
        return Refused(f"an ornament ({width} × {height} pixels)", ornament=True)
    if longer <= _SHARE_ICON and _SHARE.fullmatch(" ".join(alt.split())):
        return Refused("a button for sharing", ornament=True)
    return None


def _written(image: Image) -> Picture | Refused:
    """Return a picture as it is kept."""
    size = _target(image.width, image.height)
    image.draft("RGB", size)  # decodes a JPEG smaller, but no smaller than this
    if image.width * image.height > _MAX_DECODED:
        limit = f"the limit is {_MAX_DECODED // 1_000_000} million but for JPEG"
        return Refused(f"has {image.width:,} × {image.height:,} pixels; {limit}")
    image.load()
    small = _upright(_scaled(image, size))
    if _is_blank(small):
        return Refused("is all of one colour", ornament=True)
    few = small.getcolors(_FEW_COLOURS) is not None
    small.info.clear()
    file = io.BytesIO()
    small.save(file, "WEBP", quality=_QUALITY, method=4, lossless=few)
    data = file.getvalue()
    return Picture(picture_path(data, small.width, small.height), data)


def _target(width: int, height: int) -> tuple[int, int]:
    """Return the largest size of a picture of this shape; a long strip stays wide enough to be read."""
    longer, shorter = max(width, height), min(width, height)
    allowed = min(max(LONGEST_SIDE, _STRIP * longer // shorter), _LONGEST_STRIP)
    return allowed, allowed


def _scaled(image: Image, size: tuple[int, int]) -> Image:
    """Return a picture in RGB, no larger than ``size``.

    What is transparent becomes white: a chart with black letters is to be read on a dark page, too.
    """
    from PIL.Image import Resampling, new

    if image.mode.startswith("I"):  # grey in sixteen bits
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    small = image.convert(mode) if image.mode in ("1", "P", "PA") else image  # colours in a table can't be mixed
    small.thumbnail(size, Resampling.LANCZOS, reducing_gap=2.0)
    small = small.convert(mode)
    if mode == "RGBA":
        opaque = new("RGB", small.size, "white")
        opaque.paste(small, mask=small.getchannel("A"))
        opaque.info.update(small.info)
        return opaque
    return small


def _upright(image: Image) -> Image:
    """Return a picture turned as its camera was held."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN:  # what it says of itself is broken, not what it shows
        return image
