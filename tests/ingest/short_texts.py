"""An article and a digest, each as short as one can be: what most tests of imports take in."""

from __future__ import annotations

PORT = "Port opens again\n\nThe port opened on Friday after nine months of work. The council paid for it.\n"
DIGEST = """Evening digest

Drought closes two canals to barges
Two canals in the lowlands were closed to barges because of the drought.

Snow halts the mountain railway
Heavy snow halted the mountain railway on Thursday night.
"""
