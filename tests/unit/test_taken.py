"""Actions taken on, kept across a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from kpi.model.taken import State, Taken
from kpi.workspace import Workspace
from kpi.workspace.taken import free_id, mark, take, taken

FIRST = Taken(
    id="do_1",
    kpi="reach",
    title="Публикуйте чаще",
    how="По вторникам",
    first=date(2025, 6, 4),
    last=date(2025, 7, 4),
    at=datetime(2025, 6, 1, 9, tzinfo=UTC),
    action="post_three_a_week",
    factor="cadence",
    variant="posts_gross",
    network="vk",
    who="Аня",
)
BARE = Taken(id="do_2", kpi="cpl", title="Own idea", first=date(2025, 6, 9), at=FIRST.at)


def test_an_action_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    kept = Workspace.open(tmp_path)
    assert (taken(kept), free_id(())) == ((), "do_1")
    take(kept, FIRST)
    take(kept, BARE)
    again = Workspace.open(tmp_path)
    assert taken(again) == (BARE, FIRST)
    assert free_id(taken(again)) == "do_3"
    take(again, replace(FIRST, who="", last=None))
    assert taken(again)[1] == replace(FIRST, who="", last=None)


def test_dropping_forgets_nothing_and_can_be_undone(tmp_path: Path) -> None:
    kept = Workspace.open(tmp_path)
    mark(kept, FIRST, State.DROPPED)
    (dropped,) = taken(kept)
    assert dropped == replace(FIRST, state=State.DROPPED)
    mark(kept, dropped, State.OPEN)
    assert taken(kept) == (FIRST,)
