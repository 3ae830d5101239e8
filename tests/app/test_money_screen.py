"""The money screen: an empty desk's way on, the finding, and a slider that moves the figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.model.owner import FileAnswers, Owner
from kpi.workspace import Workspace

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    yield Workspace.open(tmp_path)
    st.cache_resource.clear()


def visit() -> AppTest:
    visitor = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=90)
    visitor.context = {"locale": "en-US"}
    return visitor.run().switch_page("pages/screens/money.py").run()


def give(home: Workspace, kind: str, text: str, **more: str) -> None:
    mapping = {name: f"{kind}.{name}" for name in text.partition("\n")[0].split(",")}
    digest = home.add(f"{kind}.csv", text.encode())
    home.keep_answers(digest, FileAnswers(mapping=mapping, **more))


def test_an_empty_desk_says_what_to_do_and_a_moved_slider_moves_the_profit(home: Workspace) -> None:
    assert "Give us your sales" in visit().info[0].value
    days = [f"2025-03-{day:02}" for day in range(1, 32)]
    give(
        home,
        "posts",
        "\n".join(["at,reach,link_clicks", *(f"{day},900,9" for day in days)]),
        network="facebook",
        account="a",
    )
    give(home, "orders", "\n".join(["at,id,source,amount", *(f"{day},n{day},facebook,100" for day in days)]))
    give(home, "costs", "month,item,amount\n2025-03,Design,310\n2025-03,Ad budget,310")
    home.keep_owner(Owner(currency="USD", margin_rate=50, own_hours_week=7, own_hour_worth=1))
    visitor = visit()
    assert not visitor.exception
    assert visitor.title[0].value.startswith("Social networks pay off: return on what you spent 150%")
    text = " ".join(one.value for one in visitor.markdown)
    assert "no file has a column with promo codes" in text
    assert "13 orders of the usual size" in text
    assert "the return on what you spent is 138" in text
    slider = next(one for one in visitor.select_slider if one.label == "Revenue of one order")
    before = visitor.dataframe[-1].value
    assert before["Now"].tolist() == before["Then"].tolist()
    slider.set_value(slider.options[-1] if isinstance(slider.value, str) else slider.value * 2).run()
    assert not visitor.exception
    after = visitor.dataframe[-1].value
    assert after["Then"].tolist()[-1] != before["Then"].tolist()[-1]
