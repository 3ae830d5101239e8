from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from kpi.model.kpi import Variant
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Aside, Outcome, Reading, Reason
from kpi.model.target import Target
from kpi.model.verdict import Status
from kpi.model.view import View
from kpi.report.formats import xlsx
from kpi.report.report import Report
from kpi.report.workbook import uploads
from kpi.report.workbook.book import workbook
from kpi.report.workbook.expression import Total, formula
from kpi.report.workbook.sheet import Cell, Formula, Sheet, clean, title
from tests.made import reading
from tests.reports import account, ads, costs, orders, posts, report

_JUNE = Period.month(2025, 6)


def opened(made: Report) -> Workbook:
    return load_workbook(BytesIO(xlsx.render(made)))


def row_of(sheet: Worksheet, name: str) -> list[object]:
    return next([cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == name)


@pytest.fixture(scope="module")
def june() -> Report:
    return report([posts(), account()], _JUNE, "en")


@pytest.fixture(scope="module")
def book(june: Report) -> Workbook:
    return opened(june)


def test_a_report_on_one_account_takes_no_rows_of_another_along() -> None:
    rows = {
        "at": ["2025-06-01T10:00:00", "2025-06-02T10:00:00", "2025-06-03T10:00:00"],
        "account": ["@Mine", "theirs", "mine"],
        "views": [1.0, 2.0, 3.0],
    }
    both = reading("posts", rows, network="instagram", file="both.csv")
    files = [both, account(name="theirs"), account("vk", name="mine", file="vk.csv"), orders()]
    one = report(files, _JUNE, "en", view=View(network="instagram", account="mine"))
    book = opened(one)
    assert book.sheetnames[-2:] == ["both.csv", "orders.csv"]
    cells = [str(cell.value) for row in book["both.csv"].iter_rows() for cell in row]
    assert "@Mine" in cells
    assert "theirs" not in cells
    assert [row[0].value for row in book["Files"].iter_rows() if row[8].value][1:] == [
        "both.csv",
        "orders.csv",
    ]
    whole = opened(report(files, _JUNE, "en")).sheetnames
    assert whole[-4:] == ["both.csv", "account.csv", "vk.csv", "orders.csv"]


def test_sheets_stand_in_the_order_of_reading(book: Workbook) -> None:
    assert book.sheetnames == [
        "Summary",
        "KPIs by period",
        "Method",
        "Days",
        "Levels",
        "Files",
        "posts.csv",
        "account.csv",
    ]


def test_rate_counts_filled_rows_and_says_how_many_were_left_out(june: Report, book: Workbook) -> None:
    verdict = next(one for one in june.board.verdicts if one.kpi.id == "engagement_rate")
    row = row_of(book["Summary"], "Engagement rate")
    assert row[12:14] == [verdict.rows, verdict.rows_left_out]
    assert verdict.rows_left_out > 0
    assert str(verdict.rows_left_out) in str(row[14])


def test_kpi_cell_is_a_formula_over_named_ranges(book: Workbook) -> None:
    cell = str(row_of(book["KPIs by period"], "Engagement rate")[-2])
    assert cell == (
        '=IF(SUMIFS(days_posts_rows_with_engagements_reach,days_day,">="&I$5,days_day,"<="&I$6)=0,"no data",'
        'IF(SUMIFS(days_posts_reach_with_engagements,days_day,">="&I$5,days_day,"<="&I$6)=0,"no data",'
        '100*SUMIFS(days_posts_engagements_with_reach,days_day,">="&I$5,days_day,"<="&I$6)'
        '/SUMIFS(days_posts_reach_with_engagements,days_day,">="&I$5,days_day,"<="&I$6)))'
    )
    assert book.defined_names["days_day"].attr_text.startswith("'Days'!$B$2:$B$")


def test_another_formula_text_makes_another_cell(june: Report) -> None:
    def renamed(text: str) -> Report:
        variant = Variant(id="other", formula=text, en="other", ru="другое")
        verdicts = tuple(
            replace(one, variant=variant) if one.kpi.id == "engagement_rate" else one
            for one in june.board.verdicts
        )
        return replace(june, board=replace(june.board, verdicts=verdicts))

    cell = row_of(opened(renamed("1000 * posts.shares / posts.views"))["KPIs by period"], "Engagement rate")[
        -2
    ]
    assert str(cell).count("1000*SUMIFS(days_posts_shares_with_views,") == 1
    assert "engagements" not in str(cell)


def test_period_of_another_length_gets_its_own_dates() -> None:
    made = report(
        [orders(), reading("market", {"starts": ["2025-04-01"], "ends": ["2025-06-30"], "revenue": [9e6]})],
        _JUNE,
        "en",
        aims=["market", "sales"],
    )
    sheet = opened(made)["KPIs by period"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    share = next(i for i, row in enumerate(rows) if row[0] == "Market share")
    dates = next(rows[i] for i in range(share, 0, -1) if rows[i][2] == "From")
    assert dates[-2].date() == date(2025, 4, 1)


def test_cells_show_their_values_before_anything_computes(june: Report) -> None:
    shown = CalamineWorkbook.from_filelike(BytesIO(xlsx.render(june)))
    rows = {row[0]: row for row in shown.get_sheet_by_name("Summary").to_python()}
    verdict = next(one for one in june.board.verdicts if one.kpi.id == "engagement_rate")
    assert rows["Engagement rate"][2] == pytest.approx(verdict.value, rel=1e-15)
    assert rows["Return on investment (ROI)"][2] == "no data"


def test_light_is_a_word_and_a_shape_and_a_fill() -> None:
    targets = [Target(kpi="engagement_rate", value=90.0), Target(kpi="reaction_rate", value=0.1)]
    made = report([posts()], _JUNE, "ru", targets=targets)
    sheet = opened(made)["Сводка"]
    lights = {row[0].value: row[1] for row in sheet.iter_rows() if row[1].value}
    low, high = lights["Вовлечённость (ER)"], lights["Доля реакций (LR)"]
    assert [one.status for one in made.board.verdicts if one.kpi.id == "engagement_rate"] == [Status.RED]
    assert (low.value[0], high.value[0]) == ("▼", "●")
    assert low.value[2:] != high.value[2:]
    assert low.fill.fgColor.rgb != high.fill.fgColor.rgb


def test_text_that_looks_like_a_formula_stays_text() -> None:
    nasty = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        '=HYPERLINK("http://x.example","x")',
        "#N/A",
        "=cmd|' /C calc'!A0",
    ]
    count = len(nasty)
    made = report(
        [
            reading(
                "posts",
                {
                    "id": [str(i) for i in range(count)],
                    "at": [f"2025-06-{i + 1:02d}T10:00:00" for i in range(count)],
                    "text": nasty,
                    "format": nasty,
                    "reach": [100.0] * count,
                    "reactions": [3.0] * count,
                    "comments": [1.0] * count,
                    "shares": [0.0] * count,
                },
                network="vk",
                account="=1+1",
                counts=("reactions", "comments", "shares"),
                file="=1+1.csv",
                sheet="=A1:[B]",
            )
        ],
        _JUNE,
        "en",
    )
    book = opened(made)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    ours = {"Summary", "KPIs by period"}
    assert {cell.parent.title for cell in cells if cell.data_type == "f"} == ours
    assert not [cell for cell in cells if cell.data_type == "e" or cell.hyperlink]
    written = [cell for cell in cells if cell.value in nasty and cell.parent.title == "=A1 B"]
    assert [cell.value for cell in written] == [one for one in nasty for _ in range(2)]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in written)
    assert row_of(book["Files"], "=1+1.csv")[1] == "=A1:[B]"


