"""The front door: light, three ways in, and no file thrown away without a word."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpi.workspace import Workspace
from pages.parts import demo

_ROOT = Path(__file__).parents[2]
_MINE = b"a,b\n1,2\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    return Workspace.open(tmp_path)


def visit(locale: str = "ru-RU") -> AppTest:
    visitor = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=60)
    visitor.context = {"locale": locale}
    return visitor.run()


def test_what_the_front_door_imports_is_light(tmp_path: Path) -> None:
    code = """if True:
        import sys
        from streamlit.testing.v1 import AppTest
        kept = set(sys.modules)
        visitor = AppTest.from_file("app.py", default_timeout=30).run()
        assert not visitor.exception and len(visitor.title) == 1
        new = set(sys.modules) - kept
        print([name for name in ("pandas", "altair", "pyarrow", "openpyxl") if name in new])
    """
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"SVETOFOR_HOME": str(tmp_path)},
    )
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.usefixtures("home")
def test_a_first_visitor_is_offered_examples_and_a_place_for_files_but_nothing_to_go_on_with() -> None:
    visitor = visit()
    keys = {button.key for button in visitor.button}
    assert "front.demo_coffee_shop" in keys
    assert "front.on" not in keys
    assert len(visitor.file_uploader) == 1
    assert any("никуда больше не отправляются" in caption.value for caption in visitor.caption)


def test_one_card_a_trade_in_the_order_of_trades_and_in_the_visitor_s_language_if_there_is_a_choice() -> None:
    def made(id_: str, trade: str) -> demo.Demo:
        return demo.Demo(id=id_, trade=trade, lang=id_[-2:], name={}, blurb={})

    found = [
        made("shop_en", "online_shop"),
        made("coffee_en", "coffee_shop"),
        made("coffee_ru", "coffee_shop"),
    ]
    assert [one.id for one in demo.offered(found, "ru")] == ["coffee_ru", "shop_en"]
    assert [one.id for one in demo.offered(found, "en")] == ["coffee_en", "shop_en"]


def test_every_invented_business_can_be_told_and_laid_out(home: Workspace) -> None:
    for one in demo.demos():
        assert all(one.name[lang] and one.blurb[lang] for lang in ("ru", "en"))
        laid = demo.laid_out(home, one.id)
        assert laid.files()
        assert laid.goals()
    assert not home.files()


def test_one_click_opens_an_example_beside_the_own_files_and_one_leads_back(home: Workspace) -> None:
    home.add("моё.csv", _MINE)
    home.choose(["sales"])
    visitor = visit()
    visitor.button(key="front.demo_coffee_shop").click().run()
    assert visitor.title[0].value
    assert any("всё здесь выдумано" in text.value for text in visitor.markdown)
    assert [given.name for given in home.files()] == ["моё.csv"]
    again = visit()  # a reload: the example still lies on the desk
    assert any("всё здесь выдумано" in text.value for text in again.markdown)
    assert again.button(key="example.back").label == "К моим файлам"
    again.button(key="example.back").click().run()
    assert not any("всё здесь выдумано" in text.value for text in again.markdown)
    assert again.button(key="front.on")
    assert home.goals() == ("sales",)


def test_what_was_tried_in_an_example_stays_until_the_example_is_another(home: Workspace) -> None:
    laid = demo.laid_out(home, "coffee_en")
    laid.choose(["loyalty"])
    assert demo.laid_out(home, "coffee_en").goals() == ("loyalty",)
    laid.keep_setting("made_of", "an earlier version")
    assert "loyalty" not in demo.laid_out(home, "coffee_en").goals()


def test_files_dropped_while_an_example_is_shown_are_the_owner_s_own(home: Workspace) -> None:
    visitor = visit()
    visitor.button(key="front.demo_coffee_shop").click().run()
    visitor.switch_page("pages/screens/data.py").run()
    visitor.file_uploader[0].upload("моё.csv", _MINE, "text/csv").run()
    assert [given.name for given in home.files()] == ["моё.csv"]
    assert len(demo.laid_out(home, "coffee_ru").files()) > 1
    assert not any("всё здесь выдумано" in text.value for text in visitor.markdown)
