"""Where a figure came from: for each name of its formula the files, headings and rows that gave it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kpi.catalog.loader import fields
from kpi.facts.assemble import FILTERS, Facts
from kpi.facts.costs import OWNER
from kpi.facts.frame import Frame, Ints, Labels, ordinal
from kpi.facts.posts import kinds_of
from kpi.facts.rates import rates_of
from kpi.facts.traced import network_in
from kpi.metrics.numbers import Numbers
from kpi.metrics.pairs import filled
from kpi.metrics.values import Value
from kpi.model.formula import field_and_roll, names
from kpi.model.period import Period
from kpi.model.reading import Column, Table
from kpi.model.verdict import Trace

ANSWERS = "answers"  # the "file" of figures that the owner typed
_BEHIND = {
    "posts.count": ("posts.at",),
    "posts.followers_at_post": ("account.followers", "account.followers_new", "account.followers_lost"),
    "posts.public_engagements": ("posts.reactions", "posts.comments"),
    "posts.watch_seconds": ("posts.watch_seconds", "posts.average_watch_seconds"),
    "posts.watchable_seconds": ("posts.video_seconds",),
    "account.followers": ("account.followers", "account.followers_new", "account.followers_lost"),
    "orders.count": ("orders.count", "orders.id", "orders.at"),
    "orders.revenue": ("orders.amount", "orders.refund"),
    "orders.margin": ("orders.amount", "orders.refund", "orders.cogs"),
    "orders.customers": ("orders.customer",),
    "orders.repeat_customers": ("orders.customer",),
    "orders.repeat_count": ("orders.customer",),
    "orders.new_customers": ("orders.customer", "orders.new"),
    "leads.count": ("leads.count", "leads.id", "leads.at"),
    "leads.qualified": ("leads.fits",),
    "leads.won": ("leads.bought",),
    "mentions.positive": ("mentions.mood",),
    "mentions.negative": ("mentions.mood",),
    "audience.target_followers": ("audience.target", "audience.target_followers"),
    "mentions.count": ("mentions.count", "mentions.id", "mentions.at"),
    "costs.smm": ("costs.amount",),
    "costs.marketing": ("costs.amount", "ads.spend"),
    "ads.spend": ("ads.spend", "costs.amount"),
    "ads.link_clicks": ("ads.link_clicks", "ads.results"),
    "ads.leads": ("ads.leads", "ads.results"),
    "ads.orders": ("ads.orders", "ads.results"),
    "ads.follows": ("ads.follows", "ads.results"),
    "ads.follow_spend": ("ads.spend", "ads.aim"),
    "messages.count": ("messages.at",),
    "messages.answered": ("messages.answered_at",),
    "messages.reply_minutes": ("messages.at", "messages.answered_at"),
    "messages.answered_in_time": ("messages.at", "messages.answered_at"),
    "surveys.count": ("surveys.score",),
    "surveys.promoters": ("surveys.score",),
    "surveys.detractors": ("surveys.score",),
    "surveys.satisfied": ("surveys.score",),
    "reviews.count": ("reviews.rating",),
    "engagers.unique": ("engagers.person",),
    "engagers.previous": ("engagers.person",),
    "engagers.returning": ("engagers.person",),
}

_TALLIED = {
    "orders.count": "tally.count",
    "orders.revenue": "tally.amount",
    "social_orders.count": "tally.of_count",
    "social_orders.revenue": "tally.of_amount",
    "marketing_orders.count": "tally.of_count",
    "marketing_orders.revenue": "tally.of_amount",
}


ROWS = frozenset({"posts", "link_posts", "ads", "orders", "social_orders", "marketing_orders"}) | frozenset(
    {"leads", "social_leads", "messages", "surveys", "reviews"}
)
"""Tables of which a row is a thing that people count: a post, an ad, an order."""


def rows_in_view(
    frame: Frame, numbers: Numbers, networks: frozenset[str] | None, period: Period | None = None
) -> Ints:
    """Return the rows of a frame, oldest first, that lie in a period, else in the first one, and in view."""
    days = period or numbers.periods[0]
    first, last = ordinal(days.first), ordinal(days.last)
    if frame.spread:
        rows = np.flatnonzero((frame.until >= first) & (frame.day <= last))
    elif (frame.until > frame.day).any():
        rows = np.flatnonzero((frame.day >= first) & (frame.until <= last))
    else:
        rows = np.arange(*np.searchsorted(frame.day, [first, last + 1]))
    network = frame.labels.get("network", Labels.same("", len(frame)))
    account = frame.labels.get("account", Labels.same("", len(frame)))
    shown = np.array(
        [
            [numbers.view.shows(n, a) and (networks is None or n in networks) for a in account.names]
            for n in network.names
        ],
        bool,
    )
    currency = frame.labels.get("currency", Labels.same("", len(frame)))
    counted = np.array([numbers.view.counts(name) for name in currency.names], bool)
    found: Ints = rows[shown[network.codes[rows], account.codes[rows]] & counted[currency.codes[rows]]]
    if numbers.view.format is None:
        return found
    form = frame.labels.get("format", Labels.same("", len(frame)))
    of_it: Ints = found[form.take(found).says(numbers.view.format)]
    return of_it


def columns(table: Table, field: str) -> tuple[Column, ...]:
    """Return the columns of a file's table that stand behind a field."""
    name, _, column = field.partition(".")
    if table.kind == "tally":
        mine = (c for c in table.columns if c.field == _TALLIED.get(field) and c.filled)
        return tuple(c for c in mine if name == "orders" or network_in(c.heading) is not None)
    plain = f"{FILTERS.get(name, name)}.{column}"
    wanted: tuple[str, ...] = _BEHIND.get(plain, (plain,))
    if plain in {"posts.engagements", "account.engagements"}:
        own = any(c.field == plain for c in table.columns)
        kinds = kinds_of(table)
        wanted = (plain,) if own else tuple(f"{name}.{kind}" for kind in kinds)
    found = [c for c in table.columns if c.field in wanted]
    first_only = plain.endswith(".count") or any(c.field == plain for c in found)
    if first_only and plain in _BEHIND:
        found = sorted(found, key=lambda column: wanted.index(column.field or ""))[:1]
    return tuple(found)


