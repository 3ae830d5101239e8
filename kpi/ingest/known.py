"""A recognised block → the plan of its table: which column is which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi.catalog import loader
from kpi.ingest import level, stated, years
from kpi.ingest.blocks import Block
from kpi.ingest.column import likely
from kpi.ingest.heading import key
from kpi.ingest.manner import Manner
from kpi.ingest.plan import Plan
from kpi.ingest.recognise import Found, Layout
from kpi.model.field import NUMERIC, Roll
from kpi.model.owner import FileAnswers
from kpi.model.source import Source, Title

_NEARLY = 0.8
_FIGURES = frozenset({"account", "ads", "web"})  # tables whose rows are nothing without a figure
_UNRANKED = 1000  # a heading that only a pattern knows


def plan(file: str, block: Block, found: Found, answers: FileAnswers) -> Plan:
    """Return what a layout makes of the headings of a block."""
    source, names, sheet = found.layout.source, block.headings, block.sheet
    filled = [int(mask[block.first : block.stop].sum()) for mask in block.masks]
    fields, currency = _fields(found.layout, names, filled)
    title = said(found)
    if source.titles and title:
        fields[_titled(found.layout, names, fields)] = title.field
    ordered = "ymd" if source.dates == "ymd" else source.dates
    return Plan(
        headings=names,
        fields=tuple(fields) if source.kind else (None,) * len(names),
        kind=source.kind if source.kind and _tells(source, fields) else None,
        manner=Manner(
            order=ordered,
            day_or_month=answers.day_or_month,
            decimal=answers.decimal,
            currency=currency or answers.currency,
            likely=likely(sheet.strips[: len(names)], block.first, block.stop)
            or (None if source.form else "."),  # as platforms write it
            keep_texts=answers.keep_texts,
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


def _tells(source: Source, fields: Sequence[str | None]) -> bool:
    """Return whether one of the fields is a figure; a table without any holds nothing of ours.

    A post, a lead, an order counts by itself; what long and titled tables tell stands in their rows or
    above them.
    """
    if source.kind not in _FIGURES or source.long or source.titles:
        return True
    if source.by and not set(source.by).intersection(fields):
        return False
    rolls = [loader.fields()[name].roll for name in fields if name in loader.fields()]
    return any(roll in NUMERIC for roll in rolls)


def _titled(layout: Layout, names: Sequence[str], fields: Sequence[str | None]) -> int:
    """Return the place of the figures that a title speaks of: under a word of the layout, not the days."""
    free = [place for place, field in enumerate(fields) if field is None]
    told = (
        place for place in free if layout.meaning(names[place]).mark or key(names[place]) in layout.titles
    )
    return next(told, free[0] if free else -1)


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
    headings the one named first in the layout, of labels only if it is filled nearly as well as the
    others (a UTM before any other). Several headings of one pattern with a gap for words (goals by
    name) are different figures: none of them has it.
    """
    claims: dict[str, dict[str, int]] = {}
    currency = None
    for place, name in enumerate(names):
        _, field, money, _ = layout.meaning(name) if name else (False, None, None, False)
        if field:
            claims.setdefault(field, {}).setdefault(key(name), place)
            currency = currency or money
    fields: list[str | None] = [None] * len(names)
    for field, places in claims.items():
        chosen = _chosen(layout, field, places, filled)
        for at in places.values() if field in layout.source.added else [chosen]:
            if at is not None:
                fields[at] = field
    return fields, currency


def _chosen(layout: Layout, field: str, places: Mapping[str, int], filled: Sequence[int]) -> int | None:
    """Return the place of the heading, among those that may carry a field, that does."""
    known = loader.fields().get(field)
    enough = 0.0
    if known and known.roll is Roll.LABEL:
        enough = _NEARLY * max(filled[place] for place in places.values())
    ranked = sorted(
        (not (name.startswith("utm ") and filled[place]), layout.ranks.get(name, _UNRANKED), place, name)
        for name, place in places.items()
        if filled[place] >= enough or name.startswith("utm ")
    )
    _, rank, place, name = ranked[0]
    many = rank == _UNRANKED and len(ranked) > 1 and layout.meaning(name).currency is None
    return None if many else place
