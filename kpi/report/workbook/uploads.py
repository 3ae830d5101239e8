"""The sheets of the files: what each was read as, what was set aside, and the rows themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from kpi.catalog.loader import fields
from kpi.model.reading import Issue, Reading, Table
from kpi.report.report import Report
from kpi.report.words import issue_sentence, say
from kpi.report.words.tell import told
from kpi.report.workbook.book import Row, letter
from kpi.report.workbook.days import say_table
from kpi.report.workbook.sheet import Cell, Plain, Sheet, heads, title

MOST_ROWS = 20_000
_WIDTHS = (34, 24, 34, 16, 16, 20, 13, 13, 12, 12, 12, 34)
_ROW, _COLUMN = 10, 18
_BATCH = 1000


def uploads(report: Report, name: str, taken: Sequence[str]) -> Iterator[Sheet]:
    """Return the sheet of files and then one sheet for each table that has rows."""
    used = [*taken, name]
    places: dict[int, str] = {}
    seen = report.seen
    tables = [table for one in seen for table in one.tables]
    for table in tables:
        if table.data is not None and len(table.data):
            places[id(table)] = title(table.sheet or table.member or table.file, used)
            used.append(places[id(table)])
    yield _overview(report, seen, name, places)
    for table in tables:
        if id(table) in places:
            yield _rows(table, places[id(table)], report.lang)


def _overview(report: Report, seen: Sequence[Reading], name: str, places: dict[int, str]) -> Sheet:
    lang = report.lang
    columns = (
        say("xlsx.file", lang),
        say("xlsx.sheet", lang),
        say("xlsx.read_as", lang),
        say("xlsx.table", lang),
        say("xlsx.network", lang),
        say("xlsx.account", lang),
        say("xlsx.from", lang),
        say("xlsx.to", lang),
        say("xlsx.rows", lang),
        say("xlsx.rows_used", lang),
        say("xlsx.rows_aside", lang),
        say("xlsx.rows_stand", lang),
    )
    rows: list[Row] = [heads(columns)]
    for reading in seen:
        rows += _of_file(reading, places, lang)
    rows += [[], [Cell(say("xlsx.flaws", lang), "title")]]
    places_told = (
        say("xlsx.file", lang),
        say("xlsx.sheet", lang),
        say("xlsx.what", lang),
        say("xlsx.row", lang),
    )
    rows.append(heads(places_told))
    rows += chain.from_iterable(_flaws(reading, lang) for reading in seen)
    rows += [_flaw(None, issue, lang) for issue in report.cube.facts.issues]
    return Sheet(title=name, rows=rows, widths=_WIDTHS, frozen="B2")


def _of_file(reading: Reading, places: dict[int, str], lang: str) -> list[Row]:
    """Return a file's tables, or why it was not read."""
    if reading.reason is not None:
        why = say(reading.reason.key, lang, **reading.reason.facts)
        return [[Cell(reading.file, "strong"), None, Cell(why, "wrapped")]]
    return [
        [
            Cell(reading.file, "strong"),
            _where(table),
            Cell(
                told("source", table.source, lang) if table.source else say("xlsx.own_sheet", lang), "wrapped"
            ),
            say_table(table.kind, lang) if table.kind else None,
            told("network", table.network, lang) if table.network else None,
            table.account,
            table.first,
            table.last,
            table.rows_in,
            table.rows_used,
            len(table.aside),
            places.get(id(table)),
        ]
        for table in reading.tables
    ]


def _flaws(reading: Reading, lang: str) -> Iterator[Row]:
    """Return the rows of a file that were set aside and the cells that were not understood."""
    for table in reading.tables:
        for aside in table.aside:
            yield [
                reading.file,
                _where(table),
                Cell(say(f"aside.{aside.reason}", lang), "wrapped"),
                say("card.columns_told", lang, n=1, rows=table.place(aside.row))
                if table.turned
                else aside.row,
            ]
    for issue in reading.issues:
        yield _flaw(reading.file, issue, lang)


def _flaw(file: str | None, issue: Issue, lang: str) -> Row:
    return [file, issue.sheet, Cell(issue_sentence(issue, lang), "wrapped"), issue.row]


def _where(table: Table) -> str | None:
    """Return sheet or archive member, where a file has such."""
    return table.sheet or table.member


def _rows(table: Table, name: str, lang: str) -> Sheet:
    """Return the used rows of a table as read; beyond 20,000 the first line says where the others are."""
    data = table.data
    assert data is not None  # noqa: S101 - only tables with rows come here
    columns = ["row", *(column for column in data.column_names if column != "row")]
    known = [f"{table.kind}.{column}" for column in columns[1:]]
    names = [told("field", one, lang) if one in fields() else one.partition(".")[2] for one in known]
    more = len(data) - MOST_ROWS
    where = filter(None, [table.file, _where(table)])
    above: list[Row] = [[Cell(" · ".join(where), "note")]]
    if more > 0:
        above.append([Cell(say("xlsx.more_rows", lang, n=more, shown=MOST_ROWS, file=table.file), "strong")])
    shown = data.select(columns).slice(0, MOST_ROWS)

    def lines() -> Iterator[Sequence[Cell | Plain]]:
        yield from above
        yield heads([say("card.column_letter" if table.turned else "xlsx.row", lang), *names])
        for batch in shown.to_batches(max_chunksize=_BATCH):
            places, *rest = (column.to_pylist() for column in batch.columns)
            yield from zip(map(table.place, places) if table.turned else places, *rest, strict=True)

    head = len(above) + 1
    return Sheet(
        title=name,
        rows=lines(),
        widths=[_ROW, *[_COLUMN] * len(names)],
        frozen=f"B{head + 1}",
        heads=head,
        table=f"A{head}:{letter(len(columns))}{head + len(shown)}",
    )
