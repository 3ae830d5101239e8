"""Whole files, from bytes to tables: what is used, what is asked, what is told."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from kpi.errors import NothingFoundError, UploadError
from kpi.ingest.parse import parse
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.period import Period
from kpi.model.reading import Outcome, Reading, Table

HEADINGS = "Post ID,Account username,Permalink,Publish time,Post type,Data comment"
POSTS = f"{HEADINGS},Views,Reach,Likes,Comments,Shares,Saves\n"
OWN = "Дата;Охват;Лайки\n01.03.2025;1 234;5\n02.03.2025;2 500;7\n"


def read(body: str | bytes, name: str = "x.csv", **answers: object) -> Reading:
    data = body.encode() if isinstance(body, str) else body
    return parse(name, data, FileAnswers(**answers), HOSTED)  # type: ignore[arg-type]


def table(body: str | bytes, name: str = "x.csv", **answers: object) -> Table:
    return read(body, name, **answers).tables[0]


def column(one: Table, name: str) -> list[object]:
    assert one.data is not None
    return one.data[name].to_pylist()  # type: ignore[no-any-return]


def workbook(*sheets: tuple[str, list[list[object]]], hidden: str | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title == hidden:
            sheet.sheet_state = "hidden"
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def test_the_name_gives_the_window_only_if_it_covers_the_posts() -> None:
    body = POSTS + "1,shop,u,04/05/2025 10:00,IG reel,,5,4,1,0,0,0\n"
    assert table(body, "Apr-01-2025_Jun-30-2025_1.csv").window == Period(date(2025, 4, 1), date(2025, 6, 30))
    assert table(body, "May-01-2025_Jun-30-2025_1.csv").window is None
    assert table(body, "whatever.csv").window is None


def test_a_resaved_export_may_have_european_dates() -> None:
    found = table(POSTS.replace(",", ";") + "1;shop;u;25.04.2025 10:00;IG reel;;5;4;1;0;0;0\n")
    assert (found.source, found.first) == ("meta_instagram_posts", date(2025, 4, 25))


def test_a_bad_cell_is_unknown_and_told_with_its_place() -> None:
    found = read(
        POSTS + "1,shop,u,04/05/2025 10:00,IG reel,,5,many,1,0,0,0\n2,shop,u,soon,IG hologram,,5,4,1,0,0,0\n"
    )
    assert column(found.tables[0], "reach") == [None, 4]
    told = {(issue.key, issue.row, issue.heading, issue.cell) for issue in found.issues}
    assert ("bad_number", 2, "Reach", "many") in told
    assert ("bad_date", 3, "Publish time", "soon") in told
    assert any(issue.key == "unknown_label" and issue.cell == "IG hologram" for issue in found.issues)


def test_damaged_ids_are_no_ids() -> None:
    found = read(
        POSTS
        + "1.81064E+16,shop,u,04/05/2025 10:00,IG reel,,5,4,1,0,0,0\n"
        + "00123,shop,u,04/06/2025 10:00,IG reel,,5,4,1,0,0,0\n"
    )
    assert column(found.tables[0], "id") == [None, "00123"]
    assert [issue.key for issue in found.issues] == ["damaged_id"]


def test_an_id_stored_as_a_long_number_lost_digits() -> None:
    rows = [
        POSTS.strip().split(","),
        [17841400000000123, "shop", "u", "04/05/2025", "IG reel", "", 5, 4, 1, 0, 0, 0],
    ]
    found = read(workbook(("S", rows)))
    assert column(found.tables[0], "id") == [None]
    assert found.issues[0].key == "damaged_id"


def test_blank_rows_inside_a_table_change_nothing() -> None:
    row = "{0},shop,u,04/0{0}/2025 10:00,IG reel,,5,4,1,0,0,0\n"
    found = table(POSTS + row.format(1) + "\n\n" + row.format(2) + ",,,,,,,,,,,\n" + row.format(3))
    assert (found.rows_in, found.rows_used, column(found, "row")) == (3, 3, [2, 5, 7])


def test_a_bare_title_asks_for_the_network_and_takes_the_answer() -> None:
    body = 'sep=,\n"Reach"\n"Date","Primary"\n"2025-01-01T00:00:00","5"\n'
    asked = table(body)
    assert (asked.waiting, asked.questions[0].key, asked.questions[0].choices) == (
        True,
        "network",
        ("facebook", "instagram"),
    )
    answered = table(body, network="instagram", account="shop")
    assert (answered.waiting, answered.network, answered.account, answered.questions) == (
        False,
        "instagram",
        "shop",
        (),
    )


def test_an_unknown_title_gives_no_field_but_a_remark() -> None:
    found = read('"Colour of the sky"\n"Date","Primary"\n"2025-01-01T00:00:00","5"\n')
    assert found.tables[0].columns[1].field is None
    assert "unknown_title" in {issue.key for issue in found.issues}


def test_a_known_export_without_rows_is_read() -> None:
    found = read(POSTS)
    assert (found.outcome, found.tables[0].rows_in, found.issues[0].key) == (Outcome.READ, 0, "no_rows")


def test_an_own_sheet_waits_with_samples_and_guesses() -> None:
    found = read(OWN)
    one = found.tables[0]
    assert (found.outcome, one.kind, one.data) == (Outcome.MAPPING, None, None)
    assert [column.guess for column in one.columns] == ["account.date", "account.reach", "account.reactions"]
    assert one.columns[1].samples == ("1 234", "2 500")
    assert one.columns[1].total == 3734


def test_a_mapping_reads_it_whatever_the_order_of_columns() -> None:
    mapping = {"Дата": "account.date", "Охват": "account.reach", "Лайки": None}
    one = table(OWN, mapping=mapping, network="vk")
    other = table("Лайки;Охват;Дата\n5;1 234;01.03.2025\n7;2 500;02.03.2025\n", mapping=mapping, network="vk")
    assert one.fingerprint == other.fingerprint == table(OWN).fingerprint
    assert (one.kind, one.network, column(one, "reach")) == ("account", "vk", column(other, "reach"))
    assert [each.field for each in one.columns] == ["account.date", "account.reach", None]


def test_a_network_column_answers_the_question() -> None:
    body = "Дата,Соцсеть,Подписчики\n2025-01-01,ВКонтакте,5\n2025-01-02,Телега,6\n2025-01-03,Мяу,6\n"
    mapping = {"Дата": "account.date", "Соцсеть": "account.network", "Подписчики": "account.followers"}
    found = read(body, mapping=mapping)
    assert column(found.tables[0], "network") == ["vk", "telegram", None]
    assert found.tables[0].questions == ()
    assert [issue.cell for issue in found.issues] == ["Мяу"]


def test_fields_of_another_table_are_left_out_and_told() -> None:
    found = read(OWN, mapping={"Дата": "account.date", "Охват": "account.reach", "Лайки": "posts.reactions"})
    assert [issue.heading for issue in found.issues if issue.key == "other_table"] == ["Лайки"]


def test_day_and_month_are_asked_and_only_dates_wait() -> None:
    body = "Date,Followers\n03/04/2026,1\n05/06/2026,2\n"
    mapping = {"Date": "account.date", "Followers": "account.followers"}
    asked = table(body, mapping=mapping, network="vk")
    assert [(one.key, one.heading) for one in asked.questions] == [("day_or_month", "Date")]
    assert (column(asked, "date"), asked.first, asked.columns[1].total) == ([None, None], None, 3)
    assert table(body, mapping=mapping, network="vk", day_or_month="dmy").first == date(2026, 4, 3)


def test_thousands_are_told_by_other_columns_assumed_for_counts_and_asked_for_money() -> None:
    mapping = {"Date": "ads.starts", "Reach": "ads.reach", "Spend": "ads.spend"}
    by_others = table("Date;Reach;Spend\n2025-01-01;1.234;1,50\n2025-01-02;12.345;2,75\n", mapping=mapping)
    assert column(by_others, "reach") == [1234, 12345]
    alone = read("Date;Reach\n2025-01-01;1.234\n2025-01-02;12.345\n", mapping=mapping)
    assert column(alone.tables[0], "reach") == [1234, 12345]
    assert [issue.key for issue in alone.issues] == ["assumed_thousands"]
    money = table("Date;Spend\n2025-01-01;1.234\n2025-01-02;12.345\n", mapping=mapping)
    assert (column(money, "spend"), money.questions[0].key) == ([None, None], "decimal")


def test_an_unlabelled_total_row_is_told_by_arithmetic() -> None:
    body = "Дата;Охват;Лайки\n01.03.2025;10;5\n02.03.2025;20;7\n;30;12\n"
    mapping = {"Дата": "account.date", "Охват": "account.reach", "Лайки": "account.reactions"}
    found = table(body, mapping=mapping)
    assert [(one.row, one.reason) for one in found.aside] == [(4, "total_row")]


def test_hidden_sheets_and_sheets_without_a_table_are_told() -> None:
    rows: list[list[object]] = [["Date", "Reach"], ["2025-01-01", 5], ["2025-01-02", 6]]
    found = read(workbook(("Data", rows), ("Secret", rows), ("Empty", []), hidden="Secret"))
    assert [one.sheet for one in found.tables] == ["Data"]
    assert [(issue.key, issue.sheet) for issue in found.issues] == [
        ("hidden_sheet", "Secret"),
        ("no_table", "Empty"),
    ]


def test_the_same_table_is_the_same_in_a_workbook() -> None:
    rows: list[list[object]] = [
        ["Notes of March"],
        [],
        ["Дата", "Охват", "Лайки"],
        [date(2025, 3, 1), 1234, 5],
        ["02.03.2025", "2 500", 7],
    ]
    mapping = {"Дата": "account.date", "Охват": "account.reach"}
    one, other = table(OWN, mapping=mapping), table(workbook(("S", rows)), mapping=mapping)
    assert column(one, "date") == column(other, "date")
    assert column(one, "reach") == column(other, "reach")
    assert column(other, "row") == [4, 5]


def test_tables_of_web_pages_are_read() -> None:
    head, row = "<tr><th>Date</th><th>Reach</th></tr>", "<tr><td>2025-01-01</td><td>5</td></tr>"
    page = f"<html><table>{head}{row}</table></html>"
    found = table(page, "x.xls")
    assert [each.heading for each in found.columns] == ["Date", "Reach"]
    assert found.columns[1].total == 5


def test_spreadsheetml_is_read() -> None:
    cell = '<Cell{}><Data ss:Type="String">{}</Data></Cell>'
    rows = "".join(
        f"<Row>{''.join(cell.format('', one) for one in row)}</Row>"
        for row in (("Date", "Reach"), ("2025-01-01", "5"))
    )
    place = ' ss:Index="2"'
    skipped = f"<Row>{cell.format('', '2025-01-02')}{cell.format(place, '6')}</Row>"
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = f'<Worksheet ss:Name="A"><Table>{rows}{skipped}</Table></Worksheet>'
    book = f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}">{sheet}</Workbook>'
    found = table(book, "x.xls")
    assert (found.sheet, found.columns[1].total) == ("A", 11)


def test_a_zip_of_own_tables_names_its_members() -> None:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.csv", OWN)
        archive.writestr("notes.pdf", "no table")
        archive.writestr("б.csv", OWN)
    assert [one.member for one in read(data.getvalue()).tables] == ["a.csv", "б.csv"]


@pytest.mark.parametrize("body", ["\n\n", "Date,Reach\n", "one\n"])
def test_no_table_is_a_named_refusal(body: str) -> None:
    with pytest.raises(NothingFoundError):
        read(body)


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04broken", b"%PDF-1.7", bytes(range(256)) * 40])
def test_other_bytes_are_refused_by_name(body: bytes) -> None:
    with pytest.raises(UploadError):
        read(body)


def test_an_entity_cut_in_the_middle_is_left_out() -> None:
    heads = "Дата,Запись,Ссылка,Охват подписчиков,Виральный охват,Полный охват\n"
    rows = (
        "2025-02-08 14:20,Отзыв &#129392;,https://vk.com/wall-1_1,1,2,3\n"
        "2025-02-09 14:20,До встречи! &#1280...,https://vk.com/wall-1_2,1,2,3\n"
    )
    (found,) = parse("a.csv", (heads + rows).encode(), FileAnswers(), HOSTED).tables
    assert found.source == "vk_posts"
    assert found.data is not None
    assert found.data["text"].to_pylist() == ["Отзыв \U0001f970", "До встречи! ..."]


def test_a_titled_card_has_its_figures_under_any_column_but_the_days() -> None:
    found = table('"Reach"\n"Primary","Note","Date"\n"5","","2025-01-01T00:00:00"\n')
    assert [one.field for one in found.columns] == ["account.reach", None, "account.date"]


@pytest.mark.parametrize(("heading", "told"), [("Link", []), ("Note", [1])])
def test_posts_that_stand_twice_are_told_where_no_identity_tells_them_apart(
    heading: str, told: list[int]
) -> None:
    body = f"Date;Post;Reach;{heading}\n" + "2026-01-01;a;5;x\n" * 2 + "2026-01-01;b;5;y\n"
    mapping = {"Date": "posts.at", "Post": "posts.text", "Reach": "posts.reach", "Link": "posts.url"}
    found = read(body, network="vk", mapping=mapping)
    assert found.tables[0].rows_used == 3
    assert [issue.facts["n"] for issue in found.issues if issue.key == "same_rows"] == told
