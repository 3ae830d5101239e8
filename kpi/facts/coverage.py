"""Which weeks each source tells in full, in part or not at all: the picture of what is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import numpy as np

from kpi.catalog.loader import fields
from kpi.facts.frame import Frame, Ints, Labels, calendar
from kpi.facts.spans import bridged
from kpi.model.field import NUMERIC
from kpi.model.period import Period, weeks_of
from kpi.model.reading import Table

NO_PAUSE = 7  # days without a post or an order between two exports that are no gap
_NARROW = 2  # columns of a table that counts one thing by day


class State(StrEnum):
    """How much of a week a source tells."""

    FULL = "full"
    PART = "part"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One source: whose it is, which table, which layout ("" for an own sheet), and the days it tells.

    `field` is the only figure that its tables count, "" where they count several.
    """

    network: str
    account: str
    kind: str
    source: str
    field: str
    days: tuple[Period, ...] = ()

    def missing(self, whole: Period) -> tuple[Period, ...]:
        """Return the spans of `whole` that the source does not tell, oldest first."""
        found, start = [], whole.first
        for told in self.days:
            if told.first > start:
                found.append(Period(start, told.first - timedelta(days=1)))
            start = max(start, told.last + timedelta(days=1))
        if start <= whole.last:
            found.append(Period(start, whole.last))
        return tuple(found)

    def weeks(self, whole: Period) -> tuple[tuple[Period, State], ...]:
        """Return every week of `whole`, cut at its ends, and how much of it the source tells."""
        found = []
        for week in weeks_of(whole):
            inside = Period(max(week.first, whole.first), min(week.last, whole.last))
            told = sum(days.shared(inside) for days in self.days)
            state = State.FULL if told == inside.days else State.PART if told else State.MISSING
            found.append((inside, state))
        return tuple(found)


def lines(frames: Iterable[Frame], tables: Sequence[Table]) -> tuple[Line, ...]:
    """Return a line for every source, in a fixed order, with the days that its files tell together."""
    spans: dict[Line, list[Period]] = defaultdict(list)
    loose: set[Line] = set()
    for frame in frames:
        table = tables[int(frame.main_origin()[0])]
        for network, account, part in _parts(frame):
            line = Line(network, account, frame.table, table.source or "", _only_figure(table))
            told, exact = _told(part, table)
            spans[line] += told
            if not exact:
                loose.add(line)
    return tuple(
        Line(
            one.network,
            one.account,
            one.kind,
            one.source,
            one.field,
            bridged(found, NO_PAUSE if one in loose else 1),
        )
        for one, found in sorted(spans.items())
    )


def whole_span(found: Sequence[Line]) -> Period | None:
    """Return the days from the first to the last that any source tells; None without any."""
    told = [days for line in found for days in line.days]
    return Period(min(d.first for d in told), max(d.last for d in told)) if told else None


def biggest_gap(found: Sequence[Line]) -> tuple[Line, Period] | None:
    """Return the longest span that a source leaves out between days that it tells, and its line.

    Where no source has such a hole, the longest after a source's last day, then before its first one;
    None where every source tells every day.
    """
    whole = whole_span(found)
    if whole is None:
        return None
    gaps = [(_place(gap, whole), gap.days, line, gap) for line in found for gap in line.missing(whole)]
    if not gaps:
        return None
    _, _, line, gap = min(gaps, key=lambda one: (one[0], -one[1], one[2]))
    return line, gap


def _place(gap: Period, whole: Period) -> int:
    """Return 0 for a hole between told days, 1 for an end that is missing, 2 for a missing start."""
    if gap.first > whole.first and gap.last < whole.last:
        return 0
    return 1 if gap.first > whole.first else 2


def _parts(frame: Frame) -> Iterator[tuple[str, str, Frame]]:
    """Yield a frame's rows by network and account."""
    nobody = Labels.same("", len(frame))
    network, account = frame.labels.get("network", nobody), frame.labels.get("account", nobody)
    codes = network.codes * len(account.names) + account.codes
    for code in np.unique(codes):
        names = network.names[code // len(account.names)], account.names[code % len(account.names)]
        yield *names, frame.take(np.flatnonzero(codes == code))


def _only_figure(table: Table) -> str:
    """Return the one figure that a narrow table counts by day; "" where it counts several."""
    known = [column.field for column in table.columns if column.field in fields()]
    numeric = [name for name in known if name and fields()[name].roll in NUMERIC]
    return numeric[0] if len(numeric) == 1 and len(known) <= _NARROW else ""


def _told(frame: Frame, table: Table) -> tuple[list[Period], bool]:
    """Return the days that these rows of a table tell, and whether that is exact.

    A day of an account is told if its row has a figure, or if the layout leaves out days of nothing.
    Of posts, orders and the like a day without any is told too; from their first to their last row,
    or the whole window where the export states one.
    """
    ends = Period(calendar(int(frame.day.min())), calendar(int(frame.until.max())))
    if frame.table == "account" and table.absent_zero and not (frame.until > frame.day).any():
        return [ends], True
    if frame.table == "account" or (frame.until > frame.day).any():
        known = np.zeros(len(frame), bool)
        for value in frame.values.values():
            known |= ~np.isnan(value)
        return list(_runs(frame.day[known], frame.until[known])), True
    if table.window is not None and table.window.meets(ends):
        return [table.window], True
    return [ends], False


def _runs(days: Ints, until: Ints) -> Iterator[Period]:
    """Yield the spans of rows, those that touch as one."""
    if not len(days):
        return
    order = np.argsort(days, kind="stable")
    days, reach = days[order], np.maximum.accumulate(until[order])
    cuts = np.flatnonzero(days[1:] > reach[:-1] + 1)
    starts, stops = [0, *(cuts + 1)], [*cuts, len(days) - 1]
    for start, stop in zip(starts, stops, strict=True):
        yield Period(calendar(int(days[start])), calendar(int(reach[stop])))
