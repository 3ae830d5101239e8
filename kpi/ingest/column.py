"""One column read as its field: values, what is filled, its plain sum, its flaws."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.catalog import loader
from kpi.ingest import cells, dates, doubt, ids, years
from kpi.ingest.heading import key
from kpi.ingest.strip import Mask, Strip
from kpi.model.field import NUMERIC, Field, Roll
from kpi.model.reading import Issue, Question

_MOST = 50
_PROOF = 40  # figures of a column that prove its decimal sign, at most
_FIGURE = 32  # characters that a figure with its unit has at most
_LOOKED = 300
_COUNTS = frozenset(
    {"people", "reaches", "views", "actions", "clicks", "visits", "posts", "leads", "orders", "mentions"}
)
_DAY = frozenset({"day", "month"})
_MANY = frozenset(
    {"aim", "operation", "status"}
)  # such words are many; those that tell a figure of ours have a name
_WRAPPED = (2**32 - 1000, 2**32)  # what a program writes for a small negative number of its own
_ID = re.compile(
    r"\b(id|identificação|идентификатор|№|номер|zip|phone|телефон|инн|артикул|sku|код|code|index)\b"
)
_LONG_ID = 1e11


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A column as read: `values` is None for a column nobody wants, `numeric` serves to tell totals."""

    values: pa.Array | None = None
    offset: pa.Array | None = None
    filled: int = 0
    total: float | None = None
    numeric: cells.Floats | None = None
    issues: tuple[Issue, ...] = ()
    questions: tuple[Question, ...] = ()
    assumed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the cells of a table are to be read: what its source and its owner say.

    `decimal` is the decimal sign that holds; `likely` is that of the other columns, for those in doubt.
    Dates without a year: `year` is the last row's, `stated` are the days in the file's name, `about` is
    by row a day that each lies near.
    """

    order: str | None = None
    day_or_month: str | None = None
    decimal: str | None = None
    likely: str | None = None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    year: int | None = None
    stated: tuple[dt.date, ...] = ()
    about: years.Days | None = None


def read(strip: Strip, mask: Mask, heading: str, name: str | None, manner: Manner) -> Read:
    """Return a column of used rows as the field `name`; None reads it for the account only."""
    known = loader.fields().get(name) if name else None
    if known is None:
        return _unknown(strip, mask, heading, manner)
    if known.roll in NUMERIC:
        return _number(strip, heading, known, manner)
    if known.roll is Roll.WHEN:
        return _when(strip, mask, heading, known, manner)
    if known.roll is Roll.KEY:
        return _key(strip, mask, heading, known)
    return _label(strip, mask, heading, known, manner.values.get(known.name, {}))


def _unknown(strip: Strip, mask: Mask, heading: str, manner: Manner) -> Read:
    filled = int(mask.sum())
    if strip.when is not None or _ID.search(key(heading)):
        return Read(filled=filled)
    if strip.number is None and strip.text is not None and not _looks_numeric(strip.text):
        return Read(filled=filled)
    found = cells.numbers(strip, manner.decimal)
    if not found.wrong and np.isnan(found.values).all():
        return Read()  # dashes and the like only
    if found.clocked or not cells.mostly_numbers(found, filled):
        return Read(filled=filled)
    if found.unsure and manner.likely:
        found = cells.numbers(strip, manner.likely)
    values, wrapped = _unwrapped(found.values, heading)
    known = values[np.isfinite(values)]
    if found.unsure or not len(known) or known.min() >= _LONG_ID:
        return Read(filled=filled)
    return Read(filled=len(known), total=cells.total(values), numeric=values, issues=wrapped)


def _looks_numeric(text: pa.Array) -> bool:
    """Return whether most of the first filled cells start like a number: texts are not parsed for nothing."""
    some = [word for word in text.slice(0, 400).to_pylist() if word and word.strip()][:_MOST]
    if not some:
        return True
    return sum(bool(re.match(r"\s*[-+(]?[^\w\s]?\s*\d|\s*[-–—<]", word)) for word in some) * 2 > len(some)


def _number(strip: Strip, heading: str, known: Field, manner: Manner) -> Read:
    found = cells.numbers(strip, manner.decimal)
    issues: list[Issue] = []
    questions: tuple[Question, ...] = ()
    assumed = None
    if found.unsure and manner.likely:
        found = cells.numbers(strip, manner.likely)
    elif found.unsure and known.unit in _COUNTS:
        sign = cells.decimal_sign(strip.text)[0]
        found = cells.numbers(strip, "," if sign == "." else ".")
        issues.append(Issue(key="assumed_thousands", heading=heading))
        assumed = "thousands"
    elif found.unsure:
        questions = (doubt.decimal(heading, strip.text),)
        found = cells.Numbers(np.full(strip.length, np.nan))
    values = found.values
    if found.clocked and known.unit != "seconds":
        values = np.full(strip.length, np.nan)
    values, wrapped = _unwrapped(values, heading)
    issues += [*_flaws("bad_number", heading, found.bad, found.wrong), *wrapped]
    summed = None if found.clocked or (known.roll is Roll.RAW and known.unit == "") else cells.total(values)
    return Read(
        values=pa.array(values, pa.float64(), from_pandas=True),
        filled=int(np.isfinite(values).sum()),
        total=summed,
        numeric=values,
        issues=tuple(issues),
        questions=questions,
        assumed=assumed,
    )


def _unwrapped(values: cells.Floats, heading: str) -> tuple[cells.Floats, tuple[Issue, ...]]:
    """Return the values with those unknown that a program wrapped around 2³², and an issue for each."""
    rows = np.flatnonzero((values >= _WRAPPED[0]) & (values < _WRAPPED[1]) & (values % 1 == 0))
    if not len(rows):
        return values, ()
    known = values.copy()
    known[rows] = np.nan
    return known, tuple(
        Issue(key="wrapped_number", row=int(row), heading=heading, cell=cells.plain(float(values[row])))
        for row in rows[:_MOST]
    )


def _flaws(kind: str, heading: str, bad: tuple[tuple[int, str], ...], count: int) -> list[Issue]:
    """Return an issue a bad cell, rows counted inside the used ones, and one for those beyond fifty."""
    found = [Issue(key=kind, row=row, heading=heading, cell=text[:80]) for row, text in bad[:_MOST]]
    if count > len(found):
        found.append(Issue(key=f"{kind}s", heading=heading, facts={"count": count}))
    return found


def _when(strip: Strip, mask: Mask, heading: str, known: Field, manner: Manner) -> Read:
    found, questions = _yearless(strip, heading, manner) or (
        dates.dates(strip, manner.order, manner.day_or_month),
        (),
    )
    values = found.values
    if found.open:
        questions = (doubt.order(heading, strip.text),)
        values = np.full(strip.length, dates.NAT)
    offset = None
    if found.offset is not None and not found.open:
        offset = pa.array(found.offset, pa.float64(), from_pandas=True).cast(pa.int32())
    if known.unit == "month":
        values = values.astype("datetime64[M]").astype("datetime64[us]")
    return Read(
        values=dates.days(values) if known.unit in _DAY else dates.stamps(values),
        offset=offset if known.unit not in _DAY else None,
        filled=int(mask.sum()),
        issues=tuple(_flaws("bad_date", heading, found.bad, len(found.bad))),
        questions=questions,
    )


def _yearless(strip: Strip, heading: str, manner: Manner) -> tuple[dates.Dates, tuple[Question, ...]] | None:
    """Return a column of dates without a year and the question that it waits for; None for any other."""
    run = years.run(strip)
    if run is None:
        return None
    if manner.about is not None:
        return years.nearest(run, manner.about), ()
    if not run.later:
        return None
    fitting = years.settled(run, manner.year, manner.stated, dt.datetime.now(dt.UTC).date())
    if len(fitting) == 1:
        return years.dated(run, fitting[0]), ()
    return dates.Dates(np.full(strip.length, dates.NAT)), (doubt.year(heading, run, fitting),)


def _key(strip: Strip, mask: Mask, heading: str, known: Field) -> Read:
    text, damaged = ids.ids(strip)
    if known.name == "orders.customer":
        text = _mapped(text, lambda word: hashlib.sha256(word.strip().casefold().encode()).hexdigest()[:16])
    return Read(
        values=text,
        filled=int(mask.sum()),
        issues=tuple(_flaws("damaged_id", heading, damaged, len(damaged))),
    )


def _label(strip: Strip, mask: Mask, heading: str, known: Field, words: Mapping[str, str]) -> Read:
    text = ids.texts(strip.text, strip.length)
    if strip.number is not None:
        text = pc.coalesce(text, _written(strip.number))
    if strip.when is not None:
        text = pc.coalesce(text, pc.strftime(strip.when, format="%Y-%m-%d"))
    issues: list[Issue] = []
    if known.column == "text" and pc.any(pc.match_substring(text, "&")).as_py():
        text = _mapped(text, html.unescape)
    elif known.column == "network":
        text = _translated(text, network_words(), heading, issues)
    elif words and known.column in _MANY:
        named = {key(word): label for word, label in words.items()}
        text = _mapped(text, lambda word: named.get(key(word), word))
    elif words:
        text = _translated(text, {key(word): label for word, label in words.items()}, heading, issues)
    return Read(values=text, filled=int(mask.sum()), issues=tuple(issues))


def _written(numbers: pa.Array) -> pa.Array:
    return pa.array(
        [None if value is None else cells.plain(value) for value in numbers.to_pylist()], pa.string()
    )


def _mapped(text: pa.Array, change: Callable[[str], str]) -> pa.Array:
    """Return a text array with every different text changed by a function."""
    coded = text.dictionary_encode()
    words = [change(word) for word in coded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(coded.indices)


def _translated(text: pa.Array, words: Mapping[str, str], heading: str, issues: list[Issue]) -> pa.Array:
    """Return canonical labels; a word that nobody knows is null and an issue."""
    coded = text.dictionary_encode()
    found = [words.get(key(word)) for word in coded.dictionary.to_pylist()]
    for word, label in zip(coded.dictionary.to_pylist(), found, strict=True):
        if label is None and word.strip() and len(issues) < _MOST:
            issues.append(Issue(key="unknown_label", heading=heading, cell=word[:80]))
    return pa.array(found, pa.string()).take(coded.indices)


def likely(strips: Sequence[Strip], start: int, stop: int) -> str | None:
    """Return the decimal sign that the columns prove which leave no doubt, None if they disagree."""
    signs = set()
    for strip in strips:
        if strip.text is None:
            continue
        words = strip.text.slice(start, min(stop - start, _LOOKED)).drop_null().unique()
        signed = pc.and_(
            pc.match_substring_regex(words, r"\d[.,]\d"), pc.less_equal(pc.utf8_length(words), _FIGURE)
        )
        figures = [
            word
            for word in words.filter(signed)[:_PROOF].to_pylist()
            if cells.is_number(word) and dates.moment(word, "dmy") is None
        ]
        if figures:
            sign, unsure = cells.decimal_sign(pa.array(figures))
            signs |= set() if unsure else {sign}
    return signs.pop() if len(signs) == 1 else None


def network_words() -> dict[str, str]:
    """Return every network id by the names and words that speak of it."""
    return {
        key(word): network.id
        for network in loader.networks().values()
        for word in (*network.words, network.en, network.ru, network.id)
    }
