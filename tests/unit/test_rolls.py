"""Totals that are no plain sums: rivals' levels, ratings, people reached by ads, aims and answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpi.facts.assemble import assemble
from kpi.metrics.cubes import cube
from kpi.metrics.marks import marks
from kpi.metrics.numbers import Numbers
from kpi.metrics.trace import traces
from kpi.metrics.values import Value, value
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING
from tests.catalogue import one
from tests.made import reading
from tests.unit.test_replies import messages

NOVEMBER = Period.month(2025, 11)
QUARTER = Period(date(2025, 10, 1), date(2025, 12, 31))


def told(
    formula: str, *files: Reading, period: Period = NOVEMBER, owner: Owner | None = None
) -> tuple[Value, Numbers]:
    kpi = one(formula)
    numbers = Numbers(cube(assemble(files, (owner or Owner(currency="RUB"),)), [kpi]), (period,), EVERYTHING)
    return value(kpi, numbers), numbers


def now(formula: str, *files: Reading, period: Period = NOVEMBER, owner: Owner | None = None) -> float | None:
    return told(formula, *files, period=period, owner=owner)[0].now


RIVALS = {
    "name": ["Зерно", "Утро", "Утро"],
    "starts": ["2025-10-01", "2025-10-01", "2025-11-01"],
    "ends": ["2025-12-31", "2025-10-31", "2025-11-30"],
    "followers": [1000.0, 300.0, 320.0],
}


def test_followers_of_rivals_are_added_rival_by_rival() -> None:
    assert now("competitors.followers.end", reading("competitors", RIVALS), period=QUARTER) == 1320


def test_a_rival_who_is_not_told_of_a_period_makes_the_sum_unknown() -> None:
    assert now("competitors.followers.end", reading("competitors", RIVALS)) is None


def test_a_level_of_a_longer_span_stands_on_its_last_day() -> None:
    rows = {
        "name": ["Зерно"] * 2,
        "starts": ["2025-10-01", "2025-10-15"],
        "ends": ["2025-12-31", "2025-11-15"],
        "followers": [1000.0, 900.0],
    }
    told_twice = reading("competitors", rows)
    assert now("competitors.followers.end", told_twice, period=QUARTER) == 1000
    assert now("competitors.followers.end", told_twice) == 900


def rated(account: str, stars: float) -> Reading:
    rows = {"date": ["2025-11-30"], "rating": [stars]}
    return reading("account", rows, file=f"{account}.csv", network="vk", account=account)


def test_stars_of_two_places_are_never_added() -> None:
    assert now("account.rating.end", rated("one", 4.5)) == 4.5
    both, numbers = told("account.rating.end", rated("one", 4.5), rated("two", 4.7))
    assert both.now is None
    assert [reason.key for reason in both.reasons] == ["several_accounts"]
    assert numbers.tells("account.rating.end", "account.rating.end", None)


def campaigns(*reaches: float | None, **columns: list[object]) -> Reading:
    count = len(reaches)
    rows: dict[str, list[object]] = {
        "starts": ["2025-11-01"] * count,
        "ends": ["2025-11-30"] * count,
        "campaign": [f"{place}" for place in range(count)],
        "spend": [100.0] * count,
        "impressions": [5000.0] * count,
        "reach": list(reaches),
    }
    return reading("ads", rows | columns, network="vk", currency="RUB")


def test_people_reached_are_told_of_the_only_campaign_and_of_no_two() -> None:
    assert now("ads.impressions / ads.reach", campaigns(2000.0)) == 2.5
    two, _ = told("ads.impressions / ads.reach", campaigns(2000.0, 2000.0))
    assert two.now is None
    assert [reason.key for reason in two.reasons] == ["overlapping_reach"]
    beside = now("1000 * ads.spend / ads.reach", campaigns(2000.0, None))
    assert beside is None  # the spend of the second reached people too


def test_a_campaign_of_part_of_the_days_tells_no_people_of_all_of_them() -> None:
    short = campaigns(2000.0, starts=["2025-11-05"])
    found, _ = told("ads.impressions / ads.reach", short)
    assert found.now is None


def test_only_campaigns_for_followers_give_their_cost_and_their_followers() -> None:
    given = campaigns(
        1.0, 1.0, 1.0, 1.0, aim=["follows", "leads", None, "follows"], follows=[50.0, 30.0, 20.0, None]
    )
    found = told("ads.follow_spend / ads.follows", given)
    assert found[0].now == 2
    assert {(t.field, t.heading, t.rows) for t in traces(*found)} == {
        ("ads.follow_spend", "Spend", 1),
        ("ads.follow_spend", "Aim", 1),
        ("ads.follows", "Follows", 1),
    }
    assert now("ads.spend / ads.follows", given) == 3


def test_followers_are_the_results_of_a_campaign_for_followers() -> None:
    given = campaigns(1.0, 1.0, aim=["follows", "leads"], results=[25.0, 5.0])
    assert now("ads.follow_spend / ads.follows", given) == 4


def sold(*sources: str | None) -> Reading:
    rows = {
        "at": ["2025-11-05T10:00:00"] * len(sources),
        "id": [f"{place}" for place in range(len(sources))],
        "amount": [10.0 * 2**place for place in range(len(sources))],
        "cogs": [4.0] * len(sources),
        "source": list(sources),
    }
    return reading("orders", rows, currency="RUB")


def test_orders_from_marketing_are_those_of_networks_and_of_other_channels() -> None:
    shop = sold("Instagram", "yandex / cpc", "e-mail рассылка", "Зал", None, "google / organic")
    assert now("marketing_orders.revenue", shop) == 10 + 20 + 40
    assert now("marketing_orders.margin", shop) == 70 - 3 * 4
    assert now("social_orders.revenue", shop) == 10


def test_orders_counted_at_the_till_are_from_marketing_too() -> None:
    tally = reading(
        "tally",
        {
            "date": ["2025-11-05"] * 3,
            "source": ["ВКонтакте", "Рассылка", "Вывеска"],
            "of_count": [3.0, 2.0, 9.0],
            "of_amount": [300.0, 200.0, 900.0],
        },
    )
    assert now("marketing_orders.revenue", tally) == 500
    assert now("social_orders.revenue", tally) == 300


LTV = "orders.revenue * owner.margin_rate.end / 100 / orders.customers * owner.lifetime_years.end"
BOUGHT = {"at": ["2025-11-05T10:00:00"] * 2, "id": ["1", "2"], "amount": [10.0, 30.0], "customer": ["a", "b"]}


def test_how_long_a_buyer_stays_is_the_owners_to_say_and_is_said_with_the_figure() -> None:
    orders = reading("orders", BOUGHT, currency="RUB")
    owner = Owner(currency="RUB", margin_rate=50.0, lifetime_years=3.0)
    found, numbers = told(LTV, orders, owner=owner)
    assert found.now == 40 * 0.5 / 2 * 3
    assert [(mark.key, mark.facts) for mark in marks(found, numbers)] == [("mark.lifetime", {"years": 3.0})]
    assert ("answers", "lifetime_years") in {(t.file, t.heading) for t in traces(found, numbers)}
    untold, _ = told(LTV, orders, owner=replace(owner, lifetime_years=None))
    assert [gap.field for gap in untold.missing] == ["owner.lifetime_years"]


def test_plain_minutes_are_marked_and_working_ones_are_not() -> None:
    asked = messages(("2025-11-03T12:00:00", "2025-11-03T13:00:00"))
    plain, numbers = told("messages.reply_minutes.median", asked)
    assert plain.now == 60
    assert [mark.key for mark in marks(plain, numbers)] == ["mark.plain_minutes"]
    working, numbers = told(
        "messages.reply_minutes.median", asked, owner=Owner(working_hours="Mo-Fr 09:00-18:00")
    )
    assert marks(working, numbers) == ()


def test_the_slowest_tenth_of_answers_is_told_beside_the_middle() -> None:
    pairs = [("2025-11-03T12:00:00", f"2025-11-03T12:{minute:02d}:00") for minute in range(10, 21)]
    assert now("messages.reply_minutes.median", messages(*pairs)) == 15
    assert now("messages.reply_minutes.p90", messages(*pairs)) == pytest.approx(19)


def test_without_a_promise_the_promise_is_what_is_missing() -> None:
    asked = messages(("2025-11-03T12:00:00", "2025-11-03T13:00:00"))
    late = "100 * messages.answered_in_time / messages.count"
    (gap,) = told(late, asked)[0].missing
    assert gap.field == "owner.reply_within"
    assert now(late, asked, owner=Owner(reply_within=60)) == 100


def test_who_is_new_is_unknown_with_its_reason() -> None:
    found, _ = told("orders.new_customers", reading("orders", BOUGHT, currency="RUB"))
    assert [reason.key for reason in found.reasons] == ["short_history"]
