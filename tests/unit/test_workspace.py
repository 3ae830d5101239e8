"""What the owner gave comes back, whole, whoever asks and whenever."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from kpi.errors import WorkspaceError
from kpi.model.owner import FileAnswers, Owner
from kpi.model.target import Target, in_force
from kpi.workspace import Memory, Workspace, database, tables

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path)


def test_files_come_back_in_order_with_their_bytes(workspace: Workspace) -> None:
    first = workspace.add("б.csv", b"\x00\xffone")
    second = workspace.add("a.csv", b"two")
    assert [(given.name, given.digest) for given in workspace.files()] == [
        ("б.csv", first),
        ("a.csv", second),
    ]
    assert workspace.content(first) == b"\x00\xffone"
    assert workspace.files()[0].added <= datetime.now(UTC)


def test_the_same_bytes_again_change_nothing(workspace: Workspace) -> None:
    digest = workspace.add("a.csv", b"same")
    workspace.add("b.csv", b"other")
    before = workspace.files()
    assert workspace.add("renamed.csv", b"same") == digest
    assert workspace.files() == before


def test_a_removed_file_takes_its_answers_along(workspace: Workspace) -> None:
    digest = workspace.add("a.csv", b"x")
    workspace.keep_answers(digest, FileAnswers(network="vk"))
    workspace.remove(digest)
    assert workspace.files() == ()
    with pytest.raises(WorkspaceError, match="no_file"):
        workspace.content(digest)
    workspace.add("a.csv", b"x")
    assert workspace.answers(digest) == FileAnswers()


def test_answers_about_a_file_are_replaced_as_a_whole(workspace: Workspace) -> None:
    digest = workspace.add("a.csv", b"x")
    workspace.keep_answers(digest, FileAnswers(network="vk", mapping={"Охват": "posts.reach", "Автор": None}))
    later = FileAnswers(day_or_month="dmy", followers={"2025-02-01": 900.0}, keep_quoted=True)
    workspace.keep_answers(digest, later)
    assert workspace.answers(digest) == later


def test_what_was_said_of_headings_is_kept_with_its_day_until_it_is_forgotten(workspace: Workspace) -> None:
    said = FileAnswers(mapping={"Охват": "posts.reach", "Автор": None}, network="vk", followers={"x": 1.0})
    workspace.remember(Memory(fingerprint="f1", said=said, on=date(2025, 3, 1)))
    workspace.remember(Memory(fingerprint="f2", said=said))
    today, before = workspace.memories().values()
    assert (today.fingerprint, today.on) == ("f2", datetime.now(UTC).date())
    assert (before.on, before.said) == (date(2025, 3, 1), replace(said, followers={}))
    workspace.forget("f1")
    assert list(workspace.memories()) == ["f2"]


def test_a_mapping_kept_before_days_were_is_still_known(workspace: Workspace) -> None:
    old = {"Охват": "posts.reach", "mapping": None}
    workspace._keep(tables.mappings, {"fingerprint": "f1"}, said=old)
    (memory,) = workspace.memories().values()
    assert (memory.said.mapping, memory.on) == (old, None)


def test_older_answers_of_the_owner_stay(workspace: Workspace) -> None:
    assert workspace.owner() == Owner()
    spring = Owner(trade="coffee_shop", margin_rate=60, since=date(2025, 3, 1))
    winter = Owner(trade="coffee_shop", margin_rate=55, smm_costs_month=0, since=date(2024, 12, 1))
    workspace.keep_owner(spring)
    workspace.keep_owner(winter)
    assert workspace.owners() == (winter, spring)
    assert workspace.owner() == spring


def test_answers_without_a_day_hold_from_today(workspace: Workspace) -> None:
    workspace.keep_owner(Owner(currency="RUB"))
    assert workspace.owner().since == datetime.now(UTC).date()


def test_goals_keep_the_order_of_choice(workspace: Workspace) -> None:
    workspace.choose(["sales", "growth", "sales"])
    assert workspace.goals() == ("sales", "growth")
    workspace.choose([])
    assert workspace.goals() == ()


def test_a_target_of_a_variant_leaves_the_general_one_alone(workspace: Workspace) -> None:
    workspace.decide(Target(kpi="engagement_rate", value=3))
    workspace.decide(Target(kpi="engagement_rate", value=4, variant="by_reach"))
    workspace.decide(Target(kpi="engagement_rate", value=3.5))
    assert set(workspace.targets()) == {
        Target(kpi="engagement_rate", value=3.5),
        Target(kpi="engagement_rate", value=4, variant="by_reach"),
    }
    workspace.withdraw("engagement_rate", None, None)
    held = in_force(workspace.targets(), "engagement_rate", date(2025, 3, 1))
    assert [target.variant for target in held] == ["by_reach"]


def test_settings_hold_what_json_can_write(workspace: Workspace) -> None:
    workspace.keep_setting("lang", "ru")
    workspace.keep_setting("filters", {"networks": ["vk"]})
    assert workspace.settings() == {"lang": "ru", "filters": {"networks": ["vk"]}}


def test_one_owner_never_sees_what_another_gave(tmp_path: Path) -> None:
    mine, theirs = Workspace.open(tmp_path, "mine"), Workspace.open(tmp_path, "theirs")
    digest = mine.add("a.csv", b"x")
    mine.choose(["sales"])
    assert theirs.files() == ()
    with pytest.raises(WorkspaceError):
        theirs.content(digest)
    theirs.clear()
    assert mine.goals() == ("sales",)
    mine.clear()
    assert (mine.files(), mine.goals()) == ((), ())


def test_what_is_forgotten_takes_the_report_of_a_contractor_along(workspace: Workspace) -> None:
    digest = workspace.contractor().add("agency.xlsx", b"x")
    workspace.contractor().keep_answers(digest, FileAnswers(network="vk"))
    other = workspace.beside("other").contractor()
    other.add("agency.xlsx", b"x")
    workspace.clear()
    assert (workspace.contractor().files(), workspace.contractor().said()) == ((), {})
    assert len(other.files()) == 1


def test_all_is_there_after_the_process_ended(tmp_path: Path) -> None:
    script = (
        "from kpi.workspace import Workspace; from kpi.model.target import Target, in_force; import os;"
        "w = Workspace.open(); w.add('a.csv', b'kept'); w.choose(['sales']);"
        "w.decide(Target(kpi='roas', value=3)); os._exit(9)"  # no tidy end: as if killed
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=_ROOT,
        env=os.environ | {"SVETOFOR_HOME": str(tmp_path)},
        check=False,
    )
    assert ended.returncode == 9
    again = Workspace.open(tmp_path)
    assert again.content(again.files()[0].digest) == b"kept"
    assert (again.goals(), again.targets()) == (("sales",), (Target(kpi="roas", value=3),))


def test_a_second_writer_waits_and_is_then_told(tmp_path: Path) -> None:
    engine = database._sqlite(tmp_path, wait=0.05)
    workspace = Workspace(engine, "local")
    Workspace.open(tmp_path)
    other = sqlite3.connect(tmp_path / "workspace.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkspaceError, match="busy"):
        workspace.choose(["sales"])
    assert workspace.goals() == ()
    other.execute("COMMIT")
    other.close()
    workspace.choose(["sales"])
    assert workspace.goals() == ("sales",)


def test_a_change_that_fails_halfway_leaves_nothing(workspace: Workspace) -> None:
    workspace.choose(["sales"])
    with pytest.raises(WorkspaceError):
        workspace.choose(["growth", None])  # type: ignore[list-item]
    assert workspace.goals() == ("sales",)


def test_data_of_a_later_version_are_left_alone(tmp_path: Path) -> None:
    with Workspace.open(tmp_path).engine.begin() as connection:
        connection.execute(update(tables.about).values(version=tables.VERSION + 1))
    database.database.cache_clear()
    with pytest.raises(WorkspaceError, match="newer"):
        Workspace.open(tmp_path)


def test_a_place_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorkspaceError, match="unkept"):
        Workspace.open(tmp_path / "file" / "folder")
    (tmp_path / "workspace.db").write_text("no database at all, but long enough to look like one" * 20)
    with pytest.raises(WorkspaceError, match="unkept"):
        Workspace.open(tmp_path)


def test_it_survives_power_loss_by_its_settings(workspace: Workspace) -> None:
    with workspace.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_nothing_is_pickled(workspace: Workspace) -> None:
    workspace.keep_answers("d", FileAnswers(network="vk"))
    with workspace.engine.connect() as connection:
        said = connection.exec_driver_sql("SELECT said FROM answers").scalar()
    assert json.loads(str(said))["network"] == "vk"


def test_notes_and_actions_come_back_until_they_are_dropped(workspace: Workspace) -> None:
    workspace.keep_note("b", {"day": "2025-03-01", "text": "закрыто"})
    workspace.keep_note("b", {"day": "2025-03-02", "text": "открыто"})
    workspace.keep_action("a", {"action": "post_more"})
    assert workspace.notes() == {"b": {"day": "2025-03-02", "text": "открыто"}}
    assert workspace.actions() == {"a": {"action": "post_more"}}
    workspace.drop_note("b")
    workspace.drop_action("a")
    assert (dict(workspace.notes()), dict(workspace.actions())) == ({}, {})
