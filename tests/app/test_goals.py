"""The goals screen: one to three goals, and what the files can tell of each."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.judge.ranking import offered
from kpi.model.target import Target
from kpi.workspace import Workspace

_ROOT = Path(__file__).parents[2]
_VK = "Дата,Критерий,Парам. №1,Парам. №2,Значение\n" + "".join(
    f"{day:02}.03.2025,{what},,,{count}\n"
    for day in range(1, 15)
    for what, count in (("reach", 50), ("views", 9))
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    st.cache_resource.clear()
    return Workspace.open(tmp_path)


def visit(locale: str = "ru-RU") -> AppTest:
    visitor = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=60)
    visitor.context = {"locale": locale}
    return visitor.run().switch_page("pages/screens/goals.py").run()


def test_every_offered_goal_can_be_chosen_and_the_title_says_which_are(home: Workspace) -> None:
    visitor = visit()
    assert {f"goals.{goal.id}" for goal in offered()} <= {button.key for button in visitor.button}
    visitor.button(key="goals.sales").click().run()
    visitor.button(key="goals.growth").click().run()
    assert visitor.title[0].value == "Вы выбрали: Продажи и выручка и Рост аудитории"
    visitor.button(key="goals.sales").click().run()
    assert home.goals() == ("growth",)


def test_a_fourth_goal_is_not_taken_and_the_screen_says_why(home: Workspace) -> None:
    home.choose(["sales", "growth", "engagement"])
    visitor = visit()
    assert not visitor.warning
    visitor.button(key="goals.leads").click().run()
    assert home.goals() == ("sales", "growth", "engagement")
    assert "Сначала снимите одну" in visitor.warning[0].value
    visitor.button(key="goals.sales").click().run()
    assert not visitor.warning


def test_a_kpi_says_whether_it_is_ready_and_which_export_would_give_what_it_lacks(home: Workspace) -> None:
    home.add("стата.csv", _VK.encode())
    texts = [text.value for text in visit().markdown]
    reach = next(text for text in texts if text.startswith("**Охват** "))
    assert "Готово" in reach
    assert "Нет столб" not in reach
    saves = next(text for text in texts if text.startswith("**Доля сохранений**"))
    assert "Готово" not in saves
    assert "не считают: «Публикации: сохранения»" in saves
    comments = next(text for text in texts if text.startswith("**Комментируемость"))
    assert "Комментарии" in comments
    assert "ВКонтакте" in comments
    assert "→" in comments


@pytest.mark.usefixtures("home")
def test_without_files_nothing_is_called_ready() -> None:
    visitor = visit("en-US")
    assert not [text.value for text in visitor.markdown if "green-badge" in text.value]
    assert visitor.expander[0].label.startswith("0 of ")


_ORDERS = (
    "Name,Financial Status,Fulfillment Status,Total,Created at,Lineitem quantity,Lineitem name\n"
    + "".join(f"#{n},paid,fulfilled,{100 + n},2025-03-{n:02} 10:00:00 +0000,1,Mug\n" for n in range(1, 32))
)


def test_the_chosen_goals_have_a_plan_with_reasons_guards_and_next_steps(home: Workspace) -> None:
    home.add("стата.csv", _VK.encode())
    home.choose(["awareness", "growth"])
    visitor = visit()
    assert [header.value for header in visitor.header] == [
        "Главные показатели",
        "А это не должно стать хуже",
        "Что добавить дальше",
    ]
    texts = [text.value for text in visitor.markdown]
    reach = next(text for text in texts if text.startswith("**Охват** "))
    assert "Готово" in reach
    assert "Весит 25 из 100 в цели «Узнаваемость бренда»" in reach
    first = next(text for text in texts if text.startswith("**1"))
    assert "лист «Подписчики»" in first
    assert "Тогда посчитаем" in first
    assert [text for text in texts if "Охват записей, ВКонтакте" in text]
    assert not [text for text in texts if "Instagram" in text]


def test_untraced_sales_are_shown_beside_the_posts_and_the_tally_sheet_is_offered(home: Workspace) -> None:
    home.add("orders.csv", _ORDERS.encode())
    home.choose(["sales"])
    visitor = visit("en-US")
    texts = [text.value for text in visitor.markdown]
    assert [text for text in texts if "none of your orders says which network" in text]
    assert any("| March 2025 | 3,596 | 31 |" in text for text in texts)  # 31 x 100 + 1 + 2 + ... + 31
    assert "goals.tally" in {button.key for button in visitor.get("download_button")}
    assert not [text for text in texts if "%" in text]


def test_a_target_that_serves_no_chosen_goal_is_named_with_what_to_do(home: Workspace) -> None:
    home.add("стата.csv", _VK.encode())
    home.decide(Target(kpi="roas", value=300))
    home.choose(["awareness"])
    (warning,) = visit().warning
    assert "ROAS" in warning.value
    assert "Эффективность рекламы" in warning.value
    home.choose(["awareness", "ad_efficiency"])
    assert not visit().warning


def test_without_files_the_plan_asks_for_them_and_names_no_export(home: Workspace) -> None:
    home.choose(["growth"])
    visitor = visit("en-US")
    assert "Add your files first" in visitor.info[0].value
    assert "What to add next" not in [header.value for header in visitor.header]
