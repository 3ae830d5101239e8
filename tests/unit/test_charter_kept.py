"""Versions of targets: kept in order, corrected, ended, taken back, brought along from older databases."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kpi.catalog.loader import kpis
from kpi.errors import WorkspaceError
from kpi.facts.assemble import assemble
from kpi.judge.board import board
from kpi.metrics.cubes import cube
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.target import Target, in_force
from kpi.model.view import EVERYTHING
from kpi.workspace import Decision, Workspace
from kpi.workspace.charter import _after, next_since, superseding, withdrawn_since
from kpi.workspace.database import database
from tests.made import reading

MARCH, APRIL, JULY = date(2026, 3, 31), date(2026, 4, 1), date(2026, 7, 1)
LEADS = Target(kpi="leads", value=20)
# What the first release wrote: version 1, in its own words.
VERSION_1 = """
CREATE TABLE about (version INTEGER NOT NULL, PRIMARY KEY (version));
INSERT INTO about VALUES (1);
CREATE TABLE goals (workspace VARCHAR(64) NOT NULL, goal VARCHAR(64) NOT NULL, place INTEGER NOT NULL,
  PRIMARY KEY (workspace, goal));
INSERT INTO goals VALUES ('local', 'sales', 0);
CREATE TABLE targets (workspace VARCHAR(64) NOT NULL, kpi VARCHAR(64) NOT NULL,
  variant VARCHAR(64) NOT NULL, value FLOAT NOT NULL, PRIMARY KEY (workspace, kpi, variant));
