"""The report screen: what stands in the summary, and the workbook made when asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.workspace import Workspace
from pages.parts import demo

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    st.cache_resource.clear()
    return Workspace.open(tmp_path)


def visit(locale: str = "ru-RU") -> AppTest:
    visitor = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=90)
    visitor.context = {"locale": locale}
    return visitor.run().switch_page("pages/screens/report.py").run()


def test_the_summary_names_the_period_and_the_file_too(home: Workspace) -> None:
    demo.load(home, "coffee_ru")
    visitor = visit()
    assert not visitor.exception
    assert visitor.title[0].value == "Отчёт: декабрь 2025"
    table = visitor.dataframe[0].value
    assert list(table.columns)[:3] == ["Сигнал", "Показатель", "Значение"]
    assert "К периоду ноябрь 2025" in table.columns
    assert not table.isin(["nan", "None", "inf"]).any().any()
    assert visitor.get("download_button")[0].proto.label == "Книга Excel"


def test_without_files_or_goals_the_screen_says_what_to_do_first(home: Workspace) -> None:
    assert "Сначала загрузите файл" in visit().info[0].value
    home.add("пусто.csv", b"")
    assert "Сначала выберите цель" in visit().info[0].value
    home.choose(["sales"])
    visitor = visit()
    assert "нет строк с датами" in visitor.info[0].value
    assert not visitor.get("download_button")
