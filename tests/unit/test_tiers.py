"""Headings over two or three rows become one a column; titles, notes and data rows stay what they are."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook

from kpi.ingest.parse import parse
from kpi.ingest.tiers import beneath, headings, tiers
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Table

GROUPS = """
Дата|Реализовано||Возвращено||Менеджер
|Кол-во|Сумма|Кол-во|Сумма|
01.03.2025|4|400|1|100|Анна
02.03.2025|5|500|0|0|Пётр
"""
COMPOSED = (
    "Дата", "Реализовано / Кол-во", "Реализовано / Сумма", "Возвращено / Кол-во", "Возвращено / Сумма",
    "Менеджер",
)  # fmt: skip


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.strip()), delimiter="|"))


def as_csv(text: str) -> bytes:
    made = StringIO()
    csv.writer(made, delimiter=";").writerows(cells(text))
    return made.getvalue().encode()


def as_book(text: str, *merged: str) -> bytes:
    book = Workbook()
    for row in cells(text):
        book.worksheets[0].append([float(cell) if cell.isdigit() else cell or None for cell in row])
    for one in merged:
        book.worksheets[0].merge_cells(one)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def table(data: bytes) -> Table:
    (one,) = parse("x", data, FileAnswers(), HOSTED).tables
    return one


def names(one: Table) -> tuple[str, ...]:
    return tuple(column.heading for column in one.columns)


@pytest.mark.parametrize(
    "data", [as_csv(GROUPS), as_book(GROUPS, "B1:C1", "D1:E1", "A1:A2", "F1:F2"), as_book(GROUPS)]
)
def test_a_group_stands_over_its_columns(data: bytes) -> None:
    one = table(data)
    assert names(one) == COMPOSED
    assert (one.rows_in, one.rows_used) == (2, 2)


def test_a_merged_group_ends_where_its_range_ends() -> None:
    text = "Дата|Продажи|||\nДата|Штук|Сумма|Скидка|Сайт\n01.03.2025|1|2|3|4\n02.03.2025|2|3|4|5"
    assert names(table(as_book(text, "B1:C1"))) == (
        "Дата",
        "Продажи / Штук",
        "Продажи / Сумма",
        "Скидка",
        "Сайт",
    )


def test_three_rows_of_headings() -> None:
    rows = [
        ["Дата", "Соцсети", "", "", ""],
        ["", "ВК", "", "ТГ", ""],
        ["", "Охват", "Лайки", "Охват", "Лайки"],
    ]
    assert tiers([*rows, ["01.03.2025", 1.0, 2.0, 3.0, 4.0]], 2) == (0, 2)
    assert headings(rows)[0] == (
        "Дата", "Соцсети / ВК / Охват", "Соцсети / ВК / Лайки", "Соцсети / ТГ / Охват",
        "Соцсети / ТГ / Лайки",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("above", "merged"),
    [
        ("Отчёт за весну|||", ()),
        ("Отчёт за весну|||", ("A1:D1",)),
        ("Отчёт за весну|||", ("A1:C1",)),
        ("Период:|весна||", ()),
        ("Менеджер|Анна||", ()),
    ],
)
def test_a_title_is_no_group(above: str, merged: tuple[str, ...]) -> None:
    text = f"{above}\nДата|Охват|Лайки|Комментарии\n01.03.2025|10|2|3\n02.03.2025|11|3|4"
    assert names(table(as_book(text, *merged))) == ("Дата", "Охват", "Лайки", "Комментарии")


def test_a_row_of_words_under_the_headings_is_data_where_it_leaves_nothing_open() -> None:
    one = table(as_csv("Дата|Тема|Охват\nскоро|Рецепт|\n01.03.2025|Веранда|10\n02.03.2025|Опрос|20"))
    assert names(one) == ("Дата", "Тема", "Охват")
    assert one.rows_in == 3


@pytest.mark.parametrize("numbering", ["1|2|3|4|5", "1|2|3|(2)+(3)|4", "(1)|(2)|(3)|(4)=2*3|(5)"])
def test_numbers_of_the_columns_are_no_data(numbering: str) -> None:
    head = "Дата|Чеков|Сумма|Возвраты|Менеджер"
    one = table(as_csv(f"{head}\n{numbering}\n01.03.2025|4|400|1|Анна\n02.03.2025|5|500|0|Пётр"))
    assert [(row.row, row.reason) for row in one.aside] == [(2, "numbering_row")]
    assert one.rows_used == 2


def test_a_row_of_small_figures_is_data_where_the_others_are_like_it() -> None:
    assert not beneath([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0], [6.0, 1.0, 2.0]], ["a", "b", "c"])
    assert not beneath([["01.03.2025", 1.0, 2.0], ["02.03.2025", 2.0, 4.0]], ["Дата", "b", "c"])


def test_a_description_under_two_rows_of_headings_is_told() -> None:
    text = GROUPS.strip().splitlines()
    told = "когда|сколько продали|на сколько рублей|сколько вернули|на сколько рублей|кто продал"
    one = table(as_csv("\n".join([*text[:2], told, *text[2:]])))
    assert names(one) == COMPOSED
    assert [(row.row, row.reason) for row in one.aside] == [(3, "description_row")]


def rows(one: Table) -> Sequence[int]:
    return [one.rows_in, one.rows_used]


@pytest.mark.parametrize("lined", [True, False])
def test_a_source_is_known_by_the_lower_parts_of_its_headings(lined: bool) -> None:  # noqa: FBT001 - a case
    head = [
        "Post ID",
        "Account username",
        "Permalink",
        "Publish time",
        "Post type",
        "Data comment",
        "Reach",
        "Likes",
    ]
    upper = ["Post", "", "", "", "", "", "Figures", ""] if lined else [*head[:6], "Figures", ""]
    lower = head if lined else ["", "", "", "", "", "", *head[6:]]
    data = ["1", "shop", "https://i.com/p/1", "03/01/2025 10:00", "IG image", "Lifetime", "10", "2"]
    text = "\n".join("|".join(row) for row in (upper, lower, data))
    one = table(as_book(text, "G1:H1", *(() if not lined else ("A1:F1",))))
    assert (one.source, rows(one)) == ("meta_instagram_posts", [1, 1])
    assert names(one) == tuple(head)


def test_a_heading_that_ends_in_dates_is_the_same_next_month() -> None:
    march, april = ("Дата|Охват 01.03.2025 – 31.03.2025|Лайки", "Дата|Охват (01.04.2025-30.04.2025)|Лайки")
    first, second = (table(as_csv(f"{head}\n01.03.2025|1|2\n02.03.2025|3|4")) for head in (march, april))
    assert first.fingerprint == second.fingerprint
    assert first.columns[1].guess == "account.reach"
