"""Orders that do not count are set aside with the reason, as their layout or their owner writes it."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.ingest.parse import parse
from kpi.model.limits import LOCAL
from kpi.model.owner import FileAnswers
from kpi.model.reading import Table

OWN = {"Дата": "orders.at", "Чек": "orders.id", "Сумма": "orders.amount"}


def own(text: str, **more: str) -> Table:
    said = FileAnswers(mapping=OWN | more)
    return parse("own.csv", text.encode(), said, LOCAL).tables[0]


def why(table: Table) -> list[tuple[int, str]]:
    return [(aside.row, aside.reason) for aside in table.aside]


@pytest.mark.parametrize(
    ("state", "reason"),
    [("Отменён", "cancelled"), ("НЕ ОПЛАЧЕН", "unpaid"), ("Выдан", None)],
)
def test_the_state_of_an_order_tells_its_fate(state: str, reason: str | None) -> None:
    table = own(
        f"Дата;Чек;Сумма;Статус\n01.02.2025;1;100;Оплачен\n13.02.2025;2;50;{state}\n", Статус="orders.status"
    )
    assert why(table) == ([(3, reason)] if reason else [])
    assert table.rows_in == 2


def test_a_returned_order_is_used_and_its_state_told() -> None:
    table = own("Дата;Чек;Сумма;Статус\n01.02.2025;1;100;Возвращён\n", Статус="orders.status")
    assert why(table) == []
    assert table.data is not None
    assert table.data["status"].to_pylist() == ["returned"]


def test_a_line_of_the_till_that_is_no_sale_is_set_aside_and_a_return_is_not() -> None:
    text = (
        "Дата;Чек;Сумма;Вид\n01.02.2025;1;100;Продажа\n13.02.2025;2;30;Возврат\n13.02.2025;3;900;Инкассация\n"
    )
    table = own(text, Вид="orders.operation")
    assert why(table) == [(4, "no_sale")]
    assert table.data is not None
    assert table.data["operation"].to_pylist() == ["Продажа", "return"]


def test_sums_and_days_speak_of_all_orders_of_the_file() -> None:
    text = "Дата;Чек;Сумма;Статус\n13.02.2025;1;100;Оплачен\n28.02.2025;2;50;Отменён\n"
    table = own(text, Статус="orders.status")
    assert (table.rows_used, table.last) == (1, date(2025, 2, 28))
    assert next(column.total for column in table.columns if column.field == "orders.amount") == 150
    assert len(table.data or ()) == 1


def test_lines_without_a_state_share_the_fate_of_their_order() -> None:
    text = "Дата;Чек;Сумма;Статус\n13.02.2025;1;100;Отменён\n13.02.2025;1;;\n14.02.2025;2;70;Оплачен\n"
    assert why(own(text, Статус="orders.status")) == [(2, "cancelled"), (3, "cancelled")]


def test_what_a_program_writes_for_minus_one_is_unknown() -> None:
    text = "Дата;Чек;Сумма;Выкуплено\n13.02.2025;1;100;4294967295\n14.02.2025;2;70;5\n"
    reading = parse("own.csv", text.encode(), FileAnswers(mapping=OWN), LOCAL)
    assert next(column.total for column in reading.tables[0].columns if column.heading == "Выкуплено") == 5
    assert [(issue.key, issue.row) for issue in reading.issues] == [("wrapped_number", 2)]
