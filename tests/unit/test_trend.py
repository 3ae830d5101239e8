"""The course of a KPI: by month or week, broken where unknown, no totals of half-covered steps."""

from __future__ import annotations

from datetime import date, timedelta

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.trend import course
from kpi.metrics.cubes import Cube, cube
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.view import EVERYTHING
from tests.made import reading

FIRST = date(2025, 1, 1)
WHOLE = Period(FIRST, date(2025, 3, 15))
MENTIONS, RATE = kpis()["mentions"], kpis()["engagement_rate"]


def desk() -> Cube:
    """Ten weeks and a half of days with one mention each, and a post a day but in February."""
    days = [FIRST + timedelta(days=n) for n in range(WHOLE.days)]
    account = reading(
        "account", {"date": [str(d) for d in days], "mentions": [1.0] * len(days)}, network="vk"
    )
    posted = [day for day in days if day.month != 2]
    posts = {
        "at": [f"{day}T10:00:00" for day in posted],
        "engagements": [5.0] * len(posted),
        "reach": [100.0] * len(posted),
    }
    found = assemble([account, reading("posts", posts, file="p.csv", network="vk")], (Owner(),), {})
    return cube(found, kpis().values())


def variant(kpi_id: str, id_: str) -> object:
    return next(v for v in kpis()[kpi_id].variants if v.id == id_)


def test_a_total_of_a_month_that_is_covered_in_part_is_not_drawn() -> None:
    line = course(desk(), MENTIONS, variant("mentions", "network"), WHOLE, EVERYTHING, weekly=False)
    assert [(step.first.month, value) for step, value in line] == [(1, 31.0), (2, 28.0), (3, None)]


def test_a_rate_is_unknown_where_there_are_no_rows_and_told_where_there_are_some() -> None:
    line = course(desk(), RATE, variant("engagement_rate", "by_reach"), WHOLE, EVERYTHING, weekly=False)
    assert [value for _, value in line] == [5.0, None, 5.0]


def test_weeks_run_from_monday_up_to_the_period_looked_at() -> None:
    until = Period.month(2025, 1)
    line = course(desk(), MENTIONS, variant("mentions", "network"), until, EVERYTHING, weekly=True)
    assert {step.first.weekday() for step, _ in line} == {0}
    assert line[-1][0].first == date(2025, 1, 27)
    assert [value for _, value in line][1:] == [7.0] * (len(line) - 1)


def test_without_dated_rows_there_is_no_course() -> None:
    empty = cube(assemble([], (Owner(),), {}), kpis().values())
    assert course(empty, MENTIONS, variant("mentions", "network"), WHOLE, EVERYTHING, weekly=True) == ()
