"""Which weeks each source tells: full, in part, missing; holes between told days first."""

from __future__ import annotations

from datetime import date

from kpi.facts.assemble import assemble
from kpi.facts.coverage import Line, State, biggest_gap, whole_span
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from tests.made import reading

FULL, PART, MISSING = State.FULL, State.PART, State.MISSING


def found(*files: Reading) -> tuple[Line, ...]:
    return assemble(files, (Owner(),)).coverage


def days(*spans: tuple[int, int]) -> tuple[Period, ...]:
    """Spans of days of February 2025."""
    return tuple(Period(date(2025, 2, first), date(2025, 2, last)) for first, last in spans)


def by_day(first: int, last: int, file: str = "vk.csv", network: str = "vk", **more: object) -> Reading:
    rows = {"date": [f"2025-02-{day:02d}" for day in range(first, last + 1)]}
    counts = list(range(first, last + 1))
    return reading("account", rows | {"views": counts, "reach": counts}, file=file, network=network, **more)


def posts(*dates: str, file: str = "posts.csv", **more: object) -> Reading:
    rows = {"at": [f"{day}T10:00:00" for day in dates], "id": list(dates), "reach": [1] * len(dates)}
    return reading("posts", rows, file=file, network="instagram", **more)


def test_weeks_are_full_in_part_or_missing() -> None:
    vk, other = found(by_day(3, 12), by_day(24, 28, "later.csv"), posts("2025-02-03", "2025-02-28"))[::-1]
    whole = Period(date(2025, 2, 3), date(2025, 2, 28))
    assert (vk.days, other.days) == (days((3, 12), (24, 28)), days((3, 28)))
    assert [state for _, state in vk.weeks(whole)] == [FULL, PART, MISSING, FULL]
    assert {state for _, state in other.weeks(whole)} == {FULL}
    assert vk.weeks(whole)[-1][0] == Period(date(2025, 2, 24), date(2025, 2, 28))


def test_a_hole_between_told_days_is_named_before_a_longer_missing_end() -> None:
    lines = found(by_day(3, 5), by_day(9, 10, "later.csv"), posts("2025-02-01", "2025-02-28"))
    vk = lines[1]
    assert vk.missing(Period(date(2025, 2, 1), date(2025, 2, 28))) == days((1, 2), (6, 8), (11, 28))
    assert biggest_gap(lines) == (vk, days((6, 8))[0])


def test_an_end_is_named_before_a_start_and_nothing_where_all_is_there() -> None:
    early, late = by_day(1, 10), by_day(4, 12, "yt.csv", "youtube")
    assert biggest_gap(found(early, late)) == (found(early)[0], days((11, 12))[0])
    assert biggest_gap(found(by_day(4, 12), by_day(1, 12, "yt.csv", "youtube")))[1] == days((1, 3))[0]  # type: ignore[index]
    assert biggest_gap(found(early)) is None
    assert biggest_gap(()) is None
    assert whole_span(()) is None


def test_days_that_a_layout_leaves_out_are_told_and_blank_ones_are_not() -> None:
    rows = {"date": ["2025-02-01", "2025-02-02", "2025-02-05"], "followers_new": [1.0, None, 2.0]}
    quiet = reading("account", rows, network="vk", absent_zero=("account.followers_new",))
    plain = reading("account", rows, network="vk")
    assert found(quiet)[0].days == days((1, 5))
    assert found(plain)[0].days == days((1, 1), (5, 5))
    empty = reading("account", {"date": ["2025-02-01"], "followers_new": [None]}, network="vk")
    assert all(not line.days for line in found(empty))


def test_a_stated_window_is_told_whole_and_a_pause_between_exports_is_no_gap() -> None:
    window = Period(date(2025, 2, 1), date(2025, 2, 20))
    assert found(posts("2025-02-05", "2025-02-09", window=window))[0].days == (window,)
    near = found(posts("2025-02-02", "2025-02-05"), posts("2025-02-12", file="b.csv"))
    far = found(posts("2025-02-02", "2025-02-05"), posts("2025-02-13", file="b.csv"))
    assert [line.days for line in near] == [days((2, 12))]
    assert [line.days for line in far] == [days((2, 5), (13, 13))]


def test_rows_of_longer_spans_tell_their_days() -> None:
    rows = {"starts": ["2025-02-01", "2025-02-11"], "ends": ["2025-02-10", "2025-02-12"], "reach": [5, 6]}
    assert found(reading("account", rows, network="vk"))[0].days == days((1, 12))
    ads = reading("ads", rows | {"spend": [5.0, None], "reach": [5, None]}, network="vk")
    assert found(ads)[0].days == days((1, 10))


def test_a_line_is_one_network_account_layout_and_a_lone_figure() -> None:
    rows = {"date": ["2025-02-01"] * 2, "network": ["vk", "ok"], "views": [1, 2], "reach": [1, 2]}
    own = found(reading("account", rows))
    assert [(line.network, line.field) for line in own] == [("ok", ""), ("vk", "")]
    narrow = reading("account", {"date": ["2025-02-01"], "reach": [5]}, network="vk", account="cafe")
    assert found(narrow) == (Line("vk", "cafe", "account", "", "account.reach", days((1, 1))),)
