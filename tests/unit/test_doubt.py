"""A question about a column shows a cell of it, and what either answer makes of it."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from kpi.ingest import doubt
from kpi.ingest.parse import parse
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers


def test_the_example_is_a_cell_that_the_answers_read_differently() -> None:
    asked = doubt.order("Date", pa.array([None, "03/03/2026", " 03/04/2026 "]))
    assert asked.cell == "03/04/2026"
    assert asked.examples == (date(2026, 4, 3), date(2026, 3, 4))
    assert asked.choices == ("dmy", "mdy")


def test_a_decimal_sign_is_shown_both_ways() -> None:
    asked = doubt.decimal("Sum", pa.array(["мало", "1,500"]))
    assert (asked.cell, asked.choices, asked.examples) == ("1,500", (".", ","), (1500.0, 1.5))


def test_without_such_a_cell_the_question_stays_without_an_example() -> None:
    assert doubt.order("Date", None).cell is None
    assert doubt.order("Date", pa.array(["03/03/2026"])).examples == ()


def test_a_mapped_sheet_asks_with_an_example_of_its_own() -> None:
    rows = b"Date,Amount\n03/04/2026,10\n05/06/2026,12\n"
    mapping = {"Date": "orders.at", "Amount": "orders.amount"}
    (table,) = parse("a.csv", rows, FileAnswers(mapping=mapping), HOSTED).tables
    (asked,) = table.questions
    assert (asked.key, asked.cell) == ("day_or_month", "03/04/2026")
    assert table.columns[1].samples == ("10", "12")
    assert (table.columns[1].guess, table.columns[1].reason) == ("orders.amount", "heading")
