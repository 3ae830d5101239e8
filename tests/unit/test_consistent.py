"""Targets that contradict each other: every identity holds, and what is said can be checked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.consistent import IDENTITIES, conflicts
from kpi.metrics.cubes import Cube, cube
from kpi.metrics.formula import evaluate
from kpi.model.conflict import Conflict
from kpi.model.formula import names
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.target import Target
from kpi.model.view import EVERYTHING
from tests.made import reading

MAY = Period.month(2025, 5)


def formula(name: str) -> str | None:
    """The formula of a KPI's variant; None for a total and for what is no KPI."""
    kpi = kpis().get(name.partition(".")[0])
    found = [v.formula for v in (kpi.variants if kpi else ()) if v.id == name.partition(".")[2]]
    return found[0] if found else None


@pytest.mark.parametrize(("whole", "text"), IDENTITIES)
def test_an_identity_holds_for_any_totals(whole: str, text: str) -> None:
    chance = np.random.default_rng(7)
    totals: dict[str, float] = {}

    def total(name: str) -> np.ndarray:
        return np.array([totals.setdefault(name, chance.uniform(1, 9))])

    def worth(name: str) -> np.ndarray:
        own = formula(name)
        return total(name) if own is None else evaluate(own, total)

    unknown = [n for n in (whole, *names(text)) if n.partition(".")[0] in kpis() and formula(n) is None]
    own = formula(whole)
    if own is not None and all(total_known(n) for n in names(text)):
        assert unknown == []
        assert evaluate(text, worth) == pytest.approx(evaluate(own, total))


def total_known(name: str) -> bool:
    from kpi.catalog.loader import fields

    return formula(name) is not None or ".".join(name.split(".")[:2]) in fields()


def shop(**columns: Any) -> Cube:
    """Four days of May with ads: 400 spent, 200 clicks, 20 leads, 10 orders, revenue of 9000."""
    days = [str(date(2025, 5, day)) for day in (1, 2, 3, 31)]
    rows: dict[str, Any] = {
        "date": days,
        "spend": [100.0] * 4,
        "link_clicks": [50.0] * 4,
        "leads": [5.0] * 4,
        "orders": [4.0, 2.0, 2.0, 2.0],
        "revenue": [3000.0, 2000.0, 2000.0, 2000.0],
        "currency": ["RUB"] * 4,
    } | columns
    found = assemble([reading("ads", rows, network="vk")], (Owner(currency="RUB"),), {})
    return cube(found, kpis().values())


def found(*targets: Target, data: Cube | None = None) -> tuple[Conflict, ...]:
    return conflicts(data or shop(), targets, MAY, EVERYTHING)


def aim(kpi: str, value: float, variant: str | None = None, **more: Any) -> Target:
    return Target(kpi=kpi, value=value, variant=variant, **more)


def test_a_target_says_what_it_takes_of_another_one() -> None:
    (one,) = found(aim("leads", 40, "ads"), aim("cvr_click_to_lead", 12, "ads"))
    assert (one.whole.kpi.id, one.part.kpi.id) == ("leads", "cvr_click_to_lead")
    assert one.totals == (("ads.link_clicks", 200.0),)  # as now
    assert (one.come, one.needed, one.beside) == (24, pytest.approx(20), ())


def test_another_kpi_takes_part_with_its_target_else_with_what_it_is_now() -> None:
    (one,) = found(aim("cpl", 10, "paid"), aim("cpc", 3, "link"))
    # 3 a click at 20 leads of 200 clicks: 30 a lead; for 10 a lead a click may cost 1
    assert (one.come, one.needed) == (pytest.approx(30), pytest.approx(1))
    assert [(n.kpi.id, n.value, n.wanted) for n in one.beside] == [("cvr_click_to_lead", 10.0, False)]
    both = found(aim("cpl", 10, "paid"), aim("cpc", 3, "link"), aim("cvr_click_to_lead", 15, "ads"))
    assert (both[0].come, both[0].needed) == (pytest.approx(20), pytest.approx(1.5))
    assert both[0].beside[0].wanted
    assert both[0].currency == "RUB"


