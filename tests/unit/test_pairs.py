"""Which sums the cube holds for which formulas and gates."""

from __future__ import annotations

from dataclasses import replace

from kpi.catalog.loader import kpis
from kpi.metrics.pairs import filled, gate_field, gate_pair, gates, pairs
from kpi.model.kpi import Gate

NONE = ("", frozenset())


def test_only_added_columns_of_the_table_must_stand_together() -> None:
    formula = "100 * posts.engagements / (account.followers.mean * posts.reach.median)"
    assert filled(formula, "posts") == {"engagements"}
    assert filled(formula, "account") == frozenset()
    assert filled("account.reach.daily_mean", "account") == {"reach"}


def test_a_variant_without_gates_of_its_own_has_those_of_its_kpi() -> None:
    leads = kpis()["leads"]
    listed, ads = leads.variants
    assert gates(leads, listed) == leads.sample
    assert gates(leads, ads) == (Gate(of="ads.leads", colour=20),)
    assert gates(leads, replace(ads, sample=())) == ()


def test_a_gate_counts_beside_what_the_formula_takes() -> None:
    gate = Gate(of="ads.link_clicks", colour=30)
    assert gate_pair(gate, "100 * ads.link_clicks / ads.impressions") == (
        "ads",
        ("link_clicks", frozenset({"link_clicks", "impressions"})),
    )
    assert gate_field(Gate(of="account.reach.person_days", colour=1)) == "account.reach"


def test_every_table_holds_its_rows_and_answers_have_none() -> None:
    found = pairs(kpis().values())
    assert all(columns[0] == NONE for columns in found.values())
    assert not {"period", "owner"} & set(found)


def test_a_gate_that_is_a_level_needs_no_sum() -> None:
    growth = kpis()["follower_growth_rate"]
    ends = replace(growth, variants=growth.variants[:1], identities=())
    assert pairs([ends]) == {}
