"""The catalogues agree with each other, with the templates and with the code that takes words from them."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from babel import Locale
from jinja2 import nodes
from markupsafe import Markup

from backfile.model import DateBasis, Kind
from backfile.wording import LANGUAGES, direction, interface_language, language_name, number, t, written
from backfile.wording.catalogue import Message, catalogue

ROOT = Path(__file__).parents[2]
OTHERS = [lang for lang in LANGUAGES if lang != "en"]


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def forms(message: Message) -> dict[str, str]:
    return {"": message} if isinstance(message, str) else dict(message)


@pytest.mark.parametrize("lang", OTHERS)
def test_every_language_has_the_same_keys(lang: str) -> None:
    assert sorted(catalogue(lang)) == sorted(catalogue("en"))


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("key", sorted(catalogue("en")))
def test_every_language_fills_in_the_same_names(lang: str, key: str) -> None:
    expected = set().union(*map(placeholders, forms(catalogue("en")[key]).values()))
    assert all(placeholders(form) == expected for form in forms(catalogue(lang)[key]).values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plural_messages_have_the_forms_that_whole_numbers_take(lang: str) -> None:
    rule = Locale.parse(LANGUAGES[lang]).plural_form
    needed = {rule(n) for n in range(200)}
    plural = {key: set(message) for key, message in catalogue(lang).items() if not isinstance(message, str)}
    assert plural
    # "other" is for fractions in some languages; a browser that does not know the language asks for it.
    assert {key for key, found in plural.items() if not needed <= found <= needed | {"other"}} == set()


def template_words() -> Iterator[tuple[str, bool]]:
    """Yield what templates take words by: (text, whether it is only how a key begins)."""
    environment = jinja2.Environment(autoescape=True)
    for path in (ROOT / "theme/templates").rglob("*.html"):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for constant in tree.find_all(nodes.Const):
            yield str(constant.value), False
        for concat in tree.find_all(nodes.Concat):
            if isinstance(concat.nodes[0], nodes.Const):
                yield str(concat.nodes[0].value), True


def code_words() -> Iterator[tuple[str, bool]]:
    """Yield what the code may take words by, as :func:`template_words` does."""
    for path in (ROOT / "plugins/backfile").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                yield str(node.values[0].value), True
            elif isinstance(node, ast.Constant):
                yield str(node.value), False


def test_no_word_is_left_over() -> None:
    words = {*template_words(), *code_words()}
    whole = {text for text, begins in words if not begins}
    beginnings = tuple(text for text, begins in words if begins and text.endswith("_"))
    assert [key for key in catalogue("en") if key not in whole and not key.startswith(beginnings)] == []


def template_keys() -> Iterator[tuple[str, str]]:
    """Yield (template, key) for each ``"key"|t(…)``."""
    environment = jinja2.Environment(autoescape=True)
    for path in sorted((ROOT / "theme/templates").rglob("*.html")):
        for taken in environment.parse(path.read_text(encoding="utf-8")).find_all(nodes.Filter):
            if taken.name == "t" and isinstance(taken.node, nodes.Const):
                yield path.name, taken.node.value


def test_every_word_that_a_template_takes_exists() -> None:
    assert [(name, key) for name, key in template_keys() if key not in catalogue("en")] == []


@pytest.mark.parametrize(
    "key",
    [
        *(f"date_{basis}" for basis in DateBasis),
        *(f"kind_{kind}" for kind in Kind),
        *(f"said_{kind}" for kind in ("all", "some", "only")),
        *(f"empty_{what}" for what in ("topics", "sources", "people", "places", "years")),
    ],
)
def test_every_value_of_a_record_has_its_words(key: str) -> None:
    assert t(key, "en")


@pytest.mark.parametrize(
    ("n", "english", "ukrainian", "russian"),
    [
        (0, "0 articles", "0 статей", "0 статей"),
        (1, "1 article", "1 стаття", "1 статья"),
        (2, "2 articles", "2 статті", "2 статьи"),
        (5, "5 articles", "5 статей", "5 статей"),
        (11, "11 articles", "11 статей", "11 статей"),
        (14, "14 articles", "14 статей", "14 статей"),
        (21, "21 articles", "21 стаття", "21 статья"),
        (12694, "12,694 articles", "12\xa0694 статті", "12\xa0694 статьи"),
    ],
)
def test_counts(n: int, english: str, ukrainian: str, russian: str) -> None:
    assert [t("articles", lang, n=n) for lang in ("en", "uk", "ru")] == [english, ukrainian, russian]


def test_a_language_without_a_catalogue_gets_english() -> None:
    assert t("topics", "bg") == t("topics", "en") == t("topics", "")


@pytest.mark.parametrize(
    ("lang", "expected"), [("uk-UA", "uk"), ("EN_us", "en"), ("ru", "ru"), ("de", "en"), ("", "en")]
)
def test_interface_language(lang: str, expected: str) -> None:
    assert interface_language(lang) == expected


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        t("no such key", "en")


def test_a_plural_message_needs_a_number() -> None:
    with pytest.raises(KeyError):
        t("articles", "en")


def test_plain_values_give_plain_text() -> None:
    assert t("quoted", "en", text="<b>") == "“<b>”"


def test_html_may_stand_within_a_sentence_and_the_rest_is_escaped() -> None:
    said = t("quoted", "uk", text=Markup("<b>так</b>"))
    assert (type(said), said) == (Markup, "«<b>так</b>»")


def test_a_value_is_never_taken_for_a_message() -> None:
    assert t("quoted", "en", text="{n} {0.__class__}") == "“{n} {0.__class__}”"


@pytest.mark.parametrize(("lang", "expected"), [("en", "1,234,567"), ("uk", "1\xa0234\xa0567"), ("bg", "1,234,567")])
def test_numbers(lang: str, expected: str) -> None:
    assert number(1234567, lang) == expected


@pytest.mark.parametrize(
    ("code", "lang", "expected"),
    [
        ("uk", "en", "Ukrainian"),
        ("uk-UA", "ru", "украинский"),
        ("he", "uk", "іврит"),
        ("xx-unknown", "en", "xx-unknown"),
    ],
)
def test_names_of_languages(code: str, lang: str, expected: str) -> None:
    assert language_name(code, lang) == expected


@pytest.mark.parametrize(
    ("code", "expected"), [("he", "rtl"), ("ar-EG", "rtl"), ("uk", "auto"), ("", "auto"), ("no language", "auto")]
)
def test_direction_of_writing(code: str, expected: str) -> None:
    assert direction(code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", ' dir="auto"'),
        ("he", ' lang="he" dir="rtl"'),
        ('"><script>', ' lang="&#34;&gt;&lt;script&gt;" dir="auto"'),
    ],
)
def test_a_text_s_language_is_said_where_it_differs(code: str, expected: str) -> None:
    assert written(code, "en") == expected
