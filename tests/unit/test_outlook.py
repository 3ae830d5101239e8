"""What a target's outlook says: period asked about, chance, ranges, pace, facts, and why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.history import history
from kpi.judge.outlook import outlook
from kpi.metrics.cubes import Cube, cube
from kpi.model.kpi import Better, Kpi, Spread, Variant
from kpi.model.outlook import Outlook, Reach
from kpi.model.owner import Owner
from kpi.model.period import Period, months_of
from kpi.model.target import Target
from kpi.model.view import EVERYTHING
from tests.made import reading

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
DECEMBER = Period.month(2025, 12)
A_DAY = (10, 12, 11, 13, 12, 11, 13, 14, 12, 13, 14, 13)  # mentions, by month


def variant(kpi: str, id_: str) -> tuple[Kpi, Variant]:
    return kpis()[kpi], next(v for v in kpis()[kpi].variants if v.id == id_)


MENTIONS, FOLLOWERS = variant("mentions", "network"), variant("follower_count", "end")
RATE, MEDIAN = variant("engagement_rate", "by_reach"), variant("reach_per_post", "median")


@cache
def desk(last: date = YEAR.last, skip: int = 0, first: date = YEAR.first) -> Cube:
    """A year of days, each with a post; `skip` is a month whose mentions nobody counted."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    account = {
        "date": [str(day) for day in days],
        "mentions": [None if day.month == skip else float(A_DAY[day.month - 1]) for day in days],
        "followers": [1000.0 + 2 * n + (n % 5) for n, _ in enumerate(days)],
    }
    posts = {
        "at": [f"{day}T10:00:00" for day in days],
        "engagements": [5.0 + day.day % 3 for day in days],
        "reach": [100.0 + day.day % 7 for day in days],
    }
    files = [
        reading("account", account, network="vk"),
        reading("posts", posts, file="p.csv", network="vk", window=Period(first, last)),
    ]
    return cube(assemble(files, (Owner(),), {}), kpis().values())


def seen(
    value: float | None,
    what: tuple[Kpi, Variant] = MENTIONS,
    *,
    data: Cube | None = None,
    until: Period = DECEMBER,
    **target: Any,
) -> Outlook:
    asked = None if value is None else Target(kpi=what[0].id, value=value, **target)
    return outlook(data or desk(), *what, EVERYTHING, asked, until=until)


def test_without_a_day_the_next_month_is_asked_about_and_long_months_bring_more() -> None:
    found = seen(400)
    assert found.goal == Period.month(2026, 1)
    later = seen(400, by=date(2026, 2, 10))
    assert later.goal == Period.month(2026, 2)
    assert found.middle is not None
    assert later.middle is not None
    assert later.middle / found.middle == pytest.approx(28 / 31, rel=0.05)


def test_the_ranges_lie_one_above_the_other() -> None:
    found = seen(None)
    assert found.usual is not None
    assert found.realistic is not None
    assert found.ambitious is not None
    marks = [found.usual[0], found.middle, *found.realistic, *found.ambitious]
    assert marks == sorted(marks)
    assert found.realistic[1] == found.ambitious[0]
    assert found.ambitious[1] == found.usual[1]
    assert (found.chance, found.reach, found.reason, found.reached) == (None, None, None, None)


def test_where_less_is_better_the_ranges_lie_one_below_the_other() -> None:
    less = MENTIONS[0], replace(MENTIONS[1], better=Better.DOWN)
    found = seen(320, less)
    assert found.middle is not None
    assert found.realistic is not None
    assert found.ambitious is not None
    assert found.ambitious[0] < found.ambitious[1] == found.realistic[0] < found.realistic[1] < found.middle
    more = seen(320).chance
    assert found.chance is not None
    assert more is not None
    assert found.chance + more == pytest.approx(1, abs=0.01)
    assert found.needed_per_week is None  # there is nothing to bring


