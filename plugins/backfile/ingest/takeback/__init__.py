"""What takes texts out of ``content/`` again: undoing an import, withdrawing for good."""
