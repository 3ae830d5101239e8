"""What social networks give back by each way of knowing which orders are theirs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kpi.facts.assemble import Facts, assemble
from kpi.insight.lift import Lift, lift
from kpi.insight.returns import Returns, Way, returns
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading, Reason
from kpi.report import returns as words
from tests.made import reading

MARCH = Period.month(2025, 3)
OWNER = Owner(currency="RUB", margin_rate=50, own_hours_week=7, own_hour_worth=10)


def sold(rows: list[tuple[str, str | None, str | None, float]], window: Period = MARCH) -> Reading:
    """Orders: day, source, promo code, amount."""
    day, source, code, amount = zip(*rows, strict=True)
    return reading(
        "orders",
        {
            "id": [f"n{at}" for at in range(len(rows))],
            "at": [f"{one}T12:00:00" for one in day],
            "source": source,
            "code": code,
            "amount": amount,
        },
        file="till.csv",
        window=window,
    )


def spent(spend: float, costs: float) -> tuple[Reading, Reading]:
    ads = reading("ads", {"date": ["2025-03-10"], "spend": [spend]}, file="ads.csv", window=MARCH)
    sheet = {"month": ["2025-03-01"], "item": ["Design"], "amount": [costs]}
    return ads, reading("costs", sheet, file="costs.csv")


def found(*files: Reading, owner: Owner = OWNER) -> Returns:
    return returns(assemble(files, (owner,)), MARCH)


ROWS = [
    *[(f"2025-03-{day:02}", "instagram", None, 100.0) for day in range(1, 21)],
    *[(f"2025-03-{day:02}", "walk-in", "VK10", 100.0) for day in range(1, 11)],
    *[(f"2025-03-{day:02}", "walk-in", None, 100.0) for day in range(1, 31)],
]


def test_codes_alone_are_the_strict_end_of_the_range() -> None:
    told = found(sold(ROWS), *spent(500, 500))
    named, coded, _ = told.ways
    assert (named.orders, named.revenue, named.margin) == (30, 3000, 1500)
    assert named.roi == pytest.approx(100 * (1500 - 1000) / 1000)
    assert (coded.orders, coded.revenue, coded.margin) == (10, 1000, 500)
    assert coded.roi == pytest.approx(-50)
    assert told.range == pytest.approx((-50, 50))
    assert "depends" in words.headline(told, "en")
    assert named.trace
    assert words.spread(told, "en").startswith("Depending on the way")
    assert ("Orders", "30") in words.rows(named, told, "en")


def test_break_even_and_the_own_hours_follow_from_the_answers() -> None:
    told = found(sold(ROWS), *spent(500, 500))
    assert (told.per_order, told.even) == (50, 20)
    assert told.hours == pytest.approx(7 * 10 * 31 / 7)
    assert told.even_with_hours == 27  # 1310 / 50 = 26.2
    assert told.ways[0].roi_with_hours == pytest.approx(100 * (1500 - 1310) / 1310)
    assert any("depends on the way" in text for text in words.even(told, "en"))
    assert len(words.hours(told, "ru")) == 3


def test_an_answer_not_given_is_unknown_and_never_assumed() -> None:
    told = found(sold(ROWS), *spent(500, 500), owner=Owner(currency="RUB"))
    assert told.hours is None
    assert told.per_order is None
    assert told.even is None
    assert told.range is None
    assert told.ways[0].orders == 30
    assert told.ways[0].why is not None
    assert told.ways[0].why.key == "money.no_margin"
    assert "what part of the price" in words.even(told, "en")[0]
    assert words.headline(told, "en").startswith("Nobody can tell")
    assert words.spread(told, "en").startswith("None of them")
    other = Owner(currency="USD", own_hours_week=1, own_hour_worth=1, margin_rate=50)
    assert found(sold(ROWS), owner=other).hours == pytest.approx(31 / 7)


def test_no_code_in_the_files_and_codes_that_name_no_network_are_told_apart() -> None:
    plain = reading(
        "orders",
        {"at": ["2025-03-02T12:00:00"], "id": ["1"], "source": ["vk"], "amount": [9.0]},
        window=MARCH,
    )
    none = found(plain)
    assert none.ways[1].why == Reason(key="money.no_codes")
    silent = found(sold([("2025-03-02", "vk", "SPRING", 9.0)]))
    assert silent.ways[1].why == Reason(key="money.codes_silent")
    marked = found(
        sold(
            [
                ("2025-03-02", "utm_source=vk", None, 9.0),
                ("2025-03-02", "vk", None, 9.0),
                ("2025-03-03", None, "VK1", 1.0),
            ]
        )
    )
    assert marked.ways[1].orders == 2


def weeks(busy_more: int, *, posts: bool = True) -> list[Reading]:
    """Twelve weeks in which every second week has posts daily; quiet days sell 10 or 11 orders."""
    first = date(2025, 1, 6)
    rows, at = [], []
    for n in range(84):
        day = first + timedelta(days=n)
        busy = (n // 7) % 2 == 1
        rows += [(day.isoformat(), None, None, 10.0)] * (10 + n % 2 + (busy_more if busy else 0))
        if busy and n % 7 != 6:  # the day after the last post is the last busy day
            at.append(f"{day}T09:00:00")
    files = [sold(rows, Period(first, day))]
    if posts:
        files.append(reading("posts", {"at": at, "reach": [5] * len(at)}, network="vk", file="p.csv"))
    return files


def days(busy_more: int, *, posts: bool = True) -> Facts:
    return assemble(weeks(busy_more, posts=posts), (OWNER,))


PERIOD = Period(date(2025, 3, 3), date(2025, 3, 30))


def test_days_of_posts_are_held_against_quiet_days_of_the_same_weekday() -> None:
    told = lift(days(5), PERIOD)
    assert isinstance(told, Lift)
    assert (told.busy, told.quiet) == (14, 42)
    assert told.orders == pytest.approx(14 * 5, abs=4)
    assert told.of_orders[0] < told.orders < told.of_orders[1]
    assert told.revenue == pytest.approx(10 * told.orders)


def grown(effect: float) -> Facts:
    """A shop that sells by weekday and more every day; posts, that bring `effect`, on three days a week."""
    first, rows, at = date(2025, 1, 6), [], []
    for n in range(84):
        posted = (n * 5) % 7 < 2 and n % 3 > 0
        day = first + timedelta(days=n)
        at += [f"{day}T09:00:00"] * posted
        after = ((n - 1) * 5) % 7 < 2 and (n - 1) % 3 > 0 and n > 0
        money = 100.0 + 10 * (n % 7) + n + effect * (posted or after)
        rows.append((day.isoformat(), None, None, money))
    posts = reading("posts", {"at": at, "reach": [5] * len(at)}, network="vk", file="p.csv")
    return assemble([sold(rows, Period(first, day)), posts], (OWNER,))


@pytest.mark.parametrize("effect", [0.0, 30.0])
def test_growth_and_weekdays_are_taken_off_and_what_is_left_is_the_lift(effect: float) -> None:
    told = lift(grown(effect), PERIOD)
    assert isinstance(told, Lift)
    assert told.revenue == pytest.approx(effect * told.busy, abs=1e-6)
    assert told.orders == pytest.approx(0, abs=1e-6)  # one a day, whatever it is worth


def test_quiet_days_on_one_weekday_alone_tell_nothing() -> None:
    first = date(2025, 1, 6)
    every = [first + timedelta(days=n) for n in range(84)]
    posts = reading(
        "posts",
        {
            "at": [f"{day}T09:00:00" for day in every if day.weekday() < 5],
            "reach": [5] * 60,
        },  # Sunday is quiet
        network="vk",
    )
    rows = [(day.isoformat(), None, None, 10.0) for day in every]
    told = lift(assemble([sold(rows, Period(first, every[-1])), posts], (OWNER,)), PERIOD)
    assert isinstance(told, Reason)
    assert (told.key, told.facts["quiet"]) == ("money.no_quiet", 12)


def test_what_chance_brings_is_no_return_and_no_quiet_day_no_comparison() -> None:
    chance = returns(days(0), PERIOD).ways[2]
    assert (chance.way, chance.orders, chance.roi) == (Way.LIFTED, None, None)
    assert chance.why is not None
    assert chance.why.key == "money.by_chance"
    nothing = lift(days(0, posts=False), PERIOD)
    assert isinstance(nothing, Reason)
    assert nothing.key == "money.no_busy"
    every = reading(
        "posts",
        {"at": [f"2025-03-{day:02}T09:00:00" for day in range(1, 32)], "reach": [5] * 31},
        network="vk",
    )
    full = lift(assemble([sold(ROWS), every], (OWNER,)), MARCH)
    assert isinstance(full, Reason)
    assert (full.key, full.facts["quiet"]) == ("money.no_quiet", 0)
    without = lift(assemble([every], (OWNER,)), MARCH)
    assert isinstance(without, Reason)
    assert without.key == "money.no_days"


def test_a_lift_beyond_chance_has_a_return_with_its_interval() -> None:
    sheet = {"month": ["2025-03-01"], "item": ["Design"], "amount": [100.0]}
    ads = reading("ads", {"date": ["2025-03-12"], "spend": [50.0]}, file="ads.csv", window=MARCH)
    files = weeks(5)
    lone = returns(assemble(files, (OWNER,)), PERIOD).ways[2]
    assert lone.orders is not None
    assert (lone.roi, lone.margin) == (None, None)  # what was spent is unknown
    assert lone.why is not None
    full = returns(assemble([*files, ads, reading("costs", sheet, file="c.csv")], (OWNER,)), PERIOD)
    one = full.ways[2]
    assert full.costs is not None
    assert one.roi is not None
    assert one.revenue is not None
    assert one.roi == pytest.approx(100 * (one.revenue / 2 - full.costs) / full.costs)
    assert one.roi_spread is not None
    assert one.roi_spread[0] < one.roi < one.roi_spread[1]
    assert full.range == (one.roi, one.roi)
    assert words.headline(full, "en").startswith("Social networks pay off")
    assert words.spread(full, "en").startswith("Only one")
    assert "(from " in dict(words.rows(one, full, "en"))["Orders"]
