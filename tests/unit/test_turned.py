"""Months or days in columns and figures in rows are read as the table that they mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from io import BytesIO

import pytest
from openpyxl import Workbook

from kpi.ingest.parse import parse
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Reading, Table

MONTHS = """Показатель|Январь 2026|Февраль 2026|Март 2026|Итого
Охват|1000|1200|1500|3700
Подписчики|200|210|230|
Прирост|5|10|20|35
"""
MAPPING = {"Месяц": "account.date", "Охват": "account.reach", "Подписчики": "account.followers"}


def read(text: str | bytes, mapping: Mapping[str, str] | None = None, network: str | None = None) -> Reading:
    data = text.replace("|", ";").encode() if isinstance(text, str) else text
    return parse("x", data, FileAnswers(mapping=mapping or {}, network=network), HOSTED)


def guesses(one: Table) -> dict[str, str | None]:
    return {column.heading: column.guess for column in one.columns}


def sums(one: Table) -> dict[str, float | None]:
    return {column.heading: column.total for column in one.columns if column.total is not None}


def test_months_in_columns_become_rows() -> None:
    (one,) = read(MONTHS).tables
    assert one.turned
    assert guesses(one) == {
        "Месяц": "account.date",
        "Охват": "account.reach",
        "Подписчики": "account.followers",
        "Прирост": "account.followers_net",
    }
    assert sums(one) == {"Охват": 3700.0, "Подписчики": 640.0, "Прирост": 35.0}
    assert (one.rows_in, one.rows_used) == (4, 3)
    assert [(row.row, row.reason) for row in one.aside] == [(5, "total_row")]


def test_a_mapped_month_is_a_window_and_a_row_its_column() -> None:
    (one,) = read(MONTHS, MAPPING, "vk").tables
    assert one.data is not None
    first = one.data.slice(1, 1).to_pylist()[0]
    assert first == {
        "row": 3,
        "reach": 1200.0,
        "followers": 210.0,
        "starts": dt.date(2026, 2, 1),
        "ends": dt.date(2026, 2, 28),
    }


def test_a_flaw_is_told_where_its_cell_stands() -> None:
    issues = read(MONTHS.replace("1200", "много"), MAPPING, "vk").issues
    assert [(one.key, one.row, one.heading, one.cell) for one in issues] == [
        ("bad_number", 2, "2026-02", "много")
    ]


@pytest.mark.parametrize(
    ("head", "months"),
    [
        ("Показатель|янв.26|фев.26|мар.26", 3),
        ("Metric|Jan-26|Feb-26|Mar-26", 3),
        ("Metric|2026-01|2026-02|2026-03", 3),
        ("Metric|March 2026|February 2026|January 2026", 3),
        ("Metric|01.2026|02.2026|Total", 2),
        ("|Январь 2026 г.|Февраль 2026 г.|План", 2),
    ],
)
def test_a_month_is_written_in_many_ways(head: str, months: int) -> None:
    (one,) = read(f"{head}\nОхват|1|2|3\nЛайки|4|5|6\n").tables
    assert (one.turned, one.rows_used) == (True, months)


@pytest.mark.parametrize("above", ["Отчёт за 2026 год|||", "|2026||", "2026|||"])
def test_the_year_may_stand_above(above: str) -> None:
    (one,) = read(f"{above}\nПоказатель|Январь|Февраль|Март\nОхват|1|2|3\nЛайки|4|5|6\n").tables
    assert one.columns[0].samples == ("2026-01", "2026-02", "2026-03")


def test_a_year_over_its_months() -> None:
    text = "|2025||2026|\nПоказатель|Ноябрь|Декабрь|Январь|Февраль\nОхват|1|2|3|4\nЛайки|4|5|6|7\n"
    (one,) = read(text).tables
    assert one.columns[0].samples == ("2025-11", "2025-12", "2026-01", "2026-02")


def test_months_without_any_year_are_not_guessed() -> None:
    assert not any(one.turned for one in read("Показатель|Январь|Февраль\nОхват|1|2\nЛайки|4|5\n").tables)


def test_days_of_a_workbook_in_columns() -> None:
    book = Workbook()
    book.worksheets[0].append(["Metric", *(dt.datetime(2026, 3, day) for day in range(1, 6)), "Average"])
    book.worksheets[0].append(["Reach", 10, 20, 30, 40, 50, 30])
    book.worksheets[0].append(["New followers", 1, 2, 3, 4, 5, 3])
    made = BytesIO()
    book.save(made)
    (one,) = read(made.getvalue()).tables
    assert guesses(one) == {
        "Date": "account.date", "Reach": "account.reach", "New followers": "account.followers_new",
    }  # fmt: skip
    assert [(row.row, row.reason) for row in one.aside] == [(7, "average_row")]
    assert sums(one) == {"Reach": 150.0, "New followers": 15.0}


SECTIONS = """Показатель|Ед. изм.|Январь 2026|Февраль 2026
ВКонтакте|||
Охват|чел|1000|1200
Подписчики|чел|200|210
Telegram|||
Охват|чел|500|520
Подписчики|чел|90|95

