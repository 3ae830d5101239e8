"""Makes rows of one key one row: each figure as the newest file tells it, and what it revised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from kpi.facts.frame import Floats, Frame, Ints, Labels
from kpi.model.reading import Issue, Table

_DUST = 1e-9  # of a figure: what two ways of writing the same number may differ by


@dataclass(frozen=True, slots=True)
class Pair:
    """What two tables tell of the same rows in one field: the older and the newer figures, by row.

    `older` and `newer` are the places of the tables among all tables.
    """

    field: str
    before: Floats
    after: Floats
    older: Ints
    newer: Ints


def newest(frame: Frame, codes: Ints, tables: Sequence[Table]) -> tuple[Frame, list[Issue]]:
    """Return one row a code, in the order of their last rows, and what files tell differently.

    Rows stand oldest file first. Every figure, label and text is the last one known: a blank of a newer
    file never takes away what an older one tells. A row with the code -1 stands for itself.
    """
    alone = np.flatnonzero(codes < 0)
    last = np.full(codes.max(initial=-1) + 1, -1)
    keyed = np.flatnonzero(codes >= 0)
    last[codes[keyed]] = keyed
    kept = np.sort(np.concatenate([alone, last[last >= 0]]))
    if len(kept) == len(frame):
        return frame, []
    groups = codes.copy()
    groups[alone] = len(last) + np.arange(len(alone))
    found = frame.take(kept)
    values: dict[str, Floats] = {}
    origin: dict[str, Ints] = {}
    pairs: list[Pair] = []
    for name, given in frame.values.items():
        known = np.flatnonzero(~np.isnan(given))
        told = _last(groups, known, kept)
        where = np.maximum(told, 0)
        values[name] = np.where(told >= 0, given[where], np.nan)
        origin[name] = np.where(told >= 0, frame.origin[name][where], frame.origin[name][kept])
        place = np.full(len(last) + len(alone), -1)
        place[groups[kept]] = told
        older = known[place[groups[known]] != known]
        if len(older):
            newer, source = place[groups[older]], frame.origin[name]
            pairs.append(Pair(name, given[older], given[newer], source[older], source[newer]))
    merged = Frame(
        frame.table,
        found.day,
        found.until,
        {name: _label(label, groups, kept) for name, label in frame.labels.items()},
        values,
        origin or {name: where.take(kept) for name, where in frame.origin.items()},
        found.row,
        frame.spread,
        {name: _text(text, groups, kept) for name, text in (frame.texts or {}).items()},
    )
    return merged, told_differently(frame.table, pairs, tables)


def told_differently(kind: str, pairs: Sequence[Pair], tables: Sequence[Table]) -> list[Issue]:
    """Return the issues: what newer files revised, and what one file tells twice.

    A change is that of the sum over the rows that both files tell, in percent. What is worked out from
    columns is not listed beside them.
    """
    sums: dict[tuple[int, int, str], list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    twice: dict[int, int] = {}
    for pair in pairs:
        if not any(
            c.field == f"{kind}.{pair.field}" for i in np.unique(pair.newer) for c in tables[i].columns
        ):
            continue
        differs = np.abs(pair.after - pair.before) > _DUST * np.maximum(
            np.abs(pair.after), np.abs(pair.before)
        )
        both = pair.older * len(tables) + pair.newer
        for code in np.unique(both):
            rows = both == code
            older, newer = int(code) // len(tables), int(code) % len(tables)
            if older == newer:
                twice[older] = max(twice.get(older, 0), int(rows.sum()))
            elif (differs & rows).any():
                one = sums[older, newer, pair.field]
                one[0] += int((differs & rows).sum())
                one[1] += float(pair.before[rows].sum())
                one[2] += float(pair.after[rows].sum())
    issues = [
        _revised(f"{kind}.{field}", tables[older].file, tables[newer].file, one)
        for (older, newer, field), one in sorted(sums.items())
    ]
    return issues + [
        Issue(
            key="told_twice",
            sheet=tables[index].sheet,
            facts={"file": tables[index].file, "n": count, "days": kind == "account"},
        )
        for index, count in sorted(twice.items())
    ]


def _revised(field: str, file: str, kept: str, sums: Sequence[float]) -> Issue:
    """Return the issue of a changed figure: `sums` are how many rows, the sum before, the sum now."""
    count, before, after = sums
    change = 100 * (after - before) / abs(before) if before else None
    kind = field.partition(".")[0]
    facts = {"file": file, "kept": kept, "field": field, "n": int(count), "change": change}
    size = {
        "more": change is not None and change > 0,
        "percent": None if change is None else round(abs(change), 1),
    }
    rows = {"days": kind == "account", "posts": kind == "posts", "rows": kind not in {"account", "posts"}}
    return Issue(key="revised", facts=facts | size | rows)


def _last(groups: Ints, known: Ints, kept: Ints) -> Ints:
    """Return for each kept row the last known row of its group, -1 where none is known."""
    told = np.full(groups.max(initial=-1) + 1, -1)
    told[groups[known]] = known
    return np.asarray(told[groups[kept]], np.int64)


def _label(label: Labels, groups: Ints, kept: Ints) -> Labels:
    """Return of each kept row's group the last word that is not empty."""
    if "" not in label.names:
        return label.take(kept)
    told = _last(groups, np.flatnonzero(label.codes != label.names.index("")), kept)
    return label.take(np.where(told >= 0, told, kept))


def _text(text: pa.Array, groups: Ints, kept: Ints) -> pa.Array:
    """Return of each kept row's group the last text that is there."""
    told = _last(groups, np.flatnonzero(np.asarray(text.is_valid())), kept)
    return text.take(pa.array(np.where(told >= 0, told, kept)))
