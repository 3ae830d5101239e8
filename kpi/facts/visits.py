"""Visits of the website in all files: each day once, told by the file that knows most of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kpi.facts.frame import Frame, Ints, joined
from kpi.model.reading import Issue, Table


def visits(
    frames: Sequence[Frame], tables: Sequence[Table]
) -> tuple[Frame | None, Frame | None, list[Issue]]:
    """Return visits by day, those over longer windows, and what was left out.

    Reports by source, by UTM or by day are the same visits told in several ways, and so are two counters
    of one site. Of every day one file speaks: one that tells sources before one that does not, days
    before windows, the newer before the older. A window is used only if no other file speaks of its days.
    """
    daily: list[Frame] = []
    windows: list[Frame] = []
    issues: list[Issue] = []
    taken: dict[int, int] = {}
    for frame in sorted(frames, key=_rank):
        origin = int(frame.main_origin()[0])
        days = [range(first, last + 1) for first, last in zip(frame.day, frame.until, strict=True)]
        free = np.array([not any(day in taken for day in some) for some in days], bool)
        rivals = {taken[day] for some in days for day in some if day in taken}
        issues += [
            Issue(key="web_twice", facts={"file": tables[origin].file, "kept": tables[rival].file})
            for rival in sorted(rivals)
            if tables[rival].digest != tables[origin].digest
        ]
        longer = frame.until > frame.day
        for kept, rows in ((daily, free & ~longer), (windows, free & longer)):
            if rows.any():
                kept.append(frame.take(np.flatnonzero(rows)))
        taken |= {day: origin for some, good in zip(days, free, strict=True) if good for day in some}
    return _sorted(daily), _sorted(windows), issues


def _rank(frame: Frame) -> tuple[bool, bool, int]:
    return "source" not in frame.labels, bool((frame.until > frame.day).any()), -int(frame.main_origin()[0])


def _sorted(frames: Sequence[Frame]) -> Frame | None:
    if not frames:
        return None
    whole = joined(frames)
    order: Ints = np.argsort(whole.day, kind="stable")
    return whole.take(order)