@pytest.mark.parametrize("part", range(4))
def test_the_word_goes_with_the_chance(part: int) -> None:
    free = seen(None)
    assert free.realistic is not None
    assert free.ambitious is not None
    assert free.middle is not None
    aims = (free.middle * 0.99, sum(free.realistic) / 2, sum(free.ambitious) / 2, free.ambitious[1] * 1.01)
    words = (Reach.LIKELY, Reach.REALISTIC, Reach.AMBITIOUS, Reach.UNLIKELY)
    low, high = ((0.5, 0.7), (0.25, 0.4), (0.1, 0.25), (0.01, 0.1))[part]
    found = seen(aims[part])
    assert found.reach is words[part]
    assert found.chance is not None
    assert low <= found.chance <= high


def test_no_chance_is_certain() -> None:
    assert [seen(value).chance for value in (1, 1e9)] == pytest.approx([0.99, 0.01])


def test_how_often_it_was_reached_is_counted_in_full_periods() -> None:
    found = seen(13 * 31)
    totals = [a_day * month.days for a_day, month in zip(A_DAY, months_of(YEAR), strict=True)]
    assert (found.reached, found.known) == (sum(total >= 403 for total in totals), 12)


def test_a_range_has_a_chance_but_nothing_to_strive_for() -> None:
    found = seen(300, top=500)
    assert (found.realistic, found.ambitious, found.needed_per_week) == (None, None, None)
    assert found.chance is not None
    assert found.chance > 0.5
    lopsided = seen(300, (MENTIONS[0], replace(MENTIONS[1], better=Better.RANGE)))
    assert lopsided.chance is None
    assert lopsided.reason is not None
    assert lopsided.reason.key == "outlook.open_range"
    assert lopsided.middle is not None


def test_a_day_that_is_past_is_answered_from_the_facts() -> None:
    found = seen(13 * 30, by=date(2025, 11, 5))
    assert (found.fact, found.met, found.chance) == (14 * 30, True, None)
    assert seen(15 * 30, by=date(2025, 11, 30)).met is False
    assert seen(390, by=date(2025, 11, 5), top=400).met is False
    ranged = MENTIONS[0], replace(MENTIONS[1], better=Better.RANGE)
    assert seen(390, ranged, by=date(2025, 11, 5)).met is None


def test_a_past_that_no_file_tells_is_no_fact() -> None:
    found = seen(390, data=desk(skip=3), by=date(2025, 3, 5))
    assert (found.fact, found.reason and found.reason.key) == (None, "outlook.untold")


def test_the_row_starts_after_a_gap() -> None:
    found = seen(390, data=desk(skip=3))
    assert [note.key for note in found.notes] == ["outlook.by_shorter", "outlook.after_gap"]
    past = history(desk(skip=3), *MENTIONS, EVERYTHING, YEAR.last, per="month")
    assert [p.first.month for p in past.row] == list(range(4, 13))
    assert past.gap == Period.month(2025, 3)
    assert len(past.known) == 11


def test_few_months_are_told_by_weeks_where_weeks_make_up_a_month() -> None:
    half = Period.month(2025, 5)
    for what in (MENTIONS, FOLLOWERS, RATE):
        found = seen(1, what, until=half)
        assert (found.goal, found.known) == (Period.month(2025, 6), 5)
        assert [note.key for note in found.notes] == ["outlook.by_shorter"]
        assert found.middle is not None
    few = seen(1, MEDIAN, until=half)  # medians of weeks make no median of a month
    assert (few.middle, few.reason and few.reason.key) == (None, "outlook.few")
    assert few.reason is not None
    assert few.reason.facts == {"n": 5, "needed": 8, "weekly": False, "monthly": True, "longer": False}


def test_what_weeks_say_of_a_month_is_about_what_the_month_brought() -> None:
    found = seen(360, until=Period.month(2025, 6))
    assert found.usual is not None
    assert found.usual[0] < 13 * 31 < found.usual[1] * 1.1
    level = seen(1500, FOLLOWERS, until=Period.month(2025, 6))
    days = (date(2025, 7, 31) - YEAR.first).days
    assert level.middle == pytest.approx(1000 + 2 * days, rel=0.01)
    rate = seen(6, RATE, until=Period.month(2025, 6))
    assert rate.middle == pytest.approx(100 * 6 / 103, rel=0.02)


def test_seven_weeks_are_too_few_for_weeks_too() -> None:
    found = seen(80, until=Period(YEAR.first, date(2025, 2, 23)), per="week")
    assert (found.known, found.reason and found.reason.key) == (7, "outlook.few")
    month = seen(400, until=Period(YEAR.first, date(2025, 2, 23)), per="month")
    assert (month.known, month.reason and month.reason.facts["n"]) == (1, 1)


