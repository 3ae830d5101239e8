"""Dates without a year: their order tells each year but one, which a name, a cell or the owner tells."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest.dates import NAT, Dates, Moments
from kpi.ingest.moment import moment, month_named
from kpi.ingest.strip import Strip

MonthDay = tuple[int, int]
Days = npt.NDArray[np.datetime64]
_NAMES = """
january february march april may june july august september october november december
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
januar februar märz april mai juni juli august september oktober november dezember
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
januari februari maart april mei juni juli augustus september oktober november december
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
"""
_MONTHS = {name: month for line in _NAMES.strip().splitlines() for month, name in enumerate(line.split(), 1)}
_SHORT = 3
_BARE = re.compile(
    r"(\d{1,2})\.?\s+(?:de\s+)?([^\W\d]+)\.?|([^\W\d]+)\.?\s+(\d{1,2})|(\d{1,2})月\s*(\d{1,2})日"
)
_LONGEST = 25
_LOOKED = 50
_LEAP = 2000  # any leap year: 29 February is a day
_ORDERED = 3  # so many times shorter must one order of the days be than the other
_ROUND = 366
_NAMED = re.compile(r"(?<!\d)(20\d\d)[-_.](\d\d)[-_.](\d\d)(?!\d)|(?<!\d)(1[5-9]\d{8})(?:\d{3})?(?!\d)")
_NEAR = 62  # days that a download may lie behind the last row
_CHOICES = 3
_VIDEO = r"tiktok\.com/.*/(?:video|photo)/(?P<id>\d{17,20})"
_SECONDS = 2**32  # the upper half of a TikTok video's number is the second of its making


@dataclass(frozen=True, slots=True)
class Run:
    """The days of a column without years, in the order of its rows.

    `rows` are the places of the filled cells, `words` their texts, `pairs` their months and days, `told`
    the years of those cells that have one. `later` tells by how many years a row lies behind the last one
    (0 or less where the newest is the last, `newest` being its place); empty where the days are in no order.
    """

    length: int
    rows: Sequence[int]
    words: Sequence[str]
    pairs: Sequence[MonthDay]
    told: Sequence[int | None]
    later: Sequence[int] = ()
    newest: int = -1
    bad: tuple[tuple[int, str], ...] = ()


def bare(text: str) -> MonthDay | None:
    """Return month and day of a date without a year, None for anything else.

    >>> bare("February 28"), bare("12 марта"), bare("9月16日"), bare("12 pieces")
    ((2, 28), (3, 12), (9, 16), None)
    """
    match = _BARE.fullmatch(unicodedata.normalize("NFKC", text[:_LONGEST]).strip())
    if not match:
        return None
    word = (match[2] or match[3] or "").casefold()
    named = _MONTHS.get(word) or (month_named(word) if len(word) == _SHORT else None)
    month = int(match[5]) if match[5] else named
    day = int(match[1] or match[4] or match[6])
    return (month, day) if month and _day(_LEAP, month, day) else None


def run(strip: Strip) -> Run | None:
    """Return the column as days without years, None where most of its cells are something else."""
    if strip.text is None or strip.when is not None or strip.number is not None:
        return None
    first = [word for word in strip.text.slice(0, _LOOKED).to_pylist() if word and word.strip()]
    if not any(map(bare, first)):
        return None
    found: list[tuple[int, str, MonthDay, int | None]] = []
    bad = []
    for row, word in enumerate(strip.text.to_pylist()):
        if pair := bare(word or ""):
            found.append((row, word, pair, None))
        elif word and (whole := moment(word, "dmy")):
            day = whole[0].astype("datetime64[D]").astype(dt.date)
            found.append((row, word, (day.month, day.day), day.year))
        elif word and word.strip():
            bad.append((row, word))
    if len(found) <= len(bad):
        return None
    rows, words, pairs, told = zip(*found, strict=True)
    if _monthly(pairs):
        return None
    order = _order(pairs)
    later, newest = (order[0], 0 if order[1] else -1) if order else ((), -1)
    return Run(strip.length, rows, words, pairs, told, later, newest, tuple(bad))


def _monthly(pairs: Sequence[MonthDay]) -> bool:
    """Return whether the days are years: `Dec 25, Jan 26, Feb 26` are months one after another."""
    at = np.array([(2000 + number) * 12 + month for month, number in pairs])
    steps = np.diff(at)
    return len(at) >= _SHORT and (bool((steps == 1).all()) or bool((steps == -1).all()))


def _order(pairs: Sequence[MonthDay]) -> tuple[list[int], bool] | None:
    """Return how many years each day lies behind the last one, and whether the first is the newest.

    None where the days are in no order.
    """
    at = np.array([(dt.date(_LEAP, *pair) - dt.date(_LEAP, 1, 1)).days for pair in pairs])
    steps = np.diff(at)
    forth, back = int((steps % _ROUND).sum()), int((-steps % _ROUND).sum())
    rising, falling = not (steps < 0).any(), not (steps > 0).any()  # without crossing New Year
    if min(forth, back) * _ORDERED <= max(forth, back):
        rising, falling = forth <= back, back < forth
    if rising == falling and len(at) > 1 and steps.any():
        return None
    falling = falling and not rising
    crossed = -(steps > 0).astype(int) if falling else (steps < 0).astype(int)
    ahead = np.append(np.cumsum(crossed[::-1])[::-1], 0)
    return [-int(count) for count in ahead], falling


def settled(found: Run, answer: int | None, days: Sequence[dt.date], today: dt.date) -> tuple[int, ...]:
    """Return the years in which the last row can lie: one if it is certain, else those to choose from.

    `days` are those that the file's name states; 29 February and the days to come rule years out.
    """
    if answer is not None:
        return (answer,)
    if sure := set(_implied(found, days)):
        return tuple(sorted(sure, reverse=True))
    recent = range(today.year, today.year - _CHOICES, -1)
    older = range(today.year - _CHOICES, today.year - 3 * _CHOICES, -1)
    for some in (recent, older):
        if fitting := tuple(year for year in some if _fits(found, year, today)):
            return fitting
    return tuple(recent)


def _implied(found: Run, days: Sequence[dt.date]) -> Iterator[int]:
    """Yield the years of the last row that cells with a year, or days in the file's name, stand for."""
    told = [year - after for year, after in zip(found.told, found.later, strict=True) if year is not None]
    exact = [
        day.year - found.later[place]
        for place in (0, -1)
        for day in days
        if (day.month, day.day) == found.pairs[place]
    ]
    near = [
        year - found.later[found.newest]
        for day in days[-1:]
        for year in (day.year, day.year - 1)
        if (last := _day(year, *found.pairs[found.newest])) and 0 <= (day - last).days <= _NEAR
    ]
    yield from told or exact or near


