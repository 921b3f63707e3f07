"""The third layer, one event: pairs worth a look, the evidence for each, and clusters of them."""
