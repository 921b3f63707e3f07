"""Full dates in words and figures, and whether they state a document's own day.

Theory: a wrong date is worse than none. Only a full date counts (day, month and year),
it must exist, and it must stand where a document states its own day: alone on a line
near the top or at the end, with a label such as "Published", in a dateline that begins
with a place, at the edge of a title, or in the file name. A date in the middle of prose
is the day of some event.

What is not decided: day and month of ``03/04/2025``, but in texts of languages whose custom
is known (:func:`custom_in`); a range ("10-16 March 2025"); a weekday that contradicts its date;
several lone dates (a timeline). Each gives a note and no date.

Known failures: two-digit years are read in mail dates only; a feature that opens with
"Berlin, 9 November 1989 -" is dated so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from backfile.ingest.vocabulary.language import detect_language
from backfile.ingest.vocabulary.lexicon import DIGEST_TITLE
from backfile.ingest.vocabulary.months import DAY_NAMES, IN_DATES, MORE_IN_DATES
from backfile.yamltext import read_moment

_MONTHS = {
    name: number
    for number, (names, more) in enumerate(zip(IN_DATES, MORE_IN_DATES, strict=True), start=1)
    for name in (*names, *more.split())
}
_WEEKDAYS = {name: number for number, names in enumerate(DAY_NAMES) for name in names.split()}


def _any_of(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))


_MONTH = rf"(?P<month>{_any_of(_MONTHS)})\b\.?"
_YEAR = r"(?P<year>\d{4})(?!\d)(?:\s?(?:року|р\.|рік|года|году|г\.|roku\b|r\.))?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\w./-])(?P<day>\d{{1,2}})(?:st|nd|rd|th|-?го|-?е|\.)?[\s-]\s*(?:of\s+|de\s+)?{_MONTH},?[\s-]\s*(?:de\s+)?"
        rf"{_YEAR}",
        rf"(?<!\w){_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
        r"(?<![\w./-])(?P<year>\d{4})(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?![\w./-])",
        rf"(?<![\w./-])(?P<first>\d{{1,2}})(?P<sign>\.\s|[./-])(?P<second>\d{{1,2}})(?P=sign){_YEAR}(?![\w/-]|\.\d)",
    )
)
_MONTHS_A_YEAR = 12
_FOUR_DIGITS = re.compile(r"\d{4}")
_RANGE_BEFORE = re.compile(r"(?:\d\s?[-–—/]\s?|\d\s(?:and|to|і|й|та|и|до|по)\s)$")
_WEEKDAY = re.compile(rf"(?<!\w)(?P<weekday>{_any_of(_WEEKDAYS)})(?!\w)\.?", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\d:])(?:(?:at|о|об|в|à|um|ora|godz\.|kl\.)\s+)?\d{1,2}(?:[:.]\d{2}(?::\d{2})?|\s?h\s?\d{2}\b)"
    r"(?:\s?[ap]\.?m\.?|\s?Uhr\b)?"
    r"(?:\s?\(?(?:[A-Z]{2,4}|[+-]\d{2}:?\d{2})\)?)?"
    r"(?![\d:])|(?<!\w)\d{1,2}\s?[ap]\.?m\.?(?!\w)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:date|published(?: on)?|publication date|date published|posted(?: on)?|issued(?: on)?|issue date|"
    r"released(?: on)?|(?:publiée?|mise? en ligne)(?: le)?|date de publication|(?:veröffentlicht|erschienen)(?: am)?|"
    r"(?:datum|data)(?=\s*:)|data (?:publikacji|publicării|dodania|apariției)|opublikowano|publicat(?: la| pe)?|"
    r"дата(?: публікації| публикации| виходу| выхода)?|опубліковано|опубликовано|оприлюднено|"
    r"розміщено|размещено)\b\s*[:—–-]?\s*",
    re.IGNORECASE,
)
# The day of a change is not the day of the text.
_CHANGED = re.compile(
    r"\b(?:updated|modified|changed|corrected|accessed|retrieved|оновлено|змінено|обновлено|изменено|"
    r"mise? à jour|modifiée?|actualisée?|aktualisiert|geändert|abgerufen|zaktualizowano|aktualizacja|actualizat)\b",
    re.IGNORECASE,
)
_CYRILLIC = re.compile("[а-яіїєґё]", re.IGNORECASE)
_FIGURES = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{4}(?!\d)")
# Written with the day first by all their readers; what is English may have been written anywhere.
_DAY_FIRST = frozenset(("cs", "da", "de", "es", "fi", "fr", "it", "nb", "nl", "no", "pl", "pt", "ro", "sk"))
# A place before the date of a dateline: words that begin high and small particles, an agency in brackets.
_PLACE = re.compile(
    r"(?!(?:On|In|By|The|Since|From|Until|After|Before|As|At|У|В|На|З|Із|До|Від|За|Після|С|Со|От|По|После)\b)"
    r"[^\W\d_][^\W\d_.'’-]*(?:[ .,-]+(?:[^\W\d_]|(?:de|la|le|of|on|upon|am|над|на)\b)[^\W\d_.'’-]*){0,5}\.?"
    r"\s*(?:\([^()\d]{2,40}\))?[\s,/|—–-]*"
)
_SMALL_WORD = re.compile(r"\b(?!(?:de|la|le|of|on|upon|am|над|на)\b)[a-zа-яіїєґё]")
_DATELINE_END = re.compile(r"\s*(?:\([^()]{2,40}\))?\s*(?:[—–|:]|--|-\s)")
_DATELINE_STOP = re.compile(rf"{_DATELINE_END.pattern}|\.\s+(?=[^\W\d_])")
_SET_OFF_BEFORE = re.compile(rf"(?:^|[,|·•(—–]\s*)(?:(?:{_any_of(_WEEKDAYS)})\.?,?\s*)?$", re.IGNORECASE)
_SET_OFF_AFTER = re.compile(r"\s*(?:$|[,|·•)—–])")
_FILE_FORMS = (
    re.compile(
        r"(?<![0-9A-Za-z])(?P<year>(?:19|20)\d\d)(?P<sign>[-_.]?)(?P<month>\d\d)(?P=sign)(?P<day>\d\d)(?=[^0-9A-Za-z]|T\d|$)"
    ),
    re.compile(
        r"(?<![0-9A-Za-z])(?P<first>\d\d)(?P<sign>[-_.])(?P<second>\d\d)(?P=sign)(?P<year>(?:19|20)\d\d)(?![0-9A-Za-z])"
    ),
)
_QUOTED = re.compile(r"«[^«»]{2,40}»|“[^“”]{2,40}”|„[^“”„]{2,40}[“”]")
# "Harbour Post, No. 27, 14 March 2025, p. 3": where in a paper a text stood.
_PLACE_IN_PAPER = re.compile(
    r"(?:№|\b(?:no|nr)\.?)\s*\d+(?:\s*\(\d+\))?|\b(?:с|стр|pp?|pg|s|str)\.\s*\d+(?:\s*[-–]\s*\d+)?", re.IGNORECASE
)
_EPOCH = re.compile(r"[1-9]\d{8,9}(?:\d{3})?")


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression: the day, or None with the ``problem`` that stands against it."""

    day: date | None
    problem: str | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class LineDate:
    """A date on a line of its own: ``alone`` but for weekday, time, label; ``labelled`` as the day of publication."""

    found: Found
    alone: bool
    labelled: bool


