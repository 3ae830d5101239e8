from __future__ import annotations

from datetime import date
from io import BytesIO

import pyarrow as pa
import pytest

from kpi.ingest import wire
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.period import Period
from kpi.model.reading import Aside, Column, Issue, Outcome, Question, Reading, Reason, Table

DATA = pa.table({"row": [2, 3], "reach": [5.0, None], "date": [date(2026, 1, 1), None]})
TABLE = Table(
    file="посты.xlsx",
    digest="ab",
    sheet="Лист 1",
    kind="posts",
    rows_in=4,
    rows_used=2,
    aside=(Aside(row=4, reason="total_row"),),
    first=date(2026, 1, 1),
    window=Period(date(2026, 1, 1), date(2026, 1, 31)),
    columns=(Column(heading="Reach", field="posts.reach", total=5.0, where={"Тип": "все"}, samples=("5",)),),
    questions=(Question(key="network", choices=("vk", "instagram")),),
    counts=("reactions",),
    waiting=True,
    data=DATA,
)
READING = Reading(
    file="посты.xlsx",
    digest="ab",
    outcome=Outcome.READ,
    reason=Reason(
        key="x", facts={"n": 1, "day": date(2026, 1, 1), "of": ("a", 2.5, None), "by": {"k": True}}
    ),
    tables=(TABLE, Table(file="a", digest="b")),
    issues=(Issue(key="bad_cell", row=7, cell="\ud800", facts={"heading": "Reach"}),),
)


def sent(answer: wire.Answer) -> BytesIO:
    pipe = BytesIO()
    wire.answer(pipe, wire.frames(answer))
    return BytesIO(pipe.getvalue())


def test_a_reading_arrives_as_it_was_sent() -> None:
    arrived = wire.answered(sent(wire.Answer(reading=READING, cpu=1.5, grown=7)), HOSTED)
    assert arrived == wire.Answer(reading=READING, cpu=1.5, grown=7)
    assert arrived.reading.outcome is Outcome.READ
    assert arrived.reading.tables[0].data.equals(DATA)
    assert arrived.reading.tables[1].data is None


def test_a_request_arrives_as_it_was_sent_and_then_there_are_no_more() -> None:
    request = wire.Request(
        name="a\u202eb",
        answers=FileAnswers(mapping={"A": "posts.reach", "B": None}, keep_quoted=True),
        limits=HOSTED,
    )
    pipe = BytesIO()
    wire.ask(pipe, request, b"\0\1")
    pipe.seek(0)
    assert wire.asked(pipe) == (request, b"\0\1")
    assert wire.asked(pipe) is None


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0\0\0\0\0\0\0\2{",
        b"\0\0\0\0\0\0\0\2{}",
        b"\0\0\0\0\0\0\0\4null",
        b"\x7f\0\0\0\0\0\0\0{}",
        sent(wire.Answer(reading=READING)).getvalue()[:-40],
    ],
    ids=["nothing", "cut off", "no reading", "null", "absurd length", "rows cut off"],
)
def test_nonsense_is_one_error(said: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.answered(BytesIO(said), HOSTED)
