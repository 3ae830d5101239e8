"""How others fare: the band of the benchmark that fits, whose it is, why others do not, and own ones."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

import streamlit as st

from kpi.catalog.loader import benchmarks as published
from kpi.errors import WorkspaceError
from kpi.judge import peers
from kpi.metrics.cubes import Cube
from kpi.model.benchmark import Benchmark, Comparison, Confidence
from kpi.model.kpi import Variant
from kpi.model.verdict import Verdict
from kpi.model.view import View
from kpi.report import charts
from kpi.report.benchmark import credit, origin, place_name, refusals, standing
from kpi.report.numbers import interval, shown
from kpi.report.words import say, say_n
from kpi.report.words.say import sentence
from kpi.workspace import benchmarks
from pages.parts.charts import unit
from pages.parts.desk import LOW
from pages.parts.escape import dollars, plain
from pages.parts.session import Visitor, picked
from pages.parts.shell import script

_MARGIN = 0.08  # of the span, left and right of what the band shows


def comparison(
    visitor: Visitor, verdict: Verdict, cube: Cube, view: View
) -> tuple[Comparison, frozenset[str]]:
    """Return a verdict beside benchmarks, the owner's first, and the networks or cabinets it is made of."""
    kept = visitor.workspace
    found = peers.beside(
        verdict,
        cube,
        view,
        trade=kept.owner().trade,
        benchmarks=(*benchmarks.own(kept), *published()),
        show_low=_shows_low(visitor),
    )
    return found, verdict.networks or peers.networks(verdict, cube.facts.tables, view)


def draw(visitor: Visitor, verdict: Verdict, found: Comparison, networks: Collection[str]) -> None:
    """Draw the comparison of one KPI, made of these networks, and the way to give an own benchmark."""
    lang, id_ = visitor.lang, verdict.kpi.id
    st.subheader(say("benchmarks.title", lang), anchor=False)
    if found.benchmark is not None:
        _shown(verdict, found, found.benchmark, lang)
    else:
        st.caption(say("benchmarks.nothing_fits" if found.refused else "benchmarks.none", lang))
    if found.refused:
        count = sum(one.rows for one in found.refused)
        with st.expander(say_n("benchmarks.refused", count, lang), key=f"benchmarks.refused_{id_}"):
            for text in refusals(found, verdict.kpi, lang):
                st.markdown(plain(text))
    if any(row.kpi == id_ and row.confidence is Confidence.LOW for row in published()):
        st.toggle(
            say("benchmarks.show_low", lang),
            value=_shows_low(visitor),
            key="benchmarks.low",
            on_change=_keep_low,
            args=(visitor,),
        )
    if verdict.variant is not None:
        _own(visitor, verdict, verdict.variant, networks)


def _shown(verdict: Verdict, found: Comparison, row: Benchmark, lang: str) -> None:
    """Draw the benchmark that fits: the band, and in words whose it is and how sure."""
    whose, *counted = origin(row, lang)
    st.markdown(plain(whose))
    _band(verdict, found, lang)
    for text in standing(found, verdict, lang):
        st.markdown(plain(text))
    # Only addresses of our own table become links; what an owner typed is shown as it is written.
    name = f"[{plain(row.source)}](<{row.url}>)" if row.url else plain(row.source)
    st.caption(say("benchmarks.source", lang, source=name))
    for text in counted:
        st.caption(plain(text))
    if credit(found):
        st.caption(credit(found))


