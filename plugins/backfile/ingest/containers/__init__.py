"""Files that hold several documents: archives, mailboxes, feeds, lists of articles."""

from backfile.ingest.containers.expand import expand

__all__ = ["expand"]
