"""A count above a table gets into the row of its day, or nowhere."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from kpi.ingest.level import placed, told
from kpi.model.source import Level

LEVEL = Level(field="account.followers", said=("Total followers on", "Всего на"))
DAY = date(2024, 8, 5)


def test_the_count_stands_beside_a_label_with_its_day() -> None:
    assert told([("Note", ""), ("Total followers on 8/5/2024:", 782.0)], LEVEL, "mdy") == (
        "Total followers on 8/5/2024:",
        DAY,
        782.0,
    )
    assert told([("total followers on 8/5/2024", "1,782")], LEVEL, "mdy") == (
        "total followers on 8/5/2024",
        DAY,
        1782.0,
    )
    assert told([("Всего на 5.8.2024:", "", "7")], LEVEL, None) == ("Всего на 5.8.2024:", DAY, 7.0)


def test_a_label_without_count_or_day_tells_nothing() -> None:
    for row in [("Total followers on 8/5/2024:", ""), ("Total followers on:", 5.0), (5.0, 6.0), ("", "")]:
        assert told([row], LEVEL, "mdy") is None
    assert told([("Total followers on 8/5/2024:", "many")], LEVEL, "mdy") is None


def test_the_count_goes_into_its_row() -> None:
    data = pa.table({"date": pa.array([date(2024, 8, 4), DAY, None])})
    whole, column = placed(data, ("Total", DAY, 782.0), LEVEL)
    assert whole["followers"].to_pylist() == [None, 782.0, None]
    assert (column.heading, column.field, column.filled, column.total) == ("Total", LEVEL.field, 1, 782.0)


def test_a_day_without_a_row_has_no_place() -> None:
    data = pa.table({"date": pa.array([date(2024, 8, 4)])})
    whole, column = placed(data, ("Total", DAY, 782.0), LEVEL)
    assert whole["followers"].to_pylist() == [None]
    assert (column.filled, column.total) == (0, None)
