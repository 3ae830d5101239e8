"""The sheet of method: how each KPI was computed, judged and from which rows of which files."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.metrics.pairs import gates
from kpi.metrics.trace import ANSWERS
from kpi.model.kpi import Kpi, Variant
from kpi.model.verdict import Verdict
from kpi.report.formula import in_numbers, in_words
from kpi.report.numbers import marked, reasons, ruled, shown
from kpi.report.outline import get_from
from kpi.report.report import Report
from kpi.report.words import say
from kpi.report.words.tell import told
from kpi.report.workbook.book import Row
from kpi.report.workbook.sheet import Cell, Plain, Sheet, heads

_WIDTHS = (34, 40, 40, 50, 50, 50, 40, 50, 50, 60)


def method(report: Report, title: str) -> Sheet:
    """Return the sheet: one row a KPI, then one row a column of a file that a figure came from."""
    lang = report.lang
    columns = (
        say("xlsx.kpi", lang),
        say("xlsx.question", lang),
        say("xlsx.counted", lang),
        say("xlsx.formula", lang),
        say("xlsx.numbers", lang),
        say("xlsx.caveat", lang),
        say("xlsx.gates", lang),
        say("xlsx.rule", lang),
        say("xlsx.marks", lang),
        say("xlsx.why", lang),
    )
    rows: list[Row] = [heads(columns), *(_kpi(one, lang) for one in report.board.verdicts), []]
    rows += [[Cell(say("xlsx.traces", lang), "title")], heads(_trace_heads(lang))]
    rows += [row for one in report.board.verdicts for row in _traces(one, lang)]
    return Sheet(title=title, rows=rows, widths=_WIDTHS, frozen="B2")


def _kpi(verdict: Verdict, lang: str) -> Row:
    kpi, variant = verdict.kpi, verdict.variant
    words = kpi.words(lang)
    why = [*reasons(verdict, lang), *(get_from(one, lang) for one in verdict.missing)]
    texts = (
        words.question,
        (variant.ru if lang == "ru" else variant.en) if variant else None,
        in_words((variant or kpi.variants[0]).formula, lang),
        f"{in_numbers(variant.formula, verdict.parts, lang)} = "
        f"{shown(verdict.value, verdict.unit, verdict.currency, lang)}"
        if variant
        else None,
        words.caveat,
        _gates(kpi, variant or kpi.variants[0], lang),
        ruled(verdict, lang) or say("xlsx.rule_none", lang),
        "\n".join(marked(verdict, lang)) or None,
        "\n".join(why),
    )
    return [Cell(words.name, "strong"), *[Cell(text, "wrapped") for text in texts]]


def _gates(kpi: Kpi, variant: Variant, lang: str) -> str:
    """Return how many there must be for a colour, and for red."""
    told_ = [
        say(
            "xlsx.gate",
            lang,
            field=".".join(gate.of.split(".")[:2]),
            colour=gate.colour,
            red=max(gate.red, gate.colour),
        )
        for gate in gates(kpi, variant)
    ]
    return "\n".join(told_) or say("xlsx.no_gate", lang)


def _trace_heads(lang: str) -> tuple[str, ...]:
    return (
        say("xlsx.kpi", lang),
        say("xlsx.file", lang),
        say("xlsx.sheet", lang),
        say("xlsx.heading", lang),
        say("xlsx.field", lang),
        say("xlsx.rows", lang),
        say("xlsx.sum", lang),
    )


def _traces(verdict: Verdict, lang: str) -> Sequence[Sequence[Cell | Plain]]:
    name = verdict.kpi.words(lang).name
    return [
        [
            name,
            say("xlsx.answers", lang) if one.file == ANSWERS else one.file,
            one.sheet,
            one.heading if one.file != ANSWERS else None,
            told("field", one.field, lang),
            say("columns.count", lang, n=one.rows) if one.turned else one.rows,
            one.total,
        ]
        for one in verdict.trace
    ]
