"""Notes on days: handed out by day, kept in place of themselves, and taken away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from kpi.workspace import Workspace
from kpi.workspace.notes import keep, notes, written


def test_notes_are_kept_and_handed_out_by_day(tmp_path: Path) -> None:
    home = Workspace.open(tmp_path)
    late, early = written(date(2025, 9, 1), " Shop \n closed "), written(date(2025, 3, 8), "Giveaway")
    for note in (late, early):
        keep(home, note)
    assert [(note.day, note.text) for note in notes(home)] == [
        (date(2025, 3, 8), "Giveaway"),
        (date(2025, 9, 1), "Shop closed"),
    ]
    keep(home, replace(early, text="Big giveaway"))
    home.drop_note(late.id)
    assert notes(home) == (replace(early, text="Big giveaway"),)