def _frames(facts: Facts, table: str) -> Iterator[Frame]:
    if table in facts.daily:
        yield facts.daily[table]
    yield from facts.windows.get(table, ())


def complete_rows(frame: Frame, rows: Ints, columns: frozenset[str], column: str) -> Ints:
    """Return those rows in which all that the formula takes is filled."""
    known = np.ones(len(rows), bool)
    for name in columns | {column}:
        if name not in frame.values:
            return rows[:0]
        known &= ~np.isnan(frame.values[name][rows])
    return _counted(frame, rows[known])


def _counted(frame: Frame, rows: Ints) -> Ints:
    """Return the rows that the table is about: of a filter, those it lets through."""
    found: Ints = rows[frame.values["traced"][rows] > 0] if "traced" in frame.values else rows
    return found


@dataclass(frozen=True, slots=True)
class Used:
    """Rows of a frame that gave a field of a formula, all of one file's table (by its place; or `OWNER`)."""

    field: str
    frame: Frame
    index: int
    rows: Ints

    @property
    def total(self) -> float:
        """Return the plain sum of the field over the rows."""
        return float(self.frame.values[self.field.partition(".")[2]][self.rows].sum())

    @property
    def rates(self) -> tuple[tuple[str, float], ...]:
        """Return the owner's rates by which money of these rows was converted."""
        return rates_of(self.frame, self.rows) if fields()[self.field].unit == "money" else ()


def used(value: Value, numbers: Numbers) -> Iterator[Used]:
    """Yield the rows behind a value, field by field of its formula and table by table."""
    formula = value.variant.formula if value.variant else ""
    for name in names(formula) if formula else ():
        field, _ = field_and_roll(name)
        table, _, column = field.partition(".")
        for frame in _frames(numbers.cube.facts, table):
            inside = rows_in_view(frame, numbers, value.networks, _behind(column, numbers.periods[0]))
            rows = complete_rows(frame, inside, filled(formula, table), column)
            yield from _by_table(field, frame, rows)


