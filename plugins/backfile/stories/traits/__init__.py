"""What is known of each text alone: its features, and what reasons need of it."""
