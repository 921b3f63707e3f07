"""Makes archives of invented articles whose statistics resemble news.

A sentence mixes English function words, common words of news, and the words of its event;
each event has names and rare words of its own. One to four outlets tell it within three
days, in part with the same sentences. The same number gives the same archive.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from backfile import frontmatter
from backfile.slugs import slugify

_FUNCTION_WORDS = """
the of to and a in that on for is was with as by at it from has be his are not have an were this had its who which
their after will would said been but they he more about or when one also than she we two her there could if over
other into out up before last all first some against between while during new no many under most
"""
_NEWS_WORDS = """
government police officials people city year state minister president country week court company report million
percent group public security talks former law party power leader market war army force region border south north
east west day month morning night town road house school hospital water fire vote election plan price trade worker
union strike budget tax bank office member meeting statement decision agreement support call attack defence official
spokesman local national foreign economic political military international
"""
_SYLLABLES = """
ka lo mi ren sto va pel du gra ne tri ob shi zan ur el bor fi hem
"""
FUNCTION_WORDS, NEWS_WORDS, SYLLABLES = _FUNCTION_WORDS.split(), _NEWS_WORDS.split(), _SYLLABLES.split()
SENTENCES = 26
OUTLETS = [f"The {place} {kind}" for place in ("Harbour", "Valley", "Border", "Summit") for kind in ("Post", "Wire")]
TOPICS = 12


def write_archive(folder: Path, number: int) -> None:
    """Write ``number`` articles and ``TOPICS`` topics below ``folder``."""
    chance = random.Random(number)  # noqa: S311  # repeatable, not secret
    topics = sorted({word(chance, 3).capitalize() for _ in range(TOPICS)})
    (folder / "topics").mkdir(parents=True)
    for topic in topics:
        (folder / "topics" / f"{slugify(topic)}.md").write_text(f"---\ntitle: {topic}\n---\n\nOn {topic}.\n")
    written = 0
    day = date(2015, 1, 1)
    while written < number:
        day += timedelta(days=chance.random() < 0.12)
        own = [word(chance, 3) for _ in range(60)]
        names = [word(chance, 3).capitalize() for _ in range(4)] + [chance.choice(topics)]
        shared = [sentence(chance, own, names) for _ in range(6)]
        for _ in range(min(chance.choice([1, 1, 1, 2, 2, 4]), number - written)):
            told = [sentence(chance, own, names) for _ in range(SENTENCES - len(shared))]
            _write(folder, written, day + timedelta(days=chance.randrange(3)), chance, shared, told)
            written += 1


def _write(folder: Path, at: int, day: date, chance: random.Random, shared: list[str], told: list[str]) -> None:
    title = " ".join(shared[0].split()[:8]).rstrip(".,")
    sentences = shared + told
    body = "\n\n".join(" ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4))
    values = {
        "title": title,
        "date": day,
        "slug": f"{slugify(title)[:60].strip('-')}-{at}",
        "lang": "en",
        "source": {"name": chance.choice(OUTLETS)},
        "summary": shared[0],
    }
    path = folder / "articles" / f"{day:%Y/%m}" / f"{values['slug']}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(frontmatter.dump(values, body), encoding="utf-8")


def word(chance: random.Random, syllables: int) -> str:
    """Return an invented word."""
    return "".join(chance.choice(SYLLABLES) for _ in range(syllables))


def sentence(chance: random.Random, own: list[str], names: list[str]) -> str:
    """Return a sentence of common words, an event's ``own`` words, and one of its ``names``."""
    length = chance.randint(12, 28)
    sources = chance.choices([FUNCTION_WORDS, NEWS_WORDS, own], [45, 30, 25], k=length)
    words = [chance.choice(source) for source in sources]
    words[chance.randrange(1, length)] = chance.choice(names)
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."
