from __future__ import annotations

import ast
import operator
from collections.abc import Mapping
from pathlib import Path

import pytest

from kpi.catalog import loader
from kpi.catalog.lint import findings
from kpi.errors import CatalogError
from kpi.model.field import NUMERIC
from kpi.model.formula import name, parse
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


def test_only_what_can_be_measured_against_its_chance_turns_red() -> None:
    rates = loader.kpis()
    assert rates["engagement_rate"].spread is Spread.POSTS
    assert rates["leads"].spread is Spread.COUNT
    assert rates["ctr_ads"].spread is Spread.SHARE
    assert rates["roi"].spread is Spread.NONE


def test_money_without_the_cost_of_goods_is_never_judged() -> None:
    for id_, variant in (("profit_social", "before_goods"), ("roi", "by_revenue")):
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
