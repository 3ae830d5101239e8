"""Dates without a year get the right ones, or wait."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from kpi.ingest import years
from kpi.ingest.parse import parse
from kpi.ingest.strip import Strip
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Table

TODAY = date(2026, 3, 10)


def run(*words: str) -> years.Run | None:
    return years.run(Strip(len(words), text=pa.array(words)))


def days(found: years.Run | None, year: int) -> list[str]:
    assert found is not None
    return [str(day)[:10] for day in years.dated(found, year).values]


def choices(found: years.Run | None, *named: date, answer: int | None = None) -> tuple[int, ...]:
    assert found is not None
    return years.settled(found, answer, named, TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("February 28", (2, 28)),
        ("Feb 29", (2, 29)),
        ("28 August", (8, 28)),
        ("28. August", (8, 28)),
        ("12 марта", (3, 12)),
        ("5 травня", (5, 5)),
        ("1 de mayo", (5, 1)),
        ("30 de abril", (4, 30)),
        ("14 juillet", (7, 14)),
        ("9月16日", (9, 16)),
        ("February 30", None),
        ("12 marketing", None),
        ("12 mark", None),
        ("February 28, 2025", None),
        ("", None),
    ],
)
def test_a_day_without_a_year(text: str, day: tuple[int, int] | None) -> None:
    assert years.bare(text) == day


def test_oldest_first_crosses_new_year() -> None:
    found = run("December 30", "December 31", "January 1", "", "January 2")
    assert days(found, 2026) == ["2025-12-30", "2025-12-31", "2026-01-01", "NaT", "2026-01-02"]


def test_newest_first_crosses_new_year() -> None:
    assert days(run("2 января", "1 января", "31 декабря"), 2025) == ["2026-01-02", "2026-01-01", "2025-12-31"]


def test_a_whole_year_is_told_twice_by_its_ends() -> None:
    assert days(run("March 1", "June 1", "September 1", "December 1", "March 1"), 2026)[::4] == [
        "2025-03-01",
        "2026-03-01",
    ]


def test_few_days_of_one_year_keep_their_order() -> None:
    assert days(run("March 1", "September 10"), 2026) == ["2026-03-01", "2026-09-10"]
    assert days(run("September 10", "March 1"), 2026) == ["2026-09-10", "2026-03-01"]
    assert days(run("March 1", "March 1"), 2026) == ["2026-03-01", "2026-03-01"]


def test_days_in_no_order_are_no_run() -> None:
    found = run("July 16", "September 3", "July 26", "December 2", "April 8", "November 21")
    assert found is not None
    assert not found.later


def test_other_words_are_no_run() -> None:
    assert run("rye", "March 1", "salt") is None
    assert run("1", "2") is None
    assert years.run(Strip(1, number=pa.array([1.0]))) is None


def test_the_years_to_choose_from_are_the_last_three() -> None:
    assert choices(run("February 1", "February 2")) == (2026, 2025, 2024)
    assert choices(run("April 1", "April 2")) == (2025, 2024), "next month is no past"


def test_the_answer_counts() -> None:
    assert choices(run("February 1", "February 2"), date(2025, 2, 2), answer=2024) == (2024,)


def test_a_leap_day_settles_the_year() -> None:
    assert choices(run("February 28", "February 29", "March 1")) == (2024,)
    assert days(run("February 28", "February 29"), 2024) == ["2024-02-28", "2024-02-29"]


def test_a_leap_day_of_long_ago_leaves_what_fits() -> None:
    found = run("February 28", "February 29", "March 1")
    assert found is not None
    assert years.settled(found, None, (), date(2031, 6, 1)) == (2028, 2024)


def test_a_leap_day_in_the_wrong_year_is_told() -> None:
    found = run("February 28", "February 29")
    assert found is not None
    read = years.dated(found, 2025)
    assert np.isnat(read.values).tolist() == [False, True]
    assert read.bad == ((1, "February 29"),)


def test_a_cell_with_a_year_tells_the_others() -> None:
    assert choices(run("30 декабря 2023", "2 января", "5 января")) == (2024,)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("Overview_2025-08-28_1787841428_shop.zip", 2026),  # the first row's day
        ("to 2026-08-27.csv", 2026),  # the last row's day
        ("export 2026-09-02.csv", 2026),  # a few days later
    ],
)
def test_a_day_in_the_name_settles_the_year(name: str, year: int) -> None:
    assert choices(
        run("August 28", "November 1", "January 15", "April 1", "June 30", "August 27"), *years.stated(name)
    ) == (year,)


def test_a_day_in_the_name_that_tells_nothing() -> None:
    assert years.stated("Overview.csv") == ()
    assert choices(run("February 1", "February 2"), *years.stated("plan 2025-11-30.csv")) == (
        2026,
        2025,
        2024,
    )
    assert years.stated("2025-13-45.csv") == ()
    assert years.stated("temp_1777023477746.csv") == (date(2026, 4, 24),), "the download, in milliseconds"


def test_the_number_of_a_video_tells_its_year() -> None:
    addresses = pa.array(["https://www.tiktok.com/@shop/video/7527623000473079054", "x", None])
    about = years.made(Strip(3, text=addresses))
    assert about is not None
    assert [str(day) for day in about] == ["2025-07-16", "NaT", "NaT"]
    found = run("July 16", "July 17", "July 18")
    assert found is not None
    assert [str(day)[:10] for day in years.nearest(found, about).values] == ["2025-07-16", "NaT", "NaT"]
    assert years.made(Strip(1, text=pa.array(["https://x.com/a"]))) is None
    assert years.made(Strip(1)) is None


def table(name: str = "a.csv", **said: object) -> Table:
    body = "Date,Video Views,Profile Views,Likes,Comments\nDecember 31,5,1,0,0\nJanuary 1,7,2,0,0\n"
    return parse(name, body.encode(), FileAnswers(**said), HOSTED).tables[0]  # type: ignore[arg-type]


def test_a_table_waits_until_the_year_is_told() -> None:
    asked = table()
    assert asked.waiting
    assert asked.first is None
    (question,) = asked.questions
    assert (question.key, question.heading, question.cell) == ("year", "Date", "January 1")
    assert [str(day)[4:] for day in question.examples] == ["-01-01"] * len(question.choices)
    told = table(year=2025)
    assert (told.first, told.last) == (date(2024, 12, 31), date(2025, 1, 1))
    assert not told.waiting
    assert not told.questions


def test_an_own_sheet_waits_in_the_same_way() -> None:
    body = "Дата,Подписчики\n30 декабря,100\n31 декабря,101\n1 января,105\n"
    mapping = {"Дата": "account.date", "Подписчики": "account.followers"}
    seen = parse("a.csv", body.encode(), FileAnswers(), HOSTED).tables[0]
    assert [one.guess for one in seen.columns] == ["account.date", "account.followers"]
    asked = parse("a.csv", body.encode(), FileAnswers(mapping=mapping, network="vk"), HOSTED).tables[0]
    assert [question.key for question in asked.questions] == ["year"]
    told = parse(
        "a.csv", body.encode(), FileAnswers(mapping=mapping, network="vk", year=2026), HOSTED
    ).tables[0]
    assert (told.first, told.last) == (date(2025, 12, 30), date(2026, 1, 1))
