"""The figures of the invented school's story, written out by hand over the cells of its files."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sample_data.school_ru import make as school
from tests.golden.test_demo import shipped

FOLDER = Path(school.__file__).parent
MONTHS = {-2: (2024, 10), 9: (2025, 9), 12: (2025, 12)}


def inside(day: date | datetime, month: int) -> bool:
    return (day.year, day.month) == MONTHS[month]


def written(text: str) -> datetime:
    return datetime.strptime(text[:10], "%d.%m.%Y")  # noqa: DTZ007 - a day has no zone


@cache
def export(name: str, encoding: str = "utf-8-sig", between: str = ",") -> list[dict[str, str]]:
    text = (FOLDER / school.FILES[name]).read_text(encoding)
    return list(csv.DictReader(StringIO(text), delimiter=between))


@cache
def sheet(name: str) -> Sequence[Mapping[str, Any]]:
    head, *lines = load_workbook(FOLDER / school.FILES[name], read_only=True).worksheets[0].values
    return [dict(zip(map(str, head), line, strict=True)) for line in lines]


def by_hand(month: int) -> dict[str, Fraction]:
    ads = [row for row in sheet("ads") if inside(written(row["Дата"]), month)]
    spent, clicked, shown = (
        sum(Fraction(str(row[name])) for row in ads) for name in ("Потрачено всего, ₽", "Клики", "Показы")
    )
    posts = [row for row in export("posts") if inside(date.fromisoformat(row["Дата"][:10]), month)]
    linked = [row for row in posts if row["Полный охват"] and Fraction(row["Переходы по ссылке"])]
    deals = export("deals", "cp1251", ";")
    asked = [row for row in deals if inside(written(row["Дата создания сделки"]), month)]
    leads = Fraction(sum(row["utm_source"] in {"vk", "youtube"} for row in asked))
    visits = sum(
        Fraction(row["Визиты"])
        for row in export("visits")
        if row["UTM Source"] in {"vk", "youtube"} and inside(date.fromisoformat(row["Дата визита"]), month)
    )
    smm = sum(
        Fraction(row["Сколько заплатили"])
        for row in sheet("costs")
        if inside(row["За какой месяц расход"], month)
    )
    paid = [
        (row["utm_source"], Fraction(row["Стоимость, RUB"]))
        for row in export("orders")
        if row["Статус"] == "Завершен" and inside(date.fromisoformat(row["Дата создания"][:10]), month)
    ]
    revenue = sum(price for _, price in paid)
    traced = sum(price for source, price in paid if source)
    return {
        "link_clicks": sum((Fraction(row["Переходы по ссылке"]) for row in posts), Fraction(0)),
        "ctr_organic": 100
        * sum(Fraction(row["Переходы по ссылке"]) for row in linked)
        / sum(Fraction(row["Полный охват"]) for row in linked),
        "social_sessions": Fraction(visits),
        "leads": leads,
        "cvr_click_to_lead": 100 * leads / visits,
        "cpl": (spent + smm) / leads,
        "cpc": Fraction(spent) / clicked,
        "ctr_ads": 100 * Fraction(clicked) / shown,
        "drr": 100 * Fraction(spent + smm) / revenue,
        "romi": 100 * (Fraction(traced) * 55 / 100 - spent - smm) / (spent + smm),
    }


@pytest.mark.parametrize("month", MONTHS, ids=("October 2024", "September 2025", "December 2025"))
def test_what_the_school_tells_is_what_its_files_say(month: int) -> None:
    told = {id_: float(figure) for id_, figure in by_hand(month).items()}
    found = {one.kpi.id: one.value for one in shipped("school_ru")[month].verdicts if one.kpi.id in told}
    assert found == pytest.approx(told, rel=1e-9)
