"""Labels and figures of one window become one line of the window."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from kpi.ingest.parse import parse
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.period import Period


@pytest.mark.parametrize("way", [1, -1])
def test_people_of_a_window_are_one_row_with_its_days(way: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("DISCOVERY", 0)
    for row in [
        ("Overall Performance", "8/4/2024 - 8/7/2024"),
        ("Impressions", 712),
        ("Members reached", "1,285"),
        ("Followers", None),
        (None, 5),
    ]:
        sheet.append(row[::way])
    file = BytesIO()
    book.save(file)
    table = parse("a.xlsx", file.getvalue(), FileAnswers(), HOSTED).tables[0]
    assert table.source == "linkedin_creator_window"
    assert table.window == Period(date(2024, 8, 4), date(2024, 8, 7))
    assert [(one.heading, one.field, one.total) for one in table.columns] == [
        ("Impressions", None, 712.0),
        ("Members reached", "account.reach", 1285.0),
    ]
    assert table.data is not None
    assert table.data.select(["reach", "starts", "ends"]).to_pylist() == [
        {"reach": 1285.0, "starts": date(2024, 8, 4), "ends": date(2024, 8, 7)}
    ]
