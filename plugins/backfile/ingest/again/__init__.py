"""Reading again what was kept, with the importer as it is now.

::

    kept raw file ──examine──▶ items ──match──▶ articles ──merge──▶ changes ──shown, agreed──▶ content/

For each field there are three words: what the importer wrote then, what it would write now,
and what stands in the file. What a hand changed stays; what the importer alone wrote follows
the importer. What it wrote then is known of a file that nobody edited (it is the file), and
of others from the hashes in the receipt (:mod:`backfile.ingest.changes.wrote`). Where neither is there,
every difference counts as a hand's.

A better reading of the same bytes is no new version of an article: it leaves no revision.
"""

from backfile.ingest.again.report import Report
from backfile.ingest.again.run import read_again

__all__ = ["Report", "read_again"]
