"""Speed as ratios of CPU time in one run: interleaved, medians of five."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import process_time

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import csv as arrow_csv
from python_calamine import CalamineWorkbook

from kpi.catalog.loader import kpis
from kpi.facts.assemble import Facts, assemble
from kpi.ingest.reader import Reader
from kpi.judge.board import Judge, board
from kpi.judge.periods import first_shown
from kpi.judge.ranking import ranked
from kpi.metrics.cubes import Cube, cube
from kpi.model.limits import LOCAL
from kpi.model.owner import FileAnswers, Owner
from kpi.model.view import EVERYTHING, View
from tests.bench import naive
from tests.bench.books import HEADINGS, as_csv, posts

pytestmark = pytest.mark.bench
GOALS = ("awareness", "engagement", "traffic")
TIMES = 5
BOUNDS = {1_000: 4.0, 10_000: 2.0, 100_000: 1.6}
FACTS_OF_XLSX, FACTS_OF_CSV = 1.5, 4.0
FASTER_THAN_NAIVE = 5.0


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as one:
        yield one


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("books")


def took(work: Callable[[], object]) -> float:
    """Return the CPU seconds of this process for some work."""
    gc.collect()
    start = process_time()
    work()
    return process_time() - start


def raw(path: Path) -> list[list[object]]:
    """Read the cells of a workbook and nothing more."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def worded(path: Path) -> object:
    """Read a text file with every column as text and nothing more."""
    return arrow_csv.read_csv(
        path,
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(HEADINGS, pa.string())),
    )


def facts(path: Path, reader: Reader) -> Facts:
    """Go from the bytes of a file to its facts."""
    return assemble([reader.read(path.name, path.read_bytes(), FileAnswers(), LOCAL)], [Owner()])


def whole(path: Path, reader: Reader) -> Cube:
    """Return the cube of a file, from its bytes."""
    return cube(facts(path, reader), kpis().values())


def figures(path: Path, reader: Reader) -> object:
    """Go the whole way from upload to judged figures with their series."""
    made = whole(path, reader)
    period = first_shown(made)
    assert period is not None
    return board(made, GOALS, period, EVERYTHING)


@pytest.mark.parametrize("rows", BOUNDS)
def test_upload_to_figures_against_the_raw_read(rows: int, reader: Reader, folder: Path) -> None:
    path = posts(folder / f"{rows}.xlsx", rows)
    figures(path, reader)  # what is loaded once is loaded

    ratios = []
    for _ in range(TIMES):
        base = took(lambda: raw(path))
        ours = took(lambda: figures(path, reader)) + reader.last_cpu
        ratios.append(ours / base)

    print(f"\nupload to figures, {rows} rows: {median(ratios):.2f} x the raw read")
    assert median(ratios) <= BOUNDS[rows]


@pytest.mark.parametrize("rows", [10_000, 100_000])
@pytest.mark.parametrize("text", [False, True], ids=["xlsx", "csv"])
def test_file_to_facts_against_the_raw_read(rows: int, *, text: bool, reader: Reader, folder: Path) -> None:
    book = posts(folder / f"{rows}.xlsx", rows)
    path, read = (as_csv(book, raw(book)), worded) if text else (book, raw)
    assert facts(path, reader).tables[0].rows_used == rows

    ratios = []
    for _ in range(TIMES):
        base = took(lambda: read(path))
        ours = took(lambda: facts(path, reader)) + reader.last_cpu
        ratios.append(ours / base)

    print(f"\n{path.suffix} to facts, {rows} rows: {median(ratios):.2f} x the raw read")
    assert median(ratios) <= (FACTS_OF_CSV if text else FACTS_OF_XLSX)


@pytest.mark.parametrize("rows", [1_000, 10_000])
def test_faster_than_the_naive_script(rows: int, reader: Reader, folder: Path) -> None:
    path = posts(folder / f"{rows}.xlsx", rows)
    figures(path, reader)
    naive.dashboard(path)

    ratios = []
    for _ in range(TIMES):
        theirs = took(lambda: naive.dashboard(path))
        ours = took(lambda: figures(path, reader)) + reader.last_cpu
        ratios.append(theirs / ours)

    print(f"\n{rows} rows: {median(ratios):.1f} x faster than the naive script")
    assert median(ratios) >= FASTER_THAN_NAIVE


def test_a_filter_change_is_arithmetic_on_the_cube(reader: Reader, folder: Path) -> None:
    path = posts(folder / "100000.xlsx", 100_000)
    made = whole(path, reader)
    period = first_shown(made)
    assert period is not None
    rows = pd.DataFrame(raw(path)[1:], columns=HEADINGS)
    rows["month"] = pd.to_datetime(rows["Publish time"], format="%m/%d/%Y %H:%M").dt.strftime("%Y-%m")
    rows["Reach"] = pd.to_numeric(rows["Reach"])
    keys = ["month", "Account username", "Post type"]
    view = View(network="instagram")

    def refiltered() -> object:
        numbers = Judge(made, view, ()).numbers(period)
        return [
            numbers.lookup(v.formula)(n)
            for k in ranked(GOALS)
            for v in k.variants[:1]
            for n in _names(v.formula)
        ]

    ratios = []
    for _ in range(TIMES):
        base = took(lambda: rows.groupby(keys).sum(numeric_only=True))
        ratios.append(took(refiltered) / base)

    print(f"\nfilter change: {median(ratios):.3f} of one pandas groupby-sum over 100 000 posts")
    assert median(ratios) <= 0.1


def _names(formula: str) -> tuple[str, ...]:
    from kpi.model.formula import names

    return tuple(name for name in names(formula) if not name.startswith(("period.", "owner.")))
