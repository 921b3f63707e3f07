"""Whether a text is a person's name as authors bear it, and the names in a byline's text."""

from __future__ import annotations

import re

from backfile.ingest.web.dates import DATE_IN_TEXT
from backfile.ingest.web.head import clean
from backfile.ingest.web.nobody import AGENCY, DUTY, NOBODY, ORGANISATION, POST, PREFIX, ROLE, SPLIT
from backfile.ingest.web.shown import key_of, unaccented

_MAX_NAME = 60
_PEN_NAME = re.compile(r"[^\W\d_](?=\w*[^\W\d_])[\w.'’-]{1,29}")
_NAME = re.compile(
    r"(?:[^\W\d_][\w.'’ʼ´`-]*|(?:de|da|di|du|del|della|dos|das|van|von|der|den|zu|la|le|el|al|bin|ibn|y|e)\b)(?:\s+[^\W_][\w.'’ʼ´`-]*\.?){0,5}"
)
_TURNED = re.compile(r"([^\W\d_]{2,}), ([^\W\d_]{2,}(?: [^\W\d_]\.?)?)")  # "Family, First"
_TRAILING = re.compile(r"(?:\s(?:le|el|on|am|at|um|à|de|von))+$", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"[^\W\d_A-Z][^\W_A-Z]{2,29}|(?=\w*[\d_])[^\W\d_]\w{2,29}"
)  # all small, or with a digit or a low line
_BY = re.compile(r"\s(?:by|von|par|por)\s")
_REPORTER = re.compile(r"(?<=\S)\s*(?:기자|특파원|記者|记者)$")  # said of persons only, of one name or two
_SMALL = frozenset(
    {"de", "da", "di", "du", "del", "della", "dos", "das", "van", "von", "der", "den", "zu", "la", "le", "el", "al",
     "bin", "ibn", "y", "e", "ter", "ten", "af", "av", "und"}
)  # fmt: skip


def pieces(text: str) -> list[str]:
    """Return what may be names in ``text``: split at commas and "and", without days and addresses."""
    text = clean(text)
    if "://" in text or text.startswith("www."):
        return []
    turned = _TURNED.fullmatch(text)
    return [f"{turned[2]} {turned[1]}"] if turned else SPLIT.split(DATE_IN_TEXT.sub(" ", text))


# The end of the sentence that names somebody, and of no initial and no "Jr."
_STOP = re.compile(r"(?<=[^\W\d_]{4})\.$")


def person_name(
    text: str, outlet: frozenset[str] = frozenset(), *, single: bool = False, pen: bool = False
) -> str | None:
    """Return ``text`` as an author's name, or None when it is none.

    ``single`` says that the page marks this very text as its author: then a pen name of
    one word will do, and a news agency's (``dpa``, ``Associated Press``). ``pen`` allows it to
    begin with a small letter, as login names do.
    """
    name = _STOP.sub("", " ".join(text.split()).strip(" ,;:|/·•–—-\u200b"))
    name = PREFIX.sub("", name)
    if _REPORTER.search(name):
        name, single = _REPORTER.sub("", name), True
    person, _, last = POST.sub("", name).rpartition(" ")
    if POST.search(name) and any(site.endswith(key_of(last)) for site in outlet):
        name = person
    name = _TRAILING.sub("", ROLE.sub("", name)).strip(" ,;:|/·•–—-()")
    if not 1 < len(name) <= _MAX_NAME or re.search(
        r"[@<>{}=*#!?\"\\]|https?:|www\.|\.(?:com|org|net|de|at|ch|eu|[a-z]{2})$", name
    ):
        return None
    key = key_of(name)
    if NOBODY.fullmatch(name) or key in outlet:
        return None
    if single and AGENCY.fullmatch(name):
        return name
    words = name.split()
    if ORGANISATION.search(name) or any(len(site) > 4 and site in key and len(words) < 3 for site in outlet):
        return None
    if len(words) == 1:
        return name if single and _PEN_NAME.fullmatch(name) and (pen or not name[0].islower()) else None
    if re.search(r"\d", name) or not _NAME.fullmatch(name) or len(words) > 5:
        return None
    large = [word for word in words if word.lower() not in _SMALL]
    return None if not large or any(word[0].islower() for word in large) else name


def shared_name(text: str, outlet: frozenset[str], host: frozenset[str]) -> str | None:
    """Return ``text`` as the name of a desk or an agency that signs as an author, or of an account, or None.

    Only what a byline shows to readers may be asked about. What holds nothing but a role
    ("Staff", "Redaktion", "Support Team") names nobody, and the outlet's own name says
    nothing that the outlet does not say; an account (``tideline``, ``Tide_Line``) is somebody's all
    the same, unless the site's ``host`` is called so.
    """
    name = PREFIX.sub("", " ".join(text.split()).strip(" ,;:|/·•–—-\u200b"))
    if (
        not 1 < len(name) <= _MAX_NAME
        or re.search(r"[@<>{}=*#!?\"\\|:]|www\.|\d{4}|\d/\d", name)
        or NOBODY.fullmatch(name)
    ):
        return None
    words = name.split()
    if len(words) > 5 or all(NOBODY.fullmatch(word) or DUTY.fullmatch(word) for word in words):
        return None
    if {key_of(name), key_of(unaccented(name))} & (outlet | host):
        return name if _ACCOUNT.fullmatch(name) and key_of(name) not in host else None
    if any(word[0].islower() and word.lower() not in _SMALL for word in words) or _BY.search(name):
        return None
    is_of_outlet = any(len(site) > 4 and site in key_of(name) for site in outlet)
    return name if is_of_outlet or AGENCY.fullmatch(name) or ORGANISATION.search(name) else None
