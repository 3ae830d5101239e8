"""The window that an export states: in its file name, in the rows above its table, in every row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from kpi.ingest.cells import plain
from kpi.ingest.dates import day_month
from kpi.ingest.heading import clean
from kpi.ingest.moment import moment
from kpi.model.period import Period

_LONGEST = 300
_BRIEF = 40  # a line that names a month alone says little else
_FAR = 3700  # days; two dates that are further apart are no window
_MONTHS = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек"
    r"|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру|fev|abr|mai|ago|set|out|dez|mär|okt)[^\W\d_]{0,7}\.?"
)
_WORDS = (
    rf"(?:(?<!\d)|(?<=20\d\d))\d{{1,2}}(?:st|nd|rd|th)?[\s-]+(?:de\s+)?{_MONTHS},?[\s-]+(?:de\s+)?20\d\d"
    rf"|{_MONTHS}[\s-]+\d{{1,2}},?[\s-]+20\d\d"
)
_YEAR_FIRST = r"20\d\d([-./_])\d{1,2}\1\d{1,2}"
_YEAR_LAST = r"\d{1,2}([-./_])\d{1,2}\2(?:20\d\d|\d\d(?!\d))"
_DAY = re.compile(
    rf"(?<![\d.])(?:{_YEAR_FIRST}|{_YEAR_LAST}|20\d\d[01]\d[0-3]\d(?!\d))|{_WORDS}", re.IGNORECASE
)
_CLOCK = re.compile(r"[T\s]+\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
_YEARS = re.compile(r"\s*(?:г\.|года|г)(?=\W|$)")
_BETWEEN = re.compile(
    r"[\s\W_]*(?:(?:to|until|till|through|and|по|до|и|bis|a|até|ate)\b)?[\s\W_]*", re.IGNORECASE
)
_SHORT = re.compile(  # the year, or month and year, stand once: "1–30 апреля 2026", "July 8 - July 31, 2025"
    rf"(?<!\d)(\d{{1,2}})(?:\s+({_MONTHS}))?\s*(?:[-–—]|по|to)\s*(\d{{1,2}})\s+({_MONTHS}),?\s+(20\d\d)"
    rf"|({_MONTHS})\s+(\d{{1,2}})\s*(?:[-–—]|to)\s*(?:({_MONTHS})\s+)?(\d{{1,2}}),?\s+(20\d\d)",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"(?<![^\W\d_])({_MONTHS})[\s_-]+(20\d\d)(?!\d)", re.IGNORECASE)
_JOINED = re.compile(r"(?<!\d)(20\d{6})(20\d{6})(?!\d)")
_BRACKETED = re.compile(r"\((20\d\d\.\d\d\.\d\d)\)")
_BEFORE = re.compile(r"предыдущ|прошл|сравнен|previous|compar|prior", re.IGNORECASE)
_OPENS = re.compile(r"(?:start|begin|from|с|начал|дата начала|reporting starts)\b", re.IGNORECASE)
_CLOSES = re.compile(r"(?:end|to|until|по|до|дата окончания|конец|дата конца)\b", re.IGNORECASE)
_UKRAINIAN = dict(
    zip(
        ("січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру"),
        range(1, 13),
        strict=True,
    )
)


def told(text: str | None, order: str | None = None) -> Period | None:
    """Return the window that the owner typed: two days, or a month."""
    return (span(text, order) or month(text)) if text else None


def in_name(name: str) -> Period | None:
    """Return the window that a file name holds: two days, one day in brackets, or a month.

    >>> in_name("data Apr-01-2025_Jun-30-2025_9833.csv").days
    91
    >>> in_name("GMB insights - 2025-7-1 - 2025-7-31 - 25eb59.csv").months
    1
    >>> in_name("orders 2025-07-01.csv")
    """
    bare = _JOINED.sub(r"\1-\2", re.sub(r"\.[^\W_]{2,5}\Z", "", name))
    if found := span(bare):
        return found
    one = _BRACKETED.search(bare)
    day = _day(one[1], None) if one else None
    return Period(day, day) if day else month(bare)


def above(rows: Iterable[Sequence[Any]], order: str | None) -> Period | None:
    """Return the window that the rows above a table state, None where none does or only an earlier one.

    A start and an end may stand in two rows ("# Start date: …", "# End date: …").
    """
    lines = [line for row in rows if (line := _line(row)) and not _BEFORE.search(line)]
    for line in lines:
        if found := span(line, order):
            return found
    labelled = [line.lstrip("#*• \t") for line in lines]
    starts = [days[0] for line in labelled if _OPENS.match(line) and (days := _days(line, order))]
    ends = [days[0] for line in labelled if _CLOSES.match(line) and (days := _days(line, order))]
    if starts and ends and starts[-1] <= ends[-1]:  # of several tables the nearest
        return Period(starts[-1], ends[-1])
    return next((found for line in lines if len(line) <= _BRIEF and (found := month(line))), None)


@lru_cache(maxsize=5_000)
def span(text: str, order: str | None = None) -> Period | None:
    """Return the window that a text names by its first and last day, None if it names none.

    `order` is that of day and month where both numbers could be either; without it they must prove it.

    >>> span("Период: 01.04.2026 – 30.04.2026").months, span("July 8, 2025 - July 31, 2025").days
    (1, 24)
    >>> span("с 01/09/2025 по 24/03/2026").first.month, span("01/02/2025 - 03/04/2025")
    (9, None)
    >>> span("1–30 апреля 2026 г.").days
    30
    """
    if len(text) > _LONGEST:
        return None
    found = list(_DAY.finditer(text))
    first_order = day_month([one[0].replace("_", "/") for one in found], order, None)[0]
    for one, other in pairwise(found):
        gap = _YEARS.sub(" ", _CLOCK.sub(" ", text[one.end() : other.start()]))
        if _BETWEEN.fullmatch(gap):
            days = (_day(one[0], first_order), _day(other[0], first_order))
            if days[0] and days[1] and 0 <= (days[1] - days[0]).days <= _FAR:
                return Period(days[0], days[1])
    return _short(text)


@lru_cache(maxsize=1_000)
def month(text: str) -> Period | None:
    """Return the calendar month that a text names, None if it names none or several.

    >>> month("analytics_report_Апрель 2026").days
    30
    """
    found = {
        Period.month(int(one[2]), number)
        for one in _MONTH.finditer(text.replace("_", " "))
        if (number := _number(one[1]))
    }
    return found.pop() if len(found) == 1 else None


def _line(row: Sequence[Any]) -> str:
    """Return the filled cells of a row as one text."""
    words = [
        cell.isoformat()[:10] if isinstance(cell, dt.date) else clean(plain(cell))
        for cell in row
        if cell != ""
    ]
    return " ".join(words) if sum(map(len, words)) <= _LONGEST else ""


def _short(text: str) -> Period | None:
    match = _SHORT.search(text)
    if not match:
        return None
    if match[1]:
        first, first_month, last, last_month, year = (
            match[1],
            match[2] or match[4],
            match[3],
            match[4],
            match[5],
        )
    else:
        first, first_month, last, last_month, year = (
            match[7],
            match[6],
            match[9],
            match[8] or match[6],
            match[10],
        )
    days = [_made(year, _number(month), day) for month, day in ((first_month, first), (last_month, last))]
    return Period(days[0], days[1]) if days[0] and days[1] and days[0] <= days[1] else None


def _made(year: str, number: int | None, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), number or 0, int(day))
    except ValueError:
        return None


def _number(word: str) -> int | None:
    """Return the number of a month from its name in any language served."""
    if known := _UKRAINIAN.get(word[:3].casefold()):
        return known
    read = moment(f"1 {word.rstrip('.')} 2024", None)
    return read[0].astype(dt.date).month if read else None


def _days(text: str, order: str | None) -> list[dt.date]:
    return [day for one in _DAY.finditer(text) if (day := _day(one[0], order))]


def _day(text: str, order: str | None) -> dt.date | None:
    """Return the day that a matched text means; with points or underscores the day stands first."""
    bare = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text)
    numeric = not re.search(r"[^\W\d_]", bare)
    if "_" in bare and numeric:
        bare = bare.replace("_", "-" if bare[:2] == "20" and bare[4:5] == "_" else ".")
    if not numeric:
        parts = re.findall(r"[^\W_]+", bare)
        name = next(part for part in parts if not part[0].isdigit() and part.casefold() != "de")
        numbers = [part for part in parts if part.isdigit()]
        return _made(numbers[-1], _number(name), numbers[0])
    read = moment(bare, order)
    return read[0].astype(dt.date).date() if read else None
