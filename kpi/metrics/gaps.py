"""Says why a value cannot be told, and which column of which export would tell it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kpi.catalog.loader import sources
from kpi.facts.assemble import FILTERS, Facts
from kpi.facts.posts import COMMON_KINDS, kinds_of
from kpi.facts.tally import asked_days
from kpi.metrics.cubes import Cube
from kpi.model.formula import field_and_roll, names
from kpi.model.owner import answer
from kpi.model.period import Period
from kpi.model.reading import Question, Reason, Table
from kpi.model.source import Source
from kpi.model.verdict import Missing
from kpi.model.view import View

FORMATTED = frozenset({"posts", "link_posts"})
"""The tables that tell formats."""
_RAW: dict[str, tuple[str, ...]] = {
    "posts.count": ("posts.at",),
    "posts.followers_at_post": ("account.followers",),
    "posts.watch_seconds": ("posts.average_watch_seconds",),
    "posts.watchable_seconds": ("posts.video_seconds",),
    "link_posts.count": ("posts.link_clicks",),
    "orders.count": ("orders.at",),
    "orders.revenue": ("orders.amount",),
    "orders.margin": ("orders.amount", "orders.cogs"),
    "orders.customers": ("orders.customer",),
    "orders.repeat_customers": ("orders.customer",),
    "orders.repeat_count": ("orders.customer",),
    "orders.new_customers": ("orders.customer",),
    "social_orders.new_customers": ("orders.customer", "orders.source"),
    "marketing_orders.revenue": ("orders.amount", "orders.source"),
    "marketing_orders.margin": ("orders.amount", "orders.cogs", "orders.source"),
    "social_orders.count": ("orders.at", "orders.source"),
    "social_orders.revenue": ("orders.amount", "orders.source"),
    "social_orders.margin": ("orders.amount", "orders.cogs", "orders.source"),
    "social_web.sessions": ("web.sessions", "web.source"),
    "social_web.engaged_sessions": ("web.engaged_sessions", "web.source"),
    "social_web.bounces": ("web.bounces", "web.source"),
    "social_web.conversions": ("web.conversions", "web.source"),
    "social_leads.count": ("leads.at", "leads.source"),
    "social_leads.qualified": ("leads.fits", "leads.source"),
    "social_leads.won": ("leads.bought", "leads.source"),
    "mentions.positive": ("mentions.mood",),
    "mentions.negative": ("mentions.mood",),
    "audience.target_followers": ("audience.target",),
    "costs.smm": ("costs.amount",),
    "costs.marketing": ("costs.amount",),
    "mentions.count": ("mentions.at",),
    "messages.count": ("messages.at",),
    "messages.answered": ("messages.at", "messages.answered_at"),
    "messages.reply_minutes": ("messages.at", "messages.answered_at"),
    "messages.answered_in_time": ("messages.at", "messages.answered_at", "owner.reply_within"),
    "surveys.count": ("surveys.score",),
    "surveys.promoters": ("surveys.score",),
    "surveys.detractors": ("surveys.score",),
    "surveys.satisfied": ("surveys.score",),
    "reviews.count": ("reviews.rating",),
    "engagers.unique": ("engagers.person",),
    "engagers.previous": ("engagers.person",),
    "engagers.returning": ("engagers.person",),
    "ads.follow_spend": ("ads.spend", "ads.aim"),
    "posts.public_engagements": ("posts.reactions", "posts.comments"),
}
"""The columns from which a derived field is worked out."""
_ORDERS = frozenset({"orders.count", "social_orders.count"})


def _kinds(tables: Sequence[Table]) -> tuple[str, ...]:
    """Return the kinds of interaction that posts lack; those that all networks have where there are none."""
    lacking: dict[str, None] = {}
    posts = [table for table in tables if table.kind == "posts"]
    for table in posts:
        kinds = kinds_of(table)
        given = {column.field for column in table.columns if column.filled}
        lacking |= dict.fromkeys(f"posts.{kind}" for kind in kinds if f"posts.{kind}" not in given)
    return tuple(lacking) if posts else tuple(f"posts.{kind}" for kind in COMMON_KINDS)


def raw(field: str, tables: Sequence[Table]) -> tuple[str, ...]:
    """Return the columns that these tables lack to tell a field."""
    if field == "posts.engagements":
        return _kinds(tables) or (field,)
    if field.startswith("link_posts."):
        return (field.replace("link_posts.", "posts."),)
    needed = _RAW.get(field, (field,))
    given = {column.field for table in tables for column in table.columns}
    if field in _ORDERS and "orders.id" not in given and given.issuperset(needed):
        return ("orders.id",)  # rows of goods or services, of which several may be one order
    return tuple(name for name in needed if name not in given) or needed


def lacking(formula: str, facts: Facts, view: View) -> tuple[str, ...]:
    """Return the fields of a formula that no file tells of what is in view, in the order of the formula."""
    found: dict[str, None] = {}
    for name in names(formula):
        field, _ = field_and_roll(name)
        if field.startswith("period."):
            continue
        table, _, column = field.partition(".")
        told = answer(facts.owner, column) is not None if table == "owner" else facts.given(field, view)
        if not told:
            found[field] = None
    return tuple(found)


def missing(formula: str, facts: Facts, view: View) -> tuple[Missing, ...]:
    """Return the columns that this formula still needs, each with the sources that export it."""
    wanted: dict[str, None] = {}
    tables = [t for t in facts.tables if view.concerns(t.network or "", t.account or "")]
    for field in lacking(formula, facts, view):
        wanted |= dict.fromkeys(raw(field, tables))
    return tuple(Missing(field=field, sources=tellers(field)) for field in wanted)


def _held(table: Table) -> dict[str, str]:
    """Return the columns of a table that are there but wait for an answer, each with its question."""
    found: dict[str, str] = {}
    columns = [column for column in table.columns if column.field and column.filled]
    for question in table.questions or ((Question(key="network"),) if table.waiting else ()):
        whole = table.waiting or question.key == "day_or_month"
        for column in columns:
            if column.field and (whole or column.heading == question.heading):
                found.setdefault(column.field, question.key)
    return found


@cache
def tellers(field: str) -> tuple[str, ...]:
    """Return the sources that have this field and can still be fetched."""
    fetched = (one for one in sources().values() if not (one.ended or one.typed))
    return tuple(source.id for source in fetched if _tells(source, field))


def _tells(source: Source, field: str) -> bool:
    told = {title.field for title in source.titles.values()} | set(source.columns)
    if source.long:
        told |= set(source.long.fields.values())
    if source.level:
        told.add(source.level.field)
    return field in told


def undivided(field: str, cube: Cube, view: View) -> Reason | None:
    """Return the reason where a field is told of all together, and a part of it is looked at."""
    table = field.partition(".")[0]
    if view.format and table not in FORMATTED:
        return Reason(key="not_by_format", facts={"field": field})
    if view.network and not any(segment[0] for segment in cube.segments(table)):
        return Reason(key="not_by_network", facts={"field": field})
    return None


def waits(formula: str, facts: Facts, view: View) -> Reason | None:
    """Return why a figure of this formula waits for an answer of the owner's, if it does."""
    wanted = {column for field in lacking(formula, facts, view) for column in raw(field, ())}
    for table in facts.tables:
        held = _held(table)
        for field in sorted(wanted & held.keys()):
            return Reason(key="waits_for_answer", facts={"file": table.file, "question": held[field]})
    return None


