"""The sheets of days and spans: the cube as it is, and the Excel sums over its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kpi.catalog.loader import fields
from kpi.facts.frame import calendar
from kpi.metrics.cube import Segment, Slab
from kpi.metrics.pairs import ADDED, Pair, filled
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll, names
from kpi.report.report import Report
from kpi.report.words import say
from kpi.report.words.tell import told
from kpi.report.workbook.book import Row, column_of, letter
from kpi.report.workbook.expression import Total, quoted
from kpi.report.workbook.sheet import Sheet, heads

_WIDE, _NARROW = 18, 14
_DAYS, _SPANS = "days", "spans"
_TABLES = {
    "account": "xlsx.table.account",
    "ads": "xlsx.table.ads",
    "audience": "xlsx.table.audience",
    "competitors": "xlsx.table.competitors",
    "costs": "xlsx.table.costs",
    "leads": "xlsx.table.leads",
    "link_posts": "xlsx.table.link_posts",
    "market": "xlsx.table.market",
    "mentions": "xlsx.table.mentions",
    "orders": "xlsx.table.orders",
    "posts": "xlsx.table.posts",
    "reviews": "xlsx.table.reviews",
    "social_leads": "xlsx.table.social_leads",
    "social_orders": "xlsx.table.social_orders",
    "social_web": "xlsx.table.social_web",
    "web": "xlsx.table.web",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """One column: the sum of `column` over rows in which `whole` is filled, their number for no column."""

    table: str
    column: str
    whole: frozenset[str]

    @property
    def name(self) -> str:
        """Return what formulas call the column, without the sheet."""
        beside = sorted(self.whole - {self.column})
        return "_".join([self.table, self.column or "rows", *(["with", *beside] if beside else [])])

    def head(self, lang: str) -> str:
        """Return the column's head."""
        field = told("field", f"{self.table}.{self.column or min(self.whole)}", lang)
        beside = [told("field", f"{self.table}.{one}", lang) for one in sorted(self.whole - {self.column})]
        if not self.column:
            return say("xlsx.rows_with", lang, fields=beside)
        return say("xlsx.with", lang, what=field, fields=beside) if beside else field


def is_added(name: str) -> bool:
    """Return whether a name's total is read off the sums of the cube."""
    field, roll = field_and_roll(name)
    known = fields()[field]
    if known.table in {"period", "owner"}:
        return False
    return (known.roll is Roll.SUM and not roll) or roll in ADDED


def kept(formulas: Iterable[str]) -> tuple[Kept, ...]:
    """Return the columns that some formulas take, each once: per filled set its rows, then its sums."""
    found: dict[Kept, None] = {}
    for formula in formulas:
        for name in filter(is_added, names(formula)):
            table, column = name.split(".")[:2]
            whole = filled(formula, table)
            found |= {Kept(table, "", whole): None, Kept(table, column, whole): None}
    return tuple(sorted(found, key=lambda one: (one.table, sorted(one.whole), one.column)))


class Sums:
    """The Excel sums of a report's columns."""

    def __init__(self, report: Report, columns: Sequence[Kept]) -> None:
        self.report = report
        self.columns = columns
        self.slabs = {one.table: report.cube.slabs[one.table] for one in columns}

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
        return self.report.board.view.shows(*segment[:2]) and (networks is None or segment[0] in networks)

    def _terms(
        self, name: str, table: str, networks: frozenset[str] | None, first: str, last: str
    ) -> Iterator[str]:
        """Return what adds up to a total: days, spans that lie inside, and spans that are spread."""
        slab = self.slabs[table]
        places = self.in_view(slab)
        longer = [one for one in slab.longer if one[2] in places]
        spread = [one for one in longer if one[3]]
        if np.isin(slab.segment, places).any() or not longer:
            yield self._sumifs(_DAYS, name, networks, f'days_day,">="&{first},days_day,"<="&{last}')
        if len(spread) < len(longer):
            inside = f'spans_first,">="&{first},spans_last,"<="&{last},spans_spread,0'
            yield self._sumifs(_SPANS, name, networks, inside)
        if spread:
            yield self._by_days(name, networks, first, last)

    def _sumifs(self, sheet: str, name: str, networks: frozenset[str] | None, when: str) -> str:
        if networks is None:
            return f"SUMIFS({sheet}_{name},{when})"
        chosen = [quoted(f"={_escaped(self._network(one))}") for one in sorted(networks)]
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
            chosen = [f"(spans_network={quoted(self._network(one))})" for one in sorted(networks)]
            where += f"*({'+'.join(chosen)})"
        return f"SUMPRODUCT(spans_{name}*{where}*{shared}/(spans_last-spans_first+1))"

    def _network(self, network: str) -> str:
        return told("network", network, self.report.lang) if network else ""

    def keys(self, segment: Segment) -> list[str | None]:
        """Return network, account and currency as they stand on a sheet."""
        return [self._network(segment[0]) or None, segment[1] or None, segment[2] or None]

    def figures(self, table: str, row: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float | None]:
        """Return the cells of one row of a slab's matrix; blank where no row of the files gave it."""
        found: list[float | None] = []
        for one in self.columns:
            pair: Pair = (one.column or min(one.whole), one.whole)
            if one.table != table or pair not in self.slabs[table].pairs:
                found.append(None)
                continue
            place = 2 * self.slabs[table].pairs[pair]
            count = float(row[place + 1])
            found.append((float(row[place]) if one.column else count) if count else None)
        return found


