"""What is looked at stands in the address, comes back from it, and is cut to what the files have."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.metrics.cubes import Cube, cube
from kpi.model.owner import Owner
from kpi.model.period import Period
from pages.parts.address import read, written
from pages.parts.chosen import fitting
from pages.parts.session import Filter, Wrong
from tests.made import reading

MARCH = Period.month(2025, 3)


def test_the_plain_view_has_a_plain_address_and_every_choice_comes_back_from_it() -> None:
    assert written(Filter()) == {}
    chosen = Filter(period=MARCH, networks=("vk",), accounts=("Кофе & Ко",), yearly=True, currency="RUB")
    address = written(chosen)
    assert address == {
        "from": "2025-03-01",
        "to": "2025-03-31",
        "against": "year",
        "network": "vk",
        "account": "Кофе & Ко",
        "currency": "RUB",
    }
    assert read(address) == (chosen, ())


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"from": "2025-03-01"}, ("period", "2025-03-01")),
        ({"from": "2025-03-31", "to": "2025-03-01"}, ("period", "2025-03-31 … 2025-03-01")),
        ({"from": "2025-02-30", "to": "2025-03-01"}, ("period", "2025-02-30 … 2025-03-01")),
        ({"against": "<b>"}, ("against", "<b>")),
        ({"currency": "roubles"}, ("currency", "roubles")),
    ],
)
def test_what_nobody_understands_is_left_out_and_named(asked: dict[str, str], wrong: tuple[str, str]) -> None:
    assert read(asked) == (Filter(), (Wrong(*wrong),))


def laid(first: str, last: str) -> Cube:
    rows = {"date": [first, last], "views": [1, 2]}
    files = [reading("account", rows, file=name, network="vk", account=name) for name in ("shop", "café")]
    return cube(assemble(files, (Owner(),)), kpis().values())


def test_what_the_files_do_not_have_is_left_out_and_the_rest_stays() -> None:
    mine = laid("2025-01-01", "2025-04-30")
    chosen = Filter(period=MARCH, networks=("vk",), accounts=("shop",))
    assert fitting(chosen, mine) == (chosen, ())
    asked = Filter(
        period=Period.month(2019, 3), networks=("ok",), accounts=("bar",), yearly=True, currency="USD"
    )
    found, wrong = fitting(asked, mine)
    assert found == Filter()
    assert [one.name for one in wrong] == ["period", "network", "account", "currency", "year"]


def test_a_year_ago_is_compared_with_only_where_the_files_reach_back_to_its_first_day() -> None:
    asked = Filter(period=MARCH, yearly=True)
    assert fitting(asked, laid("2024-03-01", "2025-03-31"))[0].yearly
    assert not fitting(asked, laid("2024-03-02", "2025-03-31"))[0].yearly
    latest = Filter(yearly=True)  # the last whole month, march
    assert fitting(latest, laid("2024-03-01", "2025-04-29"))[0].yearly
    assert date(2024, 3, 1) == MARCH.year_before().first
