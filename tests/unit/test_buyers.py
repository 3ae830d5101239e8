"""Who bought, who came again and who is new: only where a year of orders or the row itself says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from kpi.facts.assemble import Facts, assemble
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.trace import left_out
from kpi.metrics.values import value
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING
from tests.catalogue import one
from tests.made import reading

Buy = tuple[str, str | None]
OLD: tuple[Buy, ...] = tuple(
    ((date(2024, 1, 3) + timedelta(days=5 * step)).isoformat(), "anna" if step % 2 else "boris")
    for step in range(130)
)
"""Orders of two buyers every five days, up to October 2025."""


def orders(*rows: Buy, file: str = "orders.csv", **more: Sequence[Any]) -> Reading:
    columns: dict[str, Sequence[Any]] = {
        "at": [f"{day}T10:00:00" for day, _ in rows],
        "id": [f"{file} {place}" for place in range(len(rows))],
        "amount": [10.0] * len(rows),
        "customer": [who for _, who in rows],
    }
    return reading("orders", columns | more, file=file, currency="RUB")


def total(facts: Facts, formula: str, period: Period) -> float | None:
    kpi = one(formula)
    numbers = Numbers(cube(facts, [kpi]), (period,), EVERYTHING)
    found = numbers.total(formula, formula)[0]
    return None if np.isnan(found) else float(found)


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(currency="RUB"),))


OCTOBER = Period.month(2025, 10)


def test_a_buyer_is_new_on_the_day_of_the_first_order_of_a_long_history() -> None:
    whole = facts(orders(*OLD, ("2025-10-08", "vera"), ("2025-10-09", "vera"), ("2025-10-09", "gleb")))
    assert total(whole, "orders.new_customers", OCTOBER) == 2
    assert total(whole, "orders.new_customers", Period.month(2025, 9)) == 0


def test_nobody_is_called_new_without_a_year_before() -> None:
    short = facts(orders(*(one for one in OLD if one[0] >= "2025-01-01"), ("2025-10-08", "vera")))
    assert total(short, "orders.new_customers", OCTOBER) is None
    assert total(short, "orders.new_customers", Period.month(2025, 9)) == 0  # all of them were seen before


def test_a_hole_in_the_history_ends_it() -> None:
    early = orders(*(one for one in OLD if one[0] < "2025-06-01"), file="early.csv")
    late = [one for one in OLD if one[0] >= "2025-07-01"]
    torn = facts(early, orders(*late, ("2025-10-08", "vera"), file="late.csv"))
    assert total(torn, "orders.new_customers", OCTOBER) is None
    near = facts(
        orders(*(one for one in OLD if one[0] < "2025-06-29"), file="early.csv"),
        orders(*late, ("2025-10-08", "vera"), file="late.csv"),
    )
    assert total(near, "orders.new_customers", OCTOBER) == 1


def test_another_shop_has_a_history_of_its_own() -> None:
    other = orders(("2025-10-08", "vera"), file="other.csv")
    opened = replace(other, tables=(replace(other.tables[0], account="second shop"),))
    assert total(facts(orders(*OLD), opened), "orders.new_customers", OCTOBER) is None


def test_a_file_without_buyers_is_no_history() -> None:
    nameless = orders(("2024-01-01", None), ("2025-10-30", None), file="till.csv")
    found = facts(nameless, orders(("2025-10-01", "vera"), ("2025-10-08", "gleb"), file="shop.csv"))
    assert total(found, "orders.new_customers", OCTOBER) is None


def test_what_the_row_says_goes_before_the_history() -> None:
    rows: list[Buy] = [
        ("2025-10-01", "vera"),
        ("2025-10-02", "gleb"),
        ("2025-10-03", None),
        ("2025-10-04", None),
    ]
    said = facts(orders(*rows, new=["yes", "no", "yes", "no"]))
    assert total(said, "orders.new_customers", OCTOBER) == 2
    half = facts(orders(*rows, new=["yes", "no", "yes", None]))
    assert total(half, "orders.new_customers", OCTOBER) == 2
    bare = facts(reading("orders", {"at": ["2025-10-01T10:00:00"], "amount": [5.0], "new": ["yes"]}))
    assert total(bare, "orders.new_customers", OCTOBER) == 1


def test_every_order_but_the_first_of_a_buyer_is_a_repeat() -> None:
    rows: list[Buy] = [
        ("2025-10-01", "vera"),
        ("2025-10-01", "vera"),
        ("2025-10-03", "gleb"),
        ("2025-10-04", None),
    ]
    found = facts(orders(*rows, ("2025-11-04", "gleb")))
    assert total(found, "orders.repeat_count", OCTOBER) == 1
    assert total(found, "orders.repeat_count", Period.month(2025, 11)) == 1
    assert total(found, "orders.customers", OCTOBER) == 2
    assert total(found, "orders.repeat_customers", OCTOBER) == 1


def test_a_return_is_no_order_and_yet_its_buyer_is_known() -> None:
    day = ["2025-10-08T10:00:00", "2025-10-09T10:00:00"]
    back = reading(
        "orders",
        {"at": day, "id": ["a", "b"], "amount": [-10.0, 10.0], "customer": ["vera"] * 2},
        file="back.csv",
        currency="RUB",
    )
    found = facts(orders(*OLD), back)
    assert total(found, "orders.new_customers", OCTOBER) == 0
    assert total(found, "orders.repeat_count", OCTOBER) == sum(day >= "2025-10-01" for day, _ in OLD)
    assert total(found, "orders.customers", Period(date(2025, 10, 8), date(2025, 10, 8))) == 0


def test_money_of_orders_without_a_buyer_is_no_money_of_buyers() -> None:
    rows: list[Buy] = [("2025-10-01", "vera"), ("2025-10-02", "gleb"), ("2025-10-03", None)]
    kpi = one("orders.revenue / orders.customers")
    numbers = Numbers(cube(facts(orders(*rows)), [kpi]), (OCTOBER,), EVERYTHING)
    found = value(kpi, numbers)
    assert found.now == 20 / 2
    assert left_out(found, numbers) == (1, 2)


@pytest.mark.parametrize(("source", "expected"), [("instagram", 1), ("Зал", 0)])
def test_of_orders_from_networks_only_their_new_buyers_count(source: str, expected: int) -> None:
    rows = [*OLD, ("2025-10-08", "vera")]
    sources = ["vk"] * len(OLD) + [source]
    found = facts(orders(*rows, source=sources))
    assert total(found, "social_orders.new_customers", OCTOBER) == expected
