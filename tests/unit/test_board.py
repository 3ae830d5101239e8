from __future__ import annotations

from datetime import date

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.board import board
from kpi.metrics.cubes import cube
from kpi.model.owner import Owner
from kpi.model.period import Period, months_of
from kpi.model.verdict import Status
from kpi.model.view import EVERYTHING
from tests.judged import KINDS, NOVEMBER, ads, days_of, judged, posts, wanted
from tests.made import reading

CALM = [28, 30, 32] * 5


def test_a_proven_and_large_miss_is_red() -> None:
    verdict = judged("engagement_rate", posts(CALM), targets=wanted(5.0))
    assert verdict.status is Status.RED
    assert verdict.value == pytest.approx(3.0)
    assert verdict.reasons[0].key == "rule_red"
    told = {name for name, fact in verdict.reasons[0].facts.items() if fact is True}
    assert (verdict.reasons[0].facts["target"], told) == (5.0, {"typed"})
    assert verdict.interval is not None
    assert verdict.interval[1] < 5.0


@pytest.mark.parametrize(
    ("target", "light"), [(3.0, Status.GREEN), (3.1, Status.AMBER), (3.6, Status.AMBER), (3.9, Status.RED)]
)
def test_within_tolerance_it_is_no_more_than_amber(target: float, light: Status) -> None:
    assert judged("engagement_rate", posts(CALM), targets=wanted(target)).status is light


def test_a_miss_that_chance_explains_is_amber() -> None:
    wild = [1, 1, 2, 2, 3, 3, 4, 5, 8, 20, 90, 220]
    verdict = judged("engagement_rate", posts(wild), targets=wanted(4.0))
    assert verdict.value is not None
    assert verdict.value < 4.0 * 0.8
    assert verdict.status is Status.AMBER


@pytest.mark.parametrize(
    ("count", "light", "key"),
    [(7, Status.GREY, "too_few"), (8, Status.AMBER, "rule_amber_few"), (11, Status.AMBER, "rule_amber_few"),
     (12, Status.RED, "rule_red")],
)  # fmt: skip
def test_colour_needs_eight_posts_and_red_twelve(count: int, light: Status, key: str) -> None:
    verdict = judged("engagement_rate", posts(CALM[:count]), targets=wanted(9.0))
    assert verdict.status is light
    assert verdict.reasons[0].key == key
    assert verdict.sample is not None
    assert (verdict.sample.of, verdict.sample.n, verdict.sample.needed) == ("posts", count, 8)


def test_without_target_or_history_there_is_no_light() -> None:
    verdict = judged("engagement_rate", posts(CALM))
    assert (verdict.status, verdict.reasons[0].key) == (Status.GREY, "no_target")
    assert (verdict.target, verdict.reference, verdict.previous) == (None, None, None)


def test_three_earlier_full_months_give_a_reference_and_two_do_not() -> None:
    earlier = [posts([n] * 12, month=month) for n, month in ((20, 8), (60, 9), (40, 10))]
    verdict = judged("engagement_rate", *earlier, posts(CALM))
    assert verdict.reference == pytest.approx(4.0)
    assert verdict.target is None
    assert verdict.previous == pytest.approx(4.0)
    assert verdict.status is Status.RED
    assert verdict.reasons[0].facts["typed"] is False
    assert judged("engagement_rate", *earlier[1:], posts(CALM)).reference is None


def test_a_month_covered_in_part_is_no_reference_and_no_previous() -> None:
    cut = posts([20] * 12, month=10, window=Period(date(2025, 10, 3), date(2025, 10, 31)))
    earlier = [posts([20] * 12, month=month) for month in (8, 9)]
    verdict = judged("engagement_rate", *earlier, cut, posts(CALM))
    assert verdict.previous is None
    assert verdict.reference is None


def test_a_target_of_another_variant_never_judges() -> None:
    verdict = judged("engagement_rate", posts(CALM), targets=wanted(9.0, "by_views"))
    assert (verdict.status, verdict.target) == (Status.GREY, None)
    assert "target_of_other_variant" in {reason.key for reason in verdict.reasons}
    assert judged("engagement_rate", posts(CALM), targets=wanted(9.0, "by_reach")).status is Status.RED


def test_a_rate_of_a_period_covered_in_part_is_judged_and_a_total_is_not() -> None:
    half = posts(CALM, window=Period(date(2025, 11, 1), date(2025, 11, 15)))
    rate = judged("engagement_rate", half, targets=wanted(3.0))
    assert rate.status is Status.GREEN
    assert rate.reasons[1].key == "partly_covered"
    assert rate.reasons[1].facts == {"days": 15, "all": 30}
    total = judged("reach", half)
    assert (total.value, total.status, total.reasons[0].key) == (15_000, Status.GREY, "partly_covered")


@pytest.mark.parametrize(
    ("target", "light"), [(10.0, Status.GREEN), (9.5, Status.AMBER), (5.0, Status.AMBER)]
)
def test_a_cost_is_mirrored_and_without_an_interval_never_red(target: float, light: Status) -> None:
    verdict = judged("cpc", ads(100.0, 10), targets=wanted(target, kpi="cpc"))
    assert verdict.value == 10
    assert verdict.interval is None
    assert verdict.status is light
    assert verdict.currency == "RUB"


