"""A child whose parser does what the file's name says."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import time
from pathlib import Path

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parents[2]))

from kpi.ingest import child
from kpi.model.limits import Limits
from kpi.model.owner import FileAnswers
from kpi.model.reading import Outcome, Reading, Table

kept: list[bytes] = []


def spin() -> None:
    while True:
        pass


def stumble() -> None:
    raise LookupError


DEEDS = {
    "spin": spin,
    "sleep": lambda: time.sleep(60),
    "wait": lambda: time.sleep(0.3),
    "grab": lambda: bytearray(10**9),
    "swell": lambda: kept.append(b"x" * 250 * 1024 * 1024),
    "abort": os.abort,
    "fault": lambda: ctypes.string_at(0),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "quit": lambda: os._exit(0),
    "stumble": stumble,
    "babble": lambda: sys.stdout.write("words that are no frame\n"),
    "core": lambda: resource.getrlimit(resource.RLIMIT_CORE)[0],
    "environment": lambda: sorted(os.environ),
}


def parse(name: str, data: bytes, _answers: FileAnswers, _limits: Limits) -> Reading:
    """Return what the deed gave and, as digest of the table, the process that did it."""
    told = str(DEEDS.get(name, int)())
    table = Table(file=told, digest=str(os.getpid()), rows_in=len(data), data=pa.table({"row": [2]}))
    return Reading(file=name, digest="", outcome=Outcome.READ, tables=(table,))


if __name__ == "__main__":
    child.leave_out_pandas()
    pa.table({"row": [2]})  # loads what the first table loads while no clock runs, as the real child does
    child.main(parse)
