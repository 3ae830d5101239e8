"""How the parent and the child that parses speak: frames of JSON, bytes and Arrow streams on a pipe."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, SimpleNamespace, UnionType
from typing import TYPE_CHECKING, Any, BinaryIO, Union, get_args, get_origin, get_type_hints

from kpi.model.copy import Copy
from kpi.model.limits import Limits
from kpi.model.owner import FileAnswers
from kpi.model.reading import Reading, Table

if TYPE_CHECKING:
    import pyarrow as pa

_LENGTH = 8
_HEAD = 64 * 1024 * 1024
_DATE = "$date"
Frame = bytes | memoryview


class WireError(Exception):
    """The other end is gone, or says what cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A file to parse, or to copy with marks."""

    name: str
    answers: FileAnswers
    limits: Limits
    copy: Copy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A reading, the CPU seconds it took, and the bytes by which the child has grown since its start.

    `copy` is the workbook with marks where one was asked for.
    """

    reading: Reading
    cpu: float = 0.0
    grown: int = 0
    copy: bytes | None = None


def ask(pipe: BinaryIO, request: Request, data: bytes) -> None:
    """Write a request."""
    _write(pipe, [_json(request), data])


def asked(pipe: BinaryIO) -> tuple[Request, bytes] | None:
    """Return the next request and its bytes, None when there will be no more."""
    try:
        head = _read(pipe, _HEAD)
    except WireError:
        return None
    request: Request = made(Request, json.loads(head))
    return request, _read(pipe, request.limits.file_bytes)


def frames(given: Answer) -> list[Frame]:
    """Return an answer as frames: its head, the rows of each table that has some, the copy."""
    tables = [table.data for table in given.reading.tables if table.data is not None]
    copy = [] if given.copy is None else [given.copy]
    return [_json(given), *map(_stream, tables), *copy]


def answer(pipe: BinaryIO, parts: list[Frame]) -> None:
    """Write an answer."""
    _write(pipe, parts)


def answered(pipe: BinaryIO, limits: Limits) -> Answer:
    """Return the answer to a request; raises `WireError` where the other end dies or talks nonsense."""
    import pyarrow as pa

    try:
        head = json.loads(_read(pipe, _HEAD))
        for table in head["reading"]["tables"]:
            table["data"] = _rows(_read(pipe, limits.member_bytes)) if table["data"] else None
        head["copy"] = _read(pipe, limits.member_bytes) if head["copy"] else None
        given: Answer = made(Answer, head)
    except (ValueError, TypeError, LookupError, pa.ArrowException) as why:
        raise WireError(str(why)) from why
    return given


def plain(value: object) -> object:
    """Return a frozen value as JSON; the rows of a table and bytes only as whether there are any."""
    if isinstance(value, bytes):
        return True
    if isinstance(value, Table):
        return _fields(replace(value, data=None)) | {"data": value.data is not None}
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [plain(item) for item in value]
    if type(value) is date:
        return {_DATE: value.isoformat()}
    return value


def made(wanted: Any, value: Any) -> Any:  # noqa: ANN401 - any type, and its JSON
    """Return the value of type `wanted` of which `plain` made this JSON."""
    parts = [part for part in get_args(wanted) if part is not NoneType]
    match value:
        case None:
            return value
        case _ if get_origin(wanted) in (Union, UnionType):
            return made(parts[0], value)
        case _ if isinstance(wanted, type) and is_dataclass(wanted):
            return wanted(**{name: made(hint, value[name]) for name, hint in _hints(wanted).items()})
        case {"$date": str(day)}:
            return date.fromisoformat(day)
        case dict():
            return {key: made(parts[1] if parts else object, item) for key, item in value.items()}
        case list():
            return tuple(made(parts[0] if parts else object, item) for item in value)
        case _ if isinstance(wanted, type) and issubclass(wanted, Enum):
            return wanted(value)
    return value


def _fields(value: Any) -> dict[str, object]:  # noqa: ANN401 - any dataclass
    return {each.name: plain(getattr(value, each.name)) for each in fields(value)}


@cache
def _hints(wanted: type) -> dict[str, Any]:
    return get_type_hints(wanted, localns={"pa": SimpleNamespace(Table=object)})


def _json(value: object) -> bytes:
    return json.dumps(plain(value), default=str).encode()


def _stream(table: pa.Table) -> Frame:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return memoryview(sink.getvalue())


def _rows(stream: bytes) -> pa.Table:
    import pyarrow as pa

    with pa.ipc.open_stream(stream) as opened:
        return opened.read_all()


def _write(pipe: BinaryIO, parts: list[Frame]) -> None:
    for part in parts:
        pipe.write(len(part).to_bytes(_LENGTH, "big"))
        pipe.write(part)
    pipe.flush()


def _read(pipe: BinaryIO, limit: int) -> bytes:
    length = int.from_bytes(_exactly(pipe, _LENGTH), "big")
    if length > limit:
        raise WireError(f"{length} bytes announced, {limit} allowed")
    return _exactly(pipe, length)


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    got = pipe.read(length)
    if len(got) != length:
        raise WireError("the pipe has ended")
    return got
