"""The report as an Excel workbook with live formulas."""

from __future__ import annotations

from kpi.report.report import Report

TITLE = "xlsx.title"
SUFFIX = ".xlsx"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def render(report: Report) -> bytes:
    """Return the workbook; the KPI cells are formulas over the sheets of days, spans and levels."""
    # openpyxl is slow to import, and a screen asks only for the title.
    from kpi.report.workbook.book import workbook
    from kpi.report.workbook.sheets import sheets

    return workbook(sheets(report))
