"""The charter in words, in both languages."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import UTC, date, datetime

import pytest

from kpi.catalog.loader import goals, kpis
from kpi.insight.smart import Finding, Mark
from kpi.model.kpi import Better, Tolerance
from kpi.model.reading import Reason
from kpi.model.target import Target
from kpi.model.verdict import Missing
from kpi.report import charter
from kpi.workspace import Decision

LEADS, COST = kpis()["leads"], kpis()["cpl"]
TARGET = Target(
    kpi="leads",
    variant=LEADS.variants[0].id,
    value=1200,
    per="month",
    since=date(2026, 3, 1),
    by=date(2026, 12, 31),
    owner="Оля",
    approver="Директор",
    reason="весной новая точка.",
    tolerance=0.05,
)
MARKS = (
    Finding(mark=Mark.SPECIFIC, holds=True),
    Finding(mark=Mark.MEASURABLE, holds=False),
    Finding(mark=Mark.ACHIEVABLE, holds=None),
)


def clean(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_a_line_holds_every_word_of_a_target() -> None:
    line = charter.line(TARGET, LEADS, MARKS, goals=("leads",), currency="RUB", lang="ru")
    assert [clean(text) for text in astuple(line)] == [
        goals()["leads"].ru.name,
        LEADS.ru.name,
        LEADS.variants[0].ru,
        "не меньше 1 200 заявок",
        "5 %",
        "месяц",
        "Оля",
        "Директор",
        "1 мар. 2026 г.",
        "31 дек. 2026 г.",
        "весной новая точка.",
        "1 из 3; нет: Измерима; неизвестно: Достижима",
    ]


def test_what_nobody_told_is_a_dash_and_the_kpi_s_own_tolerance_stands() -> None:
    bare = Target(kpi="leads", value=5)
    line = charter.line(bare, LEADS, (), goals=(), currency=None, lang="en")
    assert (line.goal, line.owner, line.approver, line.by, line.reason) == ("—",) * 5
    assert (line.counted, line.per, line.since) == ("any way", "any period", "From the beginning")
    assert line.tolerance == "10%"
    pointed = replace(LEADS, unit="percent", tolerance=Tolerance(points=1.5))
    assert charter.tolerance(bare, pointed, "en") == "1.5 pp"


@pytest.mark.parametrize(
    ("better", "top", "said"),
    [
        (Better.UP, None, "at least 5 leads"),
        (Better.DOWN, None, "at most 5 leads"),
        (Better.RANGE, 8, "from 5 leads to 8 leads"),
        (Better.RANGE, None, "5 leads"),
    ],
)
def test_the_wish_says_which_way_is_good(better: Better, top: float | None, said: str) -> None:
    kpi = replace(LEADS, better=better, variants=())
    assert charter.wanted(Target(kpi="leads", value=5, top=top), kpi, None, "en") == said


def test_a_way_of_counting_brings_its_own_unit_and_direction() -> None:
    own = replace(LEADS.variants[0], id="x", unit="percent", better=Better.DOWN)
    kpi = replace(LEADS, variants=(own,))
    assert charter.wanted(Target(kpi="leads", value=5, variant="x"), kpi, None, "en") == "at most 5%"


def test_the_table_has_a_column_a_word_and_a_row_a_line() -> None:
    line = charter.line(TARGET, LEADS, MARKS, goals=(), currency=None, lang="en")
    table = charter.table([line, line], "en")
    assert {len(column) for column in table.values()} == {2}
    assert len(table) == len(astuple(line))
    assert next(zip(*table.values(), strict=True)) == astuple(line)


def test_the_history_tells_each_version_against_the_one_before() -> None:
    noted = datetime(2026, 2, 20, 8, tzinfo=UTC)
    old = Target(kpi="leads", value=1000, variant=TARGET.variant)
    end = replace(TARGET, since=date(2026, 9, 1), dropped=True)
    again = replace(TARGET, since=date(2026, 10, 1), value=900, reason="", approver="")
    decided = [Decision(target=one, at=noted) for one in (TARGET, again, end)]
    told = [clean(one) for one in charter.history([*decided, Decision(target=old)], LEADS, None, "ru")]
    why = "утверждено: Директор, причина: весной новая точка. Решение от 20 февр. 2026 г."
    assert told == [
        "С самого начала: не меньше 1 000 заявок.",
        "С 1 мар. 2026 г.: не меньше 1 200 заявок вместо 1 000 заявок, " + why,
        "С 1 сент. 2026 г.: цели больше нет. Решение от 20 февр. 2026 г.",
        "С 1 окт. 2026 г.: не меньше 900 заявок. Решение от 20 февр. 2026 г.",
    ]


def test_a_target_that_gave_way_to_one_of_another_way_of_counting_is_told_once() -> None:
    noted = datetime(2026, 5, 1, tzinfo=UTC)
    general = Target(kpi="leads", value=20)
    new = replace(general, variant="ads", value=30, since=date(2026, 5, 1))
    over = replace(general, since=date(2026, 5, 1), dropped=True)
    decided = [Decision(target=general), Decision(target=new, at=noted), Decision(target=over, at=noted)]
    assert charter.history(decided, LEADS, None, "en") == (
        "From the beginning: at least 20 leads.",
        "From May 1, 2026: at least 30 leads instead of 20 leads. Decided on May 1, 2026.",
    )


def test_a_version_of_the_same_value_does_not_stand_instead_of_itself() -> None:
    two = [
        Decision(target=replace(TARGET, since=day, reason="", approver=""))
        for day in (None, date(2026, 5, 1))
    ]
    assert charter.history(two, LEADS, None, "en")[1] == "From May 1, 2026: at least 1,200 leads."


def test_why_is_told_in_the_unit_of_the_kpi_with_the_way_to_what_is_missing() -> None:
    band = Finding(
        mark=Mark.ACHIEVABLE,
        holds=False,
        why=(
            Reason(key="smart.unlikely", facts={"chance": 4}),
            Reason(key="smart.realistic", facts={"low": 300.0, "high": 350.0}),
        ),
    )
    cost = Target(kpi="cpl", value=100)
    said = [clean(one) for one in charter.why(band, cost, COST, "RUB", "ru")]
    assert said == [
        "Маловероятно: шанс 4 из 100, если работать как сейчас.",
        "Реалистично: от 300 ₽ до 350 ₽.",
    ]
    lack = Finding(mark=Mark.MEASURABLE, holds=False, missing=(Missing(field="posts.reach", sources=()),))
    (told,) = charter.why(lack, cost, COST, None, "en")
    assert told.startswith("No column for “Reach”. A sheet of your own")
