from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.facts.frame import ordinal
from kpi.facts.spans import merged
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.trace import traces
from kpi.metrics.values import Value, value
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Question, Reading
from kpi.model.view import EVERYTHING, View
from tests.made import reading

NOVEMBER = Period.month(2025, 11)
OWNER = Owner(currency="RUB")


def found(
    id_: str, *files: Reading, owner: Owner = OWNER, period: Period = NOVEMBER, view: View = EVERYTHING
) -> Value:
    numbers = Numbers(cube(assemble(files, (owner,)), (kpis()[id_],)), (period,), view)
    return value(kpis()[id_], numbers)


def ads(
    spend: list[float], starts: list[str], ends: list[str], file: str = "ads.csv", **more: list[str]
) -> Reading:
    rows = {"starts": starts, "ends": ends, "spend": spend, "revenue": [10 * s for s in spend]} | more
    return reading("ads", rows, file=file, network="facebook", currency="RUB")


def test_a_window_counts_only_if_it_lies_wholly_inside() -> None:
    inside = ads([100.0], ["2025-11-02"], ["2025-11-29"])
    outside = ads([100.0], ["2025-10-31"], ["2025-11-29"])
    assert found("revenue_social", inside).now == 1000
    spoken = found("revenue_social", outside)
    assert spoken.now is None
    assert spoken.reasons[0].key == "only_windows"


def test_windows_of_the_same_campaign_that_overlap_are_not_added() -> None:
    early = ads([100.0], ["2025-11-01"], ["2025-11-20"], "early.csv", campaign=["A"])
    late = ads([70.0], ["2025-11-11"], ["2025-11-30"], "late.csv", campaign=["A"])
    facts = assemble([early, late], (OWNER,))
    assert found("revenue_social", early, late).now == 700
    assert [issue.key for issue in facts.issues] == ["ads_twice"]


def test_campaigns_of_one_file_may_run_side_by_side() -> None:
    both = ads([100.0, 70.0], ["2025-11-01", "2025-11-11"], ["2025-11-20", "2025-11-30"], campaign=["A", "B"])
    assert found("revenue_social", both).now == 1700


def test_the_same_money_by_day_and_by_window_is_counted_by_day() -> None:
    whole = ads([100.0], ["2025-11-01"], ["2025-11-30"], "month.csv")
    by_day = ads([3.0, 4.0], ["2025-11-05", "2025-11-06"], ["2025-11-05", "2025-11-06"], "days.csv")
    facts = assemble([whole, by_day], (OWNER,))
    assert found("revenue_social", whole, by_day).now == 70
    assert facts.issues[0].facts == {"file": "month.csv", "kept": "days.csv"}


def test_rows_of_two_cabinets_stand_in_the_order_of_their_days() -> None:
    days = ["2025-10-31", "2025-11-01", "2025-11-02"]
    rows: dict[str, list[object]] = {"starts": [*days], "ends": [*days], "spend": [1.0, 2.0, 4.0]}
    files = [
        reading("ads", rows, file=f"{place}.csv", network=place, currency="RUB")
        for place in ("vk", "telegram")
    ]
    told = [ordinal(date.fromisoformat(day)) for day in days for _ in files]
    assert assemble(files, (OWNER,)).daily["ads"].day.tolist() == told


def test_monthly_costs_count_by_days_in_a_cut_month() -> None:
    costs = reading(
        "costs", {"month": ["2025-11-01"], "item": ["Designer"], "amount": [3000.0]}, file="c.csv"
    )
    till = reading("orders", {"at": ["2025-11-02T10:00:00"], "amount": [1000.0]}, file="till.csv")
    ten_days = Period(date(2025, 11, 1), date(2025, 11, 10))
    assert found("drr", costs, till, period=ten_days).now == pytest.approx(100 * 1000 / 1000)
    assert found("drr", costs, till).now == pytest.approx(100 * 3000 / 1000)


def test_ad_budget_is_set_aside_in_months_that_an_ads_export_tells() -> None:
    rows = {
        "month": ["2025-10-01", "2025-11-01", "2025-11-01"],
        "item": ["Реклама ВКонтакте", "Рекламный бюджет", "Таргетолог"],
        "amount": [500.0, 700.0, 900.0],
    }
    facts = assemble([reading("costs", rows), ads([5.0], ["2025-11-03"], ["2025-11-03"])], (OWNER,))
    assert [(issue.key, issue.facts["item"], issue.row) for issue in facts.issues] == [
        ("ad_budget_aside", "Рекламный бюджет", 3)
    ]
    budget = next(frame for frame in facts.windows["ads"] if frame.spread)
    assert budget.values["spend"].tolist() == [500.0]
    (costs,) = facts.windows["costs"]
    assert costs.values["smm"].tolist() == pytest.approx([float("nan"), 900.0], nan_ok=True)


