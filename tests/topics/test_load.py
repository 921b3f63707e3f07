from __future__ import annotations

import pytest

from backfile.errors import ContentError
from backfile.model import Rules
from backfile.topics import read_topic

GOOD = """---
title: Harbour
aliases: [port, порт]
rules:
  any: [quay]
  none: ferry tale
parent: coast
---

Ships and *cranes*.
"""


def test_a_whole_topic() -> None:
    topic = read_topic(GOOD, "topics/harbour.md")
    assert (topic.slug, topic.title, topic.aliases, topic.parent) == ("harbour", "Harbour", ("port", "порт"), "coast")
    assert topic.rules == Rules(any=("quay",), none=("ferry tale",))
    assert topic.intro.strip() == "<p>Ships and <em>cranes</em>.</p>"


BROKEN = {
    "no front matter": ("Only text.", "no front matter"),
    "no title": ("---\naliases: [a]\n---\n", "needs a title"),
    "an unknown field": ("---\ntitle: A\nalias: [b]\n---\n", "alias: a topic has no such field"),
    "rules of another shape": ("---\ntitle: A\nrules: [b]\n---\n", "rules: these are no rules"),
    "aliases of another shape": ("---\ntitle: A\naliases: {b: c}\n---\n", "aliases: this is no list"),
}


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_topic_says_what_and_where(text: str, message: str) -> None:
    with pytest.raises(ContentError, match=message) as caught:
        read_topic(text, "topics/a.md")
    assert str(caught.value).startswith("topics/a.md")


def test_a_file_name_that_is_no_address() -> None:
    with pytest.raises(ContentError, match="can't be an address"):
        read_topic("---\ntitle: A\n---\n", "topics/A b.md")
