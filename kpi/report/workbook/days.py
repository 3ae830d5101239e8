"""The sheets of days and spans: the cube as far as it is in view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kpi.facts.frame import calendar
from kpi.metrics.cube import Segment
from kpi.metrics.pairs import Pair
from kpi.report.words import say
from kpi.report.workbook.book import Row, column_of, letter
from kpi.report.workbook.sheet import Sheet, heads
from kpi.report.workbook.sums import DAYS, SPANS, Sums

_WIDE, _NARROW = 18, 14
_TABLES = {
    "account": "xlsx.table.account",
    "ads": "xlsx.table.ads",
    "audience": "xlsx.table.audience",
    "competitors": "xlsx.table.competitors",
    "costs": "xlsx.table.costs",
    "leads": "xlsx.table.leads",
    "link_posts": "xlsx.table.link_posts",
    "market": "xlsx.table.market",
    "marketing_orders": "xlsx.table.marketing_orders",
    "mentions": "xlsx.table.mentions",
    "orders": "xlsx.table.orders",
    "posts": "xlsx.table.posts",
    "reviews": "xlsx.table.reviews",
    "social_leads": "xlsx.table.social_leads",
    "social_orders": "xlsx.table.social_orders",
    "social_web": "xlsx.table.social_web",
    "web": "xlsx.table.web",
    "tally": "table.tally",
    "targets": "table.targets",
    "stories": "table.stories",
    "engagers": "table.engagers",
    "messages": "table.messages",
    "surveys": "table.surveys",
}


def days(sums: Sums, title: str) -> Sheet:
    """Return the cube by day, network, account, currency and format, as far as it is in view."""
    lang = sums.report.lang
    keys = {"day": say("xlsx.day", lang)} | _keys(lang) | {"format": say("xlsx.format", lang)}
    rows: list[Row] = []
    for table, slab in sums.slabs.items():
        shown = np.isin(slab.segment, sums.in_view(slab))
        for at in np.flatnonzero(shown):
            form = slab.form.names[slab.form.codes[at]] or None
            segment = _names(sums, slab.segments[slab.segment[at]])
            figures = _figures(sums, table, slab.matrix[at])
            if any(figure is not None for figure in figures):
                rows.append([say_table(table, lang), calendar(slab.day[at]), *segment, form, *figures])
    return _sheet(sums, DAYS, title, keys, rows)


def spans(sums: Sums, title: str) -> Sheet:
    """Return the rows that stand for more than a day, each as its file states it."""
    lang = sums.report.lang
    when = (say("xlsx.from", lang), say("xlsx.to", lang), say("xlsx.spread", lang))
    keys = dict(zip(("first", "last", "spread"), when, strict=True)) | _keys(lang)
    rows: list[Row] = []
    for table, slab in sums.slabs.items():
        places = set(sums.in_view(slab))
        for first, last, place, spread, row in slab.longer:
            if place in places:
                segment = _names(sums, slab.segments[place])
                rows.append(
                    [
                        say_table(table, lang),
                        calendar(first),
                        calendar(last),
                        int(spread),
                        *segment,
                        *_figures(sums, table, row),
                    ]
                )
    return _sheet(sums, SPANS, title, keys, rows)


def say_table(table: str, lang: str) -> str:
    """Return the plain name of a canonical table."""
    return say(_TABLES[table], lang)


def _keys(lang: str) -> dict[str, str]:
    return {
        "network": say("xlsx.network", lang),
        "account": say("xlsx.account", lang),
        "currency": say("xlsx.currency", lang),
    }


def _sheet(sums: Sums, prefix: str, title: str, keys: Mapping[str, str], rows: Sequence[Row]) -> Sheet:
    """Return a sheet of figures; each of its columns has a name that begins with `prefix`."""
    lang, last = sums.report.lang, len(rows) + 1
    columns = [*keys, *(one.name for one in sums.columns)]
    texts = [say("xlsx.table", lang), *keys.values(), *(one.head(lang) for one in sums.columns)]
    return Sheet(
        title=title,
        rows=[heads(texts), *rows],
        widths=[_WIDE, *[_NARROW] * len(keys), *[_WIDE] * len(sums.columns)],
        frozen=f"{letter(len(keys) + 2)}2",
        names={f"{prefix}_{name}": column_of(place, 2, last) for place, name in enumerate(columns, 2)},
        table=f"A1:{letter(len(texts))}{max(last, 2)}",
    )


def _names(sums: Sums, segment: Segment) -> list[str | None]:
    """Return network, account and currency as they stand on a sheet."""
    return [sums.network(segment[0]) or None, segment[1] or None, segment[2] or None]


def _figures(sums: Sums, table: str, row: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float | None]:
    """Return the cells of one row of a slab's matrix; blank where no row of the files gave it."""
    found: list[float | None] = []
    for one in sums.columns:
        pair: Pair = (one.column or min(one.whole), one.whole)
        if one.table != table or pair not in sums.slabs[table].pairs:
            found.append(None)
            continue
        place = 2 * sums.slabs[table].pairs[pair]
        count = float(row[place + 1])
        found.append((float(row[place]) if one.column else count) if count else None)
    return found
