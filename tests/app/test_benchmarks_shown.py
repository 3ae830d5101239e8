"""The piece of a screen that sets a figure beside those of others."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.catalog.loader import kpis
from kpi.model.benchmark import Benchmark
from kpi.model.owner import Owner
from kpi.workspace import Workspace
from kpi.workspace.benchmarks import keep, own

REACH = kpis()["reach_rate"]


def piece() -> None:
    from kpi.catalog.loader import benchmarks as published
    from kpi.catalog.loader import kpis
    from kpi.judge.benchmark import compared
    from kpi.model.period import Period
    from kpi.model.verdict import Status, Verdict
    from kpi.workspace.benchmarks import own
    from pages.parts import benchmarks
    from pages.parts.session import session

    visitor = session()
    network = visitor.workspace.owner().reports.get("network", "telegram")
    reach = kpis()["reach_rate"]
    verdict = Verdict(
        kpi=reach,
        variant=reach.variants[2],
        value=14.0,
        unit="percent",
        better=reach.better,
        status=Status.GREY,
        series=((Period.month(2026, 9), 14.0),),
    )
    networks = set(network.split("+"))
    found = compared(
        verdict,
        networks=networks,
        followers=3000.0,
        trade=None,
        benchmarks=(*own(visitor.workspace), *published()),
    )
    benchmarks.draw(visitor, verdict, found, networks)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    st.cache_resource.clear()
    return Workspace.open(tmp_path)


def visit(locale: str = "ru-RU") -> AppTest:
    visitor = AppTest.from_function(piece, default_timeout=60)
    visitor.context = {"locale": locale}
    return visitor.run()


def texts(visitor: AppTest) -> str:
    return "\n".join(one.value for one in (*visitor.markdown, *visitor.caption)).replace("\\", "")


@pytest.mark.usefixtures("home")
def test_the_fitting_figure_stands_with_its_source_linked_and_its_credit_and_no_light() -> None:
    visitor = visit()
    assert not visitor.exception
    told = texts(visitor)
    assert "как у половины из них, что посередине" in told
    assert "(<https://playersells.com/telegram-engagement-rate>)" in told
    assert "Source: PlayerSells (https://playersells.com)" in told
    assert not any(light in told for light in ("В норме", "Внимание", "Проблема"))
    assert len(visitor.get("vega_lite_chart")) == 1
    assert "не сравниваем" in visitor.expander[0].label
    assert any("Считали иначе" in text.value for text in visitor.expander[0].markdown)


def test_several_networks_show_why_nothing_is_compared(home: Workspace) -> None:
    home.keep_owner(Owner(reports={"network": "telegram+x"}))
    visitor = visit("en-US")
    assert not visitor.exception
    told = texts(visitor)
    assert "No benchmark fits" in told
    assert "several networks" in told
    assert not visitor.get("vega_lite_chart")


def test_an_own_benchmark_goes_first_and_its_source_is_shown_as_it_was_typed(home: Workspace) -> None:
    keep(
        home,
        REACH,
        {
            "variant": "views_by_followers",
            "network": "telegram",
            "median": 20.0,
            "year": 2025,
            "source": "[click](https://evil.example) **talk**",
        },
    )
    visitor = visit("en-US")
    assert not visitor.exception
    source = next(
        one.value for one in visitor.caption if one.value.startswith("Source: ") and "talk" in one.value
    )
    assert r"\[click\]\(https" in source
    assert r"\*\*talk\*\*" in source
    assert "Their median is 20%" in texts(visitor)
    visitor.button(key="benchmarks.forget_reach_rate_0").click().run()
    assert own(home) == ()
    assert "27.5%" in texts(visitor)


def test_a_benchmark_is_typed_in_and_what_cannot_be_is_refused_beside_the_form(home: Workspace) -> None:
    visitor = visit("en-US")
    visitor.session_state["benchmarks.add_reach_rate"] = True
    visitor.run()
    visitor.number_input(key="benchmarks.median").set_value(20.0)
    visitor.button(key="benchmarks.keep").click().run()
    assert "Say where the figure is from" in visitor.error[0].value
    assert own(home) == ()
    visitor.text_input(key="benchmarks.source").set_value("A colleague")
    visitor.button(key="benchmarks.keep").click().run()
    assert not visitor.exception
    kept = own(home)
    assert [(one.network, one.variant, one.median, one.source) for one in kept] == [
        ("telegram", "views_by_followers", 20.0, "A colleague")
    ]
    assert isinstance(kept[0], Benchmark)
    assert "Their median is 20%" in texts(visitor)


def test_the_switch_for_low_confidence_is_kept(home: Workspace) -> None:
    visitor = visit("en-US")
    visitor.toggle(key="benchmarks.low").set_value(True).run()
    assert home.settings()["benchmarks_low"] is True
    assert visit("en-US").toggle(key="benchmarks.low").value is True
