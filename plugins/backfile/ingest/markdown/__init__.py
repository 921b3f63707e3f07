"""Markdown in, of any tool; and Markdown out."""
