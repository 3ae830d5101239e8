from __future__ import annotations

import ast
import json
import operator
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from kpi.catalog import loader
from kpi.catalog.lint import findings
from kpi.errors import CatalogError
from kpi.model.field import NUMERIC
from kpi.model.formula import name, names, parse
from kpi.model.goal import Goal
from kpi.model.kpi import Example, Kpi, Spread

ARTICLE = {
    "follower_count", "follower_net_growth", "follower_growth_rate", "audience_activity", "audience_quality",
    "audience_retention_rate", "engagement_rate", "reaction_rate", "reach", "reach_per_post", "mentions",
    "link_clicks", "conversions", "conversion_rate", "revenue_social", "profit_social", "roi", "market_share",
}  # fmt: skip
BESIDE = {
    "comment_rate", "share_rate", "save_rate", "views", "reach_rate", "ctr_organic", "leads",
    "cvr_click_to_lead", "cpl", "roas", "drr", "cpc", "ctr_ads",
}  # fmt: skip
CANON = Path(__file__).parents[3] / "shared" / "kpi"
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
EXAMPLES = [(kpi, example) for kpi in loader.kpis().values() for example in kpi.examples]


def by_hand(node: ast.expr, given: Mapping[str, float]) -> float | None:
    """Return the value by plain Python, None where a total is missing or a divisor is zero."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.Attribute():
            return given.get(name(node))
        case ast.BinOp(left=left, op=op, right=right):
            a, b = by_hand(left, given), by_hand(right, given)
            if a is None or b is None or (isinstance(op, ast.Div) and b == 0):
                return None
            return OPERATORS[type(op)](a, b)
    raise AssertionError(ast.dump(node))


def test_the_catalogue_has_no_findings() -> None:
    assert findings() == []


def test_the_kpis_are_there() -> None:
    assert set(loader.kpis()) >= ARTICLE | BESIDE


@pytest.mark.skipif(not CANON.exists(), reason="the list of formulas lies beside the project")
def test_formulas_units_and_weights_are_those_of_the_list() -> None:
    listed = tomllib.loads((CANON / "formulas.toml").read_text("utf-8"))
    weights = {
        goal: {kpi: weight for kpi, weight in entry["weights"].items() if weight}
        for goal, entry in json.loads((CANON / "goals.json").read_text("utf-8")).items()
    }
    assert set(loader.kpis()) == set(listed)
    for kpi in loader.kpis().values():
        wanted = listed[kpi.id]
        assert (kpi.unit, kpi.better, kpi.window) == (
            wanted["unit"],
            wanted["better"],
            wanted.get("window", ""),
        )
        assert [
            {"id": v.id, "formula": v.formula}
            | ({"unit": v.unit} if v.unit else {})
            | ({"better": v.better.value} if v.better else {})
            | ({} if v.colour else {"colour": False})
            for v in kpi.variants
        ] == wanted["variants"]
    ours = {
        goal: {kpi.id: kpi.goals[goal] for kpi in loader.kpis().values() if kpi.goals.get(goal)}
        for goal in loader.goals()
    }
    assert ours == weights


def test_the_goals_stand_in_their_order() -> None:
    goals = loader.goals()
    assert len(goals) == 10
    assert list(goals)[:3] == ["awareness", "growth", "engagement"]
    assert [goal.order for goal in goals.values()] == sorted(goal.order for goal in goals.values())


@pytest.mark.parametrize(("kpi", "example"), EXAMPLES, ids=lambda part: getattr(part, "id", ""))
def test_an_example_gives_its_value(kpi: Kpi, example: Example) -> None:
    variant = next(v for v in kpi.variants if v.id == (example.variant or kpi.variants[0].id))
    assert by_hand(parse(variant.formula), example.given) == (
        None if example.value is None else pytest.approx(example.value)
    )


SPREADS = {
    Spread.POSTS: "engagement_rate reaction_rate comment_rate share_rate save_rate reach_rate reach_per_post "
    "ctr_organic non_follower_reach_share video_completion_rate negative_feedback_rate",
    Spread.PERIODS: "reach views engagements_total audience_activity er_day follower_growth_rate cpm "
    "frequency social_sessions link_clicks",
    Spread.COUNT: "leads conversions mentions",
    Spread.DIFFERENCE: "follower_net_growth",
    Spread.SHARE: "follow_conversion_rate cvr_click_to_lead conversion_rate cvr_lead_to_sale "
    "qualified_lead_rate audience_quality active_audience_share audience_retention_rate "
    "returning_engager_rate repeat_purchase_rate response_rate share_of_voice engaged_session_rate "
    "stories_retention",
    Spread.DAYS: "ctr_ads roas drr cpc",
    Spread.COST: "cpl cac cost_per_follower",
    Spread.ORDERS: "revenue_social profit_social avg_order_value roi romi ltv",
    Spread.ROWS: "first_response_time avg_rating",
    Spread.ANSWERS: "nps net_sentiment",
    Spread.EXACT: "follower_count",
    Spread.NONE: "market_share share_of_engagement",
}


def test_each_kpi_is_told_from_chance_by_what_its_figures_are() -> None:
    by_spread = {spread: set(ids.split()) for spread, ids in SPREADS.items()}
    for kpi in loader.kpis().values():
        assert kpi.id in by_spread[kpi.spread]
    assert sum(map(len, by_spread.values())) == len(loader.kpis()) == 59


@pytest.mark.parametrize(
    ("kpi", "variant"),
    [
        ("cost_per_follower", "all_ads"),
        ("cvr_lead_to_sale", "same_period"),
        ("repeat_purchase_rate", "orders"),
        ("share_of_voice", "engagements"),
        ("follower_net_growth", "net"),
        ("audience_retention_rate", "mean_stay"),
    ],
)
def test_a_variant_of_which_chance_is_not_known_can_not_turn_red(kpi: str, variant: str) -> None:
    assert [v.spread for v in loader.kpis()[kpi].variants if v.id == variant] == [Spread.NONE]


@pytest.mark.parametrize(
    ("kpi", "given", "value"),
    [
        ("roas", {"owner.margin_rate.end": 40}, 2.5),
        ("drr", {"owner.margin_rate.end": 40}, 40),
        ("cpl", {"social_orders.margin": 30_000, "social_leads.count": 60}, 500),
        ("cac", {"social_orders.margin": 30_000, "social_orders.new_customers": 25}, 1200),
        ("roi", {}, 0),
        ("romi", {}, 0),
        ("profit_social", {}, 0),
    ],
)
def test_a_business_breaks_even_where_what_it_earns_is_what_it_spends(
    kpi: str, given: Mapping[str, float], value: float
) -> None:
    assert by_hand(parse(loader.kpis()[kpi].limits[0]), given) == pytest.approx(value)
    assert set(names(loader.kpis()[kpi].limits[0])) == set(given)


def test_without_the_cost_of_goods_the_owner_s_margin_tells_what_a_lead_or_a_customer_may_cost() -> None:
    given = {"social_orders.revenue": 75_000, "owner.margin_rate.end": 40}
    for kpi, whom in (("cpl", "social_leads.count"), ("cac", "social_orders.new_customers")):
        second = loader.kpis()[kpi].limits[1]
        assert by_hand(parse(second), given | {whom: 60}) == pytest.approx(500)
        assert by_hand(parse(second), given | {whom: 0}) is None


def test_money_without_the_cost_of_goods_is_never_judged() -> None:
    for id_, variant in (("profit_social", "before_goods"), ("roi", "by_revenue"), ("romi", "by_revenue")):
        assert [v.colour for v in loader.kpis()[id_].variants if v.id == variant] == [False]


def test_a_day_s_count_may_be_a_column() -> None:
    fields = loader.fields()
    for full in ("orders.count", "leads.count", "mentions.count"):
        assert fields[full].given
        assert fields[full].roll in NUMERIC
    assert "чеков" in fields["orders.count"].headings


def test_an_unknown_key_is_refused_with_its_file() -> None:
    words = {"name": "Sales", "question": "Do we sell?", "risk": "Thin margins."}
    entry = {"id": "sales", "order": 1, "icon": "sell", "guards": ["roi"], "en": words, "ru": words}
    assert loader._adapt(Goal, {"sales": entry})["sales"].order == 1
    with pytest.raises(CatalogError) as refused:
        loader._adapt(Goal, {"sales": entry | {"colour": "blue"}})
    assert refused.value.facts["entry"] == "sales"


def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path: Path) -> None:
    broken = tmp_path / "reach.toml"
    broken.write_text("unit = people", encoding="utf-8")
    with pytest.raises(CatalogError) as refused:
        loader._toml(broken)
    assert refused.value.facts["entry"] == "reach.toml"
