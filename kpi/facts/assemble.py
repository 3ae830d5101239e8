"""Makes one set of facts out of the tables of all files: each figure once, whatever their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from kpi.facts import account as accounts
from kpi.facts import money, tally
from kpi.facts import posts as published
from kpi.facts.age import oldest_first
from kpi.facts.copies import once
from kpi.facts.costs import add_answers, add_costs
from kpi.facts.coverage import Line, lines
from kpi.facts.frame import Frame, joined
from kpi.facts.money import in_currency
from kpi.facts.named import doubtful, named, pairs_of
from kpi.facts.people import people
from kpi.facts.rates import converted
from kpi.facts.rivals import Dispute
from kpi.facts.rows import frame as rows_of
from kpi.facts.sales import sales
from kpi.facts.spans import Span, covered_days, merged, tellers
from kpi.facts.traced import channel_in, network_in, traced
from kpi.facts.visits import visits
from kpi.model.owner import Owner, in_force
from kpi.model.period import Period
from kpi.model.reading import Issue, Question, Reading, Table
from kpi.model.view import EVERYTHING, View

FILTERS = {
    "link_posts": "posts",
    "social_orders": "orders",
    "marketing_orders": "orders",
    "social_leads": "leads",
    "social_web": "web",
}
CHANNELS = {"social_orders": network_in, "marketing_orders": channel_in}
"""How the source of an order is read for each table of traced orders."""
Known = Mapping[tuple[str, str], tuple[date, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that the files say, each figure once.

    `daily` holds rows of single days, `windows` rows of longer spans (used whole or, where the frame
    says `spread`, by days). `spans` tells for each table the covered days by network, `tellers` for
    each field whose rows have a figure in it, `disputes` which reports of one marketplace disagree,
    `coverage` for each source the days that it tells.
    """

    daily: Mapping[str, Frame]
    windows: Mapping[str, tuple[Frame, ...]]
    tables: tuple[Table, ...]
    spans: Mapping[str, tuple[Span, ...]]
    tellers: Mapping[str, frozenset[tuple[str, str]]]
    owners: tuple[Owner, ...]
    issues: tuple[Issue, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    coverage: tuple[Line, ...] = ()

    @property
    def owner(self) -> Owner:
        """Return the owner's latest answers."""
        return self.owners[-1]

    def owner_on(self, day: date) -> Owner:
        """Return the answers in force on a day; the first ones ever given hold for all days before."""
        return in_force(self.owners, day)

    def given(self, field: str, view: View = EVERYTHING) -> bool:
        """Return whether some row of some file could tell this field of what is in view."""
        return any(view.concerns(network, account) for network, account in self.tellers.get(field, ()))

    def covered(self, field: str, view: View = EVERYTHING) -> tuple[Period, ...]:
        """Return the days that the files telling a field cover, as few spans as possible, oldest first.

        A field that an account has in no column but worked out is covered as the table is.
        """
        return merged(span.period for span in self._spans_of(field, view))

    def covers(self, field: str, period: Period, view: View = EVERYTHING) -> bool:
        """Return whether the files telling a field cover every day of a period.

        An account whose files begin or end inside the period is told in part, whatever others cover.
        """
        by_account: dict[tuple[str, str], list[Period]] = defaultdict(list)
        for span in self._spans_of(field, view):
            by_account[span.network, span.account].append(span.period)
        met = [
            any(one.covers(period) for one in merged(spans))
            for spans in by_account.values()
            if any(one.meets(period) for one in spans)
        ]
        return bool(met) and all(met)

    def _spans_of(self, field: str, view: View) -> list[Span]:
        table = field.partition(".")[0]
        kind = table if table in self.spans else FILTERS.get(table, table)
        spans = [s for s in self.spans.get(kind, ()) if view.concerns(s.network, s.account)]
        given = [span for span in spans if field in span.fields]
        columned = {(span.network, span.account) for span in given}
        worked_out = [
            span
            for span in spans
            if (span.network, span.account) not in columned and self._tells(span, field)
        ]
        return [*given, *worked_out] or spans

    def _tells(self, span: Span, field: str) -> bool:
        """Return whether rows of the account of a span have figures in a field, also worked out ones."""
        return any(
            network == span.network and (account == span.account or not account or not span.account)
            for network, account in self.tellers.get(field, ())
        )


def _asking(table: Table, other: str | None) -> Table:
    """Return a table, waiting for its account's name where it contradicts another file."""
    if other is None:
        return table
    return replace(table, waiting=True, questions=(*table.questions, Question(key="account", heading=other)))


def assemble(readings: Sequence[Reading], owners: Sequence[Owner], followers: Known | None = None) -> Facts:
    """Return the facts of all files; the same bytes given twice count once.

    `owners` are the owner's answers, oldest first, at least one.
    `followers` gives for an account (network, name) its followers at the end of one known day.
    """
    owner = owners[-1]
    different = {reading.digest: reading for reading in reversed(readings)}
    ranked = oldest_first(table for reading in different.values() for table in reading.tables)
    frames: dict[str, list[Frame]] = defaultdict(list)
    for index, table in enumerate(ranked):
        if not table.waiting and (found := rows_of(index, table, owner.time_zone)) is not None and len(found):
            frames[found.table].append(found)
    networks = [*frames.get("posts", []), *frames.get("account", [])]
    split = len(frames.get("posts", []))
    whose = named(networks)
    asked = doubtful(networks[split:], whose[split:], ranked)
    frames["posts"] = whose[:split]
    frames["account"] = [frame for frame in whose[split:] if int(frame.main_origin()[0]) not in asked]
    ranked = tuple(_asking(table, asked.get(index)) for index, table in enumerate(ranked))
    daily: dict[str, Frame] = {}
    windows: dict[str, list[Frame]] = defaultdict(list)
    issues: list[Issue] = []
    issues += _account(frames["account"], ranked, followers or {}, daily, windows)
    if frames["posts"]:
        posts, told = published.posts(frames["posts"], ranked)
        daily["posts"] = published.with_followers(posts, daily.get("account"))
        issues += told
    sold = sales(frames.get("orders", []), owners, ranked)
    daily |= sold.daily
    windows["orders"] += sold.windows
    for channel, reads in CHANNELS.items():
        through = (traced(frame, channel, ranked, reads) for frame in sold.windows)
        windows[channel] += [found for found in through if found is not None]
    issues += sold.issues
    said, told = people(frames, owners, ranked)
    daily |= said
    issues += told
    if frames.get("ads"):
        issues += _ads(frames["ads"], owners, ranked, daily, windows)
    for kind in ("costs", "competitors", "market"):
        left, told = once(frames.get(kind, []), ranked)
        windows[kind] += [converted(in_currency(frame, owner), owners) for frame in left]
        issues += told
    issues += add_costs(windows.pop("costs"), owner, daily, windows)
    if frames.get("web"):
        issues += _web(frames["web"], ranked, daily, windows)
    _filters(daily, ranked)
    spans = covered_days(ranked, windows)
    if frames.get("tally"):
        issues += _tally(frames["tally"], owners, ranked, daily)
        asked_at = tally.asked_days(ranked) or spans.get("orders", ())
        spans |= dict.fromkeys(CHANNELS, asked_at)
    add_answers(owners, spans, windows)
    return Facts(
        daily=daily,
        windows={table: tuple(found) for table, found in windows.items() if found},
        tables=ranked,
        spans=spans,
        tellers=tellers([*daily.values(), *(frame for found in windows.values() for frame in found)]),
        owners=tuple(owners),
        issues=tuple(issues),
        disputes=sold.disputes,
        coverage=lines((frame for found in frames.values() for frame in found), ranked),
    )


def _account(
    frames: Sequence[Frame],
    ranked: Sequence[Table],
    followers: Known,
    daily: dict[str, Frame],
    windows: dict[str, list[Frame]],
) -> list[Issue]:
    """Part account rows into days and windows; rebuild follower levels where one day is known."""
    days = [frame for frame in frames if not (frame.until > frame.day).any()]
    longer = [frame for frame in frames if (frame.until > frame.day).any()]
    issues: list[Issue] = []
    if longer:
        spans, told = accounts.windows(longer, ranked)
        windows["account"].append(spans)
        issues += told
    if days:
        by_day, told = accounts.account(days, ranked)
        daily["account"] = accounts.rebuilt(by_day, _renamed(followers, days))
        issues += told
    return issues


def _renamed(followers: Known, frames: Sequence[Frame]) -> Known:
    """Return known counts under the account names that the frames ended up with."""
    found: dict[tuple[str, str], tuple[date, float]] = {}
    pairs = set().union(*(pairs_of(frame) for frame in frames))
    for (network, name), count in followers.items():
        own = [pair for pair in pairs if pair[0] == network and (not name or pair[1] in {name, ""})]
        if len(own) == 1:
            found[own[0]] = count
    return found


def _ads(
    frames: Sequence[Frame],
    owners: Sequence[Owner],
    ranked: Sequence[Table],
    daily: dict[str, Frame],
    windows: dict[str, list[Frame]],
) -> list[Issue]:
    """Add ads by day and by longer window; return what was left out."""
    by_day, longer, aside = money.ads([in_currency(frame, owners[-1]) for frame in frames], ranked)
    if by_day is not None:
        daily["ads"] = converted(by_day, owners)
    if longer is not None:
        windows["ads"].append(converted(longer, owners))
    return aside


def _web(
    frames: Sequence[Frame],
    ranked: Sequence[Table],
    daily: dict[str, Frame],
    windows: dict[str, list[Frame]],
) -> list[Issue]:
    """Add visits by day and by longer window, and of the latter those from social networks."""
    by_day, longer, aside = visits(frames, ranked)
    if by_day is not None:
        daily["web"] = by_day
    if longer is not None:
        windows["web"].append(longer)
        found = traced(longer, "social_web", ranked, network_in)
        windows["social_web"] += [found] if found is not None else []
    return aside


def _tally(
    frames: Sequence[Frame], owners: Sequence[Owner], ranked: Sequence[Table], daily: dict[str, Frame]
) -> list[Issue]:
    """Add what was counted at the till to the orders and to those from social networks."""
    left, issues = once(frames, ranked)
    counted = [in_currency(frame, owners[-1]) for frame in left]
    sales, told = tally.totals(counted, daily.get("orders"), ranked)
    issues += told
    if len(sales):
        both = joined([*([daily["orders"]] if "orders" in daily else []), converted(sales, owners)])
        daily["orders"] = both.take(np.argsort(both.day, kind="stable"))
    for table, reads in CHANNELS.items():
        asked = tally.shares(counted, daily.get(table), ranked, table, reads)
        if asked is not None:
            daily[table] = converted(asked, owners)
    return issues


def _filters(daily: dict[str, Frame], ranked: Sequence[Table]) -> None:
    """Add the tables that are filters of others."""
    if "posts" in daily and (linked := published.link_posts(daily["posts"])) is not None:
        daily["link_posts"] = linked
    for table, whole in FILTERS.items():
        reads = CHANNELS.get(table, network_in)
        if (
            whole != "posts"
            and whole in daily
            and (found := traced(daily[whole], table, ranked, reads)) is not None
        ):
            daily[table] = found
