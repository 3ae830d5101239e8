"""Posts of all files as one frame: every post once, engagements as their source counts them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.catalog.loader import networks
from kpi.facts.frame import Floats, Frame, Ints, Labels, blank, joined
from kpi.model.reading import Table

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


def last_told(frame: Frame, currencies: Sequence[str] = ()) -> Ints:
    """Return the rows to keep: of rows with the same network and id (else address), the last one.

    Rows in different `currencies` are of different shops, whatever their ids.
    """
    network = frame.labels.get("network", Labels.same("", len(frame)))
    texts = frame.texts or {}
    none = pa.nulls(len(frame), pa.string())
    key = pc.coalesce(texts.get("id", none), texts.get("url", none))
    if key.null_count == len(frame):
        return np.arange(len(frame))
    apart = [
        pa.array(network.words(), pa.string()),
        *([pa.array(currencies, pa.string())] if currencies else []),
    ]
    full = pc.binary_join_element_wise(*apart, key, "\n")
    codes = full.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    last = np.full(codes.max(initial=-1) + 1, -1)
    keyed = np.flatnonzero(codes >= 0)
    last[codes[keyed]] = keyed
    return np.sort(np.concatenate([np.flatnonzero(codes < 0), last]))


def posts(frames: Sequence[Frame], tables: Sequence[Table]) -> Frame:
    """Return all posts, oldest first; of a post that several files hold, the newest export wins."""
    whole = joined([derived(frame, tables[int(frame.main_origin()[0])]) for frame in frames])
    kept = whole.take(last_told(whole))
    return kept.take(np.argsort(kept.day, kind="stable"))


def with_followers(frame: Frame, account: Frame | None) -> Frame:
    """Return the posts with the followers of their publish day, where the account's files tell them.

    The last count known on that day or at most a week before it is taken, of the same network and,
    where posts name one, the same account.
    """
    if account is None or "followers" not in account.values or "followers_at_post" in frame.values:
        return frame
    known = ~np.isnan(account.values["followers"])
    found = blank(len(frame))
    origin = np.zeros(len(frame), np.int64)
    theirs = list(zip(account.labels["network"].words(), account.labels["account"].words(), strict=True))
    ours = np.array(
        [
            f"{n}\n{a}"
            for n, a in zip(frame.labels["network"].words(), frame.labels["account"].words(), strict=True)
        ]
    )
    for network, name in sorted(set(theirs)):
        here = known & np.array([pair == (network, name) for pair in theirs])
        mine = np.flatnonzero(ours == f"{network}\n{name}")
        if not here.any() or not len(mine):
            continue
        at = np.searchsorted(account.day[here], frame.day[mine], side="right") - 1
        fresh = (at >= 0) & (frame.day[mine] - account.day[here][at] <= FOLLOWERS_STALE_AFTER)
        found[mine[fresh]] = account.values["followers"][here][at[fresh]]
        origin[mine[fresh]] = account.origin["followers"][here][at[fresh]]
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
