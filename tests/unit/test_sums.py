"""Totals, subtotals and averages are told by arithmetic; a row that adds nothing up is data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from kpi.ingest.aside import label
from kpi.ingest.parse import parse
from kpi.ingest.sums import repeats
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Table

NAN = float("nan")


def found(
    columns: Sequence[Sequence[float]], blank: Sequence[int], labelled: Sequence[int] = ()
) -> dict[int, str]:
    count = len(columns[0])
    masks = [np.isin(np.arange(count), list(some)) for some in (blank, labelled)]
    return repeats([np.array(one, dtype=float) for one in columns], *masks)


@pytest.mark.parametrize("place", [0, 3])
def test_a_total_may_stand_first_or_last(place: int) -> None:
    figures = [[1, 2, 3], [10, 20, 30]]
    columns = [[*one[:place], sum(one), *one[place:]] for one in figures]
    assert found(columns, [place]) == {place: "total_row"}


def test_subtotals_and_a_grand_total() -> None:
    assert found([[1, 2, 3, 4, 5, 9, 12]], [2, 5, 6]) == dict.fromkeys((2, 5, 6), "total_row")


def test_subtotals_above_their_groups() -> None:
    assert found([[12, 3, 1, 2, 9, 4, 5]], [0, 1, 4]) == dict.fromkeys((0, 1, 4), "total_row")


def test_a_group_of_one_row_needs_a_label() -> None:
    assert found([[4, 4, 1, 2, 7]], [1, 4]) == {4: "total_row"}
    assert found([[4, 4, 1, 2, 7]], [1, 4], [1]) == {1: "total_row", 4: "total_row"}


def test_an_average_is_told_too() -> None:
    assert found([[1, 2, 6, 3], [2, 4, 3, 3]], [3]) == {3: "average_row"}


@pytest.mark.parametrize(
    "columns",
    [
        [[1.0, 2.0, 4.0]],
        [[0.0, 0.0, 0.0]],
        [[1.0, 2.0, NAN]],
        [[1.0, 2.0, 3.0], [1.0, 2.0, 4.0]],
    ],
)
def test_a_row_that_adds_nothing_up_is_data(columns: Sequence[Sequence[float]]) -> None:
    assert not found(columns, [2])


def test_only_rows_without_a_day_are_tried() -> None:
    assert not found([[1, 2, 3]], [])


MAPPING = {"Дата": "orders.at", "Сумма": "orders.amount", "Чеков": "orders.count"}


def table(text: str, mapping: dict[str, str]) -> Table:
    answers = FileAnswers(mapping=mapping, network="vk", currency="RUB")
    return parse("x", text.replace("|", ";").encode(), answers, HOSTED).tables[0]


def aside(one: Table) -> list[tuple[int, str]]:
    return [(row.row, row.reason) for row in one.aside]


def test_the_total_of_a_month_after_its_days() -> None:
    text = """Дата|Сумма|Чеков
01.03.2026|100|4
02.03.2026|200|5
март|300|9
01.04.2026|50|1
02.04.2026|60|2
апрель Итог|110|3
|410|12
"""
    one = table(text, MAPPING)
    assert aside(one) == [(4, "total_row"), (7, "total_row"), (8, "total_row")]
    assert (one.rows_in, one.rows_used) == (7, 4)


def test_an_order_without_a_day_that_adds_nothing_up_stays() -> None:
    one = table("Дата|Сумма|Чеков\n01.03.2026|100|4\n02.03.2026|200|5\n|70|1\n03.03.2026|50|1\n", MAPPING)
    assert (aside(one), one.rows_used) == ([], 4)


def test_a_dated_row_that_is_the_sum_of_those_before_stays() -> None:
    one = table("Дата|Сумма|Чеков\n01.03.2026|100|4\n02.03.2026|200|5\n03.03.2026|300|9\n", MAPPING)
    assert (aside(one), one.rows_used) == ([], 3)


def test_a_level_need_not_add_up() -> None:
    mapping = {"Дата": "account.date", "Подписчики": "account.followers", "Прирост": "account.followers_net"}
    one = table("Дата|Подписчики|Прирост\n01.03.2026|100|4\n02.03.2026|105|5\n|105|9\n", mapping)
    assert aside(one) == [(4, "total_row")]


@pytest.mark.parametrize(
    "word",
    [
        "Total", "Grand total", "Итого:", "ИТОГО за март", "Всього", "Разом", "Барлығы", "Жиыны", "Gesamt",
        "Zwischensumme", "Soma", "Total geral", "Suma total", "Razem", "Ogółem", "Sous-total",
        "Totale", "Totali",
    ],
)  # fmt: skip
def test_a_total_is_known_by_its_word_in_every_language(word: str) -> None:
    assert label(word) == "total_row"


@pytest.mark.parametrize(
    "word", ["Середнє", "Орташа", "Promedio", "Moyenne", "Średnia", "Média", "В среднем"]
)
def test_an_average_is_known_by_its_word(word: str) -> None:
    assert label(word) == "average_row"
