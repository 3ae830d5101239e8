"""The first sheet: the finding in one sentence, and each KPI with its light and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi.catalog.loader import goals
from kpi.judge.board import Board
from kpi.judge.ranking import primary
from kpi.model.verdict import Status, Verdict
from kpi.report.headline import headline
from kpi.report.moved import moved
from kpi.report.numbers import marked, reasons
from kpi.report.report import Report
from kpi.report.words import say
from kpi.report.words.tell import listed, told
from kpi.report.workbook.book import Row
from kpi.report.workbook.sheet import Cell, Formula, Plain, Sheet, heads
from kpi.report.workbook.units import number_format, unit

_SHAPES = {Status.GREEN: "●", Status.AMBER: "◆", Status.RED: "▼", Status.GREY: "○"}
_WIDTHS = (34, 20, 14, 18, 30, 12, 14, 14, 14, 14, 14, 14, 11, 11, 90)


def summary(report: Report, title: str, chosen: Mapping[str, str]) -> Sheet:
    """Return the sheet; `chosen` gives the address of each KPI's live cell."""
    board, lang = report.board, report.lang
    first = {kpi.id for kpi in primary(board.goals)}  # as on the dashboard: one finding, wherever it stands
    heavy = [verdict for verdict in board.verdicts if verdict.kpi.id in first]
    found = headline(heavy, board.period, lang) if report.dated else say("xlsx.no_dates", lang)
    when = say("xlsx.period", lang, period=board.period, previous=board.compared) if report.dated else None
    above: list[Row] = [
        [Cell(found, "title")],
        [Cell(when, "note")],
        [Cell(_view(report), "note")],
        [],
    ]
    columns = (
        say("xlsx.kpi", lang),
        say("xlsx.light", lang),
        say("xlsx.value", lang),
        say("xlsx.unit", lang),
        say("xlsx.marks", lang),
        say("xlsx.change", lang),
        say("xlsx.year_ago" if board.yearly else "xlsx.previous", lang),
        say("xlsx.target", lang),
        say("xlsx.limit", lang),
        say("xlsx.reference", lang),
        say("xlsx.low", lang),
        say("xlsx.high", lang),
        say("xlsx.rows_used", lang),
        say("xlsx.rows_left_out", lang),
        say("xlsx.why", lang),
    )
    rows = [_row(verdict, chosen[verdict.kpi.id], board, lang) for verdict in board.verdicts]
    start = len(above) + 1
    return Sheet(
        title=title,
        rows=[*above, heads(columns), *rows, [], [Cell(say("xlsx.reference_note", lang), "note")]],
        widths=_WIDTHS,
        frozen=f"B{start + 1}",
        heads=start,
    )


def _view(report: Report) -> str:
    """Return goals and filter in words."""
    lang, view = report.lang, report.board.view
    aims = listed((goals()[goal].words(lang).name for goal in report.board.goals), lang)
    network = told("network", view.network, lang) if view.network else say("xlsx.all_networks", lang)
    return say(
        "xlsx.view", lang, aims=aims, where=listed(filter(None, (network, view.account, view.currency)), lang)
    )


def _row(verdict: Verdict, address: str, board: Board, lang: str) -> Sequence[Cell | Plain]:
    light = f"{_SHAPES[verdict.status]} {say(f'status.{verdict.status.value}', lang)}"
    value = say("xlsx.unknown", lang) if verdict.value is None else verdict.value
    low, high = verdict.interval or (None, None)
    before = verdict.year_ago if board.yearly else verdict.previous
    found = moved(verdict, lang, yearly=board.yearly)
    compared = (before, verdict.target, verdict.limit, verdict.reference, low, high)
    return [
        Cell(verdict.kpi.words(lang).name, "strong"),
        Cell(light, verdict.status.value),
        Cell(Formula(f"={address}", value), "strong", number_format(verdict.unit, value)),
        Cell(unit(verdict.unit, verdict.currency, lang), "wrapped"),
        Cell("\n".join(marked(verdict, lang)) or None, "wrapped"),
        Cell(found.told(lang) if found else None, "top"),
        *[Cell(one, "top", number_format(verdict.unit, one)) for one in compared],
        Cell(verdict.rows or None, "top"),
        Cell(verdict.rows_left_out if verdict.rows else None, "top"),
        Cell(" ".join(reasons(verdict, lang)), "wrapped"),
    ]
