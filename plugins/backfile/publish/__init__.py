"""Putting a built site in place, looking at it, and sending it to its host."""
