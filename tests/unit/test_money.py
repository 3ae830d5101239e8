"""Orders, ads and costs: every sum once, whichever files tell it."""

from __future__ import annotations

from datetime import date

import numpy as np

from kpi.facts.assemble import Facts, assemble
from kpi.facts.frame import Frame, ordinal
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading

DAYS = ["2025-11-05", "2025-11-06"]


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(currency="RUB"),))


def ads(file: str = "ads.csv", **columns: list[object]) -> Reading:
    """Facebook ads, by the days of November unless windows are given."""
    count = len(columns["spend"])
    rows: dict[str, list[object]] = {"starts": DAYS[:count], "ends": DAYS[:count], **columns}
    return reading("ads", rows, file=file, network="facebook")


def spent(frame: Frame) -> list[float]:
    return frame.values["spend"].tolist()


def test_customers_are_numbered_and_a_blank_one_is_nobody() -> None:
    rows = {
        "at": [f"2025-11-0{day}T10:00:00" for day in (1, 2, 3, 4)],
        "customer": ["ann", "bob", None, "ann"],
    }
    numbers = facts(reading("orders", rows)).daily["orders"].values["customers"]
    assert np.array_equal(numbers, [0, 1, np.nan, 0], equal_nan=True)


def test_without_customers_none_are_counted() -> None:
    rows = {"at": ["2025-11-01T10:00:00"], "amount": [5.0]}
    assert "customers" not in facts(reading("orders", rows)).daily["orders"].values


def test_a_refund_is_taken_off_whatever_its_sign_and_a_blank_one_is_none() -> None:
    rows = {
        "at": [f"2025-11-0{day}T10:00:00" for day in (1, 2, 3, 4)],
        "amount": [100.0, 100.0, 100.0, None],
        "refund": [30.0, -30.0, None, 5.0],
        "cogs": [40.0, 40.0, None, 1.0],
    }
    values = facts(reading("orders", rows)).daily["orders"].values
    assert np.array_equal(values["revenue"], [70, 70, 100, np.nan], equal_nan=True)
    assert np.array_equal(values["margin"], [30, 30, np.nan, np.nan], equal_nan=True)


def test_of_the_lines_of_an_order_the_first_with_an_amount_counts() -> None:
    rows = {
        "at": ["2025-11-01T10:00:00"] * 5,
        "id": ["#1", "#1", "#1", None, None],
        "amount": [None, 70.0, 5.0, 2.0, 3.0],
    }
    found = facts(reading("orders", rows)).daily["orders"]
    assert found.values["revenue"].tolist() == [70, 2, 3]


def test_without_order_numbers_a_line_of_neither_status_nor_amount_is_no_order() -> None:
    rows = {
        "at": ["2025-11-01T10:00:00"] * 3,
        "amount": [100.0, None, None],
        "status": ["paid", None, "pending"],
    }
    assert facts(reading("orders", rows)).daily["orders"].values["count"].tolist() == [1.0, 1.0]


def test_results_are_what_their_row_aims_at_and_unknown_of_anything_else() -> None:
    frame = facts(ads(spend=[1.0, 2.0], results=[7.0, 9.0], aim=["leads", "link_clicks"])).daily["ads"]
    assert np.array_equal(frame.values["leads"], [7, np.nan], equal_nan=True)
    assert np.array_equal(frame.values["link_clicks"], [np.nan, 9], equal_nan=True)
    assert "orders" not in frame.values


def test_a_column_of_leads_is_stronger_than_results() -> None:
    frame = facts(ads(spend=[1.0], results=[7.0], leads=[3.0], aim=["leads"])).daily["ads"]
    assert frame.values["leads"].tolist() == [3]


def test_of_a_day_of_a_campaign_told_twice_the_newer_file_counts() -> None:
    old = ads("old.csv", spend=[10.0], campaign=["A"])
    new = ads("new.csv", spend=[12.0, 5.0], campaign=["A", "A"])
    for order in ((old, new), (new, old)):
        assert spent(facts(*order).daily["ads"]) == [12, 5]


def test_spend_by_campaign_and_again_by_ad_counts_once_and_says_so() -> None:
    by_ad = ads("ads.csv", spend=[4.0, 6.0], campaign=["A", "A"], ad=["x", "y"])
    by_group = ads("groups.csv", spend=[10.0], campaign=["A"], group=["g"])
    by_campaign = ads("campaigns.csv", spend=[10.0], campaign=["A"])
    for finer in (by_ad, by_group):
        found = facts(finer, by_campaign)
        assert sum(spent(found.daily["ads"])) == 10
        (issue,) = found.issues
        assert (issue.key, issue.facts["kept"]) == ("ads_twice", "campaigns.csv")


