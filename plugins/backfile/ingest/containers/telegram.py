"""The messages of a channel or a chat that Telegram exported as JSON, as rows of articles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from backfile.ingest.links import destination, resolve
from backfile.ingest.markdown.escape import escape_line

# A line without the white space around it, which parts of one line need.
_WORDS = re.compile(r"\S(?:[^\n]*\S)?")


def rows_of_chat(whole: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return a row for each message with words in it, or None when ``whole`` is no such export."""
    messages = whole.get("messages")
    if not isinstance(messages, list) or not all(isinstance(message, dict) for message in messages):
        return None
    if not any("date_unixtime" in message or "text_entities" in message for message in messages):
        return None
    rows = [
        {"id": message.get("id"), "date": message.get("date"), "source": whole.get("name"), "markdown": text}
        for message in messages
        if message.get("type") == "message" and (text := _markdown(message.get("text")))
    ]
    return rows or None


def _markdown(text: Any) -> str:
    """Return what was written, with its links; bold and other type is left to the reader."""
    parts = text if isinstance(text, list) else [text]
    return "".join(map(_part, parts)).strip()


def _part(part: Any) -> str:
    if isinstance(part, str):
        return _WORDS.sub(lambda words: escape_line(words.group()), part)
    if not isinstance(part, dict) or not isinstance(part.get("text"), str):
        return ""
    url = resolve(part["href"], None) if isinstance(part.get("href"), str) else None
    words = _part(part["text"])
    return f"[{words}]({destination(url)})" if url and "\n" not in words else words
