"""The sheet of KPI values by period: live formulas, oldest period first, the chosen one last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kpi.model.period import Period
from kpi.model.verdict import Verdict
from kpi.report.formula import in_words, plain_name
from kpi.report.numbers import reasons
from kpi.report.report import Report
from kpi.report.words import say
from kpi.report.words.tell import period as period_told
from kpi.report.workbook.book import Row, address, letter
from kpi.report.workbook.sheet import Cell, Formula, Plain, Sheet
from kpi.report.workbook.totals import Totals
from kpi.report.workbook.units import number_format, unit

_START = 4  # the first column of figures
_WIDTHS = (34, 40, 16)
_FIGURE, _NOTE = 15, 70
_ABOVE = 3  # title, note, empty line
Block = tuple[tuple[Period, ...], list[Verdict]]


@dataclass(slots=True)
class Values:
    """The sheet being put together, and the address of each KPI's value in the chosen period."""

    report: Report
    totals: Totals
    title: str
    rows: list[Row] = field(default_factory=list)
    chosen: dict[str, str] = field(default_factory=dict)

    def sheet(self) -> Sheet:
        """Return the sheet; a KPI that wants longer periods stands in a block with periods of its own."""
        lang = self.report.lang
        blocks = _blocks(self.report)
        width = max(len(periods) for periods, _ in blocks)
        self.rows += [[Cell(self.title, "title")], [Cell(say("xlsx.values_note", lang), "note")], []]
        for periods, verdicts in blocks:
            self._block(periods, verdicts, width)
            self.rows.append([])
        return Sheet(
            title=self.title,
            rows=self.rows,
            widths=[*_WIDTHS, *[_FIGURE] * width, _NOTE],
            frozen=f"{letter(_START)}{_ABOVE + 4}",
            heads=_ABOVE + 3,
        )

    def _block(self, periods: Sequence[Period], verdicts: Sequence[Verdict], width: int) -> None:
        """Add the rows of KPIs that share their periods."""
        lang = self.report.lang
        skip: list[Cell | Plain] = [Cell("", "head")] * (width - len(periods))
        names = [say("xlsx.kpi", lang), say("xlsx.counted", lang), say("xlsx.unit", lang)]
        shown: list[Cell | Plain] = [
            Cell(period_told(period, lang) if self.report.dated else None, "head") for period in periods
        ]
        heads = [Cell(name, "head") for name in names]
        self.rows.append([*heads, *skip, *shown, Cell(say("xlsx.note", lang), "head")])
        first, last = len(self.rows) + 1, len(self.rows) + 2
        for key, days in (
            (say("xlsx.from", lang), [period.first for period in periods]),
            (say("xlsx.to", lang), [period.last for period in periods]),
        ):
            self.rows.append(
                [
                    "",
                    "",
                    Cell(key, "note"),
                    *[None] * len(skip),
                    *[Cell(day if self.report.dated else None, "note") for day in days],
                ]
            )
        letters = [letter(_START + len(skip) + i) for i in range(len(periods))]
        days_of = [(f"{one}${first}", f"{one}${last}") for one in letters]
        for verdict in verdicts:
            self._kpi(verdict, letters, days_of, len(skip))

    def _kpi(
        self,
        verdict: Verdict,
        letters: Sequence[str],
        days: Sequence[tuple[str, str]],
        skip: int,
    ) -> None:
        """Add the row of a KPI and, under it, those of the totals that are no plain sums."""
        lang, variant = self.report.lang, verdict.variant
        row = len(self.rows) + 1
        self.chosen[verdict.kpi.id] = address(self.title, _START + skip + len(letters) - 1, row)
        name = Cell(verdict.kpi.words(lang).name, "strong")
        blanks: list[Cell | Plain] = [None] * skip
        if variant is None:
            unknown: list[Cell | Plain] = [*[None] * (len(letters) - 1), self.totals.unknown]
            why = Cell(" ".join(reasons(verdict, lang)), "wrapped")
            self.rows.append([name, None, None, *blanks, *unknown, why])
            return
        parts = self.totals.parts(verdict, variant, days)
        cells = [
            self.totals.cell(
                verdict,
                variant,
                place,
                days[place],
                {part.name: f"{letters[place]}{row + 1 + i}" for i, part in enumerate(parts)},
            )
            for place in range(len(letters))
        ]
        measured = Cell(unit(verdict.unit, verdict.currency, lang), "wrapped")
        counted = Cell(variant.ru if lang == "ru" else variant.en, "wrapped")
        formula = Cell(in_words(variant.formula, lang), "note")
        self.rows.append([name, counted, measured, *blanks, *_formatted(cells, verdict.unit), formula])
        for part in parts:
            title = Cell(plain_name(part.name, lang), "part")
            self.rows.append(
                [title, None, None, *blanks, *_formatted(part.cells, ""), Cell(part.note, "note")]
            )


def _formatted(cells: Sequence[float | str | Formula], unit: str) -> list[Cell]:
    return [Cell(cell, "top", number_format(unit, cell)) for cell in cells]


def _blocks(report: Report) -> list[Block]:
    """Return the KPIs by the periods of their trend, those of the chosen period first."""
    found: dict[tuple[Period, ...], list[Verdict]] = {}
    for verdict in report.board.verdicts:
        if verdict.variant is not None:
            found.setdefault(tuple(period for period, _ in verdict.series), []).append(verdict)
    unknown = [verdict for verdict in report.board.verdicts if verdict.variant is None]
    main = next((periods for periods in found if periods[-1] == report.board.period), (report.board.period,))
    found[main] = [*found.get(main, []), *unknown]
    return [(main, found.pop(main)), *found.items()]
