"""Edits of an archive, as people make them: each changes files below a project's folder and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from backfile.reading import read_article
from tests.building import ARCHIVE, ROOT

Edit = Callable[[Path, Random], None]

_STORM = "A crane fell in Odesa harbour in the night storm, and three workers were hurt, said the port's captain."
_WORDS = ("tide", "harbour", "pilot", "quay", "ferry", "dredger", "lighthouse", "mooring", "cargo", "signal")


def project(folder: Path) -> Path:
    """Return a folder with an archive and a theme to edit."""
    shutil.copytree(ARCHIVE, folder / "content")
    shutil.copytree(ROOT / "theme", folder / "theme")
    return folder


def _articles(folder: Path) -> list[Path]:
    return sorted((folder / "content/articles").rglob("*.md"))


def _any(folder: Path, chance: Random) -> Path:
    return chance.choice(_articles(folder))


def _told(chance: Random) -> str:
    return " ".join(chance.choices(_WORDS, k=14)).capitalize() + ". " + _STORM


def add(folder: Path, chance: Random) -> None:
    """Write a new article."""
    number, day = chance.randrange(10**9), chance.randrange(10, 29)
    text = f"---\ntitle: Crane falls {number}\ndate: 2025-03-{day}\nsource: Quay {number % 3}\n---\n\n{_told(chance)}\n"
    (folder / f"content/articles/new-{number}.md").write_text(text, encoding="utf-8")


def change(folder: Path, chance: Random) -> None:
    """Add a paragraph to an article."""
    path = _any(folder, chance)
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{_told(chance)} NATO and Kyiv.\n", encoding="utf-8")


def _field(path: Path, name: str, value: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    end = lines.index("---", 1)
    head = [line for line in lines[1:end] if not line.startswith(f"{name}:")]
    path.write_text("\n".join(["---", *head, f"{name}: {value}", *lines[end:], ""]), encoding="utf-8")


def retitle(folder: Path, chance: Random) -> None:
    """Give an article another headline."""
    _field(_any(folder, chance), "title", f"Another headline {chance.randrange(1000)}")


def retag(folder: Path, chance: Random) -> None:
    """Put an article under a topic by hand."""
    topics = sorted(path.stem for path in (folder / "content/topics").glob("*.md"))
    _field(_any(folder, chance), "topics", f"[{chance.choice(topics)}]")


def redate(folder: Path, chance: Random) -> None:
    """Give an article another day."""
    _field(_any(folder, chance), "date", f"2025-02-{chance.randrange(10, 29)}")


def hide(folder: Path, chance: Random) -> None:
    """Make an article a draft, hide it, or show it."""
    _field(_any(folder, chance), "status", chance.choice(["draft", "hidden", "published"]))


def delete(folder: Path, chance: Random) -> None:
    """Delete an article."""
    if len(_articles(folder)) > 2:
        _any(folder, chance).unlink()


def rename(folder: Path, chance: Random) -> None:
    """Give an article's file another name; its address stays, for it has a slug or a title."""
    path = _any(folder, chance)
    path.rename(path.with_name(f"renamed-{chance.randrange(10**9)}.md"))


def topic(folder: Path, chance: Random) -> None:
    """Write a topic, or another rule for it."""
    word = chance.choice(_WORDS)
    text = f"---\ntitle: {chance.choice(['Harbour', 'Storms'])}\nrules:\n  any: [{word}, crane]\n---\n\nOn {word}s.\n"
    (folder / "content/topics/water.md").write_text(text, encoding="utf-8")


def names(folder: Path, chance: Random) -> None:
    """Teach the archive a name."""
    kind = chance.choice(["place", "person"])
    (folder / "content/names.yaml").write_text(
        f"- name: Odesa\n  kind: {kind}\n  spellings: [Odessa, Одеса, Одесса]\n", encoding="utf-8"
    )


