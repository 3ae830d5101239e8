"""How a figure was computed: formula, numbers, range, sample, rule, files, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpi.metrics.trace import ANSWERS
from kpi.model.period import Period
from kpi.model.verdict import Trace, Verdict
from kpi.report.formula import in_numbers, in_words, plain_name
from kpi.report.numbers import interval, marked, period, reasons, ruled, shown
from kpi.report.words import say
from pages.parts.escape import plain

_ANSWERS = {
    "margin_rate": "answer.margin_rate",
    "lifetime_years": "answer.lifetime_years",
    "reply_within": "answer.reply_within",
    "smm_costs_month": "answer.smm_costs_month",
}


def opener(verdict: Verdict, looked_at: Period, lang: str) -> None:
    """Draw the button; what it opens, the whole reasoning, is written only once it is open."""
    key = f"dashboard.howto_{verdict.kpi.id}"
    opened = st.popover(say("howto.open", lang), type="tertiary", key=key, on_change="rerun")
    if opened.open:
        with opened:
            words = verdict.kpi.words(lang)
            st.markdown(f"**{plain(words.name)}**")
            for sentence in reasons(verdict, lang):
                st.markdown(plain(sentence))
            rule = ruled(verdict, lang)
            if rule:
                st.caption(f"**{say('kpi.rule', lang)}** {plain(rule)}")
            st.markdown(f"**{say('kpi.counting', lang)}**")
            written(verdict, looked_at, lang)
            st.caption(plain(words.caveat))


def written(verdict: Verdict, looked_at: Period | None, lang: str) -> None:
    """Write how a figure was computed: formula, numbers, what else is to be known, and the files."""
    _formula(verdict, lang)
    for sentence in _facts(verdict, looked_at, lang):
        st.markdown(plain(sentence))
    if verdict.trace:
        st.markdown(f"**{say('howto.sources', lang)}**")
        sources(verdict.trace, f"howto.trace_{verdict.kpi.id}", lang)


def _formula(verdict: Verdict, lang: str) -> None:
    """Write the formula in words; where it has a value also with its numbers."""
    variant = verdict.variant or verdict.nearest or verdict.kpi.variants[0]
    st.markdown(plain(in_words(variant.formula, lang)))
    if verdict.value is not None and verdict.parts:
        value = shown(verdict.value, verdict.unit, verdict.currency, lang)
        numbers = f"{plain(in_numbers(variant.formula, verdict.parts, lang))} = "
        st.markdown(f"= {numbers if len(verdict.parts) > 1 else ''}**{plain(value)}**")


def _facts(verdict: Verdict, looked_at: Period | None, lang: str) -> list[str]:
    """Return what else is to be known, a sentence each."""
    told = []
    if verdict.series and verdict.series[-1][0] != looked_at:
        told.append(say("howto.period", lang, period=period(verdict.series[-1][0], lang)))
    if verdict.interval is not None:
        low, high = verdict.interval
        within = interval(low, high, verdict.unit, verdict.currency, lang)
        if low < high:  # else it is counted, and chance has no part in it
            told.append(say("howto.interval", lang, range=within))
    elif verdict.value is not None:
        told.append(say("howto.no_interval", lang))
    if verdict.sample is not None and verdict.sample.n is not None:
        of = _of(verdict.sample.of, lang)
        told.append(say("howto.sample", lang, name=of, n=verdict.sample.n, needed=verdict.sample.needed))
    told += marked(verdict, lang)
    return told


def _of(sample: str, lang: str) -> str:
    """Return what a sample counts, in words."""
    return plain_name(sample if "." in sample else f"{sample}.count", lang)


def sources(found: Sequence[Trace], key: str, lang: str) -> None:
    """Draw the table of where figures came from."""
    file, sheet, heading, field, rows = (
        say("howto.file", lang),
        say("howto.sheet", lang),
        say("howto.heading", lang),
        say("howto.field", lang),
        say("howto.rows", lang),
    )
    columns: dict[str, Sequence[int | str]] = {
        field: [plain_name(one.field, lang) for one in found],
        heading: [_heading(one, lang) for one in found],
        rows: _counts(found, lang),
        file: [say("howto.answers", lang) if one.file == ANSWERS else one.file for one in found],
        sheet: [one.sheet or "" for one in found],
    }
    if not any(columns[sheet]):
        del columns[sheet]
    st.dataframe(columns, hide_index=True, key=key)


def _counts(found: Sequence[Trace], lang: str) -> Sequence[int | str]:
    """Return how many rows there were: numbers, that can be sorted, where none of them are columns."""
    if not any(one.turned for one in found):
        return [one.rows for one in found]
    return [say("columns.count", lang, n=one.rows) if one.turned else str(one.rows) for one in found]


def _heading(one: Trace, lang: str) -> str:
    if one.file != ANSWERS:
        return one.heading
    return say(_ANSWERS[one.heading], lang)
