"""A workspace: the files that an owner gave and what the owner decided, and nothing that is derived."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Self

from platformdirs import user_data_dir
from sqlalchemy import ColumnElement, Engine, Row, Table, and_, delete, func, insert, select

from kpi.errors import WorkspaceError
from kpi.model.owner import LASTING, FileAnswers, Owner
from kpi.model.target import Target, in_force
from kpi.workspace import charter, tables
from kpi.workspace.charter import Decision
from kpi.workspace.database import database, transaction
from kpi.workspace.memory import Memory, lasting

HOME = "SVETOFOR_HOME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One file as it was given; `digest` is the SHA-256 of its bytes."""

    name: str
    digest: str
    added: datetime


@dataclass(frozen=True, slots=True)
class Workspace:
    """What one owner gave. Every call that keeps something has kept it when it returns.

    Any call raises `WorkspaceError` (`busy`, `full`, `unkept`) where the database cannot do it.
    """

    engine: Engine
    id: str

    @classmethod
    def open(cls, place: str | os.PathLike[str] | None = None, id_: str = "local") -> Self:
        """Return the workspace `id_` in a folder or at a database address.

        Without a place it is what the environment variable `SVETOFOR_HOME` says, else the user's own
        data folder.
        """
        where = place or os.environ.get(HOME) or user_data_dir("svetofor", appauthor=False)
        return cls(database(os.fspath(where)), id_)

    def beside(self, id_: str) -> Workspace:
        """Return another workspace of the same database."""
        return Workspace(self.engine, id_)

    def contractor(self) -> Workspace:
        """Return where a contractor's report lies: beside, so that it enters no figure of the owner's."""
        return self.beside(f"{self.id}_contractor")

    def files(self) -> tuple[Given, ...]:
        """Return the files in the order in which they came."""
        at = tables.files.c
        query = select(at.name, at.digest, at.added).where(at.workspace == self.id).order_by(at.place)
        with transaction(self.engine) as connection:
            return tuple(
                Given(name=row.name, digest=row.digest, added=datetime.fromisoformat(row.added))
                for row in connection.execute(query)
            )

    def content(self, digest: str) -> bytes:
        """Return the bytes of a file; raises `WorkspaceError` `no_file` where it is not here."""
        found = self._one(tables.files, digest=digest)
        if found is None:
            raise WorkspaceError("no_file")
        return bytes(found.content)

    def add(self, name: str, content: bytes) -> str:
        """Keep a file and return its digest; the same bytes again change nothing."""
        digest, at = sha256(content).hexdigest(), tables.files.c
        with transaction(self.engine, write=True) as connection:
            if connection.scalar(select(at.digest).where(self._mine(tables.files, digest=digest))) is None:
                last = connection.scalar(select(func.max(at.place)).where(at.workspace == self.id))
                row = {"name": name, "added": datetime.now(UTC).isoformat(), "place": (last or 0) + 1}
                values = {"workspace": self.id, "digest": digest, "content": content} | row
                connection.execute(insert(tables.files).values(values))
        return digest

    def remove(self, digest: str) -> None:
        """Forget a file and what was said about it."""
        with transaction(self.engine, write=True) as connection:
            for table in (tables.files, tables.answers):
                connection.execute(delete(table).where(self._mine(table, digest=digest)))

    def answers(self, digest: str) -> FileAnswers:
        """Return what the owner said about a file, empty answers where nothing was."""
        found = self._one(tables.answers, digest=digest)
        return FileAnswers(**found.said) if found else FileAnswers()

    def said(self) -> Mapping[str, FileAnswers]:
        """Return what the owner said about files, by digest."""
        return {row.digest: FileAnswers(**row.said) for row in self._all(tables.answers)}

    def keep_answers(self, digest: str, answers: FileAnswers) -> None:
        """Keep what the owner said about a file, in place of what was said before."""
        self._keep(tables.answers, {"digest": digest}, said=asdict(answers))

    def memories(self) -> Mapping[str, Memory]:
        """Return what was said of own tables, by the fingerprint of their headings, the latest first."""
        found = [_memory(row.fingerprint, row.said) for row in self._all(tables.mappings)]
        found.sort(key=lambda one: (one.on or date.min, one.fingerprint), reverse=True)
        return {one.fingerprint: one for one in found}

    def remember(self, memory: Memory) -> None:
        """Keep what was said of headings for every later file that has them; today where it has no day."""
        on = memory.on or datetime.now(UTC).date()
        said = lasting(memory.said) | {"on": on.isoformat(), "mapping": dict(memory.said.mapping)}
        self._keep(tables.mappings, {"fingerprint": memory.fingerprint}, said=said)

    def forget(self, fingerprint: str) -> None:
        """Forget what was said of headings; files that were given are asked about again."""
        self._drop(tables.mappings, fingerprint=fingerprint)

    def owner(self) -> Owner:
        """Return the owner's latest answers, empty ones where nothing was answered."""
        return (Owner(), *self.owners())[-1]

    def owners(self) -> tuple[Owner, ...]:
        """Return the owner's answers ever given, by the day from which they hold."""
        at = tables.owners.c
        return tuple(
            Owner(**row.said, since=date.fromisoformat(row.since))
            for row in self._all(tables.owners, at.since)
        )

    def keep_owner(self, owner: Owner) -> None:
        """Keep the owner's answers from `owner.since` on (today where it is None); older ones stay."""
        since = owner.since or datetime.now(UTC).date()
        said = {name: value for name, value in asdict(owner).items() if name != "since"}
        self._keep(tables.owners, {"since": since.isoformat()}, said=said)

    def goals(self) -> tuple[str, ...]:
        """Return the ids of the chosen goals in the order of choice."""
        return tuple(row.goal for row in self._all(tables.goals, tables.goals.c.place))

    def choose(self, goals: Iterable[str]) -> None:
        """Keep these goals as the chosen ones."""
        rows = [
            {"workspace": self.id, "goal": goal, "place": place}
            for place, goal in enumerate(dict.fromkeys(goals))
        ]
        with transaction(self.engine, write=True) as connection:
            connection.execute(delete(tables.goals).where(self._mine(tables.goals)))
            if rows:
                connection.execute(insert(tables.goals), rows)

    def targets(self) -> tuple[Target, ...]:
        """Return all versions of all targets in the order in which they were decided.

        Which of them holds on a day tells `kpi.model.target.in_force`.
        """
        return tuple(one.target for one in self.decisions())

    def decisions(self) -> tuple[Decision, ...]:
        """Return all versions of all targets with the moment at which each was decided, in that order."""
        with transaction(self.engine) as connection:
            return charter.decisions(connection, self.id)

    def history(self, kpi: str) -> tuple[Decision, ...]:
        """Return the versions of a KPI's targets in the order in which they were decided."""
        return tuple(one for one in self.decisions() if one.target.kpi == kpi)

    def decide(self, *targets: Target) -> None:
        """Keep versions of targets as one decision.

        Decided again for the same KPI, variant and day, a version takes the place of the earlier one.
        """
        with transaction(self.engine, write=True) as connection:
            charter.decide(connection, self.id, targets)

    def withdraw(self, kpi: str, variant: str | None, since: date | None) -> None:
        """Decide that a KPI has no target of this variant from a day on; what held before goes on holding."""
        with transaction(self.engine, write=True) as connection:
            kept = [one.target for one in charter.decisions(connection, self.id)]
            held = [one for one in in_force(kept, kpi, since or date.min) if one.variant == variant]
            value = held[0].value if held else 0.0
            gone = Target(kpi=kpi, variant=variant, value=value, since=since, dropped=True)
            charter.decide(connection, self.id, [gone])

    def last_decided(self) -> tuple[Decision, ...]:
        """Return what was decided last, together; empty where nothing was since decisions are kept."""
        known = [one for one in self.decisions() if one.at is not None]
        return tuple(one for one in known if one.at == known[-1].at)

    def take_back(self, at: datetime) -> None:
        """Forget what was decided at this moment; the versions that it replaced count again."""
        with transaction(self.engine, write=True) as connection:
            charter.take_back(connection, self.id, at)

    def own_kpis(self) -> Mapping[str, dict[str, Any]]:
        """Return the owner's own KPIs by id, as they were written."""
        return {row.id: row.said for row in self._all(tables.own_kpis, tables.own_kpis.c.id)}

    def keep_own_kpi(self, id_: str, said: Mapping[str, Any]) -> None:
        """Keep a KPI of the owner's own in place of the one before; what JSON can write."""
        self._keep(tables.own_kpis, {"id": id_}, said=dict(said))

    def drop_own_kpi(self, id_: str) -> None:
        """Forget a KPI of the owner's own."""
        self._drop(tables.own_kpis, id=id_)

    def notes(self) -> Mapping[str, dict[str, Any]]:
        """Return the owner's notes on days by id, as they were written."""
        return {row.id: row.said for row in self._all(tables.notes, tables.notes.c.id)}

    def keep_note(self, id_: str, said: Mapping[str, Any]) -> None:
        """Keep a note in place of the one before; what JSON can write."""
        self._keep(tables.notes, {"id": id_}, said=dict(said))

    def drop_note(self, id_: str) -> None:
        """Forget a note."""
        self._drop(tables.notes, id=id_)

    def actions(self) -> Mapping[str, dict[str, Any]]:
        """Return the actions that the owner has taken on by id, as they were written."""
        return {row.id: row.said for row in self._all(tables.actions, tables.actions.c.id)}

    def keep_action(self, id_: str, said: Mapping[str, Any]) -> None:
        """Keep an action in place of the one before; what JSON can write."""
        self._keep(tables.actions, {"id": id_}, said=dict(said))

    def drop_action(self, id_: str) -> None:
        """Forget an action."""
        self._drop(tables.actions, id=id_)

    def settings(self) -> Mapping[str, Any]:
        """Return the settings by name: language, filters, which demo is loaded."""
        return {row.name: row.said for row in self._all(tables.settings, tables.settings.c.name)}

    def keep_setting(self, name: str, value: Any) -> None:  # noqa: ANN401  anything that JSON can write
        """Keep a setting: text, number, list or mapping of such."""
        self._keep(tables.settings, {"name": name}, said=value)

    def drop_setting(self, name: str) -> None:
        """Forget a setting."""
        self._drop(tables.settings, name=name)

    def clear(self) -> None:
        """Forget everything in this workspace, and the contractor's report that lies beside it."""
        mine = (self.id, self.contractor().id)
        with transaction(self.engine, write=True) as connection:
            for table in tables.GIVEN:
                connection.execute(delete(table).where(table.c.workspace.in_(mine)))

    def _mine(self, table: Table, **key: str) -> ColumnElement[bool]:
        """Return the condition that a row is of this workspace and has this key."""
        return and_(table.c.workspace == self.id, *(table.c[name] == value for name, value in key.items()))

    def _one(self, table: Table, **key: str) -> Row[Any] | None:
        with transaction(self.engine) as connection:
            return connection.execute(select(table).where(self._mine(table, **key))).one_or_none()

    def _all(self, table: Table, *order: ColumnElement[Any]) -> list[Row[Any]]:
        with transaction(self.engine) as connection:
            return list(connection.execute(select(table).where(self._mine(table)).order_by(*order)))

    def _drop(self, table: Table, **key: str) -> None:
        with transaction(self.engine, write=True) as connection:
            connection.execute(delete(table).where(self._mine(table, **key)))

    def _keep(self, table: Table, key: dict[str, str], **values: object) -> None:
        with transaction(self.engine, write=True) as connection:
            connection.execute(delete(table).where(self._mine(table, **key)))
            connection.execute(insert(table).values(workspace=self.id, **key, **values))


def _memory(fingerprint: str, said: dict[str, Any]) -> Memory:
    """Return what was kept of headings; before days were kept it was the mapping alone."""
    if not isinstance(said.get("mapping"), dict):
        return Memory(fingerprint=fingerprint, said=FileAnswers(mapping=said))
    on = said.get("on")
    answers = {name: value for name, value in said.items() if name in LASTING}
    return Memory(
        fingerprint=fingerprint,
        said=FileAnswers(**answers),
        on=date.fromisoformat(on) if on else None,
    )
