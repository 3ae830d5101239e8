"""A KPI as a card: light, value, change, course, bullet, reason, and the way to its making and target."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import streamlit as st
from babel.dates import format_date

from kpi.model.kpi import Better
from kpi.model.period import Period
from kpi.model.target import Target, in_force
from kpi.model.verdict import Drift, Measure, Status, Verdict
from kpi.report.moved import Moved, moved
from kpi.report.numbers import interval, marked, reasons, shown, typed
from kpi.report.outline import get_from
from kpi.report.words import say
from kpi.workspace.charter import next_since, superseding, withdrawn_since
from pages.parts import charts, howto
from pages.parts.escape import dollars, plain
from pages.parts.session import Visitor, picked
from pages.parts.shell import script

LIGHTS = {
    Status.GREEN: ("green", ":material/check_circle:"),
    Status.AMBER: ("orange", ":material/error:"),
    Status.RED: ("red", ":material/cancel:"),
    Status.GREY: ("gray", ":material/help:"),
}
_BESIDE = frozenset(
    {
        "only_networks",
        "partly_covered",
        "window",
        "longer_period",
        "target_of_other_variant",
        "target_of_all_networks",
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
_HOLLOW = ":material/radio_button_unchecked:"
_FITS = 15  # letters of a value in large type, on a phone too


def card(visitor: Visitor, verdict: Verdict, looked_at: Period) -> None:
    """Draw one KPI."""
    lang = visitor.lang
    words = verdict.kpi.words(lang)
    with st.container(border=True, height="stretch", gap="small", key=f"dashboard.card_{verdict.kpi.id}"):
        with st.container(horizontal=True, gap="small"):
            badge(verdict, lang)
            if verdict.drift in {Drift.UP, Drift.DOWN}:
                drift(verdict, lang)
            if verdict.marks:
                st.badge(say("dashboard.marked", lang), icon=":material/rule:", color="violet")
        found = moved(verdict, lang)
        st.metric(
            words.name,
            dollars(_value(verdict, lang)),
            found.change if found else None,
            delta_color="off",
            delta_description=_against(found, lang) if found else None,
            help=f"{words.term} {words.question}".strip(),
        )
        if verdict.variant is not None:
            st.caption(plain(_way(verdict, lang)))
            charts.sparkline(verdict, lang)
        why = reasons(verdict, lang)
        if why:
            st.markdown(plain(why[0]))
        for reason, sentence in list(zip(verdict.reasons, why, strict=True))[1:]:
            if reason.key in _BESIDE:
                st.caption(plain(sentence))
        for sentence in marked(verdict, lang):
            st.caption(plain(sentence))
        for lack in verdict.missing:
            st.caption(say("dashboard.get_from", lang, field=lack.field, path=plain(get_from(lack, lang))))
        charts.bullet(verdict, lang)
        mark(verdict, lang)
        st.space("stretch")
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            howto.opener(verdict, looked_at, lang)
            st.page_link(
                script("kpi"),
                label=say("dashboard.whole", lang),
                icon=":material/open_in_full:",
                query_params={"id": verdict.kpi.id},
            )
            target(visitor, verdict)


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


def _way(verdict: Verdict, lang: str) -> str:
    """Return the way of counting, with the unit before it where that does not fit beside the value."""
    name = variant_name(verdict, lang)
    return f"{charts.unit(verdict, lang)} · {name}" if _is_long(verdict, lang) else name


def _is_long(verdict: Verdict, lang: str) -> bool:
    whole = shown(verdict.value, verdict.unit, verdict.currency, lang, brief=True)
    return verdict.unit != "money" and len(whole) > _FITS


def variant_name(verdict: Verdict, lang: str) -> str:
    """Return the short name of the variant shown, e.g. `by reach`."""
    variant = verdict.variant
    if variant is None:
        return ""
    return variant.ru if lang == "ru" else variant.en


def _against(found: Moved, lang: str) -> str:
    """Return what a value is compared with, in a word or two."""
    if found.before.months != 1:
        return say("dashboard.against_before_a_day" if found.by_day else "dashboard.against_before", lang)
    name = format_date(found.before.first, "LLL", locale=lang)
    return say("dashboard.against_a_day" if found.by_day else "dashboard.against", lang, name=name)


def mark(verdict: Verdict, lang: str) -> None:
    """Say the target, or the break-even or usual level, which is never called one."""
    if verdict.bar is None:
        return
    amount = shown(verdict.bar, verdict.unit, verdict.currency, lang)
    if verdict.top is not None:
        amount = interval(verdict.bar, verdict.top, verdict.unit, verdict.currency, lang)
    key = _MEASURES[verdict.measure or Measure.TARGET]
    st.caption(dollars(say(key, lang, value=amount)))


def target(visitor: Visitor, verdict: Verdict) -> None:
    """Draw the quick way to set, change and remove the target of the variant shown."""
    variant = verdict.variant
    if variant is None or not variant.colour:
        return
    lang, kpi = visitor.lang, verdict.kpi.id
    label = say("dashboard.change_target" if verdict.target is not None else "dashboard.set_target", lang)
    if verdict.better is Better.RANGE:  # two ends: that is more than a quick word
        st.page_link(script("targets"), label=label, icon=":material/flag:")
        return
    opened = st.popover(
        label, type="tertiary", icon=":material/flag:", key=f"dashboard.target_of_{kpi}", on_change="rerun"
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


def drop(visitor: Visitor, kpi: str, variant: str) -> None:
    """Withdraw the target of this variant, also one that was set for any."""
    last, kept = _latest(visitor, kpi, variant), visitor.workspace
    for one in kept.history(kpi):
        if one.target == last:
            kept.withdraw(kpi, last.variant, withdrawn_since(one, datetime.now(UTC).date()))


def _proposal(verdict: Verdict) -> str:
    """Return a proposal for the empty field: the usual level, else the value."""
    value = verdict.bar if verdict.bar is not None else verdict.value
    return "" if value is None else typed(value)


def _unit(verdict: Verdict, lang: str) -> str:
    return charts.unit(verdict, lang) or say("dashboard.number", lang)
