from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.view import View
from kpi.report.formats import xlsx
from kpi.report.report import Report
from kpi.report.words import say
from tests.reports import account, ads, costs, orders, posts, report

_YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
_CUT = Period(date(2025, 2, 11), date(2025, 3, 9))
_JUNE = Period.month(2025, 6)

CASES: dict[str, Callable[[], Report]] = {
    "posts_ru": lambda: report([posts(), account()], _JUNE, "ru"),
    "posts_en": lambda: report([posts(), account()], Period.month(2025, 11), "en"),
    "without_a_week": lambda: report([posts(), account()], Period.month(2025, 9), "ru"),
    "ads_and_orders": lambda: report([ads(), orders(), account()], Period.month(2025, 3), "en"),
    "costs_cut": lambda: report([ads(), orders(), costs(), posts()], _CUT, "ru"),
    "costs_answered": lambda: report(
        [orders(), ads(), posts()],
        _CUT,
        "en",
        owner=Owner(margin_rate=40, smm_costs_month=900, currency="RUB"),
    ),
    "window": lambda: report([ads()], Period.month(2024, 11), "en"),
    "two_networks": lambda: report(
        [posts(), posts("vk", file="vk.csv"), account("vk"), account("vk", name="second", file="b.csv")],
        _JUNE,
        "ru",
    ),
    "network_left_out": lambda: report(
        [posts(), posts("telegram", file="t.csv"), posts("vk", file="vk.csv"), account(), account("vk")],
        _JUNE,
        "en",
    ),
    "one_network": lambda: report(
        [posts(), posts("vk", file="vk.csv"), account(), account("vk")], _JUNE, "ru", view=View(network="vk")
    ),
    "whole_year": lambda: report([posts(), account(), orders(), costs()], _YEAR, "en"),
}


def _uncomputed(data: bytes) -> bytes:
    """Return a workbook without the values of its formulas, so that no program can take them over."""
    found = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(found, "w") as out:
        for entry in given.infolist():
            out.writestr(entry, re.sub(rb"</f><v>[^<]*</v>", b"</f>", given.read(entry)))
    return found.getvalue()


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Report, Path]]]:
    """Every case, its workbook emptied of computed values and computed anew by LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is not installed: the Excel report was not recalculated")
        pytest.skip(
            "NOT TESTED: install LibreOffice (libreoffice-calc-nogui) to recalculate the Excel report"
        )
    folder = tmp_path_factory.mktemp("recalculated")
    cases = {name: case() for name, case in CASES.items()}
    for name, case in cases.items():
        (folder / f"{name}.xlsx").write_bytes(_uncomputed(xlsx.render(case)))
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "out"),
            *(str(folder / f"{name}.xlsx") for name in cases),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    yield {name: (case, folder / "out" / f"{name}.xlsx") for name, case in cases.items()}
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("name", CASES)
def test_recalculated_workbook_gives_the_numbers_of_the_board(
    name: str, recalculated: dict[str, tuple[Report, Path]]
) -> None:
    case, path = recalculated[name]
    book = CalamineWorkbook.from_path(path)
    values = {
        str(row[0]): row for row in book.get_sheet_by_name(say("xlsx.sheet_values", case.lang)).to_python()
    }
    top = {
        str(row[0]): row[2]
        for row in book.get_sheet_by_name(say("xlsx.sheet_summary", case.lang)).to_python()
    }
    none = say("xlsx.unknown", case.lang)
    computed = 0
    for verdict in case.board.verdicts:
        title = verdict.kpi.words(case.lang).name
        told = [cell for cell in values[title][3:-1] if cell != ""]
        expected = [number for _, number in verdict.series] or [None]
        assert len(told) == len(expected), (title, told)
        assert told[-1] == top[title]
        for cell, number in zip(told, expected, strict=True):
            if number is None:
                assert cell == none, (title, cell)
            else:
                assert isinstance(cell, int | float), (title, cell, number)
                assert math.isclose(cell, number, rel_tol=1e-9, abs_tol=1e-9), (title, cell, number)
                computed += 1
    assert computed > 5


def test_no_cell_holds_an_error_value(recalculated: dict[str, tuple[Report, Path]]) -> None:
    for _, path in recalculated.values():
        with ZipFile(path) as book:
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
            assert len(sheets) > 5
            assert not [name for name in sheets if b't="e"' in book.read(name)]
