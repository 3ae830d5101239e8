"""With which earlier period a KPI is compared: the one before, the last on target, the same a year before."""

from __future__ import annotations

from collections.abc import Mapping

from kpi.model.kpi import Better
from kpi.model.period import Period
from kpi.model.verdict import Verdict

BEFORE, MET, YEAR = "before", "met", "year"


def baselines(verdict: Verdict) -> Mapping[str, Period]:
    """Return the periods with which a KPI can be compared, by kind, the most telling one first.

    Of a KPI that misses what its light goes by that is the last period that did not, if it is not the one
    before: what went wrong then is not told by a month that was as bad. Empty without an earlier value.
    """
    if verdict.value is None or verdict.variant is None:
        return {}
    period, earlier = verdict.series[-1][0], verdict.series[:-1]
    known = {one: value for one, value in earlier if value is not None}
    found: dict[str, Period] = {}
    before = earlier[-1][0] if earlier else None
    met = next((one for one in reversed(known) if _meets(verdict, known[one])), None)
    if met is not None and met != before and not _meets(verdict, verdict.value):
        found[MET] = met
    if before in known:
        found[BEFORE] = before
    if (year := period.year_before()) in known and year not in found.values():
        found[YEAR] = year
    return found


def _meets(verdict: Verdict, value: float) -> bool:
    """Return whether a value reaches what the light of a verdict goes by."""
    bar = verdict.bar
    if bar is None or verdict.better is Better.RANGE:
        return False
    return value <= bar if verdict.better is Better.DOWN else value >= bar
