"""Pictures for tests, made here: a slope of colours with stripes, so that which side is up can be told."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from backfile.ingest.records import Embedded


def drawn(width: int, height: int) -> Image.Image:
    """Return a picture that is dark at its top left and red to its right."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, Image.blend(across, down, 0.5)))


def written(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return the file of a picture."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def photo(width: int = 320, height: int = 200, kind: str = "JPEG", **options: Any) -> bytes:
    """Return the file of a picture as a camera or an editor makes it."""
    return written(drawn(width, height), kind, **options)


def embedded(data: bytes, media_type: str = "image/jpeg") -> Embedded:
    """Return a picture as a reader takes it out of a document."""
    return Embedded(data, "crane.jpg", media_type)


def opened(data: bytes) -> Image.Image:
    """Return the picture in a file."""
    return Image.open(io.BytesIO(data))