def test_an_ad_budget_is_a_cost_of_marketing_and_not_of_social_networks() -> None:
    rows = {"month": ["2025-11-01"] * 2, "item": ["VK Реклама", "Designer"], "amount": [500.0, 700.0]}
    till = reading("orders", {"at": ["2025-11-02T10:00:00"], "amount": [4000.0]}, file="till.csv")
    costs = reading("costs", rows, file="c.csv")
    assert found("drr", costs, till).now == pytest.approx(30)
    assert assemble([costs, till], (OWNER,)).windows["ads"][0].values["spend"].tolist() == [500.0]


def test_answered_costs_fill_the_months_that_no_sheet_tells() -> None:
    till = reading("orders", {"at": ["2025-09-02T10:00:00", "2025-11-02T10:00:00"], "amount": [1.0, 2.0]})
    sheet = reading("costs", {"month": ["2025-10-01"], "item": ["X"], "amount": [50.0]}, file="c.csv")
    owners = (Owner(smm_costs_month=10), Owner(smm_costs_month=20, since=date(2025, 11, 1)))
    facts = assemble([till, sheet], owners)
    told = {
        int(day): amount
        for frame in facts.windows["costs"]
        for day, amount in zip(frame.day, frame.values["smm"], strict=True)
    }
    assert told == {
        ordinal(date(2025, 9, 1)): 10.0,
        ordinal(date(2025, 10, 1)): 50.0,
        ordinal(date(2025, 11, 1)): 20.0,
    }


def test_no_costs_is_an_answer_and_silence_is_none() -> None:
    till = reading("orders", {"at": ["2025-11-02T10:00:00"], "amount": [1.0]})
    assert "costs" not in assemble([till], (Owner(),)).windows
    zero = assemble([till], (Owner(smm_costs_month=0),)).windows["costs"][0]
    assert zero.values["smm"].tolist() == [0.0]


def follows(days: list[int], counts: list[float], **more: object) -> Reading:
    rows = {"date": [f"2025-11-{day:02d}" for day in days], "followers_new": counts}
    return reading("account", rows, absent_zero=("account.followers_new",), network="instagram", **more)


def test_a_day_left_out_is_zero_inside_the_file_s_span_only() -> None:
    frame = assemble([follows([3, 6], [5, 7])], (OWNER,)).daily["account"]
    assert frame.day.tolist() == [ordinal(date(2025, 11, day)) for day in (3, 4, 5, 6)]
    assert frame.values["followers_new"].tolist() == [5, 0, 0, 7]


def test_an_unnamed_account_goes_by_the_only_name_of_its_network() -> None:
    named = reading(
        "posts", {"at": ["2025-11-05T10:00:00"], "reach": [5]}, network="instagram", account="shop"
    )
    facts = assemble([named, follows([3, 6], [5, 7], file="follows.csv")], (OWNER,))
    assert set(facts.daily["account"].labels["account"].words()) == {"shop"}
    assert facts.daily["account"].values["followers_new"].tolist() == [5, 0, 0, 7]


def test_of_two_exports_the_one_that_reaches_further_wins() -> None:
    old = reading("posts", {"at": ["2025-11-05T10:00:00"], "id": ["1"], "reach": [5]}, file="old.csv")
    new = reading(
        "posts",
        {"at": ["2025-11-05T10:00:00", "2025-11-09T10:00:00"], "id": ["1", "2"], "reach": [8, 1]},
        file="new.csv",
    )
    for order in ([old, new], [new, old]):
        assert assemble(order, (OWNER,)).daily["posts"].values["reach"].tolist() == [8, 1]


def test_of_two_exports_the_one_whose_stated_window_reaches_further_wins() -> None:
    rows = {"at": ["2025-11-05T10:00:00", "2025-11-09T10:00:00"], "id": ["1", "2"]}
    old = reading("posts", rows | {"reach": [5, 1]}, window=Period(date(2025, 11, 1), date(2025, 11, 10)))
    more = {"at": rows["at"][:1], "id": ["1"], "reach": [8]}
    new = reading("posts", more, file="new.csv", window=Period(date(2025, 11, 1), date(2025, 11, 12)))
    for order in ([old, new], [new, old]):
        assert assemble(order, (OWNER,)).daily["posts"].values["reach"].tolist() == [8, 1]


