"""What single posts sold: the orders that name one of them, by a code in its text or by its link mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from kpi.facts.assemble import Facts
from kpi.facts.frame import Floats, Frame, Ints, Labels, blank, calendar, ordinal
from kpi.facts.spans import within
from kpi.insight.content.codes import named
from kpi.insight.content.shelf import in_view
from kpi.metrics.cube import Bools
from kpi.model.period import Period
from kpi.model.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Takings:
    """What each post of a shelf sold; `sold` are all orders, `rows` those of each post that sold.

    `marked` says which orders name their post by its link mark, not by a code.
    `orders` and `revenue`, less refunds, are of each post: 0 where an order could name it and none does;
    unknown where none could, where no file tells orders of its day, or where an order does not tell.
    `currency` is that of the money of a post. `joined` of `total` orders go to a post of the period.
    """

    orders: Floats
    revenue: Floats
    currency: Mapping[int, str]
    rows: Mapping[int, Ints]
    sold: Frame
    marked: Bools
    joined: float
    total: float

    @property
    def best(self) -> tuple[int, ...]:
        """Return the posts that sold: those with most money first, then those whose money is unknown."""
        money = np.where(np.isnan(self.revenue), -np.inf, self.revenue)
        return tuple(sorted(self.rows, key=lambda row: (-money[row], row)))


def takings(facts: Facts, period: Period, view: View) -> Takings | None:
    """Return what the posts of the shelf of a period and view sold; None where no order could name a post.

    Orders from the first day on count, also those after the last one: a post may sell for long.
    """
    found = named(facts)
    if found is None:
        return None
    posts, sold = facts.daily["posts"], facts.daily["orders"]
    shelved = np.flatnonzero(in_view(posts, view))
    days = posts.day[shelved]
    chosen = np.flatnonzero((days >= ordinal(period.first)) & (days <= ordinal(period.last)))
    place = np.full(len(posts) + 1, -1)  # the last one is for orders that name no post
    place[shelved[chosen]] = chosen
    money = sold.labels.get("currency", Labels.same("", len(sold)))
    counts = np.array([view.counts(name) for name in money.names], bool)[money.codes]
    asked = counts & (sold.day >= ordinal(period.first))
    post = np.where(asked, place[found.post], -1)
    rows = {int(one): np.flatnonzero(post == one) for one in np.unique(post[post >= 0])}
    orders, revenue = blank(len(shelved)), blank(len(shelved))
    quiet = chosen[found.nameable[shelved[chosen]] & within(facts.covered("orders.count"), days[chosen])]
    orders[quiet] = revenue[quiet] = 0.0
    count, amount = (sold.values.get(name, blank(len(sold))) for name in ("count", "revenue"))
    currency = {}
    for one, its in rows.items():
        told = set(money.take(its).words())
        orders[one] = count[its].sum()
        revenue[one] = amount[its].sum() if len(told) == 1 else np.nan
        currency[one] = min(told)
    return Takings(
        orders=orders,
        revenue=revenue,
        currency=currency,
        rows=rows,
        sold=sold,
        marked=found.marked,
        joined=float(np.nansum(count[post >= 0])),
        total=float(np.nansum(count[asked])),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A row of orders that names a post: by which word, what was paid less refunds, and where it stands.

    `count` is how many orders it stands for, NaN where nobody knows.
    """

    day: date
    number: str
    word: str
    count: float
    amount: float | None
    currency: str
    file: str
    row: int


def orders_of(facts: Facts, found: Takings, post: int) -> tuple[Order, ...]:
    """Return the orders that a post sold, oldest first."""
    its = found.sold.take(found.rows[post])
    count = len(its)
    marks, codes, money = (
        its.labels.get(name, Labels.same("", count)).words() for name in ("mark", "code", "currency")
    )
    numbers = (its.texts or {}).get("id", pa.nulls(count, pa.string())).to_pylist()
    counts, amounts = (its.values.get(name, blank(count)) for name in ("count", "revenue"))
    return tuple(
        Order(
            day=calendar(its.day[at]),
            number=numbers[at] or "",
            word=marks[at] if found.marked[found.rows[post][at]] else codes[at],
            count=float(counts[at]),
            amount=None if np.isnan(amounts[at]) else float(amounts[at]),
            currency=money[at],
            file=facts.tables[int(its.main_origin()[at])].file,
            row=int(its.row[at]),
        )
        for at in range(count)
    )