def test_a_window_s_figure_speaks_of_the_window_and_says_so() -> None:
    rows = {"starts": ["2025-11-03"], "ends": ["2025-11-22"], "spend": [90.0], "link_clicks": [9]}
    verdict = judged("cpc", reading("ads", rows, network="facebook", currency="RUB"))
    assert verdict.value == 10
    told = {reason.key: reason.facts for reason in verdict.reasons}
    assert told["window"] == {"first": date(2025, 11, 3), "last": date(2025, 11, 22)}


def test_two_lists_of_interactions_are_told() -> None:
    page = reading(
        "posts",
        {"at": ["2025-11-05T10:00:00"], "reach": [10], "reactions": [1], "comments": [1], "shares": [1]},
        file="fb.csv",
        network="facebook",
        counts=KINDS[:3],
    )
    verdict = judged("engagement_rate", posts(CALM), page)
    told = {reason.key: reason.facts for reason in verdict.reasons}
    assert told["two_counts"] == {"kinds": (KINDS[:3], KINDS)}


def test_rows_left_out_are_counted_and_told() -> None:
    gappy = reading(
        "posts",
        {"at": ["2025-11-05T10:00:00"] * 4, "reach": [10, None, 10, None], "reactions": [1, 1, 1, 1]},
        network="vk",
    )
    verdict = judged("reaction_rate", gappy)
    assert (verdict.rows_left_out, verdict.rows) == (2, 2)
    told = {reason.key: reason.facts for reason in verdict.reasons}
    assert told["left_out"] == {"lost": 2, "all": 4}


def test_a_kpi_of_a_quarter_takes_the_quarter_and_says_so() -> None:
    sold = reading("orders", {"at": ["2025-09-05T10:00:00", "2025-11-05T10:00:00"], "amount": [40.0, 60.0]})
    market = reading(
        "market", {"starts": ["2025-09-01"], "ends": ["2025-11-30"], "revenue": [1000.0]}, file="market.csv"
    )
    verdict = judged("market_share", sold, market)
    assert verdict.value == pytest.approx(10.0)
    told = {reason.key: reason.facts for reason in verdict.reasons}
    assert told["longer_period"] == {"first": date(2025, 9, 1), "last": date(2025, 11, 30)}


def test_a_variant_that_is_only_shown_is_never_judged() -> None:
    sold = reading(
        "orders",
        {
            "at": [f"2025-11-{d:02d}T10:00:00" for d in range(1, 31)],
            "amount": [40.0] * 30,
            "source": ["vk"] * 30,
        },
    )
    verdict = judged(
        "profit_social", sold, ads(1.0, 1), targets=wanted(9.0, kpi="profit_social"),
        owner=Owner(currency="RUB", smm_costs_month=0),
    )  # fmt: skip
    assert verdict.variant is not None
    assert verdict.variant.id == "before_goods"
    assert (verdict.status, verdict.reasons[0].key) == (Status.GREY, "not_judged")


def test_tolerance_in_points_is_no_share_of_the_target() -> None:
    days = days_of(Period(date(2025, 10, 28), date(2025, 11, 30)))
    rows = {
        "date": [day.isoformat() for day in days],
        "followers": [10_000] * len(days),
        "followers_lost": [10] * len(days),
    }
    file = reading("account", rows, network="vk")
    for target, light in ((97.0, Status.GREEN), (98.4, Status.AMBER), (98.6, Status.RED)):
        verdict = judged(
            "audience_retention_rate", file, targets=wanted(target, kpi="audience_retention_rate")
        )
        assert verdict.value == pytest.approx(97.0)
        assert verdict.status is light


def test_a_board_lists_every_kpi_of_its_goals_heaviest_first() -> None:
    made = board(
        cube(assemble([posts(CALM)], (Owner(),)), kpis().values()), ["engagement"], NOVEMBER, EVERYTHING
    )
    ids = [verdict.kpi.id for verdict in made.verdicts]
    assert ids[0] == "engagement_rate"
    assert set(ids) == {kpi.id for kpi in kpis().values() if "engagement" in kpi.goals}
    assert (made.previous, made.year_ago) == (Period.month(2025, 10), Period.month(2024, 11))
    for verdict in made.verdicts:
        assert verdict.value is not None or verdict.status is Status.GREY
        assert verdict.reasons


def test_the_series_runs_from_the_oldest_month_to_the_chosen_one() -> None:
    verdict = judged("engagement_rate", posts([20] * 12, month=9), posts([40] * 12, month=10), posts(CALM))
    assert [period for period, _ in verdict.series] == list(
        months_of(Period(date(2025, 9, 1), date(2025, 11, 30)))
    )
    assert [value for _, value in verdict.series] == [
        pytest.approx(2.0),
        pytest.approx(4.0),
        pytest.approx(3.0),
    ]