def test_of_two_exports_that_reach_as_far_the_fuller_one_wins() -> None:
    rows = {"at": ["2025-11-05T10:00:00", "2025-11-09T10:00:00"], "id": ["1", "2"]}
    full = reading("posts", rows | {"reach": [8, 1]}, file="full.csv")
    for place in range(5):
        less = reading("posts", rows | {"reach": [5, None]}, file=f"less{place}.csv")
        assert assemble([full, less], (OWNER,)).daily["posts"].values["reach"].tolist() == [8, 1]


def test_of_two_exports_of_the_same_posts_the_one_that_counts_more_is_the_newer() -> None:
    rows = {"at": ["2025-11-05T10:00:00", "2025-11-09T10:00:00"], "id": ["1", "2"], "reach": [8, 3]}
    later = reading("posts", rows, file="later.csv")
    for place in range(5):
        more = {"reach": [8, 1], "comments": [0, 0]}
        early = reading("posts", rows | more, file=f"early{place}.csv")
        assert assemble([later, early], (OWNER,)).daily["posts"].values["reach"].tolist() == [8, 3]


def _joins() -> Reading:
    rows = {
        "date": [f"2025-11-{day:02d}" for day in (1, 2, 3, 4, 6)],
        "followers_new": [5, 5, 5, None, 5],
        "followers_lost": [1, 1, 2, 1, 1],
    }
    return reading("account", rows, network="vk", account="cafe")


def test_levels_are_rebuilt_from_one_known_day_as_far_as_the_chain_holds() -> None:
    facts = assemble([_joins()], (OWNER,), {("vk", "cafe"): (date(2025, 11, 2), 100.0)})
    levels = facts.daily["account"].values["followers"]
    assert levels[:3].tolist() == [96, 100, 103]
    assert np.isnan(levels[3:]).all()


@pytest.mark.parametrize(
    "known", [{("vk", "cafe"): (date(2025, 11, 5), 9.0)}, {("ok", ""): (date(2025, 11, 2), 9.0)}]
)
def test_a_count_on_a_day_or_account_without_rows_rebuilds_nothing(
    known: dict[tuple[str, str], tuple[date, float]],
) -> None:
    assert not assemble([_joins()], (OWNER,), known).given("account.followers")


def test_a_level_that_a_file_tells_keeps_its_file_and_its_number() -> None:
    told = reading(
        "account", {"date": ["2025-11-02"], "followers": [200]}, network="vk", account="cafe", file="told.csv"
    )
    facts = assemble([_joins(), told], (OWNER,), {("vk", ""): (date(2025, 11, 3), 203.0)})
    frame = facts.daily["account"]
    assert frame.values["followers"][:3].tolist() == [196, 200, 203]
    assert facts.tables[int(frame.origin["followers"][1])].file == "told.csv"


def test_figures_that_wait_for_an_answer_are_not_used_and_say_so() -> None:
    rows = {"at": ["2025-11-05T10:00:00"], "reach": [5], "reactions": [1]}
    waiting = reading("posts", rows, waiting=True, questions=(Question(key="network"),))
    spoken = found("reaction_rate", waiting)
    assert spoken.now is None
    assert spoken.reasons[0].key == "waits_for_answer"
    assert spoken.reasons[0].facts["question"] == "network"


def test_two_currencies_are_not_added_and_their_sums_are_told() -> None:
    files = [
        reading(
            "orders",
            {"at": ["2025-11-02T10:00:00"] * 2, "amount": [100.0, 50.0], "source": ["vk", "vk"]},
            file=f"{money}.csv",
            currency=money,
        )
        for money in ("RUB", "USD")
    ]
    spoken = found("revenue_social", *files)
    assert spoken.now is None
    assert spoken.reasons[0].key == "two_currencies"
    assert spoken.reasons[0].facts == {"sums": {"RUB": 150.0, "USD": 150.0}}


