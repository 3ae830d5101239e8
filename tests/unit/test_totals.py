"""Totals of every name for the periods of a view."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING, View
from tests.made import reading

NOVEMBER, DECEMBER = Period.month(2025, 11), Period.month(2025, 12)


def numbers(*files: Reading, view: View = EVERYTHING, owners: tuple[Owner, ...] = (Owner(),)) -> Numbers:
    return Numbers(cube(assemble(files, owners), kpis().values()), (NOVEMBER, DECEMBER), view)


def account(name: str, **columns: list[float | None]) -> Reading:
    rows = {"date": ["2025-11-05", "2025-11-07"], **columns}
    return reading("account", rows, file=f"{name}.csv", network="vk", account=name)


def total(found: Numbers, name: str, networks: frozenset[str] | None = None) -> list[float]:
    return found.total(name, name, networks).tolist()


def test_a_sum_is_unknown_where_no_row_tells_it_and_nought_where_one_says_so() -> None:
    found = numbers(account("cafe", views=[0, 0]))
    assert np.array_equal(total(found, "account.views"), [0, np.nan], equal_nan=True)
    assert np.isnan(total(found, "account.link_clicks")).all()


def test_the_people_of_a_mean_day_are_those_of_one_account() -> None:
    cafe, bar = account("cafe", reach=[100, 120]), account("bar", reach=[7, 9])
    assert np.array_equal(total(numbers(cafe), "account.reach.daily_mean"), [110, np.nan], equal_nan=True)
    assert np.isnan(total(numbers(cafe, bar), "account.reach.daily_mean")).all()
    only = numbers(cafe, bar, view=View(account="bar"))
    assert total(only, "account.reach.daily_mean")[0] == 8
    assert total(numbers(cafe, bar), "account.reach.person_days")[0] == 236


@pytest.mark.parametrize("name", ["account.reach.daily_mean", "account.reach", "account.followers.end"])
def test_without_files_of_an_account_nothing_is_told_of_it(name: str) -> None:
    posts = reading("posts", {"at": ["2025-11-05T10:00:00"], "reach": [5]})
    found = numbers(posts)
    assert np.isnan(total(found, name)).all()
    assert not found.tells(name, name, None)


def test_some_account_tells_people_that_cannot_be_added() -> None:
    files = [
        reading(
            "account",
            {"starts": ["2025-11-01"], "ends": ["2025-11-30"], "reach": [500]},
            file=f"{name}.csv",
            network="vk",
            account=name,
        )
        for name in ("cafe", "bar")
    ]
    found = numbers(*files)
    assert np.isnan(total(found, "account.reach")).all()
    assert found.tells("account.reach", "account.reach", None)
    assert not found.tells("account.reach", "account.reach", frozenset({"ok"}))
    days = numbers(account("cafe", reach=[1, 2]), account("bar", reach=[3, 4]))
    assert days.tells("account.reach.daily_mean", "account.reach.daily_mean", None)


def test_a_view_or_a_network_narrows_a_sum() -> None:
    other = reading("account", {"date": ["2025-11-05"], "views": [7]}, file="ok.csv", network="ok")
    found = numbers(account("cafe", views=[1, 2]), other)
    assert total(found, "account.views")[0] == 10
    assert total(found, "account.views", frozenset({"ok"}))[0] == 7
    assert (
        total(numbers(account("cafe", views=[1, 2]), other, view=View(network="vk")), "account.views")[0] == 3
    )


def test_days_are_those_that_every_table_of_the_formula_covers() -> None:
    posts = reading("posts", {"at": ["2025-11-06T10:00:00", "2025-11-20T10:00:00"], "reach": [5, 6]})
    found = numbers(posts, account("cafe", views=[1, 2]))
    assert found.days("posts.reach / period.days").tolist() == [15, 0]
    assert found.days("posts.reach / (account.views * period.days)").tolist() == [3, 0]
    assert found.days("100 / period.days").tolist() == [0, 0]


def test_a_formula_looks_up_its_names_among_the_rows_that_have_all_of_them() -> None:
    rows = {"at": ["2025-11-05T10:00:00", "2025-11-06T10:00:00"], "reactions": [1, 2], "reach": [5, None]}
    found = numbers(reading("posts", rows))
    rate = found.lookup("100 * posts.reactions / posts.reach")
    assert (rate("posts.reactions")[0], rate("posts.reach")[0]) == (1, 5)
    assert found.lookup("posts.reactions / posts.count")("posts.reactions")[0] == 3
    assert found.lookup("posts.reactions / period.days")("period.days").tolist() == [2, 0]


def test_an_answer_holds_from_its_day_on() -> None:
    owners = (Owner(margin_rate=30.0), Owner(margin_rate=40.0, since=date(2025, 12, 1)))
    posts = reading("posts", {"at": ["2025-11-06T10:00:00"], "reach": [5]})
    assert total(numbers(posts, owners=owners), "owner.margin_rate") == [30, 40]
    assert np.isnan(total(numbers(posts), "owner.margin_rate")).all()


def test_buyers_and_those_who_came_back_are_counted_once_each() -> None:
    rows = {
        "at": [f"2025-11-0{day}T10:00:00" for day in (1, 2, 3)],
        "customer": ["ann", "bob", "ann"],
        "amount": [1.0, 2.0, 3.0],
    }
    found = numbers(reading("orders", rows))
    assert total(found, "orders.customers")[0] == 2
    assert total(found, "orders.repeat_customers")[0] == 1


def test_a_median_takes_every_post() -> None:
    rows = {"at": [f"2025-11-0{day}T10:00:00" for day in (1, 2, 3)], "reach": [10, 900, 20]}
    assert total(numbers(reading("posts", rows)), "posts.reach.median")[0] == 20


def till(**more: object) -> Reading:
    return reading("orders", {"at": ["2025-11-05T10:00:00"] * 2, "amount": [100.0, -40.0]}, **more)


def test_money_is_told_by_currency_whatever_its_sign() -> None:
    found = numbers(till(currency="RUB"), till(currency="USD", file="usd.csv")).currencies
    assert {key: value.tolist() for key, value in found["orders.revenue"].items()} == {
        "RUB": [60, 0],
        "USD": [60, 0],
    }


def test_money_of_an_untold_currency_is_of_no_other() -> None:
    assert numbers(till()).currencies["orders.revenue"] == {}
    assert list(numbers(till(), owners=(Owner(currency="EUR"),)).currencies["orders.revenue"]) == ["EUR"]
