"""What an import changes in ``content/``: looked up, planned, and carried out."""
