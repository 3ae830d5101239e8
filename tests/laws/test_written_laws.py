"""One table gives the same figures however and wherever it was written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.ingest.parse import parse
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import value
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING
from tests.laws.written import FORMATS, LOCALES, Cell
from tests.made import reading

MARCH = Period.month(2026, 3)
LAW = settings(max_examples=4, deadline=None, derandomize=True, database=None)
OWNER = Owner(currency="EUR", margin_rate=40, smm_costs_month=1000)
POSTS = {
    "When": "posts.at",
    "Link": "posts.url",
    "Reached": "posts.reach",
    "Liked": "posts.reactions",
    "Said": "posts.comments",
    "Passed on": "posts.shares",
    "Kept": "posts.saves",
}
ORDERS = {
    "Day": "orders.at",
    "From": "orders.source",
    "Taken": "orders.amount",
    "Given back": "orders.refund",
}

counts = st.none() | st.integers(0, 4_000_000)
money = st.decimals(Decimal("0.01"), Decimal("999999.99"), places=2)
moments = st.integers(0, 30 * 24 * 60).map(lambda m: datetime(2026, 3, 1) + timedelta(minutes=m))
posts = st.lists(st.tuples(moments, counts, counts, counts, counts, counts), min_size=3, max_size=9)
orders = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(["instagram", "friends"]), money, st.none() | money),
    min_size=3,
    max_size=9,
)


def posts_table(rows: Sequence[tuple[Any, ...]]) -> list[list[Cell]]:
    """The posts with their headings; one late in the month proves the order of day and month."""
    sure = (datetime(2026, 3, 25, 18, 30), 1234567, 1200, 17, None, 0)
    return [
        list(POSTS),
        *([at, f"https://vk.com/wall-1_{n}", *rest] for n, (at, *rest) in enumerate([sure, *rows])),
    ]


def orders_table(rows: Sequence[tuple[Any, ...]]) -> list[list[Cell]]:
    """Orders by day; the first one proves the decimal sign, and the order of day and month."""
    sure = [date(2026, 3, 31), "vk", Decimal("1234.50"), None]
    return [list(ORDERS), sure, *([date(2026, 3, 1) + timedelta(days=n), *rest] for n, *rest in rows)]


def figures(readings: Sequence[Reading]) -> dict[str, float | None]:
    """Return every KPI of March that can be told."""
    numbers = Numbers(cube(assemble(readings, (OWNER,)), kpis().values()), (MARCH,), EVERYTHING)
    return {id_: found.now for id_, kpi in kpis().items() if (found := value(kpi, numbers)).now is not None}


def read(name: str, data: bytes, mapping: dict[str, str], **said: Any) -> Reading:
    return parse(name, data, FileAnswers(mapping=mapping, **said), HOSTED)


def written(table: list[list[Cell]], mapping: dict[str, str], how: str, where: str, **said: Any) -> Reading:
    return read(f"{how}.{where}", FORMATS[how](table, LOCALES[where]), mapping, **said)


def straight(table: list[list[Cell]], mapping: dict[str, str], **more: Any) -> Reading:
    """The same table without any file."""
    columns: dict[str, list[Any]] = {}
    for place, field in enumerate(mapping.values()):
        cells = [row[place] for row in table[1:]]
        if field.endswith(".at"):
            cells = [cell and cell.isoformat() for cell in cells]  # type: ignore[union-attr]
        columns[field.partition(".")[2]] = [float(c) if isinstance(c, (int, Decimal)) else c for c in cells]
    return reading(next(iter(mapping.values())).partition(".")[0], columns, **more)


def same(found: dict[str, float | None], true: dict[str, float | None]) -> None:
    assert len(true) > 1
    assert found.keys() == true.keys()
    assert found == {id_: pytest.approx(number, rel=1e-9) for id_, number in true.items()}


@pytest.mark.parametrize("where", LOCALES)
@pytest.mark.parametrize("how", FORMATS)
@LAW
@given(rows=posts)
def test_posts_give_equal_kpis_in_every_locale_and_format(
    how: str, where: str, rows: list[tuple[Any, ...]]
) -> None:
    table = posts_table(rows)
    found = written(table, POSTS, how, where, network="vk")
    assert [question.key for each in found.tables for question in each.questions] == []
    same(figures([found]), figures([straight(table, POSTS, network="vk")]))


@pytest.mark.parametrize("where", LOCALES)
@pytest.mark.parametrize("how", FORMATS)
@LAW
@given(rows=orders)
def test_orders_give_equal_kpis_in_every_locale_and_format(
    how: str, where: str, rows: list[tuple[Any, ...]]
) -> None:
    table = orders_table(rows)
    found = written(table, ORDERS, how, where, currency="EUR")
    assert [question.key for each in found.tables for question in each.questions] == []
    same(figures([found]), figures([straight(table, ORDERS, currency="EUR")]))
