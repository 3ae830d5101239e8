"""A KPI as a card: light, value, changes, course, bullet, reason, and the way to its making and target."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime

import streamlit as st

from kpi.metrics.formula import is_ratio
from kpi.model.benchmark import Comparison
from kpi.model.kpi import Better
from kpi.model.period import Period
from kpi.model.target import Target, in_force
from kpi.model.verdict import Drift, Measure, Status, Verdict
from kpi.report.card import certainty, changes, signs
from kpi.report.numbers import interval, reasons, shown, typed
from kpi.report.outline import get_from
from kpi.report.words import say
from kpi.workspace.charter import next_since, superseding, withdrawn_since
from pages.parts import charts, howto
from pages.parts.escape import dollars, plain
from pages.parts.session import Visitor, picked
from pages.parts.steps import link, script

LIGHTS = {
    Status.GREEN: ("green", ":material/check_circle:"),
    Status.AMBER: ("orange", ":material/error:"),
    Status.RED: ("red", ":material/cancel:"),
    Status.GREY: ("gray", ":material/help:"),
}
_BESIDE = frozenset(
    {
        "escalated_together",
        "escalated_twice",
        "only_networks",
        "partly_covered",
        "window",
        "longer_period",
        "target_of_other_variant",
        "target_of_all_networks",
        "only_currency",
        "target_of_all_money",
        "target_of_other_money",
    }
)
_DRIFTS = {
    Drift.UP: (":material/trending_up:", "drift.up"),
    Drift.DOWN: (":material/trending_down:", "drift.down"),
    Drift.STEADY: (":material/trending_flat:", "drift.steady"),
}
_MEASURES = {
    Measure.TARGET: "dashboard.target_is",
    Measure.ECONOMICS: "dashboard.limit_is",
    Measure.REFERENCE: "dashboard.usual_is",
}
_ARROWS = {"+": ":material/arrow_upward:", "-": ":material/arrow_downward:"}  # nothing where it stood still
_HOLLOW = ":material/radio_button_unchecked:"
_FITS = 15  # letters of a value in large type, on a phone too


def card(
    visitor: Visitor,
    verdict: Verdict,
    looked_at: Period,
    others: Comparison | None = None,
    cause: str | None = None,
) -> None:
    """Draw one KPI: all that has a height of its own first, so that cards side by side stand in line."""
    lang = visitor.lang
    words = verdict.kpi.words(lang)
    with st.container(border=True, height="stretch", gap="small", key=f"dashboard.card_{verdict.kpi.id}"):
        with st.container(horizontal=True, gap="small"):
            badge(verdict, lang)
            if verdict.drift in {Drift.UP, Drift.DOWN}:
                drift(verdict, lang)
            if verdict.marks:
                st.badge(say("dashboard.marked", lang), icon=":material/rule:", color="violet")
        with st.container(gap=None):
            points = say("card.points", lang) if verdict.unit == "percent" else ""
            about = " ".join(filter(None, (words.term, words.question, points)))
            st.markdown(f"**{plain(words.name)}**", help=about)
            st.metric(words.name, dollars(_value(verdict, lang)), label_visibility="collapsed")
            if verdict.variant is not None:
                _beneath(verdict, lang)
        if verdict.variant is not None:
            charts.sparkline(verdict, lang)
        charts.bullet(verdict, lang, others)
        lines = [line for line in (signs(verdict, others, lang), certainty(verdict, lang)) if line]
        if lines:
            st.caption("  \n".join(map(dollars, lines)))
        _reasons(verdict, lang)
        if cause:
            st.markdown(dollars(cause))
        st.space("stretch")
        with st.container(
            horizontal=True, gap="small", horizontal_alignment="distribute", vertical_alignment="center"
        ):
            with st.container(horizontal=True, gap="medium", width="content"):
                howto.opener(verdict, looked_at, lang)
                target(visitor, verdict, brief=True)
            ill = verdict.status in {Status.RED, Status.AMBER}
            way = say("dashboard.remedy" if ill else "dashboard.whole", lang)
            link(visitor, "kpi", way, icon=":material/arrow_forward:", id=verdict.kpi.id)


def _beneath(verdict: Verdict, lang: str) -> None:
    """Draw how the value moved and, in one line, its way of counting; a unit too long for it comes first."""
    found = changes(verdict, lang)
    told = [
        f":gray-badge[{_ARROWS.get(one.change[:1], '')} {dollars(one.change)}] :small[{plain(to)}]"
        for one, to in found
    ]
    st.markdown("\N{NO-BREAK SPACE} ".join(told) or f":small[{say('card.nothing_before', lang)}]")
    st.caption(plain(charts.unit(verdict, lang) if _is_long(verdict, lang) else variant_name(verdict, lang)))


def _reasons(verdict: Verdict, lang: str) -> None:
    """Draw why the light is as it is, what the figure does not speak of, and where what is missing is had."""
    said = list(zip(verdict.reasons, reasons(verdict, lang), strict=True))
    if said:
        st.markdown(plain(said[0][1]))
    beside = [sentence for reason, sentence in said[1:] if reason.key in _BESIDE]
    if beside:
        st.caption(plain(" ".join(beside)))
    lacks(verdict, lang)


def lacks(verdict: Verdict, lang: str) -> None:
    """Draw which columns are missing and where each is had; a way to several is told once."""
    ways = defaultdict[str, list[str]](list)
    for lack in verdict.missing:
        ways[get_from(lack, lang)] += [lack.field] if lack.sources else []  # an own sheet names its column
    for path, fields in ways.items():
        told = say("dashboard.get_from", lang, fields=tuple(fields), path=path) if fields else path
        st.caption(plain(told))


def drift(verdict: Verdict, lang: str) -> None:
    """Draw where the course is going, apart from the light; nothing where too few periods tell."""
    if verdict.drift is not None:
        icon, key = _DRIFTS[verdict.drift]
        st.badge(say(key, lang), icon=icon, color="gray")


def why(verdict: Verdict, lang: str) -> str:
    """Return the first reason of a verdict, an empty text where there is none."""
    return next(iter(reasons(verdict, lang)), "")


def badge(verdict: Verdict, lang: str) -> None:
    """Draw the light: word and shape before colour; hollow where chance could explain the distance."""
    colour, icon = LIGHTS[verdict.status]
    if verdict.hollow:
        icon = _HOLLOW
    st.badge(say(f"status.{verdict.status.value}", lang), icon=icon, color=colour)  # type: ignore[arg-type]


def _value(verdict: Verdict, lang: str) -> str:
    """Return the value; a unit too long to stand beside it is told under it."""
    if _is_long(verdict, lang):
        return shown(verdict.value, "", None, lang, brief=True)
    return shown(verdict.value, verdict.unit, verdict.currency, lang, brief=True)


def _is_long(verdict: Verdict, lang: str) -> bool:
    whole = shown(verdict.value, verdict.unit, verdict.currency, lang, brief=True)
    return verdict.unit != "money" and len(whole) > _FITS


def variant_name(verdict: Verdict, lang: str) -> str:
    """Return the short name of the variant shown, e.g. `by reach`."""
    variant = verdict.variant
    if variant is None:
        return ""
    return variant.ru if lang == "ru" else variant.en


def mark(verdict: Verdict, lang: str) -> None:
    """Say the target, or the break-even or usual level, which is never called one."""
    if verdict.bar is None:
        return
    amount = shown(verdict.bar, verdict.unit, verdict.currency, lang)
    if verdict.top is not None:
        amount = interval(verdict.bar, verdict.top, verdict.unit, verdict.currency, lang)
    key = _MEASURES[verdict.measure or Measure.TARGET]
    adds_up = verdict.variant is not None and not is_ratio(verdict.variant.formula)
    st.caption(dollars(say(key, lang, value=amount, adds_up=adds_up)))


def target(visitor: Visitor, verdict: Verdict, *, brief: bool = False) -> None:
    """Draw the quick way to set, change and remove the target of the variant shown; `brief`: in a word."""
    variant = verdict.variant
    if variant is None or not variant.colour:
        return
    lang, kpi = visitor.lang, verdict.kpi.id
    label = say("dashboard.change_target" if verdict.target is not None else "dashboard.set_target", lang)
    if verdict.better is Better.RANGE:  # two ends: that is more than a quick word
        st.page_link(script("targets"), label=say("card.target", lang) if brief else label)
        return
    opened = st.popover(
        say("card.target", lang) if brief else label,
        type="tertiary",
        help=label if brief else None,
        key=f"dashboard.target_of_{kpi}",
        on_change="rerun",
    )
    if not opened.open:
        return
    last = _latest(visitor, kpi, variant.id)
    # A new field once a target is set or gone: the old one would go on showing what was typed into it.
    field = f"dashboard.target_{kpi}_{variant.id}{'_set' if last else ''}"
    with opened:
        st.number_input(
            say("dashboard.target", lang, unit=_unit(verdict, lang)),
            value=last.value if last else None,
            placeholder=_proposal(verdict),
            key=field,
            on_change=keep,
            args=(visitor, kpi, variant.id, field),
        )
        st.caption(say("dashboard.target_for", lang, name=variant_name(verdict, lang)))
        if last and last.since:
            st.caption(say("dashboard.target_since", lang, day=last.since))
        if last:
            st.button(
                say("dashboard.drop_target", lang),
                key=f"dashboard.drop_{kpi}",
                icon=":material/delete:",
                on_click=drop,
                args=(visitor, kpi, variant.id),
            )
        st.page_link(script("targets"), label=say("dashboard.target_more", lang), icon=":material/flag:")


def _latest(visitor: Visitor, kpi: str, variant: str) -> Target | None:
    """Return the version that holds last for a way of counting, also one meant for any; None: no target."""
    held = in_force(visitor.workspace.targets(), kpi, date.max)
    fitting = [target for target in held if target.variant in {None, variant}]
    return max(fitting, key=lambda target: target.variant is not None, default=None)


def keep(visitor: Visitor, kpi: str, variant: str, field: str) -> None:
    """Decide what was typed as the target of this variant; an emptied field withdraws it."""
    value = picked(field)
    if value is None:
        drop(visitor, kpi, variant)
        return
    kept, last = visitor.workspace, _latest(visitor, kpi, variant)
    since = next_since(kept.history(kpi), datetime.now(UTC).date())
    base = last or Target(kpi=kpi, value=0.0)
    new = replace(base, variant=variant, value=float(value), since=since)
    kept.decide(*superseding(new, kept.targets()))
    st.toast(say("toast.target_kept", visitor.lang), icon=":material/flag:")


def drop(visitor: Visitor, kpi: str, variant: str) -> None:
    """Withdraw the target of this variant, also one that was set for any."""
    last, kept = _latest(visitor, kpi, variant), visitor.workspace
    for one in kept.history(kpi):
        if one.target == last:
            kept.withdraw(kpi, last.variant, withdrawn_since(one, datetime.now(UTC).date()))
            st.toast(say("toast.target_gone", visitor.lang), icon=":material/flag:")


def _proposal(verdict: Verdict) -> str:
    """Return a proposal for the empty field: the usual level, else the value."""
    value = verdict.bar if verdict.bar is not None else verdict.value
    return "" if value is None else typed(value)


def _unit(verdict: Verdict, lang: str) -> str:
    return charts.unit(verdict, lang) or say("dashboard.number", lang)