def custom_in(text: str, dates: str | None = None) -> str:
    """Return the signs that stand in dates whose day comes first, by the custom of those who wrote ``text``.

    These are dots in Cyrillic texts, all in languages of countries that write no other way, and else those with
    which the text itself has a day above twelve come first. ``dates`` is where the dates are, if not in the text:
    without figures that may be one, no language is asked for.
    """
    custom = "." if _CYRILLIC.search(text) else ""
    if custom or not _FIGURES.search(text if dates is None else dates):
        return custom
    shown = [(int(match["first"]), int(match["second"]), match["sign"]) for match in _FORMS[-1].finditer(text)]
    if not any(second > _MONTHS_A_YEAR for _, second, _ in shown):
        custom = "".join(dict.fromkeys(sign for first, _, sign in shown if first > _MONTHS_A_YEAR))
    return "./-" if detect_language(text) in _DAY_FIRST else custom


def find_dates(text: str, *, custom: str = "") -> tuple[Found, ...]:
    """Return every full date in ``text``, in order, decided or with its problem; ``custom`` is its document's."""
    if not _FOUR_DIGITS.search(text):
        return ()
    matches = sorted((match for form in _FORMS for match in form.finditer(text)), key=lambda match: match.span())
    if _CYRILLIC.search(text):
        custom += "."
    found: list[Found] = []
    end = 0
    for match in matches:
        if match.start() >= end:
            found.append(_decided(match, text, custom))
            end = match.end()
    return tuple(found)


def is_change(line: str) -> bool:
    """Tell whether a short line says when the text was changed, and nothing else."""
    change = _CHANGED.match(line) if len(line) <= 100 else None
    rest = date_on_line(line[change.end() :].lstrip(" :—–-")) if change else None
    return rest is not None and rest.alone


