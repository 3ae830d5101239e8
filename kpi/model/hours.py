"""Working hours as owners choose them and as they are kept: days and two times, `Mo-Fr 09:00-18:00`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = 24 * 60
_KEPT = re.compile(r"([A-Za-z,\-]+) (\d\d:\d\d)-(\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Hours:
    """The same hours on every one of some days; 0 is Monday. Late hours end on the day after."""

    days: tuple[int, ...]
    start: str
    end: str

    @property
    def opens(self) -> int:
        """Return the minute of the day at which work starts."""
        return _minute(self.start)

    @property
    def lasts(self) -> int:
        """Return the minutes of a working day; the same time twice is round the clock.

        >>> Hours((4,), "18:00", "02:00").lasts, Hours((4,), "09:00", "09:00").lasts
        (480, 1440)
        """
        return (_minute(self.end) - _minute(self.start)) % _DAY or _DAY


def written(days: Iterable[int], start: str, end: str) -> str:
    """Return hours as they are kept.

    >>> written([0, 1, 2, 3, 4], "09:00", "18:00"), written([5, 0, 1, 6, 3], "08:00", "21:00")
    ('Mo-Fr 09:00-18:00', 'Mo-Tu,Th,Sa-Su 08:00-21:00')
    """
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = (DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs)
    return f"{','.join(names)} {start}-{end}"


def read(text: str | None) -> Hours | None:
    """Return kept hours as days and times; None for none, and for what nobody could have chosen.

    >>> read("Mo-Tu,Sa 08:00-21:00").days
    (0, 1, 5)
    """
    found = _KEPT.fullmatch(text or "")
    if found is None:
        return None
    days: list[int] = []
    for run in found[1].split(","):
        first, _, last = run.partition("-")
        if first not in DAYS or (last or first) not in DAYS:
            return None
        days += range(DAYS.index(first), DAYS.index(last or first) + 1)
    return Hours(tuple(days), found[2], found[3])


def _minute(time: str) -> int:
    hours, _, minutes = time.partition(":")
    return int(hours) * 60 + int(minutes)
