"""Opens the database, lets one writer in at a time and names what goes wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DBAPIError

from kpi.errors import WorkspaceError
from kpi.workspace import tables
from kpi.workspace.upgrade import upgrade

_WAIT = 5.0
_FILE = "workspace.db"
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


@cache
def database(place: str) -> Engine:
    """Return the database at `place`, a folder (made if it is not there) or an address with `://`.

    One of an earlier version is brought up to date as a whole, or not at all.
    Raises `WorkspaceError`: `unkept` where it cannot be opened, `newer` where a later version made it.
    """
    engine = create_engine(place) if "://" in place else _sqlite(Path(place))
    with transaction(engine, write=True) as connection:
        tables.meta.create_all(connection)
        version = connection.scalar(select(tables.about.c.version))
        if version is None:
            connection.execute(insert(tables.about).values(version=tables.VERSION))
        elif version > tables.VERSION:
            raise WorkspaceError("newer")
        elif version < tables.VERSION:
            upgrade(connection, version)
    return engine


@contextmanager
def transaction(engine: Engine, *, write: bool = False) -> Iterator[Connection]:
    """Give a connection whose work is kept as a whole, or not at all.

    Raises `WorkspaceError`: `busy` where another writer holds on for longer than five seconds, `full`
    where the disk is, `unkept` for anything else that the database cannot do.
    """
    try:
        with engine.connect().execution_options(write=write) as connection, connection.begin():
            yield connection
    except DBAPIError as why:
        raise WorkspaceError(_key(why.orig), place=engine.url.render_as_string()) from why


def _sqlite(folder: Path, wait: float = _WAIT) -> Engine:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as why:
        raise WorkspaceError("unkept", place=str(folder)) from why
    engine = create_engine(f"sqlite:///{folder / _FILE}", connect_args={"timeout": wait})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver thinks
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Begin; a writer takes its lock at once, so that it never fails halfway through."""
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _key(why: BaseException | None) -> str:
    code = getattr(why, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind, the rest its shade
    if code in _BUSY:
        return "busy"
    return "full" if code == sqlite3.SQLITE_FULL else "unkept"
