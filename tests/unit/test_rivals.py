"""Reports of one marketplace about the same days: never added, unknown until one is picked, then a check."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from kpi.catalog.loader import kpis
from kpi.facts import rivals
from kpi.facts.assemble import Facts, assemble
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import value
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING
from tests.made import reading

APRIL, MARCH = Period.month(2026, 4), Period.month(2026, 3)


def orders(file: str = "orders.csv", month: str = "04", total: float = 100.0) -> Reading:
    rows = {
        "at": [f"2026-{month}-01T10:00:00", f"2026-{month}-30T10:00:00"],
        "id": [f"{file}1", f"{file}2"],
        "amount": [total, 50.0],
    }
    return reading("orders", rows, file=file, source="ozon_orders")


def analytics(**table: object) -> Reading:
    rows = {"starts": ["2026-04-01"], "ends": ["2026-04-30"], "amount": [170.0], "item": ["Mug"]}
    return reading("orders", rows, file="analytics.xlsx", source="ozon_analytics", **table)


def facts(*files: Reading, **reports: str) -> Facts:
    return assemble(files, (Owner(currency="RUB", reports=reports),))


def total(found: Facts, period: Period, name: str = "orders.revenue") -> float:
    numbers = Numbers(cube(found, kpis().values()), (period,), EVERYTHING)
    return float(numbers.total(name, name)[0])


def test_two_reports_of_one_month_are_neither_added_nor_chosen_between() -> None:
    found = facts(orders(), analytics())
    (dispute,) = found.disputes
    assert {(claim.source, claim.revenue, claim.count) for claim in dispute.claims} == {
        ("ozon_orders", 150.0, 2.0),
        ("ozon_analytics", 170.0, None),
    }
    assert (dispute.picked, dispute.periods) == (None, (APRIL,))
    assert math.isnan(total(found, APRIL))


def test_a_figure_that_only_one_report_tells_is_known() -> None:
    assert total(facts(orders(), analytics()), APRIL, "orders.count") == 2


def test_the_picked_report_counts_and_the_other_is_a_check() -> None:
    found = facts(orders(), analytics(), ozon="ozon_analytics")
    assert total(found, APRIL) == 170
    assert found.disputes[0].open == {}
    (issue,) = found.issues
    assert (issue.key, issue.facts["difference"]) == ("report_checked", -20.0)
    assert total(facts(orders(), analytics(), ozon="ozon_orders"), APRIL) == 150


def test_other_months_and_other_shops_are_no_rivals() -> None:
    assert total(facts(orders(month="03"), analytics()), APRIL) == 170
    assert facts(orders(month="03"), analytics()).disputes == ()
    assert facts(orders(), analytics(account="another shop")).disputes == ()


def test_a_value_says_that_the_reports_disagree() -> None:
    spent = reading("ads", {"day": ["2026-04-02"], "spend": [30.0]}, file="ads.csv", network="vk")
    found = facts(orders(), analytics(), spent)
    numbers = Numbers(cube(found, kpis().values()), (APRIL, MARCH), EVERYTHING)
    told = value(kpis()["drr"], numbers)
    assert told.now is None
    assert told.reasons[0].key == "reports_disagree"
    assert list(told.reasons[0].facts["sources"]) == ["ozon_analytics", "ozon_orders"]


def test_a_window_told_again_by_a_newer_file_counts_once() -> None:
    rows = {"starts": ["2026-04-01"], "ends": ["2026-05-31"], "amount": [300.0], "item": ["Mug"]}
    newer = reading("orders", rows, file="newer.xlsx", source="ozon_analytics")
    found = facts(analytics(), newer)
    assert total(found, Period(date(2026, 4, 1), date(2026, 5, 31))) == 300
    assert [issue.facts for issue in found.issues] == [{"file": "analytics.xlsx", "kept": "newer.xlsx"}]


def test_a_check_speaks_of_the_days_that_both_reports_tell() -> None:
    rows = {
        "at": ["2026-04-29T00:00:00", "2026-04-30T00:00:00"],
        "amount": [1.0, 2.0],
        "item": ["Mug", "Mug"],
    }
    ledger = reading("orders", rows, file="ledger.xlsx", source="ozon_accruals")
    (issue,) = facts(orders(), ledger, ozon="ozon_accruals").issues
    assert (issue.facts["sum"], issue.facts["other_sum"]) == (3.0, 50.0)
    assert issue.facts["period"] == Period(date(2026, 4, 29), date(2026, 4, 30))


def test_a_month_in_dispute_is_nothing_to_compare_with() -> None:
    rows = {"month": ["2026-03-01", "2026-04-01"], "item": ["Designer"] * 2, "amount": [30.0, 30.0]}
    costs = reading("costs", rows, file="costs.csv")
    found = facts(orders("march.csv", "03"), orders(), analytics(), costs)
    told = value(kpis()["drr"], Numbers(cube(found, kpis().values()), (MARCH, APRIL), EVERYTHING))
    assert told.now == pytest.approx(100 * 30 / 150)
    assert math.isnan(told.values[1])


def test_only_what_shares_days_with_the_believed_report_is_checked() -> None:
    rows = {"at": ["2026-02-03T00:00:00"], "amount": [9.0], "item": ["Mug"]}
    ledger = reading("orders", rows, file="ledger.xlsx", source="ozon_accruals")
    found = facts(orders(), orders("march.csv", "03"), ledger, analytics(), ozon="ozon_analytics")
    assert [issue.facts["difference"] for issue in found.issues] == [-20.0]
    assert total(found, MARCH) == 150


def test_a_report_that_a_newer_file_tells_whole_is_no_claim() -> None:
    rows = {"starts": ["2026-04-01"], "ends": ["2026-04-30"], "amount": [190.0], "item": ["Mug"]}
    newer = reading("orders", rows, file="newer.xlsx", source="ozon_analytics")
    (dispute,) = facts(analytics(), newer, orders()).disputes
    assert {claim.revenue for claim in dispute.claims} == {150.0, 190.0}


def test_a_report_without_an_order_disputes_nothing() -> None:
    nothing = reading("orders", {"at": [], "id": [], "amount": []}, file="none.csv", source="ozon_analytics")
    assert facts(orders(), nothing).disputes == ()


def test_no_rows_tell_no_days() -> None:
    assert rivals._days(facts(orders()).daily["orders"].take(np.array([], np.int64))) == set()
