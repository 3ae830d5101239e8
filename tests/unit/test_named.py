"""Whose rows they are: one spelling an account, and a question where two files contradict each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kpi.facts.assemble import Facts, assemble
from kpi.facts.named import whose
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(),))


def views(file: str, counts: list[float | None], first: int = 1, **more: Any) -> Reading:
    days = [f"2025-11-{first + place:02d}" for place in range(len(counts))]
    return reading("account", {"date": days, "views": counts}, file=file, network="vk", **more)


def asked(found: Facts) -> dict[str, str | None]:
    """The files that wait for their account's name, and the file that each contradicts."""
    return {t.file: q.heading for t in found.tables for q in t.questions if q.key == "account" and t.waiting}


def names(found: Facts) -> set[str]:
    return set(found.daily["account"].labels["account"].words())


def test_an_account_spelt_in_two_ways_is_one() -> None:
    found = facts(views("a.csv", [1, 2], account="@Shop"), views("b.csv", [3, 4], 3, account="shop"))
    assert names(found) == {"shop"}
    assert names(facts(views("a.csv", [1], account="shop"), views("b.csv", [3], 3, account="cafe"))) == {
        "shop",
        "cafe",
    }


def test_an_unnamed_file_joins_the_only_named_account_of_its_network() -> None:
    found = facts(views("a.csv", [1, 2]), views("b.csv", [3, 4], 3, account="@Shop"))
    assert names(found) == {"@Shop"}
    two = facts(
        views("a.csv", [1]), views("b.csv", [3], 3, account="shop"), views("c.csv", [4], 5, account="cafe")
    )
    assert names(two) == {"", "shop", "cafe"}


def test_two_unnamed_files_that_contradict_each_other_wait_for_a_name() -> None:
    one, other = views("one.csv", [100, 200, 300, 400]), views("other.csv", [900, 20, 30, 4000])
    for files in ((one, other), (other, one)):
        found = facts(*files)
        assert asked(found) == {"one.csv": "other.csv", "other.csv": "one.csv"}
        assert "account" not in found.daily


def test_an_unnamed_file_that_contradicts_a_named_one_waits_alone() -> None:
    one, other = views("one.csv", [100, 200, 300], account="shop"), views("other.csv", [900, 20, 30])
    found = facts(one, other)
    assert asked(found) == {"other.csv": "one.csv"}
    assert found.daily["account"].values["views"].tolist() == [100, 200, 300]


def test_once_both_are_named_nothing_is_asked() -> None:
    counts: list[float | None] = [900, 20, 30]
    one = views("one.csv", [100, 200, 300], account="shop")
    assert asked(facts(one, views("other.csv", counts, account="shop"))) == {}
    apart = facts(one, views("other.csv", counts, account="cafe"))
    assert (asked(apart), apart.issues) == ({}, ())
    assert apart.daily["account"].values["views"].sum() == 600 + 950


@pytest.mark.parametrize(
    ("counts", "more"),
    [
        ([101.0, 202, 303, 404], {}),  # revised by a percent
        ([100.0, 20, 300, 400], {}),  # one day put right
        ([900.0, 20], {}),  # too few days to say
        ([900.0, 20, 30, 4000], {"source": "vk_community"}),  # another export counts in another way
        ([None, None, None, 400.0], {}),  # nothing that both tell, but one day
    ],
)
def test_a_revision_asks_nothing(counts: list[float | None], more: dict[str, Any]) -> None:
    assert asked(facts(views("one.csv", [100, 200, 300, 400]), views("other.csv", counts, **more))) == {}


def test_small_figures_that_differ_by_one_are_no_contradiction() -> None:
    assert asked(facts(views("one.csv", [1, 2, 0, 1]), views("other.csv", [2, 1, 1, 0]))) == {}


def test_a_file_is_of_the_account_of_most_rows_unless_the_owner_says_otherwise() -> None:
    posts = {"date": ["2025-03-01"] * 4, "account": ["with.friend", " shop", "shop ", None]}
    (table,) = reading("posts", posts).tables
    assert whose(table) == ("shop", "with.friend")
    assert whose(replace(table, account="mine")) == ("mine",)
    (nobody,) = views("a.csv", [1.0, 2.0]).tables
    assert whose(nobody) == ()
