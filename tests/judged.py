"""Months of posts and ads as readings, and one KPI of them judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.board import Judge
from kpi.metrics.cubes import cube
from kpi.model.kpi import Kpi
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.target import Target
from kpi.model.verdict import Verdict
from kpi.model.view import EVERYTHING
from tests.made import reading

NOVEMBER = Period.month(2025, 11)
KINDS = ("reactions", "comments", "shares", "saves")


def days_of(span: Period) -> list[date]:
    return [span.first + timedelta(days=i) for i in range(span.days)]


def posts(
    acts: Sequence[int], *, reach: int = 1000, month: int = 11, file: str = "", window: Period | None = None
) -> Reading:
    """A month of posts with so many reactions each."""
    rows = {
        "at": [f"2025-{month:02d}-{1 + i:02d}T10:00:00" for i in range(len(acts))],
        "reach": [reach] * len(acts),
        "reactions": list(acts),
        **{kind: [0] * len(acts) for kind in KINDS[1:]},
    }
    return reading(
        "posts",
        rows,
        file=file or f"{month}.csv",
        network="instagram",
        counts=KINDS,
        window=window or Period.month(2025, month),
    )


def judge(
    *files: Reading, targets: Sequence[Target] = (), owner: Owner | None = None, also: Sequence[Kpi] = ()
) -> Judge:
    """Return the judge of some files; `also` are KPIs beside those of the catalogue."""
    facts = assemble(files, (owner or Owner(currency="RUB"),))
    return Judge(cube(facts, [*kpis().values(), *also]), EVERYTHING, targets)


def judged(
    kpi: str | Kpi,
    *files: Reading,
    period: Period = NOVEMBER,
    targets: Sequence[Target] = (),
    owner: Owner | None = None,
) -> Verdict:
    """Return one KPI of some files judged, by its id or as it is given."""
    own = () if isinstance(kpi, str) else (kpi,)
    chosen = kpis()[kpi] if isinstance(kpi, str) else kpi
    return judge(*files, targets=targets, owner=owner, also=own).verdict(chosen, period)


def wanted(value: float, variant: str | None = None, kpi: str = "engagement_rate") -> tuple[Target, ...]:
    return (Target(kpi=kpi, value=value, variant=variant),)


def ads(spend: float, clicks: int, leads: int = 50) -> Reading:
    rows = {
        "starts": [f"2025-11-{d:02d}" for d in range(1, 31)],
        "spend": [spend] * 30,
        "link_clicks": [clicks] * 30,
        "leads": [leads] * 30,
    }
    return reading("ads", rows, file="ads.csv", network="facebook", currency="RUB")
