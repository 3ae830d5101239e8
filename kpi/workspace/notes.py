"""The owner's notes on days, handed out by day, and kept."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from kpi.model.note import Note
from kpi.workspace.given import Workspace


def notes(workspace: Workspace) -> tuple[Note, ...]:
    """Return the notes, the earliest day first."""
    found = [
        Note(id=id_, day=date.fromisoformat(said["day"]), text=said["text"])
        for id_, said in workspace.notes().items()
    ]
    return tuple(sorted(found, key=lambda note: (note.day, note.text)))


def keep(workspace: Workspace, note: Note) -> None:
    """Keep a note in place of the one with its id."""
    workspace.keep_note(note.id, {"day": note.day.isoformat(), "text": note.text})


def written(day: date, text: str) -> Note:
    """Return a new note."""
    return Note(id=uuid4().hex, day=day, text=" ".join(text.split()))
