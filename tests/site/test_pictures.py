"""A picture is published where a published text shows it, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from backfile.pictures import picture_path
from tests.building import build, files_of

SHOWN, WITHHELD, FORGOTTEN = (picture_path(data, 640, 360) for data in (b"shown", b"withheld", b"forgotten"))


def test_only_pictures_that_a_published_text_shows_are_published(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for path in (SHOWN, WITHHELD, FORGOTTEN, "images/plan.svg"):
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_bytes(b"picture")
    for outlet, path in (("Coast", SHOWN), ("Quay", WITHHELD)):
        text = f"---\ntitle: Cranes of {outlet}\ndate: 2025-03-14\nsource: {outlet}\n---\n\nThe cranes came.\n"
        file = content / f"articles/2025/03/{outlet.lower()}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{text}\n![Two cranes]({{static}}/{path})\n*On Monday.*\n", encoding="utf-8")
    (content / "sources.yaml").write_text("Quay: excerpt\n", encoding="utf-8")
    site = files_of(build(content, tmp_path / "output", SEARCH_INDEX=False))
    assert [path for path in site if path.startswith("images/") and path != "images/plan.svg"] == [SHOWN]
    assert f'src="../../../../{SHOWN}"'.encode() in site["2025/03/14/cranes-of-coast/index.html"]
    assert b"Two cranes" not in site["2025/03/14/cranes-of-quay/index.html"]
