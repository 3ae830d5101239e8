from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from kpi import cli

_POSTS = Path(__file__).parents[1] / "golden" / "sources" / "meta_instagram_posts.csv"
_ASKED = ["report", str(_POSTS), "--goal", "engagement", "--lang", "en"]


def test_report_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "report.xlsx"
    assert cli.main([*_ASKED, "--out", str(out)]) == 0
    book = load_workbook(out)
    assert book.sheetnames[:2] == ["Summary", "KPIs by period"]
    assert "meta_instagram_posts.csv" in [cell.value for cell in book["Files"]["A"]]


def test_form_that_there_is_not_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([*_ASKED, "--out", str(tmp_path / "report.odt")])
    assert left.value.code == 2
    assert "report.odt" in capsys.readouterr().err


def test_place_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*_ASKED, "--out", str(tmp_path / "none" / "report.xlsx")]) == 2
    assert "could not be written" in capsys.readouterr().err
