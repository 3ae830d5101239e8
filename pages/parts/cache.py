"""Cached doors into the domain, which itself knows nothing of caching.

Arguments are digests, strings, tuples and frozen values, never a table: Streamlit hashes a large one by
a sample, so two different ones can share a key. What a visitor gave is cached for that visitor alone.
"""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from kpi.catalog.loader import benchmarks, kpis
from kpi.catalog.own import Wish, own_kpis
from kpi.facts.assemble import assemble
from kpi.ingest.reader import Reader
from kpi.insight.audit.check import audit as checked
from kpi.insight.audit.figure import Audit
from kpi.insight.content.findings import Findings, findings
from kpi.insight.content.shelf import Measure, Shelf, shelf
from kpi.insight.content.takings import Takings, takings
from kpi.insight.drivers import explained as driven
from kpi.insight.effect import effect as done
from kpi.insight.nearness import nearby
from kpi.insight.plan import plan as planned
from kpi.insight.readiness import Standings
from kpi.insight.remarks.found import leading
from kpi.insight.remarks.found import remarks as noted
from kpi.insight.remarks.scene import Scene
from kpi.insight.returns import Returns, returns
from kpi.insight.whatif import Scene as WhatIf
from kpi.insight.whatif import scene as what_if
from kpi.judge.board import Board
from kpi.judge.board import board as judged
from kpi.judge.breakdown import Breakdown
from kpi.judge.breakdown import breakdown as broken_down
from kpi.judge.consistent import conflicts as contradicting
from kpi.judge.fan import Fan, fan
from kpi.judge.judging import Judge
from kpi.judge.outlook import outlook as attainable
from kpi.judge.peers import beside
from kpi.judge.trend import Course, course
from kpi.judge.ways import Way
from kpi.judge.ways import ways as counted
from kpi.metrics.cubes import Cube, cube
from kpi.model.benchmark import Benchmark, Comparison
from kpi.model.conflict import Conflict
from kpi.model.driver import Explained
from kpi.model.kpi import Better, Kpi, Variant
from kpi.model.limits import LOCAL
from kpi.model.outlook import Outlook
from kpi.model.owner import FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.plan import Plan, Standing
from kpi.model.reading import Reading, Reason
from kpi.model.remark import Remark
from kpi.model.taken import Effect, Outcome, Taken
from kpi.model.target import Target
from kpi.model.verdict import Status
from kpi.model.view import View
from kpi.report.marks import copy
from kpi.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Key:
    """Which files, with what was said about each, and the owner's answers and KPIs that a figure hangs on."""

    files: tuple[tuple[str, str, FileAnswers], ...]  # digest, name, what was said
    owners: tuple[Owner, ...]
    own: tuple[Wish, ...] = ()


Past = tuple[tuple[Period, Status], ...]


@dataclass(frozen=True, slots=True)
class Peers:
    """Whom a figure may stand beside: the owner's trade and benchmarks, and whether unsure ones are shown."""

    trade: str | None
    own: tuple[Benchmark, ...]
    low: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at: goals, period, view and targets."""

    goals: tuple[str, ...]
    period: Period
    view: View
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Which KPI, in which way of counting, is compared between which two periods."""

    kpi: str
    variant: str
    period: Period
    previous: Period


@st.cache_resource(max_entries=1, show_spinner=False, on_release=Reader.close)
def _reader() -> Reader:
    """Return the one reader of this server; its child is started ahead."""
    reader = Reader()
    atexit.register(reader.close)
    return reader


def start_reader() -> None:
    """Start the child that parses, so that the first file need not wait for it."""
    _reader()


@st.cache_resource(scope="session", max_entries=200, show_spinner=False, hash_funcs={FileAnswers: repr})
def reading(digest: str, name: str, answers: FileAnswers, _workspace: Workspace) -> Reading:
    """Return what a file of the workspace holds."""
    return _reader().read(name, _workspace.content(digest), answers, LOCAL)


@st.cache_resource(scope="session", max_entries=3, show_spinner=False, hash_funcs={Key: repr})
def whole(key: Key, _workspace: Workspace) -> Cube:
    """Return the cube of all files, in which each figure counts once."""
    readings = [reading(*file, _workspace) for file in key.files]
    known = {
        (table.network or "", table.account or ""): (date.fromisoformat(day), count)
        for one, (_, _, answers) in zip(readings, key.files, strict=True)
        for table in one.tables
        for day, count in answers.followers.items()
    }
    return cube(assemble(readings, key.owners, known), (*kpis().values(), *own(key)))


