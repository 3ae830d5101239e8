"""The figures of the invented salon's story, written out by hand over the cells of its files."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from openpyxl import load_workbook

from sample_data.salon_ru import make as salon
from tests.golden.test_demo import shipped

FOLDER = Path(salon.__file__).parent
MONTHS = (-2, 9, 12)
TITLES = ("October 2024", "September 2025", "December 2025")
FIRST = {-2: date(2024, 10, 1), 9: date(2025, 9, 1), 12: date(2025, 12, 1)}


def inside(day: date | datetime, month: int) -> bool:
    return (day.year, day.month) == (FIRST[month].year, FIRST[month].month)


@cache
def export(name: str) -> list[dict[str, str]]:
    text = (FOLDER / salon.FILES[name]).read_text("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


@cache
def sheet(name: str, title: str) -> Sequence[Mapping[str, Any]]:
    head, *lines = load_workbook(FOLDER / salon.FILES[name], read_only=True)[title].values
    return [dict(zip(map(str, head), line, strict=True)) for line in lines]


def reached(month: int) -> list[Fraction]:
    """The reach of each post of both networks."""
    on_instagram = [
        Fraction(row["Охват"])
        for row in export("instagram")
        if row["Охват"] and inside(datetime.strptime(row["Время публикации"], "%m/%d/%Y %H:%M"), month)  # noqa: DTZ007
    ]
    return on_instagram + [
        Fraction(row["Полный охват"])
        for row in export("posts")
        if row["Полный охват"] and inside(date.fromisoformat(row["Дата"][:10]), month)
    ]


def clicks(month: int) -> Fraction:
    """The clicks on links of posts in VK and on its booking button."""
    posts = (row for row in export("posts") if inside(date.fromisoformat(row["Дата"][:10]), month))
    pressed = (row for row in sheet("clicks", "Переходы") if inside(row["Дата"], month))
    in_posts = sum(Fraction(row["Переходы по ссылке"]) for row in posts)
    return in_posts + sum(Fraction(row["Нажали «Записаться»"]) for row in pressed)


def quarter(month: int) -> Iterator[int]:
    """The stars of the 90 days up to the end of the month."""
    last = (FIRST[month] + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    for row in sheet("template", "Отзывы"):
        if last - timedelta(days=90) < row["В какой день отзыв"].date() <= last:
            yield row["Оценка от 1 до 5"]


def by_hand(month: int) -> dict[str, Fraction]:
    visits = [row for row in sheet("visits", "Визиты") if inside(row["Дата визита"], month)]
    social = [row for row in visits if row["Откуда узнали"] in {"Instagram", "ВКонтакте"}]
    of_vk = sum(row["Откуда узнали"] == "ВКонтакте" for row in social)
    revenue = sum(Fraction(row["Оплачено, ₽"]) for row in social)
    paid = sum(
        Fraction(row["Сколько заплатили"])
        for row in sheet("template", "Расходы")
        if inside(row["За какой месяц расход"], month)
    )
    asked = [row for row in sheet("template", "Сообщения") if inside(row["Когда нам написали"], month)]
    answers = [(row["Когда нам написали"], row["Когда мы впервые ответили"]) for row in asked]
    waited = [reply - at for at, reply in answers if reply]
    stars = list(quarter(month))
    return {
        "reach_per_post": median(reached(month)),
        "conversions": Fraction(len(social)),
        "conversion_rate": 100 * Fraction(of_vk) / clicks(month),
        "revenue_social": revenue,
        "profit_social": revenue * 45 / 100 - paid,
        "response_rate": Fraction(100 * len(waited), len(asked)),
        "first_response_time": Fraction(median(one.total_seconds() for one in waited)) / 60,
        "avg_rating": Fraction(sum(stars), len(stars)),
    }


@pytest.mark.parametrize("month", MONTHS, ids=TITLES)
def test_what_the_salon_tells_is_what_its_files_say(month: int) -> None:
    told = {id_: float(figure) for id_, figure in by_hand(month).items()}
    found = {one.kpi.id: one.value for one in shipped("salon_ru")[month].verdicts if one.kpi.id in told}
    assert found == pytest.approx(told, rel=1e-9)
