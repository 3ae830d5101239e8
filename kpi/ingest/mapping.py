"""An own spreadsheet → a proposal for every column, or the table as the owner has mapped it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from kpi.catalog import loader
from kpi.ingest import cells, column, stated, table, years
from kpi.ingest.aside import Shape, label
from kpi.ingest.blocks import Block
from kpi.ingest.dates import day_month
from kpi.ingest.heading import key
from kpi.ingest.ledger import ledger
from kpi.ingest.manner import Manner
from kpi.ingest.moment import moment
from kpi.ingest.plan import Plan, fingerprint
from kpi.ingest.propose import Guess, Sight, proposal
from kpi.ingest.strip import Cell, Mask, Strip
from kpi.model.owner import FileAnswers
from kpi.model.reading import Column, Issue, Table

_SAMPLE = 200
_SHOWN = 5
_PAIR = 2
_LONGEST = 120
_MOST = 0.8
_DATED = re.compile(
    r"\b(?:date|day|month|week|дата|день|месяц|число|неделя|datum|data|fecha|period|период)\b"
)
_WORDS = {
    "orders.status": "status",
    "orders.operation": "operation",
    "orders.new": "new",
    "leads.fits": "answer",
    "leads.bought": "answer",
    "audience.target": "answer",
    "mentions.mood": "mood",
    "ads.aim": "aim",
}
_SERIALS = (20_000, 60_000)


def build(block: Block, answers: FileAnswers, seed: Table) -> tuple[Table, list[Issue]]:
    """Return the table with proposals, or read as the owner mapped it; and its flaws."""
    names = block.headings
    mark = fingerprint((*names, seed.digest) if block.bare else names)  # letters know nobody
    said = answers.mappings.get(mark, answers.mapping)
    answered = {key(heading): field for heading, field in said.items()}
    fields = [name if (name := answered.get(key(heading))) in loader.fields() else None for heading in names]
    first: dict[str, int] = {}
    fields = [
        field if field and first.setdefault(field, at) == at else None for at, field in enumerate(fields)
    ]
    wanted = Counter(field.partition(".")[0] for field in fields if field in loader.fields())
    if wanted:
        kind = wanted.most_common(1)[0][0]
        mine = tuple(field if field and field.startswith(f"{kind}.") else None for field in fields)
        plan = Plan(
            headings=names,
            fields=mine,
            kind=kind,
            manner=_manner(block, answers, seed.file),
            known=False,
            network=block.network,
        )
        made, issues = table.build(block, plan, answers, seed)
        made = replace(made, columns=_looked(made.columns, block, _sights(block)), fingerprint=mark)
        others = [name for name, field, kept in zip(names, fields, mine, strict=True) if field and not kept]
        return made, [
            Issue(key="other_table", sheet=block.sheet.name, heading=name) for name in others
        ] + issues
    return _proposed(block, answers, replace(seed, fingerprint=mark)), []


def _manner(block: Block, answers: FileAnswers, file: str) -> Manner:
    sure = column.likely(block.sheet.strips[: len(block.headings)], block.first, block.stop)
    states = {field: loader.states()[words] for field, words in _WORDS.items()}
    return Manner(
        day_or_month=answers.day_or_month,
        decimal=answers.decimal,
        likely=sure,
        currency=answers.currency,
        keep_texts=answers.keep_texts,
        values=states,
        year=answers.year,
        stated=years.stated(file),
    )


def _proposed(block: Block, answers: FileAnswers, seed: Table) -> Table:
    """Return a table that waits: every column with samples and a guess, rows accounted for."""
    names, sheet, masks = block.headings, block.sheet, block.masks
    sights = _sights(block)
    plan = Plan(headings=names, fields=(None,) * len(names), kind=None, manner=Manner(), known=False)
    book = ledger(block, plan, _roles(sights))
    used = book.used
    manner = _manner(block, answers, seed.file)
    columns = []
    for at, (name, sight) in enumerate(zip(names, sights, strict=True)):
        read = column.read(sheet.strips[at].take(used), masks[at][used], name, None, manner)
        total = None if sight.kind == "date" else read.total
        columns.append(Column(heading=name, filled=read.filled, total=total))
    return replace(
        seed,
        network=block.network,
        turned=bool(block.lines),
        rows_in=len(book.rows),
        rows_used=len(used),
        aside=book.told(),
        columns=_looked(columns, block, sights),
    )


def _sights(block: Block) -> list[Sight]:
    first, stop = block.first, block.stop
    return [
        _sight(name, block.sheet.strips[at].cut(first, stop), block.masks[at][first:stop])
        for at, name in enumerate(block.headings)
    ]


def _looked(columns: Sequence[Column], block: Block, sights: Sequence[Sight]) -> tuple[Column, ...]:
    """Return the columns with what is seen in them and the field proposed for it."""
    found = []
    guesses = proposal(sights)
    for at, (one, sight, guess) in enumerate(zip(columns, sights, guesses, strict=True)):
        seen = replace(one, samples=sight.samples)
        if guess and not (label(one.heading) == "total_row" and _sums_up(block, at, sights, guesses)):
            seen = replace(seen, guess=guess.field, certainty=guess.certainty, reason=guess.reason)
        found.append(seen)
    return tuple(found)


def _sums_up(block: Block, at: int, sights: Sequence[Sight], guesses: Sequence[Guess | None]) -> bool:
    """Return whether a column is the sum of others that are figures of networks or fields themselves."""
    others = [
        place
        for place, sight in enumerate(sights)
        if place != at
        and sight.kind == "number"
        and (guesses[place] or key(sight.heading) in column.network_words())
    ]
    if len(others) < _PAIR:
        return False
    rows = np.arange(block.first, min(block.stop, block.first + _SAMPLE))
    mine, *parts = (cells.numbers(block.sheet.strips[one].take(rows), None).values for one in (at, *others))
    total = np.nansum(np.array(parts), axis=0)
    known = np.isfinite(mine)
    return bool(known.any() and np.allclose(mine[known], total[known], atol=0.01 * len(parts)))


def _roles(sights: Sequence[Sight]) -> Shape:
    places: Mapping[str, list[int]] = {
        kind: [at for at, sight in enumerate(sights) if sight.kind == kind] for kind in ("number", "date")
    }
    return Shape(figures=places["number"], whens=places["date"], keys=(), known=False)


def _sight(name: str, strip: Strip, mask: Mask) -> Sight:
    """Return what a column shows in its first two hundred filled cells."""
    some = [cell for cell in strip.take(np.flatnonzero(mask)[:_SAMPLE]).cells() if not label(str(cell))]
    if not some:
        return Sight(heading=name, kind="empty")
    written = [cell if isinstance(cell, str) else cells.plain(cell) for cell in some]
    shown = tuple(dict.fromkeys(text.strip()[:_LONGEST] for text in written))[:_SHOWN]
    return Sight(
        heading=name, kind=_kind(name, some), samples=shown, distinct=len(set(written)) == len(written)
    )


def _kind(name: str, seen: Sequence[Cell]) -> str:
    """Return what most cells are; a dash in a column of anything is a blank."""
    some = [cell for cell in seen if str(cell).strip(" -–—")] or seen
    dated = bool(_DATED.search(key(name)))
    texts = [cell for cell in some if isinstance(cell, str)]
    order = day_month(texts, None, None)[0] or "dmy"
    days = sum(_is_day(cell, order, dated=dated) for cell in some)
    if days >= _MOST * len(some):
        return "date"
    numbers = sum(
        isinstance(cell, float) or (isinstance(cell, str) and cells.is_number(cell)) for cell in some
    )
    return "number" if numbers >= _MOST * len(some) else "text"


def _is_day(cell: Cell, order: str, *, dated: bool) -> bool:
    if isinstance(cell, str):
        if years.bare(cell) or stated.span(cell, order) is not None:  # a week or a month, first to last day
            return True
        return moment(cell, order) is not None and (dated or not cells.is_number(cell))
    if isinstance(cell, float):
        return dated and (_SERIALS[0] <= cell <= _SERIALS[1] or moment(cells.plain(cell), None) is not None)
    return True
