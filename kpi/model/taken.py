"""What an action taken on is: who does what about which KPI from which day, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kpi.model.kpi import Better
from kpi.model.period import Period
from kpi.model.reading import Reason

WATCHED = timedelta(weeks=13)  # so long after its first day an action is watched


class State(StrEnum):
    """How far it has come."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An action that the owner has taken on.

    `action` is its id in the playbook, `factor` the one that it is to move; both are empty for an idea of
    the owner's own. `title` and `how` are as the owner left them. `variant` is the way of counting that was
    shown, `network` the one that was looked at, empty for all. `first` is the day on which it begins, `last`
    the one on which it ends, if any.
    """

    id: str
    kpi: str
    title: str
    first: date
    at: datetime
    action: str = ""
    factor: str = ""
    how: str = ""
    variant: str = ""
    network: str = ""
    last: date | None = None
    who: str = ""
    state: State = State.OPEN

    @property
    def watched(self) -> Period:
        """Return the days on which its effect is looked for: up to its end if it lasts two weeks or more."""
        end = self.first + WATCHED - timedelta(days=1)
        lasting = self.last is not None and self.last - self.first >= timedelta(days=13)
        return Period(self.first, min(end, self.last) if lasting and self.last else end)


def together(one: Taken, others: Iterable[Taken]) -> tuple[Taken, ...]:
    """Return the other actions for the same KPI whose first days lie within what is watched of this one."""
    return tuple(
        other
        for other in others
        if other.id != one.id
        and other.kpi == one.kpi
        and other.state is not State.DROPPED
        and (not other.network or not one.network or other.network == one.network)
        and other.watched.meets(one.watched)
    )


class Outcome(StrEnum):
    """What an action seems to have done to its KPI."""

    HELPED = "helped"
    WORSE = "worse"
    UNSEEN = "unseen"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A KPI before and after an action began.

    `before`, `expected` and `after` are in the unit of the KPI, of a total (`weekly`) as that of a week;
    `expected` is where the course before led. `low` and `high` are the ends of the 80 % interval of how much
    more or less there is than expected. `seasonal` says that the same weeks a year earlier
    were taken off. A change of 30 % would show from `needed` of what `of` names (weeks where it is empty),
    None: not within a year; so far there are `told`. `steps` are weeks counted from the first day. `reason`
    says why nothing can be told.
    """

    outcome: Outcome
    better: Better
    unit: str = ""
    currency: str | None = None
    weekly: bool = False
    before: float | None = None
    expected: float | None = None
    after: float | None = None
    low: float | None = None
    high: float | None = None
    seasonal: bool = False
    of: str = ""
    told: float = 0.0
    needed: float | None = None
    steps: tuple[tuple[Period, float], ...] = ()
    reason: Reason | None = None
