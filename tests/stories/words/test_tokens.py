"""What is quick to work out is what is plain to work out: codes of a part of a text, and weights of words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.stories.words.background import RAREST, Shares, load_background
from backfile.stories.words.tokens import TOKEN, Codes, Written, codes, codes_within

texts = st.lists(
    st.sampled_from(["Ferry", "aground,", "1,500.5", "—", "", "\n", "\n\n", "don’t", "Зеленський,", "end.", "“So"])
).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(1, 12), st.integers(1, 8))
def test_codes_of_a_part(text: str, most: int, first: int) -> None:
    known = Codes()
    whole = codes(text, known).tolist()
    found, extent = codes_within(text, known, most, first)
    assert found.tolist() == whole[:most]
    if extent <= len(text):
        assert codes(text[:extent], known).tolist()[:first] == whole[:first]


@settings(deadline=None)
@given(st.lists(texts, min_size=1, max_size=4))
def test_tokens_stand_as_written_where_their_codes_do(several: list[str]) -> None:
    known = Codes()
    written = Written(several, known)
    said = [(owner, token) for owner, text in enumerate(several) for token in TOKEN.findall(text)]
    assert [(owner, known[token]) for owner, token in said] == list(
        zip(written.owners.tolist(), written.codes.tolist(), strict=True)
    )
    assert written.said(np.arange(len(said))) == [token for _, token in said]


@pytest.mark.parametrize("name", ["words", "pairs", "bones"])
def test_weights_are_those_of_the_table(name: str) -> None:
    table: Shares = getattr(load_background.__wrapped__(), name)  # of which nothing has been asked yet
    hashes = table.hashes[table.hashes < 1 << 32]
    asked = np.unique(np.concatenate((hashes - 1, hashes, hashes + 1, [0, (1 << 32) - 1])).clip(0))
    listed = dict(zip(hashes.tolist(), table.logs.tolist(), strict=False))
    weights = [listed.get(one, float(np.float32(RAREST))) for one in asked.tolist()]
    assert [weight for few in np.array_split(asked, 99) for weight in table.weights(few).tolist()] == weights
    assert table.weights(asked).tolist() == weights
