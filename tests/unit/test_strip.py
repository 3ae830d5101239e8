"""Cells parted by what they are."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from kpi.ingest.strip import join, strip

NOON = dt.datetime(2025, 1, 1, 12)
MIXED = ["x", 1.0, "", dt.date(2025, 1, 2), NOON, True, dt.timedelta(minutes=3), dt.time(9, 30)]


def test_clean_columns_are_of_one_kind() -> None:
    assert strip([1.0, 2.0]).text is None
    assert strip(["a", ""]).number is None


def test_a_mixed_column_keeps_every_cell_once() -> None:
    found = strip(MIXED)
    midnight = dt.datetime(2025, 1, 2)
    assert found.cells() == ["x", 1.0, "", midnight, NOON, "TRUE", "0:03:00", "09:30:00"]
    assert found.filled().tolist() == [True, True, False, True, True, True, True, True]


def test_spaces_are_blank() -> None:
    assert strip(["  ", "\t", "a"]).filled().tolist() == [False, False, True]


def test_rows_can_be_cut_taken_and_joined() -> None:
    whole = join([strip(["a", ""]), strip([1.0, 2.0])])
    assert whole.cells() == ["a", "", 1.0, 2.0]
    assert whole.cut(1, 3).cells() == ["", 1.0]
    assert whole.cut(3).cells() == [2.0]
    assert whole.take(np.array([3, 0])).cells() == [2.0, "a"]


def test_half_a_character_is_replaced() -> None:
    assert strip(["ok", "\ud83d"]).cells()[0] == "ok"


@pytest.mark.parametrize("cells", [["", ""], []])
def test_a_blank_column_has_nothing(cells: list[str]) -> None:
    assert not strip(cells).filled().any()