def test_each_row_of_a_sheet_counts_the_kinds_of_its_network() -> None:
    rows = {
        "at": ["2025-11-05T10:00:00", "2025-11-06T10:00:00"],
        "network": ["instagram", "telegram"],
        "reactions": [1, 10],
        "comments": [2, 20],
        "shares": [3, 30],
        "saves": [4, None],
        "reach": [100, 100],
    }
    assert found("engagement_rate", reading("posts", rows)).now == pytest.approx(100 * (10 + 60) / 200)


def test_people_of_a_longer_window_are_not_a_day_s_people() -> None:
    week = reading(
        "account",
        {"starts": ["2025-11-03"], "ends": ["2025-11-09"], "reach": [900]},
        network="vk",
        file="w.csv",
    )
    days = reading("account", {"date": ["2025-11-03", "2025-11-04"], "reach": [100, 120]}, network="vk")
    assert found("reach", days, week).now == 110


def test_an_order_of_several_lines_counts_once_with_its_first_amount() -> None:
    rows = {
        "at": ["2025-11-05T10:00:00"] * 3,
        "id": ["#1", "#1", "#2"],
        "amount": [70.0, None, 5.0],
        "source": ["vk", None, "vk"],
    }
    assert found("revenue_social", reading("orders", rows)).now == 75
    assert found("conversions", reading("orders", rows)).now == 2


def test_orders_whose_amounts_are_all_blank_are_not_zero_revenue() -> None:
    rows = {
        "at": ["2025-11-05T10:00:00"] * 2,
        "amount": [None, 50.0],
        "source": ["vk", "street"],
    }
    assert found("revenue_social", reading("orders", rows)).now is None


def test_a_month_without_traced_orders_is_zero_only_where_some_order_was_ever_traced() -> None:
    rows = {"at": ["2025-10-05T10:00:00", "2025-11-05T10:00:00"], "amount": [50.0, 50.0]}
    assert found("conversions", reading("orders", rows | {"source": ["vk", "street"]})).now == 0
    nobody = found("conversions", reading("orders", rows | {"source": ["web", "web"]}))
    assert (nobody.now, nobody.reasons[0].key) == (None, "untraced")
    assert found("conversions", reading("orders", rows)).reasons[0].key == "missing"


def test_the_offset_of_a_file_moves_posts_to_the_owner_s_day() -> None:
    rows = {"at": ["2025-11-30T22:30:00"], "offset": [0], "reach": [5]}
    moscow = Owner(time_zone="Europe/Moscow")
    assert found("reach", reading("posts", rows)).now == 5
    assert found("reach", reading("posts", rows), owner=moscow).now is None
    december = Period.month(2025, 12)
    assert found("reach", reading("posts", rows), owner=moscow, period=december).now == 5


def test_spans_that_touch_are_one() -> None:
    spans = [Period.month(2025, 2), Period.month(2025, 1), Period.month(2025, 4)]
    assert merged(spans) == (Period(date(2025, 1, 1), date(2025, 2, 28)), Period.month(2025, 4))


def test_rebuilt_followers_are_traced_to_the_joins() -> None:
    facts = assemble([_joins()], (OWNER,), {("vk", "cafe"): (date(2025, 11, 2), 100.0)})
    numbers = Numbers(cube(facts, kpis().values()), (NOVEMBER,), EVERYTHING)
    told = traces(value(kpis()["follower_count"], numbers), numbers)
    assert {one.heading for one in told} == {"Followers_new", "Followers_lost"}


def test_a_daily_overview_and_the_posts_of_one_account_are_never_added() -> None:
    kinds = {"reactions": [40], "comments": [5], "shares": [5]}
    posts = reading(
        "posts",
        {
            "at": ["2025-11-05T10:00:00"],
            "id": ["1"],
            "reach": [1000],
            "views": [2000],
            "link_clicks": [7],
            **kinds,
        },
        file="posts.csv",
        network="vk",
        account="cafe",
    )
    days = reading(
        "account",
        {
            "date": ["2025-11-05"],
            "views": [5000],
            "link_clicks": [9],
            "reactions": [90],
            "comments": [6],
            "shares": [4],
        },
        file="days.csv",
        network="vk",
    )
    alone = {
        id_: (found(id_, posts), found(id_, days)) for id_ in ("engagement_rate", "link_clicks", "views")
    }
    assert [value.now for value in alone["engagement_rate"]] == [5, 2]
    for id_, values in alone.items():
        both = {found(id_, posts, days).now, found(id_, days, posts).now}
        assert len(both) == 1
        assert both <= {value.now for value in values}, id_