@st.cache_resource(scope="session", max_entries=5, show_spinner=False, hash_funcs={Key: repr})
def audit(key: Key, report: Key, _workspace: Workspace, _apart: Workspace) -> Audit:
    """Return how a contractor's report, which lies in a workspace apart, stands to the files of another."""
    readings = [reading(*file, _apart) for file in report.files]
    return checked(whole(key, _workspace), assemble(readings, key.owners))


def own(key: Key) -> tuple[Kpi, ...]:
    """Return the owner's KPIs that hold."""
    return own_kpis({wish.id: wish for wish in key.own})[0]


@st.cache_resource(scope="session", max_entries=40, show_spinner=False, hash_funcs={Key: repr, Look: repr})
def board(key: Key, look: Look, _workspace: Workspace) -> Board:
    """Return the KPIs of the goals for a period, judged."""
    cube = whole(key, _workspace)
    found = judged(cube, look.goals, look.period, look.view, look.targets, own=own(key))
    return replace(found, verdicts=nearby(found.verdicts, cube.facts))


@st.cache_resource(
    scope="session", max_entries=20, show_spinner=False, hash_funcs={Key: repr, Look: repr, Peers: repr}
)
def others(key: Key, look: Look, asked: Peers, _workspace: Workspace) -> Mapping[str, Comparison]:
    """Return each KPI of a board beside the figures of others."""
    cube, known = whole(key, _workspace), (*asked.own, *benchmarks())
    return {
        verdict.kpi.id: beside(
            verdict, cube, look.view, trade=asked.trade, benchmarks=known, show_low=asked.low
        )
        for verdict in board(key, look, _workspace).verdicts
    }


@st.cache_resource(scope="session", max_entries=40, show_spinner=False, hash_funcs={Key: repr, Look: repr})
def over_time(
    key: Key, look: Look, variant: Variant, id_: str, per: str, _workspace: Workspace
) -> tuple[Course, Fan]:
    """Return what a variant was by `week` or `month`, and what its past foretells."""
    cube, kpi = whole(key, _workspace), _kpi(key, id_)
    line = course(cube, kpi, variant, look.period, look.view, weekly=per == "week")
    return line, fan(cube, kpi, variant, look.view, look.period, per=per)


@st.cache_resource(scope="session", max_entries=40, show_spinner=False, hash_funcs={Key: repr, Look: repr})
def breakdown(key: Key, look: Look, variant: Variant, id_: str, _workspace: Workspace) -> Breakdown:
    """Return a variant of a KPI by network and by format."""
    cube, kpi = whole(key, _workspace), replace(_kpi(key, id_), variants=(variant,))
    verdict = Judge(cube, look.view, ()).verdict(kpi, look.period)
    return broken_down(cube, verdict, look.period, look.view)


@st.cache_resource(scope="session", max_entries=20, show_spinner=False, hash_funcs={Key: repr, Look: repr})
def ways(key: Key, look: Look, id_: str, _workspace: Workspace) -> tuple[Way, ...]:
    """Return every way of counting a KPI for a period."""
    return counted(whole(key, _workspace), _kpi(key, id_), look.period, look.view)


def _kpi(key: Key, id_: str) -> Kpi:
    return {one.id: one for one in own(key)}.get(id_) or kpis()[id_]


@st.cache_resource(scope="session", max_entries=3, show_spinner=False, hash_funcs={Key: repr})
def standings(key: Key, _workspace: Workspace) -> Mapping[str, Standing]:
    """Return how far the files go for every KPI."""
    found = Standings(whole(key, _workspace))
    return {kpi.id: found.of(kpi) for kpi in (*kpis().values(), *own(key))}


@st.cache_resource(scope="session", max_entries=10, show_spinner=False, hash_funcs={Key: repr, Target: repr})
def plan(key: Key, goals: tuple[str, ...], targets: tuple[Target, ...], _workspace: Workspace) -> Plan:
    """Return the plan for some goals."""
    return planned(whole(key, _workspace), goals, targets, own(key))


