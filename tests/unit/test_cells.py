"""Numbers in every spelling."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.ingest import cells, decimals
from kpi.ingest.strip import strip

NBSP, THIN = chr(0xA0), chr(0x202F)


@pytest.mark.parametrize(
    ("text", "sign", "expected"),
    [
        ("1 234,56", ",", 1234.56),
        (f"1{NBSP}234", ".", 1234),
        (f"1{THIN}234", ".", 1234),
        ("1'234.5", ".", 1234.5),
        ("1,234.56", ".", 1234.56),
        ("1.234,56", ",", 1234.56),
        ("-5", ".", -5),
        ("−5", ".", -5),
        ("+5", ".", 5),
        ("(1,234)", ".", -1234),
        ("1234-", ".", -1234),
        ("'1234", ".", 1234),
        ("5 %", ".", 5),
        ("5,5%", ",", 5.5),
        ("US$34.15", ".", 34.15),
        ("10 zł", ",", 10),
        ("€10,00", ",", 10),
        ("752 ₽", ".", 752),
        ("1 500 руб.", ",", 1500),
        ("-$5.5", ".", -5.5),
        ("12,3 тыс.", ",", 12300),
        ("1.2K", ".", 1200),
        ("2,5 млн", ",", 2_500_000),
        ("3 млрд", ",", 3e9),
        ("17 шт", ".", 17),
        (".5", ".", 0.5),
        ("1e5", ".", 100_000),
        ("–5", ".", -5),
        ("2’500", ".", 2500),
        ("\u200e1,5 млн ₽", ",", 1_500_000),
        ("1.234,50 €", "", 1234.5),
        ("1,234.50", "", 1234.5),
        ("10,00", "", 10),
        ("1.234.567", "", 1_234_567),
        ("5", "", 5),
    ],
)
def test_spellings(text: str, sign: str, expected: float) -> None:
    assert cells.number(text, sign) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "--",
        " --",
        "—",
        "–",
        "n/a",
        "N/A",
        "NAN",
        "undefined",
        "< 1%",
        "< 10%",
        ">99",
        "null",
        "нет данных",
    ],
)
def test_words_for_unknown(text: str) -> None:
    found = cells.number(text)
    assert found is not None
    assert math.isnan(found)


@pytest.mark.parametrize(
    "text",
    [
        "1_234",
        "inf",
        "1e308",
        "１２３",
        "5²",
        "١٢",
        "abc",
        "1,23,4",
        "12.34.5",
        "1.2.3,4",
        "5 apples",
        "9" * 500,
        "1e999",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert cells.number(text) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["1.5", "1.234"], (".", False)),
        (["1,5", "1,234"], (",", False)),
        (["1,234.5"], (".", False)),
        (["1.234,5"], (",", False)),
        (["1.234.567"], (",", False)),
        (["1,234,567"], (".", False)),
        (["0.123"], (".", False)),
        (["1234.567"], (".", False)),
        (["1 234,567"], (",", False)),
        (["1.234", "12.345"], (".", True)),
        (["1,234", "5"], (",", True)),
        (["5", "6"], (".", False)),
        (["$10.00", "€10,00", "10 zł"], ("", False)),
        (["10.00", "10,00", "1,234"], ("", True)),
        (["1.234.567", "1,234,567"], ("", False)),
    ],
)
def test_the_decimal_sign_needs_evidence(words: list[str], expected: tuple[str, bool]) -> None:
    assert decimals.decimal_sign(pa.array(words)) == expected


def test_the_owner_decides_what_stays_open() -> None:
    column = strip(["1.234", "2.500"])
    assert cells.numbers(column).unsure
    assert cells.numbers(column, ",").values.tolist() == [1234, 2500]
    assert cells.numbers(column, ".").values.tolist() == [1.234, 2.5]


def test_a_column_mixes_cells_and_texts() -> None:
    found = cells.numbers(strip([5.0, "7", "", "x", math.inf, "3,5", "-"]))
    assert np.array_equal(found.values, [5, 7, np.nan, np.nan, np.nan, 3.5, np.nan], equal_nan=True)
    assert (found.bad, found.wrong) == (((4, "inf"), (3, "x")), 2)


def test_many_bad_cells_are_counted_and_fifty_shown() -> None:
    found = cells.numbers(strip(["1"] * 10 + [f"x{number}" for number in range(80)]))
    assert (len(found.bad), found.wrong) == (50, 80)


def test_a_cell_type_is_information() -> None:
    assert cells.numbers(strip([1.234, 2.0])).values.tolist() == [1.234, 2.0]


def test_durations_are_seconds() -> None:
    found = cells.numbers(strip(["0:01:57", "1:05", ""]))
    assert found.clocked
    assert found.values.tolist()[:2] == [117, 65]


def test_four_fifths_make_a_column_of_numbers() -> None:
    assert cells.mostly_numbers(cells.numbers(strip(["1", "2", "3", "4", "x"])), 5)
    assert not cells.mostly_numbers(cells.numbers(strip(["1", "2", "3", "x"])), 4)
    assert not cells.mostly_numbers(cells.numbers(strip(["-", "-"])), 2)


def test_a_sum_of_nothing_is_unknown() -> None:
    assert cells.total(np.array([np.nan])) is None
    assert cells.total(np.array([0.1, 0.2, np.nan])) == pytest.approx(0.3)


def test_a_column_of_plain_digits_and_blanks_leaves_nothing_open() -> None:
    found = cells.numbers(strip(["5", " -7 ", "12"]))
    assert found.values.tolist() == [5, -7, 12]
    assert not found.unsure


def test_evidence_deep_in_a_long_column_is_found() -> None:
    doubtful = [f"{number // 1000}.{number % 1000:03d}" for number in range(1000, 4000)]
    assert cells.numbers(strip(doubtful)).unsure
    told = cells.numbers(strip([*doubtful, "2,5"]))
    assert not told.unsure
    assert (told.values[0], told.values[-1]) == (1000, 2.5)


def test_percent_signs_of_a_column_are_no_numbers() -> None:
    assert cells.numbers(strip(["5,5%", "7,25 %", "8"])).values.tolist() == [5.5, 7.25, 8]


@pytest.mark.parametrize(("text", "told"), [("1,234.5", True), ("1.234,5", True), ("5 apples", False)])
def test_a_number_is_one_in_either_spelling(text: str, *, told: bool) -> None:
    assert cells.is_number(text) is told


@pytest.mark.parametrize(("cell", "text"), [(5.0, "5"), (5.5, "5.5"), ("x", "x"), (True, "True")])
def test_a_cell_is_shown_as_a_person_writes_it(cell: object, text: str) -> None:
    assert cells.plain(cell) == text


LOCALES = {"us": (",", "."), "de": (".", ","), "ru": (NBSP, ","), "ch": ("’", "."), "pl": (" ", ",")}


@pytest.mark.parametrize("locale", LOCALES)
@given(
    amounts=st.lists(
        st.decimals(-9_999_999, 99_999_999, places=2, allow_nan=False), min_size=3, max_size=40, unique=True
    ),
    around=st.sampled_from(["{}", "{} ₽", "${}", "{} %", "{} zł"]),
    mixed=st.booleans(),
)
@settings(max_examples=50, deadline=None)
def test_a_number_is_the_same_in_every_locale_and_kind_of_cell(
    locale: str, amounts: list[Decimal], around: str, *, mixed: bool
) -> None:
    group, sign = LOCALES[locale]
    table = str.maketrans({",": group, ".": sign})
    written: list[Any] = [around.format(f"{amount:,.2f}".translate(table)) for amount in amounts]
    if mixed:
        written[0] = float(amounts[0])
    found = cells.numbers(strip(written))
    assert not found.unsure
    assert found.bad == ()
    assert found.values == pytest.approx([float(amount) for amount in amounts])


@given(
    st.lists(
        st.from_regex(
            r"\A[-(]?[$€]?\d{1,4}([ .,']\d{3}){0,2}([.,]\d{1,4})?( ?(тыс\.?|K|млн))?( ?[%₽])?\)?\Z"
        ),
        min_size=1,
        max_size=30,
    ),
    st.sampled_from([".", ","]),
)
@settings(max_examples=150, deadline=None)
def test_the_kernel_reads_as_one_cell_is_read(words: list[str], sign: str) -> None:
    found = cells.numbers(strip(words), sign)
    alone = [cells.number(word, sign) for word in words]
    assert found.values == pytest.approx([math.nan if one is None else one for one in alone], nan_ok=True)
    assert [row for row, _ in found.bad] == [row for row, one in enumerate(alone) if one is None]
