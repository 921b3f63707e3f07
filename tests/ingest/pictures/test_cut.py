"""A brief that is taken back takes its pictures out of its digest."""

from __future__ import annotations

from backfile.ingest.cut import without_brief
from backfile.pictures import picture_path

OWN, OTHER = (f"{{static}}/{picture_path(data, 300, 200)}" for data in (b"own", b"other"))


def test_the_pictures_of_a_brief_go_with_it_and_those_of_others_stay() -> None:
    own, other = f"![Plough]({OWN})\n*At six.*", f"![Ferry]({OTHER})"
    snow = "Heavy snow halted the mountain railway on Thursday night."
    ferry = "Ferry workers in Lund called off a strike planned for the spring."
    rest = f"{other}\n\n## Ferries go again\n\n{ferry}\n"
    digest = f"{own}\n\n## Snow halts the railway\n\n{snow}\n\n{rest}"
    assert without_brief(digest, "Snow halts the railway", f"{own}\n\n{snow}\n") == rest
