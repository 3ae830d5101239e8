"""Targets of a sheet against those kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from kpi.model.reading import Table
from kpi.model.target import Target, in_force
from kpi.workspace import Workspace
from kpi.workspace.takeover import Change, changes, take, taken, undo

TODAY = datetime.now(UTC).date()


def sheet(*rows: tuple[str | None, float | None], **table: Any) -> Table:
    data = pa.table({"kpi": [kpi for kpi, _ in rows], "value": [value for _, value in rows]})
    return Table(file="x", digest="x", kind="targets", data=data, **table)


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path)


def test_only_what_differs_is_offered_and_the_last_row_of_a_kpi_counts() -> None:
    kept = [Target(kpi="reach", value=5), Target(kpi="views", value=7)]
    found = changes([sheet(("reach", 5), ("views", 8), ("views", 9), ("leads", 1))], kept, TODAY)
    assert found == (
        Change(new=Target(kpi="views", value=9), old=(Target(kpi="views", value=7),)),
        Change(new=Target(kpi="leads", value=1)),
    )


def test_a_row_without_a_known_kpi_or_a_number_offers_nothing() -> None:
    assert changes([sheet((None, 5), ("reach", None))], [], TODAY) == ()


def held(home: Workspace, day: date = TODAY) -> set[Target]:
    return {target for kpi in ("drr", "reach") for target in in_force(home.targets(), kpi, day)}


def test_a_target_of_one_way_of_counting_is_replaced_too_and_comes_back(home: Workspace) -> None:
    home.decide(Target(kpi="drr", value=20, variant="total"))
    take(home, changes([sheet(("drr", 12), ("reach", 5))], home.targets(), TODAY), TODAY)
    assert held(home) == {Target(kpi="drr", value=12), Target(kpi="reach", value=5)}
    assert changes([sheet(("drr", 12), ("reach", 5))], home.targets(), TODAY) == ()
    assert taken(home) == 2
    undo(home)
    assert home.targets() == (Target(kpi="drr", value=20, variant="total"),)
    assert taken(home) == 0


def test_what_was_decided_since_is_not_undone_with_it(home: Workspace) -> None:
    take(home, changes([sheet(("drr", 12))], (), TODAY), TODAY)
    home.decide(Target(kpi="reach", value=7))
    assert taken(home) == 0
    undo(home)
    assert held(home) == {Target(kpi="drr", value=12), Target(kpi="reach", value=7)}


def test_a_target_of_an_earlier_day_goes_on_holding_for_the_time_before(home: Workspace) -> None:
    home.decide(Target(kpi="drr", value=20, variant="total"))
    tomorrow = date.fromordinal(TODAY.toordinal() + 1)
    take(home, changes([sheet(("drr", 12))], home.targets(), tomorrow), tomorrow)
    assert held(home) == {Target(kpi="drr", value=20, variant="total")}
    assert held(home, tomorrow) == {Target(kpi="drr", value=12, since=tomorrow)}
