"""Why a KPI moved: the sentence, what to check first, the way from then to now, and where it happened."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpi.insight.baseline import MET, YEAR, baselines
from kpi.model.driver import Drill, Explained
from kpi.model.verdict import Status, Verdict
from kpi.report.numbers import period
from kpi.report.waterfall import ROW, from_nought, rows, waterfall
from kpi.report.why import Row, drill_rows, factor_rows, main_cause, remarks, segment_name, sentences
from kpi.report.words import say
from kpi.report.words.tell import UNKNOWN
from pages.parts.desk import Desk
from pages.parts.escape import dollars, plain
from pages.parts.table import markdown

_CLOSER = frozenset({"network", "account", "format"})  # what figures can be narrowed to


def draw(verdict: Verdict, laid: Desk, lang: str) -> None:
    """Draw why a KPI moved; nothing where no earlier period is known to compare with."""
    kinds = baselines(verdict)
    if not kinds:
        return
    st.header(say("why.title", lang), anchor=False)
    kind = next(iter(kinds))
    if len(kinds) > 1:
        names = {one: _against(one, period(when, lang), lang) for one, when in kinds.items()}
        kind = st.segmented_control(
            say("why.against_what", lang),
            list(kinds),
            default=kind,
            format_func=names.__getitem__,
            required=True,
            key=f"kpi.why_{verdict.kpi.id}",
            persist_state="session",
        )
    found = laid.explained(verdict, kinds[kind])
    if found is None:
        st.markdown(say("why.no_before", lang))
        return
    st.markdown(" ".join(dollars(text) for text in sentences(found, lang)))
    for text in remarks(found, lang):
        st.markdown(f":material/fact_check: {plain(text)}")
    if len(found.factors) > 1 and found.change:
        _waterfall(found, lang)
        with st.expander(say("why.table", lang)):
            _table(factor_rows(found, lang), say("why.factor", lang), lang)
    if found.drills:
        _drills(found, verdict, laid, lang)


def explained(verdict: Verdict, laid: Desk) -> Explained | None:
    """Return why a KPI moved since the most telling earlier period; None where none is known."""
    against = next(iter(baselines(verdict).values()), None)
    return None if against is None else laid.explained(verdict, against)


def brief(verdict: Verdict, laid: Desk, lang: str) -> str | None:
    """Return why a red KPI got worse, in one line; None of any other, or where that cannot be told."""
    found = explained(verdict, laid) if verdict.status is Status.RED else None
    return None if found is None else main_cause(found, lang)


def _against(kind: str, when: str, lang: str) -> str:
    """Return the name of a period to compare with, by its kind."""
    if kind == MET:
        return say("why.since_met", lang, when=when)
    return say("why.since_year" if kind == YEAR else "why.since_before", lang, when=when)


def _waterfall(found: Explained, lang: str) -> None:
    import pyarrow as pa

    some = rows(found, lang)
    mode = "dark" if st.context.theme.type == "dark" else "light"
    spec = waterfall(lang, mode, zero=from_nought(some)) | {"height": ROW * len(some)}
    steps = "; ".join(f"{one['name']}: {one['text']}" for one in some)
    alt = say("why.alt", lang, kpi=found.kpi.said, steps=steps)
    table = pa.table({name: [one[name] for one in some] for name in some[0]})
    st.vega_lite_chart(table, spec, key="kpi.why_waterfall", alt=alt)
    st.caption(say("why.colours", lang))


def _drills(found: Explained, verdict: Verdict, laid: Desk, lang: str) -> None:
    """Draw where the change happened, a tab for each kind of segment."""
    st.subheader(say("why.where", lang), anchor=False)
    titles = {
        "network": say("why.by_network", lang),
        "account": say("why.by_account", lang),
        "format": say("why.by_format", lang),
        "campaign": say("why.by_campaign", lang),
    }
    for drill, tab in zip(found.drills, st.tabs([titles[one.kind] for one in found.drills]), strict=True):
        with tab:
            name = titles[drill.kind]
            _table(drill_rows(found, drill, lang), name, lang)
            if drill.kind in _CLOSER:
                _closer(found, drill, verdict, laid, lang)


def _closer(found: Explained, drill: Drill, verdict: Verdict, laid: Desk, lang: str) -> None:
    """Draw the causes within one network, account or format that the visitor picks."""
    named = {f"{one.network} {one.name}": one for one in drill.segments if one.name}
    names = {key: segment_name(drill.kind, one, lang) for key, one in named.items()}
    chosen = st.pills(
        say("why.closer", lang),
        list(names),
        format_func=names.__getitem__,
        key=f"kpi.why_{drill.kind}_{verdict.kpi.id}",
        persist_state="session",
    )
    if not chosen:
        return
    one = named[chosen]
    about = {drill.kind: one.name} | ({"network": one.network} if one.network else {})
    within = laid.explained(verdict, found.previous, **about)
    texts = sentences(within, lang) if within else (say("why.no_before", lang),)
    st.markdown(f"**{plain(names[chosen])}.** " + " ".join(dollars(text) for text in texts))


def _table(some: Sequence[Row], name: str, lang: str) -> None:
    """Draw lines in their order, figures to the right; a column that no line tells is left out."""
    found = {
        name: [one.name for one in some],
        say("why.effect", lang): [f"{one.effect} ({one.share})" for one in some],
        say("why.way", lang): [f"{one.before} → {one.now}" if one.now else "" for one in some],
    }
    told = {title: texts for title, texts in found.items() if set(texts) - {"", UNKNOWN}}
    st.markdown(markdown(told, set(told) - {name}))
