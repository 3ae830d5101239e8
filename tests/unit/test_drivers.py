"""Why a KPI moved, told by factors that multiply or add up to exactly its change."""

from __future__ import annotations

from datetime import date
from math import log

import pytest

from kpi.catalog.loader import kpis
from kpi.catalog.own import Wish, own_kpi
from kpi.facts.assemble import assemble
from kpi.insight.drivers import explained, of_verdict
from kpi.metrics.cubes import cube
from kpi.model.driver import Explained
from kpi.model.kpi import Better, Kpi
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.verdict import Verdict
from kpi.model.view import EVERYTHING
from tests.judged import judge, posts
from tests.made import reading

OCTOBER, NOVEMBER = Period.month(2025, 10), Period.month(2025, 11)


def told(id_: str | Kpi, variant: str, *files: Reading) -> Explained | None:
    one = kpis()[id_] if isinstance(id_, str) else id_
    whole = cube(assemble(files, (Owner(currency="RUB"),)), [*kpis().values(), one])
    way = next(way for way in one.variants if way.id == variant)
    return explained(whole, one, way, NOVEMBER, OCTOBER, view=EVERYTHING)


def parts(found: Explained | None) -> dict[str, float]:
    assert found is not None
    if found.factors:
        assert sum(one.effect for one in found.factors) == pytest.approx(found.change, rel=1e-9)
        assert sum(one.share for one in found.factors) == pytest.approx(1, rel=1e-9)
    return {one.id: one.effect for one in found.factors}


def formats(month: int, *rows: tuple[str, int, int]) -> Reading:
    """A month of posts of one network: format, how many of it, and the reach of each."""
    each = [(form, reach) for form, count, reach in rows for _ in range(count)]
    return reading(
        "posts",
        {
            "at": [f"2025-{month:02d}-{1 + i:02d}T10:00:00" for i in range(len(each))],
            "reach": [reach for _, reach in each],
            "reactions": [reach // 10 for _, reach in each],
            "format": [form for form, _ in each],
        },
        file=f"{month}.csv",
        network="instagram",
        counts=("reactions",),
        window=Period.month(2025, month),
    )


def account(month: int, **columns: float) -> Reading:
    days = Period.month(2025, month).days
    rows = {"date": [f"2025-{month:02d}-{1 + i:02d}" for i in range(days)]}
    return reading(
        "account",
        rows | {name: [value] * days for name, value in columns.items()},
        file=f"account {month}.csv",
        network="instagram",
        account="cafe",
    )


def test_reach_fell_because_there_were_fewer_posts_and_each_reached_fewer() -> None:
    found = parts(told("reach", "posts_gross", posts([1] * 10, month=10), posts([1] * 8, reach=500)))
    mean = (4000 - 10_000) / log(4000 / 10_000)
    assert found == pytest.approx({"cadence": mean * log(0.8), "reach_per_post": mean * log(0.5)})


def test_a_median_is_told_by_the_mean_and_says_so() -> None:
    found = told("reach_per_post", "median", posts([1] * 10, month=10), posts([1] * 8, reach=500))
    assert found is not None
    assert (found.mean and found.mean.formula, found.told_as) == ("posts.reach / posts.count", "mean")
    assert (found.before, found.now, found.unit) == (1000, 500, "people a post")
    assert parts(found) == {"reach_per_post": -500}
    of_views = told("reach", "posts_gross", posts([1] * 10, month=10), posts([1] * 8, reach=500))
    assert of_views is not None
    assert of_views.told_as == "posts_gross"


def test_another_mix_of_formats_is_told_apart_from_what_each_does() -> None:
    before = formats(10, ("reel", 5, 1000), ("image", 5, 200))
    same = parts(told("reach_per_post", "mean", before, formats(11, ("reel", 2, 1000), ("image", 8, 200))))
    assert same["format_mix"] == pytest.approx(-240)
    assert same["reach_per_post"] == pytest.approx(0, abs=1e-9)
    worse = parts(told("reach_per_post", "mean", before, formats(11, ("reel", 5, 500), ("image", 5, 100))))
    assert worse == {"reach_per_post": -300}


def test_a_mix_has_the_values_without_and_with_it_alone() -> None:
    found = told(
        "reach_per_post",
        "mean",
        formats(10, ("reel", 5, 1000), ("image", 5, 200)),
        formats(11, ("reel", 2, 1000), ("image", 8, 200)),
    )
    assert found is not None
    assert (found.factors[0].before, found.factors[0].now) == (600, pytest.approx(360))
    assert found.factors[0].formula == ""


def test_engagement_is_told_by_the_kinds_of_interactions() -> None:
    found = parts(told("engagement_rate", "by_reach", posts([50] * 10, month=10), posts([20] * 10)))
    assert found["reaction_part"] == pytest.approx(-3)
    assert found["comment_part"] == found["save_part"] == 0


def test_a_nought_falls_to_what_can_be_told_and_else_says_why() -> None:
    nothing, some = posts([0] * 10, month=10), posts([20] * 10)
    product = told("engagements_total", "posts", nothing, some)
    assert product is not None
    assert (product.factors, product.why and product.why.key) == ((), "why.unknown")
    assert parts(told("engagement_rate", "by_reach", nothing, some))["reaction_part"] == pytest.approx(2)


def test_followers_are_told_by_those_who_came_and_went() -> None:
    known = {"followers": 100, "followers_new": 3, "followers_lost": 1}
    before = account(10, **known)
    days = [f"2025-11-{1 + i:02d}" for i in range(30)]
    rows = {
        "date": days,
        "followers": [100 + 4 * (i + 1) for i in range(30)],
        "followers_new": [5] * 30,
        "followers_lost": [1] * 30,
    }
    after = reading("account", rows, file="account 11.csv", network="instagram", account="cafe")
    found = told("follower_count", "end", before, after)
    assert parts(found) == {"gains": 150, "losses": -30}
    assert found is not None
    assert (found.factors[0].before, found.factors[0].now) == (93, 150)


def test_followers_that_do_not_add_up_are_told_by_the_difference_of_the_level() -> None:
    before = account(10, followers=100, followers_new=3, followers_lost=1)
    after = account(11, followers=130, followers_new=5, followers_lost=1)
    found = parts(told("follower_count", "end", before, after))
    assert found == {"net_gains": 30}


def test_a_total_of_a_period_told_in_part_is_not_compared() -> None:
    half = Period(date(2025, 10, 20), date(2025, 10, 31))
    late = posts([1] * 3, month=10, window=half)
    found = told("engagements_total", "posts", late, posts([1] * 8))
    assert found is not None
    assert (found.factors, found.why and found.why.key) == ((), "why.gap_before")
    rate = told("engagement_rate", "by_reach", late, posts([2] * 8))
    assert rate is not None
    assert [check.key for check in rate.checks] == ["why.gap_before"]
    assert rate.factors


def test_periods_of_other_networks_are_not_compared() -> None:
    vk = reading(
        "posts",
        {"at": [f"2025-11-{1 + i:02d}T10:00:00" for i in range(9)], "reactions": [3] * 9},
        file="vk.csv",
        network="vk",
        counts=("reactions",),
    )
    both = told("engagement_rate", "by_reach", posts([1] * 8, month=10), posts([2] * 8), vk)
    assert both is not None
    assert both.why is not None
    assert (both.factors, both.why.key) == ((), "why.networks")


def test_without_a_value_before_there_is_nothing_to_explain() -> None:
    assert told("reach", "posts_gross", posts([1] * 8)) is None
    whole = judge(posts([1] * 8))
    bare = whole.verdict(kpis()["reach"], NOVEMBER)
    assert of_verdict(whole.cube, bare, EVERYTHING) is None
    assert of_verdict(whole.cube, Verdict(**{**_fields(bare), "variant": None}), EVERYTHING) is None


def _fields(one: Verdict) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__slots__}


