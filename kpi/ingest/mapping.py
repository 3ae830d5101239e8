"""An own spreadsheet → a proposal which column is which field, or the table once the owner has confirmed it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from kpi.catalog import loader
from kpi.ingest import cells, column, table
from kpi.ingest.aside import Shape
from kpi.ingest.blocks import Block
from kpi.ingest.column import Manner
from kpi.ingest.dates import day_month, moment
from kpi.ingest.heading import key
from kpi.ingest.propose import Sight, proposal
from kpi.ingest.sheets import Sheet
from kpi.ingest.strip import Mask, Strip
from kpi.ingest.table import Ledger, Plan
from kpi.model.owner import FileAnswers
from kpi.model.reading import Aside, Column, Issue, Table

_SAMPLE = 200
_SHOWN = 5
_LONGEST = 120
_MOST = 0.8
_DATED = re.compile(r"\b(?:date|day|month|week|дата|день|месяц|число|неделя|datum|data|fecha|period|период)\b")
_SERIALS = (20_000, 60_000)


def build(
    sheet: Sheet, masks: Sequence[Mask], block: Block, names: tuple[str, ...], answers: FileAnswers, seed: Table
) -> tuple[Table, list[Issue]]:
    """Return the table with proposals, or read as the owner mapped it; and its flaws."""
    answered = {key(heading): field for heading, field in answers.mapping.items()}
    fields = [answered.get(key(name)) if name else None for name in names]
    first: dict[str, int] = {}
    fields = [field if field and first.setdefault(field, at) == at else None for at, field in enumerate(fields)]
    wanted = Counter(field.partition(".")[0] for field in fields if field in loader.fields())
    if wanted:
        return _mapped(sheet, masks, block, names, fields, wanted.most_common(1)[0][0], answers, seed)
    return _proposed(sheet, masks, block, names, answers, seed), []


def _mapped(
    sheet: Sheet,
    masks: Sequence[Mask],
    block: Block,
    names: tuple[str, ...],
    fields: Sequence[str | None],
    kind: str,
    answers: FileAnswers,
    seed: Table,
) -> tuple[Table, list[Issue]]:
    mine = tuple(field if field and field.startswith(f"{kind}.") and field in loader.fields() else None for field in fields)
    others = [Issue(key="other_table", sheet=sheet.name, heading=name) for name, field, kept in zip(names, fields, mine, strict=True) if field and not kept]
    manner = Manner(
        day_or_month=answers.day_or_month, decimal=answers.decimal, likely=_likely(sheet.strips[: len(names)], block)
    )
    plan = Plan(headings=names, fields=mine, kind=kind, manner=manner, known=False)
    made, issues = table.build(sheet, masks, block, plan, answers, seed)
    return made, others + issues


def _proposed(
    sheet: Sheet, masks: Sequence[Mask], block: Block, names: tuple[str, ...], answers: FileAnswers, seed: Table
) -> Table:
    """Return a table that waits: every column with samples and a guess, rows accounted for."""
    sights = [
        _sight(name, sheet.strips[at].cut(block.header + 1, block.stop), masks[at][block.header + 1 : block.stop])
        for at, name in enumerate(names)
    ]
    plan = Plan(headings=names, fields=(None,) * len(names), kind=None, manner=Manner(), known=False)
    book = table.ledger(sheet, masks, block, plan, _roles(sights))
    used = book.used
    manner = Manner(decimal=answers.decimal, likely=_likely(sheet.strips[: len(names)], block))
    guesses = proposal(sights)
    columns = []
    for at, (name, sight, guess) in enumerate(zip(names, sights, guesses, strict=True)):
        read = column.read(sheet.strips[at].take(used), masks[at][used], name, None, manner)
        columns.append(
            Column(
                heading=name,
                filled=read.filled,
                total=None if sight.kind == "date" else read.total,
                samples=sight.samples,
                guess=guess.field if guess else None,
                certainty=guess.certainty if guess else 0.0,
            )
        )
    return replace(
        seed,
        rows_in=len(book.rows),
        rows_used=len(used),
        aside=_aside(book),
        columns=tuple(columns),
        fingerprint=table.fingerprint(names),
    )


def _aside(book: Ledger) -> tuple[Aside, ...]:
    return tuple(Aside(row=row + 1, reason=reason) for row, reason in sorted(book.aside.items()))


def _roles(sights: Sequence[Sight]) -> Shape:
    places: Mapping[str, list[int]] = {
        kind: [at for at, sight in enumerate(sights) if sight.kind == kind] for kind in ("number", "date")
    }
    return Shape(figures=places["number"], whens=places["date"], keys=(), known=False)


def _sight(name: str, strip: Strip, mask: Mask) -> Sight:
    """Return what a column shows in its first two hundred filled cells."""
    some = strip.take(np.flatnonzero(mask)[:_SAMPLE]).cells()
    if not some:
        return Sight(heading=name, kind="empty")
    written = [cell if isinstance(cell, str) else cells.plain(cell) for cell in some]
    shown = tuple(dict.fromkeys(text.strip()[:_LONGEST] for text in written))[:_SHOWN]
    return Sight(heading=name, kind=_kind(name, some), samples=shown, distinct=len(set(written)) == len(written))


def _kind(name: str, some: Sequence[Any]) -> str:
    dated = bool(_DATED.search(key(name)))
    texts = [cell for cell in some if isinstance(cell, str)]
    order = day_month(texts, None, None)[0] or "dmy"
    days = sum(_is_day(cell, order, dated=dated) for cell in some)
    if days >= _MOST * len(some):
        return "date"
    numbers = sum(isinstance(cell, float) or (isinstance(cell, str) and _is_number(cell)) for cell in some)
    return "number" if numbers >= _MOST * len(some) else "text"


def _is_number(cell: str) -> bool:
    return cells.number(cell, ".") is not None or cells.number(cell, ",") is not None


def _is_day(cell: Any, order: str, *, dated: bool) -> bool:
    if isinstance(cell, str):
        return moment(cell, order) is not None and (dated or not _is_number(cell))
    if isinstance(cell, float):
        return dated and (_SERIALS[0] <= cell <= _SERIALS[1] or moment(cells.plain(cell), None) is not None)
    return True


def _likely(strips: Sequence[Strip], block: Block) -> str | None:
    """Return the decimal sign that those columns prove which leave no doubt, None if they disagree."""
    signs = set()
    for strip in strips:
        if strip.text is None:
            continue
        words = strip.text.slice(block.header + 1, block.stop - block.header - 1).drop_null().unique()
        figures = [word for word in words.slice(0, _SAMPLE).to_pylist() if word and _is_number(word) and moment(word, "dmy") is None]
        if any("." in word or "," in word for word in figures):
            sign, unsure = cells.decimal_sign(pa.array(figures))
            signs |= set() if unsure else {sign}
    return signs.pop() if len(signs) == 1 else None
