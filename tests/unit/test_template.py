"""The template: what is written is what is read, whatever the owner does to it but rename headings."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from kpi.catalog.loader import fields, goals, kpis, sources
from kpi.cli import main
from kpi.errors import NothingFoundError
from kpi.facts.assemble import assemble
from kpi.ingest.parse import parse
from kpi.judge.board import board
from kpi.metrics import values
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.model.form import Entry
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.reading import Reading, Table
from kpi.model.source import Source
from kpi.model.verdict import Verdict
from kpi.model.view import EVERYTHING
from kpi.report.template import forms, heading, template, words
from kpi.report.workbook.days import say_table
from tests import catalogue
from tests.filled import filled, rows, title

LANGS = ("en", "ru")
COLUMNS = [
    pytest.param(source, entry, id=f"{id_} {entry.field or entry.part_en}")
    for id_, source in forms().items()
    if source.form
    for entry in source.form.columns
]


def read(content: bytes) -> Reading:
    return parse("renamed.bin", content, FileAnswers(), HOSTED)


def by_source(content: bytes) -> dict[str, Table]:
    return {table.source or "": table for table in read(content).tables}


def figures(table: Table) -> dict[str, float]:
    """Return the sums of the columns that are wanted."""
    return {
        column.heading: column.total for column in table.columns if column.field and column.total is not None
    }


@pytest.mark.parametrize("lang", LANGS)
def test_all_that_is_filled_in_is_read_and_the_example_never(lang: str) -> None:
    found = by_source(filled(template(lang), lang))
    assert set(found) == set(forms())
    for id_, table in found.items():
        assert table.rows_used == len(rows(lang)[id_])
        assert [(row.row, row.reason) for row in table.aside] == [(4, "example_row")]
        assert not table.questions
        assert not table.waiting


@pytest.mark.parametrize("lang", LANGS)
def test_a_blank_template_is_refused_by_name(lang: str) -> None:
    with pytest.raises(NothingFoundError) as refused:
        read(template(lang))
    assert refused.value.key == "header_only"


@pytest.mark.parametrize("lang", LANGS)
def test_sheets_left_empty_or_deleted_and_the_hidden_lists_are_not_spoken_of(lang: str) -> None:
    for alone in (True, False):
        found = read(filled(template(lang), lang, ["template_reviews"], alone=alone))
        assert [table.source for table in found.tables] == ["template_reviews"]
        assert not found.issues


@pytest.mark.parametrize("lang", LANGS)
def test_the_example_is_known_without_the_column_that_marks_it(lang: str) -> None:
    found = by_source(filled(template(lang), lang, unmarked=True))
    for id_, table in found.items():
        assert table.rows_used == len(rows(lang)[id_]), id_
        assert [row.reason for row in table.aside] == ["example_row"], id_


def test_rows_that_only_resemble_the_example_are_data() -> None:
    book = load_workbook(BytesIO(template("ru")))
    sheet = book[title("template_reviews", "ru")]
    example = [cell.value for cell in sheet[4]]
    for at, stars in enumerate((5, 5, 4), 5):
        for column, value in enumerate((None, *example[1:3], stars), 1):
            sheet.cell(at, column, value)
    out = BytesIO()
    book.save(out)
    (table,) = read(out.getvalue()).tables
    assert table.rows_used == 3


def test_sorted_rows_and_columns_of_the_owners_change_nothing() -> None:
    book = load_workbook(BytesIO(filled(template("ru"), "ru", ["template_sales"])))
    sheet = book[title("template_sales", "ru")]
    before = figures(by_source(filled(template("ru"), "ru", ["template_sales"]))["template_sales"])
    first, last = ([cell.value for cell in sheet[at]] for at in (4, 7))
    for column, (one, other) in enumerate(zip(first, last, strict=True), 1):
        sheet.cell(4, column).value = other
        sheet.cell(7, column).value = one
    sheet.insert_cols(3)
    sheet.cell(3, 3, "Мой столбец")
    sheet.cell(5, 3, "что угодно")
    out = BytesIO()
    book.save(out)
    table = by_source(out.getvalue())["template_sales"]
    assert figures(table) == before
    assert [row.row for row in table.aside] == [7]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("id_", sorted(forms()))
def test_one_sheet_saved_as_csv_is_still_known(id_: str, lang: str) -> None:
    book = load_workbook(BytesIO(filled(template(lang), lang)))
    text = StringIO()
    writer = csv.writer(text, delimiter=";" if lang == "ru" else ",")
    for row in book[title(id_, lang)].iter_rows(values_only=True):
        shown = (f"{cell:%d.%m.%Y}" if hasattr(cell, "year") else cell for cell in row)
        writer.writerow([str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in shown])
    (table,) = read(text.getvalue().encode()).tables
    assert table.source == id_
    assert table.rows_used == len(rows(lang)[id_])


@pytest.mark.parametrize(("source", "entry"), COLUMNS)
def test_every_heading_written_is_one_that_the_source_knows(source: Source, entry: Entry) -> None:
    for lang in LANGS:
        written = heading(source, entry, lang)
        known = {name for some in source.columns.values() for name in some} | set(source.known)
        parts = {pattern.replace("*", "") for some in source.wide.values() for pattern in some}
        assert written in known or any(written.endswith(part) for part in parts)
        assert entry.note(lang)


@pytest.mark.parametrize(("source", "entry"), COLUMNS)
def test_every_word_of_a_list_is_one_that_the_reader_understands(source: Source, entry: Entry) -> None:
    meanings = source.values.get(entry.field)
    for lang in LANGS if entry.choices and meanings else ():
        assert entry.choices
        assert set(words(entry.choices, lang)) <= set(meanings or ())


@pytest.mark.parametrize("lang", LANGS)
def test_every_kpi_of_the_list_is_found_by_its_written_name(lang: str) -> None:
    (entry,) = (one for one in COLUMNS if one.values[1].field == "targets.kpi")
    names = words(entry.values[1].choices, lang)
    book = load_workbook(BytesIO(template(lang)))
    sheet = book[title("template_targets", lang)]
    for at, name in enumerate(names, 5):
        sheet.cell(at, 2, name)
        sheet.cell(at, 3, at)
    out = BytesIO()
    book.save(out)
    found = read(out.getvalue())
    assert found.tables[0].data is not None
    ids = found.tables[0].data["kpi"].to_pylist()
    assert len(set(ids)) == len(names)
    assert None not in ids
    assert not found.issues


def test_a_kpi_that_nobody_knows_is_told_as_it_was_written() -> None:
    (issue,) = read(filled(template("ru"), "ru", ["template_targets"])).issues
    assert (issue.key, issue.row, issue.cell) == ("unknown_kpi", 7, "Счастье покупателей")


@pytest.mark.parametrize("lang", LANGS)
def test_the_workbook_has_lists_a_frozen_head_and_a_guide(lang: str) -> None:
    book = load_workbook(BytesIO(template(lang)))
    assert book.worksheets[0].title == title("template_guide", lang)
    assert book[title("template_lists", lang)].sheet_state == "hidden"
    for id_, source in forms().items():
        sheet = book[title(id_, lang)]
        assert sheet.freeze_panes == "B4"
        assert sheet["A4"].value == {"en": "Example", "ru": "Пример"}[lang]
        lists = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
        chosen = [entry for entry in (source.form.columns if source.form else ()) if entry.choices]
        assert len(lists) == len(chosen)
        for one in lists:
            assert one.formula1.removeprefix("=") in book.defined_names


def judged(lang: str, period: Period) -> dict[str, Verdict]:
    facts = assemble([read(filled(template(lang), lang))], (Owner(currency="RUB"),))
    found = board(cube(facts, kpis().values()), list(goals()), period, EVERYTHING)
    return {verdict.kpi.id: verdict for verdict in found.verdicts}


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_filled_in_reaches_the_kpis(lang: str) -> None:
    february = judged(lang, Period.month(2026, 2))
    assert february["follower_count"].value == 1360 + 540
    assert february["audience_quality"].value == pytest.approx(100 * 900 / 1200)
    assert february["mentions"].value == 1 + 3 + 1
    assert february["conversions"].value == 5 + 7 + 0 + 6 + 1
    assert february["drr"].value == pytest.approx(100 * 9000.5 / (32000 + 40100 + 30900))
    january = judged(lang, Period.month(2026, 1))
    assert january["leads"].value == 1 + 2
    assert january["audience_quality"].value == pytest.approx(100 / 3)
    assert january["revenue_social"].value == 740 + 12000
    quarter = judged(lang, Period(date(2026, 1, 1), date(2026, 3, 31)))
    assert quarter["market_share"].value == pytest.approx(100 * (13040 + 103000) / 600000)


@pytest.mark.parametrize("lang", LANGS)
def test_messages_and_answers_that_were_filled_in_reach_their_formulas(lang: str) -> None:
    facts = assemble([read(filled(template(lang), lang))], (Owner(working_hours="Mo-Fr 09:00-18:00"),))
    wanted = {
        "100 * messages.answered / messages.count": 100 * 2 / 3,
        "messages.reply_minutes.median": (30 + 35) / 2,
        "100 * (surveys.promoters - surveys.detractors) / surveys.count": 100 * (2 - 1) / 4,
        "reviews.rating / reviews.count": 4.5,
        "account.followers.end / (account.followers.end + competitors.followers.end)": None,
    }
    tried = {formula: catalogue.one(formula) for formula in wanted}
    numbers = Numbers(cube(facts, tried.values()), (Period.month(2026, 2),), EVERYTHING)
    assert {formula: values.value(kpi, numbers).now for formula, kpi in tried.items()} == pytest.approx(
        wanted
    )


def test_a_workbook_filled_in_further_and_uploaded_again_counts_once() -> None:
    whole = filled(template("ru"), "ru")
    book = load_workbook(BytesIO(whole))
    for id_, row in (
        ("template_tally", 7),
        ("template_sales", 7),
        ("template_costs", 6),
        ("template_leads", 7),
    ):
        book[title(id_, "ru")].delete_rows(row)
    out = BytesIO()
    book.save(out)
    once, twice = (
        assemble([read(content) for content in some], (Owner(currency="RUB"),))
        for some in ((whole,), (whole, out.getvalue()))
    )
    for table, field in (("orders", "revenue"), ("social_orders", "count"), ("leads", "count")):
        assert np.nansum(twice.daily[table].values[field]) == np.nansum(once.daily[table].values[field])
    spent = [sum(frame.values["smm"].sum() for frame in one.windows["costs"]) for one in (once, twice)]
    assert spent[0] == spent[1]


def test_share_among_rivals_is_told_where_the_market_is_not() -> None:
    only = ["template_tally", "template_competitors"]
    facts = assemble([read(filled(template("ru"), "ru", only))], (Owner(currency="RUB"),))
    period = Period(date(2026, 1, 1), date(2026, 3, 31))
    found = board(cube(facts, kpis().values()), ["market"], period, EVERYTHING)
    (share,) = (verdict for verdict in found.verdicts if verdict.kpi.id == "market_share")
    assert share.value == pytest.approx(100 * 103000 / (103000 + 48000))


def test_a_figure_of_the_tally_names_the_columns_that_gave_it() -> None:
    found = judged("ru", Period.month(2026, 2))["conversions"]
    assert [one.heading for one in found.trace] == ["Instagram: чеков", "ВКонтакте: чеков", "Telegram: чеков"]


def test_a_column_without_a_figure_stands_behind_none() -> None:
    found = judged("ru", Period.month(2026, 2))["avg_order_value"]
    assert found.trace
    assert all(one.rows for one in found.trace)


def test_the_tally_can_be_taken_alone() -> None:
    book = load_workbook(BytesIO(template("ru", ["template_tally"])))
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"] == [
        "Как заполнить",
        "Учёт на кассе",
    ]


def test_the_command_writes_the_template_and_says_where_it_cannot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["template", str(tmp_path / "out.xlsx"), "--lang", "ru"]) == 0
    assert load_workbook(tmp_path / "out.xlsx").sheetnames[0] == "Как заполнить"
    assert main(["template", str(tmp_path / "nowhere" / "out.xlsx"), "--lang", "en"]) == 2
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("lang", LANGS)
def test_wrapped_notes_and_headings_have_room(lang: str) -> None:
    for sheet in load_workbook(BytesIO(template(lang))).worksheets[1:-1]:
        for row in (2, 3):
            longest = max(
                len(str(cell.value)) / sheet.column_dimensions[cell.column_letter].width
                for cell in sheet[row]
            )
            assert (sheet.row_dimensions[row].height or 0) >= 12 * longest


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_of_table_has_a_name_in_the_report(lang: str) -> None:
    kinds = {source.kind for source in sources().values() if source.kind}
    kinds |= {field.table for field in fields().values() if field.given}
    assert all(say_table(kind, lang) for kind in kinds)
