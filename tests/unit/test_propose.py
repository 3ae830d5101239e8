"""Proposals for own spreadsheets: right for plain names, silent where money or reach would be guessed."""

from __future__ import annotations

import pytest

from kpi.ingest.propose import Sight, proposal

DAY, NUMBER, TEXT = "date", "number", "text"


def guesses(**columns: str) -> list[str | None]:
    sights = [
        Sight(heading=name.replace("_", " "), kind=kind, samples=("abc",), distinct=True)
        for name, kind in columns.items()
    ]
    return [guess.field if guess else None for guess in proposal(sights)]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            {"Date": DAY, "Reach": NUMBER, "Likes": NUMBER},
            ["account.date", "account.reach", "account.reactions"],
        ),
        ({"Дата": DAY, "Подписчики": NUMBER}, ["account.date", "account.followers"]),
        (
            {"Дата": DAY, "Текст": TEXT, "Охват": NUMBER, "Лайки": NUMBER},
            ["posts.at", "posts.text", "posts.reach", "posts.reactions"],
        ),
        (
            {"Месяц": DAY, "Статья": TEXT, "Сумма, руб.": NUMBER},
            ["costs.month", "costs.item", "costs.amount"],
        ),
        (
            {"Дата": DAY, "Номер чека": TEXT, "Сумма чека": NUMBER},
            ["orders.at", "orders.id", "orders.amount"],
        ),
    ],
)
def test_plain_headings(columns: dict[str, str], expected: list[str]) -> None:
    assert guesses(**columns) == expected


def test_a_misspelt_heading_is_found_unless_it_is_money_or_reach() -> None:
    assert guesses(Date=DAY, Commments=NUMBER, Reeach=NUMBER)[1:] == ["account.comments", None]
    assert guesses(Date=DAY, Revenuue=NUMBER, Likes=NUMBER)[1] is None


def test_cells_that_contradict_the_heading_are_no_field() -> None:
    assert guesses(Date=TEXT, Likes=NUMBER, Comments=TEXT) == [None, guesses(Likes=NUMBER)[0], None]


def test_a_field_is_proposed_once() -> None:
    found = guesses(**{"Date": DAY, "Likes": NUMBER, "likes ": NUMBER})
    assert found.count("account.reactions") == 1


def test_shape_tells_days_addresses_and_networks() -> None:
    sights = [
        Sight(heading="когда?", kind=DAY, samples=("2025-01-01",), distinct=False),
        Sight(heading="где", kind=TEXT, samples=("ВК", "инста")),
        Sight(heading="куда", kind=TEXT, samples=("https://vk.com/wall-1_1",)),
        Sight(heading="Охват", kind=NUMBER, samples=("5",)),
        Sight(heading="Лайки", kind=NUMBER, samples=("5",)),
        Sight(heading="пусто", kind="empty"),
    ]
    found = [guess.field if guess else None for guess in proposal(sights)]
    assert found == ["posts.at", "posts.network", "posts.url", "posts.reach", "posts.reactions", None]


def test_nothing_known_is_nothing_proposed() -> None:
    assert guesses(foo=NUMBER, bar=TEXT) == [None, None]


@pytest.mark.parametrize(
    "doubtful",
    [
        ["Выручка (план)", "Выручка (факт)"],
        ["Gross sales", "Net sales"],
        ["Spend EUR", "Spend USD"],
        ["Охват (план)"],
        ["Reach %"],
        ["Охват, %"],
        ["Возвраты, шт"],
        ["Чек"],
    ],
)
def test_money_and_reach_are_not_guessed_from_plans_shares_counts_and_twins(doubtful: list[str]) -> None:
    beside = {"Date": DAY, "Likes": NUMBER} if doubtful[0] in {"Охват (план)", "Reach %", "Охват, %"} else {}
    table = beside or {"Date": DAY, "Orders": NUMBER, "Campaign": TEXT, "Промокод": TEXT}
    found = guesses(**table, **dict.fromkeys(doubtful, NUMBER))
    assert found[len(table) :] == [None] * len(doubtful)


def test_a_unit_says_what_a_column_counts() -> None:
    found = guesses(**{"Дата": DAY, "Выручка, руб.": NUMBER, "Чеки, шт": NUMBER, "Возвраты, ₽": NUMBER})
    assert found == ["orders.at", "orders.amount", "orders.count", "orders.refund"]


def test_a_table_without_what_it_needs_gives_way() -> None:
    found = guesses(**{"Дата": DAY, "Заказов": NUMBER, "Сумма заказов, ₽": NUMBER})
    assert found == ["orders.at", "orders.count", "orders.amount"]
