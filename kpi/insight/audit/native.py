"""What the native files tell of a field over some days: a figure with its rows, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from kpi.catalog.loader import fields
from kpi.facts.assemble import Facts
from kpi.facts.frame import Frame, Ints, ordinal
from kpi.facts.key import folded, label_codes
from kpi.metrics.trace import of_rows
from kpi.model.field import Roll
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.verdict import Trace
from kpi.model.view import View

FROM_POSTS = {
    "account.posts": "posts.count",
    **{
        f"account.{name}": f"posts.{name}"
        for name in ("views", "reactions", "comments", "shares", "saves", "engagements", "link_clicks")
    },
}
"""Flows of an account that can be added up over its posts, where no file tells them by day."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Of which network, account and currency a figure is; an empty word for any.

    `posts` are the ids or addresses of the only posts meant, None for all.
    """

    network: str = ""
    account: str = ""
    currency: str = ""
    posts: frozenset[str] | None = None

    @property
    def view(self) -> View:
        """Return the same as a view."""
        return View(network=self.network or None, account=self.account or None)


@dataclass(frozen=True, slots=True)
class Told:
    """A native figure; `whole` says that the files cover all the days. `rows` gave it, by frame."""

    value: float | None = None
    whole: bool = False
    reason: Reason | None = None
    field: str = ""
    rows: tuple[tuple[Frame, Ints], ...] = ()

    def trace(self, facts: Facts) -> tuple[Trace, ...]:
        """Return where it came from."""
        return tuple(one for frame, rows in self.rows for one in of_rows(facts, self.field, frame, rows))


def told(facts: Facts, field: str, period: Period, whose: Whose, *, added: bool = False) -> Told:
    """Return what the files tell of a field over a period; `added` adds up people of days all the same."""
    by_post = FROM_POSTS.get(field)
    if by_post and not facts.given(field, whose.view) and facts.given(by_post, whose.view):
        field = by_post
    if not facts.given(field, whose.view):
        key = "audit.no_network" if facts.given(field) else "audit.no_field"
        return Told(reason=Reason(key=key, facts={"field": field, "network": whose.network}))
    if whose.posts is not None:
        return _of_posts(facts, field, whose)
    return _by_windows(facts, field, period, whose) or _by_days(facts, field, period, whose, added=added)


def _frames(facts: Facts, table: str) -> Iterator[Frame]:
    yield from (frame for frame in facts.windows.get(table, ()) if not frame.spread)


def _mine(frame: Frame, field: str, whose: Whose) -> Ints:
    """Return the rows of the right network, account and currency in which the field is told."""
    known = ~np.isnan(frame.values[field.partition(".")[2]])
    for name in ("network", "account", "currency"):
        wanted, label = getattr(whose, name), frame.labels.get(name)
        if wanted and label is not None and not (name == "currency" and fields()[field].unit != "money"):
            known &= label.says(wanted) | label.says("")
    return np.flatnonzero(known)


def _by_windows(facts: Facts, field: str, period: Period, whose: Whose) -> Told | None:
    """Return the figure of rows that stand for longer spans, where they make up exactly the period."""
    table, _, column = field.partition(".")
    roll = fields()[field].roll
    for frame in _frames(facts, table):
        if column not in frame.values:
            continue
        rows = _mine(frame, field, whose)
        rows = rows[(frame.day[rows] >= ordinal(period.first)) & (frame.until[rows] <= ordinal(period.last))]
        if not len(rows):
            continue
        spans = set(zip(frame.day[rows].tolist(), frame.until[rows].tolist(), strict=True))
        exact = sum(last - first + 1 for first, last in spans) == period.days
        if roll is Roll.SUM and exact:
            return Told(
                float(frame.values[column][rows].sum()), whole=True, field=field, rows=((frame, rows),)
            )
        if roll is Roll.NONE and exact and len(rows) == 1:
            return Told(float(frame.values[column][rows[0]]), whole=True, field=field, rows=((frame, rows),))
        last = rows[frame.until[rows] == ordinal(period.last)]
        if roll is Roll.LAST and len(last):
            return Told(
                float(frame.values[column][last].sum()), whole=True, field=field, rows=((frame, last),)
            )
    return None


def _by_days(facts: Facts, field: str, period: Period, whose: Whose, *, added: bool) -> Told:
    """Return the figure of rows of single days."""
    table, _, column = field.partition(".")
    frame, roll = facts.daily.get(table), fields()[field].roll
    short = _short(facts, field, period, whose)
    if frame is None or column not in frame.values:
        return Told(reason=short)
    rows = _mine(frame, field, whose)
    rows = rows[(frame.day[rows] >= ordinal(period.first)) & (frame.day[rows] <= ordinal(period.last))]
    if not len(rows):
        return Told(reason=short)
    values = frame.values[column][rows]
    if roll is Roll.NONE and not added and not (period.days == 1 and len(rows) == 1):
        return Told(reason=Reason(key="audit.people", facts={"field": field}))
    whole = facts.covers(field, period, whose.view)
    if roll is Roll.LAST:
        rows = _latest(frame, rows)
        whole = bool((frame.day[rows] == ordinal(period.last)).all())
        values = frame.values[column][rows]
    elif table == "account":
        whole = whole and len(np.unique(frame.day[rows])) == period.days
    reason = None if whole else short
    return Told(float(values.sum()), whole=whole, reason=reason, field=field, rows=((frame, rows),))


def _latest(frame: Frame, rows: Ints) -> Ints:
    """Return the last row of each account."""
    whose = folded(label_codes(frame, "network"), label_codes(frame, "account"))[rows]
    return np.array([rows[whose == one][-1] for one in np.unique(whose)], np.int64)


def _short(facts: Facts, field: str, period: Period, whose: Whose) -> Reason:
    """Return which days the files tell, where these do not make up the period."""
    spans = facts.covered(field, whose.view)
    near = [span for span in spans if span.meets(period)]
    if not spans:
        return Reason(key="audit.no_days", facts={"field": field})
    if any(span.covers(period) for span in near):
        return Reason(key="audit.blank_days", facts={"field": field})
    inside = near or spans
    covered = Period(inside[0].first, inside[-1].last)
    return Reason(key="audit.not_covered", facts={"field": field, "covered": covered})


def _of_posts(facts: Facts, field: str, whose: Whose) -> Told:
    """Return the figure of the very posts that are meant, on whatever day the files tell them."""
    frame = facts.daily.get("posts")
    column = field.partition(".")[2]
    if frame is None or column not in frame.values or not whose.posts:
        return Told(reason=Reason(key="audit.no_post"))
    rows = _mine(frame, field, whose)
    names = identities(frame, rows)
    rows = np.array([row for row, its in zip(rows, names, strict=True) if its & whose.posts], np.int64)
    if not len(rows):
        return Told(reason=Reason(key="audit.no_post"))
    return Told(float(frame.values[column][rows].sum()), whole=True, field=field, rows=((frame, rows),))


def identities(frame: Frame, rows: Ints) -> list[frozenset[str]]:
    """Return the id and the address of each row, of those that it has."""
    given = frame.texts or {}
    found = [given[name].take(pa.array(rows)).to_pylist() for name in ("id", "url") if name in given]
    if not found:
        return [frozenset()] * len(rows)
    return [
        frozenset(str(word).strip().rstrip("/") for word in words if word)
        for words in zip(*found, strict=True)
    ]
