"""What texts are about, for ``affairs.relating``: the names in their headlines and first lines, and rare words there.

Countries, capitals and offices are the setting and no subject; leaders whom half of all
news names are weak ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.structures.numbers import Numbers
from backfile.stories.traits.blocks import ordered
from backfile.stories.words import everyday
from backfile.stories.words.background import RAREST, Background
from backfile.stories.words.tokens import CAPITAL, NUMBER, STOP, Codes, bones, codes, stems

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
LEAD_CHARS: Final = 1500  # characters of the body that are looked at to find ...
LEAD_TOKENS: Final = 80  # ... the tokens in which subjects are sought
LEADER: Final = 0.35  # weight of a leader against another name
RARE: Final = 5.0  # weight (log-rarity) from which a word that is no name is a subject
SUBJECTS: Final = 16  # subjects of a text, the heaviest
WORD: Final = 0.6  # weight of such a word against a name's
_NAME_AT: Final = 32  # bit that parts names from words
_OWNER_AT: Final = 33


@cache
def _weak() -> tuple[Numbers, Numbers, Numbers]:
    """Return the stems of what is setting, of leaders, and of bodies."""
    lists = (everyday.SETTING, everyday.LEADERS, everyday.BODIES)
    setting, leaders, bodies = (Numbers.of(stems(codes(" ".join(sorted(names)), Codes()))) for names in lists)
    return setting, leaders, bodies


def subjects(leads: Sequence[NDArray[Any]], background: Background) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return (text, subject, weight) for texts of which ``leads`` are the token codes, by text, the heaviest first.

    Subjects are skeletons of names and stems of rare words.
    """
    import numpy as np

    setting, leaders, bodies = _weak()
    owners = np.repeat(np.arange(len(leads)), [len(lead) for lead in leads])
    tokens = np.concatenate([np.zeros(0, dtype=np.int64), *leads])
    hashes = stems(tokens)
    content = (hashes > 0) & (tokens & (STOP | NUMBER) == 0)
    content[content] = ~setting.have(hashes[content])
    owners, tokens, hashes = owners[content], tokens[content], hashes[content]
    keys, lengths = bones(tokens)
    rarity = background.word_weights(hashes)
    named = (tokens & CAPITAL > 0) & (lengths > 1)
    weights = np.where(bodies.have(hashes), RAREST, rarity) / RAREST
    weights *= np.where(leaders.have(hashes), LEADER, 1.0) * np.where(named, 1.0, WORD)
    kept = named | (rarity >= RARE)
    numbers = np.where(named, keys + (1 << _NAME_AT), hashes)[kept]
    distinct, order = ordered(owners[kept] << _OWNER_AT | numbers)
    starts = np.flatnonzero(np.diff(distinct, prepend=-1))
    distinct = distinct[starts]
    heaviest = np.maximum.reduceat(weights[kept][order], starts) if len(starts) else weights[:0]
    owners = distinct >> _OWNER_AT
    order = np.lexsort((distinct, -heaviest, owners))
    rank = np.arange(len(order)) - np.searchsorted(owners, owners[order])
    order = order[rank < SUBJECTS]
    return owners[order], distinct[order] & ((1 << _OWNER_AT) - 1), heaviest[order]