def test_what_divides_is_found_too() -> None:
    (one,) = found(aim("leads", 50, "ads"), aim("cpl", 20, "paid"))
    assert (one.come, one.needed) == (20, pytest.approx(8))  # 400 / 50
    (drr,) = found(aim("drr", 2, "attributed"), aim("roas", 20, "cabinet"))
    assert (drr.come, drr.needed) == (5, pytest.approx(50))
    assert (drr.beside, drr.totals) == ((), ())


def test_a_count_is_rounded_up() -> None:
    days = [f"2025-05-{day:02d}" for day in range(1, 32)]
    orders = reading(
        "orders",
        {"date": days, "revenue": [900.0] * 31, "count": [1] * 31, "source": ["vk"] * 31},
        file="o.csv",
        currency="RUB",
    )
    data = cube(assemble([orders], (Owner(currency="RUB"),), {}), kpis().values())
    if "avg_order_value" not in kpis():
        pytest.skip("the average order is no KPI yet")
    (one,) = found(
        aim("revenue_social", 300_000, "orders"),
        aim("conversions", 250, "orders"),
        aim("avg_order_value", 900, "mean"),
        data=data,
    )
    assert (one.needed, one.part.kpi.id, one.part.value) == (334, "conversions", 250)


def test_targets_that_fit_or_nearly_fit_are_left_alone() -> None:
    assert found(aim("leads", 26, "ads"), aim("cvr_click_to_lead", 12, "ads")) == ()  # 24: within a tenth
    assert found(aim("leads", 20, "ads"), aim("cvr_click_to_lead", 12, "ads")) == ()  # more than enough
    assert found(aim("cpl", 40, "paid"), aim("cpc", 3, "link")) == ()
    strict = aim("leads", 26, "ads", tolerance=0.01), aim("cvr_click_to_lead", 12, "ads", tolerance=0.01)
    assert len(found(*strict)) == 1


def test_targets_that_do_not_meet_are_not_compared() -> None:
    leads = aim("leads", 40, "ads")
    assert found(leads) == ()
    assert found(aim("cvr_click_to_lead", 12, "ads")) == ()
    assert found(leads, aim("cvr_click_to_lead", 12, "by_clicks")) == ()
    assert found(leads, aim("cvr_click_to_lead", 12, "ads", top=14)) == ()
    month, week = (aim("cvr_click_to_lead", 12, "ads", per=per) for per in ("month", "week"))
    assert found(aim("leads", 40, "ads", per="month"), week) == ()
    assert len(found(aim("leads", 40, "ads", per="month"), month)) == 1
    early, late = (aim("cvr_click_to_lead", 12, "ads", by=date(2025, m, 30)) for m in (6, 9))
    assert found(aim("leads", 40, "ads", by=date(2025, 6, 30)), late) == ()
    assert len(found(aim("leads", 40, "ads", by=date(2025, 6, 30)), early)) == 1
    assert found(leads, aim("cvr_click_to_lead", 12, "ads", since=date(2025, 6, 1))) == ()


def test_a_target_of_whichever_variant_is_shown_is_one_of_that_variant() -> None:
    assert len(found(aim("leads", 40), aim("cvr_click_to_lead", 12))) == 1


def test_with_an_unknown_factor_nothing_is_said() -> None:
    blind = shop(link_clicks=[None] * 4)
    assert found(aim("leads", 40, "ads"), aim("cvr_click_to_lead", 12, "ads"), data=blind) == ()


def test_where_no_value_of_the_part_would_do_nothing_is_said() -> None:
    assert found(aim("leads", 40, "ads"), aim("cvr_click_to_lead", 0, "ads")) == ()
    idle = shop(leads=[0.0] * 4)
    assert found(aim("leads", 40, "ads"), aim("cpl", 0, "paid"), data=idle) == ()
