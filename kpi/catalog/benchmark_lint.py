"""Checks the benchmarks: each can be told in full, and one to compare with is counted as a KPI of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpi.catalog import loader
from kpi.model.benchmark import EVERYBODY, Basis, Benchmark, Peers
from kpi.model.kpi import Kpi
from kpi.model.network import Network

MIDDLES = frozenset({Basis.MEDIAN, Basis.MEAN})
_TIER = re.compile(r"(\d+)-(\d*)")
_WHEN = r"\d{4}(?:-\d\d){0,2}"
_PERIOD = re.compile(rf"(?:{_WHEN}\.\.)?({_WHEN})")
_SAMPLE = re.compile(r"\d+\+? [a-z]+")
_CURRENCY = re.compile("[A-Z]{3}")
_OLDEST = 2010


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The benchmarks and what they name."""

    benchmarks: Sequence[Benchmark]
    kpis: Mapping[str, Kpi]
    networks: Mapping[str, Network]
    peers: Peers
    trades: frozenset[str]


def ours() -> Figures:
    """Return the benchmarks of this package; raises `CatalogError` for a row that cannot be read."""
    return Figures(
        benchmarks=loader.benchmarks(),
        kpis=loader.kpis(),
        networks=loader.networks(),
        peers=loader.peers(),
        trades=frozenset(loader.trades()),
    )


def findings(given: Figures) -> list[str]:
    """Return what is wrong with the benchmarks, one sentence each."""
    rows = [
        f"benchmarks.csv, row {number}: {wrong}"
        for number, row in enumerate(given.benchmarks, start=2)
        for wrong in (*_counted(row, given), *_figures(row), *_origin(row))
    ]
    return [*rows, *_unnamed(given)]


def comparable(row: Benchmark, given: Figures) -> bool:
    """Return whether a figure could stand beside a benchmark, whatever its age and confidence."""
    panel = given.peers.panels.get(row.network)
    return bool(
        row.variant
        and row.kpi in given.kpis
        and row.basis in MIDDLES
        and row.median is not None
        and row.tier
        and not row.format
        and (row.network in given.networks or (panel and panel.of))
    )


def summary(given: Figures) -> str:
    """Return how many benchmarks there are to compare with."""
    count = sum(comparable(row, given) for row in given.benchmarks)
    return f"benchmarks: {count} of {len(given.benchmarks)} rows can be compared"


def _counted(row: Benchmark, given: Figures) -> Iterator[str]:
    """Yield what is wrong with the KPI, the way of counting, the unit and the place of a figure."""
    if row.variant:
        kpi = given.kpis.get(row.kpi)
        variants = [one for one in kpi.variants if one.id == row.variant] if kpi else []
        if kpi is None or not variants:
            yield f"{row.kpi}/{row.variant} is no KPI with such a variant; leave the variant empty or mend it"
        elif row.unit != (wanted := variants[0].unit or kpi.unit):
            yield f"give the unit {wanted!r} of {row.kpi}/{row.variant}, or no variant"
    if row.network not in {*given.networks, *given.peers.panels}:
        yield f"{row.network} is no network; mend it or add a panel to peers.toml"
    tier = _TIER.fullmatch(row.tier)
    if row.tier not in {"", EVERYBODY} and (not tier or (tier[2] and float(tier[1]) >= float(tier[2]))):
        yield f"write the tier as 1000-5000, 5000- or all, not {row.tier}"


def _figures(row: Benchmark) -> Iterator[str]:
    """Yield what is wrong with the figures themselves."""
    known = [figure for figure in (row.p25, row.median, row.p75) if figure is not None]
    if known != sorted(known):
        yield "put the quartiles into order"
    if row.basis in MIDDLES and row.median is None:
        yield "give the median, or another basis"
    if (row.unit == "money") != bool(row.currency and _CURRENCY.fullmatch(row.currency)):
        yield "give money a currency of three letters, and nothing else one"


def _origin(row: Benchmark) -> Iterator[str]:
    """Yield what is wrong with where a figure comes from."""
    if not re.match(r"https?://[\w.-]+", row.url):
        yield "give the address where the figure stands"
    told = _PERIOD.fullmatch(row.period)
    if row.period and not told:
        yield f"write the period as 2025-01..2025-12, not {row.period}"
    if row.year != (int(told[1][:4]) if told else None) or (row.year is not None and row.year < _OLDEST):
        yield "give the last year of the period as the year"
    if row.sample and not _SAMPLE.fullmatch(row.sample):
        yield f"write the sample as a number and what was counted, not {row.sample}"


def _unnamed(given: Figures) -> Iterator[str]:
    """Yield what is named and not there, or there and not named."""
    for id_, industry in given.peers.industries.items():
        if unknown := set(industry.trades) - given.trades:
            yield f"peers.toml, {id_}: {', '.join(sorted(unknown))} is no trade"
        if id_ not in {row.industry for row in given.benchmarks}:
            yield f"peers.toml, {id_}: no benchmark speaks of it, take it out"
    seen = {row.group for row in given.benchmarks if row.group and comparable(row, given)}
    for group in sorted(seen - given.peers.groups.keys()):
        yield f"peers.toml: name the group {group}"