def test_a_judged_kpi_is_told_against_the_period_before() -> None:
    whole = judge(posts([1] * 10, month=10), posts([1] * 8, reach=500))
    found = of_verdict(whole.cube, whole.verdict(kpis()["engagements_total"], NOVEMBER), EVERYTHING)
    assert found is not None
    assert (found.previous, found.period) == (OCTOBER, NOVEMBER)
    assert parts(found).keys() == {"cadence", "reach_per_post", "engagement_part"}


def test_a_kpi_of_the_owner_is_made_of_the_totals_that_it_names() -> None:
    wish = Wish(id="own_1", name="Likes", better=Better.UP, formula="posts.reactions / posts.reach * 1000")
    one = own_kpi(wish, {})
    found = told(one, one.variants[0].id, posts([10] * 10, month=10), posts([5] * 10))
    assert parts(found) == pytest.approx({"posts.reactions": -5, "posts.reach": 0})


def test_money_of_a_factor_has_the_currency_of_the_files() -> None:
    def ads(month: int, leads: int) -> Reading:
        days = Period.month(2025, month).days
        rows = {
            "starts": [f"2025-{month:02d}-{1 + i:02d}" for i in range(days)],
            "spend": [100] * days,
            "link_clicks": [50] * days,
            "leads": [leads] * days,
        }
        return reading("ads", rows, file=f"{month}.csv", network="facebook", currency="RUB")

    found = told("leads", "ads", ads(10, 10), ads(11, 5))
    assert found is not None
    assert (found.currency, [one.id for one in found.factors][:1]) == ("RUB", ["click_to_lead"])
    assert parts(found)["price_of_click"] == 0