def test_rows_of_a_file_stand_as_read_with_their_number(book: Workbook) -> None:
    sheet = book["posts.csv"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=4)]
    assert rows[0][0] == "posts.csv"
    assert rows[1][:3] == ["Row", "Post number", "Publish time"]
    assert rows[2][0] == 2
    assert rows[2][4] is None  # a blank reach stays blank, it is no zero
    assert sheet["C3"].is_date
    assert sheet.freeze_panes == "B3"


def test_table_longer_than_a_sheet_says_where_the_rest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_ROWS", 50)
    sheet = opened(report([posts(count=60)], _JUNE, "en"))["posts.csv"]
    assert sheet["A2"].value == "50 rows are shown; 10 more rows stand in the file posts.csv"
    assert sheet.max_row == 3 + 50


def test_files_tell_what_was_refused_and_set_aside() -> None:
    one = posts()
    table = replace(one.tables[0], aside=(Aside(row=9, reason="total_row"),))
    bad = Reading(file="x.zip", digest="0", outcome=Outcome.REFUSED, reason=Reason(key="corrupt_archive"))
    sheet = opened(report([replace(one, tables=(table,)), bad], _JUNE, "en"))["Files"]
    assert row_of(sheet, "x.zip")[2]
    aside = [row for row in sheet.iter_rows(values_only=True) if row[3] == 9]
    assert [row[0] for row in aside] == ["posts.csv"]


