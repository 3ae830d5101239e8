"""One KPI on the screen of targets: what is wanted of it, whether that is sound, and how it came to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from kpi.insight.smart import Finding, Mark, findings
from kpi.model.kpi import Kpi
from kpi.model.outlook import Outlook
from kpi.model.period import Period
from kpi.model.target import Target, in_force
from kpi.model.verdict import Verdict
from kpi.report import charter
from kpi.report.numbers import shown
from kpi.report.words import say
from kpi.report.words.tell import period as told
from kpi.workspace import Decision
from kpi.workspace.charter import withdrawn_since
from pages.parts import realism
from pages.parts.cards import variant_name
from pages.parts.deciding import form
from pages.parts.desk import Desk
from pages.parts.escape import plain
from pages.parts.session import Visitor

_MARKS = {True: ("green", "check"), False: ("orange", "close"), None: ("gray", "question_mark")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A KPI with all versions of its targets; `verdict` is None where the chosen goals do not ask for it."""

    laid: Desk
    kpi: Kpi
    verdict: Verdict | None
    history: tuple[Decision, ...]
    goals: tuple[str, ...]
    currency: str | None
    today: date

    @property
    def held(self) -> tuple[Target, ...]:
        """Return the targets in force today."""
        return in_force([one.target for one in self.history], self.kpi.id, self.today)

    @property
    def coming(self) -> tuple[Decision, ...]:
        """Return the versions that are still to come into force."""
        return tuple(one for one in self.history if one.target.since and one.target.since > self.today)

    @property
    def open(self) -> tuple[Decision, ...]:
        """Return the versions that hold today or will: those that can be withdrawn."""
        held, coming = self.held, self.coming
        return tuple(
            one for one in self.history if one.target in held or (one in coming and not one.target.dropped)
        )

    def decided(self, target: Target) -> date | None:
        """Return the day on which a target was decided."""
        at = next((one.at for one in self.history if one.target == target), None)
        return at.date() if at else None

    def marks(self, target: Target) -> tuple[Finding, ...]:
        """Return the checks of a target."""
        found = self.outlook(target)
        return findings(
            target,
            self.kpi,
            self.verdict,
            goals=self.goals,
            decided=self.decided(target),
            chance=found.chance if found else None,
            realistic=found.realistic if found else None,
            ambitious=found.ambitious if found else None,
        )

    def outlook(self, target: Target) -> Outlook | None:
        """Return how attainable a target is, None where the KPI is not told in its way of counting."""
        variant = self.verdict.variant if self.verdict else None
        if variant is None or target.variant not in {None, variant.id}:
            return None
        return self.laid.outlook(variant, target)

    def line(self, target: Target, lang: str) -> charter.Line:
        """Return a target as a line of the charter."""
        found = self.marks(target)
        return charter.line(target, self.kpi, found, goals=self.goals, currency=self.currency, lang=lang)


def is_official(found: tuple[Finding, ...]) -> bool:
    """Return whether somebody has set the target, and it is known when."""
    return any(one.mark is Mark.OFFICIAL and one.holds for one in found)


def draw(visitor: Visitor, aim: Aim, looked_at: Period) -> None:
    """Draw one KPI with its targets and the ways to change them."""
    lang, id_ = visitor.lang, aim.kpi.id
    with st.container(border=True, height="stretch", gap="small", key=f"targets.card_{id_}"):
        st.markdown(f"**{plain(aim.kpi.words(lang).name)}**")
        if aim.verdict is not None:
            st.caption(plain(_now(aim.verdict, looked_at, lang)))
        for target in aim.held:
            _wanted(aim, target, lang)
        if not aim.held:
            st.badge(say("targets.has_none", lang), icon=":material/radio_button_unchecked:", color="gray")
        for sentence in charter.history(aim.coming, aim.kpi, aim.currency, lang):
            st.caption(f":material/schedule: {plain(sentence)}")
        if aim.verdict is not None and aim.verdict.variant is not None:
            _setting(visitor, aim, aim.verdict)
        if aim.history:
            _past(visitor, aim)


