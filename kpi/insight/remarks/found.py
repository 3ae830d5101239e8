"""All detectors, and what they find in a period: what matters most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from kpi.insight.remarks import advertising, grounds, moves, people, posting, selling
from kpi.insight.remarks.scene import Scene
from kpi.model.remark import Remark

Detector = Callable[[Scene], Iterator[Remark]]
DETECTORS: Mapping[str, Detector] = {
    detector.__name__: detector
    for detector in (
        moves.period_change,
        moves.signal,
        moves.run,
        moves.record,
        moves.missed_again,
        moves.counted_otherwise,
        moves.smaller_orders,
        moves.reach_without_sales,
        posting.concentration,
        posting.cadence_drop,
        posting.silence,
        posting.format_mix,
        posting.paid_shift,
        posting.content_wins,
        posting.content_loses,
        advertising.spend_without_results,
        advertising.tired_ads,
        advertising.cheapest_channel,
        advertising.dearest_channel,
        advertising.dearer_results,
        selling.big_order,
        selling.more_returns,
        selling.weekday_sells,
        selling.one_network,
        people.follower_jump,
        people.followers_left,
        people.more_complaints,
        people.fewer_answers,
        people.worse_marks,
        grounds.data_gap,
        grounds.revised_figures,
        grounds.target_unreachable,
        grounds.target_due,
    )
}

COURSES = frozenset({"period_change", "signal", "run", "record", "missed_again"})
"""Detectors that speak of the course of a KPI: of one KPI the weightiest is enough."""

_OF_A_KIND = 2


def remarks(scene: Scene) -> tuple[Remark, ...]:
    """Return what is worth saying of a period, by what hangs on it times how sure it is."""
    found = [remark for detector in DETECTORS.values() for remark in detector(scene)]
    return tuple(sorted(found, key=lambda one: (-one.rank, one.key)))


def leading(found: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return remarks, weightiest first, without those on a KPI of which a weightier one speaks already.

    After two of one detector come the others first: who has seen two slumps wants to hear of something else.
    """
    kept: dict[str, Remark] = {}
    for one in found:
        kept.setdefault(one.kpi if one.key in COURSES and one.kpi else f"{one.key} {len(kept)}", one)
    seen: Counter[str] = Counter()
    later = []
    for one in kept.values():
        seen[one.key] += 1
        later.append(seen[one.key] > _OF_A_KIND)
    return tuple(one for _, one in sorted(zip(later, kept.values(), strict=True), key=lambda pair: pair[0]))
