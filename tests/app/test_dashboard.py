"""The dashboard: the finding, cards with light and reason, the period kept, targets, and empty desks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.model.owner import FileAnswers
from kpi.model.target import in_force
from kpi.workspace import Workspace, notes
from pages.parts import demo

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    yield Workspace.open(tmp_path)
    st.cache_resource.clear()


def visit(locale: str = "ru-RU") -> AppTest:
    visitor = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=90)
    visitor.context = {"locale": locale}
    return visitor.run().switch_page("pages/screens/dashboard.py").run()


def words(visitor: AppTest) -> str:
    parts = [*visitor.title, *visitor.caption, *visitor.markdown, *visitor.info]
    return " ".join(part.value for part in parts).replace("\N{NO-BREAK SPACE}", " ").replace("\\", "")


def course(visitor: AppTest) -> str:
    return next(c.proto.alt for c in visitor.get("vega_lite_chart") if "over time" in c.proto.alt)


@pytest.mark.usefixtures("home")
def test_without_a_file_the_way_leads_to_the_files_and_nothing_is_claimed() -> None:
    visitor = visit()
    assert not visitor.exception
    assert len(visitor.title) == 1
    assert "Сначала загрузите файл" in words(visitor)
    assert not visitor.metric


def test_without_a_goal_the_way_leads_to_the_goals(home: Workspace) -> None:
    home.add("a.csv", "Дата;Охват\n".encode())
    visitor = visit()
    assert not visitor.exception
    assert "Выберите, чего вы ждёте" in words(visitor)


def test_without_dated_rows_it_says_so(home: Workspace) -> None:
    home.add("a.csv", b"\x00\x01nothing")
    home.choose(["sales"])
    visitor = visit("en-US")
    assert not visitor.exception
    assert "no rows with dates" in words(visitor)


def test_the_example_shows_its_finding_six_cards_and_the_reasons(home: Workspace) -> None:
    demo.load(home, "coffee_ru")
    visitor = visit()
    assert not visitor.exception
    title = visitor.title[0].value
    assert title.startswith("Декабрь 2025: ")
    assert "ниже обычного" in title
    assert "цели" not in title  # nobody typed one
    said = words(visitor)
    assert "сравниваем с: ноябрь 2025" in said
    assert "8 файлов" in said
    assert "Проблема" in said
    assert "Черта: обычный уровень " in said
    assert "Случайный разброс: 2,69–3,17 %" in said
    assert len(visitor.metric) == 6
    values = {metric.label: metric.value for metric in visitor.metric}
    assert values["Вовлечённость (ER)"].replace("\\", "") == "2,92\N{NO-BREAK SPACE}%"
    assert "nan" not in said.lower()


def test_a_period_is_kept_over_a_reload_and_counts_are_compared_by_day(home: Workspace) -> None:
    demo.load(home, "coffee_en")
    visitor = visit("en-US")
    months = visitor.selectbox(key="dashboard.month")
    assert len(months.options) == 12
    visitor.selectbox(key="dashboard.month").select_index(10).run()  # the newest stands first
    assert visitor.title[0].value.startswith("February 2025: ")
    assert "a day, vs Jan" in words(visitor)
    again = visit("en-US")
    assert again.title[0].value.startswith("February 2025: ")
    assert "compared with January 2025" in words(again)


def test_a_network_narrows_the_figures(home: Workspace) -> None:
    demo.load(home, "coffee_en")
    visitor = visit("en-US")
    before = {metric.label: metric.value for metric in visitor.metric}
    assert {one.value for one in visitor.subheader} == {"By network", "By format"}
    assert "nobody is named the best" in words(visitor)  # one counts saves, the other does not
    visitor.selectbox(key="dashboard.network").set_value("facebook").run()
    assert not visitor.exception
    after = {metric.label: metric.value for metric in visitor.metric}
    assert before["Engagement rate"] != after["Engagement rate"]
    assert {one.value for one in visitor.subheader} == {"By format"}
    assert home.settings()["filter"]["networks"] == ["facebook"]


def test_a_target_is_typed_kept_for_its_variant_and_taken_away_again(home: Workspace) -> None:
    demo.load(home, "coffee_en")
    visitor = visit("en-US")
    visitor.session_state["dashboard.target_of_engagement_rate"] = True
    visitor.run()
    field = visitor.number_input(key="dashboard.target_engagement_rate_by_reach")
    field.set_value(4.0).run()
    assert not visitor.exception
    kept = home.targets()
    assert [(t.kpi, t.variant, t.value) for t in kept] == [("engagement_rate", "by_reach", 4.0)]
    assert "Line: target 4%" in words(visitor)
    visitor.session_state["dashboard.target_of_engagement_rate"] = True
    visitor.run()
    visitor.button(key="dashboard.drop_engagement_rate").click().run()
    assert not in_force(home.targets(), "engagement_rate", date.max)
    assert "Line: target 4%" not in words(visitor)


def test_how_a_figure_was_computed_is_written_when_asked_for(home: Workspace) -> None:
    demo.load(home, "coffee_ru")
    visitor = visit()
    assert "взаимодействия ÷ охват × 100" not in words(visitor)
    visitor.session_state["dashboard.howto_engagement_rate"] = True
    visitor.run()
    said = words(visitor)
    assert "взаимодействия ÷ охват × 100" in said
    assert "618 ÷ 21 180 × 100" in said
    assert "в 8 случаях из 10" in said
    assert "Не вошло строк: 1 из 18" in said
    sources = visitor.dataframe[0].value
    assert set(sources["Файл"]) == {"Записи ВКонтакте.csv"}
    assert "Нравится" in set(sources["Заголовок"])


def test_more_figures_are_drawn_only_when_opened_and_name_the_export_that_is_missing(home: Workspace) -> None:
    demo.load(home, "coffee_ru")
    visitor = visit()
    assert len(visitor.metric) == 6
    visitor.session_state["dashboard.more"] = True
    visitor.run()
    assert len(visitor.metric) > 6
    said = words(visitor)
    assert "Ваша таблица со столбцом «Сохранения»" in said  # their networks do not count them
    assert "Meta Business Suite →" not in said  # they are not in those networks
    grey = next(metric for metric in visitor.metric if metric.label == "Доля сохранений")
    assert grey.value == "—"


def test_charts_are_told_in_words_and_hold_little_data(home: Workspace) -> None:
    demo.load(home, "coffee_en")
    visitor = visit("en-US")
    found = visitor.get("vega_lite_chart")
    assert len(found) == 15  # a sparkline and a bullet a card, the course of one, its networks and formats
    for chart in found:
        assert chart.proto.alt
        assert "data" not in json.loads(chart.proto.spec)


def test_the_course_is_drawn_by_week_on_demand(home: Workspace) -> None:
    demo.load(home, "coffee_en")
    visitor = visit("en-US")
    by_month = course(visitor)
    visitor.segmented_control(key="dashboard.step").set_value("week").run()
    assert not visitor.exception
    by_week = course(visitor)
    assert "12 values" in by_month
    assert "If nothing changes, January 2026: " in by_month
    assert "26 values" in by_week


def test_a_note_is_drawn_listed_taken_away_and_put_back(home: Workspace) -> None:
    demo.load(home, "coffee_en")
    notes.keep(home, notes.written(date(2025, 9, 14), "Giveaway *3"))
    visitor = visit("en-US")
    assert not visitor.exception
    assert "Sep 14, 2025: Giveaway *3" in words(visitor)
    note = notes.notes(home)[0]
    visitor.button(key=f"dashboard.drop_note_{note.id}").click().run()
    assert "Removed: Giveaway *3" in words(visitor)
    assert not notes.notes(home)
    visitor.button(key="dashboard.put_back_note").click().run()
    assert notes.notes(home) == (note,)
    assert "Removed" not in words(visitor)
    visitor.session_state["dashboard.trend_table"] = True
    visitor.run()
    table = next(one.value for one in visitor.markdown if one.value.startswith("| When"))
    assert "| September 2025 | 2" in table.replace("\\", "")
    assert "Giveaway *3 |" in table.replace("\\", "")


def test_a_figure_on_an_assumed_reading_bears_a_badge_and_says_why(home: Workspace) -> None:
    rows = ["2025-05-01;1.234;10;2;1;1", "2025-05-02;2.500;10;2;1;1", "2025-05-30;12.345;10;2;1;1"]
    digest = home.add("посты.csv", "\n".join(["Дата;Охват;Лайки;Комм;Репосты;Сохр", *rows]).encode())
    fields = ("at", "reach", "reactions", "comments", "shares", "saves")
    names = ("Дата", "Охват", "Лайки", "Комм", "Репосты", "Сохр")
    mapping = {name: f"posts.{field}" for name, field in zip(names, fields, strict=True)}
    home.keep_answers(digest, FileAnswers(network="instagram", mapping=mapping))
    home.choose(["engagement"])
    visitor = visit()
    assert not visitor.exception
    assert "прочитано с допущением" in words(visitor)
    visitor.session_state["dashboard.howto_engagement_rate"] = True
    visitor.run()
    assert "В столбце «Охват» (посты.csv) разделитель читаем как тысячи" in words(visitor)
