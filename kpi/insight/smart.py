"""Whether a target is specific, measurable, achievable, relevant, timely and officially set, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpi.insight.charter import served
from kpi.model.kpi import Kpi
from kpi.model.reading import Reason
from kpi.model.target import Target
from kpi.model.verdict import Missing, Verdict

HARDLY, SURE = 0.10, 0.90  # below: unlikely; above: would be reached without any change
Band = tuple[float, float]


class Mark(StrEnum):
    """What is asked of a target: the five letters of SMART, and that somebody has set it."""

    SPECIFIC = "specific"
    MEASURABLE = "measurable"
    ACHIEVABLE = "achievable"
    RELEVANT = "relevant"
    TIMELY = "timely"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One mark of a target: whether it holds (None: cannot be told), and why or why not.

    `missing` are the columns without which the target cannot be measured. Values among the facts of
    `why` are in the unit of the KPI.
    """

    mark: Mark
    holds: bool | None
    why: tuple[Reason, ...] = ()
    missing: tuple[Missing, ...] = ()


def findings(
    target: Target,
    kpi: Kpi,
    verdict: Verdict | None,
    *,
    goals: Sequence[str],
    decided: date | None,
    chance: float | None = None,
    realistic: Band | None = None,
    ambitious: Band | None = None,
) -> tuple[Finding, ...]:
    """Return the six marks of a target.

    `verdict` is the KPI as the files tell it, None where nobody has computed it. `goals` are the chosen
    ones. `decided` is the day of the decision, None where nobody kept it. `chance` (0 to 1) is that of
    reaching the target with the present way of working, `realistic` and `ambitious` are the values for
    which that chance is fair and small; None: there is no forecast.
    """
    return (
        _specific(target),
        _measurable(target, verdict),
        _achievable(chance, realistic, ambitious),
        _relevant(target, kpi, goals),
        _timely(target, decided),
        _official(target, decided),
    )


def _specific(target: Target) -> Finding:
    """Say whether it is told how the KPI is counted and who answers for it."""
    why = []
    if target.variant is None:
        why.append(Reason(key="smart.no_variant"))
    if not target.owner.strip():
        why.append(Reason(key="smart.no_owner"))
    return Finding(mark=Mark.SPECIFIC, holds=not why, why=tuple(why))


def _measurable(target: Target, verdict: Verdict | None) -> Finding:
    """Say whether the files give the KPI, counted as the target says."""
    if verdict is None:
        return Finding(mark=Mark.MEASURABLE, holds=None, why=(Reason(key="smart.not_computed"),))
    if verdict.value is None or verdict.variant is None:
        why = () if verdict.missing else verdict.reasons[:1]
        return Finding(mark=Mark.MEASURABLE, holds=False, why=why, missing=verdict.missing)
    if target.variant not in {None, verdict.variant.id}:
        return Finding(mark=Mark.MEASURABLE, holds=False, why=(Reason(key="smart.counted_otherwise"),))
    return Finding(mark=Mark.MEASURABLE, holds=True)


def _achievable(chance: float | None, realistic: Band | None, ambitious: Band | None) -> Finding:
    """Say whether it can be reached, and would not be anyway."""
    if chance is None:
        return Finding(mark=Mark.ACHIEVABLE, holds=None, why=(Reason(key="smart.no_forecast"),))
    facts: dict[str, object] = {"chance": round(100 * chance)}
    if chance < HARDLY:
        why, band = [Reason(key="smart.unlikely", facts=facts)], realistic
        offer = "smart.realistic"
    elif chance > SURE:
        why, band = [Reason(key="smart.anyway", facts=facts)], ambitious
        offer = "smart.ambitious"
    else:
        return Finding(mark=Mark.ACHIEVABLE, holds=True, why=(Reason(key="smart.chance", facts=facts),))
    if band is not None:
        why.append(Reason(key=offer, facts={"low": min(band), "high": max(band)}))
    return Finding(mark=Mark.ACHIEVABLE, holds=False, why=tuple(why))


def _relevant(target: Target, kpi: Kpi, goals: Sequence[str]) -> Finding:
    """Say whether it serves a chosen goal: the one that it names, else one that its KPI serves."""
    if served(target, kpi, goals) is not None:
        return Finding(mark=Mark.RELEVANT, holds=True)
    orphan = Reason(key="smart.orphan")
    other = Reason(key="smart.other_goal", facts={"goal": target.goal})
    return Finding(mark=Mark.RELEVANT, holds=False, why=(other if target.goal else orphan,))


def _timely(target: Target, decided: date | None) -> Finding:
    """Say whether it has a period and a day that was still to come when it was decided."""
    why = []
    if target.by is None:
        why.append(Reason(key="smart.no_by"))
    elif decided is not None and target.by <= decided:
        why.append(Reason(key="smart.by_past", facts={"by": target.by, "day": decided}))
    if not target.per:
        why.append(Reason(key="smart.no_per"))
    return Finding(mark=Mark.TIMELY, holds=not why, why=tuple(why))


def _official(target: Target, decided: date | None) -> Finding:
    """Say whether somebody has set it, and when."""
    why = []
    if not target.approver.strip():
        why.append(Reason(key="smart.no_approver"))
    if decided is None:
        why.append(Reason(key="smart.no_date"))
    return Finding(mark=Mark.OFFICIAL, holds=not why, why=tuple(why))
