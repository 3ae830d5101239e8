"""The catalogue of KPIs, one KPI whole, and writing a KPI of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.catalog.loader import kpis
from kpi.workspace import Workspace
from pages.parts import demo

_ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    st.cache_resource.clear()
    return Workspace.open(tmp_path)


def visit(screen: str, locale: str = "en-US", **query: str) -> AppTest:
    visitor = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=90)
    visitor.context = {"locale": locale}
    visitor.run()
    for name, value in query.items():
        visitor.query_params[name] = value
    return visitor.switch_page(f"pages/screens/{screen}.py").run()


def texts(visitor: AppTest) -> str:
    return "\n".join(
        str(one.value) for kind in ("title", "header", "markdown", "caption") for one in visitor.get(kind)
    )


def test_all_kpis_stand_in_it_also_without_a_file() -> None:
    visitor = visit("catalog")
    assert not visitor.exception
    assert visitor.title[0].value == f"{len(kpis())} KPIs, of which your files can tell 0"
    told = texts(visitor)
    assert all(f"**{kpi.en.name}" in told.replace("\\", "") for kpi in kpis().values())
    assert "nan" not in told.lower().split()


def test_the_search_finds_in_both_languages_and_says_when_nothing_fits() -> None:
    visitor = visit("catalog", "ru-RU")
    visitor.text_input(key="catalog.search").set_value("roas").run()
    told = texts(visitor)
    assert "ROAS" in told
    assert "Число подписчиков" not in told
    visitor.text_input(key="catalog.search").set_value("тарабарщина").run()
    assert "Таких слов нет" in visitor.info[0].value


def test_a_kpi_stands_with_the_owner_s_own_numbers(home: Workspace) -> None:
    demo.load(home, "coffee_en")
    visitor = visit("kpi", id="engagement_rate")
    assert not visitor.exception
    assert visitor.title[0].value.startswith("Engagement rate: ")
    told = texts(visitor)
    assert "interactions ÷ reach × 100" in told
    assert "The other ways of counting" in told
    assert "450 ÷ 9,000 × 100 = 5" in told.replace("\\", "")


def test_an_address_of_nothing_leads_back() -> None:
    visitor = visit("kpi", id="nix")
    assert visitor.title[0].value == "There is no such KPI"
    assert not visitor.exception


def test_an_owner_writes_a_kpi_and_takes_it_back(home: Workspace) -> None:
    demo.load(home, "coffee_en")
    visitor = visit("catalog")
    visitor.session_state["own.opened"] = True
    visitor.run()
    visitor.text_area(key="own.formula").set_value("posts.reach + posts.views").run()
    assert "different things" in visitor.warning[0].value
    visitor.text_area(key="own.formula").set_value("100 * posts.saves / posts.reach").run()
    assert not visitor.warning
    visitor.text_input(key="own.name").set_value("Saves per reader").run()
    visitor.button(key="own.keep").click().run()
    assert list(home.own_kpis()) == ["own_1"]
    assert visitor.title[0].value.startswith(f"{len(kpis()) + 1} KPIs")
    assert "Saves per reader" in texts(visitor)
    visitor.button(key="own.drop_own_1").click().run()
    assert not home.own_kpis()
    visitor.button(key="own.undo").click().run()
    assert list(home.own_kpis()) == ["own_1"]