def untraced(formula: str, facts: Facts) -> Reason | None:
    """Return why nobody can tell what networks brought: no order or request in any file names one.

    Nought would be a claim: a shop whose till calls every order `web` has asked nobody. Where the buyers
    were asked, or some order did name a network, none in a month is an answer.
    """
    tables = {name.partition(".")[0] for name in names(formula)} & {"social_orders", "social_leads"}
    for table in sorted(tables):
        found = facts.daily.get(table)
        asked = table == "social_orders" and asked_days(facts.tables)
        if found is not None and not asked and not found.values["traced"].any():
            return Reason(key="untraced", facts={"orders": table == "social_orders"})
    return None


def torn(formula: str, facts: Facts, period: Period) -> Reason | None:
    """Return why a figure waits for the owner to pick one of the reports that disagree about a period."""
    wanted = {figure for name in names(formula) if (figure := _figure(name))}
    for dispute in facts.disputes:
        if any(
            one.meets(period) for figure in sorted(wanted & set(dispute.open)) for one in dispute.open[figure]
        ):
            reports = [claim.source for claim in dispute.claims]
            return Reason(key="reports_disagree", facts={"sources": reports, "period": dispute.periods[0]})
    return None


def _figure(name: str) -> str | None:
    """Return the figure of reports that a total hangs on: money or the number of orders."""
    table, _, column = field_and_roll(name)[0].partition(".")
    if table not in {"orders", "social_orders", "marketing_orders"}:
        return None
    return "revenue" if column in {"revenue", "margin", "cogs"} else "count"


def absent(gap: Sequence[Missing], facts: Facts) -> tuple[Missing, ...]:
    """Return the columns that are in no file, also in none that waits for an answer."""
    held = {field for table in facts.tables for field in _held(table)}
    return tuple(one for one in gap if one.field not in held)


def nearest(formulas: Sequence[str], gaps: Sequence[tuple[Missing, ...]], facts: Facts) -> int:
    """Return the place of the variant that the files come nearest to.

    That is the one with the fewest tables of which there is no file at all; of equals the one of which
    some file is there and that lacks the fewest columns; without any file, the first.
    """

    def distance(place: int) -> tuple[int, bool, int, int]:
        tables = {FILTERS.get(n.partition(".")[0], n.partition(".")[0]) for n in names(formulas[place])}
        tables -= {"period", "owner"}
        absent = {table for table in tables if not any(t.kind == table for t in facts.tables)}
        some = absent < tables
        return len(absent), not some, len(gaps[place]) if some else 0, place

    return min(range(len(gaps)), key=distance)
