"""The shell: steps, marks, language, on every screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpi.model.target import Target
from kpi.workspace import Workspace

_APP = str(Path(__file__).parents[2] / "app.py")

_REST = {
    "ru": ["3. Цели в цифрах", "4. Показатели", "5. Контент", "6. Отчёт"],
    "en": ["3. Targets", "4. Dashboard", "5. Content", "6. Report"],
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    return Workspace.open(tmp_path)


def visit(locale: str = "ru-RU") -> AppTest:
    visitor = AppTest.from_file(_APP, default_timeout=20)
    visitor.context = {"locale": locale}
    return visitor.run()


def links(visitor: AppTest) -> list[str]:
    """Return the brand, the way to the catalogue, and the steps."""
    return [link.proto.label for link in visitor.get("page_link")][:8]


@pytest.mark.usefixtures("home")
def test_the_steps_stand_in_the_browser_s_language() -> None:
    assert links(visit("ru-RU")) == ["**Светофор**", "Справочник", "1. Данные", "2. Цели", *_REST["ru"]]
    assert links(visit("de-DE")) == ["**Svetofor**", "All KPIs", "1. Data", "2. Goals", *_REST["en"]]


def test_a_step_is_marked_once_the_owner_has_given_what_it_asks_for(home: Workspace) -> None:
    home.choose(["sales"])
    home.decide(Target(kpi="roas", value=3))
    visitor = visit()
    assert links(visitor)[2:5] == ["1. Данные", "✓ Цели", "✓ Цели в цифрах"]
    told = [caption.value for caption in visitor.caption[:6]]  # roas is none of the three first KPIs
    assert told == ["нет файлов", "1 цель", "у 1 из 4", *["нужен файл"] * 3]


def test_every_step_ends_with_the_way_to_the_next_one(home: Workspace) -> None:
    visitor = visit("en-US").switch_page("pages/screens/targets.py").run()
    assert visitor.get("page_link")[-1].proto.label == "Next: Dashboard"
    assert home.files() == ()
    visitor.switch_page("pages/screens/report.py").run()
    assert visitor.get("page_link")[-1].proto.label == "Next month: add its files"


def test_the_language_is_changed_by_one_click_and_remembered(home: Workspace) -> None:
    visitor = visit("ru-RU")
    visitor.button(key="shell.speak_en").click().run()
    assert links(visitor)[2] == "1. Data"
    assert home.settings()["lang"] == "en"
    assert links(visit("ru-RU"))[2] == "1. Data"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "screen", ["front", "data", "goals", "targets", "dashboard", "report", "catalog", "kpi"]
)
@pytest.mark.parametrize("locale", ["ru-RU", "en-US"])
def test_every_screen_without_anything_given_has_one_title_and_no_error(screen: str, locale: str) -> None:
    visitor = visit(locale)
    visitor.switch_page(f"pages/screens/{screen}.py").run()
    assert len(visitor.title) == 1
    assert not visitor.exception
