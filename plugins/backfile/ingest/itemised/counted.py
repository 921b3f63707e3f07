"""Items counted otherwise than by "1." at the head of a line: "IV.", "Story 2:", "Item three -", "3/7".

Such a number may be anything (an initial, a score), so it counts only where others count on from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from backfile.ingest.records import Block, BlockKind

# What items of news are called by those who count them; chapters, steps and days are parts of one text.
_NOUN = (
    r"(?:(?:news )?(?:story|item|headline|brief|report|news|segment|topic)|"
    r"новин[аи]|тема|сюжет|повідомлення|матеріал|історія|блок|замітка|"
    r"новость|сообщение|материал|история|заметка)"
)
_ORDINALS = (
    ("one", "first", "один", "перша", "перше", "перший", "первая", "первое", "первый", "одна"),
    ("two", "second", "два", "дві", "две", "друга", "друге", "другий", "вторая", "второе", "второй"),
    ("three", "third", "три", "третя", "третє", "третій", "третья", "третье", "третий"),
    ("four", "fourth", "чотири", "четыре", "четверта", "четверте", "четвертий", "четвертая", "четвертое"),
    ("five", "fifth", "п'ять", "пять", "п'ята", "п'яте", "п'ятий", "пятая", "пятое", "пятый"),
    ("six", "sixth", "шість", "шесть", "шоста", "шосте", "шостий", "шестая", "шестое", "шестой"),
    ("seven", "seventh", "сім", "семь", "сьома", "сьоме", "сьомий", "седьмая", "седьмое", "седьмой"),
    ("eight", "eighth", "вісім", "восемь", "восьма", "восьме", "восьмий", "восьмая", "восьмое", "восьмой"),
    ("nine", "ninth", "дев'ять", "девять", "дев'ята", "дев'яте", "дев'ятий", "девятая", "девятое"),
    ("ten", "tenth", "десять", "десята", "десяте", "десятий", "десятая", "десятое", "десятый"),
)
_OF_WORDS = {word: number for number, forms in enumerate(_ORDINALS, start=1) for word in forms}
_WORD = f"(?:{'|'.join(sorted(_OF_WORDS, key=len, reverse=True))})"
_STOP = r"(?:[.:)\]]|\s*[–—|-])"
_OPENING = r"[*_\[(]{0,3}"
_CLOSING = r"[*_]{0,3}\s+(?=\S)"
_ROMAN = re.compile(rf"{_OPENING}(?P<roman>[IVXІХ]{{1,5}})(?:[.)\]]|\s+[–—-]){_CLOSING}")
_NAMED = re.compile(
    rf"{_OPENING}{_NOUN}\s+(?:№\s?|no\.?\s?|#)?(?P<number>\d{{1,2}}|{_WORD}){_STOP}{_CLOSING}", re.IGNORECASE
)
_NAMED_AFTER = re.compile(rf"{_OPENING}(?P<number>{_WORD})\s+{_NOUN}{_STOP}{_CLOSING}", re.IGNORECASE)
_SHARE = re.compile(rf"[*_(\[]{{0,3}}(?P<number>\d{{1,2}})\s?(?:/|of|з|із|из)\s?\d{{1,2}}[)\]]?{_STOP}?{_CLOSING}")
_WORDED = re.compile(rf"{_OPENING}(?P<number>{_WORD})[.:)]{_CLOSING}", re.IGNORECASE)
_LIKELY = re.compile(rf"{_OPENING}(?:[IVXІХ]{{1,5}}\b|\d{{1,2}}\s?(?:/|of|з|із|из)|{_NOUN}\s|{_WORD}\b)", re.IGNORECASE)
_LATIN = str.maketrans("ІХ", "IX")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_MIN_COUNTED = 3


def counted(blocks: Sequence[Block]) -> dict[int, Block]:
    """Return those of ``blocks`` that count in such a way, without their numbers, by their places."""
    likely = [(at, block) for at, block in enumerate(blocks) if _may_count(block)]
    if len(likely) < _MIN_COUNTED:
        return {}
    for pattern in (_ROMAN, _NAMED, _NAMED_AFTER, _SHARE, _WORDED):
        places = [(at, match) for at, block in likely if (match := pattern.match(block.text))]
        numbers = [_value(match) for _, match in places]
        if len(numbers) < _MIN_COUNTED or numbers != list(range(1, len(numbers) + 1)):
            continue
        return {at: replace(blocks[at], text=blocks[at].text[match.end() :]) for at, match in places}
    return {}


def _may_count(block: Block) -> bool:
    if block.mark is not None or block.kind in (BlockKind.RULE, BlockKind.VERBATIM):
        return False
    return _LIKELY.match(block.text) is not None


def _value(match: re.Match[str]) -> int | None:
    if roman := match.groupdict().get("roman"):
        latin = roman.translate(_LATIN)
        return _ROMANS.index(latin) + 1 if latin in _ROMANS else None
    said = match["number"].casefold().replace("’", "'")
    return int(said) if said.isdigit() else _OF_WORDS[said]


def without_number(head: str) -> str:
    """Return a headline without the number that it begins with in one of these ways."""
    match = next((found for pattern in (_ROMAN, _NAMED, _NAMED_AFTER, _SHARE) if (found := pattern.match(head))), None)
    return head[match.end() :] if match else head
