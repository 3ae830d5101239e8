"""How much of a KPI's change each network, account, format and campaign made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.facts.frame import Frame
from kpi.insight.mix import Cells, cells
from kpi.metrics.cube import Matrix
from kpi.metrics.formula import Vector, evaluate
from kpi.metrics.numbers import Numbers
from kpi.metrics.pairs import filled
from kpi.metrics.trace import complete_rows, rows_in_view
from kpi.model.driver import Drill, Segment
from kpi.model.formula import names
from kpi.model.view import View

_SAME = 1e-9
_MOST_REST = 0.5  # of a change, beyond which segments tell too little of it

Word = tuple[str, str]
"""The network of an account, else an empty word, and the segment's own name."""
Parts = Mapping[Word, Mapping[str, Vector]]
"""By segment the totals of names before and now; a name that nobody tells of a segment is nought there."""


def drills(
    numbers: Numbers,
    formula: str,
    networks: frozenset[str] | None,
    slopes: Mapping[str, float],
) -> tuple[Drill, ...]:
    """Return the segments of each kind that there are two or more of.

    `numbers` are those of the period and of the one before; `slopes` say by how much the KPI moves with each
    name of the formula. The effects of a kind add up to the change but for what belongs to no segment, such
    as an answer of the owner's or costs; a kind to which most of the change does not belong is left out.
    """
    totals = {name: numbers.total(formula, name, networks)[::-1] for name in names(formula)}
    change = sum(_effect(slopes, totals, set(totals)))
    found = []
    for kind, parts in _kinds(numbers, formula, networks):
        split = {name for name in totals if _adds_up(name, parts, totals[name])}
        if len(parts) < 2 or not split or not change:  # noqa: PLR2004 - one segment is the whole
            continue
        made = []
        for word, told in parts.items():
            effect = sum(_effect(slopes, told, split))
            before, now = _values(formula, told) if split == set(totals) else (None, None)
            made.append(
                Segment(
                    network=word[0],
                    name=word[1],
                    before=before,
                    now=now,
                    share=effect / change,
                    effect=effect,
                )
            )
        rest = 1 - sum(one.share for one in made)
        if abs(rest) <= _MOST_REST:
            ordered = sorted(made, key=lambda one: (-abs(one.effect), one.name))
            found.append(Drill(kind=kind, segments=tuple(ordered), rest=rest))
    return tuple(found)


def _effect(slopes: Mapping[str, float], told: Mapping[str, Vector], split: set[str]) -> Iterator[float]:
    return (slopes.get(name, 0.0) * float(told[name][1] - told[name][0]) for name in split)


def _values(formula: str, told: Mapping[str, Vector]) -> tuple[float | None, float | None]:
    """Return the KPI of a segment before and now, None where it cannot be told."""
    before, now = evaluate(formula, lambda name: told[name])
    return (None if np.isnan(before) else float(before)), (None if np.isnan(now) else float(now))


def _adds_up(name: str, parts: Parts, total: Vector) -> bool:
    """Return whether the segments tell all of a name: people overlap, and costs have no network."""
    found = sum((told[name] for told in parts.values() if name in told), np.zeros(2))
    return all(name in told for told in parts.values()) and np.allclose(found, total, rtol=_SAME, atol=0)


def _kinds(numbers: Numbers, formula: str, networks: frozenset[str] | None) -> Iterator[tuple[str, Parts]]:
    tables = {name.partition(".")[0] for name in names(formula)}
    segments = {
        s[:2]
        for table in tables
        for s in numbers.cube.segments(table)
        if numbers.view.shows(s[0], s[1]) and (networks is None or s[0] in networks)
    }
    everyone = sorted({network for network, _ in segments})
    yield "network", _there({("", network): _of(numbers, formula, network) for network in everyone})
    if len(segments) > len(everyone) and all(account for _, account in segments):
        yield (
            "account",
            _there({word: _of(_seen(numbers, word), formula, word[0]) for word in sorted(segments)}),
        )
    for table in sorted(tables & {"posts", "link_posts"}):
        if (found := cells(numbers, formula, table, networks)) is not None:
            yield "format", _formats(found.by(1))
    if "ads" in tables:
        yield "campaign", _campaigns(numbers, formula, networks)


def _seen(numbers: Numbers, account: Word) -> Numbers:
    """Return the same periods of one account, given by its network and name."""
    return Numbers(numbers.cube, numbers.periods, View(network=account[0], account=account[1]))


def _formats(found: Cells) -> Parts:
    return {
        key: {name: by_format[i] for name, by_format in found.totals.items()}
        for i, key in enumerate(found.keys)
    }


def _of(numbers: Numbers, formula: str, network: str) -> Mapping[str, Vector]:
    """Return the totals of a network; nought of what it does not tell."""
    told = {name: numbers.total(formula, name, frozenset({network}))[::-1] for name in names(formula)}
    return {name: np.nan_to_num(total) for name, total in told.items()}


def _there(parts: Parts) -> Parts:
    """Return the segments that have any figure."""
    return {word: told for word, told in parts.items() if any(total.any() for total in told.values())}


def _campaigns(numbers: Numbers, formula: str, networks: frozenset[str] | None) -> Parts:
    """Return the totals of ads by campaign; a row that names none is of the campaign without a name."""
    taken = [name for name in names(formula) if name.startswith("ads.") and name.count(".") == 1]
    facts = numbers.cube.facts
    found: dict[Word, dict[str, Vector]] = {}
    for frame in (*filter(None, [facts.daily.get("ads")]), *facts.windows.get("ads", ())):
        words, codes = _words(frame)
        for at, period in enumerate(reversed(numbers.periods)):
            rows = rows_in_view(frame, numbers, networks, period)
            for name in taken:
                column = name.partition(".")[2]
                whole = complete_rows(frame, rows, filled(formula, "ads"), column)
                if len(whole):
                    sums = np.bincount(codes[whole], frame.values[column][whole], len(words))
                    for code in np.unique(codes[whole]):
                        told = found.setdefault(("", words[code]), {n: np.zeros(2) for n in taken})
                        told[name][at] += sums[code]
    return found


def _words(frame: Frame) -> tuple[Sequence[str], Matrix]:
    """Return the names of campaigns and the code of each row's."""
    text = (frame.texts or {}).get("campaign", pa.array([""] * len(frame)))
    coded = pc.fill_null(text.cast(pa.string()), "").dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False)
