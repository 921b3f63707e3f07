"""Raw files in, faithful Markdown articles out: the only part of Backfile that writes articles into ``content/``.

``read`` turns one raw document into items and touches nothing; ``changes.plan`` compares items
with what is in ``content/``; ``changes.apply`` carries the plan out; ``run`` is the edge that
reads files and the ledger of what was imported.
"""

from backfile.ingest.pipeline import examine, read
from backfile.ingest.records import Given, Item, RawDocument, Reading, Receipt

__all__ = ["Given", "Item", "RawDocument", "Reading", "Receipt", "examine", "read"]
