"""A file's table as a frame: which day a row belongs to, and which rows have none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa

from kpi.facts.frame import ordinal
from kpi.facts.rows import frame
from kpi.model.reading import Table
from tests.made import reading


def table(kind: str, rows: dict[str, list[object]], **more: object) -> Table:
    return reading(kind, rows, **more).tables[0]


def day(text: str) -> int:
    return ordinal(date.fromisoformat(text))


def test_a_table_without_rows_kind_or_days_is_no_frame() -> None:
    posts = table("posts", {"at": ["2025-11-05T10:00:00"], "reach": [5.0]})
    assert posts.data is not None
    assert frame(0, replace(posts, data=None), None) is None
    assert frame(0, replace(posts, data=posts.data.slice(0, 0)), None) is None
    assert frame(0, replace(posts, kind=None), None) is None
    assert frame(0, table("posts", {"reach": [5.0]}), None) is None


def test_rows_stand_oldest_first_and_keep_their_number() -> None:
    rows = {"date": ["2025-11-06", "2025-11-05"], "followers": [6.0, 5.0]}
    found = frame(3, table("account", rows), None)
    assert found is not None
    assert found.day.tolist() == [day("2025-11-05"), day("2025-11-06")]
    assert found.row.tolist() == [3, 2]
    assert found.main_origin().tolist() == [3, 3]


def test_without_row_numbers_they_are_counted() -> None:
    posts = table("posts", {"at": ["2025-11-05T10:00:00"], "reach": [5.0]})
    assert posts.data is not None
    found = frame(0, replace(posts, data=posts.data.drop_columns(["row"])), None)
    assert found is not None
    assert found.row.tolist() == [0]


def test_a_row_without_a_day_or_that_ends_before_it_starts_is_no_row_of_a_frame() -> None:
    rows = {
        "starts": ["2025-11-05", None, "2025-11-09"],
        "ends": ["2025-11-07", "2025-11-08", "2025-11-01"],
        "spend": [1.0, 2.0, 4.0],
    }
    found = frame(0, table("ads", rows), None)
    assert found is not None
    assert found.values["spend"].tolist() == [1]


def test_the_day_of_an_ad_counts_and_not_the_span_of_the_whole_export() -> None:
    rows = {"starts": ["2025-11-01"] * 2, "ends": ["2025-11-30"] * 2, "spend": [1.0, 2.0]}
    ads = table("ads", rows)
    assert ads.data is not None
    days = pa.array([date(2025, 11, 3), date(2025, 11, 4)], pa.date32())
    found = frame(0, replace(ads, data=ads.data.append_column("day", days)), None)
    assert found is not None
    assert found.day.tolist() == found.until.tolist() == [day("2025-11-03"), day("2025-11-04")]
    blank = replace(ads, data=ads.data.append_column("day", pa.nulls(2, pa.date32())))
    whole = frame(0, blank, None)
    assert whole is not None
    assert set(whole.until.tolist()) == {day("2025-11-30")}


def test_a_month_may_be_counted_by_its_days() -> None:
    found = frame(0, table("costs", {"month": ["2025-02-10"], "amount": [280.0]}), None)
    assert found is not None
    assert found.spread
    assert (found.day.tolist(), found.until.tolist()) == ([day("2025-02-01")], [day("2025-02-28")])


def test_a_row_with_a_start_alone_is_of_that_day() -> None:
    found = frame(0, table("ads", {"starts": ["2025-11-05"], "spend": [1.0]}), None)
    assert found is not None
    assert found.until.tolist() == [day("2025-11-05")]


def test_an_offset_moves_a_time_only_where_both_are_told() -> None:
    rows = {"at": ["2025-11-05T22:30:00"] * 2, "offset": [0, None], "reach": [1.0, 2.0]}
    posts = table("posts", rows)
    moved, written = frame(0, posts, "Europe/Moscow"), frame(0, posts, None)
    assert moved is not None
    assert written is not None
    assert moved.day.tolist() == [day("2025-11-05"), day("2025-11-06")]
    assert moved.values["reach"].tolist() == [2, 1]
    assert written.day.tolist() == [day("2025-11-05")] * 2


def test_a_number_that_no_business_has_is_unknown() -> None:
    found = frame(0, table("posts", {"at": ["2025-11-05T10:00:00"], "reach": [1e15]}), None)
    assert found is not None
    assert np.isnan(found.values["reach"]).all()


def test_the_names_of_a_file_stand_on_rows_that_have_none_of_their_own() -> None:
    rows = {"at": ["2025-11-05T10:00:00"], "account": ["bar"], "reach": [1.0]}
    found = frame(0, table("posts", rows, network="vk", account="cafe"), None)
    assert found is not None
    assert found.labels["network"].words() == ["vk"]
    assert found.labels["account"].words() == ["bar"]


def test_a_table_without_figures_still_knows_where_it_came_from() -> None:
    found = frame(7, table("mentions", {"at": ["2025-11-05T10:00:00"], "text": ["nice"]}), None)
    assert found is not None
    assert found.main_origin().tolist() == [7]
