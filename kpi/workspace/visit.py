"""What the owner saw at a visit: the day, the month looked at, its lights, and which files lay there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kpi.model.period import Period
from kpi.workspace.given import Workspace

_SETTING = "visits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit; `lights` are words of `Status` by the id of the KPI, `files` are digests."""

    day: date
    period: Period
    lights: Mapping[str, str]
    files: frozenset[str]


def before(workspace: Workspace, today: date) -> Visit | None:
    """Return the last visit before today's, None at the first one."""
    kept = _kept(workspace)
    return next((one for one in reversed(kept) if one.day < today), None)


def keep(workspace: Workspace, visit: Visit) -> None:
    """Keep what is seen today, in place of what was seen earlier today; of days before, the last stays."""
    kept = _kept(workspace)
    found = [*(one for one in kept[-2:] if one.day < visit.day), visit][-2:]
    if found != kept:
        workspace.keep_setting(_SETTING, [_written(one) for one in found])


def _kept(workspace: Workspace) -> list[Visit]:
    return [_read(one) for one in workspace.settings().get(_SETTING) or []]


def _written(visit: Visit) -> dict[str, object]:
    return {
        "day": visit.day.isoformat(),
        "period": [visit.period.first.isoformat(), visit.period.last.isoformat()],
        "lights": dict(visit.lights),
        "files": sorted(visit.files),
    }


def _read(kept: Mapping[str, object]) -> Visit:
    match kept:
        case {
            "day": str(day),
            "period": [str(first), str(last)],
            "lights": dict(lights),
            "files": list(files),
        }:
            return Visit(
                day=date.fromisoformat(day),
                period=Period(date.fromisoformat(first), date.fromisoformat(last)),
                lights=lights,
                files=frozenset(files),
            )
    raise ValueError(str(kept))