def test_a_week_is_asked_about_where_one_is_looked_at() -> None:
    found = seen(80, until=Period(date(2025, 6, 2), date(2025, 6, 8)))
    assert (found.per, found.goal) == ("week", Period(date(2025, 6, 9), date(2025, 6, 15)))


def test_a_quarter_is_told_by_months() -> None:
    found = seen(1200, per="quarter")
    assert (found.goal, found.known) == (Period(date(2026, 1, 1), date(2026, 3, 31)), 4)
    assert found.middle == pytest.approx(90 * 13.3, rel=0.05)
    assert found.notes[0].facts == {"n": 4, "weekly": False}


def test_a_year_is_too_far_ahead_for_one_year_of_past() -> None:
    found = seen(5000, per="year")
    assert (found.goal, found.known) == (Period(date(2026, 1, 1), date(2026, 12, 31)), 1)
    assert found.reason is not None
    assert found.reason.key == "outlook.too_far"
    assert seen(400, by=date(2026, 6, 30)).reason is None  # six of twelve months
    assert seen(400, by=date(2026, 7, 1)).middle is None


def test_a_running_month_keeps_what_it_has_brought() -> None:
    until = Period(date(2025, 12, 1), date(2025, 12, 21))
    found = seen(13 * 31, until=until)
    assert found.goal == Period.month(2025, 12)
    assert found.usual is not None
    assert 13 * 21 < found.usual[0] < 13 * 31 < found.usual[1] < 13 * 21 + 10 * 16
    assert found.needed_per_week == pytest.approx(13 * 7)
    assert seen(100, until=until).needed_per_week == 0
    end = seen(13 * 31, until=Period(date(2025, 12, 1), date(2025, 12, 30)))
    assert end.usual is not None
    assert 13 * 30 < end.usual[0] < end.usual[1] < 13 * 32


def test_days_of_a_running_month_that_are_not_told_are_still_open() -> None:
    found = seen(400, data=desk(skip=12), until=Period(date(2025, 12, 1), date(2025, 12, 21)))
    assert found.needed_per_week == pytest.approx(400 / (31 / 7))


def test_a_running_month_counts_up_to_the_last_day_that_its_own_file_tells() -> None:
    told = [YEAR.first + timedelta(days=n) for n in range(349)]  # up to 15 December
    mentions = {"date": [str(day) for day in told], "mentions": [13.0] * 349}
    posts = {"at": ["2025-01-01T10:00:00", "2025-12-31T10:00:00"], "reach": [5.0, 5.0]}
    files = [
        reading("account", mentions, network="vk"),
        reading("posts", posts, file="p.csv", network="vk", window=YEAR),
    ]
    data = cube(assemble(files, (Owner(),), {}), kpis().values())
    found = seen(403, data=data, until=Period(date(2025, 12, 1), date(2025, 12, 20)))
    assert found.needed_per_week == pytest.approx((403 - 13 * 15) / (16 / 7))


def test_a_balance_may_be_told_below_nought() -> None:
    days = [YEAR.first + timedelta(days=n) for n in range(YEAR.days)]
    net = {"date": [str(day) for day in days], "followers_net": [float(day.day % 3 - 2) for day in days]}
    data = cube(assemble([reading("account", net, network="vk")], (Owner(),), {}), kpis().values())
    found = seen(0, variant("follower_net_growth", "net"), data=data)
    assert found.usual is not None
    assert found.usual[1] < 0
    assert found.middle == pytest.approx(-31, rel=0.1)


def test_the_pace_of_a_level_and_of_a_rate_is_the_change_a_week() -> None:
    now = 1000 + 2 * 364 + 4
    found = seen(now + 90, FOLLOWERS, by=date(2026, 3, 1))
    assert found.needed_per_week == pytest.approx(90 / (60 / 7))
    assert seen(now - 1, FOLLOWERS, by=date(2026, 3, 1)).needed_per_week == 0
    rate = seen(7, RATE, by=date(2026, 1, 31))
    assert rate.needed_per_week == pytest.approx((7 - dict(rate_by_month())[12]) / (31 / 7))


