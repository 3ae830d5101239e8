"""The posts in view, each with its hour, its text and how it stands to the usual post of its time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa

from kpi.facts.assemble import Facts
from kpi.facts.frame import Floats, Frame, Ints, blank, ordinal
from kpi.facts.key import folded, label_codes
from kpi.facts.rows import local
from kpi.metrics.cube import Bools
from kpi.model.period import Period
from kpi.model.reading import Table
from kpi.model.view import View

FRESH = 7  # days in which the figures of a post still grow: younger ones are not compared
NEIGHBOURS = 10  # posts before and after that make the usual level of a post's time
ENOUGH = 8  # posts of an account without which there is no usual level


class Measure(StrEnum):
    """What posts are compared by."""

    REACH = "reach"  # people reached, else views
    ENGAGEMENT = "engagement"  # interactions per person reached, else per view
    CLICKS = "clicks"  # clicks on the link per person reached, else per view


@dataclass(frozen=True, slots=True)
class Shelf:
    """Posts of a view, oldest first.

    `chosen` marks those of the period looked at; the others are there for the usual level. `seen` is what
    each post reached: people where the export tells them of its network, else views, as `by_views` says.
    `hour` is the hour of the day, NaN where the file tells none. `fresh` marks posts whose figures still grew
    when their file was made.
    """

    frame: Frame
    chosen: Bools
    seen: Floats
    by_views: Bools
    hour: Floats
    fresh: Bools
    texts: Sequence[str]

    def __len__(self) -> int:
        """Return the number of posts of the period looked at."""
        return int(self.chosen.sum())

    def figure(self, name: str) -> Floats:
        """Return a figure of each post, unknown where no file tells it."""
        return self.frame.values.get(name, blank(len(self.frame)))

    def ratio(self, measure: Measure) -> Floats:
        """Return what posts are compared by, unknown where it cannot be told."""
        if measure is Measure.REACH:
            return np.where(self.seen > 0, self.seen, np.nan)
        above = self.figure("engagements" if measure is Measure.ENGAGEMENT else "link_clicks")
        return np.where(self.seen > 0, above / np.where(self.seen > 0, self.seen, 1.0), np.nan)

    def against_usual(self, measure: Measure) -> Floats:
        """Return the log of each post's value over the usual one of its account and time.

        The usual one is the median of up to ten posts before and after it, so that old and young posts,
        good and bad months are not compared with each other. Unknown for posts that are fresh or of an
        account with fewer than eight others. Posts without a single interaction count as half of one.
        """
        value = self.ratio(measure)
        if measure is not Measure.REACH:
            value = np.where(value == 0, 0.5 / np.where(self.seen > 0, self.seen, 1.0), value)
        logs = np.log(np.where(self.fresh, np.nan, value))
        found = blank(len(self.frame))
        for rows in self._accounts():
            known = rows[~np.isnan(logs[rows])]
            if len(known) > ENOUGH:
                found[known] = logs[known] - _levels(logs[known])
        return found

    def _accounts(self) -> list[Ints]:
        whose = folded(label_codes(self.frame, "network"), label_codes(self.frame, "account"))
        return [np.flatnonzero(whose == one) for one in np.unique(whose)]


def shelf(facts: Facts, period: Period, view: View) -> Shelf:
    """Return the posts of a period and view; KeyError where no file tells of posts."""
    frame = facts.daily["posts"]
    frame = frame.take(np.flatnonzero(in_view(frame, view)))
    within = (frame.day >= ordinal(period.first)) & (frame.day <= ordinal(period.last))
    seen, by_views = _seen(frame)
    texts = (frame.texts or {}).get("text", pa.nulls(len(frame), pa.string()))
    return Shelf(
        frame,
        within,
        seen,
        by_views,
        _hours(frame, facts.tables, facts.owner.time_zone),
        _fresh(frame),
        [text or "" for text in texts.to_pylist()],
    )


def in_view(frame: Frame, view: View) -> Bools:
    """Return which posts are of the network and account in view."""
    found = np.ones(len(frame), bool)
    wanted: Mapping[str, str | None] = {"network": view.network, "account": view.account}
    for name, word in wanted.items():
        if word is not None:
            label = frame.labels.get(name)
            found &= (
                np.zeros(len(frame), bool)
                if label is None
                else np.array([known == word for known in label.names], bool)[label.codes]
            )
    return found


def _seen(frame: Frame) -> tuple[Floats, Bools]:
    """Return what each post reached, and whether that are views: one of the two for all of a network."""
    reach = frame.values.get("reach", blank(len(frame)))
    views = frame.values.get("views", blank(len(frame)))
    codes = label_codes(frame, "network")
    by_views = np.zeros(len(frame), bool)
    for code in np.unique(codes):
        mine = codes == code
        by_views[mine] = np.isnan(reach[mine]).sum() > np.isnan(views[mine]).sum()
    return np.where(by_views, views, reach), by_views


def _fresh(frame: Frame) -> Bools:
    """Return which posts were younger than a week when their file ended."""
    origin = frame.main_origin()
    last = np.zeros(origin.max(initial=0) + 1, np.int64)
    np.maximum.at(last, origin, frame.day)
    return np.asarray(last[origin] - frame.day < FRESH)


def _hours(frame: Frame, tables: Sequence[Table], zone: str | None) -> Floats:
    """Return the hour at which each post was published, in the owner's time zone.

    A table in which every post stands at midnight tells days, not hours.
    """
    found, origin = blank(len(frame)), frame.main_origin()
    for index in np.unique(origin):
        data = tables[int(index)].data
        if data is None or not {"at", "row"} <= set(data.column_names):
            continue
        at = data["at"].combine_chunks()
        if not pa.types.is_timestamp(at.type):
            continue
        if zone and "offset" in data.column_names:
            at = local(at, data["offset"].combine_chunks(), zone)
        hours = at.cast(pa.timestamp("s")).cast(pa.int64()).to_numpy(zero_copy_only=False) % 86400 / 3600
        if not np.nan_to_num(hours).any():
            continue
        rows = data["row"].combine_chunks().to_numpy(zero_copy_only=False).astype(np.int64)
        order = np.argsort(rows)
        mine = np.flatnonzero(origin == index)
        place = np.searchsorted(rows[order], frame.row[mine]).clip(max=len(rows) - 1)
        here = order[place]
        found[mine] = np.where(rows[here] == frame.row[mine], hours[here], np.nan)
    return found


def _levels(logs: Floats) -> Floats:
    """Return the median of each value and its neighbours; at the ends of the row, of those that there are."""
    wide = min(2 * NEIGHBOURS + 1, len(logs))
    medians = np.median(np.lib.stride_tricks.sliding_window_view(logs, wide), axis=1)
    places = np.clip(np.arange(len(logs)) - wide // 2, 0, len(medians) - 1)
    levels: Floats = medians[places]
    return levels
