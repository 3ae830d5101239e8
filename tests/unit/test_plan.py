"""The plan: how KPIs are ranked, what is to be fetched, what is shown where orders cannot be traced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kpi.catalog.loader import goals, kpis
from kpi.facts.assemble import Facts, assemble
from kpi.insight.beside import beside, untraced
from kpi.insight.plan import plan
from kpi.insight.readiness import Standings
from kpi.metrics.cubes import Cube, cube
from kpi.model.owner import Owner
from kpi.model.plan import Plan, Readiness, Standing
from kpi.model.reading import Reading
from kpi.model.target import Target
from kpi.report.plan import gain, hitch, orphan, places
from kpi.report.plan import plan as told
from tests.made import reading


def days(first: str, count: int) -> list[str]:
    start = date.fromisoformat(first)
    return [(start + timedelta(days=n)).isoformat() for n in range(count)]


def posts(first: str, count: int, network: str = "instagram", **columns: Sequence[float | None]) -> Reading:
    some = {
        name: [5.0 + n % 3 for n in range(count)] for name in ("reactions", "comments", "shares", "saves")
    }
    rows = {"at": days(first, count), **some, "reach": [100.0] * count, **columns}
    kept = {name: values for name, values in rows.items() if values}
    return reading("posts", kept, network=network, file=f"{network}.csv", counts=("reactions", "comments"))


def orders(first: str, count: int, **columns: Sequence[object]) -> Reading:
    money = [10.0 + n for n in range(count)]
    rows = {"id": [f"{n}" for n in range(count)], "at": days(first, count), "amount": money, **columns}
    return reading("orders", rows, file="orders.csv")


def facts(*readings: Reading, **owner: float) -> Facts:
    return assemble(readings, [Owner(**owner)])  # type: ignore[arg-type]


def whole(*readings: Reading, **owner: float) -> Cube:
    return cube(facts(*readings, **owner), kpis().values())


def standing(kpi: str, *readings: Reading, **owner: float) -> Standing:
    return Standings(whole(*readings, **owner)).of(kpis()[kpi])


def ids(found: Plan) -> list[str]:
    return [pick.kpi.id for pick in found.primary]


def test_a_kpi_that_the_files_tell_for_whole_months_is_ready_and_counts_them() -> None:
    found = standing("reaction_rate", posts("2025-01-01", 90))
    assert (found.readiness, found.depth, found.hitch) == (Readiness.READY, 3, None)
    assert found.variant is not None
    assert found.variant.id == "by_reach"


def test_a_month_told_in_part_does_not_count() -> None:
    assert standing("reaction_rate", posts("2025-01-01", 89)).depth == 2


def test_one_network_of_two_is_partly_and_says_which() -> None:
    without = posts("2025-01-01", 31, "vk", reach=(), saves=())
    found = standing("reaction_rate", posts("2025-01-01", 31), without)
    assert found.readiness is Readiness.PARTLY
    assert "Telegram" not in hitch(found, "en")
    assert hitch(found, "en").startswith("Only Instagram: VK")


def test_files_that_end_inside_the_month_tell_it_partly() -> None:
    january = reading("mentions", {"at": days("2025-01-01", 20)}, file="mentions.csv")
    found = standing("mentions", posts("2025-01-01", 31), january)
    assert (found.readiness, found.depth) == (Readiness.PARTLY, 0)
    assert "20" in hitch(found, "en")


def test_what_only_the_owner_can_answer_is_partly_and_one_step() -> None:
    costs = reading("costs", {"month": ["2025-01-01"], "amount": [50.0], "item": ["smm"]}, file="costs.csv")
    ads = reading("ads", {"date": days("2025-01-01", 31), "spend": [1.0] * 31}, file="ads.csv")
    sold = orders("2025-01-01", 31, source=["vk"] * 31, cogs=[None] * 31)
    made = whole(sold, ads, costs)
    assert Standings(made).of(kpis()["profit_social"]).readiness is Readiness.READY  # turnover is a way, too
    by_rate = replace(kpis()["profit_social"], variants=kpis()["profit_social"].variants[1:2])
    found = Standings(made).of(by_rate)
    assert found.readiness is Readiness.PARTLY
    assert [lack.field for lack in found.missing] == ["owner.margin_rate"]


def test_a_missing_column_names_an_export_of_the_owner_s_own_network() -> None:
    found = standing("comment_rate", reading("account", {"date": days("2025-01-01", 31), "reach": [9.0] * 31},
                                             network="vk", file="vk.csv", source="vk_community"))  # fmt: skip
    assert found.readiness is Readiness.MISSING
    assert {lack.field: lack.sources for lack in found.missing} == {
        "posts.comments": ("vk_posts",),
        "posts.reach": ("vk_posts",),
    }


def test_what_the_networks_do_not_count_is_not_to_be_fetched() -> None:
    found = standing("save_rate", posts("2025-01-01", 31, "vk", saves=()))
    assert found.missing == ()
    assert hitch(found, "en") == "Your networks do not count this: “Posts: saves”."


def test_one_goal_has_three_kpis_and_each_of_three_has_one_at_least() -> None:
    made = whole(posts("2025-01-01", 90))
    assert len(plan(made, ("engagement",)).primary) == 3
    found = plan(made, ("engagement", "sales", "growth"))
    assert len(found.primary) <= 5
    assert {goal for pick in found.primary for goal in pick.goals} == {"engagement", "sales", "growth"}


def test_what_can_be_counted_goes_before_what_weighs_more() -> None:
    found = plan(whole(posts("2025-01-01", 90, reactions=(), saves=())), ("engagement",))
    ready = [pick.readiness is not Readiness.MISSING for pick in found.primary]
    assert ready == sorted(ready, reverse=True)
    assert ids(found)[:2] == ["share_rate", "comment_rate"]  # 15 and 10 of 100
    assert ids(found)[2] == "engagement_rate"  # 30, and cannot be counted


def test_more_months_go_before_more_weight() -> None:
    young = posts("2025-04-20", 11, reactions=[1.0] * 11, comments=[None] * 11)
    old = posts("2025-01-01", 109, reactions=[None] * 109)
    found = plan(whole(old, young), ("engagement",))
    weights = kpis()["reaction_rate"].goals["engagement"], kpis()["comment_rate"].goals["engagement"]
    assert weights[0] > weights[1]
    depth = {pick.kpi.id: pick.depth for pick in found.primary}
    assert depth["comment_rate"] > depth.get("reaction_rate", 0)


def test_the_order_of_the_files_changes_nothing() -> None:
    files = [posts("2025-01-01", 90), orders("2025-01-01", 90), posts("2025-01-05", 60, "vk", saves=())]
    chosen = ("engagement", "sales")
    one, other = (told(plan(whole(*some), chosen), "ru") for some in (files, files[::-1]))
    assert one == other


def test_without_files_each_kpi_says_what_it_wants_and_no_export_is_named() -> None:
    found = plan(whole(), ("growth", "sales"))
    assert len(found.primary) == 3
    assert {pick.readiness for pick in found.primary} == {Readiness.MISSING}
    assert found.later == ()
    assert plan(whole(), ()) == Plan(goals=())


def test_the_step_that_opens_most_comes_first_and_each_kpi_is_opened_once() -> None:
    found = plan(whole(posts("2025-01-01", 90)), ("sales", "leads"))
    weight = {id_: sum(kpis()[id_].goals.get(goal, 0.0) for goal in ("sales", "leads")) for id_ in kpis()}
    worth = [sum(weight[kpi.id] for kpi in step.unlocks) for step in found.later]
    assert worth[0] == max(worth)
    opened = [kpi.id for step in found.later for kpi in step.unlocks]
    assert len(opened) == len(set(opened))
    helped = {kpi.id for step in found.later for kpi in step.helps}
    assert helped <= set(opened)
    for step in found.later:
        assert places(step, "ru")
        assert gain(step, "ru")


def test_an_answer_and_an_own_sheet_are_steps_too() -> None:
    costs = reading("costs", {"month": ["2025-01-01"], "amount": [50.0], "item": ["smm"]}, file="costs.csv")
    one = kpis()["profit_social"].variants[1]
    by_rate = replace(one, formula="orders.revenue * owner.margin_rate.end")
    rate = replace(kpis()["profit_social"], id="own_profit", own=True, variants=(by_rate,))
    unseen = replace(rate, id="own_views", variants=(replace(one, formula="account.views"),))
    days_ = {"date": days("2025-01-01", 31), "reach": [9.0] * 31}
    given = facts(orders("2025-01-01", 31), costs, reading("account", days_, network="vk", file="vk.csv"))
    found = plan(cube(given, (*kpis().values(), rate, unseen)), ("sales",), own=(rate, unseen))
    asked = next(step for step in found.later if step.fields == ("owner.margin_rate",))
    assert asked.sources == ()
    assert asked.unlocks == (rate,)
    assert rate.en.name in gain(asked, "en")
    assert places(asked, "en")[0][0] == "Answer on the Data screen"
    sheet = next(step for step in found.later if unseen in step.unlocks)
    assert (sheet.fields, sheet.sources) == (("account.views",), ())
    assert places(sheet, "en") == (("A sheet of your own: Account by day", "Views"),)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_goal_can_be_planned_and_told_without_a_file(lang: str) -> None:
    made = whole()
    for goal in goals():
        found = told(plan(made, (goal,)), lang)
        assert all(pick["reason"] and pick["hitch"] for pick in found["primary"])


def test_a_guard_is_no_primary_kpi_and_says_what_the_goal_hides() -> None:
    made = whole(posts("2025-01-01", 90))
    for goal in goals().values():
        found = plan(made, (goal.id,))
        guards = [pick.kpi.id for pick in found.guards]
        assert set(guards) <= set(goal.guards)
        assert set(guards).isdisjoint(ids(found))
        texts = told(found, "en")["guards"]
        assert all(goal.en.risk in text["reason"] for text in texts)


def test_orders_that_name_no_network_are_untraced() -> None:
    assert untraced(facts(orders("2025-01-01", 31)))
    assert untraced(facts(orders("2025-01-01", 31, source=["hall"] * 31)))
    assert not untraced(facts(orders("2025-01-01", 31, source=["hall", "vk"] + ["hall"] * 29)))
    assert not untraced(facts(posts("2025-01-01", 31)))


def test_buyers_who_were_asked_at_the_till_are_an_answer() -> None:
    tally = reading("tally", {"date": days("2025-01-01", 31), "count": [9.0] * 31, "of_count": [0.0] * 31,
                              "source": ["Instagram"] * 31}, file="tally.xlsx")  # fmt: skip
    assert not untraced(facts(orders("2025-01-01", 31), tally))


def test_a_kpi_over_untraced_orders_is_missing_even_if_they_have_a_source() -> None:
    found = standing("conversions", orders("2025-01-01", 31, source=["hall"] * 31))
    assert found.readiness is Readiness.MISSING
    assert hitch(found, "en") == "No order says which network it came from."


def test_sales_stand_beside_the_posts_by_month_and_are_plain_sums() -> None:
    found = plan(whole(orders("2025-01-01", 59), posts("2025-01-01", 59)), ("sales",))
    assert [note.key for note in found.notes] == ["plan.untraced_goal"]
    assert found.beside is not None
    told_ = {one.field: one.values for one in found.beside.figures}
    assert told_["orders.revenue"] == (sum(10 + n for n in range(31)), sum(10 + n for n in range(31, 59)))
    assert told_["orders.count"] == (31, 28)
    assert told_["posts.count"] == (31, 28)
    assert told_["posts.reach"] == (3100, 2800)
    table = told(found, "ru")["beside"]
    assert table["Месяц"] == ["январь 2025", "февраль 2025"]


def test_no_other_goal_speaks_of_traces_and_traced_orders_need_no_table() -> None:
    made = whole(orders("2025-01-01", 59), posts("2025-01-01", 59))
    assert plan(made, ("engagement",)).notes == ()
    traced = plan(whole(orders("2025-01-01", 31, source=["vk"] * 31)), ("sales",))
    assert (traced.notes, traced.beside) == ((), None)


def test_money_of_two_currencies_and_months_told_in_part_stay_unknown() -> None:
    names = ("orders.revenue", "orders.count", "posts.count")
    both = orders("2025-01-01", 31, currency=["RUB"] * 30 + ["EUR"])
    found = beside(facts(both, posts("2025-02-10", 19)), names)
    assert found is not None
    assert {one.field: one.values for one in found.figures} == {"orders.count": (31,)}


def test_without_a_full_month_nothing_stands_side_by_side() -> None:
    assert beside(facts(orders("2025-01-05", 10)), ("orders.revenue",)) is None


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_target_on_a_kpi_of_no_chosen_goal_is_an_orphan(lang: str) -> None:
    target = Target(kpi="link_clicks", value=5)
    made = whole(posts("2025-01-01", 31))
    (kpi,) = plan(made, ("engagement",), (target,)).orphans
    assert kpi.words(lang).name in orphan(kpi, lang)
    assert goals()["traffic"].words(lang).name in orphan(kpi, lang)
    assert plan(made, ("traffic",), (target,)).orphans == ()
    assert plan(made, (), (target,)).orphans == ()
    assert plan(made, ("engagement",), (target, replace(target, dropped=True))).orphans == ()


def test_an_own_kpi_without_a_goal_is_an_orphan() -> None:
    own = replace(kpis()["link_clicks"], id="own_x", own=True, goals={})
    found = plan(whole(posts("2025-01-01", 31)), ("traffic",), (Target(kpi="own_x", value=1),), own=(own,))
    assert found.orphans == (own,)
    assert "serves no goal" in orphan(own, "en")
    assert "own_x" not in ids(found)
