"""Who the followers are: of each day and account one snapshot, and how many of it the owner wants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpi.facts.frame import Floats, Frame, Labels, blank, calendar, joined
from kpi.model.reading import Issue

_Snapshot = tuple[int, str, str]  # day, network, account


@dataclass(frozen=True, slots=True)
class _Groups:
    """The groups of one kind (age, town): their rows, all followers, those in the target group."""

    kind: str
    rows: list[int]
    followers: float
    target: float


def snapshots(frames: Sequence[Frame]) -> tuple[Frame, list[Issue]]:
    """Return one row a day and account: its followers and those of them in the target group.

    Groups of one kind add up to the followers; those of another kind are the same people once more, so
    that only one kind is used: the one with an answer at every group, else the one that tells most. The
    target group is unknown where a group has no answer: the rest would be all yes.
    """
    whole = joined(list(frames))
    wanted = _wanted(whole)
    found: dict[_Snapshot, list[_Groups]] = defaultdict(list)
    issues: list[Issue] = []
    for (day, network, account, kind), rows in _kinds(whole).items():
        followers = whole.values["followers"][rows] if "followers" in whole.values else blank(len(rows))
        of_them = wanted[rows]
        found[day, network, account].append(_Groups(kind, rows, float(followers.sum()), float(of_them.sum())))
        if np.isnan(of_them).any() and not np.isnan(of_them).all():
            issues.append(Issue(key="audience_unanswered", facts={"day": calendar(day), "kind": kind}))
    chosen = []
    for (day, _, _), some in found.items():
        best = max(some, key=lambda one: (not np.isnan(one.target), np.nan_to_num(one.followers), one.kind))
        chosen.append(best)
        if sum(not np.isnan(one.target) for one in some) > 1:
            issues.append(Issue(key="audience_kinds", facts={"day": calendar(day), "kind": best.kind}))
    first = np.array([one.rows[0] for one in chosen], np.int64)
    origin = whole.main_origin()[first]
    labels = {
        name: label.take(first) for name, label in whole.labels.items() if name in {"network", "account"}
    }
    values = {
        "followers": np.array([one.followers for one in chosen], float),
        "target_followers": np.array([one.target for one in chosen], float),
    }
    frame = Frame(
        "audience",
        whole.day[first],
        whole.day[first],
        labels,
        values,
        dict.fromkeys(values, origin),
        whole.row[first],
    )
    return frame.take(np.argsort(frame.day, kind="stable")), issues


def _wanted(frame: Frame) -> Floats:
    """Return how many followers of each group are in the target group; unknown where nobody said."""
    followers = frame.values.get("followers", blank(len(frame)))
    given = frame.values.get("target_followers", blank(len(frame)))
    answer = frame.labels.get("target", Labels.same("", len(frame)))
    said = np.array(answer.words(), object)
    return np.where(said == "yes", followers, np.where(said == "no", 0.0 * followers, given))


def _kinds(frame: Frame) -> dict[tuple[int, str, str, str], list[int]]:
    """Return the rows of every kind of groups of a snapshot; of two files the newer one."""
    count = len(frame)
    words = [
        frame.labels.get(name, Labels.same("", count)).words() for name in ("network", "account", "dimension")
    ]
    keys = list(zip(frame.day.tolist(), *words, strict=True))
    origin = frame.main_origin()
    newest: dict[tuple[int, str, str, str], int] = {}
    for key, index in zip(keys, origin.tolist(), strict=True):
        newest[key] = max(newest.get(key, -1), index)
    found: dict[tuple[int, str, str, str], list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        if newest[key] == origin[row]:
            found[key].append(row)
    return found
