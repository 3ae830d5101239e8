"""The contractor check: what is wanted first, the finding, and a report that never enters the own figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.model.owner import FileAnswers
from kpi.workspace import Workspace

_ROOT = Path(__file__).parents[2]
_MAPPING = {"date": "account.date", "views": "account.views", "reactions": "account.reactions"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    yield Workspace.open(tmp_path)
    st.cache_resource.clear()


def days(factor: float) -> bytes:
    rows = [f"2025-01-{day:02},{round(factor * (900 + 37 * day % 400))},{day}" for day in range(1, 29)]
    return "\n".join(["date,views,reactions", *rows]).encode()


def test_a_report_is_checked_and_lies_apart(home: Workspace) -> None:
    said = FileAnswers(network="facebook", mapping=_MAPPING)
    visitor = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=90)
    visitor.context = {"locale": "en-US"}
    visitor.run().switch_page("pages/screens/audit.py").run()
    assert visitor.info[0].value.startswith("Add your own exports first")
    home.keep_answers(home.add("own.csv", days(1)), said)
    assert visitor.run().title[0].value == "Check a contractor's report"
    apart = home.beside("local_contractor")
    apart.keep_answers(apart.add("agency.csv", days(1.3)), said)
    visitor.run()
    assert not visitor.exception
    assert visitor.title[0].value.startswith(r"28 of 56 figures agree; Views: \+30% in the report, every")
    assert visitor.dataframe[0].value["Result"].tolist() == ["≠ Differs", "✓ Agrees"]
    assert [given.name for given in home.files()] == ["own.csv"]
    remove = next(one for one in visitor.button if str(one.key).startswith("data.remove_"))
    remove.click().run()
    assert not apart.files()
    visitor.button("data.undo").click().run()
    assert [given.name for given in apart.files()] == ["agency.csv"]
    assert visitor.title[0].value.startswith("28 of 56")
