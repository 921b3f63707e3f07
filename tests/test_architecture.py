"""Who may import whom, and why: the way of a briefing goes one way (docs/architecture.md)."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent / "plugins/backfile"

# Small pure modules without a place of their own on the way: all may use them, they use but each other.
TOOLS = {
    "addresses",
    "amend",
    "articles",
    "candidates",
    "chunks",
    "errors",
    "folders",
    "frontmatter",
    "marks",
    "model",
    "moves",
    "names",
    "pages.records",
    "phrases",
    "pickled",
    "pictures",
    "rights",
    "sentences",
    "slugs",
    "visible",
    "withdrawals",
    "wordlists",
    "yamltext",
}

# The arrows between all others, each with its reason.
ARROWS = {
    "archive": {
        "stories": "an archive groups its articles",
        "topics": "and sorts them",
    },
    "check": {},
    "commands": {},
    "content": {
        "archive": "commands get the archive without pages",
        "reading": "of what they read from its files",
        "stories": "with the editor's word and the ledger",
        "topics": "and its topics",
    },
    "ingest": {},
    "incremental": {
        "archive": "a build makes an archive of what it has read",
        "content": "of the folder that it reads",
        "pages": "and plans its pages",
        "reading": "its workers read the texts",
        "search": "and what has changed is indexed",
        "stories": "and stories go on from those of an earlier build",
    },
    "intake": {
        "ingest": "a command that gives it the clock and the user's words",
    },
    "pages": {
        "archive": "pages show an archive",
        "reading": "links in a text lead to where its page and its files are",
        "search": "and bring the tables that the search page looks things up in",
        "stories": "a story page compares its takes",
        "wording": "the records of pages that list things carry their names",
    },
    "publish": {
        "stories": "what is published is written into the ledger of stories",
    },
    "reading": {},
    "related": {
        "stories": "a command of its own for what that package finds",
    },
    "search": {},
    "site": {
        "archive": "the adapters have Pelican's articles made an archive",
        "content": "with what editors say beside them",
        "incremental": "where no other plugin needs Pelican's articles, only what has changed is made",
        "pages": "and pages",
        "publish": "and put in place what was rendered",
        "reading": "Pelican's reader hands over to ours",
        "search": "the rendered pages are indexed before they are put in place",
        "wording": "templates get the words of their language",
    },
    "stories": {},
    "story_review": {
        "archive": "a command that asks an editor about an archive's stories",
        "stories": "of which it is told what is doubtful",
        "wording": "and why, in words",
    },
    "takeback": {
        "content": "a command that asks who is left of a story whose founding text goes",
        "ingest": "and has articles taken out, with all that came from their import",
        "stories": "it looks founders up in the ledger",
    },
    "topics": {
        "reading": "a topic's intro is Markdown",
    },
    "wording": {},
}

# The one part of ingest that the network is asked by.
FETCH = "ingest/fetch"

# Who alone may use what is not ours.
RESERVED = {"pelican": "site", "invoke": "commands"}

# The same content gives the same records: no clock, chance, environment or other program has a say in them.
PURE = TOOLS | {"archive", "pages", "reading", "stories", "topics", "wording"}
IMPURE = {"http", "locale", "os", "random", "shutil", "socket", "subprocess", "tempfile", "time"}
CLOCKS = {"now", "today", "utcnow"}


def unit_of(module: str) -> str:
    """Return the part that ``backfile.module`` belongs to: its package, or the module itself if that stands alone."""
    return module if module in TOOLS else module.partition(".")[0]


class Source(NamedTuple):
    """A module: the part that it belongs to, its path, and all nodes of its syntax tree."""

    unit: str
    path: str
    nodes: tuple[ast.AST, ...]


@cache
def sources() -> list[Source]:
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if name != "__init__":
            nodes = tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
            found.append(Source(unit_of(name), str(path.relative_to(ROOT)), nodes))
    return found


def imports(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the full names of all that a module imports."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports within the package are written out"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def arrows() -> dict[str, set[str]]:
    """Return which parts each part imports."""
    found: dict[str, set[str]] = defaultdict(set)
    for unit, _, nodes in sources():
        ours = (name.removeprefix("backfile.") for name in imports(nodes) if name.startswith("backfile."))
        found[unit] |= {unit_of(".".join(name.split(".")[:2])) for name in ours} - {unit}
    return dict(found)


def test_every_arrow_is_declared_and_every_declared_arrow_is_used() -> None:
    found = {unit: used - TOOLS for unit, used in arrows().items() if unit not in TOOLS}
    assert found == {unit: set(allowed) for unit, allowed in ARROWS.items()}


def test_tools_use_but_each_other() -> None:
    assert {unit: used - TOOLS for unit, used in arrows().items() if unit in TOOLS and used - TOOLS} == {}


def test_no_arrow_leads_back() -> None:
    TopologicalSorter(arrows()).prepare()  # raises CycleError


@pytest.mark.parametrize("part", ["ingest", "stories"])
def test_no_arrow_leads_back_within_a_large_part(part: str) -> None:
    within = f"backfile.{part}."
    found: dict[str, set[str]] = defaultdict(set)
    for _, path, nodes in sources():
        if path.startswith(f"{part}/"):
            package = Path(path).with_suffix("").parts[1]
            ours = (name for name in imports(nodes) if name.startswith(within))
            found[package] |= {name.removeprefix(within).partition(".")[0] for name in ours} - {package}
    TopologicalSorter({package: used & set(found) for package, used in found.items()}).prepare()  # raises CycleError


def test_texts_are_imported_without_the_network_but_where_a_command_asks_for_it() -> None:
    network = {"certifi", "ftplib", "http", "httpx", "requests", "socket", "ssl", "urllib3", "urllib.request"}
    users: dict[str, set[str]] = {"asks": set(), "has it asked": set()}
    for unit, path, nodes in sources():
        used = set(imports(nodes))
        if unit == "ingest" and any(name == each or name.startswith(f"{each}.") for name in used for each in network):
            users["asks"].add(path.rpartition("/")[0])
        if not path.startswith(FETCH) and any(name.startswith("backfile.ingest.fetch") for name in used):
            users["has it asked"].add(path)
    assert users == {"asks": {FETCH}, "has it asked": {"intake.py"}}


@pytest.mark.parametrize(("package", "owner"), RESERVED.items())
def test_a_framework_is_met_in_one_place(package: str, owner: str) -> None:
    users = {path for unit, path, nodes in sources() if unit != owner and package in top_level(nodes)}
    assert users == set()


def test_what_is_pure_asks_nobody() -> None:
    found = {path: top_level(nodes) & IMPURE for unit, path, nodes in sources() if unit in PURE}
    assert {path: names for path, names in found.items() if names} == {}


def test_what_is_pure_reads_no_clock() -> None:
    found = {
        f"{path}:{node.lineno}"
        for unit, path, nodes in sources()
        if unit in PURE
        for node in nodes
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS
    }
    assert found == set()


def top_level(nodes: Iterable[ast.AST]) -> set[str]:
    return {name.partition(".")[0] for name in imports(nodes)}