def rate_by_month() -> Sequence[tuple[int, float]]:
    past = history(desk(), *RATE, EVERYTHING, YEAR.last, per="month")
    return [(period.first.month, value) for period, value in past.known]


def test_what_never_was_told_has_no_outlook_and_says_why() -> None:
    missing = seen(5, (kpis()["leads"], kpis()["leads"].variants[0]))
    assert (missing.middle, missing.known) == (None, 0)
    assert missing.reason is not None
    assert missing.reason.key == "missing"
    short = seen(100, data=desk(date(2025, 1, 20)), until=Period(YEAR.first, date(2025, 1, 20)))
    assert short.reason is not None
    assert short.reason.key == "outlook.no_periods"
    silent = seen(100, data=desk(date(2025, 8, 31), skip=8), until=Period.month(2025, 8))
    assert silent.goal == Period.month(2025, 9)
    assert silent.known == 7
    nothing = cube(assemble([], (Owner(),), {}), kpis().values())
    assert seen(1, data=nothing).middle is None


def test_leaps_without_end_are_said_to_tell_nothing() -> None:
    days = [YEAR.first + timedelta(days=n) for n in range(YEAR.days)]
    leaps = {"date": [str(d) for d in days], "mentions": [10.0 ** (4 * (d.month % 2)) for d in days]}
    wild = cube(assemble([reading("account", leaps, network="vk")], (Owner(),), {}), kpis().values())
    found = seen(100, data=wild)
    assert (found.middle, found.reason and found.reason.key) == (None, "outlook.wild")


def test_a_kpi_that_wants_a_longer_period_is_asked_about_by_it() -> None:
    quarterly = replace(MENTIONS[0], window="quarter"), MENTIONS[1]
    found = seen(1200, quarterly)
    assert (found.per, found.known) == ("quarter", 4)
    assert found.reason is not None
    assert found.reason.facts["longer"] is True  # no months instead: it wants quarters


def test_shares_of_people_and_stars_have_bounds() -> None:
    share = FOLLOWERS[0], replace(FOLLOWERS[1], unit="percent", spread=Spread.SHARE)
    stars = FOLLOWERS[0], replace(FOLLOWERS[1], unit="stars")
    for what, bounds in ((share, (0, 100)), (stars, (1, 5))):
        course = history(desk(), *what, EVERYTHING, YEAR.last, per="month").course
        assert course is not None
        assert course.bounds == bounds


@pytest.mark.parametrize(
    ("formula", "factor"),
    [
        ("100 * posts.engagements / posts.reach", 100),
        ("posts.engagements / posts.reach", 1),
        ("account.mentions / posts.count", 1),
        ("posts.reach * posts.engagements / posts.count", None),
        ("posts.engagements / (posts.count * 2)", None),
        ("posts.engagements / account.followers.end", None),
        ("posts.engagements / period.days", None),
        ("posts.reach.median", None),
    ],
)
def test_only_one_ratio_of_two_sums_has_parts(formula: str, factor: float | None) -> None:
    own = replace(RATE[1], formula=formula)
    kpi = replace(RATE[0], variants=(own,))
    whole = cube(desk().facts, (kpi,))
    found = history(whole, kpi, own, EVERYTHING, YEAR.last, per="month").course
    assert found is not None
    assert (found.parts and found.parts.factor) == factor
    if found.parts:
        assert found.parts.factor * found.parts.above / found.parts.below == pytest.approx(found.values)


def test_events_scatter_by_the_root_of_their_number_however_calm_the_past_was() -> None:
    """Three mentions a day, in some months one more: chance alone makes 93 more or less by 12 (80 %)."""
    days = [YEAR.first + timedelta(days=n) for n in range(YEAR.days)]
    rows = {
        "date": [str(day) for day in days],
        "mentions": [4.0 if day.day == 1 and day.month % 2 else 3.0 for day in days],
    }
    calm = cube(assemble([reading("account", rows, network="vk")], (Owner(),), {}), kpis().values())
    found = seen(100, data=calm)
    assert found.usual is not None
    assert found.usual[1] - found.usual[0] > 2 * 1.28 * 93**0.5 * 0.9
