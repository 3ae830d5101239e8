"""The variants whose figures stand in no other test, and why a value is unknown."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import Value, value, window_of
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING, View
from tests.made import reading

NOVEMBER, DECEMBER = Period.month(2025, 11), Period.month(2025, 12)
AT = ["2025-11-05T10:00:00", "2025-11-06T10:00:00"]


def numbered(id_: str, *files: Reading, view: View = EVERYTHING, periods: tuple[Period, ...]) -> Numbers:
    return Numbers(cube(assemble(files, (Owner(currency="RUB"),)), [kpis()[id_]]), periods, view)


def spoken(
    id_: str,
    variant: str,
    *files: Reading,
    view: View = EVERYTHING,
    periods: tuple[Period, ...] = (NOVEMBER,),
) -> Value:
    """One variant of a KPI, over November unless told otherwise."""
    chosen = tuple(one for one in kpis()[id_].variants if one.id == variant)
    return value(kpis()[id_], numbered(id_, *files, view=view, periods=periods), chosen)


def account(**columns: list[float | None]) -> Reading:
    rows = {"date": ["2025-11-01", "2025-11-30"], **columns}
    return reading("account", rows, network="vk", account="cafe")


def test_growth_against_the_mean_is_joins_less_leaves_over_the_mean_level() -> None:
    told = account(followers=[900, 1100], followers_new=[50, 30], followers_lost=[10, 20])
    assert spoken("follower_growth_rate", "net_to_mean", told).now == pytest.approx(100 * (80 - 30) / 1000)


def test_growth_against_the_mean_needs_a_level() -> None:
    lacking = spoken(
        "follower_growth_rate", "net_to_mean", account(followers_new=[5, 3], followers_lost=[1, 2])
    )
    assert lacking.now is None
    assert [one.field for one in lacking.missing] == ["account.followers"]


def test_the_watched_part_of_videos_takes_only_posts_whose_length_and_watching_are_told() -> None:
    videos = {"views": [100, 10], "video_seconds": [20, None], "average_watch_seconds": [5, 9]}
    found = spoken("audience_retention_rate", "video_held", reading("posts", {"at": AT, **videos}))
    assert found.now == pytest.approx(100 * (100 * 5) / (100 * 20))


def test_the_watched_part_of_videos_names_the_column_that_is_not_there() -> None:
    videos = {"views": [100, 10], "average_watch_seconds": [5, 9]}
    found = spoken("audience_retention_rate", "video_held", reading("posts", {"at": AT, **videos}))
    assert found.now is None
    assert [one.field for one in found.missing] == ["posts.video_seconds"]


def test_the_share_of_the_target_group_is_unknown_without_the_group() -> None:
    found = spoken("audience_quality", "target_share", account(followers=[900, 1000]))
    assert found.now is None
    assert found.reasons[0].key == "missing"
    assert [one.field for one in found.missing] == ["audience.target", "audience.followers"]


def test_leads_that_fit_are_unknown_where_no_list_tells_which_do() -> None:
    leads = reading("leads", {"at": AT, "source": ["vk", "vk"]})
    found = spoken("audience_quality", "qualified_leads", leads)
    assert found.now is None
    assert [one.field for one in found.missing] == ["leads.fits"]


def test_a_list_of_leads_that_never_names_a_network_has_none_of_it() -> None:
    leads = reading("leads", {"at": AT, "source": ["instagram", "instagram"]})
    clicks = reading(
        "account", {"date": ["2025-11-05"], "link_clicks": [40]}, file="a.csv", network="instagram"
    )
    other = reading("account", {"date": ["2025-11-05"], "link_clicks": [10]}, file="b.csv", network="vk")
    found = spoken("cvr_click_to_lead", "by_clicks", leads, clicks, other)
    assert found.now == pytest.approx(100 * 2 / 50)
    assert found.reasons == ()


def test_a_product_of_two_accounts_is_unknown_and_says_so() -> None:
    posts = {"at": AT, "reactions": [1, 1], "comments": [1, 1], "shares": [1, 1]}
    files = [
        made
        for name in ("cafe", "bar")
        for made in (
            reading("posts", posts, file=f"{name}.csv", network="vk", account=name),
            reading(
                "account",
                {"date": ["2025-11-05"], "followers": [100]},
                file=f"{name}_a.csv",
                network="vk",
                account=name,
            ),
        )
    ]
    found = spoken("engagement_rate", "by_followers_mean", *files)
    assert found.now is None
    assert found.reasons[0].key == "several_accounts"


def test_ads_that_name_no_network_are_not_told_for_one() -> None:
    ads = reading("ads", {"starts": ["2025-11-05"], "spend": [10.0], "revenue": [90.0]})
    found = spoken("revenue_social", "ads", ads, view=View(network="vk"))
    assert found.now is None
    assert found.reasons[0].key == "not_by_network"


def test_people_of_two_accounts_are_not_added() -> None:
    files = [
        reading(
            "account",
            {"starts": ["2025-11-01"], "ends": ["2025-11-30"], "reach": [500]},
            file=f"{name}.csv",
            network="vk",
            account=name,
        )
        for name in ("cafe", "bar")
    ]
    found = spoken("reach", kpis()["reach"].variants[0].id, *files)
    assert found.now is None
    assert found.reasons[0].key == "several_accounts"


def posts(network: str, **columns: list[float | None]) -> Reading:
    return reading("posts", {"at": AT, **columns}, file=f"{network}.csv", network=network)


def test_a_rate_speaks_of_the_networks_that_tell_all_of_it() -> None:
    told, silent = posts("vk", reactions=[1, 2], reach=[10, 20]), posts("instagram", reactions=[9, 9])
    found = spoken("reaction_rate", "by_reach", told, silent)
    assert found.now == pytest.approx(10)
    assert found.networks == {"vk"}
    assert found.reasons[0].facts == {"networks": ("vk",), "other_networks": ("instagram",)}


def test_figures_of_two_networks_make_no_rate() -> None:
    found = spoken("reaction_rate", "by_reach", posts("vk", reach=[10, 20]), posts("ok", reactions=[9, 9]))
    assert found.now is None
    assert found.networks == frozenset()


def test_over_nothing_a_rate_is_unknown_and_names_the_divisor() -> None:
    found = spoken("reaction_rate", "by_reach", posts("vk", reactions=[1, 2], reach=[0, 0]))
    assert found.now is None
    assert (found.reasons[0].key, found.reasons[0].facts) == ("zero_divisor", {"field": "posts.reach"})


def test_a_level_known_on_one_day_shows_no_growth() -> None:
    found = spoken("follower_net_growth", "end_less_start", account(followers=[None, 1100]))
    assert found.now is None
    assert found.reasons[0].key == "level_once"


def test_a_typical_order_is_not_told_by_the_sum_of_a_day() -> None:
    tally = reading(
        "tally",
        {"date": ["2025-11-05"], "source": ["ВКонтакте"], "of_count": [3.0], "of_amount": [900.0]},
        source="template_tally",
    )
    assert spoken("avg_order_value", "mean", tally).now == pytest.approx(300)
    found = spoken("avg_order_value", "median", tally)
    assert (found.now, found.reasons[0].key) == (None, "only_sums")


def test_what_is_missing_is_said_of_the_way_of_counting_that_lacks_it() -> None:
    told = posts("vk", reactions=[1, 2], comments=[1, 1])
    found = value(kpis()["share_of_voice"], numbered("share_of_voice", told, periods=(NOVEMBER,)))
    assert found.variant is None
    assert found.nearest is not None
    assert found.nearest.id == "engagements"
    assert [one.field for one in found.missing] == ["competitors.engagements"]


def test_a_level_that_a_month_does_not_tell_at_all_is_not_known_once() -> None:
    told = account(followers=[900, 1100], followers_lost=[1, 2])
    found = spoken("audience_retention_rate", "mean_stay", told, periods=(DECEMBER,))
    assert found.now is None
    assert found.reasons[0].key == "no_rows"


def test_a_month_without_rows_is_unknown_and_says_so() -> None:
    found = spoken("views", kpis()["views"].variants[0].id, posts("vk", views=[1, 2]), periods=(DECEMBER,))
    assert found.now is None
    assert found.reasons[0].key == "no_rows"


def window(reach: float, starts: str = "2025-11-03", ends: str = "2025-11-09", **more: object) -> Reading:
    rows = {"starts": [starts], "ends": [ends], "reach": [reach]}
    return reading("account", rows, network="vk", account="cafe", **more)


def test_people_of_a_week_are_not_people_of_the_month() -> None:
    days = reading(
        "account", {"date": ["2025-11-03"], "reach": [100]}, network="vk", account="cafe", file="d"
    )
    assert spoken("reach", "as_exported", days).reasons[0].key == "no_exact_window"
    outside = window(900, "2025-10-27", "2025-11-02", file="w")
    assert spoken("reach", "as_exported", outside).reasons[0].key == "only_windows"


def orders(*amounts: tuple[str, str, float]) -> list[Reading]:
    return [
        reading(
            "orders",
            {"at": [f"{day}T10:00:00"], "amount": [amount], "source": ["vk"]},
            file=f"{day}{currency}.csv",
            currency=currency,
        )
        for day, currency, amount in amounts
    ]


def test_another_currency_of_an_earlier_month_is_another_series() -> None:
    files = orders(("2025-11-05", "RUB", 100), ("2025-10-05", "USD", 7), ("2025-09-05", "RUB", 40))
    months = (NOVEMBER, Period.month(2025, 10), Period.month(2025, 9))
    found = spoken("revenue_social", "orders", *files, periods=months)
    assert (found.now, found.currency) == (100, "RUB")
    assert np.array_equal(found.values, [100, np.nan, 40], equal_nan=True)


def test_two_currencies_of_a_month_are_no_sum() -> None:
    found = spoken("revenue_social", "orders", *orders(("2025-11-05", "RUB", 100), ("2025-11-06", "USD", 7)))
    assert (found.now, found.currency) == (None, None)
    assert found.reasons[0].facts == {"sums": {"RUB": 100.0, "USD": 7.0}}


def test_revenue_and_spend_of_one_currency_are_no_sum_to_tell() -> None:
    rows = {"starts": ["2025-11-05"] * 2, "ends": ["2025-11-05"] * 2, "campaign": ["a", "b"]}
    ads = reading("ads", rows | {"spend": [40.0, 9.0], "currency": ["RUB", "USD"]}, file="ads.csv")
    costs = reading("costs", {"month": ["2025-11-01"], "item": ["photo"], "amount": [5.0]}, file="c.csv")

    found = spoken("profit_social", "before_goods", *orders(("2025-11-05", "RUB", 100)), ads, costs)

    assert found.now is None
    assert found.reasons[0].facts == {"sums": {"RUB": 100.0, "USD": 9.0}}


def test_money_of_untold_currency_beside_a_named_one_is_said() -> None:
    rows = {"starts": ["2025-11-05"], "ends": ["2025-11-05"], "campaign": ["a"], "spend": [40.0]}
    ads = reading("ads", rows | {"currency": ["USD"], "leads": [4.0]}, file="ads.csv")
    till = {"at": AT, "amount": [100.0, 50.0], "source": ["instagram"] * 2}
    costs = reading("costs", {"month": ["2025-11-01"], "item": ["photo"], "amount": [5.0]}, file="c.csv")
    chosen = tuple(one for one in kpis()["profit_social"].variants if one.id == "before_goods")
    facts = assemble((reading("orders", till), ads, costs), (Owner(),))

    found = value(
        kpis()["profit_social"],
        Numbers(cube(facts, [kpis()["profit_social"]]), (NOVEMBER,), EVERYTHING),
        chosen,
    )

    assert found.now == pytest.approx(105.0)
    assert ("untold_currency", {"currency": "USD"}) in [(r.key, dict(r.facts)) for r in found.reasons]
    assert "untold_currency" not in [r.key for r in spoken("cpl", "paid", ads).reasons]


def test_a_figure_of_windows_speaks_of_their_days_only() -> None:
    rows = {"starts": ["2025-11-02", "2025-11-10"], "ends": ["2025-11-08", "2025-11-20"], "spend": [1.0, 2.0]}
    ads = reading("ads", rows | {"revenue": [10.0, 20.0], "campaign": ["A", "B"]}, network="vk")
    numbers = numbered("revenue_social", ads, periods=(NOVEMBER,))
    variant = next(one for one in kpis()["revenue_social"].variants if one.id == "ads")
    assert window_of(variant, numbers) == Period(date(2025, 11, 2), date(2025, 11, 20))


def test_a_figure_of_days_speaks_of_the_whole_period() -> None:
    ads = reading("ads", {"starts": ["2025-11-02"], "spend": [1.0], "revenue": [10.0]}, network="vk")
    numbers = numbered("revenue_social", ads, periods=(NOVEMBER,))
    by_ads, by_orders = (
        next(one for one in kpis()["revenue_social"].variants if one.id == id_) for id_ in ("ads", "orders")
    )
    assert window_of(by_ads, numbers) == NOVEMBER
    assert window_of(by_orders, numbers) == NOVEMBER


def test_the_first_variant_that_can_be_told_wins_and_else_the_nearest_says_why() -> None:
    kpi = kpis()["reaction_rate"]
    told = posts("vk", reactions=[1, 3], reach=[0, 0], views=[50, 50])
    numbers = numbered("reaction_rate", told, periods=(NOVEMBER,))
    first = value(kpi, numbers)
    assert first.variant is not None
    assert (first.variant.id, first.now) == ("by_views", 4)
    nothing = value(kpi, numbers, kpi.variants[:1])
    assert nothing.variant == kpi.variants[0]
    assert nothing.reasons[0].key == "zero_divisor"


def test_orders_that_never_name_a_network_are_not_none_from_networks() -> None:
    kpi = kpis()["conversions"]
    days = [f"2025-11-{day:02d}T10:00:00" for day in range(1, 11)]

    def orders(*sources: str) -> Value:
        rows = {"at": days[: len(sources)], "amount": [10.0] * len(sources), "source": list(sources)}
        whole = cube(assemble([reading("orders", rows)], (Owner(),)), kpis().values())
        return value(kpi, Numbers(whole, (Period.month(2025, 11),), EVERYTHING))

    nobody = orders("web", "pos", "web")
    assert (nobody.now, nobody.reasons[0].key) == (None, "untraced")
    assert nobody.reasons[0].facts["orders"] is True
    assert orders("web", "instagram", "web").now == 1
