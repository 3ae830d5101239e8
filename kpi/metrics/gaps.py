"""Says why a value cannot be told, and which column of which export would tell it."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.catalog.loader import networks, sources
from kpi.facts.assemble import FILTERS, Facts
from kpi.facts.posts import kinds_of
from kpi.model.formula import field_and_roll, names
from kpi.model.reading import Reason
from kpi.model.verdict import Missing

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
    "social_orders.count": ("orders.at", "orders.source"),
    "social_orders.revenue": ("orders.amount", "orders.source"),
    "social_orders.margin": ("orders.amount", "orders.cogs", "orders.source"),
    "social_leads.count": ("leads.at", "leads.source"),
    "social_leads.qualified": ("leads.status", "leads.source"),
    "costs.smm": ("costs.amount",),
    "costs.marketing": ("costs.amount",),
    "mentions.count": ("mentions.at",),
    "market.revenue": ("market.revenue",),
}
"""The columns from which a derived field is worked out."""


def _kinds(facts: Facts) -> tuple[str, ...]:
    """Return the kinds of interaction that some posts file lacks."""
    lacking: dict[str, None] = {}
    for table in facts.tables:
        given = {column.field for column in table.columns}
        if table.kind == "posts" and "posts.engagements" not in given:
            kinds = kinds_of(table) or ("reactions", "comments", "shares")
            lacking |= dict.fromkeys(f"posts.{kind}" for kind in kinds if f"posts.{kind}" not in given)
    if lacking:
        return tuple(lacking)
    default = networks()["instagram"].counts if not any(t.kind == "posts" for t in facts.tables) else ()
    return tuple(f"posts.{kind}" for kind in default[:3])


def raw(field: str, facts: Facts) -> tuple[str, ...]:
    """Return the columns that the files lack to tell a field."""
    if field in {"posts.engagements", "posts.public_engagements"}:
        return _kinds(facts)
    if field.startswith("link_posts.") and field not in _RAW:
        return (field.replace("link_posts.", "posts."),)
    needed = _RAW.get(field, (field,))
    return tuple(name for name in needed if not has_column(name, facts)) or needed


def has_column(field: str, facts: Facts) -> bool:
    """Return whether some file has a column for this field."""
    return any(column.field == field for table in facts.tables for column in table.columns)


def lacking(formula: str, facts: Facts) -> tuple[str, ...]:
    """Return the fields of a formula that no file tells, in the order of the formula."""
    found: dict[str, None] = {}
    for name in names(formula):
        field, _ = field_and_roll(name)
        if field.startswith("period."):
            continue
        told = facts.owner.margin_rate is not None if field == "owner.margin_rate" else facts.given(field)
        if not told:
            found[field] = None
    return tuple(found)


def missing(formula: str, facts: Facts) -> tuple[Missing, ...]:
    """Return the columns that this formula still needs, each with the sources that export it."""
    wanted: dict[str, None] = {}
    for field in lacking(formula, facts):
        wanted |= dict.fromkeys(raw(field, facts))
    return tuple(Missing(field=field, sources=tellers(field)) for field in wanted)


def tellers(field: str) -> tuple[str, ...]:
    """Return the sources whose layout has this field."""
    direct = [id_ for id_, source in sources().items() if _tells(id_, field)]
    return tuple(direct)


def _tells(id_: str, field: str) -> bool:
    source = sources()[id_]
    told = {title.field for title in source.titles.values()} | set(source.columns)
    if source.long:
        told |= set(source.long.fields.values())
    return field in told


def waits(formula: str, facts: Facts) -> Reason | None:
    """Return why a figure of this formula waits for an answer of the owner's, if it does."""
    wanted = {field_and_roll(name)[0] for name in names(formula)}
    for table in facts.waiting:
        if wanted & {column.field for column in table.columns} or any(
            f.startswith(f"{table.kind}.") for f in lacking(formula, facts)
        ):
            key = table.questions[0].key if table.questions else "network"
            return Reason(key="waits_for_answer", facts={"file": table.file, "question": key})
    return None


def nearest(formulas: Sequence[str], gaps: Sequence[tuple[Missing, ...]], facts: Facts) -> int:
    """Return the place of the variant that the files come nearest to.

    That is the one with the fewest tables of which there is no file at all; of equals, where some file
    is there, the one that lacks the fewest columns, else the first.
    """

    def distance(place: int) -> tuple[int, int, int]:
        tables = {FILTERS.get(n.partition(".")[0], n.partition(".")[0]) for n in names(formulas[place])}
        tables -= {"period", "owner"}
        absent = {table for table in tables if not any(t.kind == table for t in facts.tables)}
        return len(absent), len(gaps[place]) if absent < tables else 0, place

    return min(range(len(gaps)), key=distance)
