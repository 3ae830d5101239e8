"""The cube: sums by day and key, longer rows beside them."""

from __future__ import annotations

from datetime import date

import numpy as np

from kpi.facts.assemble import assemble
from kpi.metrics.cube import Slab, slab
from kpi.metrics.pairs import Pair
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from tests.made import reading

NOVEMBER = Period.month(2025, 11)
ROWS: Pair = ("", frozenset())
REACH: Pair = ("reach", frozenset({"reach"}))
BOTH: Pair = ("reactions", frozenset({"reactions", "reach"}))


def sums(table: str, wanted: list[Pair], *files: Reading) -> Slab:
    facts = assemble(files, (Owner(currency="RUB"),))
    return slab(table, facts.daily.get(table), facts.windows.get(table, ()), wanted)


def posts(**more: object) -> Reading:
    rows = {
        "at": ["2025-11-05T10:00:00", "2025-11-05T18:00:00", "2025-11-06T10:00:00"],
        "reactions": [1, 2, 4],
        "reach": [10, None, 30],
    }
    return reading("posts", rows | more, network="vk")


def test_a_pair_sums_the_rows_in_which_all_is_filled_and_counts_them() -> None:
    found = sums("posts", [ROWS, REACH, BOTH], posts()).totals((NOVEMBER,))
    assert found[0, 0].tolist() == [3, 3, 40, 2, 5, 2]


def test_a_pair_of_a_column_that_no_file_has_is_left_out() -> None:
    found = sums("posts", [ROWS, ("views", frozenset({"views"}))], posts())
    assert list(found.pairs) == [ROWS]


def test_formats_of_a_day_are_told_apart_and_added_for_the_period() -> None:
    found = sums("posts", [REACH], posts(format=["photo", "photo", "video"]))
    assert [found.form.names[code] for code in found.form.codes] == ["photo", "video"]
    other = sums("posts", [ROWS], posts(format=["photo", "video", "video"]))
    assert len(other.day) == 3
    assert [len(day) for day, _ in other.folded] == [2]
    assert other.totals((NOVEMBER,))[0, 0].tolist() == [3, 3]


def test_each_network_is_a_segment_of_its_own() -> None:
    other = reading("posts", {"at": ["2025-11-07T10:00:00"], "reach": [7]}, file="ok.csv", network="ok")
    found = sums("posts", [REACH], posts(), other)
    told = dict(zip(found.segments, found.totals((NOVEMBER,))[:, 0, 0].tolist(), strict=True))
    assert told == {("vk", "", ""): 40, ("ok", "", ""): 7}


def test_a_window_counts_whole_or_not_at_all_and_a_month_by_its_days() -> None:
    window = reading(
        "ads", {"starts": ["2025-11-02"], "ends": ["2025-11-08"], "spend": [70.0]}, network="vk", file="w.csv"
    )
    costs = reading("costs", {"month": ["2025-11-01"], "item": ["Реклама"], "amount": [300.0]}, file="c.csv")
    periods = (NOVEMBER, Period(date(2025, 11, 3), date(2025, 11, 12)), Period.month(2025, 12))
    spend: Pair = ("spend", frozenset({"spend"}))
    assert sums("ads", [spend], window).totals(periods)[0, :, 0].tolist() == [70, 0, 0]
    assert np.allclose(sums("ads", [spend], costs).totals(periods)[0, :, 0], [300, 100, 0])


def test_people_of_a_longer_window_are_summed_nowhere_but_its_actions_are() -> None:
    week = reading(
        "account",
        {"starts": ["2025-11-03"], "ends": ["2025-11-09"], "reach": [900], "views": [50]},
        network="vk",
    )
    found = sums("account", [REACH, ("views", frozenset({"views"}))], week)
    assert found.totals((NOVEMBER,))[0, 0].tolist() == [0, 0, 50, 1]


def test_days_and_windows_of_one_account_share_its_segment() -> None:
    day = reading("account", {"date": ["2025-11-20"], "views": [5]}, network="vk", file="d.csv")
    week = reading(
        "account",
        {"starts": ["2025-11-03"], "ends": ["2025-11-09"], "views": [50], "saves": [1]},
        network="vk",
    )
    found = sums("account", [("views", frozenset({"views"})), ("saves", frozenset({"saves"}))], day, week)
    assert found.segments == (("vk", "", ""),)
    assert found.totals((NOVEMBER,))[0, 0].tolist() == [55, 2, 1, 1]


def test_a_network_that_only_windows_tell_has_no_days() -> None:
    week = reading(
        "account",
        {"starts": ["2025-11-03"], "ends": ["2025-11-09"], "views": [50]},
        network="ok",
        file="w.csv",
    )
    day = reading("account", {"date": ["2025-11-20"], "views": [5]}, network="vk", file="d.csv")
    found = sums("account", [("views", frozenset({"views"}))], day, week)
    assert found.segments == (("vk", "", ""), ("ok", "", ""))
    assert found.totals((NOVEMBER,))[:, 0, 0].tolist() == [5, 50]


def test_a_frame_without_rows_has_no_sums() -> None:
    facts = assemble([posts()], (Owner(currency="RUB"),))
    nothing = facts.daily["posts"].take(np.zeros(0, np.int64))
    found = slab("posts", nothing, (), [ROWS, REACH, BOTH])
    assert found.segments == ()
    assert found.totals((NOVEMBER,)).shape == (0, 1, 6)


def test_periods_that_overlap_each_have_all_of_their_days() -> None:
    halves = (
        Period(date(2025, 11, 1), date(2025, 11, 5)),
        Period(date(2025, 11, 5), date(2025, 11, 6)),
        Period(date(2025, 11, 6), date(2025, 11, 6)),
    )
    found = sums("posts", [ROWS, REACH], posts()).totals((NOVEMBER, *halves))
    assert found[0, :, 0].tolist() == [3, 2, 3, 1]
    assert found[0, :, 2].tolist() == [40, 10, 40, 30]
