"""The window that an export states, as platforms write it."""

from __future__ import annotations

import datetime as dt
from datetime import date

import pytest

from kpi.ingest import stated
from kpi.ingest.parse import parse
from kpi.model.limits import LOCAL
from kpi.model.owner import FileAnswers
from kpi.model.period import Period


def days(text: str) -> Period:
    first, last = text.split()
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("line", "window"),
    [
        ('"July 8, 2025 - July 31, 2025"', "2025-07-08 2025-07-31"),
        ("27 January 2026 - 23 February 2026", "2026-01-27 2026-02-23"),
        ("Период: 01.04.2026 – 30.04.2026", "2026-04-01 2026-04-30"),
        ("Период: 01.04.2026-30.04.2026", "2026-04-01 2026-04-30"),
        ("С 2025-07-01 по 2025-09-15", "2025-07-01 2025-09-15"),
        ("# 20230515-20230521", "2023-05-15 2023-05-21"),
        ("8 июля 2025 г. - 31 июля 2025 г.", "2025-07-08 2025-07-31"),
        ("с 1 по 30 апреля 2026", "2026-04-01 2026-04-30"),
        ("Jul 8 – 31, 2025", "2025-07-08 2025-07-31"),
        ("1 бер. 2026 - 31 бер. 2026", "2026-03-01 2026-03-31"),
        ("Статистика по кампании; 01.09.2026-03.09.2026", "2026-09-01 2026-09-03"),
        ("2025-09-01T00:00:00 - 2025-09-30T23:59:59", "2025-09-01 2025-09-30"),
    ],
)
def test_a_line_states_a_window(line: str, window: str) -> None:
    assert stated.span(line) == days(window)


@pytest.mark.parametrize(
    "line",
    [
        "8/7/2023 - 8/5/2024",  # two readings
        "Создан 01.04.2026, обновлён 02.04.2026",
        "30.04.2026 - 01.04.2026",
        "Campaign 2024 - 2025",
        "SKU 1810641064-20250101",
    ],
)
def test_what_is_no_window_is_not_taken_for_one(line: str) -> None:
    assert stated.span(line) is None


@pytest.mark.parametrize(
    ("name", "window"),
    [
        ("2023-07-26_2023-08-05_login.csv", "2023-07-26 2023-08-05"),
        ("Devices(2026.02.05-2026.02.10).csv", "2026-02-05 2026-02-10"),
        ("summary_2025070120260630.csv", "2025-07-01 2026-06-30"),
        ("Time_series(2026.02.05).csv", "2026-02-05 2026-02-05"),
        ("Account-Campaigns-Mar-11-2026-Apr-9-2026.csv", "2026-03-11 2026-04-09"),
        ("Account-Campaigns-1-Sep-202430-Sep-2024.csv", "2024-09-01 2024-09-30"),
        ("Content 2024-06-02_2025-06-02 Channel.zip", "2024-06-02 2025-06-02"),
        ("остатки 31_08_25 23_03_26.xlsx", "2025-08-31 2026-03-23"),
        ("По дням 16.09.2024-16.09.2025. (10.01.2026).csv", "2024-09-16 2025-09-16"),
        ("report_Апрель 2026.xlsx", "2026-04-01 2026-04-30"),
    ],
)
def test_a_file_name_states_a_window(name: str, window: str) -> None:
    assert stated.in_name(name) == days(window)


def test_a_day_in_a_name_is_no_window() -> None:
    assert stated.in_name("leads_2026-06-22.csv") is None


@pytest.mark.parametrize(
    ("rows", "window"),
    [
        ([("с", "01/09/2025", "по", "24/03/2026")], "2025-09-01 2026-03-24"),
        ([("# Start date: 20230708", ""), ("# End date: 20240304", "")], "2023-07-08 2024-03-04"),
        ([("Report", ""), (dt.datetime(2026, 3, 1), dt.datetime(2026, 3, 31))], "2026-03-01 2026-03-31"),
        (
            [("Предыдущий период: 01.03.2026 - 31.03.2026",), ("Период: 01.04.2026 - 30.04.2026",)],
            "2026-04-01 2026-04-30",
        ),
    ],
)
def test_rows_above_a_table_state_its_window(rows: list[tuple[object, ...]], window: str) -> None:
    assert stated.above(rows, None) == days(window)


UNDATED = (
    b"Campaign name,Amount spent (EUR),Impressions,Attribution setting,Result indicator\nA,5.5,100,-,-\n"
)


def test_figures_of_unknown_days_are_asked_about_and_never_dated() -> None:
    table = parse("x.csv", UNDATED, FileAnswers(), LOCAL).tables[0]
    assert table.source == "meta_ads"
    assert [question.key for question in table.questions] == ["period"]
    assert (table.first, table.window) == (None, None)


def test_the_owner_tells_the_window_that_a_file_does_not() -> None:
    told = FileAnswers(period="01.03.2026 – 31.03.2026")
    table = parse("x.csv", UNDATED, told, LOCAL).tables[0]
    assert (table.window, table.questions) == (days("2026-03-01 2026-03-31"), ())
