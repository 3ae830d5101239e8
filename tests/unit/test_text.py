"""Encodings, delimiters, and the one repair that is certain."""

from __future__ import annotations

import pytest

from kpi.errors import NothingFoundError
from kpi.ingest import text

TABLE = "Дата;Охват\n01.03.2025;5\n"


@pytest.mark.parametrize(
    ("data", "guessed"),
    [
        (TABLE.encode(), None),
        (TABLE.encode("utf-8-sig"), None),
        (TABLE.encode("utf-16"), None),
        (TABLE.encode("utf-16-be"), None),
        (("sep=;\n" + TABLE).encode("utf-16-le"), None),
        (TABLE.encode("cp1251"), "cp1251"),
    ],
)
def test_any_encoding_gives_the_same_text(data: bytes, guessed: str | None) -> None:
    found = text.read(data)
    assert (found.body, found.delimiter, found.guessed) == (TABLE, ";", guessed)


def test_a_western_encoding_is_guessed() -> None:
    found = text.read("Título,Município\nAção,São Carlos é ótima\n".encode("cp1252") * 30)
    assert "São Carlos" in found.body


def test_nothing_but_blank_lines_is_no_table() -> None:
    with pytest.raises(NothingFoundError):
        text.read(b"\n\r\n  \n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a\tb\n1,5\t2;5\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ('"x;y;z",b\n"1;2;3",c\n', ","),
        ("alone\n1\n", ","),
    ],
)
def test_the_delimiter_is_the_one_that_gives_even_rows(body: str, expected: str) -> None:
    assert text.delimiter(body) == expected


def test_a_separator_line_is_consumed_even_if_wrong_for_the_rest() -> None:
    found = text.read(b"sep=\t\t\r\nA\tB\r\n1\t2\r\n")
    assert (found.delimiter, found.body) == ("\t", "A\tB\r\n1\t2\r\n")


WRAPPED = '"Date,""Post type"",Reach"\n"01/02/2025,""a ""b"" c"",5"\nfree text\n'


def test_wrapped_lines_are_unwrapped_and_told() -> None:
    found = text.read(WRAPPED.encode())
    assert found.repaired
    assert found.body.splitlines()[0] == 'Date,"Post type",Reach'
    assert found.body.splitlines()[2] == "free text"


def test_the_repair_can_be_undone() -> None:
    found = text.read(WRAPPED.encode(), keep_quoted=True)
    assert not found.repaired
    assert found.body == WRAPPED


def test_lines_wrapped_without_inner_quotes_are_unwrapped_too() -> None:
    assert text.read(b'"Date,Reach"\n"2025-01-01,5"\n').body.startswith("Date,Reach\n2025")


@pytest.mark.parametrize(
    "body", ['"Date","Reach"\n"2025-01-01","5"\n', '"a, b"\n"c"\n', "Date,Reach\n", '""\n']
)
def test_ordinary_quotes_are_left_alone(body: str) -> None:
    assert not text.wrapped(body)


def test_a_quote_that_never_closes_swallows_nothing() -> None:
    assert len(list(text.records('a,b\n1,say "hi\n2,"open\n3,x\n', ","))) == 4


def test_a_record_may_span_lines() -> None:
    assert list(text.records('a,b\n"one\n\ntwo, three",5\n', ","))[1] == ["one\n\ntwo, three", "5"]
