"""Data structures of grouping that know nothing of texts."""
