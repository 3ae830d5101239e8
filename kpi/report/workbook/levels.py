"""The sheet of levels, follower counts by day, and the Excel formulas that read them."""

from __future__ import annotations

from collections.abc import Iterable

from kpi.catalog.loader import fields
from kpi.facts.frame import calendar
from kpi.metrics.levels import STALE_AFTER, Track
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll, names
from kpi.report.report import Report
from kpi.report.words import say
from kpi.report.words.tell import told
from kpi.report.workbook.book import Row, column_of
from kpi.report.workbook.expression import Total, either, quoted
from kpi.report.workbook.sheet import Sheet, heads

_WIDTHS = (24, 14, 18, 24, 14)


def is_level(name: str) -> bool:
    """Return whether a name is a level of the data, such as followers on the last day."""
    known = fields()[field_and_roll(name)[0]]
    return known.roll is Roll.LAST and known.table != "owner"


class Levels:
    """The levels that some formulas take, each account's in one piece, oldest first."""

    def __init__(self, report: Report, formulas: Iterable[str]) -> None:
        self.report = report
        wanted = dict.fromkeys(
            field_and_roll(name)[0] for formula in formulas for name in filter(is_level, names(formula))
        )
        self.tracks = [
            (field, track)
            for field in wanted
            for track in report.cube.tracks.get(field, ())
            if report.board.view.shows(*track.segment)
        ]

    def total(self, name: str, networks: frozenset[str] | None, first: str, last: str, no: str) -> str | None:
        """Return the formula of a level summed over accounts; None where no account tells it."""
        wanted, roll = field_and_roll(name)
        each = [
            _read(f"level_{place}", roll, first, last)
            for place, (field, track) in enumerate(self.tracks, 1)
            if field == wanted and (networks is None or track.segment[0] in networks)
        ]
        if not each:
            return None
        return "=" + either([one.unknown for one in each], quoted(no), "+".join(one.total for one in each))

    def sheet(self, title: str) -> Sheet:
        """Return the sheet; the values of account 1 are called `level_1`, its days `level_1_day`."""
        lang = self.report.lang
        rows: list[Row] = []
        ranges: dict[str, str] = {}
        for place, (field, track) in enumerate(self.tracks, 1):
            first = len(rows) + 2
            rows += self._rows(field, track)
            ranges[f"level_{place}_day"] = column_of(2, first, len(rows) + 1)
            ranges[f"level_{place}"] = column_of(5, first, len(rows) + 1)
        keys = (
            say("xlsx.field", lang),
            say("xlsx.day", lang),
            say("xlsx.network", lang),
            say("xlsx.account", lang),
            say("xlsx.value", lang),
        )
        return Sheet(title=title, rows=[heads(keys), *rows], widths=_WIDTHS, names=ranges)

    def _rows(self, field: str, track: Track) -> list[Row]:
        lang = self.report.lang
        network, account = track.segment[:2]
        where = [told("network", network, lang) if network else None, account or None]
        return [
            [told("field", field, lang), calendar(day), *where, float(value)]
            for day, value in zip(track.day, track.value, strict=True)
        ]


def _read(level: str, roll: str, first: str, last: str) -> Total:
    """Return a level at the start or the end of the days between two cells, or its mean.

    The start is the last level before them where that is fresh, else the first one of them.
    """
    day = f"{level}_day"
    before, until = f'COUNTIF({day},"<"&{first})', f'COUNTIF({day},"<="&{last})'
    if roll == "mean":
        inside = f'{day},">="&{first},{day},"<="&{last}'
        return Total(f"AVERAGEIFS({level},{inside})", f"{before}={until}")
    if roll == "start":
        stale = f"IF({first}-INDEX({day},{before})>{STALE_AFTER},1,0)"
        place = f"{before}+IF({before}=0,1,{stale})"
        return Total(f"INDEX({level},{place})", f"{place}>={until}")
    return Total(f"INDEX({level},{until})", f"{before}={until}")
