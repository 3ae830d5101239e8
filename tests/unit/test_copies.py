"""Rows without a key in several files: copies and overlaps count once, two shops count twice."""

from __future__ import annotations

import numpy as np
import pytest

from kpi.facts.assemble import Facts, assemble
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading

DAYS = [f"2025-11-{day:02d}" for day in range(1, 11)]


def facts(*files: Reading) -> Facts:
    """The facts of files, which are the same in any order."""
    made = assemble(files, (Owner(currency="RUB"),))
    turned = assemble(files[::-1], (Owner(currency="RUB"),))
    assert [issue.facts for issue in made.issues] == [issue.facts for issue in turned.issues]
    for table, frame in made.daily.items():
        for name, values in frame.values.items():
            assert np.nansum(values) == pytest.approx(np.nansum(turned.daily[table].values[name]))
    return made


def till(amounts: list[float], first: int = 0, file: str = "till.xlsx", **more: list[object]) -> Reading:
    """Totals of days, from the day `first` on."""
    days = [f"{day}T00:00:00" for day in DAYS[first : first + len(amounts)]]
    return reading("orders", {"at": days, "amount": amounts, **more}, file=file)


def receipts(times: list[str], amounts: list[float], file: str) -> Reading:
    return reading("orders", {"at": [f"2025-11-{time}:00" for time in times], "amount": amounts}, file=file)


def revenue(found: Facts) -> list[float]:
    values: list[float] = found.daily["orders"].values["revenue"].tolist()
    return values


def keys(found: Facts) -> list[str]:
    return [issue.key for issue in found.issues]


def test_a_saved_again_copy_counts_once_also_with_columns_dropped() -> None:
    amounts = [10.0, 20.0, 30.0]
    whole = till(amounts, source=["vk", "street", "vk"])
    for copy in (
        till(amounts, file="copy.csv", source=["vk", "street", "vk"]),
        till(amounts, file="less.csv"),
    ):
        found = facts(whole, copy)
        assert revenue(found) == amounts
        assert keys(found) == []
        assert found.daily["social_orders"].values["revenue"].tolist() == [10, 0, 30]


def test_exports_that_overlap_count_each_day_once_and_the_newer_one_wins() -> None:
    early = till([10, 20, 30, 40], file="early.csv")
    late = till([20, 33, 44, 50], first=1, file="late.csv")
    found = facts(early, late)
    assert revenue(found) == [10, 20, 33, 44, 50]
    (told,) = found.issues
    assert (told.key, told.facts["file"], told.facts["kept"]) == ("revised", "early.csv", "late.csv")
    assert (told.facts["n"], told.facts["field"]) == (2, "orders.amount")
    assert told.facts["change"] == pytest.approx(100 * (77 - 70) / 70)


def test_an_unfinished_last_day_is_no_other_shop() -> None:
    found = facts(till([10, 20, 3], file="early.csv"), till([30, 40], first=2, file="late.csv"))
    assert revenue(found) == [10, 20, 30, 40]


def test_two_shops_with_the_same_headings_both_count_and_that_is_said() -> None:
    found = facts(till([10, 20, 30, 40], file="a.csv"), till([55, 66, 77, 88], file="b.csv"))
    assert sum(revenue(found)) == 100 + 286
    assert keys(found) == ["both_count"]
    assert found.issues[0].facts["n"] == 3


def test_receipts_of_two_tills_both_count_though_some_are_alike() -> None:
    one = receipts(["03T10:01", "03T10:05", "03T11:00", "04T09:00"], [350, 120, 90, 350], "one.csv")
    other = receipts(["03T10:01", "03T10:07", "03T12:00", "04T09:30"], [350, 80, 90, 15], "other.csv")
    assert sum(revenue(facts(one, other))) == 910 + 535


def test_receipts_of_one_minute_count_as_often_as_the_file_with_most_of_them_says() -> None:
    early = receipts(["03T10:01", "03T10:01", "03T10:05"], [350, 350, 90], "early.csv")
    late = receipts(
        ["03T10:01", "03T10:01", "03T10:01", "03T10:05", "05T10:00"], [350, 350, 20, 90, 7], "late.csv"
    )
    assert sorted(revenue(facts(early, late))) == [7, 20, 90, 350, 350]


def test_a_part_of_a_file_takes_nothing_away() -> None:
    whole = receipts(["03T10:01", "03T10:01", "03T10:05", "04T12:00"], [350, 40, 90, 5], "whole.csv")
    part = receipts(["03T10:01", "03T10:05", "04T12:00"], [350, 90, 5], "part.csv")
    assert sorted(revenue(facts(whole, part))) == [5, 40, 90, 350]


def test_a_copy_whose_ids_were_dropped_counts_once() -> None:
    rows = {"at": [f"{day}T10:00:00" for day in DAYS[:3]], "amount": [10.0, 20.0, 30.0]}
    with_ids = reading("orders", rows | {"id": ["1", "2", "3"]}, file="ids.csv")
    found = facts(with_ids, reading("orders", rows, file="bare.csv"))
    assert revenue(found) == [10, 20, 30]


