"""Templates put out what Jinja's own compiler has them put out."""

from __future__ import annotations

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from backfile.site.escaping import Compiler, escaped

TEMPLATE = """
{% macro bold(text) %}<b class="{{ text }}">{{ text }}</b>{% endmacro %}
{% set kept %}{{ value }}&{% endset %}
{{ value }}{{ bold(value) }}{{ kept }}{{ value ~ "<" }}{{ value|e }}{{ (value|string)[:3] }}{{ bold(bold(value)) }}
{% autoescape false %}{{ value }}{% endautoescape %}{% filter upper %}{{ value }}{% endfilter %}
"""


class Told:
    """Says itself what it is in HTML."""

    def __html__(self) -> str:
        return "<i>told</i>"


def environment(compiler: type[jinja2.compiler.CodeGenerator]) -> jinja2.Environment:
    made = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    made.code_generator_class = compiler
    return made


STOCK, OURS = (environment(each).from_string(TEMPLATE) for each in (jinja2.compiler.CodeGenerator, Compiler))


@given(
    st.text()
    | st.text("&<>\"'a;#39")
    | st.text("&<>\"'a").map(Markup)
    | st.builds(Told)
    | st.none()
    | st.integers()
    | st.lists(st.text("<a"))
)
def test_values_come_out_as_with_jinjas_compiler(value: object) -> None:
    assert OURS.render(value=value) == STOCK.render(value=value)


def test_what_is_undefined_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        OURS.render()


def test_what_needs_no_escaping_is_not_made_anew() -> None:
    plain, marked = "plain text", Markup("<b>marked</b>")
    assert escaped(plain) is plain
    assert escaped(marked) is marked
