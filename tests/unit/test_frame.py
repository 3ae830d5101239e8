"""Labels and frames: columns coded, joined and taken without losing a row."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from kpi.facts.frame import Frame, Labels, calendar, joined, ordinal
from kpi.facts.rows import frame
from tests.made import reading


@pytest.mark.parametrize(
    "column",
    [
        ["vk", None, "ok", "vk"],
        pa.array(["vk", None, "ok", "vk"]),
        pa.chunked_array([["vk", None], ["ok", "vk"]]),
        pa.array(["vk", None, "ok", "vk"]).dictionary_encode(),
        pa.chunked_array([pa.array(["vk", None, "ok", "vk"]).dictionary_encode()]),
    ],
)
def test_labels_keep_every_word_and_a_blank_is_the_empty_one(column: object) -> None:
    assert Labels.of(column).words() == ["vk", "", "ok", "vk"]


def test_a_day_is_a_number_and_back() -> None:
    assert calendar(ordinal(date(2025, 11, 5))) == date(2025, 11, 5)
    assert ordinal(date(1970, 1, 2)) == 1


def framed(rows: dict[str, list[object]], index: int = 0, **table: str) -> Frame:
    found = frame(index, reading("posts", rows, **table).tables[0], None)
    assert found is not None
    return found


def test_what_one_of_two_files_lacks_is_unknown_in_its_rows() -> None:
    one = framed({"at": ["2025-11-05T10:00:00"], "reach": [5.0], "text": ["hello"]}, 0, network="vk")
    two = framed({"at": ["2025-11-06T10:00:00"], "views": [7.0], "format": ["video"]}, 1)
    both = joined([one, two])
    assert np.array_equal(both.values["reach"], [5, np.nan], equal_nan=True)
    assert np.array_equal(both.values["views"], [np.nan, 7], equal_nan=True)
    assert both.labels["network"].words() == ["vk", ""]
    assert both.labels["format"].words() == ["", "video"]
    assert (both.texts or {})["text"].to_pylist() == ["hello", None]
    assert both.main_origin().tolist() == [0, 1]


def test_one_file_stays_as_it_is() -> None:
    only = framed({"at": ["2025-11-05T10:00:00"], "reach": [5.0]})
    assert joined([only]) is only


def test_rows_are_taken_with_all_that_is_told_of_them() -> None:
    rows = {"at": ["2025-11-05T10:00:00", "2025-11-06T10:00:00"], "reach": [5.0, 6.0], "id": ["a", "b"]}
    second = framed(rows).take(np.array([1]))
    assert (second.values["reach"].tolist(), second.row.tolist()) == ([6], [3])
    assert (second.texts or {})["id"].to_pylist() == ["b"]


def test_a_new_column_comes_from_the_row_s_own_table_unless_told_otherwise() -> None:
    only = framed({"at": ["2025-11-05T10:00:00"], "reach": [5.0]}, 4)
    more = only.with_values({"likes": np.array([1.0])})
    elsewhere = only.with_values({"likes": np.array([1.0])}, np.array([9]))
    assert (more.origin["likes"].tolist(), elsewhere.origin["likes"].tolist()) == ([4], [9])
    assert "likes" not in only.values
