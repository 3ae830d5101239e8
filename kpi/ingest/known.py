"""A recognised block → the plan of its table: which column is which field."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from kpi.catalog import loader
from kpi.ingest import level, stated, years
from kpi.ingest.blocks import Block
from kpi.ingest.column import likely
from kpi.ingest.heading import key
from kpi.ingest.manner import Manner
from kpi.ingest.plan import Plan
from kpi.ingest.recognise import Found, Layout
from kpi.model.field import Roll
from kpi.model.owner import FileAnswers
from kpi.model.source import Title


def plan(file: str, block: Block, found: Found, answers: FileAnswers) -> Plan:
    """Return what a layout makes of the headings of a block."""
    source, names, sheet = found.layout.source, block.headings, block.sheet
    filled = [int(mask[block.first : block.stop].sum()) for mask in block.masks]
    fields, currency = _fields(found.layout, names, filled)
    title = said(found)
    if source.titles and title:
        fields[1] = title.field
    ordered = "ymd" if source.dates == "ymd" else source.dates
    return Plan(
        headings=names,
        fields=tuple(fields) if source.kind else (None,) * len(names),
        kind=source.kind or None,
        manner=Manner(
            order=ordered,
            day_or_month=answers.day_or_month,
            decimal=answers.decimal,
            currency=currency or answers.currency,
            likely=likely(sheet.strips[: len(names)], block.first, block.stop)
            or (None if source.form else "."),  # as platforms write it
            values=source.values,
            year=answers.year,
            stated=years.stated(file),
        ),
        network=(title.network if title else None) or source.network,
        choices=("facebook", "instagram") if source.titles else (),
        currency=currency,
        window=stated.told(answers.period, ordered)
        or stated.above(sheet.rows(block.above, block.top), ordered)
        or (stated.in_name(sheet.member or file) or stated.in_name(file) if source.stated else None),
        source=source.id,
        counts=source.counts,
        absent_zero=source.absent_zero,
        fixed=source.fixed,
        void=_place(names, source.void),
        utm=_place(names, source.utm),
        why=source.aside,
        fill=source.fill,
        added=source.added,
        level=source.level,
        stands=level.told(sheet.rows(block.above, block.top), source.level, ordered)
        if source.level
        else None,
    )


def _place(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    """Return the place of the first heading that is wanted."""
    keys = set(map(key, wanted))
    return next((place for place, name in enumerate(names) if key(name) in keys), None)


def said(found: Found) -> Title | None:
    """Return what the title above a table says, None if the layout has none or does not know it."""
    titles = {key(title): meaning for title, meaning in found.layout.source.titles.items()}
    return titles.get(key(found.title)) if found.title else None


def _fields(
    layout: Layout, names: Sequence[str], filled: Sequence[int]
) -> tuple[list[str | None], str | None]:
    """Return the field of every column and the currency of a heading.

    A field is given once, unless it is the sum of its columns: of twins the first has it, of different
    headings for one text the fuller (a UTM before any other), else the one named first.
    """
    claims: dict[str, list[tuple[float, int, int]]] = {}
    currency = None
    for place, name in enumerate(names):
        _, field, money = layout.meaning(name) if name else (False, None, None)
        if field:
            claims.setdefault(field, []).append((_order(layout, field, name, filled[place]), place, place))
            currency = currency or money
    fields: list[str | None] = [None] * len(names)
    for field, places in claims.items():
        for _, place, _ in places if field in layout.source.added else [min(places)]:
            fields[place] = field
    return fields, currency


def _order(layout: Layout, field: str, name: str, filled: int) -> float:
    known = loader.fields().get(field)
    if known and known.roll is Roll.LABEL:
        return -inf if filled and key(name).startswith("utm_") else -filled
    return layout.ranks.get(key(name), 0)
