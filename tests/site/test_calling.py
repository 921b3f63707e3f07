"""Macros make of their arguments what they make of them in Jinja's own context."""

from __future__ import annotations

import jinja2
import pytest

from backfile.site.calling import DirectContext

MACROS = """
{% macro plain(a, b="<b>", c=a) %}{{ a }}|{{ b }}|{{ c }};{% endmacro %}
{% macro open(a) %}{{ a }}{{ varargs }}{{ kwargs }};{% endmacro %}
{% macro around(a) %}{{ a }}{{ caller("<i>") }};{% endmacro %}
{% macro given(caller=none) %}{{ caller }};{% endmacro %}
"""
CALLS = {
    "positions": '{{ plain("<a>") }}{{ plain(1, 2) }}{{ plain(1, 2, 3) }}',
    "names": "{{ plain(a=1) }}{{ plain(1, c=3) }}{{ plain(c=3, a=1) }}",
    "in a loop": "{% for b in [1, 2] %}{{ plain(loop.index, b=b) }}{% endfor %}",
    "in a block": '{% block x %}{{ plain("<x>") }}{% endblock %}',
    "any arguments": '{{ open(1, "<2>") }}{{ open(1, two="<2>") }}',
    "with a caller": "{% call(b) around(1) %}{{ b }}{% endcall %}",
    "a caller of its own": "{{ given(1) }}",
    "without escaping": '{% autoescape false %}{{ plain("<a>") }}{% endautoescape %}',
    "other callables": "{{ range(3)|list }}{{ shown(1) }}",
    "left out": "{{ plain() }}",
    "too many": "{{ plain(1, 2, 3, 4) }}",
    "unknown": "{{ plain(1, d=4) }}",
    "twice": "{{ plain(1, a=2) }}",
    "no macro": "{{ nothing(1) }}",
}


@jinja2.pass_context
def shown(context: jinja2.runtime.Context, value: int) -> str:
    return f"{context.name} {value}"


def outcome(kind: type[jinja2.runtime.Context], call: str) -> str:
    source = '{% from "macros" import plain, open, around, given %}' + call
    made = jinja2.Environment(
        loader=jinja2.DictLoader({"macros": MACROS, "page": source}), autoescape=True, undefined=jinja2.StrictUndefined
    )
    made.context_class = kind
    made.globals["shown"] = shown
    try:
        return made.get_template("page").render()
    except (jinja2.UndefinedError, TypeError) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_a_call_ends_as_with_jinjas_context(call: str) -> None:
    assert outcome(DirectContext, call) == outcome(jinja2.runtime.Context, call)
