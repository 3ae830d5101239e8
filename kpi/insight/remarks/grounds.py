"""Detectors of what judgement stands on: gaps in the files, revised figures, targets out of reach or due."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from kpi.insight.remarks.scene import Scene
from kpi.judge.outlook import outlook
from kpi.model.outlook import Reach
from kpi.model.period import Period
from kpi.model.remark import Remark
from kpi.model.target import Target, in_force
from kpi.model.verdict import Status, Verdict

_GAP = 3  # days
_RHYTHM = 4  # gaps from which on they are a rhythm: a count taken once a week leaves out six days each time
_LONGER = 2  # times the usual gap
_IMPORTANT = 0.5  # no KPI can be trusted across a gap


def data_gap(scene: Scene) -> Iterator[Remark]:
    """A source leaves out more days between others than it usually does, in this period or the one before."""
    both = Period(scene.previous.first, scene.period.last)
    for line in scene.facts.coverage:
        if not scene.board.view.concerns(line.network, line.account) or not line.days:
            continue
        gaps = line.missing(Period(line.days[0].first, line.days[-1].last))
        usual = median(gap.days for gap in gaps) if len(gaps) >= _RHYTHM else 0
        gap = max((gap for gap in gaps if gap.meets(both)), key=lambda one: one.days, default=None)
        if gap is not None and gap.days >= max(_GAP, _LONGER * usual):
            facts = {"table": line.kind, "network": line.network, "first": gap.first, "last": gap.last}
            yield Remark(key="data_gap", facts=facts | {"n": gap.days}, good=False, stake=_IMPORTANT)


def revised_figures(scene: Scene) -> Iterator[Remark]:
    """A newer file tells other figures for days that an older one had told."""
    told = [issue for issue in scene.facts.issues if issue.key == "revised"]
    if told:
        yield Remark(key="revised_figures", facts={"n": len(told)}, stake=_IMPORTANT / 2)


def target_unreachable(scene: Scene) -> Iterator[Remark]:
    """A target that the KPI's own past gives a chance of less than one in ten."""
    for verdict in scene.verdicts.values():
        if verdict.variant is None:
            continue
        for target in in_force(scene.targets, verdict.kpi.id, scene.period.last):
            if target.variant not in {None, verdict.variant.id} or target.part:
                continue
            told = outlook(
                scene.cube, verdict.kpi, verdict.variant, scene.board.view, target, until=scene.period
            )
            if told.reach is Reach.UNLIKELY and told.chance is not None:
                unit = {"unit": verdict.unit, "currency": verdict.currency}
                yield Remark(
                    key="target_unreachable",
                    facts={
                        "kpi": verdict.kpi.id,
                        "target": target.value,
                        "part": 100 * told.chance,
                        **unit,
                    },
                    good=False,
                    certainty=1 - told.chance,
                    stake=scene.weight(verdict.kpi.id),
                    kpi=verdict.kpi.id,
                    trace=verdict.trace,
                )


def target_due(scene: Scene) -> Iterator[Remark]:
    """A target was to be reached by a day of this period."""
    for verdict in scene.verdicts.values():
        for target in in_force(scene.targets, verdict.kpi.id, scene.period.last):
            if target.by is not None and scene.period.first <= target.by <= scene.period.last:
                met = verdict.status is Status.GREEN
                unit = {"unit": verdict.unit, "currency": verdict.currency}
                facts = {
                    "kpi": verdict.kpi.id,
                    "target": target.value,
                    "value": verdict.value,
                    "day": target.by,
                }
                yield Remark(
                    key="target_due",
                    facts=facts | unit | {"met": met},
                    good=met,
                    stake=max(_IMPORTANT, scene.weight(verdict.kpi.id)),
                    kpi=verdict.kpi.id,
                    trace=verdict.trace,
                )


def _wanted(verdict: Verdict, target: Target) -> dict[str, object]:
    """Return a KPI and its target as facts."""
    return {
        "kpi": verdict.kpi.id,
        "unit": verdict.unit,
        "currency": verdict.currency,
        "target": target.value,
    }
