"""Dates as people write them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.ingest import dates
from kpi.ingest.moment import moment
from kpi.ingest.strip import strip


def first(text: str, order: str | None = None) -> str | None:
    found = moment(text, order)
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
        ("1 марта 2026 г., 14:30", "2026-03-01T14:30"),
        ("Mar 3, 2026 at 2:30 PM", "2026-03-03T14:30"),
        ("Mar 3, 2026, 12:05\u202fAM", "2026-03-03T00:05"),
        ("3. März 2026", "2026-03-03T00:00"),
        ("3 de março de 2026", "2026-03-03T00:00"),
        ("3 березня 2026 р.", "2026-03-03T00:00"),
        ("Пн, 02.03.2026", "2026-03-02T00:00"),
        ("Mon 2026-03-02", "2026-03-02T00:00"),
        ("янв.26", "2026-01-01T00:00"),
        ("Янв 26", "2026-01-01T00:00"),
        ("Jan-26", "2026-01-01T00:00"),
        ("Jan '26", "2026-01-01T00:00"),
        ("1-Sep-24", "2024-09-01T00:00"),
        ("2026-W07", "2026-02-09T00:00"),
        ("2026-W07-3", "2026-02-11T00:00"),
        ("Q1 2026", "2026-01-01T00:00"),
        ("2026-Q3", "2026-07-01T00:00"),
        ("1 кв. 2026", "2026-01-01T00:00"),
        ("II квартал 2026 г.", "2026-04-01T00:00"),
        ("46023", "2026-01-01T00:00"),
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
        "2026-W60",
        "1800-W07",
        "1 apples 2026",
        "apples 26",
        "32 март 26",
        "99999",
        "01/02/26/03",
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


@pytest.mark.parametrize(
    ("cells", "first", "last"),
    [
        (["2026-W07"], "2026-02-09", "2026-02-15"),
        (["февраль 2026"], "2026-02-01", "2026-02-28"),
        (["Q4 2026"], "2026-10-01", "2026-12-31"),
        (["2026-02-09", "2026-02"], "2026-02-09", "2026-02-09"),
        (["2026-02-09"], "2026-02-09", "2026-02-09"),
    ],
)
def test_a_cell_may_name_more_than_a_day(cells: list[str], first: str, last: str) -> None:
    found = dates.dates(strip(cells))
    assert (str(found.values[0])[:10], str(found.ends()[0])) == (first, last)


@pytest.mark.parametrize(
    ("cells", "read", "assumed", "unsure"),
    [
        (["03/04/2026", "04/04/2026", "05/04/2026"], "2026-04-03", "sequence", False),
        (["04/05/2026", "04/04/2026", "04/03/2026"], "2026-04-05", "sequence", False),
        (["01/02/2026", "01/03/2026", "01/04/2026"], "NaT", None, True),
        (["03/04/2026", "04/04/2026"], "NaT", None, True),
        (["03/04/2026", "03/09/2026", "09/04/2026"], "NaT", None, True),
        (["03/04/2026", "soon", "05/04/2026", "06/04/2026"], "NaT", None, True),
        (["46023", "46024"], "2026-01-01", "serials", False),
        ([46023.0], "2026-01-01", "serials", False),
        ([20260101.0], "2026-01-01", None, False),
        (["20260101", "20260102"], "2026-01-01", None, False),
        (["2026-01-01T10:00Z", "2026-01-01 11:00"], "2026-01-01", "zone", False),
        (["2026-01-01T10:00Z", "2026-01-01T11:00+03:00"], "2026-01-01", None, False),
    ],
)
def test_what_the_cells_do_not_prove_is_assumed_or_asked(
    cells: list[str], read: str, assumed: str | None, *, unsure: bool
) -> None:
    found = dates.dates(strip(cells))
    assert (str(found.values[0])[:10], found.assumed, found.open) == (read, assumed, unsure)


def test_numbers_that_are_no_day_are_told() -> None:
    found = dates.dates(strip([20260230.0, 20261301.0, 20260228.5, -5.0, 46023.25]))
    assert [row for row, _ in found.bad] == [0, 1, 2, 3]
    assert str(found.values[4]) == "2026-01-01T06:00:00.000000"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FORMS = {
    "iso": lambda m: m.strftime("%Y-%m-%dT%H:%M:%S"),
    "iso space": lambda m: m.strftime("%Y-%m-%d %H:%M:%S"),
    "ru": lambda m: m.strftime("%d.%m.%Y %H:%M:%S"),
    "us": lambda m: (
        f"{m.month}/{m.day}/{m.year} {m.hour % 12 or 12}:{m:%M:%S} {'AM' if m.hour < 12 else 'PM'}"
    ),
    "words": lambda m: f"{MONTHS[m.month - 1]} {m.day}, {m.year} {m:%H:%M:%S}",
    "thin": lambda m: (
        f"{MONTHS[m.month - 1]} {m.day}, {m.year}, {m.hour % 12 or 12}:{m:%M:%S}\u202f"
        + ("AM" if m.hour < 12 else "PM")
    ),
    "zone": lambda m: m.strftime("%Y-%m-%dT%H:%M:%S+03:00"),
}


@pytest.mark.parametrize("form", FORMS)
@given(start=st.datetimes(dt.datetime(2006, 1, 1), dt.datetime(2040, 1, 1)), minutes=st.integers(61, 50_000))
@settings(max_examples=8, deadline=None)
def test_moments_come_back_in_every_form(form: str, start: dt.datetime, minutes: int) -> None:
    told = [start.replace(microsecond=0) + n * dt.timedelta(minutes=minutes) for n in range(300)]
    words = [FORMS[form](one) for one in told]
    order = "mdy" if form == "us" else None
    for some in (words, words[:100]):  # read in two parts, and each alone
        found = dates.dates(strip(some), order)
        assert found.values.tolist() == told[: len(some)]
        assert found.bad == ()
        assert found.assumed is None
        assert (found.offset is None) == (form != "zone")


def test_many_texts_with_and_without_a_clock_and_wrong_ones() -> None:
    days = [f"{1 + n % 28:02}.{1 + n % 12:02}.2025" for n in range(250)]
    timed = [f"{day} 10:{n % 60:02}" for n, day in enumerate(days)]
    found = dates.dates(strip([*days, *timed, "01.01.2025 25:00", "soon 10:00", "x1 10:00", ""]))
    assert np.array_equal(found.values[:250] + np.timedelta64(10, "h"), found.values[250:500] - minutes(250))
    assert found.bad == ((500, "01.01.2025 25:00"), (501, "soon 10:00"), (502, "x1 10:00"))


def minutes(count: int) -> np.ndarray:
    return (np.arange(count) % 60).astype("timedelta64[m]")


def test_real_dates_stay_beside_serials() -> None:
    found = dates.dates(strip([dt.datetime(2025, 1, 1, 9), 46023.0]))
    assert [str(value)[:13] for value in found.values] == ["2025-01-01T09", "2026-01-01T00"]


def test_many_texts_that_are_no_dates_are_told() -> None:
    assert len(dates.dates(strip([f"note: {'x' * n}" for n in range(250)])).bad) == 250
