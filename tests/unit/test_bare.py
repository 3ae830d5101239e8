from __future__ import annotations

import pytest

from kpi.errors import NothingFoundError
from kpi.ingest.parse import parse
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Outcome, Reading


def read(text: str, name: str = "a.csv") -> Reading:
    return parse(name, text.encode(), FileAnswers(), HOSTED)


def test_figures_without_headings_wait_for_a_mapping_under_the_letters_of_their_columns() -> None:
    reading = read("2026-01-01,5\n2026-01-02,7\n2026-01-03,8\n")
    (table,) = reading.tables
    assert reading.outcome is Outcome.MAPPING
    assert [column.heading for column in table.columns] == ["A", "B"]
    assert (table.rows_in, table.rows_used) == (3, 3)
    assert table.columns[1].total == 20


def test_a_mapping_of_letters_is_remembered_for_the_same_bytes_only() -> None:
    first, again, other = (read(f"2026-01-0{day},5\n2026-02-02,7\n").tables[0] for day in (1, 1, 3))
    assert first.fingerprint == again.fingerprint != other.fingerprint


def test_odd_headings_over_figures_are_headings_all_the_same() -> None:
    (table,) = read("Note,<b>1</b>,1.5,why\nabc,1,2,3\nxyz,4,5,6\n").tables
    assert [column.heading for column in table.columns] == ["Note", "<b>1</b>", "1.5", "why"]
    assert table.rows_in == 2


@pytest.mark.parametrize("text", ["Date,Reach\n", "words\nand more words\n", "\n\n"])
def test_words_alone_are_no_table(text: str) -> None:
    with pytest.raises(NothingFoundError):
        read(text)
