"""A long table → one column a meaning: the value stands in one column, what it means in others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from kpi.ingest import cells, dates, doubt
from kpi.ingest.aside import Rows, Shape
from kpi.ingest.blocks import Block
from kpi.ingest.heading import key
from kpi.ingest.ledger import ledger
from kpi.ingest.plan import Plan, fingerprint
from kpi.ingest.strip import Mask, Strip
from kpi.ingest.table import span
from kpi.model.reading import Column, Issue, Table
from kpi.model.source import Long


def build(block: Block, plan: Plan, long: Long, seed: Table) -> tuple[Table, list[Issue]]:
    """Return a table with one row a day; every meaning is told as a column entry, wanted or not."""
    places = {key(name): place for place, name in enumerate(plan.headings)}
    value, parts = places[key(long.value)], [places[key(one)] for one in long.by if key(one) in places]
    day = next(place for place, name in enumerate(plan.fields) if name)
    roles = Shape(figures=[value], whens=[day], keys=[], known=True)
    book = ledger(block, plan, roles)
    strips = [strip.take(book.used) for strip in block.sheet.strips]
    numbers = cells.numbers(strips[value], plan.manner.decimal)
    when = dates.dates(strips[day], plan.manner.order, plan.manner.day_or_month)
    meanings, codes = _meanings([strips[place] for place in parts], long)
    entries, fields = [], {}
    for code, meaning in enumerate(meanings):
        rows = codes == code
        known = rows & np.isfinite(numbers.values)
        name = long.fields.get("|".join(part for part in meaning if part))
        where = {long.by[at]: part for at, part in enumerate(meaning) if part}
        total = cells.total(numbers.values[rows])
        entries.append(
            Column(
                heading=plan.headings[value], field=name, filled=int(known.sum()), total=total, where=where
            )
        )
        if name:
            fields[name] = known
    data = _pivot(fields, numbers.values, when.values, book.used)
    first, last = span(data)
    plain = [
        Column(heading=name, field=plan.fields[place], filled=int(block.masks[place][book.used].sum()))
        for place, name in enumerate(plan.headings)
        if place != value
    ]
    unsure = (doubt.order(plan.headings[day], strips[day].text),) if when.open else ()
    made = replace(
        seed,
        source=plan.source,
        kind=plan.kind,
        network=plan.network,
        rows_in=len(book.rows),
        rows_used=len(book.used),
        aside=book.told(),
        first=first,
        last=last,
        columns=(*plain, *entries),
        questions=unsure,
        fingerprint=fingerprint(plan.headings),
        counts=plan.counts,
        absent_zero=tuple(name for name in plan.absent_zero if name in fields),
        data=data,
    )
    bad = [("bad_number", value, numbers.bad), ("bad_date", day, when.bad)]
    issues = [
        Issue(
            key=kind,
            sheet=block.sheet.name,
            row=int(book.used[row]) + 1,
            heading=plan.headings[place],
            cell=text[:80],
        )
        for kind, place, some in bad
        for row, text in some[:50]
    ]
    return made, issues


def _meanings(parts: Sequence[Strip], long: Long) -> tuple[list[tuple[str, ...]], Rows]:
    """Return the different meanings and which one every row has; breakdowns of people are one each."""
    people = set(long.people)
    columns = []
    for part in parts:
        text = part.text if part.text is not None else pa.array([""] * part.length)
        columns.append(text.fill_null("").dictionary_encode())
    codes = np.zeros(parts[0].length, dtype=np.int64)
    for column in columns:
        codes = codes * max(len(column.dictionary), 1) + column.indices.to_numpy()
    unique, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    found: dict[tuple[str, ...], int] = {}
    order = []
    for row in first.tolist():
        words = tuple(column[row].as_py() for column in columns)
        meaning = (words[0],) if words[0] in people else words
        order.append(found.setdefault(meaning, len(found)))
    return list(found), np.array(order, dtype=np.int64)[inverse] if len(unique) else codes


def _pivot(fields: dict[str, Mask], values: cells.Floats, when: dates.Moments, used: Rows) -> pa.Table:
    """Return a row a day, oldest first, with the number of the first row that speaks of it."""
    dated = ~np.isnat(when)
    some = np.flatnonzero(dated)
    days, first, inverse = np.unique(when[some], return_index=True, return_inverse=True)
    columns = {"row": pa.array(used[some][first] + 1), "date": dates.days(days)}
    for name, known in fields.items():
        column = np.full(len(days), np.nan)
        chosen = known[some]
        column[inverse[chosen]] = values[some][chosen]
        columns[name.partition(".")[2]] = pa.array(column, from_pandas=True)
    return pa.table(columns)
