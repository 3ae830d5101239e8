"""The template on the data screen: taken away, filled in, taken in; targets taken over and put back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.model.target import Target, in_force
from kpi.report.template import template
from kpi.workspace import Workspace
from tests.filled import filled

_ROOT = Path(__file__).parents[2]
_OLD = (
    Target(kpi="follower_count", value=900),
    Target(kpi="drr", value=20, variant="total"),
    Target(kpi="reach", value=5000),
)


@cache
def targets_sheet() -> bytes:
    return filled(template("ru"), "ru", ["template_targets"], alone=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    st.cache_resource.clear()
    return Workspace.open(tmp_path)


def visit(locale: str = "ru-RU") -> AppTest:
    visitor = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=60)
    visitor.context = {"locale": locale, "timezone": "Europe/Moscow"}
    return visitor.run().switch_page("pages/screens/data.py").run()


def plain(texts: Iterable[str]) -> list[str]:
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts]


def has(visitor: AppTest, key: str) -> bool:
    return key in {button.key for button in visitor.button}


@pytest.mark.usefixtures("home")
def test_the_template_and_the_tally_can_be_taken_away_in_the_visitors_language() -> None:
    for locale, names in (
        ("ru-RU", ["Скачать шаблон", "Скачать лист для кассы"]),
        ("en-US", ["Download the template", "Download the tally sheet for the till"]),
    ):
        assert [one.label for one in visit(locale).get("download_button")][:2] == names


def test_a_blank_template_is_refused_with_what_to_do(home: Workspace) -> None:
    home.add("шаблон.xlsx", template("ru"))
    visitor = visit()
    assert any("впишите свои данные под примером" in text.value for text in visitor.markdown)
    assert not visitor.exception


def test_targets_are_offered_beside_the_old_ones_taken_over_and_put_back(home: Workspace) -> None:
    home.decide(*_OLD)
    before = home.targets()
    home.add("цели.xlsx", targets_sheet())
    visitor = visit()
    offered = next(frame.value for frame in visitor.dataframe if "Новая цель" in frame.value)
    assert offered["Показатель"].tolist() == ["Число подписчиков", "Доля рекламных расходов (ДРР)"]
    assert plain(offered["Цель сейчас"]) == ["900 человек", "20 %"]
    assert plain(offered["Новая цель"]) == ["1 500 человек", "12,5 %"]
    assert home.targets() == before
    visitor.button(key="data.targets_take").click().run()
    today = datetime.now(UTC).date()
    kpis = ("follower_count", "drr", "reach")
    assert {one for kpi in kpis for one in in_force(home.targets(), kpi, today)} == {
        Target(kpi="follower_count", value=1500),
        Target(kpi="drr", value=12.5),
        Target(kpi="reach", value=5000),
    }
    assert not has(visitor, "data.targets_take")
    visitor.button(key="data.targets_undo").click().run()
    assert home.targets() == before
    assert has(visitor, "data.targets_take")
    assert not has(visitor, "data.targets_undo")


@pytest.mark.usefixtures("home")
def test_without_a_sheet_of_targets_none_are_offered() -> None:
    visitor = visit()
    assert not has(visitor, "data.targets_take")
    assert not has(visitor, "data.targets_undo")


@pytest.mark.usefixtures("home")
def test_known_exports_are_listed_with_what_they_tell_and_where_to_get_them() -> None:
    rows = visit().dataframe[0].value.to_numpy().tolist()
    told = {name: (tells, get) for name, tells, get in rows}
    assert "Заказы, Ozon" in told
    assert all(all(parts) for parts in told.values())
    assert not any("шаблон" in name or "1С" in name for name in told)  # ours, and one that holds nothing
