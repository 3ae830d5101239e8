"""Did it help: weeks before and after an action, in the cube of posts or orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from kpi.catalog.loader import kpis
from kpi.insight.effect import effect
from kpi.insight.weeks import steps_of, year_before
from kpi.model.kpi import Better, Kpi
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.taken import Effect, Outcome, State, Taken, together
from tests.judged import KINDS, judge
from tests.made import reading

FIRST = date(2025, 6, 4)  # a Wednesday: weeks are counted from it
DAY = timedelta(days=1)
TAKEN = Taken(
    id="do_1",
    kpi="engagement_rate",
    title="One poll a week",
    first=FIRST,
    at=datetime(2025, 6, 4, tzinfo=UTC),
    variant="by_reach",
)


def told(taken: Taken, rates: Sequence[float], *, back: int = 26, kpi: Kpi | None = None) -> Effect:
    """Return the effect on posts of 1000 reached, three a week, with these interactions each."""
    start = FIRST - back * 7 * DAY
    at = [start + (7 * (i // 3) + 2 * (i % 3)) * DAY for i in range(len(rates))]
    rows = {
        "at": [f"{day}T10:00:00" for day in at],
        "reach": [1000] * len(at),
        "reactions": [round(rate) for rate in rates],
        **{kind: [0] * len(at) for kind in KINDS[1:]},
    }
    window = Period(start, start + (len(rates) // 3) * 7 * DAY - DAY)
    files = reading("posts", rows, network="instagram", counts=KINDS, window=window)
    return effect(judge(files).cube, kpi or kpis()[taken.kpi], taken)


def posts(count: int, mean: float, seed: int = 3) -> list[float]:
    return list(mean * np.exp(0.3 * np.random.default_rng(seed).standard_normal(count)))


def test_a_rate_that_rose_beyond_its_course_helped() -> None:
    found = told(TAKEN, posts(78, 40) + posts(24, 80, 4))
    assert (found.outcome, found.of, found.told) == (Outcome.HELPED, "posts.count", 24)
    assert found.after is not None
    assert found.expected is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < found.after - found.expected < found.high
    assert found.after == pytest.approx(np.mean([round(one) for one in posts(24, 80, 4)]) / 10)
    assert len(found.steps) == 34
    assert (found.steps[26][0].first, found.seasonal, found.weekly) == (FIRST, False, False)


def test_one_that_fell_got_worse_and_one_that_stayed_shows_nothing() -> None:
    assert told(TAKEN, posts(78, 40) + posts(24, 20, 4)).outcome is Outcome.WORSE
    same = told(TAKEN, posts(78, 40) + posts(24, 40, 4))
    assert same.outcome is Outcome.UNSEEN
    assert same.low is not None
    assert same.high is not None
    assert same.low < 0 < same.high


def test_a_course_that_rose_before_and_goes_on_is_no_effect() -> None:
    rising = [one * 1.02 ** (i / 3) for i, one in enumerate(posts(102, 40))]
    assert told(TAKEN, rising).outcome is Outcome.UNSEEN


def test_too_little_after_says_from_how_many_posts_it_would_show() -> None:
    found = told(TAKEN, posts(78, 40) + posts(3, 90, 4))
    assert (found.outcome, found.told, found.after) == (Outcome.UNSEEN, 3, None)
    assert found.needed is not None
    assert 8 <= found.needed < 60
    wild = list(40 * np.exp(2 * np.random.default_rng(5).standard_normal(84)))
    assert told(TAKEN, wild).needed is None


def test_what_cannot_be_told_says_why() -> None:
    def why(taken: Taken, rates: Sequence[float], back: int = 26) -> str | None:
        found = told(taken, rates, back=back)
        assert found.outcome is Outcome.UNTOLD
        return found.reason and found.reason.key

    every = posts(102, 40)
    assert why(TAKEN, every[:60]) == "effect.ahead"
    assert why(TAKEN, every[:33], back=5) == "effect.few"
    assert why(TAKEN, [40.0] * 102) == "effect.still"
    assert why(replace(TAKEN, network="vk"), every) == "missing"
    assert why(replace(TAKEN, kpi="cpl", variant=""), every) == "missing"
    assert why(replace(TAKEN, kpi="non_follower_reach_share", variant=""), every) == "missing"


def test_a_level_and_a_range_have_no_effect_to_tell() -> None:
    days = [FIRST - timedelta(days=70) + i * DAY for i in range(120)]
    rows = {"date": [str(day) for day in days], "followers": [1000 + i for i in range(120)]}
    rows |= {"views": [500 + i % 9 for i in range(120)], "reach": [400 + i % 7 for i in range(120)]}
    cube = judge(reading("account", rows, network="vk", window=Period(days[0], days[-1]))).cube
    level = effect(cube, kpis()["follower_count"], replace(TAKEN, kpi="follower_count", variant=""))
    assert level.reason is not None
    assert level.reason.key == "effect.is_level"
    rates, rate = posts(102, 40), kpis()["engagement_rate"]
    ranged = told(TAKEN, rates, kpi=replace(rate, better=Better.RANGE))
    assert ranged.reason == Reason(key="effect.is_range")
    assert told(TAKEN, rates, kpi=replace(rate, window="90 days")).reason == Reason(key="effect.is_long")


def orders(start: date, counts: Sequence[int]) -> Effect:
    """Return the effect on orders from networks, so many a week."""
    days = [start + (7 * week + i % 7) * DAY for week, n in enumerate(counts) for i in range(n)]
    rows = {
        "date": [str(day) for day in days],
        "order_id": [str(i) for i in range(len(days))],
        "revenue": [100.0] * len(days),
        "source": ["instagram"] * len(days),
    }
    window = Period(start, start + len(counts) * 7 * DAY - DAY)
    files = reading("orders", rows, currency="RUB", window=window)
    return effect(judge(files).cube, kpis()["conversions"], replace(TAKEN, kpi="conversions", variant=""))


def test_a_total_is_told_by_the_week() -> None:
    weekly = [9, 12, 8, 11, 10, 9, 13, 10, 11, 8, 10, 12]
    found = orders(FIRST - 84 * DAY, [*weekly, 20, 19, 22, 18])
    assert (found.outcome, found.weekly, found.before) == (Outcome.HELPED, True, pytest.approx(10.25))
    assert found.after == pytest.approx(19.75)


def test_a_season_that_came_last_year_too_is_no_effect() -> None:
    chance = np.random.default_rng(7)
    season = [*chance.poisson(30, 44), *chance.poisson(60, 8)]
    weekly = [int(n) for n in [*season, *chance.poisson(30, 44), *chance.poisson(60, 8)]]
    found = orders(FIRST - 96 * 7 * DAY, weekly)
    assert (found.outcome, found.seasonal) == (Outcome.UNSEEN, True)
    bare = orders(FIRST - 26 * 7 * DAY, weekly[70:])
    assert (bare.outcome, bare.seasonal) == (Outcome.HELPED, False)


def test_weeks_are_counted_from_the_day_both_ways() -> None:
    found = steps_of(Period(FIRST - 10 * DAY, FIRST + 13 * DAY), FIRST)
    assert [step.first - FIRST for step in found] == [-7 * DAY, 0 * DAY, 7 * DAY]
    assert {step.days for step in found} == {7}
    assert year_before(found[0]).first.weekday() == found[0].first.weekday()


def test_an_action_is_watched_for_a_quarter_or_to_its_end() -> None:
    assert TAKEN.watched.days == 91
    assert replace(TAKEN, last=FIRST + 20 * DAY).watched.days == 21
    assert replace(TAKEN, last=FIRST).watched.days == 91  # done in a day, and its effect stays


def test_other_actions_at_the_same_time_are_told() -> None:
    other = replace(TAKEN, id="do_2", first=FIRST + 30 * DAY)
    away = [
        replace(other, kpi="reach"),
        replace(other, state=State.DROPPED),
        replace(other, first=FIRST + 200 * DAY),
        TAKEN,
    ]
    assert together(TAKEN, [other, *away]) == (other,)
    vk = replace(TAKEN, network="vk")
    assert together(vk, [replace(other, network="telegram")]) == ()
    assert together(vk, [other]) == (other,)