def _now(verdict: Verdict, looked_at: Period, lang: str) -> str:
    """Return how the KPI is counted and where it stands: the last value and the usual one."""
    value = shown(verdict.value, verdict.unit, verdict.currency, lang)
    parts = [variant_name(verdict, lang), f"{told(looked_at, lang)}: {value}"]
    if verdict.reference is not None:
        usual = shown(verdict.reference, verdict.unit, verdict.currency, lang)
        parts.append(say("targets.usual", lang, value=usual))
    return " · ".join(part for part in parts if part)


def _wanted(aim: Aim, target: Target, lang: str) -> None:
    """Draw a target in force: how much, since when, until when, by whom, and its checks."""
    found = aim.marks(target)
    official = is_official(found)
    value = charter.wanted(target, aim.kpi, aim.currency, lang)
    if target.per:
        value = say(f"aim.{target.per}", lang, value=value)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.badge(
            say("targets.is_official" if official else "targets.has_one", lang),
            icon=":material/verified:" if official else ":material/flag:",
            color="green" if official else "blue",
        )
        st.markdown(f"**{plain(value)}**", width="content")
    since = (
        say("targets.since_start", lang)
        if target.since is None
        else say("targets.since", lang, since=target.since)
    )
    facts = [since]
    if target.by:
        facts.append(say("targets.by", lang, by=target.by))
    if target.owner:
        facts.append(say("targets.by_whom", lang, name=target.owner))
    if target.approver:
        facts.append(say("targets.approved", lang, name=target.approver))
    st.caption(plain(" · ".join(facts)))
    st.markdown(" ".join(_badge(one, lang) for one in found if one.mark is not Mark.OFFICIAL))


def _badge(finding: Finding, lang: str) -> str:
    color, icon = _MARKS[finding.holds]
    return f":{color}-badge[:material/{icon}: {say(f'criterion.{finding.mark.value}', lang)}]"


def _setting(visitor: Visitor, aim: Aim, verdict: Verdict) -> None:
    """Draw the form, once it is opened."""
    lang = visitor.lang
    label = say("targets.change" if aim.held else "targets.set", lang)
    opened = st.expander(label, icon=":material/flag:", key=f"targets.set_{aim.kpi.id}", on_change="rerun")
    if opened.open:
        with opened:
            realism.tried(aim.laid, verdict, aim.held[0] if aim.held else None)
            form(visitor, verdict, aim.history, aim.goals, aim.today)


def _past(visitor: Visitor, aim: Aim) -> None:
    """Draw why the checks are as they are, all versions, and the way to end a target."""
    lang, key = visitor.lang, f"targets.past_{aim.kpi.id}"
    opened = st.expander(say("targets.checks", lang), icon=":material/history:", key=key, on_change="rerun")
    if not opened.open:
        return
    with opened:
        for target in aim.held:
            for found in aim.marks(target):
                why = charter.why(found, target, aim.kpi, aim.currency, lang)
                if why:
                    st.markdown(f"{_badge(found, lang)}  \n{plain(' '.join(why))}")
            outlook = aim.outlook(target)
            if outlook is not None:
                realism.told(outlook, lang)
        st.markdown(f"**{say('targets.history', lang)}**")
        sentences = charter.history(aim.history, aim.kpi, aim.currency, lang)
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
        for place, one in enumerate(aim.open):
            value = charter.wanted(one.target, aim.kpi, aim.currency, lang)
            st.button(
                plain(say("targets.withdraw", lang, value=value)),
                key=f"targets.withdraw_{aim.kpi.id}_{place}",
                icon=":material/delete:",
                on_click=_withdraw,
                args=(visitor, aim.kpi.id, one.target.variant, withdrawn_since(one, aim.today)),
            )


def _withdraw(visitor: Visitor, kpi: str, variant: str | None, since: date | None) -> None:
    """End a target from a day on."""
    visitor.workspace.withdraw(kpi, variant, since)
    st.toast(say("toast.target_gone", visitor.lang), icon=":material/flag:")
