"""The checks of a target: which hold, which do not and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kpi.catalog.loader import kpis
from kpi.insight.smart import Finding, Mark, findings
from kpi.model.reading import Reason
from kpi.model.target import Target
from kpi.model.verdict import Missing, Status, Verdict

KPI = kpis()["engagement_rate"]
DECIDED = date(2026, 3, 1)
GOOD = Target(
    kpi=KPI.id,
    value=3,
    variant="by_reach",
    per="month",
    by=date(2026, 12, 31),
    owner="Olga",
    approver="Boss",
)
VERDICT = Verdict(
    kpi=KPI, variant=KPI.variants[0], value=2.9, unit="percent", better=KPI.better, status=Status.AMBER
)


def found(target: Target = GOOD, verdict: Verdict | None = VERDICT, **more: Any) -> dict[Mark, Finding]:
    given = {"goals": ("engagement",), "decided": DECIDED, "chance": 0.4} | more
    return {one.mark: one for one in findings(target, KPI, verdict, **given)}


def keys(finding: Finding) -> list[str]:
    return [reason.key for reason in finding.why]


def test_a_whole_target_passes_every_check() -> None:
    assert {mark: one.holds for mark, one in found().items()} == dict.fromkeys(Mark, True)


@pytest.mark.parametrize(
    ("changes", "mark", "why"),
    [
        ({"variant": None}, Mark.SPECIFIC, ["smart.no_variant"]),
        ({"owner": "  "}, Mark.SPECIFIC, ["smart.no_owner"]),
        ({"variant": "by_views"}, Mark.MEASURABLE, ["smart.counted_otherwise"]),
        ({"goal": "sales"}, Mark.RELEVANT, ["smart.other_goal"]),
        ({"by": None, "per": ""}, Mark.TIMELY, ["smart.no_by", "smart.no_per"]),
        ({"by": DECIDED}, Mark.TIMELY, ["smart.by_past"]),
        ({"approver": ""}, Mark.OFFICIAL, ["smart.no_approver"]),
    ],
)
def test_what_is_left_out_fails_one_check_and_says_why(
    changes: dict[str, Any], mark: Mark, why: list[str]
) -> None:
    marks = found(replace(GOOD, **changes))
    assert {one.mark for one in marks.values() if not one.holds} == {mark}
    assert keys(marks[mark]) == why


def test_a_kpi_that_serves_no_chosen_goal_is_an_orphan_unless_its_target_names_one() -> None:
    assert keys(found(goals=("growth",))[Mark.RELEVANT]) == ["smart.orphan"]
    named = found(replace(GOOD, goal="growth"), goals=("growth",))
    assert named[Mark.RELEVANT].holds


def test_what_cannot_be_measured_names_its_columns_or_its_reason() -> None:
    lack = Missing(field="posts.reach", sources=("a",))
    without = replace(VERDICT, value=None, variant=None, missing=(lack,), reasons=(Reason(key="missing"),))
    finding = found(verdict=without)[Mark.MEASURABLE]
    assert (finding.holds, finding.missing, keys(finding)) == (False, (lack,), [])
    divided = replace(without, missing=(), reasons=(Reason(key="zero_divisor"), Reason(key="window")))
    assert keys(found(verdict=divided)[Mark.MEASURABLE]) == ["zero_divisor"]
    assert found(verdict=None)[Mark.MEASURABLE].holds is None


@pytest.mark.parametrize(
    ("chance", "holds", "why"),
    [
        (None, None, ["smart.no_forecast"]),
        (0.0999, False, ["smart.unlikely", "smart.realistic"]),
        (0.10, True, ["smart.chance"]),
        (0.90, True, ["smart.chance"]),
        (0.9001, False, ["smart.anyway", "smart.ambitious"]),
    ],
)
def test_the_chance_decides_whether_it_can_be_reached(
    chance: float | None, holds: object, why: list[str]
) -> None:
    finding = found(chance=chance, realistic=(3.2, 3.0), ambitious=(3.2, 3.6))[Mark.ACHIEVABLE]
    assert (finding.holds, keys(finding)) == (holds, why)
    bands = {reason.key: (reason.facts["low"], reason.facts["high"]) for reason in finding.why[1:]}
    assert bands.items() <= {"smart.realistic": (3.0, 3.2), "smart.ambitious": (3.2, 3.6)}.items()
    assert len(found(chance=chance)[Mark.ACHIEVABLE].why) == 1


def test_a_day_that_nobody_kept_is_not_official_and_proves_no_deadline_wrong() -> None:
    marks = found(replace(GOOD, by=date(2020, 1, 1)), decided=None)
    assert keys(marks[Mark.OFFICIAL]) == ["smart.no_date"]
    assert marks[Mark.TIMELY].holds
