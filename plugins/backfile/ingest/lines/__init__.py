"""Plain text to structure: from lines to paragraphs, headings, lists and what the lines around a text say."""
