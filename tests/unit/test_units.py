"""What a formula's value is measured in, and what may not be put together."""

from __future__ import annotations

import pytest

from kpi.catalog.loader import kpis
from kpi.catalog.units import measured
from kpi.errors import FormulaError


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("posts.views", "views"),
        ("100 * posts.engagements / posts.reach", "percent"),
        ("100 - 100 * social_web.bounces / social_web.sessions", "percent"),
        ("posts.engagements / posts.reach", ""),
        ("ads.revenue / ads.spend", "times"),
        ("100 * ads.spend / ads.revenue", "percent"),
        ("1000 * ads.spend / ads.impressions", "money"),
        ("orders.revenue * owner.margin_rate.end / 100 - ads.spend", "money"),
        ("account.followers.end - account.followers_new", "people"),
        ("account.reach - account.reach_followers", "people"),
        ("posts.reach.median / account.followers.mean", ""),
        ("posts.link_clicks + account.profile_visits", "actions"),
        ("posts.link_clicks + account.bio_clicks", "clicks"),
        ("-ads.spend", "money"),
        ("posts.views * (2 + 3)", "views"),
        ("100 * account.engaged.person_days / account.reach.person_days", "percent"),
        ("100 * posts.engagements / (account.followers.mean * period.days)", ""),
        ("posts.reach * posts.views", ""),
    ],
)
def test_the_unit_follows_from_the_formula(formula: str, unit: str) -> None:
    assert measured(formula).unit == unit


@pytest.mark.parametrize(
    ("formula", "key"),
    [
        ("posts.reach + posts.views", "own_unlike"),
        ("ads.spend + leads.count", "own_unlike"),
        ("ads.spend / leads.count + ads.spend", "own_unlike"),
        ("posts.reach + 5", "own_number_added"),
        ("5 - ads.spend", "own_number_added"),
        ("posts.reach.median * posts.count", "own_mixed_grain"),
        ("orders.revenue.median / orders.count", "own_mixed_grain"),
        ("account.reach.daily_mean + account.followers.end", "own_mixed_grain"),
        ("account.reach / account.reach.daily_mean", "own_mixed_grain"),
        ("orders.customers + social_orders.new_customers", "own_people_overlap"),
        ("account.reach + account.reach_followers", "own_people_overlap"),
        ("account.reach.person_days", "own_person_days"),
        ("account.followers", "own_roll"),
        ("posts.views.end", "own_roll"),
        ("posts.id", "own_no_total"),
        ("posts.likes", "own_unknown_field"),
        ("2 * (3 + 4)", "own_no_field"),
        ("ads.spend / (2 * 0)", "own_zero"),
    ],
)
def test_what_means_nothing_is_refused(formula: str, key: str) -> None:
    with pytest.raises(FormulaError) as refused:
        measured(formula)
    assert refused.value.key == key


def test_every_formula_of_ours_would_be_taken_from_an_owner() -> None:
    for kpi in kpis().values():
        for variant in kpi.variants:
            found = measured(variant.formula).unit
            if (variant.unit or kpi.unit) == "money":
                assert found == "money", (kpi.id, variant.id)
            if found == "money":
                assert (variant.unit or kpi.unit) == "money", (kpi.id, variant.id)
