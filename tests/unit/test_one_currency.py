"""Figures of one currency where files have several and no rate: never of both, never of rows without any."""

from __future__ import annotations

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.board import Judge
from kpi.metrics.cubes import cube
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from kpi.model.target import Target
from kpi.model.verdict import Measure, Verdict
from kpi.model.view import View
from tests.judged import NOVEMBER, posts
from tests.made import reading

DAYS = [f"2025-11-{day:02d}" for day in range(1, 31)]


def ads(currency: str | None, spend: float, clicks: int) -> Reading:
    each = {"spend": spend, "link_clicks": clicks, "impressions": 100, "orders": 1}
    rows = {"starts": DAYS} | {name: [number] * 30 for name, number in each.items()}
    network = "facebook" if currency else "vk"  # else it would be taken for an older copy
    return reading("ads", rows, file=f"{currency}.csv", network=network, currency=currency)


def orders(currency: str) -> Reading:
    rows = {
        "at": [f"{day}T10:00:00" for day in DAYS],
        "id": [f"n{i}" for i in range(30)],
        "amount": [70.0] * 30,
    }
    return reading("orders", rows, file="orders.csv", currency=currency)


def seen(
    kpi: str, currency: str | None, *files: Reading, own: str | None = "RUB", target: float = 0
) -> Verdict:
    facts = assemble(files, (Owner(currency=own),))
    targets = (Target(kpi=kpi, value=target),) if target else ()
    return Judge(cube(facts, kpis().values()), View(currency=currency), targets).verdict(
        kpis()[kpi], NOVEMBER
    )


BOTH = ads("RUB", 60.0, 4), ads("USD", 3.0, 6)


def test_a_rate_of_one_currency_takes_its_own_rows_and_says_what_was_left_out() -> None:
    assert seen("cpc", None, *BOTH).reasons[0].key == "two_currencies"
    roubles, dollars = (seen("cpc", one, *BOTH) for one in ("RUB", "USD"))
    assert (roubles.value, roubles.currency, dollars.value, dollars.currency) == (15.0, "RUB", 0.5, "USD")
    assert {reason.key: reason.facts for reason in dollars.reasons}["only_currency"] == {"currency": "USD"}
    assert {trace.file for trace in dollars.trace} == {"USD.csv"}
    assert seen("ctr_ads", "RUB", *BOTH).value == pytest.approx(100 * 4 / 100)


def test_what_knows_no_money_is_the_same_in_every_currency() -> None:
    for currency in (None, "RUB", "USD"):
        found = seen("engagement_rate", currency, posts([28, 30, 32] * 5), *BOTH)
        assert found.value == pytest.approx(3.0)
        assert "only_currency" not in {reason.key for reason in found.reasons}


def test_rows_of_no_currency_beside_other_money_make_it_unknown() -> None:
    bare = ads(None, 9.0, 9)
    assert seen("cpc", "RUB", *BOTH, bare, own=None).reasons[0].key == "not_by_currency"
    alone = seen("cpc", "RUB", BOTH[0], bare, own=None)
    assert alone.value == pytest.approx((60 + 9) / (4 + 9))
    assert "untold_currency" in {reason.key for reason in alone.reasons}


def test_where_nothing_is_told_in_a_currency_that_is_said() -> None:
    found = seen("avg_order_value", "USD", orders("RUB"), BOTH[1])
    assert (found.value, found.reasons[0].key) == (None, "not_in_currency")
    assert seen("avg_order_value", "RUB", orders("RUB"), BOTH[1]).value == 70.0


def test_a_target_judges_only_money_of_the_owner_s_own_currency_and_no_part_of_a_total() -> None:
    assert seen("cpc", "RUB", *BOTH, target=20.0).measure is Measure.TARGET
    other = seen("cpc", "USD", *BOTH, target=20.0)
    assert other.measure is not Measure.TARGET
    assert "target_of_other_money" in {reason.key for reason in other.reasons}
    part = seen("conversions", "RUB", *BOTH, target=50.0)
    assert part.value == 30
    assert "target_of_all_money" in {reason.key for reason in part.reasons}
    assert seen("conversions", None, *BOTH, target=50.0).measure is Measure.TARGET
