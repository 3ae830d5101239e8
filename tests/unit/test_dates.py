"""Dates as people write them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from kpi.ingest import dates
from kpi.ingest.strip import strip


def first(text: str, order: str | None = None) -> str | None:
    found = dates.moment(text, order)
    return str(found[0])[:16] if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-05", "2025-03-05T00:00"),
        ("2025-11-23T01:00:00", "2025-11-23T01:00"),
        ("2025/10/31 18:19:10", "2025-10-31T18:19"),
        ("15.03.2020", "2020-03-15T00:00"),
        ("5.3.2020 8:00", "2020-03-05T08:00"),
        ("05.03.25", "2025-03-05T00:00"),
        ("Apr 16, 2026", "2026-04-16T00:00"),
        ("Tue, Aug 26, 2025", "2025-08-26T00:00"),
        ("Mon Feb 17 2025", "2025-02-17T00:00"),
        ("8 July 2025", "2025-07-08T00:00"),
        ("1-Sep-2024", "2024-09-01T00:00"),
        ("3 марта 2025 г.", "2025-03-03T00:00"),
        ("март 2025", "2025-03-01T00:00"),
        ("16 de abril de 2025", "2025-04-16T00:00"),
        ("2025-03", "2025-03-01T00:00"),
        ("03.2025", "2025-03-01T00:00"),
        ("20231010", "2023-10-10T00:00"),
        ("02/19/2015 11:45:22 PM", "2015-02-19T23:45"),
        ("12/12/2024", "2024-12-12T00:00"),
    ],
)
def test_spellings(text: str, expected: str) -> None:
    assert first(text, None if "/" not in text or text == "12/12/2024" else "mdy") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "99999-01-01",
        "0000-00-00",
        "2026-02-30",
        "2026-13-01",
        "24:00",
        "01-02-68",
        "3.апр",
        "2025-01-01 25:00",
        "x" * 99,
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert first(text, "dmy") is None


@pytest.mark.parametrize(
    ("words", "source", "answer", "expected"),
    [
        (["03/04/2026", "25/06/2026"], None, None, ("dmy", False)),
        (["03/04/2026", "06/25/2026"], None, None, ("mdy", False)),
        (["03/04/2026"], None, None, (None, True)),
        (["03/04/2026"], "mdy", None, ("mdy", False)),
        (["25/04/2026"], "mdy", None, ("dmy", False)),
        (["25/06/2026", "06/25/2026"], None, None, (None, True)),
        (["03/04/2026"], None, "dmy", ("dmy", False)),
        (["2026-01-01"], None, None, (None, False)),
        (["03.04.2026"], None, None, (None, False)),
    ],
)
def test_day_and_month_need_evidence(
    words: list[str], source: str | None, answer: str | None, expected: tuple[str | None, bool]
) -> None:
    assert dates.day_month(words, source, answer) == expected


def test_an_open_order_reads_no_slashed_date_and_blames_no_cell() -> None:
    found = dates.dates(strip(["03/04/2026", "05/06/2026"]))
    assert found.open
    assert np.isnat(found.values).all()
    assert found.bad == ()


def test_offsets_are_kept_beside_the_time_as_written() -> None:
    found = dates.dates(strip(["2025-01-01 10:00:00 +0400", "2025-07-01T10:00:00Z", "2025-07-02 10:00"]))
    assert found.offset is not None
    assert found.offset.tolist()[:2] == [240, 0]
    assert np.isnan(found.offset[2])
    assert str(found.values[0]) == "2025-01-01T10:00:00.000000"


def test_serials_and_compact_numbers_are_days() -> None:
    found = dates.dates(strip([46023.0, 20231010.0, 46023.5, 7.0]))
    assert [str(value)[:13] for value in found.values[:3]] == [
        "2026-01-01T00",
        "2023-10-10T00",
        "2026-01-01T12",
    ]
    assert found.bad == ((3, "7"),)


def test_real_date_cells_need_no_reading() -> None:
    found = dates.dates(strip([dt.date(2025, 1, 1), "02.01.2025", "soon", "—"]))
    assert [str(value)[:10] for value in found.values] == ["2025-01-01", "2025-01-02", "NaT", "NaT"]
    assert found.bad == ((2, "soon"),)


def test_many_different_times_are_read_in_two_parts() -> None:
    texts = [f"{1 + n % 12:02}/{1 + n % 28:02}/2025 {n % 24:02}:{n % 60:02}" for n in range(5000)]
    whole = dates.dates(strip(texts), "mdy")
    assert [str(value)[:16] for value in whole.values[:40]] == [first(text, "mdy") for text in texts[:40]]
    odd = dates.dates(strip([*texts, "tomorrow"]), "mdy")
    assert odd.bad == ((5000, "tomorrow"),)


def test_ten_years_of_days_without_a_clock_are_read() -> None:
    days = [str(np.datetime64("2015-01-01") + n) for n in range(3650)]
    russian = [f"{day[8:]}.{day[5:7]}.{day[:4]}" for day in days]

    found = dates.dates(strip(russian))

    assert (str(found.values[0])[:10], str(found.values[-1])[:10], found.bad) == (days[0], days[-1], ())