def test_days_and_windows_of_other_months_stand_side_by_side() -> None:
    october = reading(
        "ads",
        {"starts": ["2025-10-01"], "ends": ["2025-10-31"], "spend": [90.0]},
        file="october.csv",
        network="facebook",
    )
    found = facts(october, ads(spend=[4.0, 6.0]))
    assert spent(found.daily["ads"]) == [4, 6]
    assert [spent(frame) for frame in found.windows["ads"]] == [[90]]
    assert found.issues == ()


def test_a_window_that_a_newer_file_crosses_is_left_out_and_told() -> None:
    def window(file: str, starts: str, ends: str, spend: float) -> Reading:
        rows = {"starts": [starts], "ends": [ends], "spend": [spend], "campaign": ["A"]}
        return reading("ads", rows, file=file, network="facebook")

    early = window("early.csv", "2025-11-01", "2025-11-20", 100)
    late = window("late.csv", "2025-11-11", "2025-11-30", 70)
    found = facts(late, early)
    assert [spent(frame) for frame in found.windows["ads"]] == [[70]]
    assert [issue.facts for issue in found.issues] == [{"file": "early.csv", "kept": "late.csv"}]


def test_ad_budget_of_a_cost_sheet_is_spend_of_its_month_where_no_export_tells_it() -> None:
    rows = {"month": ["2025-11-01"] * 2, "item": ["Реклама", "Designer"], "amount": [500.0, 900.0]}
    (budget,) = facts(reading("costs", rows)).windows["ads"]
    assert (spent(budget), budget.spread) == ([500], True)
    assert budget.until.tolist() == [ordinal(date(2025, 11, 30))]


def test_ad_budget_without_an_amount_is_no_spend() -> None:
    rows = {"month": ["2025-11-01"], "item": ["Реклама"]}
    (budget,) = facts(reading("costs", rows)).windows["ads"]
    assert "spend" not in budget.values


def test_what_is_told_in_two_currencies_is_not_the_same_money() -> None:
    dollars = ads("a.csv", spend=[50.0], campaign=["C1"], currency=["USD"])
    euros = ads("b.csv", spend=[40.0], campaign=["C1"], currency=["EUR"])
    assert sorted(spent(facts(dollars, euros).daily["ads"])) == [40.0, 50.0]
    by_ad = ads("c.csv", spend=[40.0], campaign=["C1"], ad=["A1"], currency=["EUR"])
    assert sorted(spent(facts(dollars, by_ad).daily["ads"])) == [40.0, 50.0]


def test_orders_of_two_shops_may_have_the_same_number_in_another_currency() -> None:
    order = {"at": ["2025-11-01T10:00:00"], "id": ["#1001"], "amount": [5.0]}
    shops = [
        reading("orders", {**order, "currency": [currency]}, file=currency) for currency in ("USD", "EUR")
    ]
    assert len(facts(*shops).daily["orders"]) == 2
    untold = reading("orders", order, file="untold")
    assert len(assemble([shops[0], untold], (Owner(),)).daily["orders"]) == 1


def test_two_cabinets_are_two_spends_whatever_their_levels() -> None:
    window = {"starts": ["2025-11-01"], "ends": ["2025-11-30"]}
    google = reading(
        "ads", {**window, "campaign": ["Bread"], "spend": [10.0]}, file="g.csv", source="google_ads"
    )
    yandex = reading(
        "ads",
        {**window, "campaign": ["Bread"], "ad": ["1"], "spend": [7.0]},
        file="y.csv",
        source="yandex_direct",
    )
    (windows,) = facts(google, yandex).windows["ads"]
    assert sorted(spent(windows)) == [7.0, 10.0]


def test_of_two_breakdowns_of_one_campaign_one_counts_and_keywords_never_before_the_campaign() -> None:
    window = {"starts": ["2025-11-01"] * 2, "ends": ["2025-11-30"] * 2, "campaign": ["Bread"] * 2}
    by_age = reading("ads", {**window, "spend": [4.0, 6.0]}, file="age.xlsx", source="yandex_direct")
    by_place = reading("ads", {**window, "spend": [3.0, 7.0]}, file="place.xlsx", source="yandex_direct")
    words = {**window, "keyword": ["rye", None], "spend": [2.0, 5.0]}
    by_word = reading("ads", words, file="words.xlsx", source="yandex_direct")
    for files in ((by_age, by_word, by_place), (by_word, by_place, by_age)):
        found = facts(*files)
        (windows,) = found.windows["ads"]
        assert sum(spent(windows)) == 10.0
        assert len([issue for issue in found.issues if issue.key == "ads_twice"]) == 2
