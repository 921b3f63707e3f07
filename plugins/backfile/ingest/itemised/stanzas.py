"""Items that blank lines divide: in each a headline with whatever stands close below it, be it a text or an address."""

from __future__ import annotations

from collections.abc import Sequence

from backfile.ingest.itemised.gathered import gathered
from backfile.ingest.itemised.items import Items, found_in, says_something
from backfile.ingest.itemised.pastimes import is_pastime
from backfile.ingest.itemised.units import Unit, ends_letter

_MIN_STANZAS = 3
_NEARLY_ALL = 0.8
_PLAIN = frozenset({"link", "label", "capitals"})
_GROWTH = 1.25  # times as long as the headline is the text below it, where there is one


def stanzas(units: Sequence[Unit]) -> Items | None:
    """Return the groups of lines between blank lines, when nearly all have a headline and something close below it.

    Single lines between them are the names of sections; the groups above the first and below the
    last that say something are the issue's.
    """
    groups: list[list[Unit]] = []
    for unit in units:
        if unit.is_rule or unit.block.apart or not groups or groups[-1][0].is_rule:
            groups.append([])
        groups[-1].append(unit)
    told = [at for at, group in enumerate(groups) if _is_stanza(group)]
    if len(told) < _MIN_STANZAS:
        return None
    first, last = told[0], told[-1] + 1
    own = [group for group in groups[first:last] if len(group) > 1 and not is_pastime(group[0])]
    between = [group for group in groups[first:last] if len(group) == 1 or is_pastime(group[0])]
    labels = all(group[0].is_rule or group[0].is_label or is_pastime(group[0]) for group in between)
    if not labels or len(told) < _NEARLY_ALL * len(own) or _has_fields(own):
        return None
    before = [unit for group in groups[:first] for unit in group]
    after = [unit for group in groups[last:] for unit in group]
    return gathered("stanza", own, before, [unit for group in between for unit in group], after)


def _has_fields(groups: Sequence[Sequence[Unit]]) -> bool:
    """Tell whether most groups begin with the same name of a field, as catalogues do."""
    return len({group[0].text.partition(":")[0] for group in groups}) * 2 <= len(groups)


def _is_stanza(group: Sequence[Unit]) -> bool:
    head, rest = group[0], group[1:]
    if not rest or not head.is_line or head.signs - _PLAIN or any(map(ends_letter, group)) or is_pastime(head):
        return False
    found = found_in("stanza", group)
    longest = max(len(unit.text) for unit in rest)
    return says_something(found) and (found.url is not None or longest > _GROWTH * len(head.text))