@st.cache_resource(scope="session", max_entries=20, show_spinner=False, hash_funcs={Key: repr, Look: repr})
def past(key: Key, look: Look, id_: str, _workspace: Workspace) -> Past:
    """Return the lights of earlier periods of a KPI by the rule of the one looked at."""
    judge = Judge(whole(key, _workspace), look.view, look.targets)
    return judge.past(judge.verdict(_kpi(key, id_), look.period))


@st.cache_resource(scope="session", max_entries=20, show_spinner=False, hash_funcs={Key: repr, Look: repr})
def remarks(key: Key, look: Look, _workspace: Workspace) -> tuple[Remark, ...]:
    """Return what is worth saying of a board, of each KPI the weightiest."""
    scene = Scene(board(key, look, _workspace), whole(key, _workspace), look.targets)
    return leading(noted(scene))


@st.cache_resource(scope="session", max_entries=12, show_spinner=False, hash_funcs={Key: repr})
def content(
    key: Key, period: Period, view: View, measure: Measure, _workspace: Workspace
) -> tuple[Shelf, Findings]:
    """Return the posts of a period and view, and what stands out among them; of files that tell of posts."""
    posts = shelf(whole(key, _workspace).facts, period, view)
    return posts, findings(posts, measure)


@st.cache_resource(scope="session", max_entries=12, show_spinner=False, hash_funcs={Key: repr, View: repr})
def sold(key: Key, period: Period, view: View, _workspace: Workspace) -> Takings | None:
    """Return what the posts of a period and view sold; None where no order could name a post."""
    return takings(whole(key, _workspace).facts, period, view)


@st.cache_resource(scope="session", max_entries=12, show_spinner=False, hash_funcs={Key: repr})
def money(key: Key, period: Period, _workspace: Workspace) -> tuple[Returns, WhatIf]:
    """Return what social networks gave back in a period, and what would move it; of all networks."""
    facts = whole(key, _workspace).facts
    return returns(facts, period), what_if(facts, period)


@st.cache_resource(
    scope="session", max_entries=60, show_spinner=False, hash_funcs={Key: repr, Move: repr, View: repr}
)
def explained(key: Key, move: Move, view: View, _workspace: Workspace) -> Explained | None:
    """Return why a KPI moved between two periods; None where one of them has no value."""
    kpi = _kpi(key, move.kpi)
    variant = next(one for one in kpi.variants if one.id == move.variant)
    return driven(whole(key, _workspace), kpi, variant, move.period, move.previous, view=view)


@st.cache_resource(scope="session", max_entries=200, show_spinner=False, hash_funcs={Key: repr, Look: repr})
def outlook(key: Key, look: Look, variant: Variant, target: Target, _workspace: Workspace) -> Outlook:
    """Return how attainable a target of a variant is, knowing what is told by the end of the period."""
    cube, kpi = whole(key, _workspace), _kpi(key, target.kpi)
    return attainable(cube, kpi, variant, look.view, target, until=look.period)


@st.cache_resource(scope="session", max_entries=200, show_spinner=False, hash_funcs={Key: repr, Taken: repr})
def effect(key: Key, taken: Taken, _workspace: Workspace) -> Effect:
    """Return what an action seems to have done to its KPI; each upload asks anew."""
    if taken.kpi not in kpis() and taken.kpi not in {one.id for one in own(key)}:
        return Effect(outcome=Outcome.UNTOLD, better=Better.UP, reason=Reason(key="effect.gone"))
    return done(whole(key, _workspace), _kpi(key, taken.kpi), taken)


@st.cache_resource(scope="session", max_entries=20, show_spinner=False, hash_funcs={Key: repr, Look: repr})
def conflicts(key: Key, look: Look, _workspace: Workspace) -> tuple[Conflict, ...]:
    """Return the targets that contradict each other."""
    return contradicting(whole(key, _workspace), look.targets, look.period, look.view)


@st.cache_resource(scope="session", max_entries=3, show_spinner=False, hash_funcs={FileAnswers: repr})
def marked(digest: str, name: str, answers: FileAnswers, lang: str, _workspace: Workspace) -> bytes | Reading:
    """Return a copy of a file's workbook with its flaws marked, or a reading that says why there is none."""
    found = copy(reading(digest, name, answers, _workspace), lang)
    return _reader().annotate(name, _workspace.content(digest), answers, LOCAL, found)
