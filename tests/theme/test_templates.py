"""The templates as they are written: what they see, and what their comments promise."""

from __future__ import annotations

import re

import pytest
from jinja2 import meta, nodes

from .rendering import THEME, environment

TEMPLATES = THEME / "templates"
PAGES = sorted(path.name for path in TEMPLATES.glob("*.html"))
COMPONENTS = sorted(path.name for path in (TEMPLATES / "components").glob("*.html"))


def tree(name: str) -> nodes.Template:
    return environment().parse((TEMPLATES / name).read_text(encoding="utf-8"))


def test_there_are_templates() -> None:
    assert PAGES
    assert COMPONENTS


@pytest.mark.parametrize("name", PAGES)
def test_a_template_sees_its_page_and_the_site_and_nothing_else(name: str) -> None:
    parsed = tree(name)
    own = {found for imported in parsed.find_all(nodes.FromImport) for found in imported.names}
    own |= {found.name for found in parsed.find_all(nodes.Name) if found.ctx == "store"}
    assert meta.find_undeclared_variables(parsed) - own == {"page", "site"}


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_sees_what_it_is_given_and_nothing_else(name: str) -> None:
    assert meta.find_undeclared_variables(tree(f"components/{name}")) - {"caller"} == set()


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_is_one_macro_of_the_file_s_name(name: str) -> None:
    assert [macro.name for macro in tree(f"components/{name}").find_all(nodes.Macro)] == [name.removesuffix(".html")]


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_says_what_each_parameter_is(name: str) -> None:
    source = (TEMPLATES / "components" / name).read_text(encoding="utf-8")
    comment = re.search(r"\{#(.*?)#\}", source, re.DOTALL)
    assert comment
    (macro,) = tree(f"components/{name}").find_all(nodes.Macro)
    called = re.search(r"\{% macro (.*) %\}", source)
    assert called
    assert called[1] in comment[1]
    described = {
        word for line in re.findall(r"^    (\w[\w, ]*?)  +\S", comment[1], re.MULTILINE) for word in line.split(", ")
    }
    assert {argument.name for argument in macro.args} <= described


@pytest.mark.parametrize("name", PAGES)
def test_a_template_says_what_it_shows(name: str) -> None:
    assert (TEMPLATES / name).read_text(encoding="utf-8").startswith("{#")


@pytest.mark.parametrize("name", PAGES)
def test_a_template_imports_only_what_it_uses(name: str) -> None:
    parsed = tree(name)
    imported = {n for found in parsed.find_all(nodes.FromImport) for n in found.names}
    used = {found.name for found in parsed.find_all(nodes.Name) if found.ctx == "load"}
    assert imported - used == set()


@pytest.mark.parametrize("name", PAGES)
def test_only_html_that_was_sanitised_is_let_through(name: str) -> None:
    safe = [found.node for found in tree(name).find_all(nodes.Filter) if found.name == "safe"]
    assert all(isinstance(node, nodes.Getattr) and node.attr in {"body", "intro"} for node in safe)
