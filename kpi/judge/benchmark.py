"""A verdict beside the figures of others that were counted in the same way, and why all the rest are not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from math import inf

from kpi.catalog.loader import peers
from kpi.model.benchmark import EVERYBODY, Basis, Benchmark, Comparison, Confidence, Position, Refusal
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.verdict import Verdict

LOWER, UPPER = 0.4, 2.5
"""Of the median: about the quartiles of Telegram channels under 20 000 followers (PlayerSells, 2026)."""
AGED = 5  # years after which figures of networks say nothing of today
_WHOLE = 100.0
_MONTH, _YEAR, _WEEK = 1, 12, 7
_SURE = (Confidence.OWN, Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)
_ONE_MONTH = len("2025-01")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What a benchmark must be like to stand beside a verdict."""

    verdict: Verdict
    variant: str
    networks: frozenset[str]
    followers: float | None
    industries: Sequence[str]
    low: bool

    @property
    def period(self) -> Period | None:
        return self.verdict.series[-1][0] if self.verdict.series else None


def compared(
    verdict: Verdict,
    *,
    networks: Collection[str],
    followers: float | None,
    trade: str | None,
    benchmarks: Iterable[Benchmark],
    show_low: bool = False,
) -> Comparison:
    """Return a verdict beside the nearest benchmark of its kind; all others are refused with the reason.

    `networks` are those in view, or the ad cabinets (see `judge.peers`); the verdict's own go before.
    `followers` are those of the one account at the end of the period, None where not known or of several
    accounts; `trade` is the owner's.
    The owner's own benchmarks go before published ones. Where quartiles are not known, the middle half is
    taken from the median, see `LOWER`; a mean, and a share that would pass 100 %, get none.
    """
    mine = [row for row in benchmarks if row.kpi == verdict.kpi.id]
    if not mine:
        return Comparison()
    if verdict.value is None or verdict.variant is None:
        return Comparison(refused=(Refusal(reason=Reason(key="benchmark.no_value"), rows=len(mine)),))
    near = [id_ for id_, one in peers().industries.items() if trade in one.trades]
    shown = _Shown(
        verdict=verdict,
        variant=verdict.variant.id,
        networks=frozenset(verdict.networks or networks),
        followers=followers,
        industries=near,
        low=show_low,
    )
    refused = [(row, _why_not(row, shown)) for row in mine]
    fitting = sorted((row for row, why in refused if not why), key=lambda row: _distance(row, shown))
    whys = [*refused, *((row, "benchmark.less_close") for row in fitting[1:])]
    return _beside(verdict.value, fitting, _refusals(whys, shown))


def _beside(value: float, fitting: Sequence[Benchmark], refused: tuple[Refusal, ...]) -> Comparison:
    """Return where a value stands against the nearest benchmark."""
    if not fitting:
        return Comparison(refused=refused)
    row = fitting[0]
    low, high, derived = row.p25, row.p75, False
    if low is None or high is None:
        low, high = _taken(row)
        derived = low is not None
    return Comparison(
        benchmark=row,
        low=low,
        middle=row.median,
        high=high,
        derived=derived,
        position=_position(value, low, row.median, high),
        refused=refused,
    )


def _taken(row: Benchmark) -> tuple[float | None, float | None]:
    """Return what is taken for the quartiles around a median."""
    median = row.median or 0.0
    too_high = row.unit == "percent" and median * UPPER > _WHOLE
    if row.basis is not Basis.MEDIAN or median <= 0 or too_high:
        return None, None
    return median * LOWER, median * UPPER


def _position(value: float, low: float | None, middle: float | None, high: float | None) -> Position:
    """Return where a value stands: against the middle half where it is known, else against the middle."""
    if low is not None and high is not None:
        if value < low:
            return Position.BELOW
        return Position.ABOVE if value > high else Position.BETWEEN
    if middle is None or value == middle:
        return Position.EQUAL
    return Position.UNDER if value < middle else Position.OVER


def _why_not(row: Benchmark, shown: _Shown) -> str:
    """Return the key of the first reason why a benchmark is not compared, nothing where it is."""
    return next((key for key, unlike in _CHECKS if unlike(row, shown)), "")


def _elsewhere(row: Benchmark, shown: _Shown) -> bool:
    panel = peers().panels.get(row.network)
    return not shown.networks <= (frozenset(panel.of) if panel else {row.network})


def _of_other_size(row: Benchmark, shown: _Shown) -> bool:
    least, below = row.size or (0.0, 0.0)
    return row.tier != EVERYBODY and not least <= (shown.followers or 0.0) < below


