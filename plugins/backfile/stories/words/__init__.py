"""Words: cut, folded, stemmed and hashed; names across scripts; what is common in the world."""
