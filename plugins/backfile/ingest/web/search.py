"""The last resort for a page's day: htmldate's search, held to what the page names in full."""

from __future__ import annotations

import re
from datetime import date

from htmldate import find_date
from lxml import html

from backfile.ingest.web.dates import DATE_IN_TEXT, read_date_string


def search(root: html.HtmlElement, url: str | None, today: date | None) -> date | None:
    """Return what htmldate makes of the page, any date that looks like its own, when the page names it in full."""
    latest = today.isoformat() if today else "2100-01-01"
    found = find_date(root, original_date=True, extensive_search=True, url=url, max_date=latest)
    day = read_date_string(found) if found else None
    return day if day is not None and _stands_on(root, day) else None


def _stands_on(root: html.HtmlElement, day: date) -> bool:
    """Tell whether the page names ``day`` in full: the search makes the first of the month of a mere month."""
    texts = "\n".join([*map(str, root.itertext()), *(value for element in root.iter() for value in element.values())])
    d, m, y = f"0?{day.day}", f"0?{day.month}", f"(?:{day.year // 100})?{day.year % 100:02}"
    orders = [r"\D{1,3}".join(parts) for parts in ((d, m, y), (m, d, y), (y, m, d))]
    numbers = "|".join([*orders, f"{day:%Y%m%d}"])
    return bool(re.search(rf"(?<!\d)(?:{numbers})(?!\d)", texts)) or any(
        read_date_string(text) == day for text in DATE_IN_TEXT.findall(texts)
    )
