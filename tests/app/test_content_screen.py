"""The content screen: the finding, groups, posts as a table of numbers, and the way out of an empty one."""

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
    return visitor.run().switch_page("pages/screens/content.py").run()


def test_an_empty_desk_says_what_to_do_and_posts_are_compared_and_listed(home: Workspace) -> None:
    assert "export of your posts" in visit().info[0].value
    fields = ("at", "text", "format", "reach", "reactions", "comments", "shares", "link_clicks")
    lines = [",".join(fields)]
    lines += [
        f"2025-{month:02}-{day:02},No {day},{('image', 'reel')[day % 2]},{(900, 2000)[day % 2] + day},9,1,0,2"
        for day in range(1, 29)
        for month in (1, 2, 3)
    ]
    digest = home.add("posts.csv", "\n".join(lines).encode())
    mapping = {name: f"posts.{name}" for name in fields}
    home.keep_answers(digest, FileAnswers(network="facebook", account="a", mapping=mapping))
    sold = home.add(
        "till.csv", b"at,id,code,amount\n2025-03-28,1,NO 28,5\n2025-03-29,2,no 28,7\n2025-03-29,3,,9"
    )
    columns = {name: f"orders.{name}" for name in ("at", "id", "code", "amount")}
    home.keep_answers(sold, FileAnswers(mapping=columns))
    home.keep_owner(Owner(currency="USD"))
    visitor = visit()
    assert not visitor.exception
    assert visitor.title[0].value.startswith("Reels (short videos): 1.")
    whole = visitor.dataframe[-1].value
    assert whole["Reach"].tolist()[:2] == [928.0, 2027.0]
    assert len(whole) == 84
    assert (visitor.metric[0].label, visitor.metric[0].value) == ("2 orders", r"\$12")
    assert whole["Orders"].tolist()[0] == 2
    assert whole["Revenue, USD"].tolist()[0] == 12
    assert "2 of 3 orders since" in " ".join(one.value for one in visitor.markdown)