def _of_other_span(row: Benchmark, shown: _Shown) -> bool:
    """Return whether a figure that grows with time is meant for another length of period."""
    period = shown.period
    if not row.per:
        return False
    if period is None:
        return True
    lengths = {"week": period.days == _WEEK, "month": period.months == _MONTH, "year": period.months == _YEAR}
    return not lengths.get(row.per)


def _of_other_currency(row: Benchmark, shown: _Shown) -> bool:
    return row.unit == "money" and row.currency != shown.verdict.currency


def _without_middle(row: Benchmark, _: _Shown) -> bool:
    """Return whether nothing tells what is usual: a rule of thumb, the best ones, a change."""
    untold = row.median is None and (row.p25 is None or row.p75 is None)
    return untold or row.basis not in {Basis.MEDIAN, Basis.MEAN}


def _aged(row: Benchmark, shown: _Shown) -> bool:
    """Return whether a published figure is of another time than the verdict; what owners give holds."""
    if row.confidence is Confidence.OWN or shown.period is None:
        return False
    return row.year is None or abs(row.year - shown.period.last.year) > AGED


_CHECKS: tuple[tuple[str, Callable[[Benchmark, _Shown], bool]], ...] = (
    ("benchmark.untold", lambda row, _: not row.variant),
    ("benchmark.another_way", lambda row, shown: row.variant != shown.variant),
    ("benchmark.no_network", lambda _, shown: not shown.networks - {""}),
    ("benchmark.several_networks", lambda row, shown: len(shown.networks) > 1 and _elsewhere(row, shown)),
    ("benchmark.another_network", _elsewhere),
    ("benchmark.one_format", lambda row, _: bool(row.format)),
    ("benchmark.size_untold", lambda row, _: row.size is None),
    ("benchmark.no_followers", lambda row, shown: row.tier != EVERYBODY and shown.followers is None),
    ("benchmark.another_size", _of_other_size),
    ("benchmark.another_trade", lambda row, shown: row.industry not in {EVERYBODY, *shown.industries}),
    ("benchmark.another_span", _of_other_span),
    ("benchmark.another_unit", lambda row, shown: row.unit != shown.verdict.unit),
    ("benchmark.another_currency", _of_other_currency),
    ("benchmark.no_middle", _without_middle),
    ("benchmark.old", _aged),
    ("benchmark.low", lambda row, shown: row.confidence is Confidence.LOW and not shown.low),
)


def _distance(row: Benchmark, shown: _Shown) -> tuple[object, ...]:
    """Return what to sort by, the nearest first; the last parts make any two different rows unlike."""
    least, below = row.size or (0.0, inf)
    trade = shown.industries.index(row.industry) if row.industry in shown.industries else inf
    return (
        row.confidence is not Confidence.OWN,
        below == inf,  # a size with both ends goes before the trade: accounts differ more by it
        trade,
        below - least,
        (row.p25 is None or row.p75 is None) + (row.basis is Basis.MEAN),
        len(row.period) == _ONE_MONTH,  # the season of one month
        -(row.year or 0),
        _SURE.index(row.confidence),
        row.source,
        row.url,
        row.period,
        repr(row),
    )


def _refusals(whys: Iterable[tuple[Benchmark, str]], shown: _Shown) -> tuple[Refusal, ...]:
    """Return the reasons with their rows, in the order in which they are looked for."""
    rows: dict[str, list[Benchmark]] = {}
    for row, key in whys:
        if key:
            rows.setdefault(key, []).append(row)
    order = [key for key, _ in _CHECKS]
    return tuple(
        Refusal(
            reason=Reason(key=key, facts={"found": _found(key, rows[key]), "yours": _yours(key, shown)}),
            rows=len(rows[key]),
        )
        for key in (*order, "benchmark.less_close")
        if key in rows
    )


def _found(key: str, rows: Iterable[Benchmark]) -> tuple[str, ...]:
    """Return what the refused ones are instead, each once: variants, networks, sizes, currencies."""
    what: dict[str, Callable[[Benchmark], str]] = {
        "benchmark.another_way": lambda row: row.variant,
        "benchmark.several_networks": lambda row: row.network,
        "benchmark.another_network": lambda row: row.network,
        "benchmark.another_currency": lambda row: row.currency or "",
        "benchmark.another_span": lambda row: row.per,
    }
    tell = what.get(key)
    return tuple(sorted({tell(row) for row in rows})) if tell else ()


def _yours(key: str, shown: _Shown) -> object:
    """Return what the refused ones would have to be."""
    match key:
        case "benchmark.another_way":
            return (shown.variant,)
        case "benchmark.several_networks" | "benchmark.another_network":
            return tuple(sorted(shown.networks))
        case "benchmark.another_size":
            return shown.followers
        case "benchmark.another_currency":
            return (shown.verdict.currency,) if shown.verdict.currency else ()
        case _:
            return ()
