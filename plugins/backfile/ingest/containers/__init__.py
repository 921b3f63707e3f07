"""Files that hold several documents: archives, mailboxes, feeds, lists of articles."""

from backfile.ingest.containers.expand import expand
from backfile.ingest.containers.large import BEGINNING, MAX_LARGE, Large, too_large

__all__ = ["BEGINNING", "MAX_LARGE", "Large", "expand", "too_large"]
