"""What to fetch next, the most valuable first: which exports or answers, and which KPIs each opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpi.model.plan import Pick, Step

_ANSWER = ""  # what only the owner can tell stands in no source


@dataclass(frozen=True, slots=True)
class _Want:
    """A KPI, its weight, and the fields that it still lacks."""

    kpi: str
    weight: float
    fields: frozenset[str]


def steps(picks: Iterable[Pick], near: Mapping[str, int]) -> tuple[Step, ...]:
    """Return the fewest steps that give these KPIs what they lack, in the order of what they open.

    Of equal ones an answer comes first, then the nearer source. What no source tells goes into one own
    sheet, at the end.
    """
    wanting = [one for one in picks if one.missing]
    wants = [_Want(one.kpi.id, one.weight, frozenset(lack.field for lack in one.missing)) for one in wanting]
    tellers = {
        lack.field: (_ANSWER,) if lack.field.startswith("owner.") else lack.sources
        for one in wanting
        for lack in one.missing
    }
    found: list[Step] = []
    while wants:
        options = sorted({one for want in wants for field in want.fields for one in tellers[field]})
        if not options:
            rest = tuple(sorted({field for want in wants for field in want.fields}))
            found.append(Step(fields=rest, sources=(), unlocks=tuple(want.kpi for want in wants)))
            break
        best = max(options, key=lambda one: (*_worth(one, wants, tellers), -near.get(one, -1)))
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
        sources=tuple(dict.fromkeys([best, *alike])) if best else (),
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
