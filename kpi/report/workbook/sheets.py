"""Which sheets the workbook has, in which order and under which names."""

from __future__ import annotations

from collections.abc import Iterator

from kpi.report.report import Report
from kpi.report.words import say
from kpi.report.workbook.days import days, spans
from kpi.report.workbook.method import method
from kpi.report.workbook.sheet import Sheet
from kpi.report.workbook.summary import summary
from kpi.report.workbook.totals import Totals
from kpi.report.workbook.uploads import uploads
from kpi.report.workbook.values import Values


def sheets(report: Report) -> Iterator[Sheet]:
    """Return the sheets: what was found, the figures, how they were made, and what they were made of."""
    lang = report.lang
    names = {
        "summary": say("xlsx.sheet_summary", lang),
        "values": say("xlsx.sheet_values", lang),
        "method": say("xlsx.sheet_method", lang),
        "days": say("xlsx.sheet_days", lang),
        "spans": say("xlsx.sheet_spans", lang),
        "levels": say("xlsx.sheet_levels", lang),
    }
    totals = Totals(report)
    values = Values(report, totals, names["values"])
    figures = values.sheet()
    yield summary(report, names["summary"], values.chosen)
    yield figures
    yield method(report, names["method"])
    yield days(totals.sums, names["days"])
    if totals.sums.has_spans:
        yield spans(totals.sums, names["spans"])
    if totals.levels.tracks:
        yield totals.levels.sheet(names["levels"])
    yield from uploads(report, say("xlsx.sheet_files", lang), tuple(names.values()))
