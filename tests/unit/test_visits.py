"""Website visits: every day once, whichever reports tell it."""

from __future__ import annotations

from kpi.facts.assemble import Facts, assemble
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading

DAYS = ["2025-03-01", "2025-03-02"]


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(),))


def web(file: str, **columns: list[object]) -> Reading:
    return reading("web", dict(columns), file=file)


BY_SOURCE = web("sources.csv", date=DAYS, source=["vk / social", "google / organic"], sessions=[14.0, 22.0])
BY_DAY = web("days.csv", date=[*DAYS, "2025-03-03"], sessions=[40.0, 41.0, 12.0])
WINDOW = web(
    "month.csv",
    starts=["2025-03-01"] * 2,
    ends=["2025-03-31"] * 2,
    source=["Organic Social", "Direct"],
    sessions=[90.0, 50.0],
)


def test_a_day_that_a_report_tells_by_source_is_not_told_again_without() -> None:
    found = facts(BY_DAY, BY_SOURCE)
    assert sorted(found.daily["web"].values["sessions"].tolist()) == [12.0, 14.0, 22.0]
    assert [(i.key, i.facts["file"], i.facts["kept"]) for i in found.issues] == [
        ("web_twice", "days.csv", "sources.csv")
    ]


def test_a_window_is_never_a_day_and_its_social_part_is_a_window_too() -> None:
    found = facts(WINDOW)
    assert "web" not in found.daily
    (social,) = found.windows["social_web"]
    assert social.values["sessions"].tolist() == [90.0, 0.0]
    assert (social.until - social.day).tolist() == [30, 30]


def test_a_window_over_days_that_are_told_by_day_is_left_out() -> None:
    found = facts(WINDOW, BY_SOURCE)
    assert "web" not in found.windows
    assert [issue.key for issue in found.issues] == ["web_twice"]
