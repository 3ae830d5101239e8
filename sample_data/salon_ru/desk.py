"""What the desk of the salon writes down: visits, clicks on the booking link, and our template workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sample_data.chance import days
from sample_data.salon_ru.words import ACCOUNT, MASTERS, SERVICES, WEEK
from sample_data.shop import Shop
from sample_data.workbook import Cell, Lines

VISITS = ("Дата визита", "Услуга", "Мастер", "Карта клиента", "Откуда узнали", "Оплачено, ₽")
# Where the guest came from, and visits in a month.
_SOCIAL = (("Instagram", 56), ("ВКонтакте", 96))
_OTHERS = (("Постоянный клиент", 88), ("Посоветовали друзья", 32), ("2ГИС", 24))
_STARS = (5, 5, 5, 4, 5, 5, 5, 5, 4, 5)
_TIRED_STARS = (4, 2, 4, 2, 3, 3, 4, 2, 4, 1)
_PLACES = ("Яндекс Карты", "2ГИС", "Яндекс Карты")


def visits(shop: Shop) -> Iterator[Sequence[Cell]]:
    """Yield the visits, a line each, with the card of the guest."""
    chance = shop.chance("visits")
    for month in shop.months:
        kept = shop.story.keeps("lost_bookings", month)
        level = chance.level(month) * shop.size
        told = [(name, count * kept) for name, count in _SOCIAL] + list(_OTHERS)
        found: list[tuple[date, str, tuple[str, int]]] = []
        for name, count in told:
            dates = chance.dates(month, count * level, WEEK)
            found += zip(dates, [name] * len(dates), chance.mix(SERVICES, len(dates)), strict=True)
        for day, name, (service, price) in sorted(found):
            card = chance.random.randrange(300 if name == "Постоянный клиент" else 9000)
            paid = round(price * chance.wobble(0.06), -1)
            yield day, service, chance.random.choice(MASTERS), f"карта {1000 + card}", name, int(paid)


def booking_clicks(shop: Shop) -> Iterator[Sequence[Cell]]:
    """Yield by day how many pressed "Book" on the page of the community."""
    chance = shop.chance("booking clicks")
    for month in shop.months:
        yield from chance.by_day(month, 600 * shop.size * chance.level(month), WEEK)


def template(shop: Shop) -> dict[str, Lines]:
    """Return the sheets of our template that the owner fills in."""
    return {
        "Расходы": _costs(shop),
        "Отзывы": _reviews(shop),
        "Сообщения": _messages(shop),
        "Подписчики": _followers(shop),
    }


def _costs(shop: Shop) -> Iterator[Sequence[Cell]]:
    for month in shop.months:
        first = days(month)[0]
        yield first, "Ведение соцсетей", round(18000 * shop.size)
        yield first, "Съёмка фото и видео", round(7000 * shop.size)
        yield first, "Рекламный бюджет", round(15000 * shop.size)


def _reviews(shop: Shop) -> Iterator[Sequence[Cell]]:
    chance = shop.chance("reviews")
    for day in (days(shop.months[0])[0], days(shop.months[-1])[-1]):  # so that they tell of all days between
        yield day, _PLACES[0], 5
    for month in shop.months:
        tired = shop.story.keeps("tired_masters", month) < 1
        dates = chance.dates(month, shop.count(26), WEEK)
        for day, stars in zip(dates, chance.mix(_TIRED_STARS if tired else _STARS, len(dates)), strict=True):
            yield day, chance.random.choice(_PLACES), stars


def _messages(shop: Shop) -> Iterator[Sequence[Cell]]:
    """Yield messages and the first answer to each: within opening hours, most of them within the hour."""
    chance = shop.chance("messages")
    for month in shop.months:
        kept = shop.story.keeps("slow_answers", month)
        dates = chance.dates(month, 110 * shop.size * chance.level(month), WEEK)
        answered = chance.factors(len(dates), 1.0)
        patience = sorted(answered)[round(len(dates) * 0.93 * kept)]
        for day, waited in zip(dates, chance.factors(len(dates), 0.8), strict=True):
            minute = timedelta(hours=10, minutes=chance.random.randrange(480))
            at = datetime(day.year, day.month, day.day) + minute  # noqa: DTZ001 -- kept in local time
            late = answered.pop() >= patience
            reply = at + timedelta(minutes=1 + round(22 * waited / kept**4))
            yield at, None if late else reply, chance.random.choice(("Instagram", "ВКонтакте"))


def _followers(shop: Shop) -> Iterator[Sequence[Cell]]:
    chance = shop.chance("followers")
    level = 5200 * shop.size
    for month in shop.months:
        for day in days(month):
            level += shop.size * chance.random.gauss(2.4, 2)
            yield day, "Instagram", ACCOUNT, round(level)
