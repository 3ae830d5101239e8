"""Several businesses of one home: none sees, counts or forgets what another gave."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.model.owner import FileAnswers
from kpi.workspace import Memory, Workspace
from kpi.workspace.businesses import Business, begin, businesses, forget, move, rename


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path)


def test_there_is_one_without_a_name_and_others_follow_in_the_order_in_which_they_came(
    home: Workspace,
) -> None:
    assert businesses(home) == (Business("local"),)
    names = ["Zebra café", "Anna's salon", "Middle"]
    later = [begin(home, name) for name in names]
    rename(home, "local", "Mine")
    rename(home, later[0].id, "Zebra")
    assert [one.name for one in businesses(home)] == ["Mine", "Zebra", "Anna's salon", "Middle"]
    assert len({one.id for one in businesses(home)}) == 4


def test_a_file_that_moves_takes_along_what_was_said_and_is_gone_from_where_it_was(home: Workspace) -> None:
    client = home.beside(begin(home, "Client").id)
    stays, goes = home.add("mine.csv", b"1"), home.add("theirs.csv", b"2")
    home.keep_answers(goes, FileAnswers(network="vk", followers={"2025-03-31": 70.0}))
    home.remember(Memory(fingerprint="aa", said=FileAnswers(mapping={"Лайки": "posts.reactions"})))
    client.remember(Memory(fingerprint="bb", said=FileAnswers(mapping={"Reach": "posts.reach"})))
    move([goes], home, client)
    assert [given.digest for given in home.files()] == [stays]
    assert [(given.name, client.content(given.digest)) for given in client.files()] == [("theirs.csv", b"2")]
    assert client.answers(goes).followers == {"2025-03-31": 70.0}
    assert home.said() == {}
    assert set(client.memories()) == {"aa", "bb"}


def test_what_is_forgotten_of_one_stays_with_every_other(home: Workspace) -> None:
    home.keep_setting("lang", "ru")
    one, other = begin(home, "One"), begin(home, "Other")
    for id_ in ("local", one.id, other.id):
        home.beside(id_).add("a.csv", b"x")
        home.beside(id_).contractor().add("report.csv", b"y")
    forget(home, one.id)
    assert [its.name for its in businesses(home)] == ["", "Other"]
    assert (home.beside(one.id).files(), home.beside(one.id).contractor().files()) == ((), ())
    forget(home, "local")
    assert [its.id for its in businesses(home)] == ["local", other.id]
    assert home.files() == ()
    left = home.beside(other.id)
    assert (len(left.files()), len(left.contractor().files())) == (1, 1)
    assert begin(home, "Third").name == businesses(home)[-1].name
