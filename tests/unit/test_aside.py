"""Rows that are no data."""

from __future__ import annotations

import numpy as np
import pytest

from kpi.ingest import aside
from kpi.ingest.aside import Shape
from kpi.ingest.strip import strip


def reasons(columns: list[list[object]], shape: Shape) -> dict[int, str]:
    strips = [strip(column) for column in columns]  # type: ignore[arg-type]
    rows = np.arange(strips[0].length)
    return aside.reasons(strips, [one.filled() for one in strips], rows, shape)


@pytest.mark.parametrize(
    "word",
    ["Total", "Итого", "ВСЕГО:", "Итого за март", "Gesamt", "Total: Campaigns", "Grand total", "Всього"],
)
def test_totals_are_known_by_their_label(word: str) -> None:
    assert aside.label(word) == "total_row"


@pytest.mark.parametrize(
    "word",
    [
        "Totally new menu today",
        "Average Joe's, our new neighbours, say hello",
        "Summer",
        "Итоги",
        "",
        "x" * 99,
    ],
)
def test_a_post_is_no_total(word: str) -> None:
    assert aside.label(word) is None


def test_an_own_sheet_may_have_totals_anywhere_and_an_average() -> None:
    names = ["a", "Subtotal", "b", "Total", "Average"]
    found = reasons([names, [1.0, 1.0, 2.0, 3.0, 1.5]], Shape(figures=[1], whens=[], keys=[], known=False))
    assert found == {1: "total_row", 3: "total_row", 4: "average_row"}


def test_a_dated_row_is_no_total_whatever_it_is_called() -> None:
    shape = Shape(figures=[2], whens=[0], keys=[], known=False)
    assert reasons([["2025-01-01", "Итого"], ["Total", ""], [1.0, 1.0]], shape) == {1: "total_row"}


def test_an_error_row_is_set_aside_only_without_figures() -> None:
    ids, times = ["1", "", ""], ["2025-01-01", "", ""]
    comments, views, kinds = ["", "failed", "failed"], [5.0, "", 7.0], ["x", "Lifetime", "Lifetime"]
    shape = Shape(figures=[3], whens=[1], keys=[0])
    assert reasons([ids, times, comments, views, kinds], shape) == {1: "error_row"}


def test_a_row_with_an_identity_and_no_figures_is_used() -> None:
    shape = Shape(figures=[2], whens=[1], keys=[0])
    assert reasons([["1", "2"], ["2025-01-01", "2025-01-02"], [5.0, ""]], shape) == {}


def test_the_summary_row_of_ads_has_no_name() -> None:
    shape = Shape(figures=[2], whens=[0], keys=[], names=[1])
    assert reasons([["2025-01-01"] * 3, ["", "a", "b"], [3.0, 1.0, 2.0]], shape) == {0: "total_row"}


def test_a_footer_is_one_cell_at_the_end() -> None:
    shape = Shape(figures=[2], whens=[1], keys=[0])
    columns: list[list[object]] = [["a", "Showing top 500 results"], ["2025-01-01", ""], [5.0, ""]]
    assert reasons(columns, shape) == {1: "footer_row"}


def test_a_description_row_explains_where_figures_follow() -> None:
    dates: list[object] = ["The day", "2025-01-01"]
    columns = [dates, ["People who saw it", 5.0], ["People who liked it", 1.0]]
    assert reasons(columns, Shape(figures=[1, 2], whens=[0], keys=[])) == {0: "description_row"}


def test_a_label_of_a_total_is_found_wherever_its_column_was_moved_to() -> None:
    words = [["x", ""], ["y", ""], ["z", ""]]
    shape = Shape(figures=[4], whens=[5], keys=[3])
    columns = [*words, ["1", "Total"], [5.0, 5.0], ["2025-01-01", ""], ["kept", ""]]
    assert reasons(columns, shape) == {1: "total_row"}


def test_without_identities_a_row_of_figures_alone_is_a_total_and_a_textless_post_is_none() -> None:
    texts, days, views = (
        ["", "Menu", "", "failed"],
        ["", "2025-01-01", "2025-01-02", ""],
        [9.0, 5.0, 4.0, 3.0],
    )
    shape = Shape(figures=[2], whens=[1], keys=[], texts=[0])
    assert reasons([texts, days, views], shape) == {0: "total_row"}


def test_a_source_line_below_the_dates_is_a_footer_and_a_coming_day_is_none() -> None:
    days = ["2025-01-01", "5 March 2025", "Source: the cabinet, 2025"]
    columns = [days, [5.0, "", ""], ["x", "", ""]]
    shape = Shape(figures=[1], whens=[0], keys=[], known=False)
    assert reasons(columns, shape) == {2: "footer_row"}


def test_where_only_days_tell_rows_apart_a_first_row_without_one_is_a_total() -> None:
    days, views = ["", "2025-01-02", "2025-01-01", ""], [9.0, 5.0, 4.0, 3.0]
    assert reasons([days, views], Shape(figures=[1], whens=[0], keys=[])) == {0: "total_row"}
    assert reasons([days, views], Shape(figures=[1], whens=[0], keys=[], known=False)) == {}


def test_a_known_layout_may_have_its_total_in_any_column_of_words_beside_no_name() -> None:
    words: list[list[object]] = [["USD", "USD"], ["Daily", " --"], ["Eligible", " --"], ["Video", " --"]]
    state, more = [["Paused", "Total: Campaigns"], ["open", ""]]
    columns = [*words, ["Bread", " --"], state, [2.0, 2.0], more]
    shape = Shape(figures=[6], whens=[], keys=[], names=[4])
    assert reasons(columns, shape) == {1: "total_row"}


def test_a_grade_beside_a_name_is_no_total() -> None:
    columns = [["bread", "cakes"], ["Average", "Below average"], [2.0, 3.0]]
    assert reasons(columns, Shape(figures=[2], whens=[], keys=[], names=[0])) == {}
