"""Dates that have not come yet: a slip of the pen, an embargo, or the day and the month the wrong way round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from backfile.ingest.records import Item, Reading
from backfile.model import DateBasis

# Where the outlet is, it may be tomorrow already.
_FURTHER_EAST = timedelta(days=1)


def flag_future(reading: Reading, today: date) -> Reading:
    """Return a reading with a note for each date after ``today``, which is a guess unless the editor gave it."""
    late = sorted({item.date for item in reading.items if item.date and item.date > today})
    if not late:
        return reading
    receipt = replace(
        reading.receipt, notes=(*reading.receipt.notes, *(f"date: {day} lies in the future" for day in late))
    )
    items = tuple(_doubted(item) if _is_doubtful(item, today) else item for item in reading.items)
    if items[0] != reading.items[0]:
        receipt = replace(receipt, guessed=items[0].guessed)
    return Reading(items, receipt)


def _is_doubtful(item: Item, today: date) -> bool:
    if item.date is None or item.date_basis is DateBasis.GIVEN or "date" in item.guessed:
        return False
    return item.date > today + _FURTHER_EAST


def _doubted(item: Item) -> Item:
    return replace(item, guessed=("date", *item.guessed))
