"""What a mapping still lacks, said at its top: which column, what it is for, what happens without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

import streamlit as st

from kpi.catalog.loader import fields, kpis
from kpi.metrics.gaps import raw
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll, names
from kpi.report.words import say

_MAIN = {
    "ads": ("ads.spend",),
    "orders": ("orders.amount",),
    "costs": ("costs.amount",),
    "reviews": ("reviews.rating",),
    "mentions": ("mentions.mood",),
    "competitors": ("competitors.name",),
}
"""The columns, beside day and network, that most figures of a table hang on."""
_NAMED = 3  # KPIs named for a column


def draw(wrong: str | None, chosen: Iterable[str | None], lang: str) -> None:
    """Draw what stands against a mapping, and which columns are needed and not there."""
    names_ = [name for name in chosen if name]
    if wrong:
        st.markdown(
            f":orange-badge[:material/priority_high: {say('mapping.needed', lang)}] {say(wrong, lang)}"
        )
    for name in _missing(names_):
        text = _without(name, lang)
        if text:
            st.markdown(f":orange-badge[:material/priority_high: {say('mapping.lacks', lang)}] {text}")


def _missing(chosen: list[str]) -> Iterator[str]:
    """Yield the needed columns of the table that a mapping is of which it does not have."""
    if not chosen:
        return
    table = Counter(name.partition(".")[0] for name in chosen).most_common(1)[0][0]
    if not any(fields()[name].roll is Roll.WHEN for name in chosen):
        whens = [f.name for f in fields().values() if f.table == table and f.roll is Roll.WHEN and f.given]
        yield from whens[:1]
    yield from (name for name in _MAIN.get(table, ()) if name not in chosen)


def _without(name: str, lang: str) -> str:
    if fields()[name].roll is Roll.WHEN:
        return say("mapping.without_day", lang, field=name)
    needing = _needing(name)
    return say("mapping.without", lang, field=name, kpis=needing[:_NAMED]) if needing else ""


@cache
def _needing(column: str) -> tuple[str, ...]:
    """Return the KPIs whose first formula takes a column."""
    return tuple(
        kpi.id
        for kpi in kpis().values()
        if any(column in raw(field_and_roll(one)[0], ()) for one in names(kpi.variants[0].formula))
    )