def test_spread_costs_stand_on_a_sheet_of_their_own() -> None:
    period = Period(date(2025, 2, 11), date(2025, 3, 9))
    book = opened(report([orders(), ads(), costs()], period, "en"))
    rows = list(book["Longer spans"].iter_rows(values_only=True))
    costs_of_may = next(row for row in rows[1:] if row[0] == "Costs" and row[1].month == 5)
    assert costs_of_may[2].day == 31
    assert costs_of_may[3] == 1
    profit = row_of(book["KPIs by period"], "Profit from social networks")
    assert any("SUMPRODUCT(spans_costs_smm*spans_spread" in str(cell) for cell in profit)


def test_empty_report_still_opens() -> None:
    made = report([], _JUNE, "ru", owner=Owner(), aims=["engagement"])
    book = opened(made)
    assert book.sheetnames == ["Сводка", "Показатели по периодам", "Как посчитано", "Дни", "Файлы"]
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "2025" not in "".join(texts)  # no date of ours is told as if it were the owner's
    assert {row_of(book["Сводка"], one.kpi.ru.name)[1][0] for one in made.board.verdicts} == {"○"}


def test_every_sheet_prints_across_one_page(book: Workbook) -> None:
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.freeze_panes


def test_unary_minus_and_nested_divisors_keep_their_brackets() -> None:
    totals = {f"t.{one}": Total(one.upper(), f"N{one}=0") for one in "abcd"}
    found = formula("-(t.a - t.b) / (t.c / (t.d + 1))", totals, 'un"known')
    assert found == (
        '=IF(OR(Na=0,Nb=0,Nc=0,Nd=0),"un""known",IF(OR(C/(D+1)=0,D+1=0),"un""known",-(A-B)/(C/(D+1))))'
    )


@pytest.mark.parametrize(
    ("wanted", "taken", "found"),
    [
        ("a" * 40, [], "a" * 31),
        ("a" * 40, ["a" * 31], "a" * 29 + " 2"),
        ("History", [], "History 2"),
        ("\x00:\\", [], "Sheet"),
        ("😀" * 20, [], "😀" * 15),
        ("ДНИ", ["Дни"], "ДНИ 2"),
    ],
)
def test_titles_are_what_excel_accepts(wanted: str, taken: list[str], found: str) -> None:
    assert title(wanted, taken) == found


def test_texts_lose_what_a_file_cannot_hold() -> None:
    assert clean("a\x00b\udc80c") == "a\N{REPLACEMENT CHARACTER}b?c"
    assert len(clean("x" * 40_000)) == 32_767


def test_formula_without_anything_unknown_is_bare() -> None:
    def rows() -> Iterator[list[Cell]]:
        yield [Cell(Formula("=1<2", "a<b")), Cell(date(1800, 1, 1)), Cell(0.5, "", "0.0")]

    data = workbook([Sheet(title="A & B", rows=rows(), widths=[5])])
    sheet = load_workbook(BytesIO(data), data_only=True)["A & B"]
    assert [cell.value for cell in sheet[1]] == ["a<b", "1800-01-01", 0.5]
    assert load_workbook(BytesIO(data))["A & B"]["A1"].value == "=1<2"
    assert "&lt;" in ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
