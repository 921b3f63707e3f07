"""Pages of stories, of two takes and of forty."""

from __future__ import annotations

from datetime import timedelta

from backfile.model import Reason
from backfile.pages.records import Difference, JoinNote, Page, Passage, Ref, SharedPoint, StoryPage, TakeColumn, Teaser

from .teasers import NAMED, NEWEST, RELATED, SUMMARY, UKRAINIAN, many_takes, teaser

_SHARED = (
    ("Nineteen ships put to sea from Veldhaven on Friday.", "all"),
    ("The pilots had laid down work nine days before, when the harbour office refused to hear them.", "only"),
    ("“We have not won everything, but we shall sleep,” said Marta Olevska.", "some"),
    ("Grain prices in the city had risen by a fifth.", "only"),
    ("The rota gives each pilot every third night off.", "all"),
)


def column(take: Teaser, turn: int) -> TakeColumn:
    """Return the text of ``take`` in two paragraphs, in an order of its own."""
    told = [Passage(text, kind) for text, kind in (*_SHARED[turn:], *_SHARED[:turn])]
    return TakeColumn(take, (tuple(told[:3]), tuple(told[3:])))


def a_story(takes: tuple[Teaser, ...], address: str) -> StoryPage:
    """Return a story page with these takes."""
    return StoryPage(
        template="story",
        address=address,
        title=takes[0].title,
        lang="en",
        description=SUMMARY,
        day=Ref("2025-03-13", "2025/03/13/"),
        first=NEWEST - timedelta(days=1),
        last=NEWEST,
        takes=takes,
        outlets=len({take.source for take in takes}),
        independent=len(takes) - 1,
        copies=(takes[1:3],) if len(takes) > 2 else (),
        joins=tuple(
            JoinNote(take, takes[0], (Reason("names", ("Veldhaven", "Olevska")), Reason("days", ("1",))))
            for take in takes[1:]
        ),
        columns=tuple(column(take, n % 3) for n, take in enumerate(takes)),
        shared=(
            SharedPoint(tuple((take, _SHARED[0][0]) for take in takes[:2])),
            SharedPoint(tuple((take, _SHARED[2][0]) for take in takes[:3])),
        ),
        differences=(
            Difference(((takes[0], ("19 ships", "nine days")), (takes[1], ("21 ships",)))),
            Difference(((takes[0], ("Friday",)), (takes[-1], ("Thursday",)))),
        ),
        topics=NAMED[:2],
        related=RELATED,
    )


def story_pages() -> dict[str, Page]:
    """Return pages of stories by a name for each."""
    return {
        "story": a_story((teaser(0), UKRAINIAN), "stories/grain-ships-leave/"),
        "story-three": a_story((teaser(0, source=None), UKRAINIAN, teaser(1, source=None)), "stories/three/"),
        "story-forty": a_story(many_takes(40), "stories/forty/"),
    }
