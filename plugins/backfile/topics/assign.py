"""Which topics an article belongs to.

Theory. An article belongs to a topic when it is *about* it, not when it mentions it in
passing. News is written as an inverted pyramid: what a text is about stands in its
headline and its summary, and is named again. So a phrase of the topic counts

- once, in the title, in the summary, or in a text of at most ``BRIEF_WORDS`` words;
- else at ``MENTIONS`` mentions or more in the body.

An editor's ``topics:`` in front matter always counts. ``all`` and ``none`` are conditions
on the whole text, where a single mention counts: a narrow topic stays narrow.

A phrase with a capital matches words with a capital only (``Turkey``), but for the topic's
title, whose capital says nothing; capitals throughout (``WHO``) match only capitals.

Known failures: a word with two meanings (Kursk the region, Kursk the submarine) needs a
``none`` rule; a long text that only ever says "the alliance" is not found without an alias.
Rejected: mentions per thousand words (a long text about two things loses both), and
English stems ("Poland" would find "Polish", but "Turkey" would find "turkeys").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from backfile.model import Article, Name, Topic
from backfile.phrases import Phrases

MENTIONS = 2
BRIEF_WORDS = 60


class _Rule(NamedTuple):
    """One phrase of one topic in one role (``any``, ``all``, ``none``)."""

    topic: str
    role: str
    phrase: str


class TopicMatcher:
    """Finds the topics of articles; made once for a set of topics and names."""

    def __init__(self, topics: Sequence[Topic], names: Iterable[Name] = ()) -> None:
        spellings = {
            spelling.casefold(): (name.name, *name.spellings)
            for name in names
            for spelling in (name.name, *name.spellings)
        }
        self._rules = {topic.slug: _rules(topic) for topic in topics}
        self._by_title = {title.casefold(): t.slug for t in topics for title in (t.slug, t.title, *t.aliases)}
        self._phrases = Phrases(
            (spelling, rule)
            for topic in topics
            for rule in self._rules[topic.slug]
            for spelling in spellings.get(rule.phrase.casefold(), (rule.phrase,))
        )

    def unknown(self, article: Article) -> tuple[str, ...]:
        """Return the topics that the article's front matter names and that no file describes."""
        return tuple(title for title in article.topics if title.casefold() not in self._by_title)

    def match(self, article: Article) -> tuple[str, ...]:
        """Return the slugs of the topics that the article belongs to, in the order of the topics given."""
        head = self._phrases.count(f"{article.title}\n{article.summary or ''}")
        body = self._phrases.count(article.body.text)
        enough = 1 if len(article.body.text.split(maxsplit=BRIEF_WORDS)) <= BRIEF_WORDS else MENTIONS
        stated = {self._by_title.get(title.casefold()) for title in article.topics}
        named = {rule.topic for rule in (*head, *body)}
        return tuple(
            slug
            for slug, rules in self._rules.items()
            if slug in stated or (slug in named and _belongs(rules, head, body, enough))
        )


def _rules(topic: Topic) -> list[_Rule]:
    roles = {
        "any": (_in_a_sentence(topic.title), *topic.aliases, *topic.rules.any),
        "all": topic.rules.all,
        "none": topic.rules.none,
    }
    return [_Rule(topic.slug, role, phrase) for role, phrases in roles.items() for phrase in phrases]


def _in_a_sentence(title: str) -> str:
    """Return a title as it would stand within a sentence: its capital may be that of a title only."""
    return title if title.split()[0].isupper() else title[0].lower() + title[1:]


def _belongs(rules: Sequence[_Rule], head: Counter[_Rule], body: Counter[_Rule], enough: int) -> bool:
    in_head = sum(head[rule] for rule in rules if rule.role == "any")
    in_body = sum(body[rule] for rule in rules if rule.role == "any")
    return (
        (in_head >= 1 or in_body >= enough)
        and all(head[rule] or body[rule] for rule in rules if rule.role == "all")
        and not any(head[rule] or body[rule] for rule in rules if rule.role == "none")
    )