def rights(folder: Path, chance: Random) -> None:
    """Publish less of an outlet's texts, or all."""
    (folder / "content/sources.yaml").write_text(
        f"The Harbour Post: {chance.choice(['full', 'excerpt', 'headline'])}\n", encoding="utf-8"
    )


def stories(folder: Path, chance: Random) -> None:
    """Say that an article stands in a story of its own."""
    ids = [path.stem for path in _articles(folder)]
    (folder / "content/stories.yaml").write_text(f"titles:\n  {chance.choice(ids)}: A name\n", encoding="utf-8")


def text(folder: Path, chance: Random) -> None:
    """Write a page of prose."""
    path = folder / "content/pages/about.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\ntitle: About {chance.randrange(9)}\n---\n\n{_told(chance)}\n", encoding="utf-8")


def template(folder: Path, chance: Random) -> None:
    """Change a template, or a part that others use."""
    name = chance.choice(["article.html", "components/teaser.html", "base.html", "topic.html"])
    path = folder / "theme/templates" / name
    path.write_text(f"{path.read_text(encoding='utf-8')}{{# {chance.random()} #}}\n", encoding="utf-8")
    if name == "base.html":
        path.write_text(path.read_text(encoding="utf-8").replace("</body>", "<p>Edited</p></body>"), encoding="utf-8")


def sheet(folder: Path, chance: Random) -> None:
    """Change a style sheet."""
    path = folder / "theme/static/css/base.css"
    path.write_text(f"{path.read_text(encoding='utf-8')}/* {chance.random()} */\n", encoding="utf-8")


def _id(folder: Path, path: Path) -> str:
    name = path.relative_to(folder / "content").as_posix()
    return read_article(path.read_text(encoding="utf-8"), name, default_lang="en").id


def group(folder: Path, chance: Random) -> None:
    """Say of two articles that they tell one story, or that they do not."""
    two = [_id(folder, path) for path in chance.sample(_articles(folder), 2)]
    text = f"{chance.choice(['merge', 'split'])}:\n  - [{', '.join(two)}]\n"
    (folder / "content/stories.yaml").write_text(text, encoding="utf-8")


def readdress(folder: Path, chance: Random) -> None:
    """Give an article another address; the one that it had leads there."""
    path = _any(folder, chance)
    before = _id(folder, path)
    _field(path, "slug", f"elsewhere-{chance.randrange(10**9)}")
    _field(path, "formerly", f"[{before}]")


def withdraw(folder: Path, chance: Random) -> None:
    """Take an article back."""
    if len(_articles(folder)) > 2:
        path = _any(folder, chance)
        line = {"id": _id(folder, path), "day": "2025-04-02", "reason": "The outlet asked for it."}
        with (folder / "content/withdrawn.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        path.unlink()


def translate(folder: Path, chance: Random) -> None:
    """Say that an article is in another language, or take back what was said."""
    _field(_any(folder, chance), "lang", chance.choice(["en", "uk", "ru", ""]))


def picture(folder: Path, chance: Random) -> None:
    """Change a picture, or show it in one more article."""
    picture = folder / "content/images/harbour-plan.svg"
    if chance.randrange(2):
        picture.write_text(f"{picture.read_text(encoding='utf-8')}<!-- {chance.random()} -->\n", encoding="utf-8")
    else:
        with _any(folder, chance).open("a", encoding="utf-8") as file:
            file.write("\n![The plan]({static}/images/harbour-plan.svg)\n")


def forget(folder: Path, chance: Random) -> None:
    """Delete what an editor has said of names, stories, rights, or a topic."""
    name = chance.choice(["names.yaml", "stories.yaml", "sources.yaml", "topics/water.md", "topics/danube-strikes.md"])
    (folder / "content" / name).unlink(missing_ok=True)


EDITS: tuple[Edit, ...] = (
    add,
    change,
    retitle,
    retag,
    redate,
    hide,
    delete,
    rename,
    topic,
    names,
    rights,
    stories,
    text,
    template,
    sheet,
    group,
    readdress,
    withdraw,
    translate,
    picture,
    forget,
)
