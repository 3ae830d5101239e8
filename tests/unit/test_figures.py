"""Columns read as figures of a field: signs, money, ids, and what cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from kpi.ingest import column
from kpi.ingest.manner import Manner, Read
from kpi.ingest.parse import parse
from kpi.ingest.strip import strip
from kpi.model.limits import LOCAL
from kpi.model.owner import FileAnswers


def read(cells: list[Any], name: str | None, heading: str = "X", **manner: Any) -> Read:
    whole = strip(cells)
    return column.read(whole, whole.filled(), heading, name, Manner(**manner))


def keys(found: Read) -> list[str]:
    return [issue.key for issue in found.issues]


@pytest.mark.parametrize(
    ("cells", "name", "manner", "values", "assumed"),
    [
        (["1.234", "2.500"], "posts.reach", {}, [1234, 2500], "thousands"),
        (["1.234", "2.500"], "posts.reach", {"likely": "."}, [1.234, 2.5], None),
        (["1.234", "2,5"], "posts.reach", {}, [1234, 2.5], None),
        (["1.234", "2.500"], "ads.spend", {"decimal": ","}, [1234, 2500], None),
        ([1.234, 2.5], "ads.spend", {}, [1.234, 2.5], None),
        (["12,3 тыс.", "1,2 млн"], "posts.reach", {}, [12_300, 1_200_000], None),
    ],
)
def test_a_column_has_one_reading(
    cells: list[Any], name: str, manner: dict[str, str], values: list[float], assumed: str | None
) -> None:
    found = read(cells, name, **manner)
    assert found.values is not None
    assert (found.values.to_pylist(), found.assumed, found.questions) == (values, assumed, ())


@pytest.mark.parametrize(("keep", "values"), [(False, [5, 1200, 7, None]), (True, [5, None, None, None])])
def test_numbers_stored_as_texts_among_numbers_are_told_and_can_be_left_out(
    keep: Any, values: list[float | None]
) -> None:
    found = read([5.0, "1 200", "7", "n/a"], "posts.reach", "Reach", keep_texts=keep)
    assert found.values is not None
    assert found.values.to_pylist() == values
    told = [(issue.key, issue.row, issue.facts["n"]) for issue in found.issues]
    assert told == [("text_numbers_left" if keep else "text_numbers", 1, 2)]


@pytest.mark.parametrize("cells", [["5", "1 200"], [5.0, 1200.0], [5.0, "-"], [0.05, "7 %"]])
def test_a_column_of_one_kind_of_cells_is_not_told(cells: list[Any]) -> None:
    assert keys(read(cells, "posts.engagement_rate" if "7 %" in cells else "posts.reach")) == []


@pytest.mark.parametrize("cells", [["1.234", "2.500"], ["10.00", "10,00", "1,234"]])
def test_an_amount_in_doubt_is_asked_and_not_used(cells: list[str]) -> None:
    found = read(cells, "ads.spend")
    assert [question.key for question in found.questions] == ["decimal"]
    assert found.filled == 0


@pytest.mark.parametrize(
    ("cells", "heading", "known", "currencies", "assumed"),
    [
        (["€10,00", "10 zł", "£10", "10"], "Spend", None, ["EUR", "PLN", "GBP", None], None),
        (["$10.00", "5"], "Spend", None, ["USD", None], "dollar"),
        (["$10.00", "5"], "Spend", "CAD", ["CAD", "CAD"], None),
        (["US$34.15", "R$ 5,50"], "Spend", None, ["USD", "BRL"], None),
        (["1 234 ₽", "752 руб."], "Выручка", None, ["RUB", "RUB"], None),
        (["10", "20"], "Выручка, руб.", None, ["RUB", "RUB"], None),
        ([10.0, 20.0], "Spend (USD)", None, ["USD", "USD"], None),
        ([10.0, 20.0], "Spend, $", None, ["USD", "USD"], "dollar"),
        (["¥10", "5 kr"], "Spend", None, None, None),
        (["10", "20"], "Spend", None, None, None),
        ([10.0, 20.0], "Spend (USD)", "EUR", None, None),
    ],
)
def test_whose_money_it_is(
    cells: list[Any],
    heading: str,
    known: str | None,
    currencies: list[str | None] | None,
    assumed: str | None,
) -> None:
    found = read(cells, "ads.spend", heading, currency=known)
    told = None if found.currency is None else found.currency.to_pylist()
    assert (told, found.assumed) == (currencies, assumed)


def test_money_of_two_currencies_has_no_plain_sum() -> None:
    assert read(["$1", "€2"], "ads.spend").total is None
    assert read(["€1", "€2"], "ads.spend").total == 3


def test_a_currency_column_names_codes() -> None:
    found = read(["руб.", "USD", "€", "$", "bitcoin"], "orders.currency")
    assert found.values is not None
    assert found.values.to_pylist() == ["RUB", "USD", "EUR", "USD", "bitcoin"]


@pytest.mark.parametrize(
    ("cells", "name", "expected"),
    [
        (["5%", "7"], "posts.reach", ["bad_number"]),
        (["5%", "7"], "ads.spend", ["bad_number"]),
        ([4_294_967_295.0, 7.0], "posts.reach", ["wrapped_number"]),
        (["-5", "7"], "posts.reach", ["odd_negative"]),
        (["-5", "7"], "account.followers_net", []),
        (["-5", "7"], "orders.amount", []),
        (["5.5", "7"], "posts.reach", ["odd_fraction"]),
        ([1e308, 7.0], "ads.spend", ["bad_number"]),
        (["< 10%", "7"], "posts.reach", []),
    ],
)
def test_what_cannot_be_is_told(cells: list[Any], name: str, expected: list[str]) -> None:
    assert keys(read(cells, name)) == expected


def test_percentages_of_two_scales_have_no_sum() -> None:
    assert read([0.05, 5.0, "5%", "0,05"], None, "Engagement rate").total is None
    assert read(["5%", "6 %"], None, "Engagement rate").total == 11


@pytest.mark.parametrize(
    ("cells", "ids", "damaged"),
    [
        (["0410380", "00123", "123"], ["0410380", "00123", "123"], 0),
        (["1.81064E+16", "1,23E17", " x "], [None, None, " x "], 2),
        ([17841400000000123.0, 5.0, 2.5], [None, "5", "2.5"], 1),
        (["17841400000000123", 7.0, ""], ["17841400000000123", "7", None], 0),
        ([-0.0, 123456789012345.0], ["0", "123456789012345"], 0),
    ],
)
def test_ids_are_text_and_damaged_ones_are_nobodys(
    cells: list[Any], ids: list[str | None], damaged: int
) -> None:
    found = read(cells, "posts.id")
    assert found.values is not None
    assert (found.values.to_pylist(), keys(found)) == (ids, ["damaged_id"] * damaged)


def test_an_amount_of_another_currency_than_its_row_is_unknown() -> None:
    text = b"Date;Revenue;Cost\n2025-05-01;$10;$4\n2025-05-02;$10;4 \xe2\x82\xac\n2025-05-03;$12;$3\n"
    mapping = {"Date": "orders.at", "Revenue": "orders.amount", "Cost": "orders.cogs"}
    made = parse("till.csv", text, FileAnswers(mapping=mapping), LOCAL)
    data = made.tables[0].data
    assert data is not None
    assert data["currency"].to_pylist() == ["USD", "USD", "USD"]
    assert data["cogs"].to_pylist() == [4, None, 3]


def test_a_row_whose_date_or_id_cannot_be_read_is_no_total() -> None:
    dated = {"Date": "account.date", "Reach": "account.reach"}
    text = b"Date,Reach\n03/04/2026,1\n05/06/2026,2\n01/02/2026,3\n"
    made = parse("x.csv", text, FileAnswers(network="instagram", mapping=dated), LOCAL)
    assert (made.tables[0].rows_used, made.tables[0].aside) == (3, ())
    named = {"Post": "posts.id", "Reach": "posts.reach"}
    text = b"Post,Reach\n17,1\n18,2\n1.23E+17,3\n"
    made = parse("x.csv", text, FileAnswers(network="instagram", mapping=named), LOCAL)
    assert made.tables[0].rows_used == 3
