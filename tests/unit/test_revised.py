"""One row a key: every figure as the newest file knows it, and what was revised is listed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from kpi.facts.assemble import Facts, assemble
from kpi.model.owner import Owner
from kpi.model.reading import Issue, Reading
from kpi.report.words.say import issue_sentence
from tests.made import reading


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(currency="RUB"),))


def posts(file: str, days: list[int], **columns: list[Any]) -> Reading:
    rows = {"at": [f"2025-11-{day:02d}T10:00:00" for day in days], **columns}
    return reading("posts", rows, file=file, network="vk", counts=("reactions", "comments"))


def views(file: str, days: list[int], counts: list[float | None], **more: list[Any]) -> Reading:
    rows = {"date": [f"2025-11-{day:02d}" for day in days], "views": counts, **more}
    return reading("account", rows, file=file, network="vk", account="cafe")


def revised(found: Facts) -> list[tuple[str, str, str, int, float]]:
    return [
        (i.facts["file"], i.facts["kept"], i.facts["field"], i.facts["n"], round(i.facts["change"], 2))  # type: ignore[misc, call-overload]
        for i in found.issues
        if i.key == "revised"
    ]


def test_days_that_the_network_revised_are_listed_with_their_change() -> None:
    old = views("old.csv", [1, 2, 3], [100, 200, 300], reach=[10, 20, 30])
    new = views("new.csv", [2, 3, 4], [210, 300, 400], reach=[20, 33, 40])
    for files in ((old, new), (new, old)):
        found = facts(*files)
        assert found.daily["account"].values["views"].tolist() == [100, 210, 300, 400]
        assert revised(found) == [
            ("old.csv", "new.csv", "account.reach", 1, 6.0),
            ("old.csv", "new.csv", "account.views", 1, 2.0),
        ]


def test_the_sentence_says_which_file_how_many_days_and_by_how_much() -> None:
    (issue,) = facts(views("old.csv", [1, 2], [100, 200]), views("new.csv", [1, 2, 3], [80, 190, 5])).issues
    assert issue_sentence(issue, "en") == (
        "new.csv gives other figures than old.csv for 2 days: Views −10 % in all. The newer ones count."
    )
    assert "за 2 дня: Просмотры −10 % в сумме" in issue_sentence(issue, "ru")
    from_nothing = Issue(key="revised", facts=dict(issue.facts) | {"change": None, "percent": None})
    assert "—" in issue_sentence(from_nothing, "en")


def test_a_figure_that_grew_from_nothing_has_no_change_in_percent() -> None:
    (issue,) = facts(views("old.csv", [1], [0]), views("new.csv", [1, 2], [7, 5])).issues
    assert (issue.facts["n"], issue.facts["change"]) == (1, None)


def test_a_blank_of_a_newer_file_takes_no_figure_away() -> None:
    old = posts(
        "old.csv",
        [1, 2],
        id=["a", "b"],
        reach=[10, 20],
        reactions=[1, 2],
        comments=[0, 1],
        format=["reel", "video"],
    )
    new = posts("new.csv", [1, 2, 3], id=["a", "b", "c"], reach=[15, None, 30], format=[None, None, "reel"])
    found = facts(old, new)
    frame = found.daily["posts"]
    assert frame.values["reach"].tolist() == [15, 20, 30]
    assert frame.values["engagements"].tolist() == pytest.approx([1, 3, np.nan], nan_ok=True)
    assert frame.labels["format"].words() == ["reel", "video", "reel"]
    assert revised(found) == [("old.csv", "new.csv", "posts.reach", 1, 50.0)]


def test_two_sheets_of_one_workbook_tell_parts_of_the_same_post() -> None:
    reach = posts("book.xlsx", [1, 2], id=["a", "b"], reach=[10, 20])
    kinds = posts("book2.xlsx", [1, 2], id=["a", "b"], reactions=[3, 4], comments=[0, 1])
    frame = facts(reach, kinds).daily["posts"]
    assert frame.values["reach"].tolist() == [10, 20]
    assert frame.values["engagements"].tolist() == [3, 5]
    assert frame.values["count"].tolist() == [1, 1]


def test_a_post_whose_id_is_damaged_is_known_by_its_address() -> None:
    old = posts("old.csv", [1, 2], id=["a", None], url=["u/1", "u/2"], reach=[10, 20])
    new = posts("new.csv", [1, 2, 3], id=[None, "b", None], url=["u/1", "u/2", "u/3"], reach=[11, 21, 31])
    assert facts(old, new).daily["posts"].values["reach"].tolist() == [11, 21, 31]


def test_what_is_worked_out_is_not_listed_beside_its_columns() -> None:
    old = posts("old.csv", [1], id=["a"], reactions=[1], comments=[1])
    new = posts("new.csv", [1, 2], id=["a", "b"], reactions=[2, 1], comments=[1, 1])
    assert [told[2] for told in revised(facts(old, new))] == ["posts.reactions"]


@pytest.mark.parametrize(("counts", "told"), [([5, 5], 5), ([5, 8], 8)])
def test_a_day_that_stands_twice_in_one_file_is_said(counts: list[float | None], told: float) -> None:
    found = facts(views("x.csv", [1, 1], counts))
    assert found.daily["account"].values["views"].tolist() == [told]
    (issue,) = found.issues
    assert (issue.key, issue.facts["n"], issue.facts["days"]) == ("told_twice", 1, True)


def test_two_halves_of_a_day_in_two_rows_are_no_contradiction() -> None:
    found = facts(views("x.csv", [1, 1], [5, None], reach=[None, 3]))
    assert found.daily["account"].values["views"].tolist() == [5]
    assert found.daily["account"].values["reach"].tolist() == [3]
    assert found.issues == ()


def test_a_post_that_stands_twice_in_one_file_counts_once_and_is_said() -> None:
    found = facts(posts("x.csv", [1, 1], id=["a", "a"], reach=[5, 5]))
    assert found.daily["posts"].values["count"].tolist() == [1]
    assert [(i.key, i.facts["n"], i.facts["days"]) for i in found.issues] == [("told_twice", 1, False)]


def test_a_window_of_an_account_that_two_files_tell_counts_once() -> None:
    rows = {"starts": ["2025-11-03"], "ends": ["2025-11-09"], "views": [900]}
    old = reading("account", rows, file="old.csv", network="vk")
    new = reading("account", rows | {"views": [950]}, file="new.csv", network="vk")
    (frame,) = facts(old, new).windows["account"]
    assert len(frame) == 1


def test_ads_of_a_newer_file_are_listed_and_keep_what_only_the_older_one_tells() -> None:
    def ads(file: str, spend: list[float], **more: list[Any]) -> Reading:
        days = [f"2025-11-{day:02d}" for day in range(1, len(spend) + 1)]
        rows = {"starts": days, "ends": days, "spend": spend, "campaign": ["A"] * len(spend), **more}
        return reading("ads", rows, file=file, network="facebook", currency="RUB")

    old, new = ads("old.csv", [10, 20], leads=[1, 2]), ads("new.csv", [10, 25, 5])
    for files in ((old, new), (new, old)):
        found = facts(*files)
        frame = found.daily["ads"]
        assert frame.values["spend"].tolist() == [10, 25, 5]
        assert frame.values["leads"].tolist() == pytest.approx([1, 2, np.nan], nan_ok=True)
        assert revised(found) == [("old.csv", "new.csv", "ads.spend", 1, 16.67)]


def test_ads_told_in_several_rows_are_those_of_the_newest_file() -> None:
    def ads(file: str, spend: list[float], day: str) -> Reading:
        rows = {"starts": ["2025-11-01"] * 2 + [day], "ends": ["2025-11-01"] * 2 + [day]}
        more = {"spend": spend, "campaign": ["A"] * 3}
        return reading("ads", rows | more, file=file, network="facebook", currency="RUB")

    found = facts(ads("old.csv", [1, 2, 4], "2025-11-02"), ads("new.csv", [3, 5, 7], "2025-11-03"))
    assert sorted(found.daily["ads"].values["spend"].tolist()) == [3, 4, 5, 7]
