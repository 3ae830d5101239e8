"""What to fetch next, the most valuable first: which exports or answers, and which KPIs each opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpi.model.kpi import Kpi
from kpi.model.plan import Pick, Step

_ANSWERS = ".owner"


@dataclass(frozen=True, slots=True)
class _Want:
    """A KPI, its weight, and the fields that it still lacks."""

    kpi: Kpi
    weight: float
    fields: frozenset[str]


def steps(picks: Iterable[Pick], near: Mapping[str, int]) -> tuple[Step, ...]:
    """Return the fewest steps that give these KPIs what they lack, in the order of what they open.

    Of equal ones an answer comes first, then the nearer source, at last an own sheet: what no source tells
    goes into one for each table.
    """
    wanting = [one for one in picks if one.missing]
    wants = [_Want(one.kpi, one.weight, frozenset(lack.field for lack in one.missing)) for one in wanting]
    tellers = {
        lack.field: lack.sources or (f".{lack.field.partition('.')[0]}",)
        for one in wanting
        for lack in one.missing
    }
    far = {_ANSWERS: -1} | dict(near)
    found: list[Step] = []
    while wants:
        options = sorted({one for want in wants for field in want.fields for one in tellers[field]})
        best = max(options, key=lambda one: (*_worth(one, wants, tellers), -far.get(one, len(far))))
        step, wants = _taken(best, wants, tellers)
        found.append(step)
    return tuple(found)


def _taken(
    best: str, wants: Sequence[_Want], tellers: Mapping[str, Sequence[str]]
) -> tuple[Step, list[_Want]]:
    """Return the step that fetches a source, and what is wanted after it."""
    left = [
        _Want(want.kpi, want.weight, frozenset(f for f in want.fields if best not in tellers[f]))
        for want in wants
    ]
    touched = [(now, then) for now, then in zip(wants, left, strict=True) if now.fields != then.fields]
    taken = sorted({field for now, then in touched for field in now.fields - then.fields})
    alike = [one for one in tellers[taken[0]] if all(one in tellers[field] for field in taken)]
    step = Step(
        fields=tuple(taken),
        sources=() if best.startswith(".") else tuple(dict.fromkeys([best, *alike])),
        unlocks=tuple(then.kpi for _, then in touched if not then.fields),
        helps=tuple(then.kpi for _, then in touched if then.fields),
    )
    return step, [want for want in left if want.fields]


def _worth(
    source: str, wants: Sequence[_Want], tellers: Mapping[str, Sequence[str]]
) -> tuple[float, int, float]:
    """Return what a source opens: the weight of the KPIs, their number, and how far it helps others."""
    given = [(want, sum(source in tellers[field] for field in want.fields)) for want in wants]
    opened = [want for want, count in given if count == len(want.fields)]
    helped = sum(want.weight * count / len(want.fields) for want, count in given)
    return round(sum(want.weight for want in opened), 9), len(opened), round(helped, 9)
