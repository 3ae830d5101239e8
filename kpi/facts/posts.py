"""Posts of all files as one frame: every post once, engagements as their source counts them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow.compute as pc

from kpi.catalog.loader import networks
from kpi.facts.copies import once
from kpi.facts.frame import Floats, Frame, blank, joined
from kpi.facts.key import keyed, same_codes
from kpi.facts.revised import newest
from kpi.model.reading import Issue, Table

COMMON_KINDS = ("reactions", "comments", "shares")  # kinds of interaction that every network has
FOLLOWERS_STALE_AFTER = 7  # days for which a known follower count may stand for a publish day


def _row_sum(frame: Frame, kinds: Sequence[str]) -> Floats:
    """Return the sum of these kinds by row, unknown where one of them is."""
    total = np.zeros(len(frame))
    for kind in kinds:
        total = total + frame.values.get(kind, blank(len(frame)))
    return total


def kinds_of(table: Table) -> tuple[str, ...]:
    """Return the kinds of interaction that make up an engagement in this table.

    A layout states its own; an own spreadsheet takes those of its network.
    """
    return table.counts or _kinds_on(table.network or "")


def _kinds_on(network: str) -> tuple[str, ...]:
    """Return the kinds of interaction of a network, for an unknown one those that all of them have."""
    found = networks().get(network)
    return found.counts if found else COMMON_KINDS


def _engagements(frame: Frame, table: Table) -> Floats:
    """Return the sum by row of the kinds that the layout, else the network of each row, counts."""
    label = frame.labels.get("network")
    if table.counts or table.network or label is None:
        return _row_sum(frame, kinds_of(table))
    by_network = np.array([_row_sum(frame, _kinds_on(name)) for name in label.names])
    found: Floats = by_network[label.codes, np.arange(len(frame))]
    return found


def derived(frame: Frame, table: Table) -> Frame:
    """Return the posts of one table with what is worked out row by row."""
    values = frame.values
    count = len(frame)
    more = {"count": np.ones(count)}
    if "engagements" not in values:
        more["engagements"] = _engagements(frame, table)
    more["public_engagements"] = _row_sum(frame, ("reactions", "comments"))
    plays = values.get("video_starts", values.get("views", blank(count)))
    if "watch_seconds" not in values:
        more["watch_seconds"] = values.get("average_watch_seconds", blank(count)) * plays
    more["watchable_seconds"] = plays * values.get("video_seconds", blank(count))
    return frame.with_values({name: value for name, value in more.items() if name not in values})


def posts(frames: Sequence[Frame], tables: Sequence[Table]) -> tuple[Frame, list[Issue]]:
    """Return all posts, oldest first, and what files tell of them differently.

    Of a post that several tables hold, each figure is the newest that is known.
    """
    left, issues = once(frames, tables)
    whole = joined([derived(frame, tables[int(frame.main_origin()[0])]) for frame in left])
    kept, more = newest(whole, keyed(whole), tables)
    return kept.take(np.argsort(kept.day, kind="stable")), issues + more


def with_followers(frame: Frame, account: Frame | None) -> Frame:
    """Return the posts with the followers of their publish day, where the account's files tell them.

    The last count known on that day or at most a week before it is taken, of the same network and,
    where posts name one, the same account.
    """
    if account is None or "followers" not in account.values or "followers_at_post" in frame.values:
        return frame
    known = np.flatnonzero(~np.isnan(account.values["followers"]))
    found = blank(len(frame))
    origin = np.zeros(len(frame), np.int64)
    where, theirs = same_codes(frame.labels["network"], account.labels["network"])
    names, others = same_codes(frame.labels["account"], account.labels["account"])
    count = max(names.max(initial=0), others.max(initial=0)) + 1
    ours, owners = where * count + names, (theirs * count + others)[known]
    for owner in np.unique(owners):
        here, mine = known[owners == owner], np.flatnonzero(ours == owner)
        at = np.searchsorted(account.day[here], frame.day[mine], side="right") - 1
        fresh = (at >= 0) & (frame.day[mine] - account.day[here][at] <= FOLLOWERS_STALE_AFTER)
        rows = here[at[fresh]]
        found[mine[fresh]] = account.values["followers"][rows]
        origin[mine[fresh]] = account.origin["followers"][rows]
    return frame.with_values({"followers_at_post": found}, origin)


def link_posts(frame: Frame) -> Frame | None:
    """Return the posts that carry a link: an address in the text, a link format, or clicks on one."""
    if "link_clicks" not in frame.values:
        return None
    clicked = np.nan_to_num(frame.values["link_clicks"]) > 0
    text = (frame.texts or {}).get("text")
    if text is not None:
        clicked |= pc.match_substring(text, "http").fill_null(fill_value=False).to_numpy(zero_copy_only=False)
    form = frame.labels.get("format")
    if form is not None and "link" in form.names:
        clicked |= form.codes == form.names.index("link")
    chosen = frame.take(np.flatnonzero(clicked))
    return Frame(
        "link_posts", chosen.day, chosen.until, chosen.labels, chosen.values, chosen.origin, chosen.row
    )
