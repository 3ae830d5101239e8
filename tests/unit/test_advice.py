"""What is offered for a failing factor."""

from __future__ import annotations

from kpi.catalog.loader import actions, kpis, networks
from kpi.insight.advice import MOST, Setting, offered, setting, wanted
from kpi.model.action import Need
from kpi.model.view import EVERYTHING, View
from tests.judged import judge, posts
from tests.made import reading

FULL = Setting(networks=frozenset(networks()), has=frozenset(Need))
NOTHING_TO_DO = {  # what is divided by, and what others do: nobody acts on it
    ("audience_quality", "account_reach"),
    ("audience_retention_rate", "buyers"),
    ("frequency", "account_views"),
    ("repeat_purchase_rate", "buyers"),
    ("repeat_purchase_rate", "orders"),
    ("returning_engager_rate", "actives"),
}


def ids(kpi: str, factor: str, where: Setting = FULL) -> list[str]:
    return [one.id for one in offered(kpi, factor, where)]


def test_two_or_three_are_offered_for_whatever_fails_in_a_business_that_has_all() -> None:
    bare = {(k.id, f) for k in kpis().values() for f in k.factors if not offered(k.id, f, FULL)}
    assert bare == NOTHING_TO_DO
    many = [offered(k.id, f, FULL) for k in kpis().values() for f in k.factors]
    assert max(len(one) for one in many) == MOST
    assert sum(len(one) >= 2 for one in many) > 0.9 * len(many)


def test_every_action_is_offered_to_somebody() -> None:
    somebody = [
        Setting(networks=frozenset({network}), has=has)
        for network in ("instagram", "telegram", "vk", "x")
        for has in (frozenset[Need](), frozenset(Need))
    ]
    found = {
        action.id
        for kpi in kpis().values()
        for factor in kpi.factors
        for where in somebody
        for action in offered(kpi.id, factor, where)
    }
    assert found == set(actions())


def test_the_failing_factor_decides_and_not_the_kpi() -> None:
    click, page = ids("cpl", "ad_click_rate"), ids("cpl", "click_to_lead")
    assert click[0] == "new_ad_when_tired"
    assert "fewer_fields" in page
    assert not set(click) & set(page)


def test_what_does_not_fit_is_not_offered() -> None:
    told = ids("reach", "cadence", Setting(networks=frozenset({"vk"})))
    assert "vk_steady_rhythm" in told
    assert "vk_steady_rhythm" not in ids("reach", "cadence", Setting(networks=frozenset({"telegram"})))
    assert ids("cpl", "price_of_views", Setting()) == []
    shop = Setting(has=frozenset({Need.SHOP}))
    assert "free_delivery_from" in ids("avg_order_value", "order_value", shop)
    dentist = Setting(has=frozenset({Need.SHOP}), trade="dental_clinic")
    assert "free_delivery_from" not in ids("avg_order_value", "order_value", dentist)


def test_evidence_goes_before_practice_and_little_effort_before_much() -> None:
    found = offered("video_completion_rate", "completion", FULL)
    assert [one.effect.practice for one in found] == [False, False, True]
    promos = offered("avg_order_value", "order_value", FULL)
    assert [one.effort for one in promos] == ["minutes", "weekly", "hours"]


def test_a_denominator_is_not_helped_by_what_enlarges_it() -> None:
    assert wanted("reach_rate", "followers") == -1
    assert wanted("follower_count", "followers") == 1
    assert not set(ids("reach_rate", "followers")) & set(ids("follower_count", "followers"))
    assert (wanted("profit_social", "ad_budget"), wanted("conversions", "ad_budget")) == (-1, 1)
    assert (wanted("follower_net_growth", "losses"), wanted("first_response_time", "answered")) == (-1, 1)
    assert (wanted("my_own_kpi", "cadence"), wanted("reach", "margin")) == (0, 0)


def test_the_setting_is_what_the_files_tell() -> None:
    ads = reading("ads", {"date": ["2025-11-01"], "spend": [5.0]}, file="ads.csv", window=None)
    facts = judge(posts([1, 2]), ads).cube.facts
    assert setting(facts, EVERYTHING) == Setting(
        networks=frozenset({"instagram"}), has=frozenset({Need.ADS}), trade=None
    )
    assert setting(facts, View(network="vk")).networks == {"vk"}
    assert setting(facts, EVERYTHING, frozenset({"instagram"})).networks == {"instagram"}
    assert setting(facts, EVERYTHING, frozenset({"vk"})).networks == frozenset()
