"""From a KPI to what is done about it, and to whether it helped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.model.owner import FileAnswers
from kpi.workspace import Workspace
from kpi.workspace.taken import taken

_ROOT = Path(__file__).parents[2]
_FIELDS = ("at", "reach", "reactions", "comments", "shares", "saves")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    yield Workspace.open(tmp_path)
    st.cache_resource.clear()


def opened(screen: str, **address: str) -> AppTest:
    visitor = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=90)
    visitor.context = {"locale": "en-US"}
    visitor.run()
    for name, value in address.items():
        visitor.query_params[name] = value
    return visitor.switch_page(f"pages/screens/{screen}.py").run()


def test_an_offer_is_taken_on_checked_dropped_and_put_back(home: Workspace) -> None:
    assert "Give your files first" in opened("actions").info[0].value
    first = date(2025, 1, 6)
    lines = [",".join(_FIELDS)]
    for at in range(102):
        day = first + timedelta(days=7 * (at // 3) + 2 * (at % 3))
        lines.append(f"{day},1000,{(30 if at < 78 else 70) + at % 7},1,1,1")
    digest = home.add("posts.csv", "\n".join(lines).encode())
    mapping = {name: f"posts.{name}" for name in _FIELDS}
    home.keep_answers(digest, FileAnswers(network="instagram", account="a", mapping=mapping))

    kpi = opened("kpi", id="engagement_rate")
    assert not kpi.exception
    assert "What to do" in [header.value for header in kpi.header]
    kpi.selectbox("kpi.factor_engagement_rate").set_value("comment_part").run()
    assert any("choice of two" in one.value for one in kpi.markdown)

    key = "kpi.take_this_or_that"
    kpi.session_state[f"{key}.open"] = True
    kpi.run()
    kpi.date_input(f"{key}.first").set_value(first + timedelta(weeks=26))
    kpi.text_input(f"{key}.who").set_value("Ann")
    kpi.button(f"{key}.keep").click().run()
    (kept,) = taken(home)
    assert (kept.action, kept.factor, kept.who) == ("this_or_that", "comment_part", "Ann")

    log = opened("actions")
    assert not log.exception
    assert log.title[0].value == "1 of 1 action has helped"
    assert any("the course before led to" in one.value for one in log.markdown)
    log.button("actions.drop_do_1").click().run()
    assert log.title[0].value == "What we do"
    log.button("actions.put_back_do_1").click().run()
    assert log.header[0].value == "Close each text with a choice of two"

    home.choose(["engagement"])
    month = opened("front")
    assert not month.exception
    assert "What came of what you did" in [header.value for header in month.header]
    assert any("Close each text with a choice of two" in one.value for one in month.markdown)
