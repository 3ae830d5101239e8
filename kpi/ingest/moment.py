"""One cell → the moment it says: ISO first, figures in an order of day and month, words, weeks, quarters."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import numpy as np

DAY, WEEK, MONTH, QUARTER = "day", "week", "month", "quarter"
_LONGEST = 60
_ISO = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?!\d)", re.ASCII)
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)", re.ASCII)
_SERIAL = re.compile(r"\d{5}", re.ASCII)
NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:\s*г\.?)?(?!\d)", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-./](\d{1,2})|(\d{1,2})[./](\d{4})", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})(?:-?([1-7]))?", re.ASCII | re.IGNORECASE)
_QUARTER = re.compile(
    r"(?:q([1-4])|([1-4]|i{1,3}|iv)\s*-?\s*(?:й\s*)?кв(?:\.|артал)?)[\s./'-]*(\d{4})(?:\s*г\.?)?"
    r"|(\d{4})[\s./-]*(?:q([1-4])|([1-4])\s*кв(?:\.|артал)?)",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?:\s*(?:г|р)(?:\.|ода|оку)?)?"
_WORDS = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)??(?:(\d{1,2})\.?\s+(?:de\s+)?)?([^\W\d]+)\.?(?:\s+(\d{1,2}),?)?(?:\s+de)?\s+(\d{4})"
    + _YEAR
)
_SHORT = re.compile(r"(?:(\d{1,2})[\s-])?([^\W\d]{3,})(?(1)[\s-]|\.?[-/\s]?)'?(\d\d)" + _YEAR)
_WEEKDAY = re.compile(r"[^\W\d]{2,13}\.?,?\s+(?=\d{1,4}[-./]\d)")
_TIME = re.compile(
    r"(?:[T,]|\s+at\s|\s+в\s)?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*"
    r"(z|utc|gmt|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE | re.ASCII,
)
_NAMES = (
    "jan янв ene січ", "feb фев fev лют", "mar мар mär mrz бер", "apr апр abr кві",
    "may май мая mai тра", "jun июн чер", "jul июл лип", "aug авг ago сер",
    "sep сен set вер", "oct окт okt out жов", "nov ноя лис", "dec дек dez dic гру",
)  # fmt: skip
_BY_NAME = {name: month for month, names in enumerate(_NAMES, 1) for name in names.split()}
_NOON = 12
_EARLIEST, _LATEST = 1990, 2100
_SHORT_FROM, _SHORT_TO = 5, 49  # two-digit years: social media have no 1968
EPOCH = dt.date(1899, 12, 30)
SERIALS = (20_000, 60_000)


class Moment(NamedTuple):
    """When a cell says, as written; its minutes from UTC where told; and the span it names."""

    at: np.datetime64
    offset: int | None
    grain: str


class _Read(NamedTuple):
    day: dt.date
    end: int
    grain: str = DAY


@lru_cache(maxsize=10_000)
def moment(text: str, order: str | None) -> Moment | None:
    """Return when a cell says; None if it is no date or the order of its day and month is unknown.

    >>> str(moment("Tue, Aug 26, 2025", None).at)[:10], moment("2025-01-31 21:06:21 +0400", None).offset
    ('2025-08-26', 240)
    >>> str(moment("3 марта 2025 г.", None).at)[:10], moment("03/04/2026", None)
    ('2025-03-03', None)
    >>> moment("2026-W07", None).grain, str(moment("1 кв. 2026", None).at)[:10]
    ('week', '2026-01-01')

    Remembered, since the files of one owner speak of the same days.
    """
    if len(text) > _LONGEST:
        return None
    written = (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()
    if not written[:1].isdigit():
        written = _WEEKDAY.sub("", written, count=1)
    for read in (_iso, _numeric, _compact, _spanned, _named, _serial):
        found = read(written, order)
        if found:
            told = clock(written[found.end :])
            if told is None:
                return None
            return Moment(np.datetime64(found.day, "us") + np.timedelta64(told[0], "s"), told[1], found.grain)
    return None


def _iso(text: str, _order: str | None) -> _Read | None:
    match = _ISO.match(text)
    day = _day(int(match[1]), int(match[3]), int(match[4])) if match else None
    return _Read(day, match.end()) if match and day else None


def _compact(text: str, _order: str | None) -> _Read | None:
    match = _COMPACT.fullmatch(text)
    day = _day(int(match[1]), int(match[2]), int(match[3])) if match else None
    return _Read(day, len(text)) if day else None


def _serial(text: str, _order: str | None) -> _Read | None:
    """Read the day number of a spreadsheet program, as a CSV file keeps it."""
    if not _SERIAL.fullmatch(text) or not SERIALS[0] <= int(text) <= SERIALS[1]:
        return None
    return _Read(EPOCH + dt.timedelta(int(text)), len(text))


def _numeric(text: str, order: str | None) -> _Read | None:
    match = NUMERIC.match(text)
    if not match:
        return None
    first, sign, second = int(match[1]), match[2], int(match[3])
    if sign == ".":
        order = "dmy"
    if first == second:
        order = order or "dmy"
    pair = {"dmy": (second, first), "mdy": (first, second)}.get(order or "")
    day = _day(_year(match[4]), *pair) if pair else None
    return _Read(day, match.end()) if day else None


def _named(text: str, _order: str | None) -> _Read | None:
    match = _WORDS.match(text.replace("-", " "))
    if match and (month := month_named(match[2])):
        day = _day(int(match[4]), month, int(match[1] or match[3] or 1))
        grain = DAY if match[1] or match[3] else MONTH
        return _Read(day, match.end(), grain) if day else None
    match = _SHORT.fullmatch(text)
    if match and (month := month_named(match[2])):
        day = _day(_year(match[3]), month, int(match[1] or 1))
        return _Read(day, len(text), DAY if match[1] else MONTH) if day else None
    return None


def month_named(word: str) -> int | None:
    """Return the month that a word of a served language begins to name, None for any other word."""
    return _BY_NAME.get(word.casefold()[:3])


def _spanned(text: str, _order: str | None) -> _Read | None:
    """Read a week, a month or a quarter: its first day."""
    if match := _MONTH.fullmatch(text):
        day, grain = _day(int(match[1] or match[4]), int(match[2] or match[3]), 1), MONTH
    elif match := _WEEK.fullmatch(text):
        day, grain = _week(int(match[1]), int(match[2]), int(match[3] or 1)), DAY if match[3] else WEEK
    elif match := _QUARTER.fullmatch(text):
        told = match[1] or match[2] or match[5] or match[6]
        quarter = _ROMAN.get(told.casefold()) or int(told)
        day, grain = _day(int(match[3] or match[4]), 3 * quarter - 2, 1), QUARTER
    else:
        return None
    return _Read(day, len(text), grain) if day else None


def _year(text: str) -> int:
    """Return a year of two or four digits, 0 where two of them can be of no year of social media."""
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004 - two digits
        return year
    return 2000 + year if _SHORT_FROM <= year <= _SHORT_TO else 0


def _week(year: int, week: int, weekday: int) -> dt.date | None:
    try:
        return dt.date.fromisocalendar(year, week, weekday) if _EARLIEST <= year <= _LATEST else None
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def clock(text: str) -> tuple[int, int | None] | None:
    """Return the seconds of the day and the minutes from UTC; None if the rest of a cell is no time.

    >>> clock(" 2:05 PM"), clock("T24:00"), clock("")
    ((50700, None), None, (0, None))
    """
    if not text.strip():
        return 0, None
    match = _TIME.fullmatch(text)
    if not match:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if half := (match[4] or "")[:1].casefold():
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 60:  # noqa: PLR2004 - the clock
        return None
    zone = (match[5] or "").upper()
    if not zone:
        return hour * 3600 + minute * 60 + second, None
    minutes = (
        0 if zone in {"Z", "UTC", "GMT"} else int(zone[0] + "1") * (int(zone[1:3]) * 60 + int(zone[-2:]))
    )
    return hour * 3600 + minute * 60 + second, minutes
