"""Files of two clients: told apart, handed over, found again by the address, and forgotten whole."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.workspace import Workspace
from kpi.workspace.businesses import businesses

_ROOT = Path(__file__).parents[2]
_HEAD = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,"
    "Post type,Data comment,Date,Views,Reach,Likes,Shares,Comments,Saves,Follows\n"
)


def posts(account: str) -> bytes:
    rows = (
        f"{len(account)}{place}9,1,{account},{account},A post,0,03/{place:02}/2025 10:00,"
        f"https://www.instagram.com/p/{account}{place}/,IG image,,Lifetime,"
        f"{place}0,{place}0,{place},0,0,0,0\n"
        for place in range(1, 8)
    )
    return (_HEAD + "".join(rows)).encode()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    st.cache_resource.clear()
    return Workspace.open(tmp_path)


def test_files_of_a_client_are_handed_over_found_by_the_address_and_forgotten_whole(home: Workspace) -> None:
    home.add("salon.csv", posts("salon"))
    client = home.add("cafe.csv", posts("cafe"))
    home.choose(["engagement"])
    desk = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=60)
    desk.context = {"locale": "en-US"}
    desk.run().switch_page("pages/screens/data.py").run()
    assert any("Instagram: “salon” and “cafe”" in text.value for text in desk.markdown)
    assert "business" not in desk.query_params
    desk.switch_page("pages/screens/dashboard.py").run()
    assert any("Looked at together: Instagram: “" in text.value for text in desk.caption)
    desk.selectbox(key="dashboard.account").set_value("cafe").run()
    assert not any("Looked at together" in text.value for text in desk.caption)
    desk.switch_page("pages/screens/data.py").run()
    desk.session_state["data.business"] = True
    desk.run()
    desk.multiselect(key="data.business_files").select(client)
    submit = next(one for one in desk.button if one.label == "Keep apart")
    submit.click().run()
    assert desk.warning[0].value == "A new business needs a name."
    desk.text_input(key="data.business_name").input("Café")
    next(one for one in desk.button if one.label == "Keep apart").click().run()
    first, second = businesses(home)
    assert [given.name for given in home.files()] == ["salon.csv"]
    assert not any("several accounts" in text.value for text in desk.markdown)
    assert desk.query_params["business"] == first.id
    desk.button(key=f"shell.business_{second.id}").click().run()
    assert not desk.exception
    assert desk.query_params["business"] == second.id
    assert any("**cafe" in text.value for text in desk.markdown)

    again = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=60)
    again.query_params["business"] = first.id
    again.run().switch_page("pages/screens/data.py").run()
    assert any("**salon" in text.value for text in again.markdown)

    desk.session_state["data.business"] = True
    desk.run()
    home.beside(second.id).contractor().add("agency.csv", b"x")
    desk.button(key="data.business_forget").click().run()
    assert [one.id for one in businesses(home)] == [first.id]
    assert home.beside(second.id).files() == home.beside(second.id).contractor().files() == ()
    assert [given.name for given in home.files()] == ["salon.csv"]
