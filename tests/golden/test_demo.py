"""The invented shops show what is planted in them from its month on, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from multiprocessing import get_context
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
from kpi.model.reading import Outcome
from kpi.model.target import Target
from kpi.model.verdict import Status
from kpi.model.view import EVERYTHING
from sample_data.chance import MONTHS, days
from sample_data.problem import MONTH

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[2] / "sample_data").glob("*/make.py"))
SHOPS: Mapping[str, ModuleType] = {
    folder.name: import_module(f"sample_data.{folder.name}.make") for folder in FOLDERS
}
GOLDEN = Path(__file__).parent / "demo"
COFFEE = ("coffee_en", "coffee_ru")
UNCOLOURED = 3  # months from the first on: three earlier ones are needed to measure by
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

    @property
    def months(self) -> range:
        told: range = SHOPS[self.shop].MONTHS
        return told


Year = dict[int, Board]
Lights = dict[int, dict[str, Status]]
Told = Callable[[Wish], Lights]

DEFAULT = tuple(Wish(shop) for shop in SHOPS)
# One other wish and one calm year of every shop; the coffee shops stand for what all are made of.
OTHERS = tuple(
    Wish(shop, seed, size, month)
    for shop in SHOPS
    for seed, size, month in ((7, 0.7, 8), (7, 0.7, 11), (3, 1.5, 6), (839337, 0.5, 8))
    if (shop in COFFEE) == ((seed, month) != (7, 8))
)
ALONE = tuple(
    Wish(shop, seed=5, size=0.8, month=7, problems=(problem,))
    for shop in COFFEE
    for problem in SHOPS[shop].PROBLEMS
)
CALM = tuple(
    Wish(shop, seed, size, problems=())
    for shop in SHOPS
    for seed, size in ((1, 1.0), (5, 0.7), (8, 1.6))
    if shop in COFFEE or seed == 5
)


def facts_of(folder: Path) -> Facts:
    """What the files of a shop say, read as the application reads them: it has nothing to ask."""
    answers = json.loads((folder / "answers.json").read_text("utf-8"))
    owner = Owner(**answers.pop("owner"))
    readings = [
        parse(name, (folder / name).read_bytes(), FileAnswers(**given), HOSTED)
        for name, given in answers.items()
    ]
    assert {one.file: one.outcome for one in readings if one.outcome is not Outcome.READ} == {}
    assert [(one.file, table.questions) for one in readings for table in one.tables if table.questions] == []
    followers = {
        (table.network or "", table.account or ""): (date.fromisoformat(day), float(count))
        for reading in readings
        for table in reading.tables
        for day, count in answers[reading.file].get("followers", {}).items()
    }
    return assemble(readings, [owner], followers)


def year_of(folder: Path, goals: Sequence[str] | None = None, months: range = MONTHS) -> Year:
    """The board of every month."""
    demo = json.loads((folder / "demo.json").read_text("utf-8"))
    named = [(*kpi.partition(":"), value) for kpi, value in demo["targets"].items()]
    targets = [Target(kpi=kpi, variant=way or None, value=value) for kpi, _, way, value in named]
    whole, chosen = cube(facts_of(folder), kpis().values()), goals or demo["goals"]
    periods = {month: Period(days(month)[0], days(month)[-1]) for month in months}
    return {month: board(whole, chosen, one, EVERYTHING, targets) for month, one in periods.items()}


@cache
def shipped(shop: str) -> Year:
    """The boards of the files in the repository."""
    return year_of(Path(SHOPS[shop].__file__ or "").parent, None, SHOPS[shop].MONTHS)


def lights(year: Year) -> Lights:
    return {month: {one.kpi.id: one.status for one in board.verdicts} for month, board in year.items()}


def made(wish: Wish, folder: Path) -> Lights:
    """The lights of a shop that is made first."""
    SHOPS[wish.shop].make(folder, wish.seed, wish.size, wish.month, wish.planted)
    return lights(year_of(folder, None, wish.months))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Returns the lights of a wish; the shop is made and read once.

    The shipped ones are judged here, all others in a process beside, which nobody traces for coverage.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as beside:

        @cache
        def year(wish: Wish) -> Lights:
            if wish in DEFAULT:
                return lights(shipped(wish.shop))
            return beside.submit(made, wish, tmp_path_factory.mktemp(wish.shop)).result()

        yield year


def red(year: Lights) -> set[tuple[int, str]]:
    """The months and KPIs that are red."""
    return {
        (month, kpi) for month, one in year.items() for kpi, status in one.items() if status is Status.RED
    }


@pytest.mark.parametrize("wish", [*DEFAULT, *OTHERS, *CALM], ids=str)
def test_two_thirds_of_the_primary_kpis_have_a_colour_from_the_fourth_month(wish: Wish, told: Told) -> None:
    first = primary(SHOPS[wish.shop].DEMO["goals"])
    for month in wish.months[UNCOLOURED:]:
        coloured = [kpi.id for kpi in first if told(wish)[month][kpi.id] is not Status.GREY]
        assert len(coloured) >= COLOURED * len(first), (month, coloured)


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
        for month in problem.months(wish.month)
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
    rewrite: bool,  # noqa: FBT001 - a fixture
) -> None:
    found = shown(shipped(wish.shop)[MONTH])
    golden = GOLDEN / f"{wish.shop}.golden.json"
    if rewrite:
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(golden.read_text("utf-8"))


@pytest.mark.parametrize("wish", DEFAULT, ids=str)
def test_every_figure_can_be_opened_down_to_its_files(wish: Wish) -> None:
    known = [(at, one) for at, board in shipped(wish.shop).items() for one in board.verdicts if one.value]
    assert [(at, one.kpi.id) for at, one in known if not one.trace] == []
