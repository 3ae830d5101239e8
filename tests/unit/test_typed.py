from __future__ import annotations

from dataclasses import replace

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.ingest.parse import parse
from kpi.judge.board import Judge
from kpi.metrics.cubes import cube
from kpi.metrics.gaps import tellers
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING
from kpi.report.typed import Six, file_name, read, written
from tests.made import reading

OCTOBER = Period.month(2026, 10)
SIX = Six(
    month=OCTOBER,
    network="instagram",
    followers=1300,
    posts=12,
    reach=5010,
    reactions=400,
    receipts=30,
    spend=15000.5,
)


def taken_in(six: Six, lang: str) -> Reading:
    return parse(file_name(six, lang), written(six, lang), FileAnswers(), HOSTED)


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(
    "six",
    [
        SIX,
        replace(SIX, followers=None, receipts=None, spend=None),
        replace(SIX, posts=None, reach=None, reactions=None),
        Six(month=OCTOBER, network="vk", receipts=0),
    ],
)
def test_what_is_typed_is_read_back_and_a_blank_stays_unknown(six: Six, lang: str) -> None:
    found = taken_in(six, lang)
    assert read(found) == six
    assert not found.issues
    assert not any(table.questions or table.aside or not table.source for table in found.tables)


def test_the_figures_are_those_of_the_month_and_nothing_is_made_of_a_blank() -> None:
    judge = Judge(
        cube(assemble([taken_in(SIX, "ru")], [Owner(currency="RUB")]), kpis().values()), EVERYTHING, ()
    )

    def value(kpi: str, month: Period = OCTOBER) -> float | None:
        return judge.verdict(kpis()[kpi], month).value

    assert value("reach") == 5010
    assert value("engagements_total") == 400
    assert value("conversions") == 30
    assert value("follower_count") == 1300
    assert value("er_day") == pytest.approx(100 * 400 / (1300 * 31))
    assert value("avg_order_value") is None  # nobody typed what the receipts brought
    assert value("engagements_total", Period(OCTOBER.first, OCTOBER.first)) is None  # a month is no day


def test_nobody_is_sent_to_fetch_a_file_that_is_typed() -> None:
    assert tellers("account.reach")
    assert not {
        id_ for field in ("account.reach", "orders.count") for id_ in tellers(field) if "typed" in id_
    }


def test_a_file_of_another_kind_was_not_typed() -> None:
    assert (
        read(reading("account", {"date": ["2026-10-31"], "followers": [5]}, source="template_followers"))
        is None
    )


def test_a_file_is_named_by_month_and_network_and_an_empty_form_is_known() -> None:
    assert file_name(SIX, "ru") == "Введённые цифры октябрь 2026, Instagram.xlsx"
    assert Six(month=OCTOBER, network="vk").empty
    assert not Six(month=OCTOBER, network="vk", spend=0).empty
