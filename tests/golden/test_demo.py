"""The invented shops show what is planted in them from its month on, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import Facts, assemble
from kpi.ingest.parse import parse
from kpi.judge.board import Board, board
from kpi.judge.ranking import primary
from kpi.metrics.cubes import cube
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.verdict import Status, Verdict
from kpi.model.view import EVERYTHING
from sample_data.chance import YEAR
from sample_data.problem import MONTH

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[2] / "sample_data").glob("*/make.py"))
SHOPS: Mapping[str, ModuleType] = {
    folder.name: import_module(f"sample_data.{folder.name}.make") for folder in FOLDERS
}
GOLDEN = Path(__file__).parent / "demo"
FIRST_COLOURED = 4  # from this month on there are three earlier ones to measure by
COLOURED = 2 / 3


@dataclass(frozen=True)
class Wish:
    """A shop to be made; `problems` None means all of them."""

    shop: str
    seed: int = 1
    size: float = 1.0
    month: int = MONTH
    problems: tuple[str, ...] | None = None

    def __str__(self) -> str:
        """Return the name of the case."""
        planted = "all" if self.problems is None else "+".join(self.problems) or "calm"
        return f"{self.shop}-{self.seed}-{self.size:g}-{self.month}-{planted}"

    @property
    def planted(self) -> Collection[str]:
        return tuple(SHOPS[self.shop].PROBLEMS) if self.problems is None else self.problems


Year = dict[int, Board]
Told = Callable[[Wish], Year]

DEFAULT = tuple(Wish(shop) for shop in SHOPS)
OTHERS = tuple(
    Wish(shop, seed, size, month)
    for shop in SHOPS
    for seed, size, month in ((7, 0.7, 11), (3, 1.5, 6), (839337, 0.5, 8))
)
ALONE = tuple(
    Wish(shop, seed=5, size=0.8, month=7, problems=(problem,))
    for shop in SHOPS
    for problem in SHOPS[shop].PROBLEMS
)
CALM = tuple(
    Wish(shop, seed, size, problems=()) for shop in SHOPS for seed, size in ((1, 1.0), (5, 0.7), (8, 1.6))
)


def facts_of(folder: Path) -> Facts:
    """What the files of a shop say, read as the application reads them."""
    answers = json.loads((folder / "answers.json").read_text("utf-8"))
    owner = Owner(**answers.pop("owner"))
    readings = [
        parse(name, (folder / name).read_bytes(), FileAnswers(**given), HOSTED)
        for name, given in answers.items()
    ]
    followers = {
        (table.network or "", table.account or ""): (date.fromisoformat(day), float(count))
        for reading in readings
        for table in reading.tables
        for day, count in answers[reading.file].get("followers", {}).items()
    }
    return assemble(readings, [owner], followers)


def year_of(folder: Path, goals: Sequence[str] | None = None) -> Year:
    """The board of every month."""
    chosen = goals or json.loads((folder / "demo.json").read_text("utf-8"))["goals"]
    whole = cube(facts_of(folder), kpis().values())
    return {month: board(whole, chosen, Period.month(YEAR, month), EVERYTHING) for month in range(1, 13)}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Returns the boards of a wish; the shop is made and read once."""

    @cache
    def year(wish: Wish) -> Year:
        if wish in DEFAULT:
            return year_of(Path(SHOPS[wish.shop].__file__ or "").parent)
        folder = tmp_path_factory.mktemp(wish.shop)
        SHOPS[wish.shop].make(folder, wish.seed, wish.size, wish.month, wish.planted)
        return year_of(folder)

    return year


def verdict(one: Board, kpi: str) -> Verdict:
    return next(verdict for verdict in one.verdicts if verdict.kpi.id == kpi)


def red(year: Year) -> set[tuple[int, str]]:
    """The months and KPIs that are red."""
    return {
        (month, verdict.kpi.id)
        for month, one in year.items()
        for verdict in one.verdicts
        if verdict.status is Status.RED
    }


@pytest.mark.parametrize("wish", [*DEFAULT, *OTHERS, *CALM], ids=str)
def test_two_thirds_of_the_primary_kpis_have_a_colour_from_the_fourth_month(wish: Wish, told: Told) -> None:
    for month, one in told(wish).items():
        first = primary(one.goals)
        coloured = [kpi.id for kpi in first if verdict(one, kpi.id).status is not Status.GREY]
        assert month < FIRST_COLOURED or len(coloured) >= COLOURED * len(first), (month, coloured)


@pytest.mark.parametrize("wish", [*DEFAULT, *OTHERS, *ALONE], ids=str)
def test_a_planted_problem_is_red_in_its_month(wish: Wish, told: Told) -> None:
    found = red(told(wish))
    for name in wish.planted:
        problem = SHOPS[wish.shop].PROBLEMS[name]
        assert {(problem.first(wish.month), kpi) for kpi in problem.kpis} <= found


@pytest.mark.parametrize("wish", [*DEFAULT, *OTHERS, *ALONE, *CALM], ids=str)
def test_nothing_is_red_before_its_problem_or_without_one(wish: Wish, told: Told) -> None:
    expected = {
        (month, kpi)
        for name in wish.planted
        for problem in (SHOPS[wish.shop].PROBLEMS[name],)
        for kpi in (*problem.kpis, *problem.also)
        for month in range(problem.first(wish.month), 13)
    }
    assert red(told(wish)) - expected == set()


def shown(one: Board) -> list[dict[str, Any]]:
    return [
        {
            "id": each.kpi.id,
            "variant": each.variant.id if each.variant else None,
            "value": None if each.value is None else float(f"{each.value:.10g}"),
            "unit": each.unit,
            "currency": each.currency,
            "status": each.status.value,
            "reason": each.reasons[0].key,
            "rows_left_out": each.rows_left_out,
            "files": sorted({trace.file for trace in each.trace}),
        }
        for each in one.verdicts
    ]


@pytest.mark.parametrize("wish", DEFAULT, ids=str)
def test_the_board_of_the_first_problem_is_as_its_golden_file_says(
    wish: Wish,
    told: Told,
    rewrite: bool,  # noqa: FBT001 - a fixture
) -> None:
    found = shown(told(wish)[MONTH])
    golden = GOLDEN / f"{wish.shop}.golden.json"
    if rewrite:
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(golden.read_text("utf-8"))
