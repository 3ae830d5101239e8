"""What survey scores count as, and on which scale: told by the heading or by the scores, else not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from kpi.facts.assemble import Facts, assemble
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading


def survey(
    scores: Sequence[float | None], heading: str = "Score", file: str = "a.csv", first: int = 1
) -> Reading:
    at = [f"2025-11-{first + place:02d}T10:00:00" for place in range(len(scores))]
    made = reading("surveys", {"at": at, "score": scores}, file=file)
    (table,) = made.tables
    columns = tuple(
        replace(one, heading=heading) if one.field == "surveys.score" else one for one in table.columns
    )
    return replace(made, tables=(replace(table, columns=columns),))


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(),))


def sums(found: Facts) -> dict[str, float | None]:
    values = found.daily["surveys"].values
    names = ("count", "promoters", "detractors", "satisfied")
    return {n: None if np.isnan(values[n]).all() else float(np.nansum(values[n])) for n in names}


def test_a_score_above_five_tells_the_scale_of_ten() -> None:
    found = facts(survey([10, 9, 8, 7, 6, 0, None]))
    assert sums(found) == {"count": 6, "promoters": 2, "detractors": 2, "satisfied": None}
    assert found.issues == ()


@pytest.mark.parametrize("heading", ["Score 1–5", "Оценка от 1 до 5", "CSAT", "Балл из 5", "Stars"])
def test_a_heading_tells_the_scale_of_five(heading: str) -> None:
    found = facts(survey([5, 4, 3, 0], heading))
    assert sums(found) == {"count": 3, "promoters": None, "detractors": None, "satisfied": 2}
    assert [(one.key, one.facts["n"]) for one in found.issues] == [("survey_outside", 1)]


@pytest.mark.parametrize(
    "heading", ["NPS", "How likely are you to recommend us?", "Порекомендуете нас?", "0-10"]
)
def test_a_heading_tells_the_scale_of_ten_though_all_scores_are_low(heading: str) -> None:
    assert sums(facts(survey([5, 4, 3, 0], heading)))["detractors"] == 4


def test_low_scores_alone_tell_no_scale() -> None:
    found = facts(survey([5, 4, 3, 1]))
    assert sums(found) == {"count": 4, "promoters": None, "detractors": None, "satisfied": None}
    assert [one.key for one in found.issues] == ["survey_scale"]


def test_files_of_one_heading_tell_their_scale_together() -> None:
    both = facts(survey([5, 4, 3]), survey([10, 2], file="b.csv", first=10))
    assert sums(both) == {"count": 5, "promoters": 1, "detractors": 4, "satisfied": None}
    apart = facts(survey([5, 4, 3], "Stars"), survey([10, 2], file="b.csv", first=10))
    assert sums(apart) == {"count": 5, "promoters": 1, "detractors": 1, "satisfied": 2}


def test_a_score_beyond_ten_is_none_at_all() -> None:
    found = facts(survey([87, 9]))
    assert sums(found)["count"] == 1
    assert found.issues[0].facts == {"file": "a.csv", "n": 1, "least": 0, "most": 10}