def of_rows(facts: Facts, field: str, frame: Frame, rows: Ints) -> tuple[Trace, ...]:
    """Return where a field of some rows of a frame came from."""
    return tuple(trace for one in _by_table(field, frame, rows) for trace in _of_table(facts, one))


def _by_table(field: str, frame: Frame, rows: Ints) -> Iterator[Used]:
    """Yield the rows parted by the table of a file that gave them the field."""
    origin = frame.origin.get(field.partition(".")[2], frame.main_origin())[rows]
    for index in np.unique(origin):
        yield Used(field, frame, int(index), rows[origin == index])


def _behind(column: str, period: Period) -> Period:
    """Return the days whose rows give a figure of a period: people who come again were there before."""
    before = period.before()
    return {"previous": before, "returning": Period(before.first, period.last)}.get(column, period)


def traces(value: Value, numbers: Numbers) -> tuple[Trace, ...]:
    """Return where the figures of a value came from."""
    found: dict[Trace, None] = {}
    for name in names(value.variant.formula) if value.variant else ():
        field, _ = field_and_roll(name)
        if field.startswith("owner."):
            heading = field.partition(".")[2]
            found[Trace(file=ANSWERS, sheet=None, heading=heading, field=field, rows=1, total=None)] = None
    for one in used(value, numbers):
        found |= dict.fromkeys(_of_table(numbers.cube.facts, one))
    return tuple(found)


def _of_table(facts: Facts, one: Used) -> Iterator[Trace]:
    count = len(one.rows)
    if one.index == OWNER:
        yield Trace(
            file=ANSWERS, sheet=None, heading="smm_costs_month", field=one.field, rows=count, total=one.total
        )
        return
    table = facts.tables[one.index]
    for column in columns(table, one.field):
        given = _of_place(one, column) if table.kind == "tally" else count
        if not given:
            continue
        yield Trace(
            file=table.file,
            sheet=table.sheet or table.member,
            heading=column.heading,
            field=one.field,
            rows=given,
            total=one.total if column.field == one.field else None,
            assumed=column.assumed,
            turned=table.turned,
            rates=one.rates,
        )


def _of_place(one: Used, column: Column) -> int:
    """Return how many days of a tally a column gave: each day is one row there for every place it names."""
    network = network_in(column.heading)
    if network is None:
        return len(one.rows)
    places = one.frame.labels["network"]
    return int((np.array(places.names)[places.codes[one.rows]] == network).sum())


def left_out(value: Value, numbers: Numbers) -> tuple[int, int]:
    """Return how many rows of posts, orders or ads lie in view and lack a figure, and how many count."""
    if value.variant is None:
        return 0, 0
    lost = used = 0
    for table in sorted({name.partition(".")[0] for name in names(value.variant.formula)} & ROWS):
        columns = filled(value.variant.formula, table) | _over_rows(value.variant.formula, table)
        for frame in _frames(numbers.cube.facts, table) if columns else ():
            rows = _counted(frame, rows_in_view(frame, numbers, value.networks))
            complete = len(complete_rows(frame, rows, columns, min(columns)))
            lost += len(rows) - complete
            used += complete
    return lost, used


def _over_rows(formula: str, table: str) -> frozenset[str]:
    """Return the columns of which a formula takes a median or percentile over the rows."""
    found = (name.split(".") for name in names(formula))
    return frozenset(n[1] for n in found if n[0] == table and n[-1] in {"median", "p90"})


def kinds_told(value: Value, numbers: Numbers) -> tuple[tuple[str, ...], ...]:
    """Return the different lists of interactions that an engagement figure adds up."""
    if value.variant is None:
        return ()
    facts = numbers.cube.facts
    found: set[tuple[str, ...]] = set()
    for table in ("posts", "account"):
        if f"{table}.engagements" not in names(value.variant.formula):
            continue
        for frame in _frames(facts, table):
            if "engagements" not in frame.values:
                continue
            rows = rows_in_view(frame, numbers, value.networks)
            rows = rows[~np.isnan(frame.values["engagements"][rows])]
            origin = np.unique(frame.origin["engagements"][rows])
            found |= {kinds_of(facts.tables[int(index)]) for index in origin}
    return tuple(sorted(found))
