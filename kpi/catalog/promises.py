"""What the file of a KPI promises, and whether the rest of the catalogue keeps it: a check each."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

from kpi.catalog.whole import Catalogue
from kpi.errors import FormulaError
from kpi.model.field import TOTALS
from kpi.model.formula import field_and_roll, name, names, parse
from kpi.model.kpi import WINDOWS, Better, Kpi, Variant

_EXAMPLES = 3
_ROUNDING = 1e-9


def formulas(catalogue: Catalogue) -> Iterator[str]:
    """A formula is plain arithmetic over known fields.

    Flows stand bare or with `.median`, levels with `.start`, `.end` or `.mean`, unique people bare or
    with `.daily_mean` or `.person_days`; parts of a row (keys, dates, labels, raw figures) never.
    """
    for where, _, variant in _variants(catalogue):
        try:
            parse(variant.formula)
        except FormulaError as why:
            yield f"{where}: write the formula with names, numbers, + - * / and brackets only ({why})"
        for taken in _names(variant.formula):
            if wrong := _misnamed(taken, catalogue):
                yield f"{where}: {wrong}"


def people(catalogue: Catalogue) -> Iterator[str]:
    """A value in people is never made of a flow of reaches: one person is in many of them."""
    for where, kpi, variant in _variants(catalogue):
        if (variant.unit or kpi.unit) != "people":
            continue
        for taken in _names(variant.formula):
            field = catalogue.fields.get(field_and_roll(taken)[0])
            if field and field.unit == "reaches":
                yield f"{where}: give the unit 'reaches', for {taken} counts a person once a post"


def person_days(catalogue: Catalogue) -> Iterator[str]:
    """A sum of daily unique people cancels out in a ratio and means nothing alone."""
    for where, _, variant in _variants(catalogue):
        if not _names(variant.formula):
            continue
        for taken in _outside_ratios(parse(variant.formula)):
            if taken.endswith(".person_days"):
                yield f"{where}: divide by or into {taken}; outside of a ratio take .daily_mean"


def limits(catalogue: Catalogue) -> Iterator[str]:
    """A break-even value is a number or plain arithmetic over known fields; a range has two ends and none."""
    for id_, kpi in catalogue.kpis.items():
        for limit in kpi.limits:
            try:
                parse(limit)
            except FormulaError as why:
                yield f"kpis/{id_}, limits: write names, numbers, + - * / and brackets only ({why})"
            for taken in _names(limit):
                if wrong := _misnamed(taken, catalogue):
                    yield f"kpis/{id_}, limits: {wrong}"
        if kpi.limits and Better.RANGE in {kpi.better, *(variant.better for variant in kpi.variants)}:
            yield f"kpis/{id_}: take the limits out, for the owner sets both ends of a range"


def windows(catalogue: Catalogue) -> Iterator[str]:
    """A KPI of a longer period than the chosen one names a length that is known, and looks back."""
    for id_, kpi in catalogue.kpis.items():
        if kpi.window and kpi.window not in WINDOWS:
            yield f"kpis/{id_}: give the window as one of {', '.join(WINDOWS)}"
        elif kpi.window and kpi.leading:
            yield f"kpis/{id_}: say leading = false, for a window of {kpi.window} tells of the past"


def weights(catalogue: Catalogue) -> Iterator[str]:
    """Every KPI serves a goal that exists; the weights of a goal add up to exactly 1."""
    totals: defaultdict[str, float] = defaultdict(float)
    for id_, kpi in catalogue.kpis.items():
        if not kpi.goals:
            yield f"kpis/{id_}: name a goal that it serves"
        for goal, weight in kpi.goals.items():
            totals[goal] += weight
            if goal not in catalogue.goals:
                yield f"kpis/{id_}: add goals/{goal}.toml or name another goal"
            if weight < 0:
                yield f"kpis/{id_}: give the goal {goal} a weight of 0 or more"
    for goal in catalogue.goals:
        if abs(totals[goal] - 1) > _ROUNDING:
            yield f"goals/{goal}: let the weights of its KPIs add up to 1, not to {totals[goal]:.4g}"


def guards(catalogue: Catalogue) -> Iterator[str]:
    """A goal names KPIs that must not get worse meanwhile; what it shows side by side are totals."""
    for id_, goal in catalogue.goals.items():
        if not goal.guards or len(set(goal.guards)) < len(goal.guards):
            yield f"goals/{id_}: name one guard or more, each once"
        for kpi in set(goal.guards) - catalogue.kpis.keys():
            yield f"goals/{id_}: add kpis/{kpi}.toml or name another guard"
        for wrong in filter(None, (_misnamed(total, catalogue) for total in goal.beside)):
            yield f"goals/{id_}: {wrong}"


def gates(catalogue: Catalogue) -> Iterator[str]:
    """A minimum sample counts what its variant reads: a field of the same tables, or the days."""
    for where, kpi, variant in _variants(catalogue):
        tables = {taken.split(".")[0] for taken in _names(variant.formula)} | {"period"}
        for gate in kpi.sample if variant.sample is None else variant.sample:
            if wrong := _misnamed(gate.of, catalogue):
                yield f"{where}: {wrong}"
            elif gate.of.split(".")[0] not in tables:
                yield f"{where}: gate by a field of {', '.join(sorted(tables))}, not by {gate.of}"
            if 0 < gate.red < gate.colour:
                yield f"{where}: ask at least as much of {gate.of} for red as for a colour"


def examples(catalogue: Catalogue) -> Iterator[str]:
    """A KPI is proven by three examples or more, one without a value.

    An example gives exactly the names that its formula takes; one without a value may leave some out.
    """
    for id_, kpi in catalogue.kpis.items():
        if len(kpi.examples) < _EXAMPLES or all(e.value is not None for e in kpi.examples):
            yield f"kpis/{id_}: give three examples, one of them without a value"
        by_id = {variant.id: variant for variant in kpi.variants}
        for example in kpi.examples:
            variant = by_id.get(example.variant or kpi.variants[0].id)
            if variant is None:
                yield f"kpis/{id_}: there is no variant {example.variant} for an example"
                continue
            given, taken = set(example.given), set(_names(variant.formula))
            if given - taken or (example.value is not None and given != taken):
                yield f"kpis/{id_}: give the example of {variant.id} exactly {', '.join(sorted(taken))}"


CHECKS: tuple[Callable[[Catalogue], Iterator[str]], ...] = (
    formulas,
    people,
    person_days,
    limits,
    windows,
    weights,
    guards,
    gates,
    examples,
)


def _variants(catalogue: Catalogue) -> Iterator[tuple[str, Kpi, Variant]]:
    for id_, kpi in catalogue.kpis.items():
        for variant in kpi.variants:
            yield f"kpis/{id_}, {variant.id}", kpi, variant


@cache
def _names(formula: str) -> tuple[str, ...]:
    """Return a formula's names, none where `formulas` refuses it anyway."""
    try:
        return names(formula)
    except FormulaError:
        return ()


def _misnamed(taken: str, catalogue: Catalogue) -> str:
    """Return what is wrong with a name, nothing for a good one."""
    if _names(taken) != (taken,):
        return f"write {taken!r} as table.field or table.field.roll"
    full, roll = field_and_roll(taken)
    field = catalogue.fields.get(full)
    if field is None:
        return f"{full} is no field; add it to fields/ or mend the name"
    allowed = TOTALS.get(field.roll, frozenset())
    if roll in allowed:
        return ""
    choice = ", ".join(sorted(f"{full}.{roll}".rstrip(".") for roll in allowed))
    return f"write {choice} instead of {taken}" if choice else f"{taken} is part of a row and no total"


def _outside_ratios(node: ast.expr) -> Iterator[str]:
    """Yield the names of a formula that stand in no division."""
    if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Div):
        yield from _outside_ratios(node.left)
        yield from _outside_ratios(node.right)
    elif isinstance(node, ast.UnaryOp):
        yield from _outside_ratios(node.operand)
    elif isinstance(node, ast.Attribute):
        yield name(node)