def _added(terms: list[str]) -> str:
    return f"({'+'.join(terms)})" if len(terms) > 1 else terms[0]


def _escaped(text: str) -> str:
    """Return a text that a criterion takes as it is."""
    return text.replace("~", "~~").replace("*", "~*").replace("?", "~?")


def days(sums: Sums, title: str) -> Sheet:
    """Return the cube by day, network, account, currency and format, as far as it is in view."""
    lang = sums.report.lang
    keys = [say("xlsx.day", lang), *_keys(lang), say("xlsx.format", lang)]
    rows: list[Row] = []
    for table, slab in sums.slabs.items():
        shown = np.isin(slab.segment, sums.in_view(slab))
        for at in np.flatnonzero(shown):
            form = slab.form.names[slab.form.codes[at]] or None
            segment = sums.keys(slab.segments[slab.segment[at]])
            figures = sums.figures(table, slab.matrix[at])
            if any(figure is not None for figure in figures):
                rows.append([say_table(table, lang), calendar(slab.day[at]), *segment, form, *figures])
    return _sheet(sums, title, _DAYS, {"day": 2, "network": 3}, keys, rows)


def spans(sums: Sums, title: str) -> Sheet:
    """Return the rows that stand for more than a day, each as its file states it."""
    lang = sums.report.lang
    keys = [say("xlsx.from", lang), say("xlsx.to", lang), say("xlsx.spread", lang), *_keys(lang)]
    rows: list[Row] = []
    for table, slab in sums.slabs.items():
        places = set(sums.in_view(slab))
        for first, last, place, spread, row in slab.longer:
            if place in places:
                when = [calendar(first), calendar(last), int(spread)]
                segment = sums.keys(slab.segments[place])
                rows.append([say_table(table, lang), *when, *segment, *sums.figures(table, row)])
    return _sheet(sums, title, _SPANS, {"first": 2, "last": 3, "spread": 4, "network": 5}, keys, rows)


def say_table(table: str, lang: str) -> str:
    """Return the plain name of a canonical table."""
    return say(_TABLES[table], lang)


def _keys(lang: str) -> list[str]:
    return [say("xlsx.network", lang), say("xlsx.account", lang), say("xlsx.currency", lang)]


def _sheet(
    sums: Sums, title: str, prefix: str, named: dict[str, int], keys: list[str], rows: list[Row]
) -> Sheet:
    """Return a sheet of figures whose columns have names."""
    lang, start = sums.report.lang, len(keys) + 2
    places = named | {one.name: start + i for i, one in enumerate(sums.columns)}
    last = len(rows) + 1
    return Sheet(
        title=title,
        rows=[heads([say("xlsx.table", lang), *keys, *(one.head(lang) for one in sums.columns)]), *rows],
        widths=[_WIDE, *[_NARROW] * len(keys), *[_WIDE] * len(sums.columns)],
        frozen=f"{letter(start)}2",
        names={f"{prefix}_{name}": column_of(place, 2, last) for name, place in places.items()},
        table=f"A1:{letter(start + len(sums.columns) - 1)}{max(last, 2)}",
    )

