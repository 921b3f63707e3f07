"""From likeness to stories: each text, in order, joins the story it is most like, or founds one.

How like a text is to a story is its mean likeness to the story's texts (pairs that have
no edge count as nothing), set against how alike those are among themselves: divided by
the square root of their mean likeness (itself included), which is the cosine with the
story's centre. So a story of short headlines, loosely alike, is as open to another one
as a story of long reports.

Rejected: single link (on 3,842 reports it chained 1,065 into one story); the best single
member (the same chains, slower).
"""

from __future__ import annotations

from backfile.stories.edges import Edges

JOIN = 0.15  # likeness to a story from which a text joins it


def assign(count: int, graph: Edges, *, join: float = JOIN) -> list[int]:
    """Return a story number for each of ``count`` texts; numbers follow the first text of each story."""
    stories: list[int] = []
    sizes: list[int] = []
    within: list[float] = []  # sum of likeness over the story's pairs
    starts, earlier, likeness = graph.start.tolist(), graph.earlier.tolist(), graph.likeness.tolist()
    for at in range(count):
        sums: dict[int, float] = {}
        for edge in range(starts[at], starts[at + 1]):
            story = stories[earlier[edge]]
            sums[story] = sums.get(story, 0.0) + likeness[edge]
        best, best_likeness = len(sizes), join
        for story, total in sums.items():
            size = sizes[story]
            spread = (size + 2 * within[story]) / size**2
            value = total / size / spread**0.5
            if value > best_likeness or (value == best_likeness and story < best):
                best, best_likeness = story, value
        if best == len(sizes):
            sizes.append(0)
            within.append(0.0)
        stories.append(best)
        sizes[best] += 1
        within[best] += sums.get(best, 0.0)
    return stories
