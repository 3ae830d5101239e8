"""Checks the catalogue as a whole: every promise between its files that the loader cannot see in one file."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kpi.catalog import loader
from kpi.errors import FormulaError, KpiError
from kpi.model.field import TOTALS, Field
from kpi.model.formula import field_and_roll, name, names, parse
from kpi.model.goal import Goal
from kpi.model.kpi import Kpi, Variant
from kpi.model.source import Source

_LATIN = re.compile("[a-z]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_TWO_SENSES = re.compile(r"\b(ERR|VR)\b")
_EXAMPLES = 3
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All that the checks look at, each part by id."""

    fields: Mapping[str, Field]
    kpis: Mapping[str, Kpi]
    goals: Mapping[str, Goal]
    sources: Mapping[str, Source]


def ours() -> Catalogue:
    """Return the catalogue of this package; raises `CatalogError` for a file that cannot be read."""
    return Catalogue(
        fields=loader.fields(), kpis=loader.kpis(), goals=loader.goals(), sources=loader.sources()
    )


def findings(read: Callable[[], Catalogue] = ours) -> list[str]:
    """Return what is wrong with the catalogue that `read` returns, one sentence each."""
    try:
        given = read()
    except KpiError as why:
        return [f"loads: mend the file that cannot be read: {why}"]
    return [f"{check.__name__}: {finding}" for check in CHECKS for finding in check(given)]


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


def weights(catalogue: Catalogue) -> Iterator[str]:
    """Every KPI serves a goal that exists; the weights of a goal are more than 0 and at most 1."""
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
        if not 0 < totals[goal] <= 1 + _ROUNDING:
            yield f"goals/{goal}: let the weights of its KPIs add up to more than 0 and at most 1"


def guards(catalogue: Catalogue) -> Iterator[str]:
    """A goal names KPIs that must not get worse meanwhile; what it shows side by side are totals."""
    for id_, goal in catalogue.goals.items():
        if not goal.guards or len(set(goal.guards)) < len(goal.guards):
            yield f"goals/{id_}: name one guard or more, each once"
        for kpi in set(goal.guards) - catalogue.kpis.keys():
            yield f"goals/{id_}: add kpis/{kpi}.toml or name another guard"
        for wrong in filter(None, (_misnamed(total, catalogue) for total in goal.beside)):
            yield f"goals/{id_}: {wrong}"


def languages(catalogue: Catalogue) -> Iterator[str]:
    """Every text stands in both languages and is translated; a pure term in capitals may stay as it is."""
    for where, en, ru in _texts(catalogue):
        if not en.strip() or not ru.strip():
            yield f"{where}: write the text in both languages"
        elif not _LATIN.search(en):
            yield f"{where}: translate into English: {en}"
        elif not _CYRILLIC.search(ru) and not (en == ru and en.isupper()):
            yield f"{where}: translate into Russian: {ru}"


def two_senses(catalogue: Catalogue) -> Iterator[str]:
    """ERR and VR mean one thing to one service and another to the next: they are spelled out."""
    for where, *both in _texts(catalogue):
        for text in both:
            if _TWO_SENSES.search(text):
                yield f"{where}: say in words what is divided by what: {text}"


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


def headings(catalogue: Catalogue) -> Iterator[str]:
    """A heading means one field of a table; a field that no file holds has none."""
    owners: dict[tuple[str, str], str] = {}
    for full, field in catalogue.fields.items():
        if field.given != bool(field.headings):
            yield f"fields/{full}: give it headings, or say `given = false` and none"
        for heading in field.headings:
            if heading != heading.lower():
                yield f"fields/{full}: write the heading in lower case: {heading}"
            owner = owners.setdefault((field.table, heading.replace("ё", "е").removesuffix("s")), full)
            if owner != full:
                yield f"fields/{full}: {heading} belongs to {owner} already; leave it in one place"


def source_fields(catalogue: Catalogue) -> Iterator[str]:
    """An export fills fields of its own kind of table; one without a kind is known and fills none."""
    for id_, source in catalogue.sources.items():
        if not source.kind:
            continue
        taken = {
            *source.columns,
            *source.absent_zero,
            *source.values,
            *source.fixed,
            *source.needs,
            *source.aside,
        }
        taken |= {title.field for title in source.titles.values()}
        taken |= set(source.long.fields.values()) if source.long else set()
        taken |= {*source.added, *([source.level.field] if source.level else [])}
        for field in sorted(taken):
            full = field if "." in field else f"{source.kind}.{field}"
            if full not in catalogue.fields or not full.startswith(f"{source.kind}."):
                yield f"sources/{id_}: {full} is no field of {source.kind}; see fields/{source.kind}.toml"


def source_marks(catalogue: Catalogue) -> Iterator[str]:
    """A mark, by which a layout is known, is one of the layout's own headings."""
    for id_, source in catalogue.sources.items():
        own = {*source.known, *(heading for group in source.columns.values() for heading in group)}
        for mark in source.marks:
            if mark not in own:
                yield f"sources/{id_}: put the mark {mark} among its columns or known headings"


def source_counts(catalogue: Catalogue) -> Iterator[str]:
    """The kinds that make up an engagement are actions on posts."""
    for id_, source in catalogue.sources.items():
        for kind in source.counts:
            field = catalogue.fields.get(f"posts.{kind}")
            if field is None or field.unit != "actions":
                yield f"sources/{id_}: count kinds such as reactions or comments, not {kind}"


CHECKS: tuple[Callable[[Catalogue], Iterator[str]], ...] = (
    formulas,
    people,
    person_days,
    weights,
    guards,
    languages,
    two_senses,
    gates,
    examples,
    headings,
    source_fields,
    source_marks,
    source_counts,
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


def _texts(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Yield every text of the catalogue: where it stands, in English and in Russian."""
    for id_, kpi in catalogue.kpis.items():
        for part in ("name", "question", "caveat", "term"):
            yield f"kpis/{id_}, {part}", getattr(kpi.en, part), getattr(kpi.ru, part)
    for where, _, variant in _variants(catalogue):
        yield where, variant.en, variant.ru
    for id_, goal in catalogue.goals.items():
        for part in ("name", "question", "risk"):
            yield f"goals/{id_}, {part}", getattr(goal.en, part), getattr(goal.ru, part)
    for id_, source in catalogue.sources.items():
        yield f"sources/{id_}, name", source.en.name, source.ru.name
        yield f"sources/{id_}, get", source.en.get, source.ru.get
        for entry in source.form.columns if source.form else ():
            yield f"sources/{id_}, {entry.field or entry.part_en}", entry.en, entry.ru
    for full, field in catalogue.fields.items():
        yield f"fields/{full}", field.en, field.ru
