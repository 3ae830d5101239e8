"""A running period, a second bad period, the lights of the past, the arrow, and the rule in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpi.catalog.loader import kpis
from kpi.model.kpi import Better
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.target import Target
from kpi.model.verdict import Drift, Status, Verdict
from kpi.report.numbers import reasons, ruled
from tests.judged import NOVEMBER, judge, judged, posts, wanted
from tests.made import reading

LENGTHS = ((9, 30), (10, 31), (11, 30), (12, 31))
CALM = [28, 30, 32] * 5
RATE = kpis()["engagement_rate"]


def mentioned(first: date, last: date, count: float, *, file: str = "m.csv", account: str = "") -> Reading:
    span = Period(first, last)
    days = [date.fromordinal(first.toordinal() + i).isoformat() for i in range(span.days)]
    rows = {"date": days, "mentions": [count] * len(days)}
    return reading("account", rows, file=file, network="vk", account=account or None)


def running(last: int, count: float, target: Target | None = None, *more: Reading) -> Verdict:
    file = mentioned(date(2025, 9, 1), date(2025, 11, last), count)
    wish = target or Target(kpi="mentions", value=1200.0, per="month")
    return judged("mentions", file, *more, targets=(wish,))


def test_a_total_of_a_running_period_is_held_against_what_is_due_by_now() -> None:
    found = running(12, 36)
    assert found.pace is not None
    assert (found.pace.days, found.pace.all, found.pace.due) == (12, 30, 480)
    assert (found.value, found.target, found.status) == (432, 1200, Status.AMBER)
    said = reasons(found, "en")
    assert said[0] == "Just short of what is due by now, 480 mentions: within what is tolerated."
    assert said[1] == "After 12 of 30 days it should be 480 mentions, and is 432 mentions."
    assert running(12, 41).status is Status.GREEN
    assert running(12, 20).status is Status.RED
    assert running(30, 40).pace is None


def test_a_range_is_due_by_both_of_its_ends() -> None:
    found = running(15, 50, Target(kpi="mentions", value=600.0, top=1000.0))
    assert (found.status, found.reasons[0].facts["target"]) == (Status.RED, 500)


def test_what_is_not_told_from_its_first_day_or_by_all_alike_has_no_pace() -> None:
    wish = (Target(kpi="mentions", value=1200.0),)
    early, late = mentioned(date(2025, 9, 1), date(2025, 11, 5), 40), date(2025, 11, 9)
    holed = judged("mentions", early, mentioned(late, date(2025, 11, 20), 40, file="b.csv"), targets=wish)
    assert (holed.pace, holed.status, holed.reasons[0].key) == (None, Status.GREY, "partly_covered")
    two = [
        mentioned(date(2025, 9, 1), date(2025, 11, 5), 40, file="a.csv", account="a"),
        mentioned(date(2025, 9, 1), date(2025, 11, 20), 40, file="b.csv", account="b"),
    ]
    assert judged("mentions", *two, targets=wish).pace is None


def test_a_past_period_with_a_gap_at_its_end_is_not_running() -> None:
    files = [
        mentioned(date(2025, 9, 1), date(2025, 10, 20), 40),
        mentioned(date(2025, 11, 1), date(2025, 11, 30), 40, file="b.csv"),
    ]
    wish = (Target(kpi="mentions", value=1200.0),)
    found = judged("mentions", *files, period=Period.month(2025, 10), targets=wish)
    assert (found.pace, found.reasons[0].key) == (None, "partly_covered")


def test_without_a_target_and_for_rates_there_is_no_pace() -> None:
    file = mentioned(date(2025, 1, 1), date(2025, 11, 12), 40)
    assert judged("mentions", file).reasons[0].key == "partly_covered"
    half = posts(CALM, window=Period(date(2025, 11, 1), date(2025, 11, 15)))
    assert judged("engagement_rate", half, targets=wanted(3.0)).pace is None


def two_months(before: list[int], now: list[int], *targets: Target) -> Verdict:
    return judged("engagement_rate", posts(before, month=10), posts(now), targets=targets)


def test_red_for_the_second_period_running_is_escalated() -> None:
    found = two_months(CALM, CALM, *wanted(5.0))
    assert (found.status, found.escalated) == (Status.RED, True)
    assert "escalated_twice" in {reason.key for reason in found.reasons}
    first = two_months([60] * 15, CALM, *wanted(5.0))
    assert (first.status, first.escalated) == (Status.RED, False)
    lower = Target(kpi="engagement_rate", value=2.0), replace(wanted(5.0)[0], since=date(2025, 11, 1))
    assert two_months(CALM, CALM, *lower).escalated is False  # october met what was in force then


def test_two_misses_that_only_together_are_proven_are_escalated() -> None:
    wild = [8, 70, 12, 40, 9, 55, 14, 30, 10, 25, 60, 11, 16, 9]
    found = two_months(wild, wild, *wanted(3.6))
    assert (found.status, found.reasons[0].key) == (Status.AMBER, "rule_amber_chance")
    assert (found.hollow, found.escalated) == (True, True)
    assert "escalated_together" in {reason.key for reason in found.reasons}
    assert two_months([40] * 14, wild, *wanted(3.6)).escalated is False
    few = two_months(wild[:7], wild, *wanted(3.6))
    assert few.escalated is False  # october was too small to be judged


def test_a_total_of_two_periods_is_escalated_by_its_mean() -> None:
    def of(last: int, count: float) -> Verdict:
        file = mentioned(date(2025, 10, 1), date(2025, 11, last), count)
        return judged("mentions", file, targets=(Target(kpi="mentions", value=61.0 * last / 30),))

    found = of(30, 1.75)
    assert (found.value, found.status, found.hollow) == (52.5, Status.AMBER, True)
    assert found.escalated is True
    assert of(30, 1.85).escalated is False


def test_a_month_before_that_is_not_told_whole_proves_nothing() -> None:
    file = mentioned(date(2025, 10, 2), date(2025, 11, 30), 1.75)
    assert judged("mentions", file, targets=(Target(kpi="mentions", value=61.0),)).escalated is False

    half = posts([19, 20, 21] * 5, month=10, window=Period(date(2025, 10, 1), date(2025, 10, 20)))
    wild = [8, 70, 12, 40, 9, 55, 14, 30, 10, 25, 60, 11, 16, 9]
    found = judged("engagement_rate", half, posts(wild), targets=wanted(3.6))
    assert (found.status, found.escalated) == (Status.AMBER, False)


def spent(month: int, currency: str, cost: float) -> Reading:
    days = [f"2025-{month:02d}-{day:02d}" for day in range(1, 31)]
    rows = {"starts": days, "spend": [cost] * 30, "link_clicks": [10] * 30}
    window = Period.month(2025, month)
    return reading("ads", rows, file=f"{month}.csv", network="vk", currency=currency, window=window)


def test_a_month_in_other_money_has_no_light_in_the_past_and_proves_nothing() -> None:
    bench = judge(
        spent(9, "RUB", 90), spent(10, "USD", 200), spent(11, "RUB", 200), targets=wanted(10, kpi="cpc")
    )
    found = bench.verdict(kpis()["cpc"], NOVEMBER)
    assert (found.value, found.status, found.escalated) == (20, Status.AMBER, False)
    assert [light for _, light in bench.past(found)] == [Status.GREEN, Status.GREY]


def test_different_people_are_never_pooled() -> None:
    rows = {
        "starts": ["2025-10-01", "2025-11-01"],
        "ends": ["2025-10-31", "2025-11-30"],
        "reach": [50.0, 50.0],
    }
    found = judged("reach", reading("account", rows, network="vk"), targets=wanted(100.0, kpi="reach"))
    assert (found.value, found.escalated) == (50, False)


def test_the_past_is_coloured_by_today_s_rule_with_its_own_sample() -> None:
    months = {5: [50] * 15, 6: CALM, 7: [50] * 5, 8: [49] * 15, 10: [46] * 9, 11: CALM}
    files = [posts(acts, month=month) for month, acts in months.items()]
    old = Target(kpi="engagement_rate", value=1.0)
    new = Target(kpi="engagement_rate", value=5.0, since=date(2025, 11, 1))
    bench = judge(*files, targets=(old, new))
    found = bench.verdict(RATE, NOVEMBER)
    assert found.past == ()
    assert [(period.first.month, light) for period, light in bench.past(found)] == [
        (5, Status.GREEN),
        (6, Status.RED),
        (7, Status.GREY),
        (8, Status.AMBER),
        (9, Status.GREY),
        (10, Status.AMBER),
    ]
    assert bench.past(judge().verdict(RATE, NOVEMBER)) == ()


def test_the_arrow_is_apart_from_the_light() -> None:
    years = [posts([base + wave for wave in (-2, 0, 2)] * 4, month=month) for month, base in
             zip(range(4, 11), (30, 31, 29, 30, 32, 29, 31), strict=True)]  # fmt: skip
    found = judged("engagement_rate", *years, posts([50] * 12), targets=wanted(9.0))
    assert (found.status, found.drift) == (Status.RED, Drift.UP)
    assert judged("engagement_rate", *years, posts([30] * 12)).drift is Drift.STEADY
    assert judged("engagement_rate", *years[2:], posts([50] * 12)).drift is None
    cut = posts([50] * 12, window=Period(date(2025, 11, 1), date(2025, 11, 20)))
    assert judged("engagement_rate", *years, cut).drift is None


def test_the_rule_is_told_with_its_figures() -> None:
    assert ruled(judged("engagement_rate", posts(CALM), targets=wanted(5.0)), "en") == (
        "By your target: green from 5%. Red below 4%, and only if chance does not explain it. Between: amber."
    )
    range_ = Target(kpi="engagement_rate", value=5.0, top=10.0)
    assert "from 5% to 10%. Red below 4% or above 12%" in str(
        ruled(judged("engagement_rate", posts(CALM), targets=(range_,)), "en")
    )
    down = replace(RATE, better=Better.DOWN, id="down")
    assert "green up to 5%. Red above 6%" in str(
        ruled(judged(down, posts(CALM), targets=wanted(5.0, kpi="down")), "en")
    )


@pytest.mark.parametrize(
    ("better", "top", "key"),
    [(Better.UP, None, "ruling.up_open"), (Better.DOWN, None, "ruling.down_open"),
     (Better.UP, 1500.0, "ruling.range_open")],
)  # fmt: skip
def test_where_chance_cannot_be_told_the_rule_says_that_red_is_out_of_reach(
    better: Better, top: float | None, key: str
) -> None:
    silent = replace(kpis()["views"], better=better, id="silent", spread="none")
    file = reading("posts", {"at": ["2025-11-05T10:00:00"] * 9, "views": [100.0] * 9}, network="vk",
                   window=NOVEMBER)  # fmt: skip
    found = judged(silent, file, targets=(Target(kpi="silent", value=1000.0, top=top),))
    assert found.interval is None
    assert found.rule is not None
    assert found.rule.key == key


def test_without_a_measure_the_rule_says_what_is_wanting() -> None:
    assert judged("engagement_rate", posts(CALM)).rule == judged("engagement_rate", posts(CALM)).reasons[0]
    few = judged("engagement_rate", posts(CALM[:5]), targets=wanted(5.0))
    assert few.reasons[0].key == "too_few"
    assert few.rule is not None
    assert few.rule.facts["green"] == 5.0


def test_a_year_ago_is_the_same_days_of_the_year_before_whatever_their_number() -> None:
    old, new = Period(date(2024, 2, 1), date(2024, 12, 31)), Period(date(2025, 1, 1), date(2025, 11, 30))
    bench = judge(mentioned(old.first, old.last, 7), mentioned(new.first, new.last, 9, file="b.csv"))
    mentions = kpis()["mentions"]
    november = bench.verdict(mentions, NOVEMBER)
    assert (november.value, november.previous, november.year_ago) == (30 * 9, 31 * 9, 30 * 7)
    week, other = (Period(date(2025, 3, day), date(2025, 3, day + 6)) for day in (5, 12))
    assert [bench.verdict(mentions, one).year_ago for one in (week, week, other)] == [7 * 7] * 3
    assert bench.verdict(mentions, Period.month(2025, 1)).year_ago is None  # the files begin in february
    assert bench.verdict(mentions, Period(date(2025, 1, 30), date(2025, 2, 5))).year_ago is None


def test_a_year_ago_in_other_money_is_no_year_ago() -> None:
    def spent(year: int, currency: str) -> Reading:
        days = [f"{year}-11-{day:02d}" for day in range(1, 31)]
        rows = {"starts": days, "spend": [5.0] * 30, "link_clicks": [1] * 30}
        return reading("ads", rows, file=f"{year}.csv", network="facebook", currency=currency)

    days = Period(date(2025, 11, 3), date(2025, 11, 20))
    for period in (days, NOVEMBER):
        same = judge(spent(2024, "RUB"), spent(2025, "RUB")).verdict(kpis()["cpc"], period)
        other = judge(spent(2024, "USD"), spent(2025, "RUB")).verdict(kpis()["cpc"], period)
        assert (same.value, same.year_ago, other.value, other.year_ago) == (5, 5, 5, None)


def test_a_short_month_is_no_slump() -> None:
    """Forty mentions a day in every month: the usual level of February is that of 28 days."""
    file = mentioned(date(2024, 9, 1), date(2025, 2, 28), 40)
    found = judged("mentions", file, period=Period.month(2025, 2))
    assert (found.value, found.reference, found.status) == (1120, pytest.approx(1120), Status.GREEN)
    march = mentioned(date(2024, 10, 1), date(2025, 3, 31), 40)
    seen = judge(march)
    lights = dict(seen.past(seen.verdict(kpis()["mentions"], Period.month(2025, 3))))
    assert lights[Period.month(2025, 2)] is Status.GREEN


def test_a_long_month_is_not_asked_for_more_than_was_usual() -> None:
    """A hundred mentions in each of four months, of thirty days and of thirty-one."""
    named = [mentioned(date(2025, m, 1), date(2025, m, d), 100 / d, file=f"{m}.csv") for m, d in LENGTHS]
    found = judged("mentions", *named, period=Period.month(2025, 12))
    assert found.reference == pytest.approx(100)


@pytest.mark.parametrize(("a_day", "status"), [(39.81, Status.GREEN), (39.5, Status.AMBER)])
def test_a_hair_below_the_usual_level_is_as_usual_yet_a_target_is_a_target(
    a_day: float, status: Status
) -> None:
    earlier = mentioned(date(2025, 6, 1), date(2025, 10, 31), 40)
    now = mentioned(date(2025, 11, 1), date(2025, 11, 30), a_day, file="now.csv")
    assert judged("mentions", earlier, now).status is status
    wish = Target(kpi="mentions", value=1200.0)
    assert judged("mentions", earlier, now, targets=(wish,)).status is Status.AMBER
