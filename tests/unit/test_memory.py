"""What was said of headings comes back for the same ones, is noticed for similar ones, and can travel."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpi import cli
from kpi.errors import WorkspaceError
from kpi.ingest.parse import parse
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Reading
from kpi.workspace import Workspace
from kpi.workspace.memory import Memory, carried, drift, recalled
from kpi.workspace.portable import taken, written

ROWS = "Дата,Охват,Лайки,Заметка\n2025-03-01,10,1,a\n2025-03-02,12,2,b\n"
SAID = FileAnswers(
    mapping={"Дата": "posts.at", "Охват": "posts.reach", "Лайки": "posts.reactions", "Заметка": None},
    network="vk",
    day_or_month="dmy",
)


def read(rows: str, answers: FileAnswers | None = None) -> Reading:
    return parse("a.csv", rows.encode(), answers or FileAnswers(), HOSTED)


def memory(rows: str = ROWS, said: FileAnswers = SAID) -> Memory:
    return Memory(fingerprint=read(rows).tables[0].fingerprint, said=said, on=date(2025, 3, 3))


def test_the_same_headings_bring_back_the_mapping_and_the_answers() -> None:
    one = memory()
    found = recalled(read(ROWS), FileAnswers(), {one.fingerprint: one})
    (table,) = read(ROWS, found).tables
    assert (table.kind, table.network, table.waiting) == ("posts", "vk", False)
    assert table.fingerprint == one.fingerprint
    assert recalled(read(ROWS), FileAnswers(network="telegram"), {one.fingerprint: one}).network == "telegram"


def test_two_sheets_of_one_file_may_call_different_things_by_one_name() -> None:
    costs = "Дата,Статья,Сумма\n2025-03-01,Фото,10\n2025-04-01,Тексты,12\n"
    said = FileAnswers(mapping={"Дата": "costs.month", "Статья": "costs.item", "Сумма": "costs.amount"})
    kept = {one.fingerprint: one for one in (memory(), memory(costs, said))}
    both = read(ROWS + "\n\n" + costs)
    assert len(both.tables) == 2
    again = read(ROWS + "\n\n" + costs, recalled(both, FileAnswers(), kept))
    assert [table.kind for table in again.tables] == ["posts", "costs"]


def test_other_headings_bring_back_nothing_and_resemble_nothing() -> None:
    other = read("Дата,Сумма,Чеки\n2025-03-01,10,1\n2025-03-02,12,2\n")
    one = memory()
    assert recalled(other, FileAnswers(), {one.fingerprint: one}) == FileAnswers()
    assert drift(other.tables[0], [one]) is None


def test_a_renamed_column_is_noticed_and_carried_over() -> None:
    (table,) = read(ROWS.replace("Охват", "Кого охватили")).tables
    found = drift(table, [memory("Дата,Цена\n2025-03-01,1\n2025-03-02,2\n"), memory()])
    assert found is not None
    assert (found.gone, found.new) == (("Охват",), ("Кого охватили",))
    assert carried(table, found) == {
        "Дата": "posts.at",
        "Кого охватили": "posts.reach",
        "Лайки": "posts.reactions",
        "Заметка": None,
    }


def test_a_sheet_of_weeks_is_no_changed_form_of_a_sheet_of_posts() -> None:
    posts = "Дата,Охват,Лайки,Сохранения\n2025-03-01,10,1,1\n2025-03-01,12,2,3\n"
    fields = ("posts.at", "posts.reach", "posts.reactions", "posts.saves")
    said = FileAnswers(mapping=dict(zip(posts.splitlines()[0].split(","), fields, strict=True)))
    weeks = posts.replace("Дата", "Неделя").replace("2025-03-01", "03.03.2025-09.03.2025", 1)
    (table,) = read(weeks.replace("2025-03-01", "10.03.2025-16.03.2025")).tables
    assert drift(table, [memory(posts, said)]) is None
    (renamed,) = read(posts.replace("Дата", "Публикация")).tables
    assert drift(renamed, [memory(posts, said)])


def test_a_new_column_is_what_is_proposed_for_it() -> None:
    (table,) = read(ROWS.replace("Заметка", "Комментарии").replace(",a", ",3").replace(",b", ",4")).tables
    found = drift(table, [memory()])
    assert found is not None
    assert found.gone == ()
    assert carried(table, found)["Комментарии"] == "posts.comments"


def test_memories_travel_as_they_are() -> None:
    some = (memory(), Memory(fingerprint="f", said=FileAnswers(mapping={"A": None})))
    assert taken(written(some)) == some


def test_memories_travel_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there, file = tmp_path / "here", tmp_path / "there", str(tmp_path / "m.json")
    Workspace.open(here).remember(memory())
    monkeypatch.setenv("SVETOFOR_HOME", str(here))
    assert cli.main(["mappings", "--export", file]) == 0
    monkeypatch.setenv("SVETOFOR_HOME", str(there))
    assert cli.main(["mappings", "--import", file]) == 0
    assert Workspace.open(there).memories() == Workspace.open(here).memories()


def test_a_file_of_something_else_is_refused_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SVETOFOR_HOME", str(tmp_path))
    (tmp_path / "m.json").write_bytes(b"\xff\xfe\x00")
    assert cli.main(["mappings", "--import", str(tmp_path / "m.json"), "--lang", "ru"]) == 2
    assert cli.main(["mappings", "--import", str(tmp_path / "none.json")]) == 2
    assert "Это не файл разметки" in capsys.readouterr().err


def changed(**changes: Any) -> str:
    given = json.loads(written([memory()]))
    given["mappings"][0] |= changes
    return json.dumps(given)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"kind": "other", "form": 1, "mappings": []}',
        '{"kind": "svetofor-mappings", "form": 1, "mappings": {}}',
        '{"kind": "svetofor-mappings", "form": 1, "mappings": [1]}',
        changed(mapping={}),
        changed(mapping={"A": 1}),
        changed(fingerprint=None),
        changed(on="yesterday"),
        changed(on=7),
        changed(network="nowhere"),
        changed(decimal=";"),
        changed(account=["x"]),
        changed(account="x" * 2000),
    ],
)
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(WorkspaceError, match="mappings_unreadable"):
        taken(text)


def test_unknown_fields_are_named_and_nothing_is_taken() -> None:
    with pytest.raises(WorkspaceError) as why:
        taken(changed(mapping={"A": "posts.likes_of_mum", "B": "posts.reach", "C": "orders.margin"}))
    assert why.value.facts == {"names": "orders.margin, posts.likes_of_mum"}


def test_a_text_of_a_later_version_is_refused_as_such() -> None:
    with pytest.raises(WorkspaceError, match="mappings_newer"):
        taken('{"kind": "svetofor-mappings", "form": 2}')
