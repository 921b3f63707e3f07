"""Second thoughts on what an import had to guess: each guess is shown, and a person's answer takes its place."""

from backfile.ingest.review.dialog import review

__all__ = ["review"]
