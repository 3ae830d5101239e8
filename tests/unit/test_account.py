"""Days of an account: left-out days and levels rebuilt from one known count."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from kpi.facts.account import account, rebuilt
from kpi.facts.assemble import assemble
from kpi.facts.frame import Frame
from kpi.facts.rows import frame as rows_of
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading

CAFE = ("vk", "cafe")


def days(**columns: list[float | None]) -> Frame:
    count = len(next(iter(columns.values())))
    rows = {"date": [f"2025-11-{day:02d}" for day in range(1, count + 1)], **columns}
    return assemble([reading("account", rows, network="vk", account="cafe")], (Owner(),)).daily["account"]


def levels(frame: Frame, day: int, count: float, key: tuple[str, str] = CAFE) -> list[float]:
    found = rebuilt(frame, {key: (date(2025, 11, day), count)})
    return found.values["followers"].tolist()


def test_joins_and_leaves_carry_a_known_count_both_ways() -> None:
    assert levels(days(followers_new=[9, 5, 5], followers_lost=[9, 1, 2]), 2, 100) == [96, 100, 103]


def test_a_count_that_a_file_tells_is_stronger_than_the_known_one() -> None:
    told = days(followers_new=[9, 5, 5], followers_lost=[9, 1, 2], followers=[None, 200, None])
    assert levels(told, 2, 100) == [196, 200, 203]


def test_a_told_day_on_the_way_is_kept_and_carried_on_from() -> None:
    told = days(followers_new=[9, 5, 5], followers_lost=[9, 1, 2], followers=[None, 150, None])
    assert levels(told, 1, 100) == [100, 150, 153]


def test_beyond_a_day_without_joins_nothing_is_claimed() -> None:
    found = levels(days(followers_new=[9, 5, None, 5], followers_lost=[9, 1, 2, 1]), 2, 100)
    assert found[:2] == [96, 100]
    assert np.isnan(found[2:]).all()


def test_an_account_without_rows_and_a_day_after_the_last_rebuild_nothing() -> None:
    told = days(followers_new=[9, 5], followers_lost=[9, 1])
    assert np.isnan(levels(told, 2, 100, ("ok", "bar"))).all()
    assert np.isnan(levels(told, 9, 100)).all()


@pytest.mark.parametrize("known", [{}, {CAFE: (date(2025, 11, 2), 100.0)}])
def test_without_a_known_count_or_without_leaves_the_days_stay_as_they_are(
    known: dict[tuple[str, str], tuple[date, float]],
) -> None:
    told = days(followers_new=[9, 5]) if known else days(followers_new=[9], followers_lost=[1])
    assert rebuilt(told, known) is told


def test_days_that_a_layout_leaves_out_are_zero_and_only_there() -> None:
    rows = {"date": ["2025-11-01", "2025-11-03"], "followers_new": [5.0, 7.0]}
    quiet = reading("account", rows, network="vk", absent_zero=("account.followers_new",)).tables[0]
    plain = reading("account", rows, network="vk").tables[0]
    for table, expected in ((quiet, [5, 0, 7]), (plain, [5, 7])):
        frame = rows_of(0, table, None)
        assert frame is not None
        assert account([frame], [table])[0].values["followers_new"].tolist() == expected


KINDS = ("reactions", "comments", "shares")


def acts(file: str = "x.csv", **columns: list[float | None]) -> Reading:
    """Days of a network that counts three kinds; one told kind after the other."""
    count = len(next(iter(columns.values())))
    rows = {"date": [f"2025-11-{day:02d}" for day in range(1, count + 1)], **columns}
    return reading("account", rows, file=file, network="vk", account="cafe", counts=KINDS)


def engaged(*files: Reading) -> list[float]:
    frame = assemble(files, (Owner(),)).daily["account"]
    return frame.values["engagements"].tolist() if "engagements" in frame.values else []


def test_interactions_are_added_up_where_all_kinds_are_told() -> None:
    told = engaged(acts(reactions=[5, 6], comments=[1, None], shares=[0, 2]))
    assert told == pytest.approx([6, np.nan], nan_ok=True)
    assert engaged(acts(reactions=[5, 6], comments=[1, 2])) == []


def test_a_total_that_an_export_tells_itself_is_kept() -> None:
    assert engaged(acts(reactions=[5], comments=[1], shares=[0], engagements=[99])) == [99]
    kinds = acts(reactions=[5, 5], comments=[1, 1], shares=[0, 0])
    assert engaged(kinds, acts("y.csv", engagements=[99])) == [99, 6]


def test_left_out_days_have_no_interactions_and_longer_spans_add_up_too() -> None:
    rows = {"date": ["2025-11-01", "2025-11-03"], "reactions": [1, 2], "comments": [0, 1], "shares": [0, 1]}
    zero = tuple(f"account.{kind}" for kind in KINDS)
    assert engaged(reading("account", rows, network="vk", counts=KINDS, absent_zero=zero)) == [1, 0, 4]
    spans = {
        "starts": ["2025-11-01"],
        "ends": ["2025-11-07"],
        "reactions": [1],
        "comments": [2],
        "shares": [3],
    }
    (frame,) = assemble([reading("account", spans, network="vk")], (Owner(),)).windows["account"]
    assert frame.values["engagements"].tolist() == [6]


def test_kinds_of_an_unknown_network_are_not_added_up() -> None:
    rows = {"date": ["2025-11-01"], "network": ["vk"], "reactions": [1], "comments": [2], "shares": [3]}
    assert engaged(reading("account", rows)) == []
