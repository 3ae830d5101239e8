"""Dates and times as people write them: ISO first, then one order of day and month for a whole column."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest.strip import STAMP, Strip

Moments = npt.NDArray[np.datetime64]
NAT = np.datetime64("NaT", "us")
_LONGEST = 60
_FEW = 200  # different words, up to which each is read alone
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:\s*г\.?)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-./](\d{1,2})|(\d{1,2})[./](\d{4})", re.ASCII)
_WORDS = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)??(?:(\d{1,2})\.?\s+(?:de\s+)?)?([^\W\d]+)\.?(?:\s+(\d{1,2}),?)?(?:\s+de)?\s+(\d{4})(?:\s*г(?:\.|ода)?)?"
)
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
_MONTHS = 12
_NOON = 12
_EARLIEST, _LATEST = 1990, 2100
_SHORT_FROM, _SHORT_TO = 5, 49  # two-digit years: social media have no 1968
_EPOCH = np.datetime64("1899-12-30", "us")
_SERIALS = (20_000, 60_000)


@dataclass(frozen=True, slots=True)
class Dates:
    """A column read as moments as written; NaT is unknown.

    `offset` are minutes from UTC (NaN where not told, None where never told); `open` is True where
    nothing tells day and month apart: then no slashed date is read. `bad` are rows with other words.
    """

    values: Moments
    offset: npt.NDArray[np.float64] | None = None
    bad: tuple[tuple[int, str], ...] = ()
    open: bool = False


def dates(strip: Strip, order: str | None = None, answer: str | None = None) -> Dates:
    """Return the column as moments; `order` is the source's (`mdy`, `dmy`, `ymd`), `answer` the owner's."""
    values = np.full(strip.length, NAT)
    if strip.when is not None:
        values = np.array(strip.when.to_numpy(zero_copy_only=False), dtype="datetime64[us]")
    bad: list[tuple[int, str]] = []
    if strip.number is not None:
        _serials(strip.number, values, bad)
    if strip.text is None:
        return Dates(values, None, tuple(bad))
    coded = strip.text.dictionary_encode()
    if len(coded.dictionary) > _FEW and (split := _split(strip.text, order, answer)) is not None:
        return split
    words = [word or "" for word in coded.dictionary.to_pylist()]
    chosen, unsure = day_month(words, order, answer)
    moments = np.full(len(words) + 1, NAT)
    offsets = np.full(len(words) + 1, np.nan)
    faulty = set()
    for place, word in enumerate(words):
        found = moment(word, chosen)
        if found is not None:
            moments[place], offsets[place] = found[0], np.nan if found[1] is None else found[1]
        elif (
            word.strip()
            and not (unsure and _NUMERIC.match(word.strip()))
            and word.strip() not in {"-", "--", "—"}
        ):
            faulty.add(place)
    places = np.asarray(coded.indices.fill_null(len(words)).to_numpy(zero_copy_only=False), dtype=np.int64)
    values = np.where(
        places < len(words), np.where(np.isnat(moments[places]), values, moments[places]), values
    )
    bad += [(int(row), words[places[row]]) for row in np.flatnonzero(np.isin(places, list(faulty)))]
    zones = offsets[places]
    return Dates(values, None if np.isnan(zones).all() else zones, tuple(bad), unsure)


def _serials(array: pa.Array, values: Moments, bad: list[tuple[int, str]]) -> None:
    """Read Excel's day numbers and dates written as one number into `values`."""
    given = np.array(array.to_numpy(zero_copy_only=False), dtype=np.float64)
    for row in np.flatnonzero(~np.isnan(given)):
        number = given[row]
        compact = _COMPACT.fullmatch(str(int(number))) if abs(number) < 1e9 else None  # noqa: PLR2004 - eight digits
        if _SERIALS[0] <= number <= _SERIALS[1]:
            values[row] = _EPOCH + np.timedelta64(round(number * 86_400), "s")
        elif compact and (day := _day(*map(int, compact.groups()))):
            values[row] = np.datetime64(day, "us")
        else:
            bad.append((int(row), f"{number:g}"))


def _split(text: pa.Array, order: str | None, answer: str | None) -> Dates | None:
    """Read day and clock apart, each by its few different texts; None unless every cell has both."""
    lengths = pc.min_max(pc.utf8_length(text))
    shortest, longest = lengths["min"].as_py(), lengths["max"].as_py()
    if shortest is None or shortest < len("2025-01-01") or longest == len("2025-01-01"):
        return None
    day = dates(Strip(len(text), text=pc.utf8_slice_codeunits(text, 0, 10)), order, answer)
    clock = pc.utf8_slice_codeunits(text, 10).dictionary_encode()
    read = [_clock(word or "") for word in clock.dictionary.to_pylist()]
    if day.bad or any(one is None for one in read):
        return None
    places = np.asarray(clock.indices.fill_null(0).to_numpy(zero_copy_only=False), dtype=np.int64)
    seconds = np.array([one[0] for one in read if one], dtype="timedelta64[s]")[places]
    zones = np.array([np.nan if one[1] is None else one[1] for one in read if one], dtype=np.float64)[places]
    return Dates(day.values + seconds, None if np.isnan(zones).all() else zones, (), day.open)


