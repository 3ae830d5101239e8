"""The data screen: cards, refusals, mapping, questions, the five answers."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import streamlit as st
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from kpi.model.owner import FileAnswers, Owner
from kpi.report.words.tell import day
from kpi.workspace import Workspace
from kpi.workspace.portable import written

_ROOT = Path(__file__).parents[2]
_OWN = "Дата,Просмотров,Лайков\n" + "".join(f"2025-03-{day:02},{100 + day},{day}\n" for day in range(1, 29))
_SWAPPED = "Лайков,Просмотров,Дата\n" + "".join(
    f"{day},{100 + day},2025-04-{day:02}\n" for day in range(1, 29)
)
_VK = "Дата,Критерий,Парам. №1,Парам. №2,Значение\n" + "".join(
    f"{day:02}.03.2025,members,{who},,{count}\n"
    for day in range(1, 15)
    for who, count in (("Новые участники", 5), ("Вышедшие участники", 2))
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    st.cache_resource.clear()
    return Workspace.open(tmp_path)


def visit() -> AppTest:
    visitor = AppTest.from_file(str(_ROOT / "app.py"), default_timeout=60)
    visitor.context = {"locale": "ru-RU", "timezone": "Europe/Moscow"}
    return visitor.run().switch_page("pages/screens/data.py").run()


def shown(visitor: AppTest) -> str:
    return "\n".join(element.value for element in (*visitor.markdown, *visitor.caption))


def one_of(elements: object, start: str) -> object:
    """Return the only element whose key starts so; keys end with the digest of their file."""
    (found,) = [element for element in elements if (element.key or "").startswith(start)]  # type: ignore[attr-defined]
    return found


def test_files_come_in_are_kept_and_one_that_is_refused_stops_no_other(home: Workspace) -> None:
    visitor = visit()
    visitor.file_uploader[0].upload("моё.csv", _OWN.encode(), "text/csv").run()
    visitor.file_uploader[0].upload("фото.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(60), "image/png").run()
    assert [given.name for given in home.files()] == ["моё.csv", "фото.xlsx"]
    assert visitor.title[0].value == "1 файл ждёт вашего ответа, 1 файл не подошёл"
    assert "картинка" in shown(visitor)
    assert not visitor.exception
    assert not visitor.file_uploader[0].value


def test_a_name_that_is_markdown_is_shown_and_not_obeyed(home: Workspace) -> None:
    home.add("[счёт](javascript:1) :red[!].csv", b"")
    name = next(text.value for text in visit().markdown if "счёт" in text.value)
    assert r"\[счёт\]\(javascript" in name
    assert ":red" not in name.replace(":red-badge", "")


def test_a_mapping_once_confirmed_asks_nothing_of_the_same_sheet_with_columns_swapped(
    home: Workspace,
) -> None:
    home.add("моё.csv", _OWN.encode())
    visitor = visit()
    assert waiting(visitor)
    one_of(visitor.button, "data.confirm_").click().run()  # type: ignore[attr-defined]
    assert not waiting(visitor)
    (memory,) = home.memories().values()
    mapped = memory.said.mapping
    assert {field.partition(".")[2] for field in mapped.values() if field} >= {"views", "reactions"}
    home.add("переименовано.csv", _SWAPPED.encode())
    again = visit()
    assert not waiting(again)
    assert "апр" in shown(again)
    assert shown(again).count("Прочитано так, как вы указали") == 2


def waiting(visitor: AppTest) -> bool:
    """Return whether a spreadsheet waits for its mapping."""
    return "Что в каких столбцах?" in [fold.label for fold in visitor.expander]


def test_joins_and_leaves_ask_for_the_followers_of_one_day(home: Workspace) -> None:
    digest = home.add("стата.csv", _VK.encode())
    visitor = visit()
    assert visitor.title[0].value == "1 файл ждёт вашего ответа"
    one_of(visitor.number_input, "data.level_").set_value(4800)  # type: ignore[attr-defined]
    one_of(visitor.button, "data.keep_level_").click().run()  # type: ignore[attr-defined]
    assert home.answers(digest).followers == {"2025-03-14": 4800.0}
    assert visitor.title[0].value == "1 файл прочитан"


def test_a_removed_file_comes_back_with_what_was_said_about_it(home: Workspace) -> None:
    digest = home.add("стата.csv", _VK.encode())
    home.keep_answers(digest, FileAnswers(followers={"2025-03-01": 100.0}))
    visitor = visit()
    one_of(visitor.button, "data.remove_").click().run()  # type: ignore[attr-defined]
    assert home.files() == ()
    visitor.button(key="data.undo").click().run()
    assert home.answers(digest).followers == {"2025-03-01": 100.0}


def test_no_costs_is_zero_and_an_empty_field_is_unknown(home: Workspace) -> None:
    home.add("стата.csv", _VK.encode())
    visitor = visit()
    visitor.selectbox(key="data.trade").select("coffee_shop")
    visitor.button(key="data.keep_answers").click().run()
    assert home.owner() == Owner(
        trade="coffee_shop", time_zone="Europe/Moscow", since=date(2025, 3, 1), smm_costs_month=None
    )
    visitor.checkbox(key="data.costs_none").check()
    visitor.number_input(key="data.margin").set_value(60)
    visitor.number_input(key="data.years").set_value(3)
    visitor.number_input(key="data.promise").set_value(0)
    visitor.button(key="data.keep_answers").click().run()
    assert home.owner().smm_costs_month == 0
    assert home.owner().margin_rate == 60
    assert home.owner().lifetime_years == 3
    assert home.owner().reply_within is None  # an answer within no time is no promise


def test_the_first_own_file_puts_the_example_away(home: Workspace) -> None:
    home.keep_setting("demo", "coffee_ru")
    home.add("выдумано.csv", _VK.encode())
    visitor = visit()
    assert "всё здесь выдумано" in shown(visitor)
    visitor.file_uploader[0].upload("моё.csv", _OWN.encode(), "text/csv").run()
    assert [given.name for given in home.files()] == ["моё.csv"]
    assert "выдумано" not in shown(visitor)


def test_the_biggest_gap_of_a_source_is_named_and_told_again_in_a_table(home: Workspace) -> None:
    for name, days in (("январь.csv", range(1, 11)), ("потом.csv", range(20, 32))):
        rows = "".join(f"{day:02d}.03.2025,members,Новые участники,,{day}\n" for day in days)
        home.add(name, f"Дата,Критерий,Парам. №1,Парам. №2,Значение\n{rows}".encode())
    visitor = visit()
    assert re.search(
        r"пробел: ВКонтакте · Новые подписчики, за 11–19\s\S+\s2025\sг. нет данных",
        shown(visitor).replace("\\", ""),
    )
    (table,) = [frame.value for frame in visitor.dataframe if "Нет недель" in frame.value.columns]
    assert table[["Целых недель", "Неполных недель", "Нет недель"]].to_numpy().tolist() == [["4", "2", "0"]]
    assert not visitor.exception


def test_dates_without_a_year_wait_for_the_year_of_the_last_row(home: Workspace) -> None:
    days = ("December 30", "December 31", "January 1", "January 2")
    heads = "Date,Video Views,Profile Views,Likes,Comments,Shares\n"
    digest = home.add("Overview.csv", (heads + "".join(f"{day},5,4,3,2,1\n" for day in days)).encode())
    visitor = visit()
    assert visitor.title[0].value == "1 файл ждёт вашего ответа"
    question = one_of(visitor.button_group, "data.ask_year_")
    year = re.findall(r"\d{4}", question.options[-1])[0]  # type: ignore[attr-defined]
    question.set_value(year).run()  # type: ignore[attr-defined]
    assert home.answers(digest).year == int(year)
    assert f"2 янв. {year}" in re.sub(r"\s", " ", shown(visitor))
    change = one_of(visitor.button, "data.change_year_")
    change.click().run()  # type: ignore[attr-defined]
    assert home.answers(digest).year is None


def test_a_renamed_column_is_told_and_the_rest_is_kept(home: Workspace) -> None:
    home.keep_answers(home.add("март.csv", _OWN.encode()), FileAnswers(network="vk"))
    one_of(visit().button, "data.confirm_").click().run()  # type: ignore[attr-defined]
    home.add("апрель.csv", _SWAPPED.replace("Просмотров", "Кто видел").encode())
    visitor = visit()
    assert waiting(visitor)
    said = next(text.value for text in visitor.markdown if "столбцы изменились" in text.value)
    assert "Больше нет столбца «Просмотров»" in said
    assert "Новый столбец: «Кто видел»" in said
    (chosen,) = [box.value for box in visitor.selectbox if box.label == "Что такое Кто видел?"]
    assert chosen == "account.views"
    next(one for one in visitor.button if (one.key or "").startswith("data.confirm_")).click().run()
    assert not waiting(visitor)
    assert visitor.title[0].value == "2 файла прочитано"


def test_what_a_mapping_lacks_stands_above_it_with_what_that_costs(home: Workspace) -> None:
    home.add("касса.csv", "Дата,Чеки,Кассир\n01.03.2025,84,Оля\n02.03.2025,91,Аня\n".encode())
    visitor = visit()
    lacking = [text.value for text in visitor.markdown if "Не хватает" in text.value]
    assert any("«Сумма»: без этого останется неизвестным" in text for text in lacking), lacking
    for box in visitor.selectbox:
        if box.label == "Что такое Дата?":
            box.select_index(0).run()
    assert one_of(visitor.button, "data.confirm_").disabled  # type: ignore[attr-defined]
    assert "показатели по ним не посчитать" in shown(visitor)


def test_the_first_rows_are_shown_as_they_will_be_read(home: Workspace) -> None:
    home.add("моё.csv", _OWN.encode())
    frame = next(frame.value for frame in visit().dataframe if "Просмотры" in frame.value)
    assert list(frame["Просмотры"]) == ["101", "102", "103", "104", "105"]
    assert frame["Дата"][0] == day(date(2025, 3, 1), "ru")


def test_a_date_of_two_readings_is_asked_once_with_a_cell_of_the_file(home: Workspace) -> None:
    rows = "Date,Views,Likes\n" + "".join(f"03/0{day}/2026,{day},{day}\n" for day in (4, 8, 5, 7))
    home.add("own.csv", rows.encode())
    visitor = visit()
    assert "Что в столбце «Date» стоит первым" in shown(visitor)
    (pills,) = [one for one in visitor.button_group if one.label == "Что значит «03/04/2026»?"]
    assert pills.options == [day(date(2026, 4, 3), "ru"), day(date(2026, 3, 4), "ru")]
    pills.select("dmy").run()
    one_of(visitor.button, "data.confirm_").click().run()  # type: ignore[attr-defined]
    home.add("next.csv", rows.replace("2026", "2025").encode())
    again = visit()
    assert again.title[0].value == "2 файла ждут вашего ответа"  # of which network they are
    assert "стоит первым" not in shown(again)


def test_a_hidden_sheet_is_read_when_it_is_wanted(home: Workspace) -> None:
    home.add("книга.xlsx", _hidden())
    visitor = visit()
    assert "Скрытый лист «Старое» не читали" in shown(visitor)
    one_of(visitor.button, "data.hidden_").click().run()  # type: ignore[attr-defined]
    assert "Скрытый лист «Старое» тоже прочитан" in shown(visitor)
    assert home.answers(home.files()[0].digest).hidden_sheets
    one_of(visitor.button, "data.hidden_").click().run()  # type: ignore[attr-defined]
    assert "не читали" in shown(visitor)


def test_numbers_stored_as_text_are_told_and_left_out_with_one_click(home: Workspace) -> None:
    book = Workbook()
    book["Sheet"].append(["Дата", "Сеть", "Просмотров", "Лайков"])
    for n in range(1, 9):
        book["Sheet"].append([f"2025-03-{n:02}", "VK", str(n) if n < 4 else n, n])
    made = BytesIO()
    book.save(made)
    home.add("посты.xlsx", made.getvalue())
    visitor = visit()
    one_of(visitor.button, "data.confirm_").click().run()  # type: ignore[attr-defined]
    assert "3 числа записаны в таблице как текст, мы прочитали их" in shown(visitor)
    assert "«Просмотров» (3)" in shown(visitor)
    one_of(visitor.button, "data.texts_").click().run()  # type: ignore[attr-defined]
    assert "мы их не учитываем" in shown(visitor)
    assert home.answers(home.files()[0].digest).keep_texts


def _hidden() -> bytes:
    book = Workbook()
    for name in ("Новое", "Старое"):
        sheet = book.create_sheet(name)
        for row in (["Дата", "Просмотров", "Лайков"], *([f"2025-03-{n:02}", n, n] for n in range(1, 9))):
            sheet.append(row)
    del book["Sheet"]
    book["Старое"].sheet_state = "hidden"
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_many_files_that_are_read_are_folded_and_those_that_ask_come_first(home: Workspace) -> None:
    for month in range(1, 6):
        home.add(f"стата{month}.csv", _VK.replace(".03.", f".{month:02}.").encode())
        home.keep_answers(home.files()[-1].digest, FileAnswers(followers={f"2025-{month:02}-14": 100.0}))
    home.add("фото.png", b"\x89PNG\r\n\x1a\n" + bytes(60))
    visitor = visit()
    assert visitor.title[0].value == "5 файлов прочитано, 1 файл не подошёл"
    folds = [fold.label for fold in visitor.expander if "стата" in fold.label]
    assert len(folds) == 5
    assert "14 строк" in folds[0] or "28 строк" in folds[0] or "56" in folds[0]
    names = [text.value for text in visitor.markdown if "png" in text.value or "стата" in text.value]
    assert "png" in names[0]


def test_two_files_that_contradict_each_other_are_asked_whose_they_are(home: Workspace) -> None:
    for name, factor in (("одна.csv", 5), ("другая.csv", 900)):
        rows = "".join(f"{day:02d}.03.2025,members,Новые участники,,{day * factor}\n" for day in range(1, 11))
        home.add(name, f"Дата,Критерий,Парам. №1,Парам. №2,Значение\n{rows}".encode())
    visitor = visit()
    questions = [text for text in visitor.text_input if (text.key or "").startswith("data.ask_account_")]
    assert len(questions) == 2
    assert "другая" in questions[0].label
    for text in questions:
        text.input("Кофейня").run()
    assert [home.answers(given.digest).account for given in home.files()] == ["Кофейня", "Кофейня"]
    again = visit()
    assert not [text for text in again.text_input if (text.key or "").startswith("data.ask_account_")]
    assert not again.exception


def _vk(days: range, *, factor: int, kinds: tuple[str, ...]) -> bytes:
    rows = "".join(f"{day:02d}.03.2025,members,{who},,{day * 10 + factor}\n" for day in days for who in kinds)
    return f"Дата,Критерий,Парам. №1,Парам. №2,Значение\n{rows}".encode()


def test_what_a_newer_file_revised_is_said_in_a_sentence(home: Workspace) -> None:
    kinds = ("Новые участники", "Вышедшие участники")
    home.add("раньше.csv", _vk(range(1, 15), factor=0, kinds=kinds))
    home.add("позже.csv", _vk(range(5, 20), factor=2, kinds=kinds))
    visitor = visit()
    text = shown(visitor).replace("\\", "")
    assert (
        "В позже.csv другие цифры, чем в раньше.csv, за 10 дней: Новые подписчики +2,1 % в сумме"
        in text.replace("\N{NO-BREAK SPACE}", " ")
    )
    assert text.count("Считаем по новым") == 2
    assert not visitor.exception


def test_mappings_are_brought_in_forgotten_and_refused_by_name(home: Workspace) -> None:
    home.add("моё.csv", _OWN.encode())
    visitor = visit()
    one_of(visitor.button, "data.confirm_").click().run()  # type: ignore[attr-defined]
    taken_away = written(home.memories().values())
    one_of(visitor.button, "data.forget_").click().run()  # type: ignore[attr-defined]
    assert waiting(visitor)
    strange = taken_away.replace("account.views", "account.luck")
    visitor.file_uploader[1].upload("m.json", strange.encode(), "application/json").run()
    assert "account\\.luck" in visitor.error[0].value
    assert not home.memories()
    visitor.file_uploader[1].upload("m.json", taken_away.encode(), "application/json").run()
    assert len(home.memories()) == 1
    assert not waiting(visitor)
    assert not visitor.exception


def test_a_copy_with_marks_is_made_when_asked_for(home: Workspace) -> None:
    home.add("касса.csv", _OWN.replace("101,1", "много,1").encode())
    home.keep_answers(home.files()[0].digest, FileAnswers(network="vk"))
    visitor = visit()
    one_of(visitor.button, "data.confirm_").click().run()  # type: ignore[attr-defined]
    one_of(visitor.button, "data.copy_").click().run()  # type: ignore[attr-defined]
    assert not visitor.exception
    labels = [one.proto.label for one in visitor.get("download_button")]
    assert "Скачать копию с пометками" in labels


def test_the_rate_of_every_other_currency_is_asked_and_kept(home: Workspace) -> None:
    digest = home.add("касса.csv", b"Date;Revenue\n2025-05-01;$10\n2025-05-02;900 RUB\n")
    home.keep_answers(digest, FileAnswers(mapping={"Date": "orders.at", "Revenue": "orders.amount"}))
    home.keep_owner(Owner(currency="RUB", since=date(2025, 5, 1)))
    visitor = visit()
    assert "Сколько стоят другие валюты?" in shown(visitor)
    visitor.number_input(key="data.rate_USD").set_value(92.5)
    visitor.button(key="data.keep_answers").click().run()
    assert home.owner().rates == {"USD": 92.5}
    assert not [one for one in visitor.number_input if one.key == "data.rate_RUB"]


def test_reports_of_one_marketplace_that_disagree_are_asked_about_and_the_answer_is_kept(
    home: Workspace,
) -> None:
    golden = _ROOT / "tests" / "golden" / "sources"
    for name in ("ozon_accruals.xlsx", "ozon_unit.xlsx"):
        home.add(name, (golden / name).read_bytes())
    visitor = visit()
    (question,) = visitor.radio
    assert "разные суммы" in question.label
    question.set_value("ozon_unit").run()
    assert home.owner().reports == {"ozon": "ozon_unit"}
    assert not visit().checkbox("data.margin_unknown").value  # nothing was said about the business
    assert not visitor.exception
