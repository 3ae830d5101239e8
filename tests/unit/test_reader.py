from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import psutil
import pytest

from kpi.ingest.reader import Reader
from kpi.model.limits import HOSTED, Limits
from kpi.model.owner import FileAnswers
from kpi.model.reading import Outcome, Reading

LIMITS = replace(HOSTED, cpu=1, memory=150 * 1024 * 1024, file_bytes=1000)
COMMAND = (sys.executable, "tests/unit/obedient.py")


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader(COMMAND) as reader:
        yield reader


def read(reader: Reader, name: str, limits: Limits = LIMITS) -> Reading:
    return reader.read(name, b"12", FileAnswers(), limits)


def pid(reading: Reading) -> str:
    return reading.tables[0].digest


def children() -> list[psutil.Process]:
    """Return the living children of these tests; screens tested in the same process have their own."""
    found = []
    for each in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):  # a zombie, too, has no command any more
            if each.cmdline()[1:] == list(COMMAND)[1:]:
                found.append(each)
    return found


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("spin", "reader_killed_time"),
        ("grab", "reader_killed_memory"),
        ("abort", "reader_killed_memory"),
        ("kill", "reader_killed_memory"),
        ("fault", "reader_crashed"),
        ("quit", "reader_crashed"),
        ("stumble", "reader_crashed"),
    ],
)
def test_a_file_that_ends_its_reader_is_refused_by_name_and_the_next_one_is_read(
    reader: Reader, name: str, key: str
) -> None:
    before = pid(read(reader, "good"))
    refused = read(reader, name)
    assert refused.reason is not None
    assert (refused.file, refused.outcome, refused.reason.key) == (name, Outcome.REFUSED, key)
    after = read(reader, "good")
    assert after.outcome is Outcome.READ
    assert pid(after) != before
    assert len(children()) == 1


def test_a_child_that_died_while_it_waited_is_no_fault_of_the_next_file(reader: Reader) -> None:
    read(reader, "good")
    for each in children():
        each.kill()
        each.wait(5)
    assert read(reader, "good").outcome is Outcome.READ


def test_a_file_that_only_waits_is_killed_by_the_clock(reader: Reader) -> None:
    refused = read(reader, "sleep")
    assert refused.reason is not None
    assert (refused.reason.key, refused.reason.facts) == ("reader_killed_time", {"limit": LIMITS.cpu})


def test_the_parent_sees_memory_where_the_system_has_no_limit_of_it(reader: Reader) -> None:
    small = replace(
        LIMITS, memory=-200 * 1024 * 1024
    )  # a child at rest is over it; a wall this low cannot be built
    refused = read(reader, "sleep", small)
    assert refused.reason is not None
    assert refused.reason.key == "reader_killed_memory"


def test_a_file_that_is_too_large_is_not_even_sent(reader: Reader) -> None:
    refused = reader.read("big", b"x" * 1001, FileAnswers(), LIMITS)
    assert refused.reason is not None
    assert (refused.reason.key, refused.reason.facts) == ("too_large_file", {"size": 1001, "limit": 1000})
    assert reader.last_cpu == 0


def test_one_child_serves_ten_files(reader: Reader) -> None:
    pids = [pid(read(reader, "good")) for _ in range(11)]
    assert len(set(pids[:10])) == 1
    assert pids[10] != pids[0]


def test_a_child_that_has_grown_is_replaced(reader: Reader) -> None:
    grown = read(reader, "swell", HOSTED)
    assert grown.outcome is Outcome.READ
    assert pid(read(reader, "good")) != pid(grown)


def test_what_a_parser_prints_does_not_disturb(reader: Reader) -> None:
    assert read(reader, "babble").outcome is Outcome.READ
    assert read(reader, "good").tables[0].data.to_pydict() == {"row": [2]}


def test_two_files_are_read_at_once_and_no_more(reader: Reader) -> None:
    with ThreadPoolExecutor(6) as pool:
        going = [pool.submit(read, reader, "wait", HOSTED) for _ in range(6)]
        most = 0
        while not all(each.done() for each in going):
            most = max(most, len(children()))
            time.sleep(0.02)
    assert [each.result().outcome for each in going] == [Outcome.READ] * 6
    assert most == 2
    assert len(children()) == 1


def test_a_child_dumps_no_core_and_knows_no_secrets(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    with Reader(COMMAND) as fresh:
        assert "SECRET" not in read(fresh, "environment").tables[0].file
    assert read(reader, "core").tables[0].file == "0"


def test_no_child_is_left_behind() -> None:
    with Reader(COMMAND) as reader:
        read(reader, "good")
    assert children() == []


def test_the_cpu_seconds_of_the_last_file_are_told(reader: Reader) -> None:
    read(reader, "spin")
    assert 0.5 < reader.last_cpu < 4
