"""A span of calendar days, both ends included."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_DECEMBER = 12
_MONTHS_A_QUARTER = 3


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `first` to `last`.

    >>> Period.month(2025, 2).days
    28
    >>> Period.month(2025, 3).before()
    Period(first=datetime.date(2025, 2, 1), last=datetime.date(2025, 2, 28))
    >>> Period(date(2025, 3, 5), date(2025, 3, 11)).before().first
    datetime.date(2025, 2, 26)
    >>> Period(date(2024, 2, 1), date(2024, 2, 29)).year_before().last
    datetime.date(2023, 2, 28)
    """

    first: date
    last: date

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """Return a calendar month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @property
    def days(self) -> int:
        """Return the number of days."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> int:
        """Return how many whole calendar months this is, 0 if it is not made of whole months."""
        if self.first.day != 1 or (self.last + timedelta(days=1)).day != 1:
            return 0
        return (self.last.year - self.first.year) * _DECEMBER + self.last.month - self.first.month + 1

    def before(self) -> Period:
        """Return the period of the same length before: whole months for whole months, else days."""
        last = self.first - timedelta(days=1)
        if not self.months:
            return Period(last - timedelta(days=self.days - 1), last)
        months = self.first.year * _DECEMBER + self.first.month - 1 - self.months
        return Period(date(months // _DECEMBER, months % _DECEMBER + 1, 1), last)

    def year_before(self) -> Period:
        """Return the same days of the year before: whole months for whole months."""
        first, last = _year_earlier(self.first), _year_earlier(self.last)
        if self.months:
            last = last.replace(day=monthrange(last.year, last.month)[1])
        return Period(first, last)

    def covers(self, other: Period) -> bool:
        """Return whether `other` lies wholly inside."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Period) -> bool:
        """Return whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def shared(self, other: Period) -> int:
        """Return how many days the two have in common."""
        return max(0, (min(self.last, other.last) - max(self.first, other.first)).days + 1)


def _year_earlier(day: date) -> date:
    """Return the day of the same name a year earlier; the 28th for a 29th of February."""
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))


def ended(today: date) -> Period:
    """Return the calendar month that has just ended.

    >>> ended(date(2026, 1, 5)).last
    datetime.date(2025, 12, 31)
    """
    last = today.replace(day=1) - timedelta(days=1)
    return Period.month(last.year, last.month)


def months_of(span: Period) -> tuple[Period, ...]:
    """Return every calendar month that shares a day with `span`, oldest first."""
    found = [Period.month(span.first.year, span.first.month)]
    while found[-1].last < span.last:
        following = found[-1].last + timedelta(days=1)
        found.append(Period.month(following.year, following.month))
    return tuple(found)


def quarters_of(span: Period) -> tuple[Period, ...]:
    """Return every calendar quarter that shares a day with `span`, oldest first."""
    starts = sorted({(m.first.year, (m.first.month - 1) // _MONTHS_A_QUARTER) for m in months_of(span)})
    return tuple(
        Period(date(y, q * _MONTHS_A_QUARTER + 1, 1), Period.month(y, q * _MONTHS_A_QUARTER + 3).last)
        for y, q in starts
    )


def weeks_of(span: Period) -> tuple[Period, ...]:
    """Return every week, Monday to Sunday, that shares a day with `span`, oldest first."""
    monday = span.first - timedelta(days=span.first.weekday())
    count = (span.last - monday).days // 7 + 1
    return tuple(
        Period(monday + timedelta(days=7 * i), monday + timedelta(days=7 * i + 6)) for i in range(count)
    )
