"""One column read as its field: values, what is filled, its plain sum, its flaws."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.catalog import loader
from kpi.ingest import cells, currency, dates, decimals, doubt, figures, ids, years
from kpi.ingest.heading import key
from kpi.ingest.manner import Manner, Read, flaws
from kpi.ingest.moment import moment
from kpi.ingest.strip import Mask, Strip, holds, mapped, worded
from kpi.model.field import NUMERIC, Field, Roll
from kpi.model.reading import Issue, Question

_CUT = re.compile(r"&#?\w{0,8}(?=(?:\.{3}|…)\s*$)")
_MOST = 50  # words that nobody knows, told one by one
_PROOF = 40  # figures of a column that prove its decimal sign, at most
_FIGURE = 32  # characters that a figure with its unit has at most
_LOOKED = 300
_PAST = frozenset(  # tables of what has happened
    {"posts", "account", "ads", "orders", "leads", "web", "mentions", "messages", "reviews", "stories"}
)
_EARLIEST = np.datetime64("2005-01-01", "us")  # the first year of social media
_FAR = np.timedelta64(2 * 366, "D")
_DAY = frozenset({"day", "month"})
_MANY = frozenset(
    {"aim", "operation", "status"}
)  # such words are many; those that tell a figure of ours have a name
_ID = re.compile(
    r"\b(id|identificação|идентификатор|№|номер|zip|phone|телефон|инн|артикул|sku|код|code|index)\b"
)
_LONG_ID = 1e11


def read(strip: Strip, mask: Mask, heading: str, name: str | None, manner: Manner) -> Read:
    """Return a column of used rows as the field `name`; None reads it for the account only."""
    known = loader.fields().get(name) if name else None
    if known is None:
        return _unknown(strip, mask, heading, manner)
    if known.roll in NUMERIC:
        return figures.figure(strip, heading, known, manner)
    if known.roll is Roll.WHEN:
        return _when(strip, mask, heading, known, manner)
    if known.roll is Roll.KEY:
        return ids.key(strip, mask, heading, known)
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
    values, wrapped = figures.unwrapped(found.values, heading)
    known = values[np.isfinite(values)]
    if found.unsure or not len(known) or known.min() >= _LONG_ID:
        return Read(filled=filled)
    scales = found.percent is not None and bool((mask & ~found.percent).any())  # 5 % beside 0.05
    total = None if scales else cells.total(values)
    return Read(filled=len(known), total=total, numeric=values, issues=wrapped)


def _looks_numeric(text: pa.Array) -> bool:
    """Return whether most of the first filled cells start like a number: texts are not parsed for nothing."""
    some = [word for word in text.slice(0, 400).to_pylist() if word and word.strip()][:_MOST]
    if not some:
        return True
    return sum(bool(re.match(r"\s*[-+(]?[^\w\s]?\s*\d|\s*[-–—<]", word)) for word in some) * 2 > len(some)


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
    values, odd = _likely(values, heading, known)
    until = assumed = None
    if known.unit == "month":
        values = values.astype("datetime64[M]").astype("datetime64[us]")
    elif found.grain is not None:
        windows = known.column == "date" and f"{known.table}.starts" in loader.fields()
        until = dates.days(np.where(np.isnat(values), dates.NAT, found.ends())) if windows else None
        assumed = None if windows else "period_start"
    if known.unit not in _DAY or found.assumed != "zone":
        assumed = found.assumed or assumed
    return Read(
        values=dates.days(values) if known.unit in _DAY else dates.stamps(values),
        offset=offset if known.unit not in _DAY else None,
        filled=int(mask.sum()),
        issues=(*flaws("bad_date", heading, found.bad, len(found.bad)), *odd),
        questions=questions,
        assumed=assumed,
        until=until,
    )


def _likely(values: dates.Moments, heading: str, known: Field) -> tuple[dates.Moments, list[Issue]]:
    """Return the days without those that cannot be, and what is told of these and of days to come."""
    if known.table not in _PAST:
        return values, []
    today = np.datetime64(dt.datetime.now(dt.UTC).date(), "us")
    far = (values < _EARLIEST) | (values > today + _FAR)
    future = ~far & (values > today + np.timedelta64(1, "D"))
    told = [
        Issue(key="far_date", row=int(row), heading=heading, cell=str(values[row])[:10])
        for row in np.flatnonzero(far)[:_MOST]
    ]
    if future.any():
        row = int(np.flatnonzero(future)[0])
        facts = {"n": int(future.sum())}
        told.append(
            Issue(key="future_date", row=row, heading=heading, cell=str(values[row])[:10], facts=facts)
        )
    return np.where(far, dates.NAT, values), told


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


def _label(strip: Strip, mask: Mask, heading: str, known: Field, words: Mapping[str, str]) -> Read:
    text = worded(strip.text, strip.length)
    if strip.number is not None:
        text = pc.coalesce(text, ids.figured(strip.number))
    if strip.when is not None:
        text = pc.coalesce(text, pc.strftime(strip.when, format="%Y-%m-%d"))
    issues: list[Issue] = []
    if known.column == "text" and holds(text, b"&"):
        text = mapped(text, _unescaped)
    elif known.column == "currency":
        text, _ = currency.settled(mapped(text, lambda word: currency.code(word) or word.strip()), None)
    elif known.column == "network":
        text = _translated(text, network_words(), heading, issues)
    elif words and known.column in _MANY:
        named = {key(word): label for word, label in words.items()}
        text = mapped(text, lambda word: named.get(key(word), word))
    elif words:
        text = _translated(text, {key(word): label for word, label in words.items()}, heading, issues)
    return Read(values=text, filled=int(mask.sum()), issues=tuple(issues))


def _translated(text: pa.Array, words: Mapping[str, str], heading: str, issues: list[Issue]) -> pa.Array:
    """Return canonical labels; a word that nobody knows is null and an issue."""
    coded = text.dictionary_encode()
    found = [words.get(key(word)) for word in coded.dictionary.to_pylist()]
    for word, label in zip(coded.dictionary.to_pylist(), found, strict=True):
        if label is None and word.strip() and len(issues) < _MOST:
            issues.append(Issue(key="unknown_label", heading=heading, cell=word[:80]))
    return pa.array(found, pa.string()).take(coded.indices)


def _unescaped(text: str) -> str:
    """Return a text with its HTML entities read, but for one that was cut in the middle (`&#1280...`)."""
    return html.unescape(_CUT.sub("", text))


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
            if cells.is_number(word) and moment(word, "dmy") is None
        ]
        if figures:
            sign, unsure = decimals.decimal_sign(pa.array(figures))
            signs |= set() if unsure else {sign}
    return signs.pop() if len(signs) == 1 else None


def network_words() -> dict[str, str]:
    """Return every network id by the names and words that speak of it."""
    return {
        key(word): network.id
        for network in loader.networks().values()
        for word in (*network.words, network.en, network.ru, network.id)
    }
