"""Every detector speaks of what it is for, and is silent where nothing happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.insight.remarks.chance import counts, means, outlying, shares
from kpi.insight.remarks.found import COURSES, DETECTORS, leading, remarks
from kpi.insight.remarks.scene import Scene
from kpi.judge.board import board
from kpi.metrics.cubes import cube
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.target import Target
from kpi.model.view import EVERYTHING
from kpi.report.remarks import told
from tests.made import reading

YEAR = [date(2025, 1, 1) + timedelta(days=day) for day in range(365)]
GOALS = ("awareness", "engagement", "sales", "leads", "ad_efficiency", "growth", "reputation", "loyalty")
RARE = 2.5758  # standard errors that chance makes in one of a hundred
ODD = date(2025, 12, 8)
Rows = dict[str, Sequence[Any]]


def chance(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def posts(days: Sequence[date] = YEAR[::2], **columns: Callable[[date], Any]) -> Reading:
    """Posts of one account on these days, each reaching about a thousand, unless told otherwise."""
    luck = dict(zip(days, np.exp(chance().normal(0, 0.2, len(days))), strict=True))
    made: dict[str, Callable[[date], Any]] = {
        "reach": lambda day: round(1000 * luck[day]),
        "reactions": lambda day: round(50 * luck[day]),
        "comments": lambda _: 5,
        "shares": lambda _: 5,
        "format": lambda day: "image" if day.day % 4 < 2 else "reel",
        "text": lambda _: "word",
        **columns,
    }
    rows: Rows = {"at": [f"{day} 12:00" for day in days]}
    rows |= {name: [told(day) for day in days] for name, told in made.items()}
    return reading("posts", rows, network="facebook", account="a")


def orders(
    count: Callable[[date], int] = lambda _: 3,
    amount: Callable[[date], float] = lambda day: 100 + day.day % 7,
    **more: Callable[[date], Any],
) -> Reading:
    """Orders of a year, each by itself, traced to a network."""
    days = [day for day in YEAR for _ in range(count(day))]
    rows: Rows = {
        "id": [f"{place}" for place in range(len(days))],
        "at": [f"{day}" for day in days],
        "amount": [float(amount(day)) for day in days],
        "source": ["vk"] * len(days),
    }
    return reading("orders", rows | {name: [told(day) for day in days] for name, told in more.items()})


def ads(
    days: Sequence[date] = YEAR, names: Sequence[str] = ("one", "two"), **columns: Callable[[str, date], Any]
) -> Reading:
    """Two campaigns by day, each spending 10 for a lead a day."""
    pairs = [(name, day) for day in days for name in names]
    made: dict[str, Callable[[str, date], Any]] = {
        "spend": lambda *_: 10.0,
        "impressions": lambda name, day: 1000 + 37 * ((day.toordinal() + len(name)) % 5),
        "reach": lambda *_: 800,
        "link_clicks": lambda _, day: 20 + day.toordinal() % 3,
        "leads": lambda _, day: day.toordinal() % 3,
        **columns,
    }
    rows: Rows = {"day": [f"{day}" for _, day in pairs], "campaign": [name for name, _ in pairs]}
    return reading(
        "ads", rows | {n: [told(*pair) for pair in pairs] for n, told in made.items()}, network="vk"
    )


def followers(**columns: Callable[[date], Any]) -> Reading:
    made: dict[str, Callable[[date], Any]] = {
        "followers_new": lambda day: 5 + day.day % 3,
        "followers_lost": lambda day: 2 + day.day % 2,
        "reach": lambda day: 500 + 10 * (day.day % 5),
        **columns,
    }
    rows: Rows = {"date": [f"{day}" for day in YEAR]} | {
        n: [told(day) for day in YEAR] for n, told in made.items()
    }
    return reading("account", rows, network="vk", account="a")


def messages(answered: Callable[[int], bool]) -> Reading:
    days = [day for day in YEAR for _ in range(2)]
    replied = [f"{day} 11:00" if answered(place) else None for place, day in enumerate(days)]
    said = [float(one is not None) for one in replied]
    rows: Rows = {"at": [f"{day} 10:00" for day in days], "answered_at": replied, "answered": said}
    return reading("messages", rows)


def reviews(stars: Callable[[date], int]) -> Reading:
    return reading(
        "reviews", {"at": [f"{day}" for day in YEAR], "rating": [float(stars(day)) for day in YEAR]}
    )


def scene(
    *readings: Reading, month: int = 12, targets: Sequence[Target] = (), goals: Sequence[str] = GOALS
) -> Scene:
    whole = cube(assemble(readings, [Owner(currency="RUB", time_zone="UTC")]), kpis().values())
    found = board(whole, goals, Period.month(2025, month), EVERYTHING, targets)
    return Scene(found, whole, targets)


def late(day: date) -> bool:
    return day.month == 12


LOUD: Mapping[str, Callable[[], Scene]] = {
    "period_change": lambda: scene(posts(reach=lambda day: (400 if late(day) else 1000) + day.day)),
    "signal": lambda: scene(
        posts(reach=lambda day: (400 if late(day) else 1000) + 7 * day.month % 5 + day.day)
    ),
    "run": lambda: scene(posts(reach=lambda day: 3000 - 150 * day.month + day.day)),
    "record": lambda: scene(
        posts(
            [date(2024, 1, 1) + timedelta(days=n) for n in range(0, 731, 2)],
            reach=lambda day: (3000 if day >= date(2025, 12, 1) else 1000) + day.day,
        )
    ),
    "missed_again": lambda: scene(posts(reach=lambda day: (300 if day.month > 10 else 1000) + day.day)),
    "counted_otherwise": lambda: scene(
        posts(YEAR[:334:2]),
        reading(
            "posts",
            {"at": [f"{day} 12:00" for day in YEAR[334::2]], "views": [900.0] * 16, "reactions": [9.0] * 16}
            | {"comments": [1.0] * 16, "shares": [1.0] * 16},
            network="facebook",
            account="a",
        ),
    ),
    "smaller_orders": lambda: scene(orders(amount=lambda day: (50 if late(day) else 100) + day.day % 7)),
    "reach_without_sales": lambda: scene(
        posts(reach=lambda day: (3000 if late(day) else 1000) + day.day),
        followers(reach=lambda day: (1500 if late(day) else 500) + day.day),
        orders(lambda day: 1 if late(day) else 4),
        goals=("awareness", "sales"),
    ),
    "concentration": lambda: scene(posts(reach=lambda day: 50000 if day == date(2025, 12, 9) else 1000)),
    "cadence_drop": lambda: scene(posts([day for day in YEAR[::2] if not late(day) or day.day > 26])),
    "silence": lambda: scene(posts([day for day in YEAR if not late(day) or not 5 < day.day < 25])),
    "format_mix": lambda: scene(posts(format=lambda day: "reel" if late(day) else "image")),
    "paid_shift": lambda: scene(posts(reach_paid=lambda day: (500 if late(day) else 0) + day.day)),
    "content_wins": lambda: scene(posts(reach=lambda day: (3000 if day.day % 4 < 2 else 1000) + day.day)),
    "content_loses": lambda: scene(posts(reach=lambda day: (3000 if day.day % 4 < 2 else 1000) + day.day)),
    "spend_without_results": lambda: scene(ads(leads=lambda name, _: 0 if name == "two" else 1)),
    "tired_ads": lambda: scene(
        ads(
            reach=lambda _, day: 400 if late(day) else 800,
            link_clicks=lambda _, day: (8 if late(day) else 20) + day.day % 3,
        )
    ),
    "cheapest_channel": lambda: scene(ads(leads=lambda name, _: 5 if name == "two" else 1)),
    "dearest_channel": lambda: scene(ads(leads=lambda name, _: 5 if name == "two" else 1)),
    "dearer_results": lambda: scene(ads(spend=lambda _, day: 30.0 if late(day) else 10.0)),
    "big_order": lambda: scene(
        orders(
            lambda day: 1 if day == ODD else 3,
            lambda day: 9e4 if day == ODD else 100,
        )
    ),
    "more_returns": lambda: scene(orders(refund=lambda day: 50.0 if late(day) and day.day % 3 == 0 else 0.0)),
    "weekday_sells": lambda: scene(orders(lambda day: 6 if day.weekday() == 4 else 2 + day.day % 2)),
    "one_network": lambda: scene(orders(), posts()),
    "follower_jump": lambda: scene(followers(followers_new=lambda day: 400 if day == ODD else 5)),
    "followers_left": lambda: scene(followers(followers_lost=lambda day: 400 if day == ODD else 3)),
    "more_complaints": lambda: scene(posts(negative=lambda day: (20 if late(day) else 4) + day.day % 3)),
    "fewer_answers": lambda: scene(messages(lambda place: place % 2 == 0 or place < 660)),
    "worse_marks": lambda: scene(reviews(lambda day: (3 if late(day) else 5) - day.day % 2)),
    "data_gap": lambda: scene(
        posts(YEAR[:310:2]),
        followers(),
        reading(
            "account",
            {
                "date": [f"{day}" for day in [*YEAR[:320], *YEAR[345:]]],
                "followers_new": [4.0] * 340,
                "reach": [9.0] * 340,
            },
            network="telegram",
            account="b",
        ),
    ),
    "revised_figures": lambda: scene(
        followers(),
        reading(
            "account",
            {"date": ["2025-12-01", "2026-01-01"], "reach": [777.0, 500.0]},
            network="vk",
            account="a",
        ),
    ),
    "target_unreachable": lambda: scene(
        followers(),
        targets=[Target(kpi="follower_net_growth", value=9000.0, per="month", since=date(2025, 1, 1))],
    ),
    "target_due": lambda: scene(
        followers(), targets=[Target(kpi="follower_net_growth", value=50.0, by=date(2025, 12, 31))]
    ),
}


@pytest.fixture(scope="module")
def calm() -> Scene:
    """A year in which nothing happens."""
    both = orders(source=lambda day: ("vk", "facebook")[day.day % 2])
    answered = messages(lambda place: place % 9 != 0)
    return scene(posts(), both, ads(), followers(), answered, reviews(lambda day: 4 + day.day % 2))


@pytest.mark.parametrize("key", DETECTORS)
def test_a_detector_speaks_of_what_it_is_for_in_both_languages(key: str) -> None:
    found = list(DETECTORS[key](LOUD[key]()))
    assert found
    for remark in found:
        assert remark.key == key
        assert 0 <= remark.stake <= 1
        assert 0 < remark.certainty <= 1
        for lang in ("ru", "en"):
            text = told(remark, lang)
            assert len(text) > 20
            assert "{" not in text
            assert "None" not in text


@pytest.mark.parametrize("key", DETECTORS)
def test_a_detector_is_silent_where_nothing_happened(key: str, calm: Scene) -> None:
    assert [told(one, "en") for one in DETECTORS[key](calm)] == []


def test_remarks_come_by_what_hangs_on_them_with_the_rows_that_prove_them() -> None:
    found = remarks(LOUD["period_change"]())
    assert [one.rank for one in found] == sorted((one.rank for one in found), reverse=True)
    assert all(one.trace for one in found)
    assert {trace.file for one in found for trace in one.trace} == {"x.csv"}


def test_a_scene_without_figures_has_nothing_to_say() -> None:
    assert remarks(scene(reviews(lambda _: 5), month=1)) == ()


def test_tests_know_what_chance_makes() -> None:
    luck = chance(3)
    draws = 4000
    bad = sum(abs(counts(*luck.poisson(20, 2))) > RARE for _ in range(draws))
    assert bad / draws < 0.012
    bad = sum(
        abs(shares(luck.binomial(50, 0.3), 50, luck.binomial(60, 0.3), 60)) > RARE for _ in range(draws)
    )
    assert bad / draws < 0.012
    bad = sum(abs(means(luck.normal(0, 1, 6), luck.normal(0, 2, 9))) > RARE for _ in range(draws))
    assert bad / draws < 0.014
    bad = sum(abs(outlying(luck.normal(), luck.normal(0, 1, 11))) > RARE for _ in range(draws))
    assert bad / draws < 0.015


def test_of_one_kpi_the_weightiest_remark_on_its_course_is_enough() -> None:
    found = remarks(LOUD["period_change"]())
    shown = leading(found)
    courses = [one.kpi for one in shown if one.key in COURSES]
    assert len(courses) == len(set(courses))
    assert {one.kpi for one in found} == {one.kpi for one in shown}
    others = [one for one in found if one.key not in COURSES]
    assert sorted(map(id, others)) == sorted(id(one) for one in shown if one.key not in COURSES)
    third = next(at for at, one in enumerate(shown) if [x.key for x in shown[:at]].count(one.key) >= 2)
    assert all([x.key for x in shown[:at]].count(one.key) >= 2 for at, one in enumerate(shown) if at > third)


def test_a_count_taken_once_a_week_leaves_no_gaps() -> None:
    weekly = [day for day in YEAR if day.weekday() == 0]
    rows: Rows = {"date": [f"{day}" for day in weekly], "followers": [float(day.day + 500) for day in weekly]}
    told_weekly = scene(reading("account", rows, network="vk", account="a"))
    assert [told(one, "en") for one in DETECTORS["data_gap"](told_weekly)] == []
