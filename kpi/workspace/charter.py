"""The charter: every version of every target in the order in which it was decided, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from kpi.model.target import Target, in_force
from kpi.workspace.tables import charter

_KEY = ("kpi", "variant", "since")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A version of a target, and when it was decided; None: before that was kept.

    Versions that were decided together have the same moment.
    """

    target: Target
    at: datetime | None = None


def decisions(connection: Connection, workspace: str) -> tuple[Decision, ...]:
    """Return the versions that count, in the order in which they were decided.

    Of one KPI, way of counting and first day the last one counts; those before it were corrected by it.
    """
    at = charter.c
    rows = connection.execute(select(charter).where(at.workspace == workspace).order_by(at.place))
    latest: dict[tuple[str, ...], Decision] = {}
    for row in rows:
        key = (row.kpi, row.variant, row.since)
        latest.pop(key, None)  # a correction takes its place in the order of decisions
        latest[key] = _read(row)
    return tuple(latest.values())


def decide(connection: Connection, workspace: str, targets: Sequence[Target]) -> None:
    """Keep versions as one decision, after all that was decided before."""
    at = charter.c
    mine = at.workspace == workspace
    place = connection.scalar(select(func.max(at.place)).where(mine)) or 0
    before = connection.scalar(select(func.max(at.decided_at)).where(mine))
    moment = _after(before, datetime.now(UTC))
    rows = [
        {"workspace": workspace, "place": place + number, "decided_at": moment.isoformat()} | _written(target)
        for number, target in enumerate(targets, start=1)
    ]
    if rows:
        connection.execute(insert(charter), rows)


def take_back(connection: Connection, workspace: str, moment: datetime) -> None:
    """Forget what was decided at one moment; what it replaced counts again."""
    at = charter.c
    connection.execute(delete(charter).where(at.workspace == workspace, at.decided_at == moment.isoformat()))


def next_since(history: Sequence[Decision], today: date) -> date | None:
    """Return from which day a new version holds where nobody says otherwise.

    The first target of a KPI holds from the beginning (None), what was decided today is corrected, and
    what was decided earlier is followed by a version from today, so that it goes on judging the past.
    """
    if not history:
        return None
    last = history[-1]
    return last.target.since if last.at and last.at.date() == today else today


def withdrawn_since(decision: Decision, today: date) -> date | None:
    """Return from which day a version is withdrawn where nobody says otherwise.

    That is today; a version that was decided today, or is still to come, goes from its own first day.
    """
    since = decision.target.since
    decided_today = decision.at is not None and decision.at.date() == today
    return since if decided_today or (since is not None and since > today) else today


def superseding(target: Target, targets: Sequence[Target]) -> tuple[Target, ...]:
    """Return a target with what ends the others of its KPI that would hold beside it.

    One that is meant for any way of counting and one of a single way cannot both judge it.
    """
    held = in_force(targets, target.kpi, target.since or date.min)
    beside = (old for old in held if None in {old.variant, target.variant} and old.variant != target.variant)
    return (target, *(replace(old, since=target.since, dropped=True) for old in beside))


def _after(before: str | None, now: datetime) -> datetime:
    """Return the moment of a decision: now, or just after the last one where the clock stood or went back."""
    if not before:
        return now
    return max(now, datetime.fromisoformat(before) + timedelta(microseconds=1))


def _written(target: Target) -> dict[str, Any]:
    said = {name: value for name, value in asdict(target).items() if name not in {*_KEY, "part"}}
    return {
        "kpi": target.kpi,
        "variant": target.variant or "",
        "since": target.since.isoformat() if target.since else "",
        "said": said | {"by": target.by.isoformat() if target.by else None},
    }


def _read(row: Row[Any]) -> Decision:
    said: Mapping[str, Any] = row.said
    by = said.get("by")
    target = Target(
        kpi=row.kpi,
        variant=row.variant or None,
        since=date.fromisoformat(row.since) if row.since else None,
        **dict(said) | {"by": date.fromisoformat(by) if by else None},
    )
    return Decision(target=target, at=datetime.fromisoformat(row.decided_at) if row.decided_at else None)
