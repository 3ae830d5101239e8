"""What a plan is: the few KPIs that tell of the chosen goals, what to fetch next, and what serves no goal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kpi.model.kpi import Kpi, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.verdict import Missing


class Readiness(StrEnum):
    """How far the files go: `partly` is counted for some networks or days, or waits for an answer."""

    READY = "ready"
    PARTLY = "partly"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the files can tell of a KPI.

    `variant` is the way of counting that would be used, None where none can be. `depth` is the number of
    full months that the files tell by it. `hitch` is what stands in its way, `missing` what is to be
    fetched for the way of counting that the files come nearest to.
    """

    kpi: Kpi
    readiness: Readiness
    variant: Variant | None = None
    depth: int = 0
    hitch: Reason | None = None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick(Standing):
    """A KPI of the plan: which of the chosen goals it serves, with which weight in all, and why it is in."""

    goals: tuple[str, ...]
    weight: float
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to fetch: the sources that have these fields, the best first; of `owner.` fields an answer.

    Without a source an own sheet has to tell. `unlocks` are the KPIs that can be counted once this and the
    steps before it are done; `helps` are those that still need one of the later steps.
    """

    fields: tuple[str, ...]
    sources: tuple[str, ...]
    unlocks: tuple[Kpi, ...]
    helps: tuple[Kpi, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One total by period; None where the files do not tell all of it."""

    field: str
    currency: str | None
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """All sales next to what was done in social networks, oldest period first: no link is claimed."""

    periods: tuple[Period, ...]
    figures: tuple[Figures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The KPIs to steer by for some goals.

    `primary` are three to five where the goals have as many, `guards` those that must not get worse
    meanwhile, `later` what to fetch, the most valuable first. `orphans` are KPIs of the owner's that serve
    no goal, and those with a target that serve none of the chosen. `notes` are what else is to be said.
    """

    goals: tuple[str, ...]
    primary: tuple[Pick, ...] = ()
    guards: tuple[Pick, ...] = ()
    later: tuple[Step, ...] = ()
    orphans: tuple[Kpi, ...] = ()
    notes: tuple[Reason, ...] = ()
    beside: Beside | None = None
