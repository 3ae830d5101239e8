"""What the site of the school tells: visits, requests and paid courses."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from sample_data.chance import Chance, days
from sample_data.school_ru.words import COURSES, WEEK
from sample_data.shop import Shop
from sample_data.workbook import Cell

_VISITS = (
    "UTM Source", "Дата визита", "Визиты", "Посетители", "Отказы", "Глубина просмотра", "Время на сайте",
    "Достижения цели (Заявка)",
)  # fmt: skip
_DEALS = (
    "ID", "Название сделки", "Бюджет", "Ответственный", "Дата создания сделки", "Кем создана сделка",
    "Теги", "Этап сделки", "Источник", "utm_source", "utm_medium", "utm_campaign",
)  # fmt: skip
_ORDERS = (
    "ID заказа", "ID пользователя", "Дата создания", "Дата оплаты", "Title", "Статус", "Стоимость, RUB",
    "Налог", "Заработано, RUB", "Валюта", "Менеджер", "Использован промокод", "utm_source", "utm_medium",
    "utm_campaign",
)  # fmt: skip
_STAGES = ("Успешно реализовано", "Закрыто и не реализовано", "Закрыто и не реализовано", "Пробный урок")
# Marks of the link, visits, requests and orders in a month.
_BY_ADS, _BY_POSTS, _BY_VIDEOS = ("vk", "cpc", "ads"), ("vk", "social", "post"), ("youtube", "video", "")
_ELSEWHERE = ("", "", "")


def _left(shop: Shop, marks: tuple[str, str, str], month: int) -> float:
    """Return the share of visitors that is left of those who come by such a link."""
    troubles = {_BY_ADS: "worn_ads", _BY_POSTS: "dry_posts"}
    return shop.story.keeps(troubles[marks], month) if marks in troubles else 1.0


def _requests(shop: Shop, usual: float, marks: tuple[str, str, str], month: int) -> float:
    return usual * shop.size * _left(shop, marks, month) * shop.story.keeps("long_form", month)


def visits(path: Path, shop: Shop) -> None:
    """Write the visits by source and day as Yandex Metrica exports them."""
    rows = list(_visits(shop))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(_VISITS)
        count, goal = sum(many for _, _, many, _ in rows), sum(sent for *_, sent in rows)
        writer.writerow(("Итого и средние", "", count, round(count * 0.9), 0.24, 2.1, "00:01:20", goal))
        for source, day, many, reached in rows:
            people = round(many * 0.92)
            writer.writerow((source, day, many, people, 0.24, 2.1, "00:01:20", reached))


def _visits(shop: Shop) -> Iterator[tuple[str, date, int, int]]:
    for source, parts, share in (
        ("vk", ((_BY_ADS, 2700), (_BY_POSTS, 520)), 0.03),
        ("youtube", ((_BY_VIDEOS, 240),), 0.03),
        ("Не определено", ((_ELSEWHERE, 900),), 0.04),
    ):
        chance = shop.chance(f"visits {source}")
        for month in shop.months:
            usual = sum(count * _left(shop, marks, month) for marks, count in parts)
            form = shop.story.keeps("long_form", month)
            for day, many in chance.by_day(month, usual * shop.size * chance.level(month), WEEK):
                yield source, day, many, chance.some(many, share * form)


def deals(path: Path, shop: Shop) -> None:
    """Write the requests as amoCRM exports deals."""
    found = sorted(_deals(shop))
    with path.open("w", encoding="cp1251", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(_DEALS)
        for number, (at, stage, marks) in enumerate(found, 31001):
            made, origin = f"{at:%d.%m.%Y %H:%M:%S}", "Сайт" if any(marks) else "Звонок"
            writer.writerow((number, f"Заявка {number}", 0, "Вера", made, "Вера", "", stage, origin, *marks))


def _deals(shop: Shop) -> Iterator[tuple[datetime, str, tuple[str, str, str]]]:
    chance = shop.chance("deals")
    for day in _ends(shop):
        yield _moment(chance, day), _STAGES[0], _ELSEWHERE
    for month in shop.months:
        level = chance.level(month)
        for marks, usual in ((_BY_ADS, 74), (_BY_POSTS, 30), (_BY_VIDEOS, 10), (_ELSEWHERE, 20)):
            dates = chance.dates(month, _requests(shop, usual, marks, month) * level, WEEK)
            for day, stage in zip(dates, chance.mix(_STAGES, len(dates)), strict=True):
                yield _moment(chance, day), stage, marks


def orders(path: Path, shop: Shop) -> None:
    """Write the paid courses as GetCourse exports orders, the newest first."""
    found = sorted(_orders(shop))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_ORDERS)
        writer.writerows(reversed(list(_told(shop, found))))


def _told(
    shop: Shop, found: Iterable[tuple[datetime, tuple[str, int], tuple[str, str, str]]]
) -> Iterator[Sequence[Cell]]:
    chance = shop.chance("pupils")
    for number, (at, (course, price), marks) in enumerate(found, 7001):
        pupil = chance.random.randrange(51, 51 + round(420 * shop.size))
        made, paid = f"{at:%Y-%m-%d %H:%M}", f"{at + timedelta(minutes=40):%Y-%m-%d %H:%M}"
        fate = chance.random.random()
        status = "Отменен" if fate < 0.02 else "Ожидаем оплаты" if fate > 0.97 else "Завершен"
        earned = round(price * 0.97) if status == "Завершен" else 0
        done = paid if earned else ""
        yield number, pupil, made, done, course, status, price, "3%", earned, "RUB", "Вера", "", *marks


def _orders(shop: Shop) -> Iterator[tuple[datetime, tuple[str, int], tuple[str, str, str]]]:
    chance = shop.chance("orders")
    for day in _ends(shop):
        yield _moment(chance, day), COURSES[0], _ELSEWHERE
    for month in shop.months:
        level = chance.level(month)
        for marks, usual in ((_BY_ADS, 24), (_BY_POSTS, 12), (_BY_VIDEOS, 3), (_ELSEWHERE, 10)):
            asked = _requests(shop, usual, marks, month)
            count = 0.5 * usual * shop.size + 0.5 * asked  # half of them are pupils who stay
            dates = chance.dates(month, count * level, WEEK)
            for day, course in zip(dates, chance.mix(COURSES, len(dates)), strict=True):
                yield _moment(chance, day), course, marks


def _ends(shop: Shop) -> tuple[date, date]:
    """Return the first and the last day, on which something happens: the exports tell of all days between."""
    return days(shop.months[0])[0], days(shop.months[-1])[-1]


def _moment(chance: Chance, day: date) -> datetime:
    minutes = timedelta(hours=9, minutes=chance.random.randrange(12 * 60))
    return datetime(day.year, day.month, day.day) + minutes  # noqa: DTZ001 -- exported in local time
