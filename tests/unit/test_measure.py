"""What a value is judged by: the target in force, by its own span; then economics; then the usual level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.board import Judge
from kpi.judge.measure import Yardstick, together, yardstick
from kpi.metrics.cubes import cube
from kpi.metrics.values import value
from kpi.model.kpi import Better, Kpi, Tolerance
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.target import Target
from kpi.model.verdict import Measure, Status, Verdict
from kpi.model.view import EVERYTHING, View
from tests.judged import NOVEMBER, ads, judge, judged, posts, wanted
from tests.made import reading

AUTUMN = Period(date(2025, 9, 1), date(2025, 11, 30))
WEEK = Period(date(2025, 11, 3), date(2025, 11, 9))
CALM = [28, 30, 32] * 5
ROAS = replace(kpis()["roas"], limits=("100 / owner.margin_rate.end",))
CPL = replace(kpis()["cpl"], limits=("social_orders.margin / social_leads.count",))
PROFIT = replace(kpis()["profit_social"], limits=("0",))


def mentioned(count: int, span: Period = AUTUMN, network: str = "vk") -> Reading:
    """So many mentions a day."""
    days = [date.fromordinal(span.first.toordinal() + i).isoformat() for i in range(span.days)]
    return reading("account", {"date": days, "mentions": [float(count)] * len(days)}, network=network)


def of_mentions(period: Period, **target: object) -> Verdict:
    wish = Target(kpi="mentions", **{"value": 100.0} | target)  # type: ignore[arg-type]
    return judged("mentions", mentioned(4), period=period, targets=(wish,))


@pytest.mark.parametrize(
    ("period", "per", "target"),
    [
        (NOVEMBER, "", 100),
        (AUTUMN, "", 100),  # as typed
        (NOVEMBER, "month", 100),
        (AUTUMN, "month", 300),
        (AUTUMN, "quarter", 100),
        (WEEK, "week", 100),
        (WEEK, "month", None),
        (NOVEMBER, "week", None),
        (NOVEMBER, "quarter", None),
        (AUTUMN, "year", None),
    ],
)
def test_a_total_s_target_is_scaled_by_whole_multiples_only(
    period: Period, per: str, target: float | None
) -> None:
    found = of_mentions(period, per=per)
    assert found.target == target
    if target is None:
        assert (found.status, found.reasons[0].key) == (Status.GREY, "target_other_period")
        assert found.reasons[0].facts[per] is True
        assert found.measure is None


def test_a_rate_s_target_holds_for_any_period() -> None:
    wish = Target(kpi="engagement_rate", value=5.0, per="quarter")
    assert judged("engagement_rate", posts(CALM), targets=(wish,)).target == 5.0


def test_a_target_of_different_people_is_not_added_up() -> None:
    window = reading(
        "account", {"starts": ["2025-09-01"], "ends": ["2025-11-30"], "reach": [900.0]}, network="vk"
    )
    month = Target(kpi="reach", value=400.0, per="month")
    found = judged("reach", window, period=AUTUMN, targets=(month,))
    assert (found.value, found.target, found.reasons[0].key) == (900, None, "target_of_people")
    quarter = replace(month, per="quarter")
    assert judged("reach", window, period=AUTUMN, targets=(quarter,)).target == 400


def test_a_past_month_keeps_the_target_that_was_in_force_on_its_last_day() -> None:
    old = Target(kpi="mentions", value=100.0)
    new = Target(kpi="mentions", value=200.0, since=date(2025, 11, 30))
    gone = Target(kpi="mentions", value=200.0, since=date(2025, 12, 1), dropped=True)
    for month, target in ((9, 100), (10, 100), (11, 200)):
        found = judged("mentions", mentioned(4), period=Period.month(2025, month), targets=(gone, new, old))
        assert found.target == target


def test_of_two_targets_the_later_one_counts_and_of_equals_that_of_the_variant() -> None:
    general, special = wanted(3.0)[0], wanted(5.0, "by_reach")[0]
    assert judged("engagement_rate", posts(CALM), targets=(special, general)).target == 5.0
    later = replace(general, since=date(2025, 11, 1))
    assert judged("engagement_rate", posts(CALM), targets=(special, later)).target == 3.0


def test_the_owner_s_tolerance_goes_before_that_of_the_kpi() -> None:
    for tolerance, light in ((None, Status.AMBER), (0.01, Status.RED)):
        found = judged(
            "engagement_rate",
            posts(CALM),
            targets=(Target(kpi="engagement_rate", value=3.3, tolerance=tolerance),),
        )
        assert found.status is light


def test_a_range_is_green_inside_and_told_by_its_nearer_end_outside() -> None:
    def of(low: float, high: float) -> Verdict:
        wish = Target(kpi="engagement_rate", value=low, top=high)
        return judged("engagement_rate", posts(CALM), targets=(wish,))

    inside, below, above = of(2.0, 4.0), of(5.0, 6.0), of(0.5, 1.0)
    assert [v.status for v in (inside, below, above)] == [Status.GREEN, Status.RED, Status.RED]
    assert (inside.target, inside.top, inside.reasons[0].key) == (2.0, 4.0, "rule_green_range")
    assert (below.reasons[0].facts["target"], below.reasons[0].facts["down"]) == (5.0, False)
    assert (above.reasons[0].facts["target"], above.reasons[0].facts["down"]) == (1.0, True)


def test_where_both_ways_are_bad_one_end_or_the_past_is_no_measure() -> None:
    both = replace(kpis()["mentions"], better=Better.RANGE, id="both")
    wish = Target(kpi="both", value=100.0)
    assert judged(both, mentioned(4), targets=(wish,)).reasons[0].key == "target_without_top"
    past = judged(both, mentioned(4, Period(date(2025, 1, 1), date(2025, 11, 30))))
    assert (past.reasons[0].key, past.reference) == ("no_range", None)
    assert judged(both, mentioned(4), targets=(replace(wish, top=130.0),)).status is Status.GREEN


def sold(count: int, spend: float = 100.0) -> Reading:
    rows = {
        "starts": [f"2025-11-{d:02d}" for d in range(1, 31)],
        "spend": [spend] * 30,
        "revenue": [300.0] * 30,
        "orders": [count] * 30,
    }
    return reading("ads", rows, file="sold.csv", network="facebook", currency="RUB")


def test_without_a_target_the_break_even_level_judges_and_with_one_it_is_still_told() -> None:
    owner = Owner(currency="RUB", margin_rate=25.0)
    found = judged(ROAS, sold(2), owner=owner)  # 3 times the spend, of which a quarter is margin
    assert (found.measure, found.limit, found.target) == (Measure.ECONOMICS, 4.0, None)
    assert found.status is not Status.GREEN
    assert found.reasons[0].facts["limit"] is True
    assert {trace.heading for trace in found.trace} >= {"margin_rate"}
    assert judged(ROAS, sold(2), owner=replace(owner, margin_rate=40.0)).status is Status.GREEN
    typed = judged(ROAS, sold(2), owner=owner, targets=wanted(2.0, kpi="roas"))
    assert (typed.measure, typed.target, typed.limit, typed.status) == (
        Measure.TARGET,
        2.0,
        4.0,
        Status.GREEN,
    )
    assert judged(ROAS, sold(2)).limit is None


def test_a_break_even_level_is_nothing_for_a_variant_of_another_meaning() -> None:
    owner = Owner(currency="RUB", margin_rate=25.0)
    first = ROAS.variants[0]
    for other in (replace(first, unit="percent"), replace(first, better=Better.DOWN)):
        assert judged(replace(ROAS, variants=(other,)), sold(2), owner=owner).limit is None
    assert judged(replace(ROAS, variants=(replace(first, colour=False),)), sold(2), owner=owner).limit is None


def shop(orders: int, currency: str = "RUB") -> list[Reading]:
    """Twenty leads from VK, and so many orders from there with a margin of 50 each."""
    bought = {
        "at": [f"2025-11-{1 + i:02d}T10:00:00" for i in range(orders)],
        "amount": [150.0] * orders,
        "cogs": [100.0] * orders,
        "source": ["vk"] * orders,
    }
    asked = {
        "at": [f"2025-11-{1 + i:02d}T10:00:00" for i in range(20)],
        "source": ["vk"] * 20,
        "id": [str(i) for i in range(20)],
    }
    return [
        reading("orders", bought, file="o.csv", currency=currency),
        reading("leads", asked, file="l.csv"),
        ads(100.0, 10, 2),
    ]


def test_an_affordable_price_needs_twenty_orders_and_the_same_money() -> None:
    found = judged(CPL, *shop(22))
    assert (found.value, found.limit) == (50.0, pytest.approx(22 * 50 / 20))
    assert found.status is Status.GREEN
    assert judged(CPL, *shop(19)).limit is None
    assert judged(CPL, *shop(22, "USD")).limit is None


def test_profit_is_held_against_nought() -> None:
    owner = Owner(currency="RUB", smm_costs_month=0.0)
    found = judged(PROFIT, *shop(25), owner=owner)
    assert (found.value, found.limit, found.measure) == (25 * 50 - 3000, 0.0, Measure.ECONOMICS)


def test_a_bare_break_even_gives_way_to_a_better_usual_level() -> None:
    def by(kpi: Kpi, earlier: Sequence[float], *files: Reading) -> tuple[object, ...]:
        owner = Owner(currency="RUB", smm_costs_month=0.0, margin_rate=25.0)
        numbers = judge(*files, owner=owner, also=[kpi]).numbers(NOVEMBER)
        found = value(kpi, numbers)
        assert found.variant is not None
        told = yardstick(found, found.variant, numbers, (), better=Better.UP, earlier=earlier)
        return told.measure, told.bar, told.limit

    assert by(PROFIT, (50000.0, 60000.0, 70000.0), *shop(25)) == (Measure.REFERENCE, 60000.0, 0.0)
    assert by(PROFIT, (-500.0, -600.0, -700.0), *shop(25)) == (Measure.ECONOMICS, 0.0, 0.0)
    assert by(PROFIT, (50000.0, 60000.0), *shop(25)) == (Measure.ECONOMICS, 0.0, 0.0)
    assert by(ROAS, (8.0, 9.0, 10.0), sold(2)) == (Measure.ECONOMICS, 4.0, 4.0)


def test_a_yardstick_of_two_periods_is_their_mean_or_the_weaker_of_two_levels() -> None:
    def of(bar: float | None, top: float | None = None) -> Yardstick:
        return Yardstick(tolerance=Tolerance(), bar=bar, top=top)

    def both(
        one: Yardstick, other: Yardstick, formula: str, better: Better = Better.UP
    ) -> tuple[object, ...]:
        found = together(one, other, formula, better)
        return () if found is None else (found.bar, found.top)

    total, level = "posts.views", "posts.views / posts.count"
    assert both(of(10.0), of(20.0), total) == (15.0, None)
    assert both(of(10.0), of(20.0), level) == (10.0, None)
    assert both(of(10.0), of(20.0), level, Better.DOWN) == (20.0, None)
    assert both(of(10.0, 15.0), of(20.0, 30.0), level, Better.DOWN) == (10.0, 30.0)
    assert both(of(10.0, 15.0), of(20.0, 30.0), total) == (15.0, 22.5)
    assert both(of(10.0, 15.0), of(20.0), total) == ()
    assert both(of(None), of(20.0), total) == ()


def test_a_total_of_one_network_is_not_judged_by_the_target_of_all() -> None:
    def of(wish: Target, view: View) -> Verdict:
        files = (mentioned(4), mentioned(40, network="ok"))
        judge_ = Judge(cube(assemble(files, (Owner(currency="RUB"),)), list(kpis().values())), view, (wish,))
        return judge_.verdict(kpis()["mentions"], NOVEMBER)

    wish = Target(kpi="mentions", value=1000.0)
    assert of(wish, EVERYTHING).measure is Measure.TARGET
    narrow = of(wish, View(network="vk"))
    assert (narrow.value, narrow.target) == (120, None)
    assert narrow.status is not Status.RED
    assert "target_of_all_networks" in {reason.key for reason in narrow.reasons}
    assert of(replace(wish, part=True), View(network="vk")).target == 1000
