"""The editor's word, and what gives a story its id."""
