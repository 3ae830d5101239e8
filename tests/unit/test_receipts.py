"""Lines of tills, shops and marketplaces: each order and its money once, returns taken off."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from kpi.facts.assemble import Facts, assemble
from kpi.facts.frame import NOBODY
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading

DAY = "2026-04-01T10:00:00"


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(currency="RUB"),))


def sums(*files: Reading) -> tuple[float, float]:
    """Return revenue and number of orders; unknown where some row does not tell it."""
    frame = facts(*files).daily["orders"]
    return float(frame.values["revenue"].sum()), float(frame.values["count"].sum())


def till(source: str | None = None, file: str = "till.csv", **rows: list[Any]) -> Reading:
    count = len(next(iter(rows.values())))
    return reading("orders", {"at": [DAY] * count, **rows}, file=file, source=source)


def test_an_order_of_two_shipments_is_one_and_their_money_counts_once_each() -> None:
    rows = {
        "id": ["a", "a", "a", "b"],
        "part": ["a1", "a1", "a2", "b1"],
        "amount": [700.0, 700.0, 250.0, 400.0],
    }
    assert sums(till("ozon_orders", **rows)) == (1350, 2)


def test_the_first_line_of_an_order_may_tell_nothing() -> None:
    rows = {"id": ["a", "b", "a", "b"], "amount": [None, 5.0, 70.0, None], "item": ["x", "x", "y", "y"]}
    frame = facts(till(**rows)).daily["orders"]
    assert sorted(frame.values["revenue"].tolist()) == [5, 70]


def test_lines_of_products_with_amounts_of_their_own_are_added_up() -> None:
    rows = {"id": ["1", "1", "2"], "item": ["Latte", "Cake", "Latte"], "amount": [200.0, 150.0, 200.0]}
    assert sums(till(**rows)) == (550, 2)


def test_a_total_repeated_on_each_line_counts_once() -> None:
    rows = {"id": ["1", "1", "2"], "item": ["Latte", "Cake", "Latte"], "amount": [350.0, 350.0, 200.0]}
    assert sums(till(**rows)) == (550, 2)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_line_of_return_is_taken_off_whatever_its_sign_and_is_no_order(sign: int) -> None:
    rows = {
        "id": ["1", "2", "1"],
        "amount": [500.0, 700.0, sign * 500.0],
        "operation": ["sale", "sale", "return"],
    }
    assert sums(till(**rows)) == (700, 2)


def test_an_order_taken_back_whole_is_worth_nothing() -> None:
    assert sums(till(id=["1", "2"], amount=[500.0, 70.0], status=["returned", "paid"])) == (70, 2)


def test_products_without_order_numbers_tell_money_and_no_number_of_orders() -> None:
    revenue, count = sums(till(item=["Latte", "Cake"], amount=[200.0, 150.0], count=[3.0, 2.0]))
    assert (revenue, np.isnan(count)) == (350, True)


def test_day_totals_carry_their_receipts_and_cash_adds_to_cards() -> None:
    rows = {
        "cash": [100.0],
        "cashless": [900.0],
        "refund_cash": [0.0],
        "refund_cashless": [50.0],
        "count": [12.0],
    }
    assert sums(till("ofd_shifts", **rows)) == (950, 12)


def test_sums_of_a_day_each_do_not_say_how_many_orders_they_hold() -> None:
    rows = {"at": [f"2026-04-0{day}T00:00:00" for day in (1, 2, 3)], "amount": [100.0, 200.0, 300.0]}
    revenue, count = sums(reading("orders", rows))
    assert (revenue, np.isnan(count)) == (600, True)


def test_a_number_that_comes_again_on_another_day_is_another_receipt() -> None:
    rows = {"at": [DAY, "2026-04-02T10:00:00"], "id": ["1", "1"], "amount": [100.0, 40.0]}
    assert sums(reading("orders", rows)) == (140, 2)


def test_an_order_whose_money_a_layout_tells_on_two_days_is_one() -> None:
    rows = {"at": [DAY, "2026-04-02T10:00:00"], "id": ["1", "1"], "amount": [100.0, 40.0]}
    assert sums(reading("orders", rows, source="ozon_accruals")) == (140, 1)


def test_two_shops_with_one_numbering_are_two_and_a_second_export_of_one_is_not() -> None:
    def shop(file: str, account: str, amount: float) -> Reading:
        rows = {"at": [DAY], "id": ["1001"], "amount": [amount]}
        return reading("orders", rows, file=file, source="shopify_orders", account=account)

    one, two = shop("one.csv", "one", 10.0), shop("two.csv", "two", 5.0)
    assert sums(one, two) == (15, 2)
    assert sums(one, shop("one again.csv", "one", 10.0)) == (10, 1)
    later = reading("orders", {"at": ["2026-05-01T10:00:00"], "id": ["1001"], "amount": [7.0]}, file="x.csv")
    assert sums(one, later) == (17, 2)


def test_who_brings_something_back_buys_nothing() -> None:
    rows = {
        "id": ["1", "1"],
        "amount": [5.0, 5.0],
        "operation": ["sale", "return"],
        "customer": ["ann", "ann"],
    }
    customers = facts(till(**rows)).daily["orders"].values["customers"]
    assert customers.tolist() == [0, NOBODY]  # so that the money of the return is taken off that of buyers
