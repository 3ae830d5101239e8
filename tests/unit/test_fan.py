"""What is foretold of the next periods: from where on, how far, and why not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.fan import fan
from kpi.judge.outlook import outlook
from kpi.metrics.cubes import cube
from kpi.model.kpi import Kpi, Variant
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.view import EVERYTHING
from tests.unit.test_outlook import FOLLOWERS, MENTIONS, RATE, YEAR, desk

DECEMBER = Period.month(2025, 12)


@pytest.mark.parametrize("which", [MENTIONS, RATE, FOLLOWERS], ids=["total", "rate", "level"])
def test_the_next_months_follow_the_last_full_one_as_in_the_outlook(which: tuple[Kpi, Variant]) -> None:
    found = fan(desk(), *which, EVERYTHING, DECEMBER, per="month")
    assert [one.period for one in found.steps] == [Period.month(2026, month) for month in (1, 2, 3)]
    told = outlook(desk(), *which, EVERYTHING, None, until=DECEMBER)
    first = found.steps[0]
    assert (first.middle, (first.low, first.high), found.error) == (told.middle, told.usual, told.error)
    assert all(one.low <= one.middle <= one.high for one in found.steps)


def test_a_running_month_is_the_first_step_and_knows_what_is_told_of_it() -> None:
    half = date(2025, 12, 15)
    found = fan(desk(half), *MENTIONS, EVERYTHING, Period.month(2025, 11), per="month")
    assert found.steps[0].period == DECEMBER
    told = 15 * 13  # mentions a day in december
    assert found.steps[0].low >= told


def test_who_looks_at_earlier_days_is_told_no_future_that_has_passed() -> None:
    assert not fan(desk(), *MENTIONS, EVERYTHING, Period.month(2025, 6), per="month").steps


def test_a_short_past_foretells_nothing_and_a_longer_one_half_of_itself() -> None:
    seven = fan(desk(YEAR.first + timedelta(days=4 + 7 * 7)), *MENTIONS, EVERYTHING, DECEMBER, per="week")
    assert seven.reason is not None
    assert (seven.steps, seven.reason.key) == ((), "outlook.few")
    nine = fan(desk(YEAR.first + timedelta(days=4 + 9 * 7)), *MENTIONS, EVERYTHING, DECEMBER, per="week")
    assert (len(nine.steps), nine.reason) == (4, None)


def test_without_a_past_it_says_why() -> None:
    found = fan(desk(), kpis()["leads"], kpis()["leads"].variants[0], EVERYTHING, DECEMBER, per="month")
    assert found.reason is not None


def test_a_figure_of_longer_periods_and_an_empty_desk_have_no_such_steps() -> None:
    longer = next(kpi for kpi in kpis().values() if kpi.window == "12 months")
    assert fan(desk(), longer, longer.variants[0], EVERYTHING, DECEMBER, per="month").reason is None
    bare = cube(assemble([], (Owner(),)), kpis().values())
    assert not fan(bare, *MENTIONS, EVERYTHING, DECEMBER, per="month").steps
