from __future__ import annotations

import pytest

from backfile.ingest.pipeline import examine
from backfile.ingest.records import RawDocument
from backfile.model import DateBasis

BODY = (
    "<p>Криголам «Норд» вийшов із порту на світанку, повідомив капітан гавані Олег Дорош.</p>"
    "<p>За ним ідуть чотири судна із зерном; вони стояли в кризі дев’ять діб.</p>"
)
PAGE = (
    '<html><head><meta charset="{declared}"><title>Криголам вийшов у море — Вісник затоки</title>'
    '<meta property="og:title" content="Криголам вийшов у море">'
    '<meta property="article:published_time" content="2025-02-03T06:10:00+02:00"></head>'
    "<body><nav><a href='/'>Головна</a></nav><article><h1>Криголам вийшов у море</h1>"
    + BODY
    + "</article></body></html>"
)


@pytest.mark.parametrize("declared", ["windows-1251", "utf-8", "koi8-r"])
@pytest.mark.parametrize("real", ["utf-8", "cp1251", "koi8-u", "utf-16"])
def test_a_page_is_read_whatever_it_says_of_its_encoding(declared: str, real: str) -> None:
    page = PAGE.replace("’", "'") if real == "koi8-u" else PAGE
    page = page.replace("—", "-").replace("«", '"').replace("»", '"') if real == "koi8-u" else page
    reading = examine(RawDocument(page.format(declared=declared).encode(real), "page.html"))
    item = reading.items[0]
    assert (item.title, item.lang) == ("Криголам вийшов у море", "uk")
    assert (str(item.date), item.date_basis) == ("2025-02-03", DateBasis.METADATA)
    assert item.markdown.startswith("Криголам")
    assert "Головна" not in item.markdown
    assert reading.receipt.characters == reading.receipt.kept + sum(n for _, n in reading.receipt.dropped)
