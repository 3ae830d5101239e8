"""KPIs that owners write: checked, refused with a reason, or like any other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kpi.catalog.own import Wish, own_kpi, own_kpis
from kpi.errors import FormulaError
from kpi.facts.assemble import assemble
from kpi.judge.board import board
from kpi.metrics.cubes import cube
from kpi.model.kpi import Better, Spread
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.verdict import Status
from kpi.model.view import EVERYTHING
from kpi.report.words import LANGS, say
from tests.made import reading


def wish(formula: str, **other: Any) -> Wish:
    return Wish(**({"id": "own_1", "name": "Saves per reader", "better": Better.UP} | other), formula=formula)


def refusal(one: Wish, **others: Wish) -> FormulaError:
    with pytest.raises(FormulaError) as refused:
        own_kpi(one, others)
    for lang in LANGS:
        assert say(refused.value.key, lang, **refused.value.facts)
    return refused.value


def test_a_formula_becomes_a_kpi() -> None:
    found = own_kpi(wish("100 * posts.saves / posts.reach", goals=("engagement",)), {})
    assert (found.unit, found.own, found.spread, dict(found.goals)) == (
        "percent",
        True,
        Spread.POSTS,
        {"engagement": 0.25},
    )
    assert [(gate.of, gate.colour, gate.red) for gate in found.sample] == [("posts.count", 8, 12)]
    assert own_kpi(wish("ads.spend"), {}).spread is Spread.PERIODS
    assert own_kpi(wish("posts.saves"), {}).sample == ()


def test_other_kpis_are_written_out() -> None:
    first = wish("ads.spend / (ads.leads + social_leads.count)", id="own_cost")
    one = own_kpi(wish("kpi.own_cost / kpi.cpc"), {"own_cost": first})
    assert one.variants[0].formula == (
        "ads.spend / (ads.leads + social_leads.count) / (ads.spend / ads.link_clicks)"
    )
    named = own_kpi(wish("kpi.engagement_rate.by_views"), {})
    assert named.variants[0].formula == "100 * posts.engagements / posts.views"
    assert named.unit == "percent"


def test_a_circle_is_refused_by_names() -> None:
    one = wish("2 * kpi.own_b", id="own_a", name="A")
    other = wish("kpi.own_a / 3", id="own_b", name="B")
    why = refusal(one, own_a=one, own_b=other)
    assert (why.key, why.facts["way"]) == ("own_circle", "A → B → A")
    assert refusal(wish("kpi.own_1"), own_1=wish("kpi.own_1")).key == "own_circle"


@pytest.mark.parametrize(
    ("one", "key"),
    [
        (wish("posts.reach", name=" "), "own_name"),
        (wish("posts.reach", name="x" * 61), "own_name"),
        (wish("posts.reach", name="<b>big</b>"), "own_name"),
        (wish("posts.reach", name="[a](javascript:x)"), "own_name"),
        (wish("posts.reach", goals=("happiness",)), "own_goal"),
        (wish("  "), "own_length"),
        (wish("posts.reach + " * 60 + "posts.reach"), "own_length"),
        (wish("posts.reach +"), "own_syntax"),
        (wish("__import__('os')"), "formula_part"),
        (wish("posts.reach ** 9"), "formula_part"),
        (wish("kpi.nix"), "own_unknown_kpi"),
        (wish("kpi.engagement_rate.by_luck"), "own_unknown_kpi"),
        (wish("kpi.engagement_rate.by_reach.mean"), "own_unknown_kpi"),
        (wish("posts.reach + posts.views"), "own_unlike"),
    ],
)
def test_what_cannot_be_is_refused(one: Wish, key: str) -> None:
    assert refusal(one).key == key


def test_too_many_figures_are_refused() -> None:
    posts = "reach views saves shares comments reactions count follows"
    ads = "spend leads orders revenue impressions link_clicks"
    names = [f"posts.{name}" for name in posts.split()] + [f"ads.{name}" for name in ads.split()]
    names += [f"orders.{name}" for name in ("count", "revenue", "margin")]
    names += [f"web.{name}" for name in ("sessions", "bounces", "conversions", "engaged_sessions")]
    assert refusal(wish(" * ".join(names))).key == "own_too_many"


def test_one_that_no_longer_holds_leaves_the_others_alone() -> None:
    made, refused = own_kpis({"own_1": wish("posts.saves"), "own_2": wish("kpi.own_3", id="own_2")})
    assert [kpi.id for kpi in made] == ["own_1"]
    assert {id_: why.key for id_, why in refused.items()} == {"own_2": "own_unknown_kpi"}


def test_it_is_judged_like_any_other() -> None:
    days = [f"2025-0{month}-{day:02d}T10:00:00" for month in (1, 2, 3, 4) for day in range(1, 15)]
    given = reading(
        "posts",
        {
            "at": days,
            "reach": [1000.0] * len(days),
            "saves": [30.0] * 42 + [10.0] * 14,
            "id": [str(n) for n in range(len(days))],
        },
        network="instagram",
        account="cafe",
    )
    one = own_kpi(wish("100 * posts.saves / posts.reach"), {})
    whole = cube(assemble([given], [Owner()]), [one])
    found = board(whole, ("engagement",), Period.month(2025, 4), EVERYTHING, own=(one,))
    verdict = next(v for v in found.verdicts if v.kpi.id == "own_1")
    assert verdict.value == pytest.approx(1.0)
    assert verdict.reference == pytest.approx(3.0)
    assert verdict.status is Status.RED
    assert verdict.trace[0].heading == "Saves"
    assert date(2025, 4, 1) == found.period.first
