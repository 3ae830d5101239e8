"""The form in which a target is set: how much, for which period, from when, by when, by whom, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kpi.insight.charter import served
from kpi.model.kpi import Better
from kpi.model.target import PERIODS, Target
from kpi.model.verdict import Verdict
from kpi.report import charter
from kpi.report.numbers import typed
from kpi.report.words import say
from kpi.report.words.tell import told
from kpi.workspace import Decision
from kpi.workspace.charter import next_since, superseding
from pages.parts import charts
from pages.parts.session import Visitor, picked

_DATES = {"ru": "DD.MM.YYYY", "en": "YYYY/MM/DD"}
_LONGEST_NAME, _LONGEST_REASON = 80, 300
_FIELDS = ("value", "per", "by", "owner", "approver", "goal", "reason")


def form(
    visitor: Visitor, verdict: Verdict, history: Sequence[Decision], goals: Sequence[str], today: date
) -> None:
    """Draw the form of a KPI, filled with what was decided last."""
    lang, kpi, variant = visitor.lang, verdict.kpi, verdict.variant
    if variant is None:
        return
    last = next((one.target for one in reversed(history) if not one.target.dropped), None)
    fitting = last if last is not None and last.variant in {None, variant.id} else None
    # New fields after each decision: the old ones would go on showing what was typed into them.
    moment = history[-1].at if history else None
    mark = f"{kpi.id}_{moment:%Y%m%d%H%M%S%f}" if moment else f"{kpi.id}_{len(history)}"
    ranged = verdict.better is Better.RANGE
    with st.form(f"targets.form_{kpi.id}", border=False):
        _amounts(verdict, fitting, mark, lang)
        _days(fitting, history, mark, today, lang)
        _people(visitor, last, mark)
        _purpose(Target(kpi=kpi.id, value=0.0) if last is None else last, verdict, goals, mark, lang)
        pressed = st.form_submit_button(
            say("targets.keep", lang),
            type="primary",
            icon=":material/flag:",
            on_click=_decide,
            args=(visitor, kpi.id, variant.id, mark, today),
            kwargs={"ranged": ranged},
        )
    flaw = _flaw(mark, ranged=ranged) if pressed else None
    if flaw:
        st.error(say(flaw, lang))


def _amounts(verdict: Verdict, last: Target | None, mark: str, lang: str) -> None:
    """Ask how much, and for which length of period."""
    unit = charts.unit(verdict, lang) or say("dashboard.number", lang)
    ranged = verdict.better is Better.RANGE
    usual = verdict.bar if verdict.bar is not None else verdict.value
    left, right = st.columns(2)
    left.number_input(
        say("targets.low" if ranged else "targets.value", lang, unit=unit),
        value=last.value if last else None,
        placeholder="" if usual is None else typed(usual),
        key=f"targets.value_{mark}",
    )
    if ranged:
        right.number_input(
            say("targets.top", lang, unit=unit),
            value=last.top if last else None,
            key=f"targets.top_{mark}",
        )
    per = last.per if last else "month"
    (st if ranged else right).selectbox(
        say("targets.per", lang),
        PERIODS,
        index=PERIODS.index(per),
        format_func=lambda one: charter.period(one, lang),
        key=f"targets.per_{mark}",
    )


def _days(last: Target | None, history: Sequence[Decision], mark: str, today: date, lang: str) -> None:
    """Ask from which day it holds and by which day it is to be reached."""
    since = next_since(history, today)
    left, right = st.columns(2)
    left.date_input(
        say("targets.since_day", lang),
        value=since,
        format=_DATES[lang],
        help=say("targets.since_empty" if since is None else "targets.since_later", lang),
        key=f"targets.since_{mark}",
    )
    right.date_input(
        say("targets.by_day", lang),
        value=last.by if last else None,
        format=_DATES[lang],
        key=f"targets.by_{mark}",
    )


def _people(visitor: Visitor, last: Target | None, mark: str) -> None:
    """Ask who answers and who sets it; the names of the latest decision are proposed."""
    lang = visitor.lang
    before = last or next((one for one in reversed(visitor.workspace.targets()) if not one.dropped), None)
    left, right = st.columns(2)
    left.text_input(
        say("targets.owner", lang),
        before.owner if before else "",
        max_chars=_LONGEST_NAME,
        key=f"targets.owner_{mark}",
    )
    right.text_input(
        say("targets.approver", lang),
        before.approver if before else "",
        max_chars=_LONGEST_NAME,
        key=f"targets.approver_{mark}",
    )


def _purpose(last: Target, verdict: Verdict, goals: Sequence[str], mark: str, lang: str) -> None:
    """Ask by how much it may be missed, which goal it serves, and why so much."""
    left, right = st.columns(2)
    own = charter.tolerance(Target(kpi=verdict.kpi.id, value=0.0), verdict.kpi, lang)
    left.number_input(
        say("targets.tolerance", lang),
        min_value=0.0,
        max_value=100.0,
        value=None if last is None or last.tolerance is None else 100 * last.tolerance,
        step=1.0,
        format="%.0f",
        placeholder=own,
        key=f"targets.tolerance_{mark}",
    )
    mine = served(last, verdict.kpi, goals) or goals[0]
    right.selectbox(
        say("targets.goal", lang),
        list(goals),
        index=list(goals).index(mine),
        format_func=lambda goal: told("goal", goal, lang),
        key=f"targets.goal_{mark}",
    )
    st.text_input(
        say("targets.reason", lang),
        last.reason,
        max_chars=_LONGEST_REASON,
        placeholder=say("targets.reason_hint", lang),
        key=f"targets.reason_{mark}",
    )


def _decide(visitor: Visitor, kpi: str, variant: str, mark: str, today: date, *, ranged: bool) -> None:
    """Keep what the form holds as a version of the target; nothing where it makes no sense."""
    if _flaw(mark, ranged=ranged):
        return
    kept = visitor.workspace
    said = {name: picked(f"targets.{name}_{mark}") for name in _FIELDS}
    share = picked(f"targets.tolerance_{mark}")
    target = Target(
        kpi=kpi,
        variant=variant,
        top=picked(f"targets.top_{mark}") if ranged else None,
        tolerance=None if share is None else share / 100,
        since=picked(f"targets.since_{mark}") or next_since(kept.history(kpi), today),
        **said,
    )
    kept.decide(*superseding(target, kept.targets()))
    st.toast(say("toast.target_kept", visitor.lang), icon=":material/flag:")


def _flaw(mark: str, *, ranged: bool) -> str | None:
    """Return the key of what is wrong with what the form holds, None where it can be decided."""
    value, top = picked(f"targets.value_{mark}"), picked(f"targets.top_{mark}") if ranged else None
    if value is None or (ranged and top is None):
        return "targets.no_value"
    return "targets.top_below" if top is not None and top < value else None
