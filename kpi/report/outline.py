"""Readings and verdicts as plain values, in the shapes that the command line prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi.catalog.loader import sources
from kpi.judge.board import Board
from kpi.judge.periods import NO_DAYS
from kpi.model.benchmark import Comparison
from kpi.model.reading import Aside, Column, Issue, Question, Reading, Table
from kpi.model.verdict import Missing, Trace, Verdict
from kpi.report import benchmark
from kpi.report.numbers import marked, reasons, ruled
from kpi.report.words import say

GET_FROM = 2  # sources named for a missing column, at most


def reading(found: Reading, lang: str) -> dict[str, Any]:
    """Return one file as `python -m kpi read` prints it."""
    why = found.reason
    return {
        "file": found.file,
        "outcome": found.outcome.value,
        "reason": None if why is None else {"key": why.key, "text": say(why.key, lang, **why.facts)},
        "tables": [_table(table, lang) for table in found.tables],
        "issues": [_issue(issue, lang) for issue in found.issues],
    }


def _table(table: Table, lang: str) -> dict[str, Any]:
    return {
        "member": table.member,
        "sheet": table.sheet,
        "source": table.source,
        "kind": table.kind,
        "rows": {
            "in": table.rows_in,
            "used": table.rows_used,
            "aside": [{**_place(table, a), "reason": say(f"aside.{a.reason}", lang)} for a in table.aside],
        },
        "first_date": None if table.first is None else table.first.isoformat(),
        "last_date": None if table.last is None else table.last.isoformat(),
        "columns": [_column(column) for column in table.columns],
        "questions": [_question(question, lang) for question in table.questions],
    }


def _place(table: Table, aside: Aside) -> dict[str, Any]:
    """Return the row of the sheet; of a turned one the column that it is there."""
    return {"column": table.place(aside.row)} if table.turned else {"row": aside.row}


def _column(column: Column) -> dict[str, Any]:
    where = {} if column.where is None else {"where": dict(column.where)}
    return {
        "heading": column.heading,
        **where,
        "field": column.field,
        "filled": column.filled,
        "sum": _plain(column.total),
        "assumed": column.assumed,
    }


def _question(question: Question, lang: str) -> dict[str, Any]:
    return {
        "key": question.key,
        "heading": question.heading,
        "choices": list(question.choices),
        "text": say(f"question.{question.key}", lang, heading=question.heading or ""),
    }


def _issue(issue: Issue, lang: str) -> dict[str, Any]:
    facts = {"cell": issue.cell or "", "heading": issue.heading or ""} | dict(issue.facts)
    return {
        "key": issue.key,
        "sheet": issue.sheet,
        "row": issue.row,
        "heading": issue.heading,
        "text": say(f"issue.{issue.key}", lang, **facts),
    }


def board(found: Board, lang: str, beside: Mapping[str, Comparison]) -> dict[str, Any]:
    """Return a board as `python -m kpi status` prints it; `beside` are the benchmarks of each KPI."""
    return {
        "period": None
        if found.period == NO_DAYS
        else [found.period.first.isoformat(), found.period.last.isoformat()],
        "kpis": [verdict(one, lang, beside[one.kpi.id]) for one in found.verdicts],
    }


def verdict(found: Verdict, lang: str, beside: Comparison) -> dict[str, Any]:
    """Return one KPI as `python -m kpi status` prints it, with the benchmark beside it."""
    return {
        "id": found.kpi.id,
        "variant": found.variant.id if found.variant else None,
        "value": _plain(found.value),
        "unit": found.unit,
        "currency": found.currency,
        "status": found.status.value,
        "reason": " ".join(reasons(found, lang)) or None,
        "interval": None if found.interval is None else [_plain(bound) for bound in found.interval],
        "target": _plain(found.target),
        "reference": _plain(found.reference),
        "previous": _plain(found.previous),
        "sample": None
        if found.sample is None
        else {"of": found.sample.of, "n": _plain(found.sample.n), "needed": _plain(found.sample.needed)},
        "rows_left_out": found.rows_left_out,
        "trend": None if found.drift is None else found.drift.value,
        "rule": ruled(found, lang),
        "benchmark": benchmark.plain(beside, found.kpi, lang),
        "marks": [
            {"key": mark.key.removeprefix("mark."), "text": text}
            for mark, text in zip(found.marks, marked(found, lang), strict=True)
        ],
        "missing": [{"field": m.field, "get_from": get_from(m, lang)} for m in found.missing],
        "trace": [trace(one) for one in found.trace],
    }


def trace(one: Trace) -> dict[str, Any]:
    """Return where a figure came from."""
    told = {"file": one.file, "sheet": one.sheet, "heading": one.heading}
    rates = {"rates": [{"currency": word, "rate": rate} for word, rate in one.rates]} if one.rates else {}
    return told | {"rows": one.rows, "assumed": one.assumed} | rates


def get_from(missing: Missing, lang: str) -> str:
    """Return which export gives a column and the click path to it, or that an own sheet or an answer does."""
    if missing.field.startswith("owner."):
        return say("plan.answer", lang)
    if not missing.sources:
        return say("get_own_sheet", lang, field=missing.field)
    words = [sources()[id_].words(lang) for id_ in few(missing.sources)]
    return "; ".join(f"{one.name}: {one.get}" for one in words)


def few(given: Sequence[str]) -> tuple[str, ...]:
    """Return the sources to name out of many: the first, and our own form, which serves everybody."""
    ours = [id_ for id_ in given[GET_FROM - 1 :] if sources()[id_].form]
    return (*given[: GET_FROM - 1], *(ours or given[GET_FROM - 1 :]))[:GET_FROM]


def _plain(value: float | None) -> float | int | None:
    """Return a number without float dust: 12 significant digits, whole numbers whole."""
    if value is None:
        return None
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded


def outcomes(readings: Sequence[Reading]) -> bool:
    """Return whether every file was read."""
    return all(one.outcome.value == "read" for one in readings)
