"""The tables that hold what owners gave; every row belongs to a workspace."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, LargeBinary, MetaData, String, Table

VERSION = 3

meta = MetaData()


def _table(name: str, *columns: Column[object]) -> Table:
    return Table(name, meta, Column("workspace", String(64), primary_key=True), *columns)


about = Table("about", meta, Column("version", Integer, primary_key=True))
files = _table(
    "files",
    Column("digest", String(64), primary_key=True),
    Column("name", String(1024), nullable=False),
    Column("added", String(40), nullable=False),
    Column("place", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
answers = _table(
    "answers", Column("digest", String(64), primary_key=True), Column("said", JSON, nullable=False)
)
mappings = _table(
    "mappings", Column("fingerprint", String(128), primary_key=True), Column("said", JSON, nullable=False)
)
owners = _table("owners", Column("since", String(10), primary_key=True), Column("said", JSON, nullable=False))
goals = _table(
    "goals", Column("goal", String(64), primary_key=True), Column("place", Integer, nullable=False)
)
charter = _table(
    "charter",
    Column("place", Integer, primary_key=True),  # counts up in the order of decisions
    Column("kpi", String(64), nullable=False),
    Column("variant", String(64), nullable=False),  # "" stands for any variant
    Column("since", String(10), nullable=False),  # "" stands for the beginning
    Column("said", JSON, nullable=False),
    Column("decided_at", String(40), nullable=False),  # "" stands for a moment that nobody kept
)
own_kpis = _table(
    "own_kpis", Column("id", String(64), primary_key=True), Column("said", JSON, nullable=False)
)
notes = _table("notes", Column("id", String(64), primary_key=True), Column("said", JSON, nullable=False))
actions = _table("actions", Column("id", String(64), primary_key=True), Column("said", JSON, nullable=False))
settings = _table(
    "settings", Column("name", String(64), primary_key=True), Column("said", JSON, nullable=False)
)

GIVEN = (files, answers, mappings, owners, goals, charter, own_kpis, notes, actions, settings)
