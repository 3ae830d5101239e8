"""Where a figure came from: files, headings and rows."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.ingest.parse import parse
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.trace import kinds_told, left_out, traces
from kpi.metrics.values import Value, value
from kpi.model.limits import LOCAL
from kpi.model.owner import FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING, View
from tests.made import reading

NOVEMBER = Period.month(2025, 11)
AT = ["2025-11-05T10:00:00", "2025-11-06T10:00:00"]
Told = tuple[Value, Numbers]


def told(
    id_: str,
    variant: str,
    *files: Reading,
    owner: Owner | None = None,
    view: View = EVERYTHING,
    period: Period = NOVEMBER,
) -> Told:
    kpi = kpis()[id_]
    facts = assemble(files, (owner or Owner(currency="RUB"),))
    numbers = Numbers(cube(facts, [kpi]), (period,), view)
    return value(kpi, numbers, tuple(one for one in kpi.variants if one.id == variant)), numbers


def behind(found: Told) -> list[tuple[str, str, int, float | None]]:
    return [(one.file, one.heading, one.rows, one.total) for one in traces(*found)]


def posts(file: str = "posts.csv", **columns: object) -> Reading:
    return reading("posts", {"at": AT, **columns}, file=file, network="vk")


def test_what_no_file_tells_has_no_trace_and_leaves_nothing_out() -> None:
    nothing = told("reaction_rate", "by_reach", posts(reactions=[1, 2]))
    assert nothing[0].variant is None
    assert behind(nothing) == []
    assert left_out(*nothing) == (0, 0)
    assert kinds_told(*nothing) == ()


def test_only_rows_with_all_that_the_rate_takes_stand_behind_it() -> None:
    found = told("reaction_rate", "by_reach", posts(reactions=[1, 2], reach=[10, None]))
    assert behind(found) == [("posts.csv", "Reactions", 1, 1.0), ("posts.csv", "Reach", 1, 10.0)]
    assert left_out(*found) == (1, 1)
    assert kinds_told(*found) == ()


def test_a_median_leaves_out_the_posts_without_a_figure() -> None:
    found = told("reach_per_post", "median", posts(reach=[10, None]))
    assert behind(found) == [("posts.csv", "Reach", 1, 10.0)]
    assert left_out(*found) == (1, 1)


def test_engagements_stand_on_the_kinds_or_on_the_column_of_the_file() -> None:
    kinds = posts("kinds.csv", reactions=[1, 2], comments=[1, 1], shares=[1, 1], reach=[10, 10])
    own = posts("own.csv", engagements=[5, 5], reach=[10, 10])
    found = told("engagement_rate", "by_reach", kinds, own)
    assert {line[:3] for line in behind(found)} == {
        ("kinds.csv", "Reactions", 2),
        ("kinds.csv", "Comments", 2),
        ("kinds.csv", "Shares", 2),
        ("kinds.csv", "Reach", 2),
        ("own.csv", "Engagements", 2),
        ("own.csv", "Reach", 2),
    }
    assert kinds_told(*found) == (("reactions", "comments", "shares"),)


def test_traced_orders_stand_on_the_orders_that_name_a_network() -> None:
    rows = {"at": AT, "amount": [100.0, 50.0], "refund": [10.0, None], "source": ["vk", "street"]}
    found = told("revenue_social", "orders", reading("orders", rows, file="till.csv", currency="RUB"))
    assert behind(found) == [("till.csv", "Amount", 1, None), ("till.csv", "Refund", 1, None)]
    assert left_out(*found) == (0, 1)


@pytest.mark.parametrize(("ids", "heading"), [({"id": ["a", "b"]}, "Id"), ({}, "At")])
def test_a_count_of_orders_stands_on_one_column_of_each_file(ids: dict[str, object], heading: str) -> None:
    rows = {**ids, "at": AT, "source": ["vk", "vk"]}
    found = told("conversions", "orders", reading("orders", rows, file="till.csv"))
    assert behind(found) == [("till.csv", heading, 2, None)]


def test_answers_of_the_owner_s_are_a_file_of_their_own() -> None:
    till = reading("orders", {"at": AT, "amount": [100.0, 50.0], "source": ["vk", "vk"]}, currency="RUB")
    ads = reading("ads", {"starts": ["2025-11-05"], "spend": [10.0]}, file="ads.csv", currency="RUB")
    owner = Owner(currency="RUB", smm_costs_month=30.0, margin_rate=40.0)
    found = told("profit_social", "by_rate", till, ads, owner=owner)
    assert found[0].now == 150 * 40 / 100 - 10 - 30
    assert [line for line in behind(found) if line[0] == "answers"] == [
        ("answers", "margin_rate", 1, None),
        ("answers", "smm_costs_month", 1, 30.0),
    ]


def test_windows_stand_behind_a_figure_only_where_they_lie_in_the_period() -> None:
    def window(file: str, starts: str, ends: str) -> Reading:
        rows = {"starts": [starts], "ends": [ends], "spend": [1.0], "revenue": [9.0]}
        return reading("ads", rows, file=file, currency="RUB", network="vk")

    inside = window("in.csv", "2025-11-02", "2025-11-08")
    across = window("across.csv", "2025-10-30", "2025-11-01")
    assert behind(told("revenue_social", "ads", inside, across)) == [("in.csv", "Revenue", 1, 9.0)]


def test_a_window_without_the_figure_is_not_behind_it() -> None:
    week = reading(
        "account",
        {"starts": ["2025-11-03"], "ends": ["2025-11-09"], "views": [5]},
        file="w.csv",
        network="vk",
    )
    days = reading("account", {"date": ["2025-11-03"], "reach": [100]}, file="d.csv", network="vk")
    assert behind(told("reach", "daily_mean", week, days)) == [("d.csv", "Reach", 1, 100.0)]


def test_costs_of_a_month_stand_behind_every_part_of_it() -> None:
    sheet = reading("costs", {"month": ["2025-11-01"], "item": ["X"], "amount": [300.0]}, file="costs.csv")
    till = reading("orders", {"at": AT, "amount": [100.0, 50.0]}, file="till.csv", currency="RUB")
    cut = Period(date(2025, 11, 1), date(2025, 11, 10))
    assert ("costs.csv", "Amount", 1, None) in behind(told("drr", "total", sheet, till, period=cut))


def test_a_trace_is_of_what_is_in_view() -> None:
    other = reading("posts", {"at": AT, "reach": [1, 1], "reactions": [1, 1]}, file="ok.csv", network="ok")
    found = told(
        "reaction_rate",
        "by_reach",
        posts(reactions=[1, 2], reach=[10, 10]),
        other,
        view=View(network="ok"),
    )
    assert {line[0] for line in behind(found)} == {"ok.csv"}


def test_a_column_of_the_tally_stands_for_its_own_days_alone() -> None:
    head = "День на кассе;Всего чеков за день;Вся выручка за день;Instagram: чеков;ВКонтакте: чеков\n"
    days = "".join(f"{day:02}.11.2025;80;30000;5;{'' if day == 3 else 7}\n" for day in range(1, 4))
    till = parse("tally.csv", (head + days).encode(), FileAnswers(), LOCAL)
    rows = {one.heading: one.rows for one in traces(*told("conversions", "orders", till))}
    assert rows == {"Instagram: чеков": 3, "ВКонтакте: чеков": 2}