def _band(verdict: Verdict, found: Comparison, lang: str) -> None:
    """Draw the middle half of others as a neutral band, and the value as a dot."""
    import pyarrow as pa

    told = [one for one in (found.low, found.middle, found.high, verdict.value) if one is not None]
    room = (max(told) - min(told)) * _MARGIN
    value, middle = (
        shown(one, verdict.unit, verdict.currency, lang) for one in (verdict.value, found.middle)
    )
    row = {
        "from": min(told) - room if min(told) < 0 else 0.0,
        "to": max(told) + room,
        "low": found.low,
        "high": found.high,
        "middle": found.middle,
        "value": verdict.value,
        "value_text": value,
        "middle_text": middle,
    }
    within = middle
    if found.low is not None and found.high is not None:
        within = interval(found.low, found.high, verdict.unit, verdict.currency, lang)
    mode = "dark" if st.context.theme.type == "dark" else "light"
    st.vega_lite_chart(
        pa.table({name: [cell] for name, cell in row.items()}),
        dict(charts.band(lang, mode, derived=found.derived)),
        key=f"benchmarks.band_{verdict.kpi.id}",
        alt=say("benchmarks.alt", lang, kpi=verdict.kpi.said, value=value, range=within),
    )


def _own(visitor: Visitor, verdict: Verdict, variant: Variant, networks: Collection[str]) -> None:
    """Draw the way to give a benchmark for what is shown, and to forget those given for this KPI."""
    lang, kpi = visitor.lang, verdict.kpi
    for number, row in enumerate(one for one in benchmarks.own(visitor.workspace) if one.kpi == kpi.id):
        st.button(
            say("benchmarks.forget", lang, source=plain(row.source)),
            key=f"benchmarks.forget_{kpi.id}_{number}",
            type="tertiary",
            icon=":material/delete:",
            on_click=benchmarks.forget,
            args=(visitor.workspace, row),
        )
    opened = st.expander(
        say("benchmarks.add", lang),
        icon=":material/add:",
        key=f"benchmarks.add_{kpi.id}",
        on_change="rerun",
    )
    if not opened.open:
        return
    with opened:
        if len(networks) != 1 or "" in networks:
            st.caption(say("benchmarks.one_network", lang))
            st.page_link(
                script("dashboard"), label=say("to.dashboard", lang), icon=":material/arrow_forward:"
            )
            return
        (network,) = networks
        way, place = variant.ru if lang == "ru" else variant.en, place_name(network, lang)
        st.caption(plain(say("benchmarks.for", lang, kpi=kpi.words(lang).name, way=way, place=place)))
        _form(visitor, verdict, variant, network)


def _form(visitor: Visitor, verdict: Verdict, variant: Variant, network: str) -> None:
    """Draw the form; what is refused stays in it, with the reason under it."""
    lang, kpi = visitor.lang, verdict.kpi
    with st.form(f"benchmarks.form_{kpi.id}", border=False):
        figures = {
            name: st.number_input(
                f"{label}, {dollars(unit(verdict, lang))}" if unit(verdict, lang) else label,
                value=None,
                step=None,
                format="%g",
                key=f"benchmarks.{name}",
            )
            for name, label in (
                ("p25", say("benchmarks.p25", lang)),
                ("median", say("benchmarks.median", lang)),
                ("p75", say("benchmarks.p75", lang)),
            )
        }
        year = st.number_input(
            say("benchmarks.year", lang),
            value=datetime.now(UTC).year,
            step=1,
            format="%d",
            key="benchmarks.year",
        )
        source = st.text_input(say("benchmarks.from", lang), key="benchmarks.source")
        kept = st.form_submit_button(say("benchmarks.keep", lang), key="benchmarks.keep", type="primary")
    if not kept:
        return
    said = {"variant": variant.id, "network": network, "year": year, "source": source, **figures}
    try:
        benchmarks.keep(visitor.workspace, kpi, said)
    except WorkspaceError as why:
        st.error(sentence(why, lang), icon=":material/error:")
        return
    st.rerun()


def _shows_low(visitor: Visitor) -> bool:
    return bool(visitor.workspace.settings().get(LOW))


def _keep_low(visitor: Visitor) -> None:
    """Keep whether figures of low confidence are shown, for good."""
    visitor.workspace.keep_setting(LOW, bool(picked("benchmarks.low")))
