"""What words of a row say as figures."""

from __future__ import annotations

import numpy as np

from kpi.facts.assemble import Facts, assemble
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(),))


def test_a_request_fits_or_not_and_without_an_answer_is_neither() -> None:
    rows = {
        "at": [f"2025-11-0{day}T00:00:00" for day in (1, 2, 3)],
        "count": [None, 2.0, None],
        "source": ["vk", "vk", None],
        "fits": ["yes", "no", None],
        "bought": ["no", None, None],
    }
    values = facts(reading("leads", rows)).daily["leads"].values
    assert np.array_equal(values["qualified"], [1, 0, np.nan], equal_nan=True)
    assert np.array_equal(values["won"], [0, np.nan, np.nan], equal_nan=True)


def test_an_unrated_mention_is_neither_praise_nor_blame() -> None:
    rows = {
        "at": [f"2025-11-0{day}T00:00:00" for day in (1, 2, 3)],
        "mood": ["positive", "negative", None],
        "count": [None, 3.0, None],
    }
    values = facts(reading("mentions", rows)).daily["mentions"].values
    assert np.array_equal(values["positive"], [1, 0, np.nan], equal_nan=True)
    assert np.array_equal(values["negative"], [0, 3, np.nan], equal_nan=True)


def test_rows_without_a_number_stay_beside_rows_that_have_one() -> None:
    rows = {
        "at": [f"2025-11-0{day}T00:00:00" for day in (1, 2, 3)],
        "id": [None, "https://example.com/1", None],
    }
    assert facts(reading("mentions", rows)).daily["mentions"].values["count"].tolist() == [1, 1, 1]


def test_a_source_that_nobody_filled_in_tells_of_no_order_where_it_came_from() -> None:
    rows = {"at": ["2025-11-01T00:00:00"], "amount": [5.0], "source": [None]}
    assert "social_orders" not in facts(reading("orders", rows)).daily
