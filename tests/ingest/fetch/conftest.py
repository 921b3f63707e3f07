from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ingest.fetch.world import World, serving


@pytest.fixture
def world() -> Iterator[World]:
    with serving() as found:
        yield found
