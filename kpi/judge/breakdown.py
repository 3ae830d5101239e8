"""One KPI of each network and of each format by itself, and whether one is ahead by more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpi.judge.judging import Judge
from kpi.metrics.cubes import Cube
from kpi.model.kpi import Better
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.verdict import Verdict
from kpi.model.view import View

_TWO = 2  # of which one can be ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One network or one format by its id, with its verdict; a format may be a word of the owner's files."""

    id: str
    verdict: Verdict

    @property
    def enough(self) -> bool:
        """Return whether there were enough of what the KPI is judged on to hold it against others."""
        sample = self.verdict.sample
        enough = sample is None or (sample.n is not None and sample.n >= sample.needed)
        return self.verdict.value is not None and enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """A KPI by network and by format, each in the order of ids; empty where there are no two to compare.

    `unlike` says why none of them can be better: networks that count different things.
    """

    networks: tuple[Part, ...] = ()
    formats: tuple[Part, ...] = ()
    unlike: Reason | None = None


def breakdown(cube: Cube, verdict: Verdict, period: Period, view: View) -> Breakdown:
    """Return what a verdict shows for each network and format in view, counted in the same way.

    What nobody posted in in this period is left out; a network that does not tell the figure stays, with
    the reason.
    """
    if verdict.variant is None:
        return Breakdown()
    one = replace(verdict.kpi, variants=(verdict.variant,))

    def parts(views: Sequence[tuple[str, View]]) -> tuple[Part, ...]:
        found = [Part(id=id_, verdict=Judge(cube, part, ()).verdict(one, period)) for id_, part in views]
        told = tuple(part for part in found if part.verdict.value is not None)
        return tuple(found) if len(told) >= _TWO else ()

    networks = () if view.network else cube.networks
    by_format = parts([(id_, replace(view, format=id_)) for id_ in cube.formats])
    return Breakdown(
        networks=parts([(id_, replace(view, network=id_)) for id_ in networks]),
        formats=tuple(part for part in by_format if part.verdict.value is not None),
        unlike=next((reason for reason in verdict.reasons if reason.key == "two_counts"), None),
    )


def ranked(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts with the best first, those of too few after them, the unknown last."""
    return tuple(sorted(parts, key=_place))


def _place(part: Part) -> tuple[bool, bool, float, str]:
    value = part.verdict.value
    down = part.verdict.better is Better.DOWN
    size = 0.0 if value is None else value if down else -value
    return value is None, not part.enough, size, part.id


def ahead(parts: Sequence[Part]) -> Part | None:
    """Return the one of them that is better than every other by more than chance; None where there is none.

    Their 80 % ranges must not meet. One without a range, and a KPI that is to stay in a range, has no best.
    """
    known = [part for part in ranked(parts) if part.enough]
    if len(known) < _TWO or known[0].verdict.better is Better.RANGE:
        return None
    ranges = [part.verdict.interval for part in known]
    if None in ranges:
        return None
    mine, *theirs = (one for one in ranges if one is not None)
    down = known[0].verdict.better is Better.DOWN
    return known[0] if all(mine[1] < one[0] if down else mine[0] > one[1] for one in theirs) else None
