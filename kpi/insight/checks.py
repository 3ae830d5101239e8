"""What to know before a change is believed: gaps, another count, revised files, the season, one network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.judge.pace import partly
from kpi.metrics.cubes import Cube
from kpi.metrics.formula import is_ratio
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import value
from kpi.model.driver import Drill, Segment
from kpi.model.formula import field_and_roll, names
from kpi.model.kpi import Kpi, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.view import View

_ALIKE = 0.5  # of this change, so much a year before or in a segment is a like one
_ALONE = 0.8  # the share of a change that makes a segment the only one
_MATTERS = 0.25  # so much of a change may not be passed over
_STILL = 0.05  # of its value: a segment that moved by less stood still


_ALL = {"network": "why.all_networks", "format": "why.all_formats"}
_ONE = {"network": "why.one_network", "format": "why.one_format"}


@dataclass(frozen=True, slots=True)
class Move:
    """A way of counting a KPI in two periods and one view."""

    cube: Cube
    kpi: Kpi
    variant: Variant
    period: Period
    previous: Period
    view: View

    def relative(self, period: Period, previous: Period) -> float | None:
        """Return by what part of itself it moved between two periods; None if unknown or below nought."""
        now, before = value(
            self.kpi, Numbers(self.cube, (period, previous), self.view), (self.variant,)
        ).values
        return float(now / before - 1) if before > 0 and now >= 0 else None

    def gaps(self) -> Iterator[Reason]:
        """Yield which of the two periods the files tell only in part."""
        for told, key in ((self.period, "why.gap_now"), (self.previous, "why.gap_before")):
            if found := partly(self.cube, self.variant.formula, told, self.view):
                yield Reason(key=key, facts=found.facts)


def halted(move: Move) -> Reason | None:
    """Return why the change of a total is none: one of the periods is told in part."""
    return None if is_ratio(move.variant.formula) else next(move.gaps(), None)


def checks(move: Move, drills: Sequence[Drill], change: float) -> tuple[Reason, ...]:
    """Return what to know of a change, the gravest first."""
    moved = move.relative(move.period, move.previous) or 0.0
    return (
        *move.gaps(),
        *_recount(move),
        *_revised(move),
        *_days(move, moved),
        *_season(move, moved),
        *_alike(drills, change),
    )


def _recount(move: Move) -> Iterator[Reason]:
    """Yield that the period before would have been counted in another way by itself."""
    was = value(move.kpi, Numbers(move.cube, (move.previous,), move.view)).variant
    if was is not None and was.id != move.variant.id:
        yield Reason(key="why.recount", facts={"kpi": move.kpi.id, "variant": was.id})


def _revised(move: Move) -> Iterator[Reason]:
    """Yield that a newer export changed what an older one told of the same rows."""
    fields = {field_and_roll(name)[0] for name in names(move.variant.formula)}
    for issue in move.cube.facts.issues:
        if issue.key == "revised" and issue.facts["field"] in fields and issue.facts["percent"]:
            yield Reason(key="why.revised", facts=issue.facts)
            return


def _days(move: Move, moved: float) -> Iterator[Reason]:
    """Yield that one period is longer, where that alone makes a good part of the change."""
    longer = move.period.days / move.previous.days - 1
    if not is_ratio(move.variant.formula) and longer * moved > 0 and abs(longer) >= _MATTERS * abs(moved):
        yield Reason(key="why.days", facts={"days": move.period.days, "before": move.previous.days})


def _season(move: Move, moved: float) -> Iterator[Reason]:
    """Yield that a year before it moved in the same way, where the files reach back."""
    then, before = move.period.year_before(), move.previous.year_before()
    if any(partly(move.cube, move.variant.formula, told, move.view) for told in (then, before)):
        return
    was = move.relative(then, before)
    if was is not None and was * moved > 0 and abs(was) >= _ALIKE * abs(moved):
        yield Reason(key="why.season", facts={"percent": 100 * was, "year": then.last.year})


def _alike(drills: Sequence[Drill], change: float) -> Iterator[Reason]:
    """Yield that all networks or formats moved alike, or one alone."""
    for drill in drills:
        known = [one for one in drill.segments if one.before and one.now is not None]
        if drill.kind not in _ALL or len(known) < 2:  # noqa: PLR2004 - one is not all
            continue
        first = drill.segments[0]
        if all(abs(_move(one)) >= _STILL and _move(one) * change > 0 for one in known):
            yield Reason(key=_ALL[drill.kind])
        elif first.name and first.share >= _ALONE and all(_still(one) for one in known if one is not first):
            yield Reason(key=_ONE[drill.kind], facts={drill.kind: first.name})


def _still(one: Segment) -> bool:
    return abs(_move(one)) < _STILL


def _move(one: Segment) -> float:
    return (one.now or 0.0) / (one.before or 1.0) - 1
