"""A formula is told once: value, needed columns, sentence and Excel cell all follow its text."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.board import Board, Judge
from kpi.metrics.cubes import cube
from kpi.metrics.gaps import missing
from kpi.model.kpi import Kpi
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.view import EVERYTHING
from kpi.report.formats import xlsx
from kpi.report.formula import in_words
from kpi.report.report import Report
from tests.made import reading

JUNE = Period.month(2025, 6)
DAYS = [f"2025-06-{day:02d}T12:00:00" for day in range(1, 31)]
POSTS = reading(
    "posts",
    {"id": DAYS, "at": DAYS, "reach": [100] * 30, "views": [250] * 30, "reactions": [5] * 30},
    network="vk",
    source="vk_posts",
)


def told(kpi: Kpi) -> tuple[float | None, tuple[str, ...], str, str]:
    """Return value, lacking fields without files, sentence and Excel formula of a KPI's first variant."""
    made = cube(assemble([POSTS], (Owner(),)), [kpi])
    verdict = Judge(made, EVERYTHING, ()).verdict(kpi, JUNE)
    board = Board(period=JUNE, previous=JUNE.before(), view=EVERYTHING, goals=(), verdicts=(verdict,))
    book = load_workbook(BytesIO(xlsx.render(Report(board=board, cube=made, readings=(POSTS,), lang="en"))))
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
    excel = next(text for text in cells if text.startswith("=") and "SUMIFS" in text)
    nothing = assemble([], (Owner(),))
    formula = kpi.variants[0].formula
    lacking = tuple(one.field for one in missing(formula, nothing, EVERYTHING))
    return verdict.value, lacking, in_words(formula, "en"), excel


def test_changing_the_text_changes_all_four() -> None:
    kpi = kpis()["reaction_rate"]
    other = replace(kpi, variants=(replace(kpi.variants[0], formula="1000 * posts.reactions / posts.views"),))

    before, after = told(kpi), told(other)

    assert (before[0], after[0]) == (pytest.approx(5.0), pytest.approx(20.0))
    assert (before[1], after[1]) == (("posts.reactions", "posts.reach"), ("posts.reactions", "posts.views"))
    assert ("reach" in before[2], "views" in after[2], "1,000" in after[2]) == (True, True, True)
    assert "posts_reach" in before[3]
    assert "posts_views" in after[3]
    assert "posts_reach" not in after[3]