def test_rows_with_ids_in_both_files_are_told_apart_by_them() -> None:
    rows = {"at": [f"{day}T10:00:00" for day in DAYS[:3]], "amount": [10.0, 20.0, 30.0]}
    one = reading("orders", rows | {"id": ["1", "2", "3"]}, file="a.csv")
    other = reading("orders", rows | {"id": ["4", "5", "6"]}, file="b.csv")
    assert sum(revenue(facts(one, other))) == 120


@pytest.mark.parametrize("kind", ["leads", "mentions", "reviews"])
def test_rows_with_nothing_but_a_day_are_a_copy_only_if_nearly_all_recur(kind: str) -> None:
    def sheet(days: list[int], file: str) -> Reading:
        return reading(kind, {"at": [f"2025-11-{day:02d}T00:00:00" for day in days]}, file=file)

    one, same = sheet([1, 1, 2, 4, 5, 9], "a.csv"), sheet([1, 1, 2, 4, 5, 9, 10], "b.csv")
    other = sheet([1, 2, 2, 4, 4, 5, 5, 9], "c.csv")
    assert facts(one, same).daily[kind].values["count"].sum() == 7
    assert facts(one, other).daily[kind].values["count"].sum() == 14


def test_posts_without_ids_are_known_by_their_text() -> None:
    def sheet(texts: list[str], reach: list[int], file: str) -> Reading:
        days = [f"{day}T00:00:00" for day in DAYS[: len(texts)]]
        return reading("posts", {"at": days, "text": texts, "reach": reach}, file=file, network="vk")

    found = facts(
        sheet(["a", "b", "c"], [5, 6, 7], "old.csv"), sheet(["a", "b", "c", "d"], [5, 6, 9, 1], "new.csv")
    )
    assert found.daily["posts"].values["reach"].tolist() == [5, 6, 9, 1]
    apart = facts(sheet(["a", "b"], [5, 6], "one.csv"), sheet(["x", "y"], [5, 6], "two.csv"))
    assert len(apart.daily["posts"]) == 4


def test_two_posts_on_the_last_day_of_a_sheet_are_two() -> None:
    one = reading("posts", {"at": [f"{DAYS[0]}T00:00:00"], "reach": [5]}, file="a.csv", network="vk")
    other = reading("posts", {"at": [f"{DAYS[0]}T00:00:00"], "reach": [50]}, file="b.csv", network="vk")
    assert sorted(facts(one, other).daily["posts"].values["reach"].tolist()) == [5, 50]


def test_visits_by_source_and_costs_by_item_count_once() -> None:
    rows = {
        "date": [*DAYS[:3], *DAYS[:3]],
        "source": ["vk"] * 3 + ["google"] * 3,
        "sessions": [1, 2, 3, 4, 5, 6],
    }
    longer = {
        "date": [*rows["date"], DAYS[3]],
        "source": [*rows["source"], "vk"],
        "sessions": [1, 2, 3, 4, 5, 6, 7],
    }
    found = facts(reading("web", rows, file="a.csv"), reading("web", longer, file="b.csv"))
    assert found.daily["web"].values["sessions"].sum() == 28

    def costs(months: int, file: str) -> Reading:
        told = {"month": ["2025-10-01", "2025-11-01"][:months] * 2, "amount": [100.0, 200.0][:months] * 2}
        return reading("costs", told | {"item": ["Designer"] * months + ["Photos"] * months}, file=file)

    (frame,) = facts(costs(1, "october.xlsx"), costs(2, "both.xlsx")).windows["costs"]
    assert frame.values["smm"].sum() == 600


def test_two_different_exports_are_never_taken_for_copies() -> None:
    rows = {"at": [f"{day}T00:00:00" for day in DAYS[:3]], "amount": [10.0, 20.0, 30.0]}
    ozon = reading("orders", rows, file="a.csv", source="ozon_orders")
    other = reading("orders", rows, file="b.csv", source="wb_detail")
    own = reading("orders", rows, file="own.xlsx")
    assert sum(revenue(facts(ozon, other))) == 120
    assert sum(revenue(facts(ozon, own))) == 60


def test_two_currencies_or_accounts_and_other_headings_are_never_compared() -> None:
    rows = {"at": [f"{day}T00:00:00" for day in DAYS[:3]], "amount": [10.0, 20.0, 30.0]}
    rub, usd = (reading("orders", rows, file=f"{money}.csv", currency=money) for money in ("RUB", "USD"))
    assert sum(revenue(facts(rub, usd))) == 120
    sheet = reading("orders", rows | {"source": ["vk"] * 3}, file="source.csv")
    other = reading("orders", rows | {"code": ["A"] * 3}, file="code.csv")
    assert sum(revenue(facts(sheet, other))) == 120
    later = reading(
        "orders", rows | {"at": [f"2025-12-0{day}T00:00:00" for day in (1, 2, 3)]}, file="later.csv"
    )
    assert sum(revenue(facts(sheet, later))) == 120
