"""Brings a database of an earlier version up to date, within the transaction that opens it."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Column, Connection, Float, MetaData, String, Table, insert, select, update

from kpi.workspace import tables

_CHARTER = 2  # the version from which on targets have versions

_targets = Table(
    "targets",
    MetaData(),
    Column("workspace", String(64), primary_key=True),
    Column("kpi", String(64), primary_key=True),
    Column("variant", String(64), primary_key=True),  # "" stands for any variant
    Column("value", Float, nullable=False),
)


def upgrade(connection: Connection, version: int) -> None:
    """Bring what a database of `version` holds into the tables of today, which are there already."""
    if version < _CHARTER:
        _to_charter(connection)
    connection.execute(update(tables.about).values(version=tables.VERSION))


def _to_charter(connection: Connection) -> None:
    """Make each target a version that has held from the beginning; nobody knows when it was decided."""
    at, places = _targets.c, Counter[str]()
    for row in connection.execute(select(_targets).order_by(at.workspace, at.kpi, at.variant)).all():
        places[row.workspace] += 1
        version = {"kpi": row.kpi, "variant": row.variant, "since": "", "said": {"value": row.value}}
        place = {"workspace": row.workspace, "place": places[row.workspace], "decided_at": ""}
        connection.execute(insert(tables.charter).values(version | place))
    _targets.drop(connection)
