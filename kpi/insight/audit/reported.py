"""What a report says: each of its columns as figures by day, week, month or post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kpi.catalog.loader import fields
from kpi.facts.assemble import Facts
from kpi.facts.frame import Frame, Ints, Labels, calendar
from kpi.insight.audit.native import Whose, identities
from kpi.metrics.trace import of_rows
from kpi.model.field import Roll
from kpi.model.period import Period
from kpi.model.verdict import Trace

_TABLES = ("account", "posts", "stories", "ads", "web", "orders", "leads")
_ROLLS = frozenset({Roll.SUM, Roll.LAST, Roll.NONE})
_WORKED_OUT = {"orders": ("count", "revenue")}  # of interactions the report says only the kinds it lists


@dataclass(frozen=True, slots=True)
class Said:
    """One reported figure: its days, whose it is, its row in the report's sheet."""

    period: Period
    whose: Whose
    value: float
    place: str


@dataclass(frozen=True, slots=True)
class Told:
    """One column of the report: a field of a network, its heading, its figures and where they stand."""

    field: str
    heading: str
    network: str
    currency: str
    figures: tuple[Said, ...]
    trace: tuple[Trace, ...]


def columns(facts: Facts) -> Iterator[Told]:
    """Yield every column of a report that is a figure of ours, table by table and network by network."""
    for table in _TABLES:
        frames = [*([facts.daily[table]] if table in facts.daily else []), *facts.windows.get(table, ())]
        for frame in frames:
            if frame.spread:
                continue
            given = {c.field for one in facts.tables for c in one.columns if one.kind == table and c.filled}
            for column in frame.values:
                name = f"{table}.{column}"
                known = fields().get(name)
                if known is None or known.roll not in _ROLLS:
                    continue
                if name in given or column in _WORKED_OUT.get(table, ()):
                    yield from _column(facts, frame, name)


def _column(facts: Facts, frame: Frame, field: str) -> Iterator[Told]:
    """Yield a column by network, account and currency."""
    column = field.partition(".")[2]
    filled = np.flatnonzero(~np.isnan(frame.values[column]))
    parts: dict[tuple[str, ...], list[int]] = defaultdict(list)
    words = [_words(frame, name, filled) for name in ("network", "account", "currency")]
    for row, *its in zip(filled.tolist(), *words, strict=True):
        parts[tuple(its)].append(row)
    for (network, account, currency), rows in sorted(parts.items()):
        mine = np.array(rows, np.int64)
        whose = Whose(network, account, currency)
        trace = of_rows(facts, field, frame, mine)
        yield Told(
            field=field,
            heading=trace[0].heading if trace else "",
            network=network,
            currency=currency,
            figures=tuple(_figures(facts, frame, field, mine, whose)),
            trace=trace,
        )


def _figures(facts: Facts, frame: Frame, field: str, rows: Ints, whose: Whose) -> Iterator[Said]:
    """Yield the figures of one column, oldest first: of a post each, else one for the same days."""
    roll, values = fields()[field].roll, frame.values[field.partition(".")[2]]
    if frame.table == "posts" and all(identities(frame, rows)):
        for row, its in zip(rows.tolist(), identities(frame, rows), strict=True):
            mine = Whose(whose.network, whose.account, whose.currency, its)
            yield Said(_days(frame, row), mine, float(values[row]), _place(facts, frame, row))
        return
    spans: dict[Period, list[int]] = defaultdict(list)
    for row in rows.tolist():
        spans[_days(frame, row)].append(row)
    for period, some in sorted(spans.items()):
        if roll is Roll.NONE and len(some) > 1:
            continue  # people of several rows overlap
        value = float(values[some[-1]] if roll is Roll.LAST else values[some].sum())
        yield Said(period, whose, value, _place(facts, frame, some[0]))


def _days(frame: Frame, row: int) -> Period:
    return Period(calendar(frame.day[row]), calendar(frame.until[row]))


def _place(facts: Facts, frame: Frame, row: int) -> str:
    return facts.tables[int(frame.main_origin()[row])].place(int(frame.row[row]))


def _words(frame: Frame, name: str, rows: Ints) -> list[str]:
    return frame.labels.get(name, Labels.same("", len(frame))).take(rows).words()
