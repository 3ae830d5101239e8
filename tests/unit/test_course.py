"""A KPI over time: what is foretold hangs on the last known value, notes stand at their period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpi.judge.fan import Fan, Step
from kpi.model.note import Note
from kpi.model.period import Period, weeks_of
from kpi.model.reading import Reason
from kpi.report import course
from tests.judged import NOVEMBER, judged, posts, wanted

VERDICT = judged("engagement_rate", posts([30] * 12), targets=wanted(5.0))
MONTHS = [Period.month(2025, month) for month in (9, 10, 11, 12)]
LINE = ((MONTHS[0], 2.0), (MONTHS[1], None), (MONTHS[2], 3.0))
AHEAD = Fan(steps=(Step(period=MONTHS[3], low=2.5, middle=3.1, high=4.0),), error=0.123)
NOTE = Note(id="a", day=date(2025, 10, 31), text="Giveaway")


def rows(fan: Fan = AHEAD, *notes: Note, lang: str = "en") -> list[course.Row]:
    return course.rows(VERDICT, LINE, fan, notes, looked_at=NOVEMBER, lang=lang)


def test_the_fan_begins_at_the_last_known_value() -> None:
    found = rows()
    assert [row["value"] for row in found] == [2.0, None, 3.0, None]
    assert [row["middle"] for row in found] == [None, None, 3.0, 3.1]
    assert [(row["low"], row["high"]) for row in found[2:]] == [(3.0, 3.0), (2.5, 4.0)]
    assert [row["shown"] for row in found] == [False, False, True, False]
    assert all(row["middle"] is None for row in rows(Fan()))


def test_a_year_is_named_where_it_begins() -> None:
    january = Fan(steps=(Step(period=Period.month(2026, 1), low=1, middle=2, high=3),))
    labels = [row["label"].split("|")[:2] for row in rows(january, lang="ru")]
    assert labels == [["сент", "2025"], ["окт", ""], ["нояб", ""], ["янв", "2026"]]


def test_notes_of_a_period_stand_together_and_neighbours_take_turns() -> None:
    other = replace(NOTE, id="b", day=date(2025, 10, 1), text="Closed")
    last = replace(NOTE, id="c", day=date(2025, 12, 1), text="Sale")
    found = rows(AHEAD, other, NOTE, last)
    assert [row["note"] for row in found] == [None, "Closed; Giveaway", None, "Sale"]
    assert (found[1]["level"], found[3]["level"]) == (0, 1)
    assert [row["late"] for row in found] == [False, False, False, True]


def test_a_target_of_months_measures_no_week_unless_it_is_a_rate() -> None:
    weeks = tuple((week, 1.0) for week in weeks_of(NOVEMBER))
    assert course.measured_by(VERDICT, weeks, NOVEMBER) == 5.0
    total = judged("engagements_total", posts([30] * 12), targets=wanted(900.0, kpi="engagements_total"))
    assert course.measured_by(total, LINE, NOVEMBER) == 900.0
    assert course.measured_by(total, weeks, NOVEMBER) is None
    assert course.measured_by(total, LINE, weeks[0][0]) is None


def test_what_comes_is_said_with_its_range_and_past_error_or_why_it_is_not_known() -> None:
    told = course.foretold(VERDICT, AHEAD, "en")
    assert len(told) == 2
    assert "about 3.1% for December 2025; eight times of ten 2.5–4%" in told[0]
    assert "off by 12% on average" in told[1]
    later = replace(AHEAD.steps[0], period=Period.month(2026, 1))
    two = replace(AHEAD, steps=(*AHEAD.steps, later), error=None)
    assert "By January 2026" in course.foretold(VERDICT, two, "en")[1]
    few = Reason(key="outlook.few", facts={"n": 3, "needed": 8, "monthly": True})
    assert course.foretold(VERDICT, Fan(reason=few), "en") == (
        "No forecast: 3 full months in a row are too short a past, it takes 8.",
    )
    assert course.foretold(VERDICT, Fan(), "en") == ()
    bare = Fan(reason=Reason(key="missing", facts={"fields": ("posts.reach",)}))
    assert course.foretold(VERDICT, bare, "en")[0].startswith("No forecast. ")


def test_the_table_has_the_newest_first_and_no_empty_column() -> None:
    columns = course.table(VERDICT, rows(), "en")
    assert columns["When"][0] == "December 2025"
    assert columns["If nothing changes"] == ["3.1% (2.5–4%)", "—", "—", "—"]
    assert "Note" not in columns
    assert columns["Engagement rate"] == ["—", "3%", "—", "2%"]


def test_the_dashed_line_is_named() -> None:
    assert course.dashed(VERDICT, 5.0, "en") == "Dashed line: target, 5%"
