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
from kpi.model.reading import Outcome, Reading

_FIRST = b"Date,Reach\n2026-01-01,5\n2026-01-02,7\n"
Parse = Callable[[str, bytes, FileAnswers, Limits], Reading]


class _NoPandas:
    """Says of pandas that it is not there."""

    def find_spec(self, name: str, *_: object) -> None:
        """Refuse pandas, leave every other module to those who know."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def leave_out_pandas() -> None:
    """Keep pandas out of this process.

    Nothing in it needs pandas, but pyarrow looks for it on its first conversion, and loading it would
    lengthen the start by a third.
    """
    sys.meta_path.insert(0, _NoPandas())


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
        reading, copy = _done(parse, request, data)
        grown = fence.resident() - held
        done = wire.Answer(reading=reading, cpu=process_time() - start, grown=grown, copy=copy)
        wire.answer(answers, wire.frames(done))


def _done(parse: Parse, request: wire.Request, data: bytes) -> tuple[Reading, bytes | None]:
    """Return what the parser says and the copy that was asked for, or a refusal.

    The one place where everything is caught; a panic of the spreadsheet library derives from `BaseException`.
    """
    try:
        if request.copy is None:
            return parse(request.name, data, request.answers, request.limits), None
        from kpi.ingest.annotate import annotate

        copy = annotate(data, request.answers, request.limits, request.copy)
        return Reading(file=request.name, digest="", outcome=Outcome.READ), copy
    except UploadError as why:
        return refused(request.name, data, why.key, **why.facts), None
    except MemoryError:
        return refused(request.name, data, Refusal.READER_KILLED_MEMORY, limit=request.limits.memory), None
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as why:  # noqa: BLE001 - the boundary
        where = _where(why)
        return refused(
            request.name, data, Refusal.READER_CRASHED, error=type(why).__name__, where=where
        ), None


def _where(why: BaseException) -> str:
    last = extract_tb(why.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


if __name__ == "__main__":
    leave_out_pandas()
    from kpi.ingest.parse import parse

    with suppress(KpiError):  # a first small file loads what all files need while nobody waits
        parse("", _FIRST, FileAnswers(), HOSTED)
    main(parse)
