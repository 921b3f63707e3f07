"""Invented records of every kind of page, for tests that look at rendered pages."""
