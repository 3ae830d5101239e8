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
        import app  # as the server does when it starts
        assert set(sys.modules).isdisjoint({"sqlalchemy", "pydantic", "babel", "kpi"})
        visitor = AppTest.from_file("app.py", default_timeout=30).run()
        assert not visitor.exception and len(visitor.title) == 1
        new = set(sys.modules) - kept
        print([name for name in ("numpy", "pandas", "altair", "pyarrow", "openpyxl") if name in new])
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
def test_a_first_visitor_is_offered_examples_and_a_place_for_files() -> None:
    visitor = visit()
    keys = {button.key for button in visitor.button}
    assert "front.demo_coffee_shop" in keys
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


def test_one_click_opens_an_example_and_touches_no_own_file(home: Workspace) -> None:
    home.choose(["sales"])
    visitor = visit()
    visitor.button(key="front.demo_coffee_shop").click().run()
    assert any("всё здесь выдумано" in text.value for text in visitor.markdown)
    assert "Декабрь 2025" in visitor.title[0].value
    assert (home.files(), home.goals()) == ((), ("sales",))
    assert home.settings()["desk"] == "demo_coffee_ru"


def test_an_example_stays_open_over_a_reload_and_one_click_leads_back(
    home: Workspace,
) -> None:
    home.add("моё.csv", _MINE)
    example = home.beside("demo_coffee_ru")
    example.add("выдумано.csv", b"c,d\n3,4\n")
    example.keep_setting("demo", "coffee_ru")
    home.keep_setting("desk", example.id)
    visitor = visit()
    assert any("«Рыжая сойка»: всё здесь выдумано" in text.value for text in visitor.markdown)
    back = visitor.button(key="example.back")
    assert back.label == "К моим файлам"
    back.click().run()
    assert not any("всё здесь выдумано" in text.value for text in visitor.markdown)
    assert visitor.title[0].value == "Месяц, который только что закончился"
    assert [given.name for given in home.files()] == ["моё.csv"]
    assert len(example.files()) == 1


def test_the_month_of_an_example_is_told_by_its_files(home: Workspace) -> None:
    demo.load(home, "coffee_en")
    visitor = visit("en-US")
    assert visitor.title[0].value == "December 2025: every file is here"
    assert any("plays in January 2026" in caption.value for caption in visitor.caption)
    labels = {button.proto.label for button in visitor.get("download_button")}
    assert labels == {"Save to print or send", "Remind me every month"}
    assert not any("Since your last visit" in header.value for header in visitor.header)


def test_a_file_that_ends_before_the_month_is_due_with_its_click_path(home: Workspace) -> None:
    home.add("vk.csv", (demo.FOLDER / "coffee_ru" / "Статистика сообщества ВКонтакте.csv").read_bytes())
    visitor = visit()
    assert "не хватает 1 источника из 1" in visitor.title[0].value
    assert any("Выгрузить статистику" in caption.value for caption in visitor.caption)
    assert len(visitor.file_uploader) == 1


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
