"""What stands out among the posts of a period: of every kind the groups, and the surest finding of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.insight.content.groups import Group, grouped, winner
from kpi.insight.content.kinds import Kind, members
from kpi.insight.content.shelf import Measure, Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The groups of every kind that the files tell, compared by one measure."""

    measure: Measure
    kinds: Mapping[Kind, tuple[Group, ...]]

    @property
    def best(self) -> tuple[Kind, Group] | None:
        """Return the group that is better for sure by the widest margin, with its kind."""
        found = [(kind, one) for kind, groups in self.kinds.items() if (one := winner(groups)) is not None]
        return max(found, key=lambda pair: pair[1].low or 0.0, default=None)


def findings(shelf: Shelf, measure: Measure) -> Findings:
    """Return what stands out among the chosen posts by a measure; a kind that no post tells is left out."""
    against = shelf.against_usual(measure)
    kinds = {kind: grouped(against, found) for kind in Kind if (found := members(shelf, kind))}
    return Findings(measure=measure, kinds=kinds)
