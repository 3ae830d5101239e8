"""What was counted at the till: sales once, and orders from networks by day."""

from __future__ import annotations

from typing import Any

import numpy as np

from kpi.catalog.loader import kpis
from kpi.facts.assemble import Facts, assemble
from kpi.facts.frame import Frame
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING, View
from tests.made import reading

NOVEMBER = Period.month(2025, 11)


def tally(*rows: tuple[str, str | None, float | None, float | None], file: str = "tally.xlsx") -> Reading:
    """Return a tally: day, place (None for the total), receipts, revenue."""
    columns: dict[str, list[Any]] = {
        "date": [day for day, *_ in rows],
        "source": [place for _, place, *_ in rows],
        "count": [count if place is None else None for _, place, count, _ in rows],
        "amount": [paid if place is None else None for _, place, _, paid in rows],
        "of_count": [count if place else None for _, place, count, _ in rows],
        "of_amount": [paid if place else None for _, place, _, paid in rows],
    }
    return reading("tally", columns, file=file, source="template_tally")


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(currency="RUB"),))


def total(found: Facts, name: str, view: View = EVERYTHING) -> float:
    return float(Numbers(cube(found, kpis().values()), [NOVEMBER], view).total(name, name)[0])


def by_network(frame: Frame, name: str) -> list[tuple[str, float]]:
    return list(zip(frame.labels["network"].words(), frame.values[name].tolist(), strict=True))


DAY = (
    ("2025-11-05", None, 80, 32000),
    ("2025-11-05", "Instagram", 5, 2100),
    ("2025-11-05", "Друзья", 9, None),
)


def test_the_total_is_the_shops_day_and_the_places_of_networks_are_social_orders() -> None:
    found = facts(tally(*DAY))
    assert total(found, "orders.count") == 80
    assert total(found, "orders.revenue") == 32000
    assert by_network(found.daily["social_orders"], "count") == [("instagram", 5), ("", 0)]
    assert total(found, "social_orders.count") == 5
    assert total(found, "social_orders.count", View(network="instagram")) == 5
    assert total(found, "social_orders.revenue") == 2100


def test_a_code_word_that_names_a_network_belongs_to_it() -> None:
    rows = (("2025-11-05", "Кодовое слово КОФЕ из ВК", 3, 900), ("2025-11-05", "INSTA10", 4, 800))
    assert by_network(facts(tally(*rows)).daily["social_orders"], "count") == [("vk", 3), ("instagram", 4)]


def test_receipts_without_their_money_are_orders_and_no_revenue() -> None:
    found = facts(tally(("2025-11-05", None, 80, 32000), ("2025-11-05", "Instagram", 5, None)))
    assert total(found, "social_orders.count") == 5
    assert np.isnan(total(found, "social_orders.revenue"))


def test_no_receipts_are_no_money() -> None:
    found = facts(tally(("2025-11-05", "ВК", 0, None), ("2025-11-05", "Instagram", 5, 700)))
    assert total(found, "social_orders.revenue") == 700


def test_a_report_of_the_till_for_the_same_day_is_not_added_to_the_tally() -> None:
    till = reading(
        "orders", {"at": ["2025-11-05T00:00:00"], "amount": [31500.0], "count": [79.0]}, file="till.xlsx"
    )
    found = facts(tally(*DAY, ("2025-11-06", None, 10, 4000)), till)
    assert total(found, "orders.revenue") == 31500 + 4000
    assert total(found, "orders.count") == 79 + 10
    assert total(found, "social_orders.count") == 5
    (issue,) = found.issues
    assert (issue.key, issue.facts["n"]) == ("tally_beside", 1)


def test_orders_of_an_online_shop_are_beside_those_of_the_till() -> None:
    rows = {"at": ["2025-11-05T10:00:00"], "amount": [1000.0], "source": ["vk"]}
    shop = reading("orders", rows, file="shop.csv", source="shopify_orders")
    found = facts(tally(*DAY), shop)
    assert total(found, "orders.revenue") == 33000
    assert total(found, "social_orders.revenue") == 3100
    assert not found.issues


def test_receipts_traced_by_the_till_itself_are_not_added_to_those_counted_the_same_day() -> None:
    rows = {
        "at": ["2025-11-05T10:00:00", "2025-11-07T10:00:00"],
        "amount": [400.0, 500.0],
        "code": ["INSTA10", "VK5"],
    }
    found = facts(tally(*DAY), reading("orders", rows, file="till.xlsx"))
    assert total(found, "social_orders.count") == 5 + 1
    assert total(found, "social_orders.revenue") == 2100 + 500


def test_a_day_on_which_nobody_was_asked_tells_nothing_of_networks() -> None:
    found = facts(tally(*DAY, ("2025-11-06", None, 10, 4000)))
    assert set(found.daily["social_orders"].day.tolist()) == {found.daily["orders"].day[0]}
    assert "social_orders" not in facts(tally(("2025-11-06", None, 10, 4000))).daily
