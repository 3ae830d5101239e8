"""The Excel sums over the sheets of days and spans: what `Numbers` adds up, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from kpi.metrics.cube import Segment, Slab
from kpi.metrics.pairs import filled
from kpi.model.formula import field_and_roll
from kpi.report.report import Report
from kpi.report.words.tell import told
from kpi.report.workbook.columns import Kept
from kpi.report.workbook.expression import Total, quoted

DAYS, SPANS = "days", "spans"


class Sums:
    """The Excel sums of a report's columns."""

    def __init__(self, report: Report, columns: Sequence[Kept]) -> None:
        self.report = report
        self.columns = columns
        self.slabs = {one.table: report.cube.slabs[one.table] for one in columns}

    @property
    def has_spans(self) -> bool:
        """Return whether some row in view stands for more than a day."""
        slabs = self.slabs.values()
        return any(one[2] in self.in_view(slab) for slab in slabs for one in slab.longer)

    def in_view(self, slab: Slab, networks: frozenset[str] | None = None) -> list[int]:
        """Return the places of the segments that the report speaks of."""
        return [place for place, one in enumerate(slab.segments) if self._shown(one, networks)]

    def total(
        self, formula: str, name: str, networks: frozenset[str] | None, first: str, last: str
    ) -> Total | None:
        """Return the total between the days of two cells; None for a mean of people of several accounts."""
        field, roll = field_and_roll(name)
        table, _, column = field.partition(".")
        whole = filled(formula, table)
        total, rows = (
            _added(list(self._terms(Kept(table, one, whole).name, table, networks, first, last)))
            for one in (column, "")
        )
        if roll == "daily_mean":
            if len(self.in_view(self.slabs[table], networks)) != 1:
                return None
            total = f"({total}/{rows})"
        return Total(total, f"{rows}=0")

    def _shown(self, segment: Segment, networks: frozenset[str] | None) -> bool:
        return self.report.board.view.shows(*segment) and (networks is None or segment[0] in networks)

    def _terms(
        self, name: str, table: str, networks: frozenset[str] | None, first: str, last: str
    ) -> Iterator[str]:
        """Return what adds up to a total: days, spans that lie inside, and spans that are spread."""
        slab = self.slabs[table]
        places = self.in_view(slab)
        longer = [one for one in slab.longer if one[2] in places]
        spread = [one for one in longer if one[3]]
        if np.isin(slab.segment, places).any() or not longer:
            yield self._sumifs(DAYS, name, networks, f'days_day,">="&{first},days_day,"<="&{last}')
        if len(spread) < len(longer):
            inside = f'spans_first,">="&{first},spans_last,"<="&{last},spans_spread,0'
            yield self._sumifs(SPANS, name, networks, inside)
        if spread:
            yield self._by_days(name, networks, first, last)

    def _sumifs(self, sheet: str, name: str, networks: frozenset[str] | None, when: str) -> str:
        if networks is None:
            return f"SUMIFS({sheet}_{name},{when})"
        chosen = [quoted(f"={_escaped(self.network(one))}") for one in sorted(networks)]
        if len(chosen) == 1:
            return f"SUMIFS({sheet}_{name},{when},{sheet}_network,{chosen[0]})"
        return f"SUMPRODUCT(SUMIFS({sheet}_{name},{when},{sheet}_network,{{{','.join(chosen)}}}))"

    def _by_days(self, name: str, networks: frozenset[str] | None, first: str, last: str) -> str:
        """Return a sum in which a span counts by the share of its days that lie inside."""
        shared = (
            f"(({last}+spans_last-ABS({last}-spans_last))/2"  # the earlier of two days, in arrays
            f"-({first}+spans_first+ABS({first}-spans_first))/2+1)"
        )
        where = f"spans_spread*(spans_first<={last})*(spans_last>={first})"
        if networks is not None:
            chosen = [f"(spans_network={quoted(self.network(one))})" for one in sorted(networks)]
            where += f"*({'+'.join(chosen)})"
        return f"SUMPRODUCT(spans_{name}*{where}*{shared}/(spans_last-spans_first+1))"

    def network(self, network: str) -> str:
        """Return a network as it stands on the sheets."""
        return told("network", network, self.report.lang) if network else ""


def _added(terms: list[str]) -> str:
    return f"({'+'.join(terms)})" if len(terms) > 1 else terms[0]


def _escaped(text: str) -> str:
    """Return a text that a criterion takes as it is."""
    return text.replace("~", "~~").replace("*", "~*").replace("?", "~?")
