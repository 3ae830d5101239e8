"""A few hundred spoilt files; `make fuzz` tries twenty thousand."""

from __future__ import annotations

from tests.hostile import fuzz


def test_spoilt_files_bring_up_nothing_but_refusals() -> None:
    assert list(fuzz.wrongs(400, seed=7)) == []


def test_the_same_case_is_the_same_file() -> None:
    assert fuzz.case(1, 2) == fuzz.case(1, 2)
    assert fuzz.case(1, 2) != fuzz.case(1, 3)
