"""What lies on a visitor's desk: the files as read, the cube of all of them, the board of the moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from kpi.catalog.loader import goals
from kpi.insight.audit.figure import Audit
from kpi.insight.content.findings import Findings
from kpi.insight.content.shelf import Measure, Shelf
from kpi.insight.content.takings import Takings
from kpi.insight.returns import Returns
from kpi.insight.whatif import Scene
from kpi.judge.board import Board
from kpi.judge.breakdown import Breakdown
from kpi.judge.fan import Fan
from kpi.judge.periods import NO_DAYS, first_shown
from kpi.judge.trend import Course
from kpi.judge.ways import Way
from kpi.metrics.cubes import Cube
from kpi.model.benchmark import Comparison
from kpi.model.conflict import Conflict
from kpi.model.driver import Explained
from kpi.model.kpi import Variant
from kpi.model.outlook import Outlook
from kpi.model.owner import LASTING, FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.plan import Plan, Standing
from kpi.model.reading import Reading
from kpi.model.remark import Remark
from kpi.model.taken import Effect, Taken
from kpi.model.target import Target
from kpi.model.verdict import Verdict
from kpi.model.view import EVERYTHING, View
from kpi.report.words import say, say_n
from kpi.workspace import Given, benchmarks
from kpi.workspace.memory import Memory, own, recalled
from kpi.workspace.own import wishes
from pages.parts import address, cache
from pages.parts.chosen import fitting
from pages.parts.session import Visitor

LOW = "benchmarks_low"  # the setting that shows figures of others which are little sure


def answers(visitor: Visitor, given: Given) -> FileAnswers:
    """Return what is known of a file: said about it, else once said of tables with the same headings."""
    kept = visitor.workspace
    return _known(visitor, given, kept.answers(given.digest), kept.memories())


def _known(visitor: Visitor, given: Given, said: FileAnswers, memories: Mapping[str, Memory]) -> FileAnswers:
    return recalled(cache.reading(given.digest, given.name, said, visitor.workspace), said, memories)


def read(visitor: Visitor, given: Given) -> Reading:
    """Return one file of the desk, read."""
    return cache.reading(given.digest, given.name, answers(visitor, given), visitor.workspace)


def asking(visitor: Visitor, found: Sequence[tuple[Given, Reading]]) -> list[tuple[Given, Reading]]:
    """Return the files with the questions that arise only from all of them together."""
    if not any(reading.tables for _, reading in found):
        return list(found)
    tables = {
        (t.digest, t.member, t.sheet, t.first): t for t in lay(visitor).cube.facts.tables if t.questions
    }
    return [
        (
            given,
            replace(
                reading,
                tables=tuple(tables.get((t.digest, t.member, t.sheet, t.first), t) for t in reading.tables),
            ),
        )
        for given, reading in found
    ]


def keep(visitor: Visitor, given: Given, reading: Reading, **changes: Any) -> None:  # noqa: ANN401
    """Keep answers about a file; those that hold for headings are remembered with these, too."""
    kept = visitor.workspace
    kept.keep_answers(given.digest, replace(kept.answers(given.digest), **changes))
    held = {name: value for name, value in changes.items() if name in LASTING}
    memories = kept.memories() if held else {}
    for table in own(reading):
        if memory := memories.get(table.fingerprint):
            kept.remember(replace(memory, said=replace(memory.said, **held), on=None))


def readings(visitor: Visitor) -> Iterator[tuple[Given, Reading]]:
    """Yield every file of the desk, read, in the order in which they came."""
    for given in visitor.workspace.files():
        yield given, read(visitor, given)


def view(visitor: Visitor) -> View:
    """Return what the visitor narrowed the figures to."""
    return visitor.filter.view


@dataclass(frozen=True, slots=True)
class Desk:
    """All files of a visitor together; `key` is what every figure hangs on.

    `whole` looks at all networks whatever the visitor narrowed the figures to, as targets are set for them.
    """

    visitor: Visitor
    key: cache.Key
    whole: bool = False

    @property
    def cube(self) -> Cube:
        """Return the cube of all files."""
        return cache.whole(self.key, self.visitor.workspace)

    def period(self) -> Period | None:
        """Return the period looked at: the chosen one, else the first shown; None without dated rows."""
        return self.visitor.filter.period or first_shown(self.cube, self._view())

    def board(self) -> Board | None:
        """Return the board of the chosen goals, period and view; None without dated rows."""
        shown = self.period()
        if shown is None:
            return None
        kept = self.visitor.workspace
        found = self._judged(self._look(kept.goals(), shown))
        return replace(found, yearly=self.visitor.filter.yearly)

    def _judged(self, look: cache.Look) -> Board:
        with st.spinner(say("desk.judging", self.visitor.lang)):
            return cache.board(self.key, look, self.visitor.workspace)

    def others(self) -> Mapping[str, Comparison]:
        """Return the KPIs of the chosen goals beside the figures of others; none without dated rows."""
        shown, kept = self.period(), self.visitor.workspace
        if shown is None:
            return {}
        own = benchmarks.own(kept)
        asked = cache.Peers(kept.owner().trade, tuple(own), bool(kept.settings().get(LOW)))
        return cache.others(self.key, self._look(kept.goals(), shown), asked, kept)

    def everything(self) -> Board:
        """Return the board of every KPI there is, also where no file has dated rows."""
        look = self._look(tuple(goals()), self.period() or NO_DAYS)
        return self._judged(look)

    def ways(self, id_: str) -> tuple[Way, ...]:
        """Return every way of counting a KPI in the period looked at."""
        look = self._look((), self.period() or NO_DAYS)
        return cache.ways(self.key, look, id_, self.visitor.workspace)

    def over_time(self, id_: str, variant: Variant, per: str) -> tuple[Course, Fan]:
        """Return what a variant of a KPI was by `week` or `month`, and what its past foretells."""
        look = self._look((), self.period() or NO_DAYS)
        return cache.over_time(self.key, look, variant, id_, per, self.visitor.workspace)

    def breakdown(self, verdict: Verdict) -> Breakdown:
        """Return what a verdict shows by network and by format."""
        if verdict.variant is None:
            return Breakdown()
        look = self._look((), self.period() or NO_DAYS)
        return cache.breakdown(self.key, look, verdict.variant, verdict.kpi.id, self.visitor.workspace)

    def past(self, id_: str) -> cache.Past:
        """Return the lights of earlier periods of a KPI."""
        shown = self.period()
        if shown is None:
            return ()
        kept = self.visitor.workspace
        return cache.past(self.key, self._look((), shown), id_, kept)

    def explained(self, verdict: Verdict, previous: Period, **within: str) -> Explained | None:
        """Return why a judged KPI moved since an earlier period, within a network, account or format."""
        if verdict.variant is None:
            return None
        seen = replace(self._view(), **within)
        move = cache.Move(verdict.kpi.id, verdict.variant.id, verdict.series[-1][0], previous)
        return cache.explained(self.key, move, seen, self.visitor.workspace)

    def outlook(self, variant: Variant, target: Target) -> Outlook:
        """Return how attainable a target is; of everything in view, as known at the end of the files."""
        look = cache.Look((), first_shown(self.cube, self._view()) or NO_DAYS, self._view(), ())
        return cache.outlook(self.key, look, variant, target, self.visitor.workspace)

    def effect(self, taken: Taken) -> Effect:
        """Return what an action taken on seems to have done to its KPI."""
        return cache.effect(self.key, taken, self.visitor.workspace)

    def conflicts(self, targets: Sequence[Target]) -> tuple[Conflict, ...]:
        """Return which of these targets contradict each other."""
        look = cache.Look((), first_shown(self.cube, self._view()) or NO_DAYS, self._view(), tuple(targets))
        return cache.conflicts(self.key, look, self.visitor.workspace)

    def remarks(self) -> tuple[Remark, ...]:
        """Return what is worth saying of the chosen goals, period and view."""
        shown = self.period()
        if shown is None:
            return ()
        kept = self.visitor.workspace
        return cache.remarks(self.key, self._look(kept.goals(), shown), kept)

    def content(self, period: Period, measure: Measure) -> tuple[Shelf, Findings]:
        """Return the posts of a period, and what stands out among them by a measure."""
        return cache.content(self.key, period, self._view(), measure, self.visitor.workspace)

    def sold(self, period: Period) -> Takings | None:
        """Return what the posts of a period sold; None where no order could name a post."""
        return cache.sold(self.key, period, self._view(), self.visitor.workspace)

    def money(self, period: Period) -> tuple[Returns, Scene]:
        """Return what social networks gave back in a period, and what would move it; of all networks."""
        return cache.money(self.key, period, self.visitor.workspace)

    def audit(self, report: Desk) -> Audit:
        """Return how a contractor's report, on a desk of its own, stands to the files of this one."""
        return cache.audit(self.key, report.key, self.visitor.workspace, report.visitor.workspace)

    def _view(self) -> View:
        return EVERYTHING if self.whole else view(self.visitor)

    def _look(self, chosen: tuple[str, ...], period: Period) -> cache.Look:
        return cache.Look(chosen, period, self._view(), self.visitor.workspace.targets())

    def standings(self) -> Mapping[str, Standing]:
        """Return how far the files go for every KPI."""
        return cache.standings(self.key, self.visitor.workspace)

    def plan(self) -> Plan:
        """Return the plan for the chosen goals."""
        kept = self.visitor.workspace
        return cache.plan(self.key, kept.goals(), kept.targets(), kept)


def lay(visitor: Visitor, *, whole: bool = False) -> Desk:
    """Return the desk as it is now; a screen lays it once a run.

    What the visitor looks at is cut to what the files have; `visitor.wrong` remembers what they have not.
    """
    kept, lang = visitor.workspace, visitor.lang
    said, memories, given = kept.said(), kept.memories(), kept.files()
    with st.spinner(say_n("desk.reading", len(given), lang)):
        files = tuple(
            (one.digest, one.name, _known(visitor, one, said.get(one.digest, FileAnswers()), memories))
            for one in given
        )
    laid = Desk(visitor, cache.Key(files, kept.owners() or (Owner(),), tuple(wishes(kept).values())), whole)
    with st.spinner(say("desk.adding", lang)):
        address.settle(visitor, *fitting(visitor.filter, laid.cube))
    return laid
