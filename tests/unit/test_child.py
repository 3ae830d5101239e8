from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO

import pytest

from kpi.errors import TooLargeError
from kpi.ingest import wire
from kpi.ingest.child import serve
from kpi.ingest.reasons import Refusal
from kpi.model.limits import LOCAL, Limits
from kpi.model.owner import FileAnswers
from kpi.model.reading import Outcome, Reading, Reason


class PanicException(BaseException):
    """A panic of Rust."""


def parse(name: str, data: bytes, answers: FileAnswers, limits: Limits) -> Reading:
    match name:
        case "rows":
            raise TooLargeError(Refusal.TOO_MANY_ROWS, limit=limits.rows)
        case "memory":
            raise MemoryError
        case "panic":
            raise PanicException
        case "exit":
            raise SystemExit
    return Reading(file=name, digest=f"{len(data)} {answers.network}", outcome=Outcome.READ)


@pytest.fixture(autouse=True)
def _no_fence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve within this process without putting walls around it."""
    monkeypatch.setattr("kpi.ingest.fence.allow", lambda _limits, _start: None)


def served(*names: str) -> list[Reading]:
    requests, answers = BytesIO(), BytesIO()
    for name in names:
        wire.ask(requests, wire.Request(name=name, answers=FileAnswers(network="vk"), limits=LOCAL), b"12")
    requests.seek(0)
    serve(parse, requests, answers)
    answers.seek(0)
    return [wire.answered(answers, LOCAL).reading for _ in names]


def test_each_request_gets_its_reading() -> None:
    assert [(each.file, each.digest) for each in served("a", "b")] == [("a", "2 vk"), ("b", "2 vk")]


def test_whatever_the_parser_raises_is_a_named_refusal_and_the_next_file_is_read() -> None:
    rows, memory, panic, good = served("rows", "memory", "panic", "good")
    assert rows.reason == Reason(key="too_many_rows", facts={"limit": LOCAL.rows})
    assert memory.reason == Reason(key="reader_killed_memory", facts={"limit": LOCAL.memory})
    assert panic.reason is not None
    assert (panic.reason.key, panic.reason.facts["error"]) == ("reader_crashed", "PanicException")
    assert str(panic.reason.facts["where"]).startswith("test_child.py:")
    assert {each.outcome for each in (rows, memory, panic)} == {Outcome.REFUSED}
    assert good.outcome is Outcome.READ


def test_being_told_to_stop_is_no_fault_of_the_file() -> None:
    with pytest.raises(SystemExit):
        served("exit")


def test_the_process_is_light_when_it_has_read_its_first_file() -> None:
    code = (
        "import json, runpy, sys; runpy.run_module('kpi.ingest.child', run_name='__main__');"
        "print(json.dumps(sorted(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    loaded = set(json.loads(run.stderr))  # where all goes that is no answer
    assert "kpi.ingest.recognise" in loaded
    assert {"streamlit", "pandas", "sqlalchemy"}.isdisjoint(loaded)
