"""Messages to the business: which were answered, in how many minutes of its hours, and within its promise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from kpi.facts.frame import Floats, Frame, Ints, blank, calendar
from kpi.facts.rows import local
from kpi.model import hours
from kpi.model.owner import Owner, in_force
from kpi.model.reading import Issue, Table

_DAY = 24 * 60
_MONDAY = 4  # 1970-01-05, the first Monday that is counted from
_NEVER = np.iinfo(np.int64).min
_MOST = 50  # rows told one by one


def replied(frame: Frame, table: Table, owners: Sequence[Owner]) -> tuple[Frame, list[Issue]]:
    """Return messages of one table, each with whether and how soon it was answered, and what is wrong.

    A blank reply means: none yet; a cell that is no time means: unknown. A time without a clock (midnight)
    tells no minutes, nor does a reply before its message. Minutes count within the working hours that
    were in force on the day of the message, all of them where none were told. Whether an answer came in
    time is unknown without a promise; one that never came did not.
    """
    asked, answer = (_minutes(frame, table, name, owners[-1].time_zone) for name in ("at", "answered_at"))
    came = answer != _NEVER
    answered = np.where(came, 1.0, frame.values.get("answered", blank(len(frame))))
    clocked = came & (asked % _DAY != 0) & (answer % _DAY != 0)
    early = clocked & (answer < asked)
    minutes, in_time = blank(len(frame)), blank(len(frame))
    said = _said(frame, owners)
    for place in np.unique(said):
        mine, owner = said == place, owners[int(place)]
        timed = np.flatnonzero(mine & clocked & ~early)
        minutes[timed] = _worked(asked[timed], answer[timed], hours.read(owner.working_hours))
        if owner.reply_within is not None:
            late = np.where(np.isnan(minutes), np.nan, minutes <= owner.reply_within)
            in_time[mine] = np.where(answered == 0, 0.0, late)[mine]
    figures = {
        "count": np.ones(len(frame)),
        "answered": answered,
        "reply_minutes": minutes,
        "answered_in_time": in_time,
    }
    issues = [
        Issue(key="reply_before", sheet=table.sheet, row=int(row), facts={"file": table.file})
        for row in frame.row[early][:_MOST]
    ]
    return frame.with_values(figures), issues


def _said(frame: Frame, owners: Sequence[Owner]) -> Ints:
    """Return for each row the place of the answers that were in force on its day."""
    places = {id(one): place for place, one in enumerate(owners)}
    days, rows = np.unique(frame.day, return_inverse=True)
    held = np.array([places[id(in_force(owners, calendar(day)))] for day in days], np.int64)
    return np.asarray(held[rows], np.int64)


def _minutes(frame: Frame, table: Table, name: str, zone: str | None) -> Ints:
    """Return a time of each row in minutes since 1970 of the owner's clock; `_NEVER` where there is none."""
    data = table.data
    if data is None or name not in data.column_names or "row" not in data.column_names:
        return np.full(len(frame), _NEVER)
    column = data[name].combine_chunks()
    shift = "offset" if name == "at" else f"{name}_offset"
    if zone and shift in data.column_names and data[shift].null_count < len(data):
        column = local(column, data[shift].combine_chunks(), zone)
    seconds = column.cast(pa.timestamp("s"), safe=False).cast(pa.int64())
    known = np.asarray(seconds.is_valid())
    whole = np.asarray(seconds.fill_null(0).to_numpy(zero_copy_only=False), np.int64) // 60
    by_row = np.asarray(data["row"].to_numpy(), np.int64)
    order = np.argsort(by_row, kind="stable")
    place = order[np.searchsorted(by_row, frame.row, sorter=order)]
    return np.asarray(np.where(known, whole, _NEVER)[place], np.int64)


def _worked(start: Ints, end: Ints, working: hours.Hours | None) -> Floats:
    """Return the minutes between two moments that lie in the working hours; all of them without any."""
    if working is None:
        return (end - start).astype(float)
    return (_before(end, working) - _before(start, working)).astype(float)


def _before(moment: Ints, working: hours.Hours) -> Ints:
    """Return the working minutes from the first Monday on up to a moment."""
    since = moment - _MONDAY * _DAY
    opened = np.array([day in working.days for day in range(7)], np.int64)
    begun = np.concatenate([[0], np.cumsum(opened)])
    day = since // _DAY - 1  # the day before may last until after midnight
    whole = day // 7 * int(begun[-1]) + begun[day % 7]
    minutes: Ints = whole * working.lasts
    for back in (1, 0):
        passed = since - (since // _DAY - back) * _DAY - working.opens
        minutes = minutes + opened[(since // _DAY - back) % 7] * np.clip(passed, 0, working.lasts)
    return minutes
