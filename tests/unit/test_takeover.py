"""Targets of a sheet against those kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from kpi.model.reading import Table
from kpi.model.target import Target
from kpi.workspace import Workspace
from kpi.workspace.takeover import Change, changes, take, taken, undo


def sheet(*rows: tuple[str | None, float | None], **table: Any) -> Table:
    data = pa.table({"kpi": [kpi for kpi, _ in rows], "value": [value for _, value in rows]})
    return Table(file="x", digest="x", kind="targets", data=data, **table)


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path)


def test_only_what_differs_is_offered_and_the_last_row_of_a_kpi_counts() -> None:
    kept = [Target(kpi="reach", value=5), Target(kpi="views", value=7)]
    found = changes([sheet(("reach", 5), ("views", 8), ("views", 9), ("leads", 1))], kept)
    assert found == (
        Change(new=Target(kpi="views", value=9), old=(Target(kpi="views", value=7),)),
        Change(new=Target(kpi="leads", value=1)),
    )


def test_a_row_without_a_known_kpi_or_a_number_offers_nothing() -> None:
    assert changes([sheet((None, 5), ("reach", None))], []) == ()


def test_a_target_of_one_way_of_counting_is_replaced_too_and_comes_back(home: Workspace) -> None:
    home.keep_target(Target(kpi="drr", value=20, variant="total"))
    take(home, changes([sheet(("drr", 12), ("reach", 5))], home.targets()))
    assert set(home.targets()) == {Target(kpi="drr", value=12), Target(kpi="reach", value=5)}
    assert taken(home) == 2
    undo(home)
    assert home.targets() == (Target(kpi="drr", value=20, variant="total"),)
    assert taken(home) == 0
