"""Cells that stand for more than a day: two dates, a week, a month; and days counted from the first one."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.catalog import loader
from kpi.ingest import stated
from kpi.ingest.column import read
from kpi.ingest.heading import key
from kpi.ingest.manner import Manner, Read
from kpi.ingest.moment import moment
from kpi.ingest.strip import Mask, Strip
from kpi.model.field import Roll
from kpi.model.period import Period
from kpi.model.reading import Question

_NTH = frozenset({"nth day", "nº dia", "n-й день"})
_WEEK = frozenset({"week", "неделя", "woche", "semana"})
_MONTH = frozenset({"month", "месяц", "monat", "mês", "year month"})
_LOOKED = 20
_LONGEST_YEAR_MONTH = 6


def spanned(
    strip: Strip, mask: Mask, heading: str, name: str | None, manner: Manner, *, window: Period | None
) -> Read | None:
    """Return a column of days whose cells stand for more, or count from the window's first; else None.

    `Read.until` has the last day of every row.
    """
    field = loader.fields().get(name) if name else None
    if field is None or field.roll is not Roll.WHEN or field.unit != "day":
        return None
    written = key(heading)
    if written in _NTH:
        return _counted(strip, mask, window)
    spans = _spans(strip.text, manner.order or manner.day_or_month)
    if spans is not None:
        return spans
    if written not in _WEEK | _MONTH:
        return None
    plain = read(strip, mask, heading, name, manner)
    return _lasting(plain, month=written in _MONTH)


def _counted(strip: Strip, mask: Mask, window: Period | None) -> Read:
    """Return days numbered from 0; without a window their dates are unknown, and asked for."""
    nothing = pa.nulls(strip.length, pa.date32())
    if window is None:
        return Read(values=nothing, filled=int(mask.sum()), questions=(Question(key="period"),))
    first = np.datetime64(window.first, "D")
    found = [None if number is None else (first + number).item() for number in map(_whole, strip.cells())]
    return Read(values=pa.array(found, pa.date32()), filled=int(mask.sum()))


def _whole(cell: object) -> int | None:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_YEAR_MONTH else None


def _spans(text: pa.Array | None, order: str | None) -> Read | None:
    """Return first and last days of cells that are spans; None unless the first ones all are."""
    if text is None:
        return None
    coded = text.dictionary_encode()
    words = [word or "" for word in coded.dictionary.to_pylist()]
    some = [word for word in words if word.strip()][:_LOOKED]
    if not some or not all(_span(word, order) for word in some):
        return None
    pairs = [_span(word, order) for word in words]
    first = pa.array([pair and pair.first for pair in pairs], pa.date32()).take(coded.indices)
    last = pa.array([pair and pair.last for pair in pairs], pa.date32()).take(coded.indices)
    return Read(values=first, until=last, filled=len(first) - first.null_count)


def _span(word: str, order: str | None) -> Period | None:
    """Return the span that a cell is: two days, a month in words, or `2024-03` and `202403`."""
    bare = word.strip()
    if found := stated.span(bare, order):
        return found
    digits = bare.replace("-", "")
    if (
        len(digits) == _LONGEST_YEAR_MONTH
        and digits.isdecimal()
        and digits[:2] == "20"
        and "01" <= digits[4:] <= "12"
    ):
        return Period.month(int(digits[:4]), int(digits[4:]))
    return stated.month(bare) if moment(bare, order) is None or not any(map(str.isdigit, bare[:-4])) else None


def _lasting(plain: Read, *, month: bool) -> Read | None:
    """Return a column of first days as the months or weeks that they begin."""
    if plain.values is None or plain.values.null_count == len(plain.values):
        return None
    unit = "month" if month else "week"
    start = pc.floor_temporal(plain.values, unit=unit, week_starts_monday=True)
    if not month and not pc.all(pc.equal(start, plain.values)).as_py():  # weeks that begin on a Sunday
        start = plain.values
    days = [None if day is None else _last(day, month=month) for day in start.to_pylist()]
    return replace(plain, values=start, until=pa.array(days, pa.date32()))


def _last(day: dt.date, *, month: bool) -> dt.date:
    if month:
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day + dt.timedelta(days=6)
