"""Two tables side by side are two, a table with an empty column in it is one."""

from __future__ import annotations

import pytest

from kpi.ingest.parse import parse
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Table


def tables(text: str) -> tuple[Table, ...]:
    return parse("x.csv", text.replace("|", ";").encode(), FileAnswers(), HOSTED).tables


def sizes(text: str) -> list[tuple[int, int]]:
    """How many columns and rows each table has."""
    return [(sum(c.heading != "" for c in one.columns), one.rows_used) for one in tables(text)]


TWO = """Дата|Охват|Лайки||Дата|Выручка
01.03.2025|100|5||01.03.2025|4000
02.03.2025|120|6||02.03.2025|4100
03.03.2025|90|2||03.03.2025|3900
||||04.03.2025|3700
||||05.03.2025|3600
"""


def test_two_tables_of_different_length() -> None:
    left, right = tables(TWO)
    assert ([c.heading for c in left.columns], left.rows_in, left.rows_used) == (
        ["Дата", "Охват", "Лайки"],
        3,
        3,
    )
    assert ([c.heading for c in right.columns], right.rows_used) == (["Дата", "Выручка"], 5)
    assert [c.total for c in right.columns] == [None, 19300.0]


def test_the_rows_keep_their_numbers() -> None:
    read = parse(
        "x.csv",
        TWO.replace("|", ";").encode(),
        FileAnswers(network="vk", mapping={"Дата": "orders.at", "Выручка": "orders.amount"}),
        HOSTED,
    )
    data = read.tables[1].data
    assert data is not None
    assert data["row"].to_pylist() == [2, 3, 4, 5, 6]


def test_titles_above_each_and_headers_on_different_rows() -> None:
    text = """Подписчики|||Продажи|
Дата|Подписчики||День|Выручка
01.03.2025|100||01.03.2025|4000
02.03.2025|120||02.03.2025|4100
"""
    assert sizes(text) == [(2, 2), (2, 2)]
    assert sizes(text.replace("Подписчики|||Продажи|\n", "")) == [(4, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Дата|Охват||Лайки|Комментарии\n01.03.2025|100||5|6\n02.03.2025|120||6|7\n",
        "Пост|Охват||Дата публикации|Лайки\nА|100||01.03.2025|5\nБ|120||02.03.2025|6\n",
        "№|Дата заявки|Сумма||Дата закрытия|Оплата\n1|01.03.2025|100||05.03.2025|5\n2|02.03.2025|120|||\n",
        "Дата|Охват|||Примечание\n01.03.2025|100|||заметка\n02.03.2025|120|||\n",
    ],
)
def test_an_empty_column_does_not_tear_a_table_apart(text: str) -> None:
    assert len(sizes(text)) == 1


def test_three_tables_with_their_own_totals() -> None:
    head, row = "Дата|Охват", "0{}.03.2025|{}00"
    lines = [f"{head}||{head}||{head}"]
    lines += ["||".join(row.format(day, day * side) for side in (1, 2, 3)) for day in (1, 2, 3)]
    lines += ["||".join(f"Итого|{600 * side}" for side in (1, 2, 3))]
    made = tables("\n".join(lines))
    assert [(one.rows_in, one.rows_used) for one in made] == [(4, 3)] * 3
    assert [one.columns[1].total for one in made] == [600.0, 1200.0, 1800.0]


def test_an_empty_column_does_not_tear_an_export_apart() -> None:
    text = (
        "Impr.|Campaign|Campaign status|Clicks|||Budget type|Campaign type|Cost|Campaign|Impr. (Top) %\n"
        "10|Bread|Enabled|3|||Daily|Search|5|note|1\n"
        "20|Cakes|Paused|4|||Daily|Search|6||2\n"
    )
    (one,) = tables(text)
    sums = {column.field: column.total for column in one.columns if column.total is not None and column.field}
    assert sums == {"ads.impressions": 30.0, "ads.link_clicks": 7.0, "ads.spend": 11.0}
