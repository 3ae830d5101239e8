"""The copy with marks: flaws coloured and explained where they stand, and nothing else changed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from kpi.ingest.annotate import annotate
from kpi.ingest.parse import parse
from kpi.ingest.reader import Reader
from kpi.model.copy import Copy, Mark
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Outcome, Reading
from kpi.report.marks import copy

MAPPING = FileAnswers(mapping={"Дата": "account.date", "Просмотры": "account.views"}, network="vk")
ROWS = [
    ("Дата", "Просмотры", "Заметка"),
    ("2025-03-01", 10, "=1+1"),
    ("2025-03-02", "много", "+7 900"),
    ("2025-03-03", 12, None),
    ("Итого", 22, None),
]


def book() -> bytes:
    made = Workbook()
    sheet = made.active
    sheet.title = "Март"
    for row in ROWS:
        sheet.append([None if isinstance(cell, str) and cell[:1] == "=" else cell for cell in row])
    sheet["D2"] = "=SUM(B2:B4)"
    sheet["C2"].value, sheet["C2"].data_type = "=1+1", "s"
    sheet["B3"].comment = Comment("проверить!", "Оля")
    sheet.merge_cells("A5:A6")
    sink = BytesIO()
    made.save(sink)
    return sink.getvalue()


def test_of_a_sheet_with_months_in_columns_the_total_column_is_marked() -> None:
    made = Workbook()
    for row in (
        ("", "Январь 2026", "Февраль 2026", "Март 2026", "Итого"),
        ("Охват", 1, 2, 3, 6),
        ("Лайки", 2, 3, 4, 9),
    ):
        made["Sheet"].append(row)
    sink = BytesIO()
    made.save(sink)
    found = parse("год.xlsx", sink.getvalue(), FileAnswers(), HOSTED)
    shown = load_workbook(BytesIO(annotate(sink.getvalue(), FileAnswers(), HOSTED, copy(found, "ru"))))
    sheet = shown["Sheet"]
    assert sheet["E1"].comment.text.startswith("Столбец не считается")
    assert {sheet[f"E{row}"].fill.fgColor.rgb[-6:] for row in (1, 2, 3)} == {"D9DEE5"}
    assert sheet["A3"].fill.fgColor.rgb[-6:] == "000000"
    assert "E" in [cell.value for cell in shown.worksheets[0]["B"]]


def text() -> bytes:
    return "\n".join(";".join("" if c is None else str(c) for c in row) for row in ROWS).encode()


def marked(data: bytes, lang: str = "ru", answers: FileAnswers = MAPPING) -> Any:
    reading = parse("а.csv", data, answers, HOSTED)
    return load_workbook(BytesIO(annotate(data, answers, HOSTED, copy(reading, lang))))


def filled(sheet: Any) -> set[str]:
    return {cell.coordinate for row in sheet for cell in row if cell.fill.fill_type}


def test_a_flawed_cell_and_a_row_set_aside_are_coloured_and_say_why() -> None:
    made = marked(book())
    assert made.sheetnames == ["Светофор", "Март"]
    sheet = made["Март"]
    assert filled(sheet) == {"A2", "B3", "A5", "B5", "C5", "D5"}  # A2: a formula whose value was not saved
    said = "«много» в столбце «Просмотры» — не число: считаем неизвестным. Если число есть, исправьте ячейку."
    assert sheet["B3"].comment.text == f"проверить!\n{said}"
    assert sheet["A5"].comment.text == "Строка не считается: это итог."
    assert [cell.comment for cell in sheet[5][1:]] == [None] * 3


def test_formulas_of_the_original_stay_and_texts_stay_texts() -> None:
    sheet = marked(book())["Март"]
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=SUM(B2:B4)", "f")
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=1+1", "s")


def test_the_legend_lists_every_mark_with_a_way_to_its_cell() -> None:
    legend = marked(book(), "en")["Svetofor"]
    rows = [[cell.value for cell in row] for row in legend.iter_rows(min_row=6)]
    assert [row[:4] for row in rows[1:]] == [["Март", 3, "Просмотры", "много"], ["Март", 5, None, None]]
    assert rows[2][4] == "The row is not counted: a total."
    assert legend["B7"].hyperlink.target == "#'Март'!B3"


def test_a_text_file_becomes_a_workbook_in_which_nothing_is_a_formula() -> None:
    made = marked(text())
    assert {cell.data_type for sheet in made for row in sheet for cell in row} <= {"s", "n"}
    sheet = made.worksheets[1]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=3)] == [
        ["Дата", "Просмотры", "Заметка"],
        ["2025-03-01", "10", "=1+1"],
        ["2025-03-02", "много", "+7 900"],
    ]
    assert sheet["C2"].quotePrefix
    assert filled(sheet) == {"B3", "A5", "B5", "C5"}


def test_a_workbook_that_the_library_does_not_understand_is_made_anew() -> None:
    broken = BytesIO()
    with zipfile.ZipFile(BytesIO(book())) as old, zipfile.ZipFile(broken, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "xl/styles.xml":
                content = content.replace(b"<cellXfs", b"<cellXfz").replace(b"</cellXfs", b"</cellXfz")
            new.writestr(member, content)
    sheet = marked(broken.getvalue())["Март"]
    assert sheet["B3"].value == "много"
    assert "B3" in filled(sheet)


def test_a_word_that_is_unknown_is_marked_wherever_it_stands() -> None:
    rows = "Дата;Соцсеть;Лайки\n2025-03-01;Блог;1\n2025-03-02;ВКонтакте;2\n2025-03-03;Блог;3\n".encode()
    mapping = {"Дата": "posts.at", "Соцсеть": "posts.network", "Лайки": "posts.reactions"}
    assert filled(marked(rows, answers=FileAnswers(mapping=mapping)).worksheets[1]) == {"B2", "B4"}


def test_names_of_members_that_no_sheet_may_bear_are_changed() -> None:
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("a/[b]:c?.csv", text())
        archive.writestr("d.csv", text().replace("много".encode(), b"5"))
    made = marked(sink.getvalue())
    assert len(made.worksheets) == 3
    assert "B3" in filled(made.worksheets[1])
    assert "B3" not in filled(made.worksheets[2])
    assert "A5" in filled(made.worksheets[2])


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def test_the_copy_is_made_in_the_child_and_a_refusal_is_a_reading(reader: Reader) -> None:
    wanted = copy(parse("a.xlsx", book(), MAPPING, HOSTED), "en")
    made = reader.annotate("a.xlsx", book(), MAPPING, HOSTED, wanted)
    assert isinstance(made, bytes)
    assert load_workbook(BytesIO(made)).sheetnames == ["Svetofor", "Март"]
    for data, limits in ((b"\x89PNG\r\n\x1a\n", HOSTED), (book(), replace(HOSTED, file_bytes=10))):
        refused = reader.annotate("a.xlsx", data, MAPPING, limits, wanted)
        assert isinstance(refused, Reading)
        assert refused.outcome is Outcome.REFUSED
    assert reader.read("a.xlsx", book(), MAPPING, HOSTED).outcome is Outcome.READ


def test_a_copy_without_marks_is_the_workbook_with_a_legend() -> None:
    nothing = Copy(marks=(), title="'=A/B'", lead=("=1",), heads=("a", "b", "c", "d", "=e"))
    made = load_workbook(BytesIO(annotate(book(), MAPPING, HOSTED, nothing)))
    assert made.sheetnames[1] == "Март"
    assert {cell.data_type for row in made.worksheets[0] for cell in row} <= {"s", "n"}
    assert filled(made["Март"]) == set()


def test_a_mark_of_a_row_alone_stands_at_its_first_filled_cell() -> None:
    rows = "Дата;Заметка;Просмотры\n2025-03-01;a;1\n;b;2\n".encode()
    one = Copy(marks=(Mark(text="why", row=3),), title="x", lead=(), heads=("a", "b", "c", "d", "e"))
    sheet = load_workbook(BytesIO(annotate(rows, MAPPING, HOSTED, one))).worksheets[1]
    assert filled(sheet) == {"B3"}
    assert sheet["B3"].comment.text == "why"


def test_characters_that_no_workbook_can_hold_are_left_out() -> None:
    rows = text().replace("много".encode(), "мно\x01\ufffe\uffffго".encode())
    assert marked(rows).worksheets[1]["B3"].value == "много"
