"""The names of months, from January on, as dates write them in the languages in which Backfile reads whole letters."""

from __future__ import annotations

ENGLISH = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
UKRAINIAN = (
    "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада",
    "грудня",
)  # fmt: skip
RUSSIAN = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
# For each month its names in all of these.
IN_DATES = tuple(tuple(" ".join(names).split()) for names in zip(ENGLISH, UKRAINIAN, RUSSIAN, strict=True))
