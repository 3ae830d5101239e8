"""Reports of one marketplace that disagree: which of them to believe, asked with what each one says."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from kpi.facts.rivals import Claim, Dispute
from kpi.model.owner import Owner
from kpi.report.words import say
from kpi.report.words.tell import UNKNOWN, number, period
from pages.parts.escape import plain
from pages.parts.session import Visitor, picked


def asked(visitor: Visitor, disputes: tuple[Dispute, ...]) -> None:
    """Draw the question of every marketplace whose reports disagree; the answer is kept at once."""
    lang = visitor.lang
    for at, dispute in enumerate(disputes):
        days = ", ".join(period(one, lang) for one in dispute.periods)
        told = {claim.source: _told(claim, lang) for claim in dispute.claims}
        key = f"data.report_{dispute.family}_{at}"
        st.radio(
            say("rivals.which", lang, days=days),
            tuple(told),
            index=tuple(told).index(dispute.picked) if dispute.picked else None,
            format_func=lambda source, told=told: told[source],
            key=key,
            on_change=_keep,
            args=(visitor, dispute.family, key),
        )
        st.caption(say("rivals.why", lang))


def _told(claim: Claim, lang: str) -> str:
    """Return what a report says, by its plain name and files."""
    files = ", ".join(plain(file) for file in claim.files)
    revenue = UNKNOWN if claim.revenue is None else number(claim.revenue, lang)
    if claim.count is None:
        return say("rivals.claim_money", lang, source=claim.source, files=files, revenue=revenue)
    orders = number(claim.count, lang)
    return say("rivals.claim", lang, source=claim.source, files=files, revenue=revenue, orders=orders)


def _keep(visitor: Visitor, family: str, key: str) -> None:
    said: Owner = visitor.workspace.owner()
    visitor.workspace.keep_owner(replace(said, reports={**said.reports, family: picked(key)}))
