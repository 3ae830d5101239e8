"""The rates of the owner's: what one unit of another currency in the files is worth in the own one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow.compute as pc
import streamlit as st

from kpi.model.owner import Owner
from kpi.model.reading import Reading
from kpi.report.words import say


def named(readings: Iterable[Reading]) -> tuple[str, ...]:
    """Return the currencies that the files name, in the order of the alphabet."""
    found: set[str | None] = set()
    for table in (table for reading in readings for table in reading.tables):
        found.add(table.currency)
        if table.data is not None and "currency" in table.data.column_names:
            found |= set(pc.unique(table.data["currency"]).to_pylist())
    return tuple(sorted(currency for currency in found if currency))


def ask(said: Owner, currencies: Sequence[str], lang: str) -> dict[str, float]:
    """Ask for the rate of every currency that is not the owner's own; return those that were told."""
    others = [one for one in (*currencies, *said.rates) if one != said.currency]
    if not said.currency or not others:
        return dict(said.rates)
    st.markdown(f"**{say('answers.rates', lang)}**  \n:gray[:small[{say('answers.rates_why', lang)}]]")
    told = {
        code: st.number_input(
            say("answers.rate_of", lang, code=code, own=said.currency),
            min_value=0.0,
            value=said.rates.get(code),
            step=None,
            format="%g",
            placeholder=say("answers.empty", lang),
            key=f"data.rate_{code}",
        )
        for code in dict.fromkeys(others)
    }
    return {code: float(rate) for code, rate in told.items() if rate}