Выручка|руб|100000|120000
"""
COLUMN = """Соцсеть|Показатель|Январь 2026|Февраль 2026
ВКонтакте|Охват|1000|1200
|Подписчики|200|210
Telegram|Охват|500|520
|Подписчики|90|95
"""


@pytest.mark.parametrize("text", [SECTIONS, COLUMN])
def test_a_section_or_a_column_names_the_network(text: str) -> None:
    vk, telegram, *rest = read(text).tables
    assert (vk.network, telegram.network) == ("vk", "telegram")
    assert sums(vk) == {"ВКонтакте / Охват": 2200.0, "ВКонтакте / Подписчики": 410.0}
    assert guesses(telegram) == {
        "Месяц": "account.date",
        "Telegram / Охват": "account.reach",
        "Telegram / Подписчики": "account.followers",
    }
    assert [guesses(one) for one in rest] == [
        {"Месяц": "orders.at", "Выручка": "orders.amount"} for _ in rest
    ]


def test_networks_over_columns_are_a_table_each() -> None:
    text = "Дата|ВКонтакте||Telegram||Выручка\n|Охват|Подписчики|Охват|Подписчики|\n"
    text += "01.03.2026|1|2|3|4|500\n02.03.2026|2|3|4|5|600\n"
    made = read(text).tables
    assert [one.network for one in made] == ["vk", "telegram", None]
    assert [one.rows_used for one in made] == [2, 2, 2]
    assert guesses(made[1]) == {
        "Дата": "account.date",
        "Telegram / Охват": "account.reach",
        "Telegram / Подписчики": "account.followers",
    }
    assert guesses(made[2]) == {"Дата": "orders.at", "Выручка": "orders.amount"}


@pytest.mark.parametrize(
    "text",
    [
        "Кампания|Начало|Конец|Расход\nВесна|01.03.2026|31.03.2026|100\nЛето|01.06.2026|30.06.2026|200\n",
        "Дата|Охват\nянварь 2026|5\nфевраль 2026|6\n",
        "Пост|Дата|Охват\nА|01.03.2026|5\nБ|02.03.2026|6\n",
    ],
)
def test_an_ordinary_sheet_is_not_turned(text: str) -> None:
    assert not any(one.turned for one in read(text).tables)


def test_two_turned_tables_one_under_the_other() -> None:
    text = MONTHS + "\nРасходы|Январь 2026|Февраль 2026\nСММ|100|200\nСъёмка|10|20\n"
    first, second = read(text).tables
    assert (first.rows_used, second.rows_used) == (3, 2)
    assert sums(second) == {"СММ": 300.0, "Съёмка": 30.0}


def test_a_month_of_an_ordinary_own_sheet_is_a_window_too() -> None:
    mapping = {"Месяц": "account.date", "Охват": "account.reach"}
    (one,) = read("Месяц|Охват\nмарт 2026|5\nапрель 2026|6\n", mapping, "vk").tables
    assert one.data is not None
    assert one.data["ends"].to_pylist() == [dt.date(2026, 3, 31), dt.date(2026, 4, 30)]
    (days,) = read(
        "Дата|Охват\n01.03.2026|5\n01.04.2026|6\n", {"Дата": "account.date", "Охват": "account.reach"}, "vk"
    ).tables
    assert days.data is not None
    assert "ends" not in days.data.column_names
