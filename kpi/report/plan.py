"""The plan of KPIs in words: why each is in, what stands in its way, what to fetch and what that opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kpi.catalog.loader import fields, sources
from kpi.model.kpi import Kpi
from kpi.model.plan import Beside, Figures, Pick, Plan, Standing, Step
from kpi.report.numbers import column, listed, period, shown
from kpi.report.outline import few
from kpi.report.words import say, sentence


def plan(found: Plan, lang: str) -> dict[str, Any]:
    """Return a plan as plain values with its sentences."""
    return {
        "goals": list(found.goals),
        "primary": [_pick(one, lang) for one in found.primary],
        "guards": [_pick(one, lang) for one in found.guards],
        "later": [_step(one, lang) for one in found.later],
        "orphans": [{"id": kpi.id, "text": orphan(kpi, lang)} for kpi in found.orphans],
        "notes": [sentence(note, lang) for note in found.notes],
        "beside": None if found.beside is None else rows(found.beside, lang),
    }


def hitch(standing: Standing, lang: str) -> str:
    """Return what stands in a KPI's way; nothing for one that is ready."""
    if standing.hitch is None:
        return ""
    facts = dict(standing.hitch.facts)
    if "fields" in facts and isinstance(facts["fields"], Sequence):
        facts["fields"] = columns(facts["fields"], lang)
    return say(standing.hitch.key, lang, **facts)


def columns(wanted: Iterable[str], lang: str) -> str:
    """Return fields as columns to look for, in quotes."""
    quoted = "«{}»" if lang == "ru" else "“{}”"
    return listed((quoted.format(column(field, lang)) for field in wanted), lang)


def places(step: Step, lang: str) -> tuple[tuple[str, str], ...]:
    """Return what to fetch, each with the click path to it: exports to choose from, an answer or a sheet."""
    if step.sources:
        return tuple((one.name, one.get) for one in (sources()[id_].words(lang) for id_ in few(step.sources)))
    table = step.fields[0].partition(".")[0]
    asked, sheet = say("plan.answer", lang), say("plan.own_sheet", lang, table=say(f"table.{table}", lang))
    names = [fields()[field].ru if lang == "ru" else fields()[field].en for field in step.fields]
    return ((asked if table == "owner" else sheet, listed(names, lang)),)


def gain(step: Step, lang: str) -> str:
    """Return which KPIs a step opens, and which it helps to open."""
    texts = []
    if step.unlocks:
        texts.append(say("plan.opens", lang, kpis=_names(step.unlocks, lang)))
    if step.helps:
        texts.append(say("plan.helps", lang, kpis=_names(step.helps, lang)))
    return " ".join(texts)


def _names(opened: Iterable[Kpi], lang: str) -> str:
    return listed((kpi.words(lang).name for kpi in opened), lang)


def orphan(kpi: Kpi, lang: str) -> str:
    """Return the warning of a KPI that serves none of the goals, and what to do."""
    name = kpi.words(lang).name
    if not kpi.goals:
        return say("plan.orphan_own", lang, name=name)
    return say("plan.orphan_target", lang, name=name, goals=tuple(kpi.goals))


def rows(found: Beside, lang: str) -> dict[str, list[str]]:
    """Return the figures side by side: a column of periods, then one a total."""
    table = {say("plan.month", lang): [period(one, lang) for one in found.periods]}
    for one in found.figures:
        known = fields()[one.field]
        name = known.ru if lang == "ru" else known.en
        table[name] = [_figure(value, one, lang) for value in one.values]
    return table


def _figure(value: float | None, of: Figures, lang: str) -> str:
    unit = fields()[of.field].unit
    return shown(value, unit if unit == "money" else "", of.currency, lang)


def _pick(pick: Pick, lang: str) -> dict[str, Any]:
    return {
        "id": pick.kpi.id,
        "goals": list(pick.goals),
        "variant": pick.variant.id if pick.variant else None,
        "weight": round(pick.weight, 4),
        "readiness": pick.readiness.value,
        "depth": pick.depth,
        "reason": sentence(pick.reason, lang),
        "hitch": hitch(pick, lang) or None,
    }


def _step(step: Step, lang: str) -> dict[str, Any]:
    return {
        "fields": list(step.fields),
        "from": [{"name": name, "get": get} for name, get in places(step, lang)],
        "unlocks": [kpi.id for kpi in step.unlocks],
        "helps": [kpi.id for kpi in step.helps],
        "text": gain(step, lang),
    }
