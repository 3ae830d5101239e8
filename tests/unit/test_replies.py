"""Whether and how soon messages were answered: in working hours, without guesses, within the promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.facts.assemble import Facts, assemble
from kpi.model.hours import DAYS, Hours, written
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading

WEEK = "Mo-Fr 09:00-18:00"


def messages(*pairs: tuple[str, str | None], told: Sequence[float | None] | None = None) -> Reading:
    """Messages received and answered; `told` says in place of the times whether they were answered."""
    came = [0.0 if answer is None else 1.0 for _, answer in pairs]
    made = reading("messages", {"at": [asked for asked, _ in pairs], "answered": told or came})
    times = pa.array(
        [None if answer is None else datetime.fromisoformat(answer) for _, answer in pairs],
        pa.timestamp("s"),
    )
    (table,) = made.tables
    assert table.data is not None
    columns = tuple(
        replace(one, heading="Replied", field="messages.answered_at") if one.heading == "Answered" else one
        for one in table.columns
    )
    data = table.data.append_column("answered_at", times)
    return replace(made, tables=(replace(table, data=data, columns=columns),))


def facts(made: Reading, *owners: Owner) -> Facts:
    return assemble([made], owners or (Owner(),))


def told(found: Facts, name: str) -> list[float | None]:
    return [None if np.isnan(one) else float(one) for one in found.daily["messages"].values[name]]


def test_without_working_hours_every_minute_counts() -> None:
    found = facts(messages(("2025-11-07T17:30:00", "2025-11-10T09:15:00"), ("2025-11-08T10:00:00", None)))
    assert told(found, "count") == [1, 1]
    assert told(found, "answered") == [1, 0]
    assert told(found, "reply_minutes") == [2 * 24 * 60 + 15 * 60 + 45, None]


def test_a_weekend_is_no_slow_answer() -> None:
    found = facts(
        messages(
            ("2025-11-07T17:30:00", "2025-11-10T09:15:00"),
            ("2025-11-08T10:00:00", "2025-11-08T11:00:00"),
        ),
        Owner(working_hours=WEEK),
    )
    assert told(found, "reply_minutes") == [45, 0]


def test_the_hours_of_the_day_of_the_message_count() -> None:
    winter, summer = (
        Owner(working_hours=WEEK),
        Owner(since=date(2025, 6, 1), working_hours="Mo-Su 10:00-11:00"),
    )
    found = facts(
        messages(
            ("2025-01-07T08:00:00", "2025-01-07T12:00:00"),
            ("2025-07-07T08:00:00", "2025-07-07T12:00:00"),
        ),
        winter,
        summer,
    )
    assert told(found, "reply_minutes") == [180, 60]


def test_a_day_without_a_clock_tells_no_minutes_and_yet_an_answer() -> None:
    found = facts(messages(("2025-11-03T00:00:00", "2025-11-04T00:00:00")))
    assert told(found, "answered") == [1]
    assert told(found, "reply_minutes") == [None]


def test_an_answer_before_its_message_is_told_and_has_no_minutes() -> None:
    found = facts(messages(("2025-11-03T12:00:00", "2025-11-03T11:00:00")))
    assert told(found, "reply_minutes") == [None]
    assert [(one.key, one.row) for one in found.issues] == [("reply_before", 2)]


def test_a_cell_that_cannot_be_read_is_neither_answered_nor_not() -> None:
    found = facts(messages(("2025-11-03T12:00:00", None), told=[None]), Owner(reply_within=60))
    assert told(found, "answered") == [None]
    assert told(found, "answered_in_time") == [None]


def test_without_a_column_of_answers_nothing_is_said_of_them() -> None:
    found = facts(reading("messages", {"at": ["2025-11-03T12:00:00"]}), Owner(reply_within=60))
    assert told(found, "count") == [1]
    assert told(found, "answered") == told(found, "answered_in_time") == [None]


def test_in_time_is_within_the_promise_and_never_answered_is_late() -> None:
    pairs = (
        ("2025-11-03T12:00:00", "2025-11-03T13:00:00"),
        ("2025-11-03T13:00:00", "2025-11-03T14:01:00"),
        ("2025-11-03T14:00:00", None),
        ("2025-11-04T00:00:00", "2025-11-04T12:00:00"),
    )
    assert told(facts(messages(*pairs), Owner(reply_within=60)), "answered_in_time") == [1, 0, 0, None]
    assert told(facts(messages(*pairs)), "answered_in_time") == [None] * 4


def test_times_with_a_zone_are_told_by_the_clock_of_the_owner() -> None:
    made = messages(("2025-11-03T05:30:00", "2025-11-03T07:00:00"))
    (table,) = made.tables
    assert table.data is not None
    zero = pa.array([0], pa.int32())
    data = table.data.append_column("offset", zero).append_column("answered_at_offset", zero)
    zoned = replace(made, tables=(replace(table, data=data),))
    owner = Owner(working_hours=WEEK, time_zone="Europe/Moscow")
    assert told(facts(zoned, owner), "reply_minutes") == [60]  # 08:30 and 10:00 in Moscow, open from 09:00


moments = st.datetimes(datetime(2025, 10, 1), datetime(2025, 10, 12)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
clock = st.sampled_from(["00:00", "09:00", "18:30", "22:00", "23:30"])


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(moments, st.integers(1, 9000), st.sets(st.integers(0, 6), min_size=1), clock, clock)
def test_working_minutes_are_those_that_a_clock_counts(
    asked: datetime, later: int, days: set[int], start: str, end: str
) -> None:
    answered = asked + timedelta(minutes=later)
    if "00:00" in {f"{one:%H:%M}" for one in (asked, answered)}:
        return
    working = Hours(tuple(sorted(days)), start, end)
    ticks = (asked + timedelta(minutes=one) for one in range(later))
    expected = sum(_open(tick, working) for tick in ticks)
    owner = Owner(working_hours=written(days, start, end))
    found = facts(messages((asked.isoformat(), answered.isoformat())), owner)
    assert told(found, "reply_minutes") == [expected]


def _open(tick: datetime, working: Hours) -> bool:
    """Whether a minute is a working one, by its day and by the day before."""
    clock, today = f"{tick:%H:%M}", tick.weekday() in working.days
    if working.start < working.end:
        return today and working.start <= clock < working.end
    yesterday = (tick.weekday() - 1) % len(DAYS) in working.days
    return (today and clock >= working.start) or (yesterday and clock < working.end)


@pytest.mark.parametrize("number", [0, -1, float("nan"), float("inf"), True, "60"])
def test_a_promise_or_a_lifetime_is_a_number_above_zero(number: float) -> None:
    with pytest.raises(ValueError, match=str(number)):
        Owner(reply_within=number)
    with pytest.raises(ValueError, match=str(number)):
        Owner(lifetime_years=number)
