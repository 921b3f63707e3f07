"""The fourth layer: the same affair, another event."""
