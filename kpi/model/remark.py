"""What is worth saying about a period: a key and its facts, how sure it is, what hangs on it, its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi.model.verdict import Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One finding of a detector.

    `key` is the detector's; `facts` fill its sentence. `good` says whether it is good news, None: neither.
    `certainty` is 0 to 1. `stake` is how much hangs on it, 0 to 1: its money as a share of the money that
    moved in the period, else the weight of its KPI in the chosen goals. `kpi` and `factor` say what an
    action would aim at. `trace` is where its figures came from.
    """

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    good: bool | None = None
    certainty: float = 1.0
    stake: float = 0.0
    kpi: str | None = None
    factor: str | None = None
    trace: tuple[Trace, ...] = ()

    @property
    def rank(self) -> float:
        """Return what it is worth to be read: what hangs on it times how sure it is."""
        return self.stake * self.certainty
