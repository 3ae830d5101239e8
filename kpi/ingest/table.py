"""A block of a sheet → a table of canonical columns, every row and column of it accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.catalog import loader
from kpi.ingest import aside, column, level, months, replies, sums, tags, windows, years
from kpi.ingest.aside import Rows
from kpi.ingest.beyond import beyond
from kpi.ingest.blocks import Block
from kpi.ingest.ledger import Ledger, ledger
from kpi.ingest.manner import Read
from kpi.ingest.nested import carried
from kpi.ingest.plan import Plan, fingerprint, shape
from kpi.model.field import Roll
from kpi.model.owner import FileAnswers
from kpi.model.period import Period
from kpi.model.reading import Cancelled, Column, Issue, Question, Table

_ASKED = frozenset({"posts", "account"})
_FEW = 3
_MOST = 1000
_WHEN = frozenset({"date", "day", "starts", "month", "at"})
_WORDED = {"posts": "text", "costs": "item"}
_IDENTITY = frozenset({"id", "url"})


def build(block: Block, plan: Plan, answers: FileAnswers, seed: Table) -> tuple[Table, list[Issue]]:
    """Return the table that a plan makes of a block, and the flaws of its cells."""
    book = ledger(block, plan)
    reads = _reads(block, plan, book.data)
    if repeated := _repeated(block, plan, book, reads):
        used = book.used[~np.isin(book.used, list(repeated))]
        book = replace(book, used=used, aside={**book.aside, **repeated})
        reads = _reads(block, plan, book.data)
    whole = tags.marked(_data(plan, reads, book.data), plan, block, book.data)
    whole = months.windows(whole, plan, block.sheet.strips, book.data)
    whole = replies.answered(whole, plan, block, book.data)
    columns = _columns(plan, reads, np.isin(book.data, book.used))
    if plan.level and plan.stands:
        whole, entry = level.placed(whole, plan.stands, plan.level)
        columns.append(entry)
    data = whole if len(book.used) == len(whole) else whole.filter(pa.array(np.isin(book.data, book.used)))
    issues = [
        replace(issue, row=_shown(issue, book.data), sheet=block.sheet.name)
        for read in reads
        for issue in read.issues
        if plan.kind
    ]
    issues = [block.placed(issue) for issue in (*issues, *_remarks(block, plan, book, data))]
    first, last = span(whole)  # a day whose orders were all cancelled is covered too
    questions = tuple(dict.fromkeys(question for read in reads for question in read.questions))
    network = plan.network or (
        answers.network if plan.kind in _ASKED and "network" not in data.column_names else None
    )
    waiting = plan.kind in _ASKED and network is None and "network" not in data.column_names
    if waiting:
        questions += (Question(key="network", choices=plan.choices or tuple(loader.networks())),)
    if len(book.used) and _undated(plan, data.column_names):
        questions += (Question(key="period"),)
    if plan.kind is None:
        questions = ()
    made = replace(
        seed,
        source=plan.source,
        kind=plan.kind,
        network=network,
        account=answers.account or _only(data, "account"),
        currency=plan.currency or _only(data, "currency") or answers.currency,
        rows_in=len(book.rows),
        rows_used=len(book.used),
        aside=book.told(),
        cancelled=_cancelled(whole, data, book),
        first=first,
        last=last,
        window=_window(plan, whole),
        columns=tuple(columns),
        questions=questions,
        fingerprint=fingerprint(plan.headings),
        counts=plan.counts,
        absent_zero=tuple(name for name in plan.absent_zero if name in plan.fields),
        waiting=waiting or any(question.key == "year" for question in questions),
        turned=bool(block.lines),
        data=data,
    )
    return made, issues


def _reads(block: Block, plan: Plan, used: Rows) -> list[Read]:
    """Return every column, read; a run of rows without gaps is cut out, not copied."""
    whole = len(used) and int(used[-1] - used[0]) + 1 == len(used)
    start, stop = (int(used[0]), int(used[-1]) + 1) if len(used) else (0, 0)
    manner = plan.manner
    if {"posts.at", "posts.url"} <= set(plan.fields):
        addresses = block.sheet.strips[plan.fields.index("posts.url")]
        manner = replace(manner, about=years.made(addresses.take(used)))
    found = []
    for place, heading in enumerate(plan.headings):
        strip = block.sheet.strips[place]
        part = strip.cut(start, stop) if whole else strip.take(used)
        mask, name = block.masks[place][used], plan.fields[place]
        read = windows.spanned(part, mask, heading, name, manner, window=plan.window) or column.read(
            part, mask, heading, name, manner
        )
        carry = name in plan.fill and read.values is not None
        found.append(replace(read, values=carried(read.values)) if carry else read)
    return found


def _repeated(block: Block, plan: Plan, book: Ledger, reads: Sequence[Read]) -> dict[int, str]:
    """Return the rows without day and identity that repeat others, with the reason.

    A date that waits for an answer and an id that lost its digits are still no blank.
    """
    roles, rolls = shape(plan), loader.fields()
    if len(book.data) < _FEW or not (roles.whens or roles.keys):
        return {}
    figures = [
        [
            one
            for at in roles.figures
            if rolls[plan.fields[at] or ""].roll in kinds and (one := reads[at].numeric) is not None
        ]
        for kinds in ({Roll.SUM, Roll.RAW}, {Roll.NONE})
    ]
    blank = np.ones(len(book.data), dtype=bool)
    for at in (*roles.whens, *roles.keys):
        values = reads[at].values
        blank &= False if values is None else values.is_null().to_numpy(zero_copy_only=False)
    labelled = np.zeros(len(blank), dtype=bool)
    for place in np.flatnonzero(blank)[:_MOST]:
        row = int(book.data[place])
        words = [block.sheet.strips[at].cut(row, row + 1).cells()[0] for at in range(len(plan.headings))]
        labelled[place] = any(isinstance(word, str) and aside.titled(word) for word in words)
        given = any(_numbered(words[at]) for at in (*roles.whens, *roles.keys))
        blank[place] = labelled[place] or not given
    found = sums.repeats(figures[0] or figures[1], blank, labelled)
    return {int(book.data[place]): reason for place, reason in found.items()}


def _numbered(cell: object) -> bool:
    """Return whether a cell has digits, whatever they are."""
    return any(map(str.isdigit, str(cell)))


def _shown(issue: Issue, used: Rows) -> int | None:
    return None if issue.row is None else int(used[issue.row]) + 1


def _remarks(block: Block, plan: Plan, book: Ledger, data: pa.Table) -> list[Issue]:
    found = []
    if not len(book.used):
        found.append(Issue(key="no_rows", sheet=block.sheet.name))
    if plan.kind is None and plan.source:
        found.append(Issue(key="no_kpi_data", sheet=block.sheet.name, facts={"source": plan.source}))
    found += [replace(issue, sheet=block.sheet.name) for issue in beyond(plan, data)]
    if twins := _twins(plan, data):
        found.append(Issue(key="same_rows", sheet=block.sheet.name, facts={"n": twins}))
    when = next((name for name in ("at", "date") if name in data.column_names), None)
    asked = when and data[when].null_count == len(data)
    if when and not asked:
        rows = np.flatnonzero(data[when].is_null().to_numpy())
        found += [
            Issue(key="undated_row", sheet=block.sheet.name, row=int(book.used[row]) + 1) for row in rows[:50]
        ]
    return found


def _twins(plan: Plan, data: pa.Table) -> int:
    """Return how many posts or costs without an identity stand again just as they are, words and all."""
    names = [name for name in data.column_names if name != "row"]
    if _WORDED.get(plan.kind or "") not in names or _IDENTITY.intersection(names):
        return 0
    return len(data) - len(data.select(names).group_by(names).aggregate([]))


def _data(plan: Plan, reads: Sequence[Read], used: Rows) -> pa.Table:
    columns = {"row": pa.array(used + 1)}
    for name, read in zip(plan.fields, reads, strict=True):
        if name and read.values is not None:
            short = name.partition(".")[2]
            more = name in plan.added and short in columns
            columns[short] = pc.add(columns[short], read.values) if more else read.values
            if read.offset is not None:
                columns["offset" if short == "at" else f"{short}_offset"] = read.offset
    _whose(columns, plan, reads)
    for name, read in zip(plan.fields, reads, strict=True):
        if name and read.until is not None:
            columns.pop(name.partition(".")[2])
            columns |= {"starts": read.values, "ends": read.until}
    for name, word in (plan.fixed or {}).items():
        columns.setdefault(name.partition(".")[2], pa.array([word] * len(used), pa.string()))
    if _undated(plan, columns) and plan.window:
        columns["starts"] = pa.array([plan.window.first] * len(used), pa.date32())
        columns["ends"] = pa.array([plan.window.last] * len(used), pa.date32())
    return pa.table(columns)


def _whose(columns: dict[str, pa.Array], plan: Plan, reads: Sequence[Read]) -> None:
    """Add whose money every row is; an amount that is of another currency than its row is unknown."""
    for name, read in zip(plan.fields, reads, strict=True):
        if name and read.currency is not None:
            told = columns.get("currency", read.currency)
            other = pc.not_equal(told, read.currency).fill_null(fill_value=False)
            values = columns[name.partition(".")[2]]
            columns[name.partition(".")[2]] = pc.if_else(other, pa.scalar(None, pa.float64()), values)
            columns["currency"] = pc.coalesce(told, read.currency)


def _cancelled(whole: pa.Table, used: pa.Table, book: Ledger) -> tuple[Cancelled, ...]:
    """Return the orders of which every line was set aside and one as cancelled."""
    if len(whole) == len(used) or not {"id", "at"} <= set(whole.column_names):
        return ()
    counts = set(used["id"].to_pylist())
    numbers, times = whole["id"].to_pylist(), whole["at"].to_pylist()
    found = {
        (number, day)
        for row, number, at in zip(book.data.tolist(), numbers, times, strict=True)
        if book.aside.get(row) == "cancelled" and number and number not in counts and (day := _as_day(at))
    }
    return tuple(Cancelled(id=number, day=day) for number, day in sorted(found))


def _undated(plan: Plan, columns: Iterable[str]) -> bool:
    """Return whether rows of a table that may be of a window do not say when they are of."""
    return f"{plan.kind}.starts" in loader.fields() and not _WHEN.intersection(columns)


def _columns(
    plan: Plan, reads: Sequence[Read], used: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> list[Column]:
    return [
        Column(
            heading=heading,
            field=name,
            filled=read.filled,
            total=read.total,
            assumed=read.assumed,
            extra=() if plan.known or name else read.few(used),
        )
        for heading, name, read in zip(plan.headings, plan.fields, reads, strict=True)
    ]


def span(data: pa.Table) -> tuple[date | None, date | None]:
    """Return the first and last day of the rows; of windows the earliest start and the latest end."""
    names = set(data.column_names)
    pairs = (("at", "at"), ("day", "day"), ("date", "date"), ("starts", "ends"), ("month", "month"))
    for first, last in pairs:
        if first in names and last in names:
            low, high = pc.min(data[first]).as_py(), pc.max(data[last]).as_py()
            return _as_day(low), _as_day(high)
    return None, None


def _as_day(moment: date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _window(plan: Plan, data: pa.Table) -> Period | None:
    if {"starts", "ends"} <= set(data.column_names):
        starts, ends = pc.unique(data["starts"]).to_pylist(), pc.unique(data["ends"]).to_pylist()
        if len(starts) == len(ends) == 1 and starts[0] and ends[0] and starts[0] <= ends[0]:
            return Period(starts[0], ends[0])
    first, last = span(data)
    if plan.window and (first is None or last is None or plan.window.covers(Period(first, last))):
        return plan.window
    return None


def _only(data: pa.Table, name: str) -> str | None:
    """Return the one value of a label column, None where there are several or none."""
    if name not in data.column_names:
        return None
    values = [value for value in pc.unique(data[name]).to_pylist() if value]
    return values[0] if len(values) == 1 else None
