"""Numbers as people read them, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.model.kpi import Better, Kpi, Variant, Words
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.verdict import Status, Verdict
from kpi.report import numbers

NBSP = "\N{NO-BREAK SPACE}"


def plain(text: str | None) -> str:
    """Return the text with every kind of space made a plain one."""
    assert text is not None
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("value", "unit", "currency", "ru", "en"),
    [
        (1234567.8, "money", "RUB", "1 234 568 ₽", "1,234,568 RUB"),
        (12.5, "money", "USD", "12,50 $", "$12.50"),
        (7, "money", None, "7", "7"),
        (5.14159, "percent", None, "5,14 %", "5.14%"),
        (0.0464, "percent", None, "0,046 %", "0.046%"),
        (1, "people", None, "1 человек", "1 person"),
        (22, "people", None, "22 человека", "22 people"),
        (1099.6, "people a day", None, "1 100 человек в день", "1,100 people a day"),
        (20.96, "people", None, "21 человек", "21 people"),
        (112, "leads", None, "112 заявок", "112 leads"),
        (4.114, "times", None, "×4,11", "×4.11"),
        (2.5, "actions per post", None, "2,5 действия на пост", "2.5 actions a post"),
        (-0.0001, "percent", None, "0 %", "0%"),
        (3, "", None, "3", "3"),
        (None, "money", "RUB", "—", "—"),
    ],
)
def test_a_value_wears_its_unit(
    value: float | None, unit: str, currency: str | None, ru: str, en: str
) -> None:
    assert plain(numbers.shown(value, unit, currency, "ru")) == ru
    assert plain(numbers.shown(value, unit, currency, "en")) == en


@pytest.mark.parametrize(
    ("value", "unit", "currency", "ru", "en"),
    [
        (1234567.8, "money", "RUB", "1,2 млн ₽", "1.2M RUB"),
        (15320, "money", "USD", "15,3 тыс. $", "$15.3K"),
        (9999, "money", "RUB", "9 999 ₽", "9,999 RUB"),
        (15321, "people", None, "15,3 тыс. человек", "15.3K people"),
        (1531, "views", None, "1 531 просмотр", "1,531 views"),
    ],
)
def test_brief_shortens_from_ten_thousand(
    value: float, unit: str, currency: str | None, ru: str, en: str
) -> None:
    assert plain(numbers.shown(value, unit, currency, "ru", brief=True)) == ru
    assert plain(numbers.shown(value, unit, currency, "en", brief=True)) == en


@pytest.mark.parametrize(
    ("low", "high", "ru"),
    [
        (21, 22, "от 21 человека до 22 человек"),
        (111, 2644, "от 111 человек до 2 644 человек"),
        (1.5, 1099.6, "от 1,5 человека до 1 100 человек"),
    ],
)
def test_the_ends_of_a_range_stand_in_the_case_that_russian_asks_for(
    low: float, high: float, ru: str
) -> None:
    assert plain(numbers.interval(low, high, "people", None, "ru")) == ru


def test_a_rate_changes_in_points_and_a_count_in_percent() -> None:
    assert plain(numbers.change(3.5, 3.9, "percent", "ru")) == "-0,4 п. п."
    assert plain(numbers.change(54, 50, "points", "ru")) == "+4 балла"
    assert plain(numbers.change(110, 100, "people", "ru")) == "+10 %"
    assert plain(numbers.change(-50, -100, "money", "en")) == "+50%"


def test_a_change_from_nothing_is_not_told() -> None:
    assert numbers.change(5, 0, "orders", "en") is None
    assert numbers.change(None, 5, "orders", "en") is None
    assert numbers.change(5, None, "percent", "en") is None


@pytest.mark.parametrize(
    ("period", "ru", "en"),
    [
        (Period.month(2025, 2), "февраль 2025", "February 2025"),
        (Period(date(2025, 4, 1), date(2025, 6, 30)), "2-й кв. 2025", "Q2 2025"),
        (Period(date(2025, 1, 1), date(2025, 12, 31)), "2025", "2025"),
        (Period(date(2025, 2, 1), date(2025, 2, 20)), "1–20 февр. 2025 г.", "Feb 1 – 20, 2025"),
        (Period(date(2025, 2, 3), date(2025, 2, 3)), "3 февр. 2025 г.", "Feb 3, 2025"),
    ],
)
def test_a_period_has_a_name(period: Period, ru: str, en: str) -> None:
    assert plain(numbers.period(period, "ru")) == ru
    assert plain(numbers.period(period, "en")) == en


def test_an_interval_is_told_in_words() -> None:
    assert plain(numbers.interval(2.8, 3.7, "percent", None, "ru")) == "от 2,8 % до 3,7 %"


def test_a_reason_tells_amounts_in_the_unit_of_its_verdict() -> None:
    words = Words(name="Profit", question="", caveat="")
    kpi = Kpi(
        id="p",
        unit="money",
        better=Better.UP,
        goals={},
        variants=(),
        en=words,
        ru=words,
        examples=(),
        sources=(),
    )
    verdict = Verdict(
        kpi=kpi,
        variant=Variant(id="v", formula="1", en="", ru=""),
        value=1.0,
        unit="money",
        currency="RUB",
        better=Better.UP,
        status=Status.AMBER,
        reasons=(Reason(key="range", facts={"low": 10, "high": 2000}),),
    )
    assert [plain(text) for text in numbers.reasons(verdict, "ru")] == ["от 10 ₽ до 2 000 ₽"]


def test_charts_speak_the_language() -> None:
    ru = numbers.vega_locale("ru")
    assert ru["number"]["decimal"] == ","
    assert ru["number"]["thousands"] == NBSP
    assert ru["time"]["months"][1] == "февраль"
    assert ru["time"]["days"][0] == "воскресенье"
    assert numbers.vega_locale("en")["time"]["shortMonths"][11] == "Dec"
