"""A column read as figures of its field: which sign is which, whose money, and what cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from kpi.ingest import cells, currency, decimals, doubt
from kpi.ingest.cells import Floats, Numbers
from kpi.ingest.heading import key
from kpi.ingest.manner import MOST, Manner, Read, flaws
from kpi.ingest.strip import Mask, Strip
from kpi.model.field import Field, Roll
from kpi.model.reading import Issue, Question

_COUNTS = frozenset(
    {"people", "reaches", "views", "actions", "clicks", "visits", "posts", "leads", "orders", "mentions"}
)
_PERCENT = frozenset({"", "percent"})  # units of which a cell with a percent sign may be
_WRAPPED = (2**32 - 1000, 2**32)  # what a program writes for a small negative number of its own
_SPELLS = (  # what a heading says that its column counts, in seconds
    (3600, re.compile(r"\b(?:hours?|hrs?|часы?|часов|ч|horas?|stunden|std|heures?|ore|години?|godz\w*)\b")),
    (60, re.compile(r"\b(?:minutes?|mins?|минут\w*|мин|minutos?|minuten|хвилин\w*|хв)\b")),
)
_SIGNED = ("_net", ".count", ".orders", "ads.results")  # changes, returns, conversions shared among ads


def figure(strip: Strip, heading: str, known: Field, manner: Manner) -> Read:
    """Return a column as the figures of a field.

    What cannot be a figure of it is unknown and an issue each; what is hardly one (a count below nought)
    stays, and is told.
    """
    found, assumed, questions = _told(strip, heading, known, manner)
    values = found.values
    if found.clocked and known.unit != "seconds":
        values = np.full(strip.length, np.nan)
    values, typed = _typed(found, values, strip, heading, keep=manner.keep_texts)
    values, shares = _unshared(values, found.percent, strip, heading, known)
    values, wrapped = unwrapped(values, heading)
    whose, dollar = _currency(strip, heading, known, manner)
    issues = [*flaws("bad_number", heading, found.bad, found.wrong), *typed, *shares, *wrapped]
    issues += [Issue(key="assumed_thousands", heading=heading)] if assumed else []
    unlike = whose is not None and len(whose.drop_null().unique()) > 1
    plain = not (found.clocked or unlike or (known.roll is Roll.RAW and known.unit == ""))
    spell = _spell(heading) if known.unit == "seconds" and not found.clocked else 1
    return Read(
        values=pa.array(values * spell, pa.float64(), from_pandas=True),
        filled=int(np.isfinite(values).sum()),
        total=cells.total(values) if plain else None,
        numeric=values,
        issues=(*issues, *_odd(values, heading, known)),
        questions=questions,
        assumed=assumed or ("dollar" if dollar else None),
        currency=whose,
    )


def _spell(heading: str) -> int:
    """Return how many seconds stand for one in a column of times.

    >>> _spell("Watch time (hours)"), _spell("Время просмотра, мин"), _spell("Seconds viewed")
    (3600, 60, 1)
    """
    return next((seconds for seconds, word in _SPELLS if word.search(key(heading))), 1)


def _told(
    strip: Strip, heading: str, known: Field, manner: Manner
) -> tuple[Numbers, str | None, tuple[Question, ...]]:
    """Return the numbers, the reading that was assumed, and the question where none can be."""
    found = cells.numbers(strip, manner.decimal)
    if not found.unsure:
        return found, None, ()
    if manner.likely:
        return cells.numbers(strip, manner.likely), None, ()
    sign = decimals.decimal_sign(strip.text)[0]
    if known.unit in _COUNTS and sign != decimals.EACH:
        return cells.numbers(strip, "," if sign == "." else "."), "thousands", ()
    nothing = Numbers(np.full(strip.length, np.nan))
    return nothing, None, (doubt.decimal(heading, strip.text),)


def _typed(
    found: Numbers, values: Floats, strip: Strip, heading: str, *, keep: bool
) -> tuple[Floats, tuple[Issue, ...]]:
    """Return the values and what is told of texts among numbers: read as figures, or left out.

    Clock times and percentages are texts on purpose, and a column of texts alone is no odd one out.
    """
    if strip.text is None or strip.number is None or found.clocked:
        return values, ()
    stored = strip.number.is_valid().to_numpy(zero_copy_only=False)
    typed = np.isfinite(values) & ~stored
    if found.percent is not None:
        typed &= ~found.percent
    if not (stored.any() and typed.any()):
        return values, ()
    issue = Issue(
        key="text_numbers_left" if keep else "text_numbers",
        row=int(np.flatnonzero(typed)[0]),
        heading=heading,
        facts={"n": int(typed.sum())},
    )
    return (np.where(typed, np.nan, values) if keep else values), (issue,)


def _unshared(
    values: Floats, percent: Mask | None, strip: Strip, heading: str, known: Field
) -> tuple[Floats, list[Issue]]:
    """Return the values without percentages where the field is a count or an amount, which is no share."""
    if percent is None or known.unit in _PERCENT:
        return values, []
    rows = np.flatnonzero(percent & np.isfinite(values))
    words = strip.take(rows[:MOST]).cells()
    bad = tuple(zip(rows[:MOST].tolist(), words, strict=True))
    return np.where(percent, np.nan, values), flaws("bad_number", heading, bad, len(rows))


def unwrapped(values: Floats, heading: str) -> tuple[Floats, tuple[Issue, ...]]:
    """Return the values with those unknown that a program wrapped around 2³², and an issue for each."""
    rows = np.flatnonzero((values >= _WRAPPED[0]) & (values < _WRAPPED[1]) & (values % 1 == 0))
    if not len(rows):
        return values, ()
    known = values.copy()
    known[rows] = np.nan
    return known, tuple(
        Issue(key="wrapped_number", row=int(row), heading=heading, cell=cells.plain(float(values[row])))
        for row in rows[:MOST]
    )


def _currency(strip: Strip, heading: str, known: Field, manner: Manner) -> tuple[pa.Array | None, bool]:
    """Return whose money each row is by its cell, else by the heading, and whether a dollar was assumed."""
    if known.unit != "money":
        return None, False
    names, headed = currency.told(strip.text), None if manner.currency else currency.code(heading)
    if names is None and headed is None:
        return None, False
    names = pa.nulls(strip.length, pa.string()) if names is None else names
    told = headed or manner.currency
    return currency.settled(names if told is None else names.fill_null(told), manner.currency or headed)


def _odd(values: Floats, heading: str, known: Field) -> Iterator[Issue]:
    """Yield what a count hardly is, an issue each with the first row: below nought, or a fraction."""
    if known.unit not in _COUNTS or known.name.endswith(_SIGNED):
        return
    with np.errstate(invalid="ignore"):
        for kind, strange in (("negative", values < 0), ("fraction", values % 1 > 0)):
            rows = np.flatnonzero(strange)
            if len(rows):
                facts = {"n": len(rows)}
                cell = cells.plain(float(values[rows[0]]))
                yield Issue(key=f"odd_{kind}", row=int(rows[0]), heading=heading, cell=cell, facts=facts)
