from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge import periods
from kpi.metrics.cubes import cube
from kpi.model.kpi import WINDOWS
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING, View
from tests.made import reading


def days(first: str, last: str) -> Reading:
    return reading("account", {"date": [first, last], "views": [1, 2]}, network="vk", file=f"{first}.csv")


def of_account(file: Reading, account: str) -> Reading:
    return replace(file, tables=tuple(replace(table, account=account) for table in file.tables))


def first_shown(*files: Reading, view: View = EVERYTHING) -> Period | None:
    return periods.first_shown(cube(assemble(files, (Owner(),)), kpis().values()), view)


def test_shown_first_is_the_last_month_covered_from_first_to_last_day() -> None:
    assert first_shown(days("2025-08-15", "2025-11-29")) == Period.month(2025, 10)
    assert first_shown(days("2025-08-15", "2025-11-30")) == Period.month(2025, 11)


def test_without_a_whole_month_all_days_are_shown() -> None:
    assert first_shown(days("2025-11-03", "2025-11-29")) == Period(date(2025, 11, 3), date(2025, 11, 29))


def test_a_month_of_which_two_files_cover_each_a_half_is_whole() -> None:
    halves = days("2025-11-01", "2025-11-14"), days("2025-11-15", "2025-11-30")
    assert first_shown(*halves) == Period.month(2025, 11)


def test_of_an_account_its_own_last_whole_month_is_shown_first() -> None:
    both = (
        of_account(days("2025-03-01", "2025-04-14"), "old"),
        of_account(days("2025-10-01", "2025-12-31"), "new"),
    )
    assert first_shown(*both) == Period.month(2025, 12)
    assert first_shown(*both, view=View(account="old")) == Period.month(2025, 3)
    assert first_shown(*both, view=View(network="vk", account="new")) == Period.month(2025, 12)
    part = of_account(days("2025-03-18", "2025-04-14"), "old"), both[1]
    assert first_shown(*part, view=View(account="old")) == Period(date(2025, 3, 18), date(2025, 4, 14))
    assert first_shown(*both, view=View(network="x")) == Period.month(2025, 12)  # nobody names it


def test_windows_are_offered_as_exported() -> None:
    rows = {"starts": ["2025-03-11", "2025-04-01"], "ends": ["2025-04-09", "2025-04-01"], "spend": [1.0, 2.0]}
    facts = assemble([reading("ads", rows, network="facebook")], (Owner(),))
    assert periods.windows(facts) == (Period(date(2025, 3, 11), date(2025, 4, 9)),)
    assert periods.months(facts) == ()


def test_quarters_are_offered_only_whole() -> None:
    facts = assemble([days("2025-03-31", "2025-09-29")], (Owner(),))
    assert periods.quarters(facts) == (Period(date(2025, 4, 1), date(2025, 6, 30)),)


LONGER = [
    ("quarter", ("2025-11-01", "2025-11-30"), "2025-09-01"),
    ("quarter", ("2025-11-03", "2025-11-09"), "2025-08-10"),
    ("quarter", ("2025-05-25", "2025-05-30"), "2025-02-28"),  # the day after has no 31 February before it
    ("quarter", ("2025-03-31", "2025-03-31"), "2025-01-01"),
    ("12 months", ("2025-11-01", "2025-11-30"), "2024-12-01"),
    ("12 months", ("2024-02-26", "2024-02-28"), "2023-02-28"),
    ("12 months", ("2025-10-01", "2025-12-31"), "2025-01-01"),
    ("90 days", ("2025-11-01", "2025-11-30"), "2025-09-02"),
    ("90 days", ("2025-11-09", "2025-11-09"), "2025-08-12"),
    ("month", ("2025-11-03", "2025-11-09"), "2025-10-10"),
    ("", ("2025-11-03", "2025-11-09"), "2025-11-03"),
]


@pytest.mark.parametrize(("window", "chosen", "first"), LONGER)
def test_a_kpi_of_a_longer_period_ends_on_the_same_day(
    window: str, chosen: tuple[str, str], first: str
) -> None:
    period = Period(date.fromisoformat(chosen[0]), date.fromisoformat(chosen[1]))
    found = periods.lengthened(replace(kpis()["market_share"], window=window), period)
    assert found == Period(date.fromisoformat(first), period.last)


@pytest.mark.parametrize("window", WINDOWS)
def test_a_period_as_long_as_a_window_or_longer_stays_as_it_is(window: str) -> None:
    kpi = replace(kpis()["market_share"], window=window)
    for first, last in ((date(2024, 1, 1), date(2025, 11, 30)), (date(2024, 3, 1), date(2025, 2, 28))):
        assert periods.lengthened(kpi, Period(first, last)) == Period(first, last)


def test_ninety_days_are_ninety() -> None:
    assert periods.lengthened(kpis()["avg_rating"], Period.month(2025, 2)).days == 90


def test_periods_before_reach_back_as_far_as_the_data_and_a_year_at_most() -> None:
    november = Period.month(2025, 11)
    assert periods.periods_before(november, None) == (Period.month(2025, 10),)
    near = Period(date(2025, 9, 5), november.last)
    assert periods.periods_before(november, near) == (Period.month(2025, 10), Period.month(2025, 9))
    assert len(periods.periods_before(november, Period(date(2020, 1, 1), november.last))) == 12


def test_an_answer_for_whole_months_does_not_stretch_the_days_of_the_figures() -> None:
    owner = Owner(smm_costs_month=0)
    found = cube(assemble([days("2025-11-03", "2025-11-05")], (owner,)), kpis().values())
    assert periods.first_shown(found) == Period(date(2025, 11, 3), date(2025, 11, 5))
