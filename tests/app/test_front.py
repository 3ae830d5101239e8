"""The front door: light, three ways in, and no file thrown away without a word."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpi.model.owner import FileAnswers
from kpi.workspace import Workspace

_ROOT = Path(__file__).parents[2]


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
def test_a_first_visitor_is_offered_the_example_and_the_files_but_nothing_to_go_on_with() -> None:
    visitor = visit()
    keys = {button.key for button in visitor.button}
    assert {"front.demo", "front.begin"} <= keys
    assert "front.on" not in keys
    assert "никуда больше не отправляются" in visitor.caption[-1].value


@pytest.mark.parametrize(("locale", "demo"), [("ru-RU", "coffee_ru"), ("en-US", "coffee_en")])
def test_one_click_opens_the_coffee_shop_of_the_visitor_s_language(
    home: Workspace, locale: str, demo: str
) -> None:
    visit(locale).button(key="front.demo").click().run()
    assert home.settings()["demo"] == demo
    assert home.goals()


def test_own_files_are_named_before_an_example_takes_their_place(home: Workspace) -> None:
    home.keep_answers(home.add("моё.csv", b"a,b\n1,2\n"), FileAnswers())
    visitor = visit()
    assert any("заменит 1 ваш файл" in text.value for text in visitor.markdown)
    assert visitor.button(key="front.on").label == "К показателям"
    assert [given.name for given in home.files()] == ["моё.csv"]