INSERT INTO targets VALUES ('local', 'leads', '', 20.5), ('local', 'drr', 'total', 12.25);
INSERT INTO targets VALUES ('other', 'cpc', '', 9);
"""


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path)


def values(home: Workspace, day: date) -> list[float]:
    return [target.value for target in in_force(home.targets(), "leads", day)]


def test_a_target_changed_today_does_not_repaint_the_quarter_before(home: Workspace) -> None:
    home.decide(LEADS)
    before = values(home, MARCH)
    home.decide(Target(kpi="leads", value=30, since=APRIL))
    assert values(home, MARCH) == before == [20]
    assert values(home, APRIL) == values(home, date(2026, 6, 30)) == [30]
    home.withdraw("leads", None, JULY)
    assert (values(home, MARCH), values(home, date(2026, 6, 30)), values(home, JULY)) == ([20], [30], [])


def test_a_board_judges_each_period_by_the_target_of_its_last_day(home: Workspace) -> None:
    march, april = Period.month(2026, 3), Period.month(2026, 4)
    kinds = ("reactions", "comments", "shares", "saves")
    rows = {
        "at": [f"2026-{month:02}-{day:02}T10:00:00" for month in (3, 4) for day in range(1, 13)],
        "reach": [1000] * 24,
        "reactions": [20] * 12 + [30] * 12,
        **{kind: [0] * 24 for kind in kinds[1:]},
    }
    window = Period(march.first, april.last)
    posts = reading("posts", rows, network="instagram", counts=kinds, window=window)
    sums = cube(assemble([posts], (Owner(),)), kpis().values())

    def judged(period: Period) -> tuple[float | None, float | None]:
        found = board(sums, ["engagement"], period, EVERYTHING, home.targets()).verdicts
        rate = next(one for one in found if one.kpi.id == "engagement_rate")
        return rate.value, rate.target

    rate = Target(kpi="engagement_rate", value=2.5)
    home.decide(rate)
    assert (judged(march), judged(april)) == ((2, 2.5), (3, 2.5))
    home.decide(replace(rate, value=4, since=date(2026, 4, 15)))
    assert (judged(march), judged(april)) == ((2, 2.5), (3, 4))
    home.withdraw("engagement_rate", None, date(2026, 4, 30))
    assert (judged(march), judged(april)) == ((2, 2.5), (3, None))


def test_every_word_of_a_version_comes_back(home: Workspace) -> None:
    whole = Target(
        kpi="cpc",
        value=12.5,
        variant="all",
        top=20,
        per="month",
        tolerance=0.05,
        goal="sales",
        since=APRIL,
        by=date(2026, 12, 31),
        owner="Оля",
        approver="Директор",
        reason="«так надо»",
    )
    home.decide(whole)
    assert home.targets() == (whole,)


def test_the_same_day_decided_again_is_a_correction_and_decisions_keep_their_order(
    home: Workspace,
) -> None:
    home.decide(Target(kpi="leads", value=40, since=JULY))
    home.decide(Target(kpi="leads", value=30, since=APRIL))
    home.decide(Target(kpi="leads", value=45, since=JULY))
    assert [target.value for target in home.targets()] == [30, 45]
    assert [one.target.value for one in home.history("leads")] == [30, 45]
    home.decide(Target(kpi="leads", value=7, variant="ads", since=JULY))
    assert values(home, JULY) == [45, 7]


def test_the_last_decision_can_be_taken_back_again_and_again(home: Workspace) -> None:
    home.decide(LEADS)
    home.decide(Target(kpi="leads", value=25))
    home.decide(Target(kpi="leads", value=30, since=APRIL), Target(kpi="cpc", value=9))
    taken = []
    while last := home.last_decided():
        taken.append([one.target.value for one in last])
        assert last[0].at is not None
        home.take_back(last[0].at)
        home.take_back(last[0].at)  # a second click takes nothing else
    assert taken == [[30, 9], [25], [20]]
    assert home.targets() == ()


def test_a_withdrawal_keeps_the_value_that_it_ends(home: Workspace) -> None:
    home.decide(Target(kpi="leads", value=20, variant="ads"))
    home.withdraw("leads", "ads", APRIL)
    gone = home.targets()[-1]
    assert (gone.value, gone.since, gone.dropped) == (20, APRIL, True)
    home.withdraw("cpc", None, None)
    assert in_force(home.targets(), "cpc", JULY) == ()


def test_decisions_bear_the_moment_and_no_two_the_same(home: Workspace) -> None:
    start = datetime.now(UTC)
    for value in range(5):
        home.decide(Target(kpi="leads", value=value, since=APRIL + timedelta(days=value)))
    moments = [one.at for one in home.decisions() if one.at]
    assert start <= moments[0] <= datetime.now(UTC)
    assert moments == sorted(set(moments))
    assert len(moments) == 5


def test_a_clock_that_went_back_does_not_mix_decisions() -> None:
    now = datetime(2026, 7, 1, tzinfo=UTC)
    later = (now + timedelta(hours=1)).isoformat()
    assert _after(later, now) > datetime.fromisoformat(later)
    assert _after(None, now) == now


def test_a_first_target_holds_from_the_beginning_a_correction_from_its_day_a_change_from_today() -> None:
    today = datetime(2026, 7, 1, 12, tzinfo=UTC)
    old = Decision(target=LEADS, at=today - timedelta(days=40))
    assert next_since((), JULY) is None
    assert next_since((Decision(target=LEADS, at=today),), JULY) is None
    assert next_since((old,), JULY) == JULY
    assert next_since((Decision(target=LEADS),), JULY) == JULY  # nobody knows when
    autumn = Decision(target=Target(kpi="leads", value=1, since=date(2026, 9, 1)), at=today)
    assert next_since((old, autumn), JULY) == date(2026, 9, 1)


def test_a_target_for_any_way_of_counting_ends_those_of_one_way_and_the_other_way_round() -> None:
    ads, forms = (Target(kpi="leads", value=1, variant=variant) for variant in ("ads", "forms"))
    general = Target(kpi="leads", value=9, since=APRIL)
    assert [(one.variant, one.dropped) for one in superseding(general, (ads, forms))] == [
        (None, False),
        ("ads", True),
        ("forms", True),
    ]
    new = Target(kpi="leads", value=2, variant="ads", since=JULY)
    assert [(one.variant, one.since) for one in superseding(new, (general, forms))] == [
        ("ads", JULY),
        (None, JULY),
    ]


def test_targets_of_a_first_version_become_versions_without_a_day_and_nothing_is_lost(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "workspace.db")
    old.executescript(VERSION_1)
    old.close()
    home = Workspace.open(tmp_path)
    assert set(home.targets()) == {
        Target(kpi="leads", value=20.5),
        Target(kpi="drr", value=12.25, variant="total"),
    }
    assert Workspace.open(tmp_path, "other").targets() == (Target(kpi="cpc", value=9),)
    assert home.goals() == ("sales",)
    assert home.last_decided() == ()  # nobody undoes what was there before
    home.decide(Target(kpi="leads", value=30, since=APRIL))
    assert values(home, MARCH) == [20.5]
    database.cache_clear()
    assert Workspace.open(tmp_path).history("leads")[0].at is None  # opened again, brought along once
    assert values(Workspace.open(tmp_path), APRIL) == [30]


def test_a_first_version_that_cannot_be_brought_along_is_left_as_it_was(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "workspace.db")
    old.executescript(VERSION_1.replace("value FLOAT", "worth FLOAT"))
    old.close()
    with pytest.raises(WorkspaceError, match="unkept"):
        Workspace.open(tmp_path)
    kept = sqlite3.connect(tmp_path / "workspace.db")
    assert kept.execute("SELECT version FROM about").fetchall() == [(1,)]
    assert kept.execute("SELECT count(*) FROM targets").fetchone() == (3,)
    assert kept.execute("SELECT name FROM sqlite_master WHERE name = 'charter'").fetchall() == []
    kept.close()


def test_own_kpis_are_kept_as_written_until_they_are_dropped(home: Workspace) -> None:
    home.keep_own_kpi("b", {"formula": "1 + 1"})
    home.keep_own_kpi("a", {"formula": "orders.count / 2", "ru": "Пол-заказа"})
    home.keep_own_kpi("b", {"formula": "2"})
    assert dict(home.own_kpis()) == {
        "a": {"formula": "orders.count / 2", "ru": "Пол-заказа"},
        "b": {"formula": "2"},
    }
    home.drop_own_kpi("a")
    assert list(home.own_kpis()) == ["b"]
    home.clear()
    assert home.own_kpis() == {}


def test_a_version_is_withdrawn_from_today_or_from_its_own_day_if_nothing_was_judged_by_it() -> None:
    noon, early = datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    autumn = Target(kpi="leads", value=1, since=date(2026, 9, 1))
    assert withdrawn_since(Decision(target=LEADS, at=early), JULY) == JULY
    assert withdrawn_since(Decision(target=LEADS), JULY) == JULY
    assert withdrawn_since(Decision(target=LEADS, at=noon), JULY) is None
    assert withdrawn_since(Decision(target=autumn, at=early), JULY) == autumn.since
