"""What the reception writes down: requests, messages, reviews, answers to a survey and costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta

from sample_data.chance import Chance, days
from sample_data.dental_en.online import LEADS
from sample_data.dental_en.words import OPEN, WEEK
from sample_data.shop import Shop
from sample_data.workbook import Cell

# Requests of a month by where they came from, and which part of them fits and buys.
_SOURCES = (
    ("Facebook", LEADS + 18, 0.62, 0.27),
    ("Google Ads", 46, 0.7, 0.35),
    ("Friends told", 24, 0.84, 0.52),
    ("Website", 16, 0.66, 0.3),
)
_STARS = (5, 5, 5, 4, 5, 5, 5, 3, 5, 5, 4, 5)
_SOUR = (1, 4, 2, 3, 1, 2, 5, 1, 1, 4, 2, 3)
_SITES = ("Google Maps", "Google Maps", "Facebook")
_SCORES = (10, 9, 8, 10, 9, 7, 10, 9, 5, 10, 8, 9)
_USUAL_WAIT = 38.0  # minutes
_SILENT = 0.06  # of the messages get no answer
_PLANNED = 0.8  # of what people give is dealt by plan, the rest is left to chance


def sheets(shop: Shop) -> Mapping[str, Iterable[tuple[Cell, ...]]]:
    """Return the lines of every sheet of the template that the clinic keeps."""
    return {
        "Costs": _costs(shop),
        "Requests": _requests(shop),
        "Reviews": _reviews(shop),
        "Messages": _messages(shop),
        "Survey": _survey(shop),
    }


def _given(chance: Chance, items: Sequence[int], count: int) -> list[int]:
    """Return what so many people gave."""
    planned = round(_PLANNED * count)
    given = chance.mix(items, planned) + chance.random.choices(items, k=count - planned)
    chance.random.shuffle(given)
    return given


def _costs(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    for month in shop.months:
        yield days(month)[0], "Social media manager", round(480 * shop.size)
        yield days(month)[0], "Photos and videos", round(140 * shop.size)


def _requests(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    chance = shop.chance("requests")
    for month in shop.months:
        told: list[tuple[Cell, ...]] = []
        for source, many, fits, bought in _SOURCES:
            dates = chance.dates(month, many * shop.size * chance.level(month), WEEK)
            fit, won = fits * chance.wobble(0.03), bought * chance.wobble(0.03)
            places = chance.mix(range(len(dates)), len(dates))
            told += [
                (
                    day,
                    source,
                    "yes" if at < fit * len(dates) else "no",
                    "yes" if at < won * len(dates) else "no",
                )
                for day, at in zip(dates, places, strict=True)
            ]
        yield from sorted(told, key=lambda line: str(line[0]))


def _messages(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    """Yield messages with their first answer, which comes within the opening hours of the same day."""
    chance = shop.chance("messages")
    for month in shop.months:
        dates = chance.dates(month, shop.count(52), OPEN)
        wait = _USUAL_WAIT / shop.story.keeps("late_answers", month)
        waits = chance.factors(len(dates), 0.7)
        for day, times in zip(dates, waits, strict=True):
            opened = datetime.combine(day, time(9, 0))
            asked = opened + timedelta(minutes=chance.random.randrange(1, 240))
            answered = asked + timedelta(minutes=min(270, round(wait * times)))
            where = chance.random.choice(("Facebook", "Facebook", "WhatsApp"))
            yield asked, None if chance.random.random() < _SILENT else answered, where


def _reviews(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    chance = shop.chance("reviews")
    for month in shop.months:
        stars = _STARS if shop.story.keeps("sour_reviews", month) == 1 else _SOUR
        dates = chance.dates(month, shop.count(24), WEEK)
        dates[-1] = days(month)[-1]  # so that the sheet tells of the whole month
        for day, given in zip(dates, _given(chance, stars, len(dates)), strict=True):
            yield day, chance.random.choice(_SITES), given


def _survey(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    chance = shop.chance("survey")
    for month in shop.months:
        dates = chance.dates(month, shop.count(34), OPEN)
        yield from zip(dates, _given(chance, _SCORES, len(dates)), strict=True)
