"""The process in which files are parsed: requests come in on standard input, readings go out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import process_time
from traceback import extract_tb
from typing import BinaryIO

import pyarrow as pa  # noqa: F401 - takes its address space before the walls are measured

from kpi.errors import KpiError, UploadError
from kpi.ingest import fence, wire
from kpi.ingest.reasons import Refusal, refused
from kpi.model.limits import HOSTED, Limits
from kpi.model.owner import FileAnswers
from kpi.model.reading import Reading

_FIRST = b"Date,Reach\n2026-01-01,5\n2026-01-02,7\n"
Parse = Callable[[str, bytes, FileAnswers, Limits], Reading]


def main(parse: Parse) -> None:
    """Answer requests until standard input ends; what else is printed goes to standard error."""
    fence.settle()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(parse, sys.stdin.buffer, answers)


def serve(parse: Parse, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer each request with one reading."""
    space, held = fence.address_space(), fence.resident()
    while (asked := wire.asked(requests)) is not None:
        request, data = asked
        fence.allow(request.limits, space)
        start = process_time()
        reading = _reading(parse, request, data)
        grown = fence.resident() - held
        wire.answer(
            answers, wire.frames(wire.Answer(reading=reading, cpu=process_time() - start, grown=grown))
        )


def _reading(parse: Parse, request: wire.Request, data: bytes) -> Reading:
    """Return what the parser says, or a refusal: the one place where everything is caught.

    A panic of the spreadsheet library derives from `BaseException`.
    """
    try:
        return parse(request.name, data, request.answers, request.limits)
    except UploadError as why:
        return refused(request.name, data, why.key, **why.facts)
    except MemoryError:
        return refused(request.name, data, Refusal.READER_KILLED_MEMORY, limit=request.limits.memory)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as why:  # noqa: BLE001 - the boundary
        return refused(
            request.name, data, Refusal.READER_CRASHED, error=type(why).__name__, where=_where(why)
        )


def _where(why: BaseException) -> str:
    last = extract_tb(why.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


if __name__ == "__main__":
    from kpi.ingest.parse import parse

    with suppress(KpiError):  # a first small file loads what all files need while nobody waits
        parse("", _FIRST, FileAnswers(), HOSTED)
    main(parse)
