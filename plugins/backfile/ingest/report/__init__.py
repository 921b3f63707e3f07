"""What an import did, told on a terminal and as data."""
