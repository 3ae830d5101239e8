"""Who the followers are: one kind of groups of a snapshot, and a share only where each has an answer."""

from __future__ import annotations

from typing import Any

import numpy as np

from kpi.facts.assemble import Facts, assemble
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading

DAY = "2025-11-30"


def groups(*rows: tuple[str, float | None, str | None], file: str = "a.xlsx", day: str = DAY) -> Reading:
    """Return groups of Instagram followers: kind, followers, yes or no."""
    columns: dict[str, list[Any]] = {
        "date": [day] * len(rows),
        "network": ["instagram"] * len(rows),
        "dimension": [kind for kind, *_ in rows],
        "segment": [f"{at}" for at in range(len(rows))],
        "followers": [count for _, count, _ in rows],
        "target": [answer for *_, answer in rows],
    }
    return reading("audience", columns, file=file)


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(),))


def told(found: Facts) -> list[tuple[float, float]]:
    values = found.daily["audience"].values
    return list(zip(values["followers"].tolist(), values["target_followers"].tolist(), strict=True))


def test_groups_of_one_kind_add_up_and_so_do_those_that_are_wanted() -> None:
    found = facts(groups(("age", 300, "no"), ("age", 700, "yes"), ("age", 200, "yes")))
    assert told(found) == [(1200, 900)]
    assert found.daily["audience"].labels["network"].words() == ["instagram"]
    assert not found.issues


def test_without_an_answer_at_every_group_no_share_is_told() -> None:
    found = facts(groups(("age", 300, None), ("age", 700, "yes")))
    assert np.array_equal(told(found), [(1000, np.nan)], equal_nan=True)
    assert [issue.key for issue in found.issues] == ["audience_unanswered"]


def test_without_any_answer_nothing_is_asked_for() -> None:
    assert not facts(groups(("age", 300, None), ("age", 700, None))).issues


def test_groups_of_another_kind_are_the_same_people_and_not_added() -> None:
    rows = (("age", 300, "no"), ("age", 700, "yes"), ("town", 400, "yes"), ("town", 500, None))
    assert told(facts(groups(*rows))) == [(1000, 700)]


def test_of_two_kinds_with_answers_the_one_that_tells_most_counts_and_it_is_said() -> None:
    rows = (("age", 300, "no"), ("age", 700, "yes"), ("town", 1100, "yes"), ("town", 100, "no"))
    found = facts(groups(*rows))
    assert told(found) == [(1200, 1100)]
    assert [(issue.key, issue.facts["kind"]) for issue in found.issues] == [("audience_kinds", "town")]


def test_a_group_without_a_count_leaves_the_snapshot_unknown() -> None:
    found = told(facts(groups(("age", None, "no"), ("age", 700, "yes"))))
    assert np.isnan(found).all()


def test_a_snapshot_told_twice_is_told_once_and_a_later_one_stands_beside_it() -> None:
    first = groups(("age", 700, "yes"), ("age", 300, "no"), file="a.xlsx")
    again = groups(("age", 700, "yes"), ("age", 300, "no"), file="b.xlsx")
    later = groups(("age", 800, "yes"), ("age", 300, "no"), file="c.xlsx", day="2025-12-31")
    assert told(facts(first, again, later)) == [(1000, 700), (1100, 800)]
