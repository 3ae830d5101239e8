"""What the answers to a survey say: who would recommend, who would not, and who is content."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from kpi.facts.frame import Frame, blank
from kpi.model.reading import Issue, Table

TEN, FIVE = 10, 5
_OF_TEN = re.compile(
    r"\bnps\b|recommend|рекоменд|\b0\s*(?:-|–|—|to|до)\s*10\b|(?:of|из)\s*10\b|/\s*10\b", re.IGNORECASE
)
_OF_FIVE = re.compile(
    r"\bcsat\b|\b1\s*(?:-|–|—|to|до)\s*5\b|(?:of|из)\s*5\b|/\s*5\b|зв[её]зд|\bstars?\b", re.IGNORECASE
)
_PROMOTER, _DETRACTOR, _CONTENT = 9, 6, 4


def scored(frames: Sequence[Frame], tables: Sequence[Table]) -> tuple[list[Frame], list[Issue]]:
    """Return the answers of each table with what their score counts as, and what cannot be told.

    9 and 10 of ten would recommend, up to 6 would not; 4 and 5 of five are content. The scale is told by
    the heading, else by a score above five; where neither tells it, an answer counts as none of the three.
    A blank score is no answer, one outside the scale an unknown one.
    """
    scales = _scales(frames, tables)
    made, issues = [], []
    for frame in frames:
        table = tables[int(frame.main_origin()[0])]
        scale = scales[_heading(table)]
        score = frame.values.get("score", blank(len(frame)))
        least = 1 if scale == FIVE else 0
        inside = (score >= least) & (score <= (scale or TEN))
        known = np.where(inside, score, np.nan)
        nothing = blank(len(frame))
        of_ten = known if scale == TEN else nothing
        of_five = known if scale == FIVE else nothing
        figures = {"count": np.where(np.isnan(known), np.nan, 1.0)} | {
            name: np.where(np.isnan(on), np.nan, hit)
            for name, on, hit in (
                ("promoters", of_ten, of_ten >= _PROMOTER),
                ("detractors", of_ten, of_ten <= _DETRACTOR),
                ("satisfied", of_five, of_five >= _CONTENT),
            )
        }
        made.append(frame.with_values(figures))
        if scale is None:
            issues.append(Issue(key="survey_scale", sheet=table.sheet, heading=_heading(table)[1]))
        if outside := int((~np.isnan(score) & ~inside).sum()):
            facts = {"file": table.file, "n": outside, "least": least, "most": scale or TEN}
            issues.append(Issue(key="survey_outside", sheet=table.sheet, facts=facts))
    return made, issues


def _scales(frames: Sequence[Frame], tables: Sequence[Table]) -> dict[tuple[str, str], int | None]:
    """Return the largest score of every layout and heading, None where it cannot be told.

    All files of a heading tell it together, however the answers are spread over them.
    """
    highest: dict[tuple[str, str], float] = defaultdict(float)
    for frame in frames:
        mine = _heading(tables[int(frame.main_origin()[0])])
        scores = frame.values.get("score", blank(len(frame)))
        highest[mine] = max(highest[mine], float(np.max(np.nan_to_num(scores), initial=0.0)))
    return {one: _scale(one[1], top) for one, top in highest.items()}


def _scale(heading: str, highest: float) -> int | None:
    if _OF_TEN.search(heading):
        return TEN
    if _OF_FIVE.search(heading):
        return FIVE
    return TEN if highest > FIVE else None


def _heading(table: Table) -> tuple[str, str]:
    """Return the layout of a table and the heading of its scores."""
    found = (column.heading for column in table.columns if column.field == "surveys.score")
    return table.source or "", next(found, "")
