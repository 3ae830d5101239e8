"""Whether what moves a KPI is told truly: its identities proven in fractions, their factors named."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import count, islice

from kpi.catalog.whole import Catalogue
from kpi.errors import FormulaError
from kpi.model.field import TOTALS
from kpi.model.formula import field_and_roll, name, names, parse
from kpi.model.identity import MIXES, Identity, mean_of, tree
from kpi.model.kpi import Kpi

_TRIALS = 2


def told(catalogue: Catalogue) -> Iterator[str]:
    """Every way of counting has an identity, and each identity is of a way of counting."""
    for id_, kpi in catalogue.kpis.items():
        ways, of = {variant.id for variant in kpi.variants}, {one.of for one in kpi.identities}
        for variant in sorted(ways - of):
            yield f"kpis/{id_}, {variant}: say by an identity what moves it, if only itself"
        for wrong in sorted(of - ways):
            yield f"kpis/{id_}: there is no variant {wrong} for an identity"


def factors(catalogue: Catalogue) -> Iterator[str]:
    """A factor stands in factors.toml, is used by its identity and by some KPI; a mixed one is a ratio."""
    used: set[str] = set()
    for where, _, one in _identities(catalogue):
        used |= set(one.moved)
        for factor in sorted(set(one.moved) - catalogue.factors.keys()):
            yield f"{where}: add {factor} to factors.toml or name another factor"
        if set(one.factors) != _taken(one):
            yield f"{where}: let the formula take exactly {', '.join(sorted(one.factors))}"
        for factor in one.mixed:
            if not _is_ratio_of_posts(one.factors.get(factor, "")):
                yield f"{where}: only a total of posts divided by another one is mixed, not {factor}"
    for factor in sorted(catalogue.factors.keys() - used - {*MIXES}):
        yield f"factors/{factor}: no KPI is moved by it; take it out"


def proofs(catalogue: Catalogue) -> Iterator[str]:
    """An identity gives what its variant gives, whatever the totals: tried with primes, in exact fractions.

    A median is told of by its mean. What tells a change, or holds by how the networks count, is checked
    with the owner's own figures instead.
    """
    for where, kpi, one in _identities(catalogue):
        try:
            whole = one.whole
        except FormulaError as why:
            yield f"{where}: write it with factors, names, numbers, + - * / and brackets only ({why})"
            continue
        if wrong := [n for n in names(whole) if not _is_total(n, catalogue)]:
            yield f"{where}: {', '.join(wrong)} is no total of a field"
            continue
        formula = next((v.formula for v in kpi.variants if v.id == one.of), "")
        if one.change or one.counted or not _reads(formula):
            continue
        if not _same(whole, formula) and not ((mean := mean_of(formula)) and _same(whole, mean)):
            yield f"{where}: {one.formula} does not give {formula}"


CHECKS: tuple[Callable[[Catalogue], Iterator[str]], ...] = (told, factors, proofs)


def _identities(catalogue: Catalogue) -> Iterator[tuple[str, Kpi, Identity]]:
    for id_, kpi in catalogue.kpis.items():
        for one in kpi.identities:
            yield f"kpis/{id_}, {one.of}", kpi, one


def _taken(one: Identity) -> set[str]:
    return {node.id for node in ast.walk(tree(one.formula)) if isinstance(node, ast.Name)}


def _reads(formula: str) -> bool:
    """Return whether a variant's formula can be read; `formulas` tells of one that cannot."""
    try:
        parse(formula)
    except FormulaError:
        return False
    return True


def _is_ratio_of_posts(formula: str) -> bool:
    """Return whether a factor is a total divided by a single one of the same table of posts."""
    node = parse(formula) if formula else None
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Div):
        return False
    tables = {taken.partition(".")[0] for taken in names(formula)}
    return isinstance(node.right, ast.Attribute) and len(tables) == 1 and tables <= {"posts", "link_posts"}


def _is_total(taken: str, catalogue: Catalogue) -> bool:
    full, roll = field_and_roll(taken)
    return full in catalogue.fields and roll in TOTALS.get(catalogue.fields[full].roll, frozenset())


def _same(one: str, other: str) -> bool:
    """Return whether two formulas give the same for different primes in place of their names."""
    taken = sorted({*names(one), *names(other)})
    primes = list(islice(_primes(), _TRIALS * len(taken)))
    trials = [dict(zip(taken, primes[start::_TRIALS], strict=True)) for start in range(_TRIALS)]
    return all(_worth(parse(one), totals) == _worth(parse(other), totals) for totals in trials)


def _primes() -> Iterator[int]:
    return (n for n in count(2) if all(n % d for d in range(2, int(n**0.5) + 1)))


def _worth(node: ast.expr, totals: Mapping[str, int]) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Fraction(number)
        case ast.UnaryOp(operand=operand):
            return -_worth(operand, totals)
        case ast.Attribute():
            return Fraction(totals[name(node)])
        case ast.BinOp(left=left, op=op, right=right):
            first, second = _worth(left, totals), _worth(right, totals)
            match op:
                case ast.Add():
                    return first + second
                case ast.Sub():
                    return first - second
                case ast.Mult():
                    return first * second
            return first / second
    raise AssertionError(ast.dump(node))  # `parse` lets nothing else through
