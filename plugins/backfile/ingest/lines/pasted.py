"""What a page says of itself to its readers, in a text that somebody copied from it.

Buttons, the way to the page and its age stand above the first sentence; notices of advertisements
anywhere; lists of topics and of other headlines below the last sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from backfile.ingest.records import Block, BlockKind, count_characters
from backfile.ingest.vocabulary.lexicon import SECTION
from backfile.ingest.vocabulary.words import begins_high, ends_sentence, ends_with_full_stop, words

_BUTTON = re.compile(
    r"share|save|print|copy(?: link)?|listen(?: to (?:this )?(?:article|story))?|(?:\d+ )?comments?|"
    r"\d{1,2} (?:second|minute|min|hour|hr|day|week|month|year)s? ago|"
    r"(?:share|save) this (?:article|page)|(?:gift|bookmark) (?:this )?article|"
    r"teilen|merken|drucken|partager|imprimer|udostępnij|drukuj|distribuie|compartir|"
    r"поділитися|друкувати|коментарі|поделиться|распечатать|комментарии|"
    r"\d{1,2} (?:хвилин|годин|дн|минут|час)\w* (?:тому|назад)",
    re.IGNORECASE,
)
# What social networks set below a post.
_REACTION = re.compile(
    r"like|comment|share|reply|repost|send|all reactions:?|(?:[\d.,]+ ?[kм]? ?)?"
    r"(?:likes?|comments?|shares?|reposts?|views?)|"
    r"подобається|коментувати|поширити|надіслати|усі реакції:?|нравится|комментировать|поделиться|все реакции:?|"
    r"[\d.,]+ ?(?:коментар\w*|поширен\w*|комментари\w*|просмотр\w*|перегляд\w*)",
    re.IGNORECASE,
)
_ADVERTISEMENT = re.compile(
    r"[\W_]*(?:advertisement(?:\W+(?:scroll to continue|(?:story|article) continues below))?|"
    r"(?:story|article) continues below(?: (?:this )?ad(?:vertisement)?)?|реклама|anzeige|publicité|reklama|"
    r"publicitate|publicidad)[\W_]*",
    re.IGNORECASE,
)
# The way to a page, from its site's front page on.
_TRAIL = re.compile(
    r"(?:home(?:page)?|startseite|accueil|strona główna|acasă|inicio|головна|главная)"
    r"(?:\s*[/>»›→|]\s*[^/>»›→|]{1,40})+",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"related (?:topics|tags|stories|articles)|more on this (?:story|topic)|topics(?: in this article)?|tags|"
    r"пов['’ʼ]язані теми|теги|теми|теги|темы|schlagwörter|thèmes|tagi",
    re.IGNORECASE,
)
_TOP = 12
_LINE_KINDS = (BlockKind.LINE, BlockKind.PARAGRAPH)
_MAX_KICKER_WORDS = 2
_MIN_HEADLINE_WORDS = 4
_MAX_BELOW = 20
_MAX_BELOW_WORDS = 14


def without_page_lines(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], int]:
    """Return ``blocks`` without such lines, and how many characters these had."""
    blocks = tuple(blocks)
    top = next((index for index, block in enumerate(blocks[:_TOP]) if ends_sentence(block.text)), _TOP)
    kept = [block for index, block in enumerate(blocks) if not _is_of_page(block, at_top=index < top)]
    end = _end(kept)
    while end > 1 and kept[end - 1].kind in _LINE_KINDS and _REACTION.fullmatch(kept[end - 1].text):
        end -= 1
    lost = _characters(blocks) - _characters(kept[:end])
    return (tuple(kept[:end]), lost) if lost else (blocks, 0)


def is_kicker(block: Block, below: Block) -> bool:
    """Tell whether ``block`` is a section's name above the headline ``below``: a word or two, in capitals or known."""
    text, headline = block.text, below.text
    if block.kind is not BlockKind.LINE or below.kind is not BlockKind.LINE or block.mark or below.mark:
        return False
    shouts = text.isupper() and len(words(text)) <= _MAX_KICKER_WORDS
    if not (shouts or SECTION.fullmatch(text)) or headline.isupper() or not begins_high(headline):
        return False
    return len(words(headline)) >= _MIN_HEADLINE_WORDS and not ends_with_full_stop(headline)


def _is_of_page(block: Block, *, at_top: bool) -> bool:
    if block.kind not in _LINE_KINDS or block.mark is not None:
        return False
    found = _ADVERTISEMENT.fullmatch(block.text)
    return bool(found or (at_top and (_BUTTON.fullmatch(block.text) or _TRAIL.fullmatch(block.text))))


def _end(blocks: Sequence[Block]) -> int:
    """Return where the text ends: above a list of topics or headlines that reaches to the end."""
    for index in range(max(1, len(blocks) - _MAX_BELOW), len(blocks)):
        if blocks[index].kind in _LINE_KINDS and _BELOW.fullmatch(blocks[index].text):
            below = blocks[index + 1 :]
            if below and all(_is_label(block) for block in below):
                return index
    return len(blocks)


def _characters(blocks: Sequence[Block]) -> int:
    return sum(count_characters(block.text) for block in blocks)


def _is_label(block: Block) -> bool:
    return not ends_sentence(block.text) and len(words(block.text)) <= _MAX_BELOW_WORDS
