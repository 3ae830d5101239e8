"""Whether the files can tell a KPI: ready, partly or not, and which column of which export would do it."""

from __future__ import annotations

from dataclasses import dataclass

from kpi.facts.assemble import Facts
from kpi.metrics import gaps
from kpi.model.formula import field_and_roll, names
from kpi.model.kpi import Kpi
from kpi.model.reading import Reason
from kpi.model.verdict import Missing
from kpi.model.view import EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How far the files go: `mark` is `ready`, `partly` or `missing`; what lacks, or what is waited for."""

    mark: str
    missing: tuple[Missing, ...] = ()
    waits: Reason | None = None


def readiness(kpi: Kpi, facts: Facts) -> Readiness:
    """Return how far the files go for a KPI, by the way of counting that they come nearest to."""
    formulas = [variant.formula for variant in kpi.variants]
    lacking = [gaps.missing(formula, facts, EVERYTHING) for formula in formulas]
    if not all(lacking):
        return Readiness(mark="ready")
    nearest = gaps.nearest(formulas, lacking, facts)
    wanted = {field_and_roll(name)[0] for name in names(formulas[nearest])}
    some = len(gaps.lacking(formulas[nearest], facts, EVERYTHING)) < len(wanted)
    waits = gaps.waits(formulas[nearest], facts, EVERYTHING)
    return Readiness(mark="partly" if some or waits else "missing", missing=lacking[nearest], waits=waits)
