"""Seeded chance for invented shops: days and posts differ as real ones do, months stay calm."""

from __future__ import annotations

import calendar
import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import NormalDist
from typing import TypeVar

YEAR = 2025
MONTHS = range(1, 13)  # months are counted from January of the year: 0 is the December before it
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A published post; `middling` marks the most ordinary one of its month."""

    number: int
    at: datetime
    reach: int
    actions: int
    middling: bool


def summer(day: date) -> bool:
    """Tell whether American clocks stand at summer time."""
    march, november = date(day.year, 3, 8), date(day.year, 11, 1)
    # From the second Sunday of March to the first one of November.
    first, last = (one + timedelta(days=6 - one.weekday()) for one in (march, november))
    return first <= day < last


def days(month: int) -> list[date]:
    """Return the days of a month.

    >>> days(0)[0], len(days(2))
    (datetime.date(2024, 12, 1), 28)
    """
    years, before = divmod(month - 1, 12)
    year, number = YEAR + years, before + 1
    return [date(year, number, day + 1) for day in range(calendar.monthrange(year, number)[1])]


def month_of(day: date) -> int:
    """Return the month that a day lies in, counted as `days` does."""
    return 12 * (day.year - YEAR) + day.month


class Chance:
    """One stream of chance; streams of different names do not disturb each other."""

    def __init__(self, seed: int, name: str, months: range = MONTHS) -> None:
        self.random = random.Random(f"{seed}/{name}")
        self.months = months

    def factors(self, count: int, sigma: float) -> list[float]:
        """Return log-normal factors of median 1 in random order, one from each slice of the distribution.

        So posts lie as far apart as `sigma` says, while the level of a month is not itself a lottery.
        """
        normal = NormalDist()
        shares = [(slot + self.random.uniform(0.3, 0.7)) / count for slot in range(count)]
        self.random.shuffle(shares)
        return [math.exp(sigma * normal.inv_cdf(share)) for share in shares]

    def level(self, month: int, *, swing: float = 0.03) -> float:
        """Return the level of a month around 1: a mild season, highest in December, and little noise."""
        season = 1 + swing * math.cos(2 * math.pi * month / 12)
        return season * math.exp(self.random.gauss(0, 0.012))

    def wobble(self, sigma: float) -> float:
        """Return one log-normal factor."""
        return math.exp(self.random.gauss(0, sigma))

    def deal(self, total: float, weights: Sequence[float]) -> list[int]:
        """Return a whole total dealt at random over places of these weights."""
        places = Counter(self.random.choices(range(len(weights)), weights, k=round(total)))
        return [places[place] for place in range(len(weights))]

    def by_day(self, month: int, total: float, week: Sequence[float]) -> Iterator[tuple[date, int]]:
        """Yield the days of a month, each with its part of a total that `total` is in 30 days.

        `week` is the rhythm of the week, Monday first.
        """
        dates = days(month)
        parts = self.deal(total * len(dates) / 30, [week[day.weekday()] for day in dates])
        return zip(dates, parts, strict=True)

    def evenly(self, month: int, total: float, week: Sequence[float]) -> Iterator[tuple[date, int]]:
        """Yield the days of a month as `by_day` does, with this total however many days there are."""
        return self.by_day(month, total * 30 / len(days(month)), week)

    def dates(self, month: int, total: float, week: Sequence[float]) -> list[date]:
        """Return the days on which each of so many things happens in a month, oldest first."""
        return [day for day, count in self.evenly(month, total, week) for _ in range(count)]

    def some(self, count: int, share: float) -> int:
        """Return how many of so many things turn out in a way that has this share of chance."""
        return sum(self.random.random() < share for _ in range(count))

    def mix(self, items: Sequence[_T], count: int) -> list[_T]:
        """Return `count` items, each kind as often as the others, in random order."""
        start = self.random.randrange(len(items))
        mixed = [items[(start + place) % len(items)] for place in range(count)]
        self.random.shuffle(mixed)
        return mixed

    def posts(
        self,
        count: int,
        *,
        reach: Callable[[int], float],
        rate: Callable[[int], float],
        sigma: float = 0.55,
    ) -> Iterator[Post]:
        """Yield the posts of all months by plan, `count` a month, from the first to the last day.

        `reach` is the median reach of a month's posts, `rate` the share of it that does something.
        """
        number = 0
        for month in self.months:
            factors = self.factors(count, sigma)
            rates = self.factors(count, 0.22)
            middle = factors.index(min(factors, key=lambda factor: abs(factor - 1)))
            median, share = reach(month), rate(month)
            for place, at in enumerate(self._times(month, count)):
                people = max(20, round(median * factors[place]))
                yield Post(
                    number=number,
                    at=at,
                    reach=people,
                    actions=max(3, round(people * share * rates[place])),
                    middling=place == middle,
                )
                number += 1

    def _times(self, month: int, count: int) -> list[datetime]:
        """Return ordered publish times, spread over the month, the first and the last day of all included."""
        length = len(days(month))
        slots = [int((place + self.random.random()) * length / count) for place in range(count)]
        if month == self.months[0]:
            slots[0] = 0
        if month == self.months[-1]:
            slots[-1] = length - 1
        start = datetime.combine(days(month)[0], time())  # the exports state local time without a zone
        hours = (8, 9, 12, 12, 17, 18, 19, 19, 20)
        return sorted(
            start + timedelta(days=slot, hours=self.random.choice(hours), minutes=self.random.randrange(60))
            for slot in slots
        )