def day_month(words: Iterable[str], order: str | None, answer: str | None) -> tuple[str | None, bool]:
    """Return the order of slashed dates and whether it stays open; evidence beats what a source says.

    >>> day_month(["03/04/2026", "25/06/2026"], None, None)
    ('dmy', False)
    >>> day_month(["03/04/2026"], None, None)
    (None, True)
    """
    if answer in {"dmy", "mdy"}:
        return answer, False
    first = second = slashed = False
    for word in words:
        match = _NUMERIC.match(word.strip())
        if match and match[2] != ".":
            slashed = True
            first |= int(match[1]) > _MONTHS
            second |= int(match[3]) > _MONTHS
    if not slashed:
        return order, False
    if first != second:
        return ("dmy" if first else "mdy"), False
    if order in {"dmy", "mdy"}:
        return order, False
    return None, True


@lru_cache(maxsize=10_000)
def moment(text: str, order: str | None) -> tuple[np.datetime64, int | None] | None:
    """Return when a cell says, and its minutes from UTC; None if it is no date or its order is unknown.

    >>> str(moment("Tue, Aug 26, 2025", None)[0])[:10], moment("2025-01-31 21:06:21 +0400", None)[1]
    ('2025-08-26', 240)
    >>> str(moment("3 марта 2025 г.", None)[0])[:10], moment("03/04/2026", None)
    ('2025-03-03', None)

    Remembered, since the files of one owner speak of the same days.
    """
    if len(text) > _LONGEST:
        return None
    written = unicodedata.normalize("NFKC", text).strip()
    for read in (_iso, _numeric, _compact, _named, _month):
        found = read(written, order)
        if found:
            rest = written[found[1] :]
            clock = _clock(rest)
            return (
                (np.datetime64(found[0], "us") + np.timedelta64(clock[0], "s"), clock[1]) if clock else None
            )
    return None


Read = tuple[dt.date, int] | None


def _iso(text: str, _order: str | None) -> Read:
    match = _ISO.match(text)
    day = _day(int(match[1]), int(match[2]), int(match[3])) if match else None
    return (day, match.end()) if match and day else None


def _compact(text: str, _order: str | None) -> Read:
    match = _COMPACT.fullmatch(text)
    day = _day(int(match[1]), int(match[2]), int(match[3])) if match else None
    return (day, len(text)) if day else None


def _numeric(text: str, order: str | None) -> Read:
    match = _NUMERIC.match(text)
    if not match:
        return None
    first, sign, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    if len(match[4]) == 2:  # noqa: PLR2004 - a two-digit year
        if not _SHORT_FROM <= year <= _SHORT_TO:
            return None
        year += 2000
    if sign == ".":
        order = "dmy"
    if first == second:
        order = order or "dmy"
    pair = {"dmy": (second, first), "mdy": (first, second)}.get(order or "")
    day = _day(year, *pair) if pair else None
    return (day, match.end()) if day else None


def _named(text: str, _order: str | None) -> Read:
    match = _WORDS.match(text.replace("-", " "))
    month = match and month_named(match[2])
    if not match or not month:
        return None
    day = _day(int(match[4]), month, int(match[1] or match[3] or 1))
    return (day, match.end()) if day else None


def month_named(word: str) -> int | None:
    """Return the month that a word of a served language begins to name, None for any other word."""
    return _BY_NAME.get(word.casefold()[:3])


def _month(text: str, _order: str | None) -> Read:
    match = _MONTH.fullmatch(text)
    day = _day(int(match[1] or match[4]), int(match[2] or match[3]), 1) if match else None
    return (day, len(text)) if day else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _clock(text: str) -> tuple[int, int | None] | None:
    """Return the seconds of the day and the minutes from UTC; None if the rest of a cell is no time."""
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


def stamps(values: Moments) -> pa.Array:
    """Return moments as an array, null where unknown."""
    return pa.array(values.astype("datetime64[us]"), STAMP)


def days(values: Moments) -> pa.Array:
    """Return the days of moments as an array, null where unknown."""
    return pa.array(values.astype("datetime64[D]"), pa.date32())
