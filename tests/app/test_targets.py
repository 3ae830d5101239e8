"""The screen of targets: set one, read its checks, change it from a day on, withdraw it, take it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from kpi.model.owner import FileAnswers
from kpi.model.target import Target, in_force
from kpi.workspace import Workspace, tables
from pages.parts import demo

_ROOT = Path(__file__).parents[2]
TODAY = datetime.now(UTC).date()
ER = "engagement_rate"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    yield Workspace.open(tmp_path)
    st.cache_resource.clear()


@pytest.fixture
def desk(home: Workspace) -> Workspace:
    """A desk with a month of posts, whose rate of interactions is 3 %, and two goals."""
    kinds = ("reactions", "comments", "shares", "saves")
    rows = [f"2025-12-{day:02};1000;30;0;0;0" for day in range(1, 32)]
    digest = home.add("posts.csv", "\n".join(["at;reach;reactions;comments;shares;saves", *rows]).encode())
    mapping = {name: f"posts.{name}" for name in ("at", "reach", *kinds)}
    home.keep_answers(digest, FileAnswers(network="instagram", mapping=mapping))
    home.choose(["engagement", "sales"])
    return home


def visit(locale: str = "en-US") -> AppTest:
    visitor = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=90)
    visitor.context = {"locale": locale}
    return visitor.run().switch_page("pages/screens/targets.py").run()


def words(visitor: AppTest) -> str:
    parts = [*visitor.title, *visitor.caption, *visitor.markdown, *visitor.info, *visitor.error]
    said = " ".join(part.value for part in parts)
    return said.replace("\N{NO-BREAK SPACE}", " ").replace("\\", "").replace("\N{WORD JOINER}", "")


def field(visitor: AppTest, kind: str, name: str, kpi: str = ER) -> Any:
    return next(one for one in visitor.get(kind) if str(one.key).startswith(f"targets.{name}_{kpi}_"))


def opened(visitor: AppTest, what: str, kpi: str = ER) -> AppTest:
    visitor.session_state[f"targets.{what}_{kpi}"] = True
    return visitor.run()


def submit(visitor: AppTest, kpi: str = ER) -> AppTest:
    return next(one for one in visitor.button if kpi in str(one.key) and "Form" in str(one.key)).click().run()


def aged(home: Workspace, days: int = 40) -> None:
    """Make all decisions so far ones of an earlier day."""
    before = datetime.now(UTC) - timedelta(days=days)
    with home.engine.begin() as connection:
        connection.execute(update(tables.charter).values(decided_at=before.isoformat()))


@pytest.mark.usefixtures("home")
def test_without_files_the_way_leads_to_the_files() -> None:
    visitor = visit()
    assert not visitor.exception
    assert "Add a file first" in words(visitor)


def test_without_goals_the_way_leads_to_the_goals(home: Workspace) -> None:
    home.add("a.csv", b"Date,Reach\n")
    visitor = visit("ru-RU")
    assert "Сначала выберите цели бизнеса" in words(visitor)
    assert not visitor.exception


def test_files_without_days_and_files_without_the_figures_say_what_is_missing(home: Workspace) -> None:
    home.add("a.csv", b"\x00\x01nothing")
    home.choose(["sales"])
    assert "no rows with dates" in words(visit())
    rows = "".join(f"{day:02}.03.2025,reach,,,{day}\n" for day in range(1, 15))
    home.add("b.csv", f"Дата,Критерий,Парам. №1,Парам. №2,Значение\n{rows}".encode())
    visitor = visit()
    assert "None of the figures of your goals" in words(visitor)
    assert not visitor.exception


def test_a_target_is_set_checked_and_taken_back(desk: Workspace) -> None:
    visitor = opened(visit(), "set")
    assert visitor.title[0].value == "No goal has a target in figures yet"
    submit(visitor)
    assert desk.targets() == ()
    assert "Write how much you want" in words(visitor)
    field(visitor, "number_input", "value").set_value(3.0)
    field(visitor, "date_input", "by").set_value(TODAY + timedelta(days=200))
    field(visitor, "text_input", "owner").set_value("Olga [x](y)")
    field(visitor, "text_input", "approver").set_value("The director")
    field(visitor, "text_input", "reason").set_value("*spring*")
    submit(visitor)
    assert not visitor.exception
    (kept,) = desk.targets()
    assert kept == Target(
        kpi=ER,
        variant="by_reach",
        value=3,
        per="month",
        goal="engagement",
        by=TODAY + timedelta(days=200),
        owner="Olga [x](y)",
        approver="The director",
        reason="*spring*",
    )
    said = words(visitor)
    assert visitor.title[0].value.startswith("Targets for 1 of ")
    assert "1 officially set" in visitor.title[0].value
    assert "at least 3% a month" in said
    assert ":green-badge[:material/check: Specific]" in said
    assert "answers for it: Olga [x](y)" in said
    assert ":gray-badge[:material/question_mark: Achievable]" in said
    assert "The goal “Sales & revenue” has no target in figures yet" in said
    visitor.session_state["targets.table"] = True
    opened(visitor, "past")
    (row,) = visitor.dataframe[0].value.to_dict("records")
    assert (row["Target"], row["Set by"]) == ("at least 3%", "The director")
    assert row["In force from"] == "From the beginning"
    assert "there is no forecast for it" in words(visitor)
    assert "because: *spring*. Decided on" in words(visitor)
    visitor.button(key="targets.undo").click().run()
    assert desk.targets() == ()
    assert visitor.title[0].value == "No goal has a target in figures yet"


def test_a_change_holds_from_its_day_and_the_past_keeps_its_target(desk: Workspace) -> None:
    desk.decide(Target(kpi=ER, value=2))  # for any way of counting: gives way to that of the way shown
    aged(desk)
    visitor = opened(visit("ru-RU"), "set")
    assert field(visitor, "number_input", "value").value == 2
    assert field(visitor, "date_input", "since").value == TODAY
    field(visitor, "number_input", "value").set_value(4.0)
    submit(visitor)
    targets = desk.targets()
    assert [one.value for one in in_force(targets, ER, date(2025, 12, 31))] == [2]
    assert [one.value for one in in_force(targets, ER, TODAY)] == [4]
    opened(visitor, "past")
    said = words(visitor)
    assert "С самого начала: не меньше 2 %" in said
    assert "не меньше 4 % вместо 2 %" in said
    assert "цели больше нет" not in said
    assert [one.variant for one in in_force(targets, ER, TODAY)] == ["by_reach"]
    visitor.button(key=f"targets.withdraw_{ER}_0").click().run()
    assert not in_force(desk.targets(), ER, TODAY)
    assert [one.value for one in in_force(desk.targets(), ER, date(2025, 12, 31))] == [2]
    assert "не меньше 4 %" not in " ".join(one.value for one in visitor.caption)


def test_targets_outside_the_goals_are_shown_and_called_so(desk: Workspace) -> None:
    desk.choose(["sales"])
    desk.decide(Target(kpi="comment_rate", value=2, variant="by_reach"))
    visitor = opened(visit(), "past", "comment_rate")
    assert any(one.value == "Targets outside your goals" for one in visitor.header)
    assert "It serves none of your goals" in words(visitor)


def test_a_value_can_be_tried_before_it_is_set(home: Workspace) -> None:
    demo.load(home, "coffee_en")
    visitor = opened(visit(), "set", "conversions")
    said = words(visitor)
    assert "What is realistic?" in said
    assert "Realistic" in said
    assert not visitor.exception
    trial = next(one for one in visitor.number_input if str(one.key).startswith("realism.value_conversions"))
    trial.set_value(9000.0).run()
    badges = " ".join(str(one.value) for one in visitor.markdown)
    assert "Unlikely" in badges
    assert "1%" in words(visitor)
    assert home.targets() == ()
