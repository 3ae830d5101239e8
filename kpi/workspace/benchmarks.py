"""The owner's own benchmarks: checked, kept as a setting, and handed out as any other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from kpi.catalog.loader import networks, peers
from kpi.errors import WorkspaceError
from kpi.model.benchmark import EVERYBODY, Benchmark
from kpi.model.kpi import Kpi
from kpi.workspace.given import Workspace

_SETTING = "benchmarks"
_FIRST_YEAR = 2000
_LONGEST = 200  # letters of a source


def own(workspace: Workspace) -> tuple[Benchmark, ...]:
    """Return the owner's benchmarks in the order in which they were given."""
    return tuple(Benchmark(**one) for one in _kept(workspace))


def keep(workspace: Workspace, kpi: Kpi, said: Mapping[str, Any]) -> None:
    """Keep a benchmark of this KPI after those given before; one given again changes nothing.

    `said` holds `variant`, `network`, `median` or `p25` and `p75`, `year`, `source`, and where wanted
    `tier` and `industry`. Unit and currency are those of the KPI and of the business. Raises
    `WorkspaceError` where something is missing or cannot be.
    """
    made = _checked(kpi, said, workspace.owner().currency)
    kept = [one for one in _kept(workspace) if one != _written(made)]
    workspace.keep_setting(_SETTING, [*kept, _written(made)])


def forget(workspace: Workspace, benchmark: Benchmark) -> None:
    """Forget one of the owner's benchmarks."""
    workspace.keep_setting(_SETTING, [one for one in _kept(workspace) if one != _written(benchmark)])


def _kept(workspace: Workspace) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = workspace.settings().get(_SETTING) or []
    return found


def _written(benchmark: Benchmark) -> dict[str, Any]:
    """Return a benchmark as JSON can write it, without what is as it would be anyway."""
    usual = asdict(Benchmark(kpi="", network="", unit="", source=""))
    return {name: value for name, value in asdict(benchmark).items() if value != usual[name]}


def _checked(kpi: Kpi, said: Mapping[str, Any], currency: str | None) -> Benchmark:
    """Return what was said as a benchmark, or refuse it by name."""
    variant = next((one for one in kpi.variants if one.id == said.get("variant")), None)
    if variant is None:
        raise WorkspaceError("benchmark_variant", kpi=kpi.id)
    network, industry = said.get("network"), said.get("industry") or EVERYBODY
    if network not in {*networks(), *peers().panels}:
        raise WorkspaceError("benchmark_network")
    if industry not in {EVERYBODY, *peers().industries}:
        raise WorkspaceError("benchmark_industry")
    unit = variant.unit or kpi.unit
    if unit == "money" and not currency:
        raise WorkspaceError("benchmark_currency")
    p25, median, p75 = _quartiles(said)
    source = " ".join(str(said.get("source") or "").split())[:_LONGEST]
    if not source:
        raise WorkspaceError("benchmark_source")
    return Benchmark(
        kpi=kpi.id,
        variant=variant.id,
        network=str(network),
        industry=industry,
        tier=_tier(said.get("tier")),
        p25=p25,
        median=median,
        p75=p75,
        unit=unit,
        currency=currency if unit == "money" else None,
        year=_year(said.get("year")),
        source=source,
    )


def _quartiles(said: Mapping[str, Any]) -> tuple[float | None, float | None, float | None]:
    """Return the figures as they were said: a median, or both quartiles, or all three."""
    p25, median, p75 = (_number(said.get(name)) for name in ("p25", "median", "p75"))
    if (p25 is None) != (p75 is None) or (p25 is None and median is None):
        raise WorkspaceError("benchmark_figures")
    known = [figure for figure in (p25, median, p75) if figure is not None]
    if known != sorted(known):
        raise WorkspaceError("benchmark_order")
    return p25, median, p75


def _number(value: object) -> float | None:
    """Return a number as it is, None where there is none; infinity and words are refused."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise WorkspaceError("benchmark_figures")
    return float(value)


def _year(value: object) -> int:
    now = datetime.now(UTC).year
    if isinstance(value, bool) or not isinstance(value, int) or not _FIRST_YEAR <= value <= now:
        raise WorkspaceError("benchmark_year", first=str(_FIRST_YEAR), last=str(now))
    return value


def _tier(value: object) -> str:
    """Return a size as a benchmark writes it: of everybody where none was named."""
    if not value or value == EVERYBODY:
        return EVERYBODY
    least, dash, below = str(value).partition("-")
    if not dash or not least.isdecimal() or not (below.isdecimal() or not below):
        raise WorkspaceError("benchmark_tier")
    if below and int(least) >= int(below):
        raise WorkspaceError("benchmark_tier")
    return f"{int(least)}-{int(below) if below else ''}"