def date_on_line(line: str, *, custom: str = "") -> LineDate | None:
    """Return the date that a short line states, or None when it states none or is a sentence."""
    if len(line) > 100 or not _FOUR_DIGITS.search(line):
        return None
    if change := _CHANGED.search(line):  # "14 March 2025, updated on 16 March 2025": the first is its own
        line = line[: change.start()].rstrip(" ,;|/(·•–—-") if _FOUR_DIGITS.search(line, change.end()) else ""
    label = _LABEL.match(line)
    dates = find_dates(line[label.end() :] if label else line, custom=custom)
    if len(dates) != 1:
        return None
    rest = _TIME.sub(" ", _WEEKDAY.sub(" ", f"{dates[0].before} {dates[0].after}"))
    alone = not re.search(r"\w", rest)
    if alone or (label and not re.search(r"[.!?]\s", rest)):
        return LineDate(dates[0], alone, label is not None)
    # "Kyiv, 14 March 2025" and "The Outlet | 14 March 2025": names only, set off by a sign, nothing said.
    leftover = [
        word for word in _QUOTED.sub("X", _PLACE_IN_PAPER.sub(" ", rest)).split() if any(map(str.isalnum, word))
    ]
    named = not any(word[:1].islower() or any(map(str.isdigit, word)) for word in leftover)
    set_off = _SET_OFF_BEFORE.search(dates[0].before) and _SET_OFF_AFTER.match(dates[0].after)
    if not named or not set_off or len(leftover) > 7 or dates[0].after.endswith((".", "!", "?")):
        return None
    return LineDate(dates[0], alone=False, labelled=False)


def date_of_dateline(paragraph: str) -> Found | None:
    """Return the date of a dateline (``KYIV, 14 March 2025 (Agency) - ...``) at the start of a paragraph."""
    dates = find_dates(paragraph[:140])
    if not dates:
        return None
    before = _WEEKDAY.sub("", dates[0].before).rstrip("( ")
    if _PLACE.fullmatch(before) and not _SMALL_WORD.search(re.sub(r"\(.*\)", "", before)):
        # A place in capitals is a dateline's, so a full stop may end it: "УЖГОРОД, 19 березня 2025 року. ..."
        end = _DATELINE_STOP if before.isupper() else _DATELINE_END
        return dates[0] if end.match(dates[0].after.lstrip(")")) else None
    return None


def date_of_title(title: str) -> Found | None:
    """Return the one date in the title of a digest ("Morning brief, 14 March 2025"); other titles may name any day."""
    dates = find_dates(title) if DIGEST_TITLE.search(title) else ()
    return dates[0] if len(dates) == 1 else None


def date_of_name(name: str) -> Found | None:
    """Return the date in a file name: ``2025-03-14-...``, ``20250314``, ``14.03.2025``."""
    for form in _FILE_FORMS:
        match = form.search(name)
        if match:
            return _decided(match, name, custom_in(name))
    return None


def read_stated(text: str, *, custom: str = "") -> Found:
    """Read a date that a document's metadata give as text: ISO, mail, seconds since 1970, or in words.

    A time zone does not move the day: the document's own local day counts. ``custom`` is that of its document.
    """
    text = text.strip(" ")
    moment = read_moment(text)
    if moment is not None:
        return Found(moment.date() if isinstance(moment, datetime) else moment)
    if _EPOCH.fullmatch(text):
        return Found(datetime.fromtimestamp(int(text[:10]), UTC).date())
    line = date_on_line(text, custom=custom)
    if line is not None and line.alone and text.isprintable():
        return line.found
    try:
        return Found(parsedate_to_datetime(text).date())
    except ValueError:
        return Found(None, f"“{text[:60]}” is no full date")


def _decided(match: re.Match[str], text: str, custom: str) -> Found:
    before, after, shown = text[: match.start()], text[match.end() :], match.group()
    parts = match.groupdict()
    year = int(parts["year"])
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        day_first = first > 12 or first == second or parts["sign"][1:].isspace() or parts["sign"] in custom
        if not day_first and second <= 12:
            problem = f"“{shown}” can be read with the day or with the month first"
            return Found(None, problem, before, after)
        day, month = (first, second) if day_first else (second, first)
    else:
        word = parts["month"].lower()
        day, month = int(parts["day"]), _MONTHS.get(word) or int(word)
    if _RANGE_BEFORE.search(before):
        return Found(None, f"“{shown}” ends a range of days", before, after)
    try:
        found = date(year, month, day)
    except ValueError:
        return Found(None, f"“{shown}” is no day of the calendar", before, after)
    weekday = _WEEKDAY.search(before[-20:]) or _WEEKDAY.match(after.lstrip(" ,("))
    if weekday and _WEEKDAYS[weekday["weekday"].lower()] != found.weekday():
        return Found(None, f"“{shown}” was no {weekday['weekday']}", before, after)
    return Found(found, None, before, after)