def _fits(found: Run, year: int, today: dt.date) -> bool:
    """Return whether every 29 February falls into a leap year and no day lies in the future."""
    days = [_day(year + after, *pair) for pair, after in zip(found.pairs, found.later, strict=True)]
    known = [day for day in days if day is not None]
    return len(known) == len(days) and max(known) <= today + dt.timedelta(days=1)


def dated(found: Run, year: int) -> Dates:
    """Return the column as moments, the last row in `year`; a day that this year lacks is a bad one."""
    values = np.full(found.length, NAT)
    bad = list(found.bad)
    cells = zip(found.rows, found.words, found.pairs, found.later, strict=True)
    for row, word, pair, after in cells:
        day = _day(year + after, *pair)
        if day is None:
            bad.append((row, word))
        else:
            values[row] = np.datetime64(day, "us")
    return Dates(values, None, tuple(sorted(bad)))


def last(found: Run, year: int) -> dt.date | None:
    """Return the day of the last row in `year`, None where that year has no such day."""
    return _day(year, *found.pairs[-1])


def nearest(found: Run, about: Days) -> Dates:
    """Return each day in the year that brings it nearest to its row's day in `about`; NaT tells nothing."""
    values: Moments = np.full(found.length, NAT)
    for row, pair in zip(found.rows, found.pairs, strict=True):
        near = about[row].astype(dt.date)
        if near is not None:
            days = [day for year in range(near.year - 1, near.year + 2) if (day := _day(year, *pair))]
            values[row] = np.datetime64(min(days, key=lambda day: abs(day - near)), "us") if days else NAT
    return Dates(values, None, found.bad)


def stated(file: str) -> tuple[dt.date, ...]:
    """Return the days that a file's name states, oldest first; a long number is the second of a download.

    >>> [str(day) for day in stated("Overview_2025-08-28_1787841428_shop.zip")]
    ['2025-08-28', '2026-08-27']
    """
    found = set()
    for match in _NAMED.finditer(file):
        if match[4]:
            found.add(dt.datetime.fromtimestamp(int(match[4]), dt.UTC).date())
        elif day := _day(int(match[1]), int(match[2]), int(match[3])):
            found.add(day)
    return tuple(sorted(found))


def made(addresses: Strip) -> Days | None:
    """Return by row the day on which a TikTok video was made, which the number in its address tells.

    None where no address is one of TikTok.
    """
    if addresses.text is None or not pc.any(pc.match_substring(addresses.text, "tiktok.com")).as_py():
        return None
    ids = pc.struct_field(pc.extract_regex(addresses.text, _VIDEO), "id")
    if ids.null_count == len(ids):
        return None
    seconds = [None if word is None else int(word) // _SECONDS for word in ids.to_pylist()]
    return np.array(pa.array(seconds, pa.timestamp("s")).to_numpy(zero_copy_only=False), "datetime64[D]")


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
