"""Money of other currencies counted in the owner's own, by the rates that the owner gives and no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kpi.catalog.loader import fields
from kpi.facts.frame import Floats, Frame, Ints, Labels, blank, calendar
from kpi.model.owner import Owner, in_force

CONVERTED = "converted"
"""The label of rows that were converted: currency and rate, empty for rows as the file has them."""


def converted(frame: Frame, owners: Sequence[Owner]) -> Frame:
    """Return the frame with money in the owner's currency where a rate was in force when its row ended.

    Money of a currency without a rate stays as it is. The label `converted` remembers what was done.
    """
    own, label = owners[-1].currency, frame.labels.get("currency")
    money = [name for name in frame.values if _is_money(frame.table, name)]
    if not own or label is None or not money or not any(owner.rates for owner in owners):
        return frame
    rates = _rates(frame, label, owners, own)
    done = ~np.isnan(rates)
    names, codes = [""], np.zeros(len(frame), np.int64)
    for code, rate in sorted(set(zip(label.codes[done].tolist(), rates[done].tolist(), strict=True))):
        codes[(label.codes == code) & (rates == rate)] = len(names)
        names.append(f"{label.names[code]} {rate!r}")
    return replace(
        frame,
        labels={
            **frame.labels,
            "currency": Labels(np.where(done, len(label.names), label.codes), (*label.names, own)),
            CONVERTED: Labels(codes, tuple(names)),
        },
        values={**frame.values} | {name: frame.values[name] * np.where(done, rates, 1.0) for name in money},
    )


def _rates(frame: Frame, label: Labels, owners: Sequence[Owner], own: str) -> Floats:
    """Return what one unit of each row's currency is worth in the owner's, NaN where nobody says."""
    found = blank(len(frame))
    for code, currency in enumerate(label.names):
        rows = np.flatnonzero(label.codes == code)
        if currency != own and len(rows):
            days, places = np.unique(frame.until[rows], return_inverse=True)
            by_day = [in_force(owners, calendar(day)).rates.get(currency, np.nan) for day in days]
            found[rows] = np.array(by_day)[places]
    return found


def rates_of(frame: Frame, rows: Ints) -> tuple[tuple[str, float], ...]:
    """Return the currencies and rates by which money of these rows was converted."""
    label = frame.labels.get(CONVERTED)
    if label is None:
        return ()
    told = {label.names[code] for code in np.unique(label.codes[rows])} - {""}
    pairs = (word.split(" ") for word in told)
    return tuple(sorted((currency, float(rate)) for currency, rate in pairs))


def _is_money(table: str, column: str) -> bool:
    known = fields().get(f"{table}.{column}")
    return known is not None and known.unit == "money"
