"""Every KPI on an invented November, against arithmetic that does not come from the product."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
import pytest

from kpi.catalog.loader import fields, kpis
from kpi.facts.assemble import assemble
from kpi.judge.board import Judge
from kpi.metrics.cubes import cube
from kpi.metrics.formula import divisors, evaluate
from kpi.metrics.gaps import missing
from kpi.metrics.numbers import Numbers
from kpi.metrics.trace import left_out, traces
from kpi.metrics.values import Value, value
from kpi.model.formula import names
from kpi.model.kpi import Variant
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.verdict import Status
from kpi.model.view import EVERYTHING, View
from kpi.report.formula import in_words
from tests.golden import cases
from tests.golden.cases import (
    ads_sum,
    beside,
    complete,
    daily,
    followers,
    goods,
    level,
    mean_followers,
    middle,
    of_account,
    one_account,
    ratio,
    revenue,
    social_leads,
    social_orders,
    social_sessions,
    total,
    unique,
)

NOVEMBER = Period.month(2025, 11)
QUARTER = Period(date(2025, 9, 1), date(2025, 11, 30))
NINETY = Period(date(2025, 9, 2), date(2025, 11, 30))
YEAR = Period(date(2024, 12, 1), date(2025, 11, 30))
EVERYONE = ("shop", "cafe", "page")
OWNER = Owner(currency="RUB")
Needs = dict[str, str]
"""For a column that is removed: `-field` that must be named as missing, or the variant used instead."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One variant of a KPI: the columns of each file it lives on and what it must be.

    `expected` speaks of accounts (by their keys), `whole` of the business, where no network is told.
    """

    kpi: str
    variant: str
    posts: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    window: tuple[str, ...] = ()
    ads: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    web: tuple[str, ...] = ()
    market: tuple[str, ...] = ()
    ads_month: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    costs: bool = False
    mentions: bool = False
    mood: bool = False
    messages: tuple[str, ...] = ()
    surveys: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    engagers: tuple[str, ...] = ()
    owner: Owner = OWNER
    period: Period = NOVEMBER
    expected: Callable[[Sequence[str]], Fraction | None] | None = None
    whole: Fraction | None = None
    without: Needs = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.kpi}-{self.variant}"

    def files(self, gone: str = "") -> list[Reading]:
        """The files, without the column `table.column` if one is gone."""

        def kept(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(column for column in columns if f"{table}.{column}" != gone)

        found: list[Reading] = []
        for key in EVERYONE:
            if self.posts:
                found.append(cases.posts_file(key, kept("posts", self.posts)))
            if kept("account", self.account):
                found.append(cases.account_file(key, kept("account", self.account)))
            if kept("account", self.window):
                found.append(cases.window_file(key, kept("account", self.window)))
            if kept("engagers", self.engagers):
                found.append(cases.engagers_file(key, kept("engagers", self.engagers)))
        found += [
            make(kept(table, columns))
            for table, columns, make in (
                ("ads", self.ads, cases.ads_file),
                ("orders", self.orders, cases.orders_file),
                ("leads", self.leads, cases.leads_file),
                ("web", self.web, cases.web_file),
                ("market", self.market, cases.market_file),
                ("ads", self.ads_month, cases.ads_month_file),
                ("reviews", self.reviews, cases.reviews_file),
                ("messages", self.messages, cases.messages_file),
                ("surveys", self.surveys, cases.surveys_file),
                ("stories", self.stories, cases.stories_file),
                ("account", self.shown, cases.map_file),
                ("competitors", self.rivals, cases.rivals_file),
            )
            if kept(table, columns)
        ]
        found += [cases.costs_file()] if self.costs and gone != "costs.amount" else []
        mood = ("mood",) if self.mood and gone != "mentions.mood" else ()
        found += [cases.mentions_file(mood)] if self.mentions and gone != "mentions.at" else []
        return found


KINDS = ("reactions", "comments", "shares", "saves")
LACKS_KIND = {f"posts.{kind}": f"-posts.{kind}" for kind in KINDS}
ORDER = ("id", "amount", "refund", "source")
RATE = Owner(currency="RUB", margin_rate=cases.MARGIN_RATE)
SPEND = ads_sum("spend")
COSTS = Fraction(cases.COST)
SOCIAL = revenue(social_orders())
MARGIN = SOCIAL - goods(social_orders())
ORDERS = len(social_orders())
OF_INSTAGRAM = sum(row["source"] == "Instagram" for row in social_orders())
NEW = sum(row["new"] == "yes" for row in social_orders())
MINUTES = [row["minutes"] for row in cases.MESSAGES if row["minutes"] is not None]
LOST = {key: of_account("followers_lost", [key]) for key in EVERYONE}
START, END = level(EVERYONE, 0), level(EVERYONE, 30)


def _both_clicks(keys: Sequence[str]) -> Fraction:
    clicks = sum(row["link_clicks"] for row in complete(keys, "link_clicks"))
    return clicks + of_account("bio_clicks", keys)


def _per_post(column: str) -> Callable[[Sequence[str]], Fraction]:
    def expected(keys: Sequence[str]) -> Fraction:
        rows = complete(keys, column)
        return Fraction(sum(row[column] for row in rows), len(rows))

    return expected


def _by_mean(column: str) -> Callable[[Sequence[str]], Fraction]:
    def expected(keys: Sequence[str]) -> Fraction:
        rows = complete(keys, column)
        return 100 * sum(row[column] for row in rows) / (len(rows) * mean_followers(keys))

    return expected


def _posts_days(keys: Sequence[str]) -> int:
    days = [row["day"] for row in complete(keys)]
    return max(days) - min(days) + 1


def _activity(keys: Sequence[str]) -> Fraction:
    acts = sum(row["engagements"] for row in complete(keys, "engagements"))
    return 1000 * acts / (mean_followers(keys) * _posts_days(keys))


def _some(number: Fraction | None) -> Fraction:
    assert number is not None
    return number


def _public(keys: Sequence[str]) -> Fraction:
    """Reactions and comments of the posts that tell both."""
    return Fraction(sum(r["reactions"] + r["comments"] for r in complete(keys, "reactions", "comments")))


def _linked(below: str) -> Callable[[Sequence[str]], Fraction]:
    def expected(keys: Sequence[str]) -> Fraction:
        rows = [r for r in complete(keys, "link_clicks", below) if r["link_clicks"] > 0]
        return Fraction(100 * sum(r["link_clicks"] for r in rows), sum(r[below] for r in rows))

    return expected


def _by_followers_variants(kpi: str, column: str) -> list[Case]:
    """The three rates of one kind of interaction."""
    gone = {f"posts.{column}": f"-posts.{column}"}
    return [
        Case(
            kpi=kpi,
            variant="by_reach",
            posts=(column, "reach", "views"),
            expected=ratio(column, "reach"),
            without=gone | {"posts.reach": "by_views"},
        ),
        Case(
            kpi=kpi,
            variant="by_views",
            posts=(column, "views"),
            expected=ratio(column, "views"),
            without=gone | {"posts.views": "per_post" if kpi == "reaction_rate" else "-posts.reach"},
        ),
        Case(
            kpi=kpi,
            variant="by_followers",
            posts=(column,),
            account=("followers",),
            expected=ratio(column, "followers_at_post"),
            without=gone | {"account.followers": "per_post" if kpi == "reaction_rate" else "-posts.reach"},
        ),
    ]


CASES = [
    Case(
        kpi="follower_count",
        variant="end",
        account=("followers", "views"),
        expected=lambda keys: level(keys, 30),
        without={"account.followers": "-account.followers"},
    ),
    Case(
        kpi="follower_net_growth",
        variant="new_less_lost",
        account=("followers_new", "followers_lost"),
        expected=lambda keys: of_account("followers_new", keys) - of_account("followers_lost", keys),
        without={
            "account.followers_new": "-account.followers_new",
            "account.followers_lost": "-account.followers_lost",
        },
    ),
    Case(
        kpi="follower_net_growth",
        variant="end_less_start",
        account=("followers", "views"),
        expected=lambda keys: level(keys, 30) - level(keys, 0),
        without={"account.followers": "-account.followers"},
    ),
    Case(
        kpi="follower_net_growth",
        variant="net",
        account=("followers_net",),
        expected=lambda keys: of_account("followers_net", keys),
    ),
    Case(
        kpi="follower_growth_rate",
        variant="end_to_start",
        account=("followers", "views"),
        expected=lambda keys: 100 * (level(keys, 30) - level(keys, 0)) / level(keys, 0),
        without={"account.followers": "-account.followers"},
    ),
    Case(
        kpi="audience_activity",
        variant="posts",
        posts=KINDS,
        account=("followers", "views"),
        expected=_activity,
        without={"account.followers": "per_post"} | LACKS_KIND,
    ),
    Case(
        kpi="audience_activity",
        variant="account",
        account=("followers", "engagements"),
        expected=lambda keys: 1000 * of_account("engagements", keys) / (mean_followers(keys) * 30),
    ),
    Case(
        kpi="audience_activity",
        variant="per_post",
        posts=KINDS,
        expected=_per_post("engagements"),
        without=LACKS_KIND,
    ),
    Case(
        kpi="audience_quality",
        variant="active",
        account=("followers",),
        window=("reach_followers",),
        expected=one_account(lambda keys: 100 * unique("reach_followers", keys[0]) / mean_followers(keys)),
        without={
            "account.reach_followers": "-account.reach_followers",
            "account.followers": "-account.followers",
        },
    ),
    Case(
        kpi="audience_quality",
        variant="engaged",
        window=("engaged", "reach"),
        expected=one_account(lambda keys: 100 * unique("engaged", keys[0]) / unique("reach", keys[0])),
    ),
    Case(
        kpi="audience_quality",
        variant="interested",
        account=("profile_visits", "link_clicks"),
        window=("reach",),
        expected=one_account(
            lambda keys: (
                100
                * (of_account("profile_visits", keys) + of_account("link_clicks", keys))
                / unique("reach", keys[0])
            )
        ),
    ),
    Case(
        kpi="audience_quality",
        variant="engaged_daily",
        account=("engaged", "reach"),
        expected=lambda keys: (
            100 * sum(daily("engaged", k) for k in keys) / sum(daily("reach", k) for k in keys)
        ),
    ),
    Case(
        kpi="audience_quality",
        variant="interested_daily",
        account=("profile_visits", "link_clicks", "reach"),
        expected=lambda keys: (
            100
            * (of_account("profile_visits", keys) + of_account("link_clicks", keys))
            / sum(daily("reach", k) for k in keys)
        ),
    ),
    Case(
        kpi="audience_retention_rate",
        variant="lost",
        account=("followers", "followers_lost"),
        expected=lambda keys: 100 - 100 * of_account("followers_lost", keys) / level(keys, 0),
        without={
            "account.followers": "-account.followers",
            "account.followers_lost": "-account.followers_lost",
        },
    ),
    Case(
        kpi="audience_retention_rate",
        variant="kept",
        account=("followers", "followers_new"),
        expected=lambda keys: 100 * (level(keys, 30) - of_account("followers_new", keys)) / level(keys, 0),
    ),
    Case(
        kpi="audience_retention_rate",
        variant="mean_stay",
        account=("followers", "followers_lost"),
        expected=lambda keys: level(keys, 0) / of_account("followers_lost", keys),
    ),
    Case(
        kpi="audience_retention_rate",
        variant="customers_back",
        orders=("id", "customer", "amount"),
        whole=Fraction(100 * 9, 9),
        without={"orders.customer": "-orders.customer"},
    ),
    Case(
        kpi="engagement_rate",
        variant="by_reach",
        posts=(*KINDS, "reach", "views"),
        expected=ratio("engagements", "reach"),
        without={"posts.reach": "by_views"} | LACKS_KIND,
    ),
    Case(
        kpi="engagement_rate",
        variant="by_views",
        posts=(*KINDS, "views"),
        expected=ratio("engagements", "views"),
        without={"posts.views": "-posts.reach"} | LACKS_KIND,
    ),
    Case(
        kpi="engagement_rate",
        variant="by_followers",
        posts=KINDS,
        account=("followers",),
        expected=ratio("engagements", "followers_at_post"),
        without={"account.followers": "-posts.reach"} | LACKS_KIND,
    ),
    Case(
        kpi="engagement_rate",
        variant="by_followers_mean",
        posts=KINDS,
        account=("followers",),
        expected=one_account(_by_mean("engagements")),
    ),
    Case(
        kpi="engagement_rate",
        variant="account_by_views",
        account=("engagements", "views"),
        expected=lambda keys: 100 * of_account("engagements", keys) / of_account("views", keys),
        without={"account.engagements": "-account.engagements", "account.views": "-account.views"},
    ),
    *_by_followers_variants("reaction_rate", "reactions"),
    Case(kpi="reaction_rate", variant="per_post", posts=("reactions",), expected=_per_post("reactions")),
    *_by_followers_variants("comment_rate", "comments"),
    *_by_followers_variants("share_rate", "shares"),
    *_by_followers_variants("save_rate", "saves"),
    Case(
        kpi="reach",
        variant="as_exported",
        window=("reach",),
        account=("reach",),
        expected=one_account(lambda keys: unique("reach", keys[0])),
        without={"account.reach": "-account.reach"},
    ),
    Case(
        kpi="reach",
        variant="daily_mean",
        account=("reach",),
        expected=one_account(lambda keys: daily("reach", keys[0]) / 30),
        without={"account.reach": "-account.reach"},
    ),
    Case(
        kpi="reach",
        variant="posts_gross",
        posts=("reach", "views"),
        expected=total("reach"),
        without={"posts.reach": "-posts.reach"},
    ),
    Case(
        kpi="reach_per_post",
        variant="median",
        posts=("reach", "views"),
        expected=middle("reach"),
        without={"posts.reach": "views_median"},
    ),
    Case(kpi="reach_per_post", variant="mean", posts=("reach",), expected=_per_post("reach")),
    Case(
        kpi="reach_per_post",
        variant="views_median",
        posts=("views",),
        expected=middle("views"),
        without={"posts.views": "-posts.reach"},
    ),
    Case(
        kpi="reach_rate",
        variant="by_followers_at_post",
        posts=("reach", "views"),
        account=("followers",),
        expected=ratio("reach", "followers_at_post"),
        without={"posts.reach": "views_by_followers", "account.followers": "-account.followers"},
    ),
    Case(
        kpi="reach_rate",
        variant="by_followers_mean",
        posts=("reach",),
        account=("followers",),
        expected=one_account(_by_mean("reach")),
    ),
    Case(
        kpi="reach_rate",
        variant="views_by_followers",
        posts=("views",),
        account=("followers",),
        expected=ratio("views", "followers_at_post"),
        without={"posts.views": "-posts.reach"},
    ),
    Case(
        kpi="reach_rate",
        variant="views_by_followers_mean",
        posts=("views",),
        account=("followers",),
        expected=one_account(_by_mean("views")),
    ),
    Case(
        kpi="views",
        variant="posts",
        posts=("views", "reach"),
        expected=total("views"),
        without={"posts.views": "-posts.views"},
    ),
    Case(
        kpi="views",
        variant="account",
        account=("views", "mentions"),
        expected=lambda keys: of_account("views", keys),
        without={"account.views": "-account.views"},
    ),
    Case(kpi="mentions", variant="listed", mentions=True, whole=Fraction(cases.MENTIONS)),
    Case(
        kpi="mentions",
        variant="network",
        account=("mentions", "views"),
        expected=lambda keys: of_account("mentions", keys),
        without={"account.mentions": "-account.mentions"},
    ),
    Case(
        kpi="link_clicks",
        variant="as_exported",
        account=("link_clicks", "views"),
        expected=lambda keys: of_account("link_clicks", keys),
        without={"account.link_clicks": "-account.link_clicks"},
    ),
    Case(
        kpi="link_clicks",
        variant="posts_and_profile",
        posts=("link_clicks", "reach"),
        account=("bio_clicks", "views"),
        expected=_both_clicks,
        without={"account.bio_clicks": "posts", "posts.link_clicks": "-account.link_clicks"},
    ),
    Case(
        kpi="link_clicks",
        variant="posts",
        posts=("link_clicks", "reach"),
        expected=total("link_clicks"),
        without={"posts.link_clicks": "-posts.link_clicks"},
    ),
    Case(
        kpi="ctr_organic",
        variant="by_views",
        posts=("link_clicks", "views", "reach"),
        expected=_linked("views"),
        without={"posts.link_clicks": "-posts.link_clicks", "posts.views": "by_reach"},
    ),
    Case(
        kpi="ctr_organic",
        variant="by_reach",
        posts=("link_clicks", "reach"),
        expected=_linked("reach"),
        without={"posts.reach": "-posts.views"},
    ),
    Case(
        kpi="leads",
        variant="listed",
        leads=("id", "source"),
        whole=Fraction(social_leads()),
        without={"leads.source": "-leads.source"},
    ),
    Case(
        kpi="leads",
        variant="ads",
        ads=("spend", "leads"),
        whole=ads_sum("leads"),
        without={"ads.leads": "-ads.leads"},
    ),
    Case(
        kpi="cvr_click_to_lead",
        variant="ads",
        ads=("leads", "link_clicks"),
        whole=100 * ads_sum("leads") / ads_sum("link_clicks"),
        without={"ads.leads": "-ads.leads", "ads.link_clicks": "-ads.link_clicks"},
    ),
    Case(
        kpi="cvr_click_to_lead",
        variant="by_clicks",
        leads=("id", "source"),
        account=("link_clicks", "views"),
        whole=100 * social_leads() / of_account("link_clicks", EVERYONE),
        without={"leads.source": "-leads.source", "account.link_clicks": "-account.link_clicks"},
    ),
    Case(
        kpi="cvr_click_to_lead",
        variant="by_post_clicks",
        leads=("id", "source"),
        posts=("link_clicks",),
        account=("bio_clicks",),
        whole=100 * social_leads() / _both_clicks(EVERYONE),
    ),
    Case(
        kpi="cvr_click_to_lead",
        variant="by_sessions",
        leads=("id", "source"),
        web=("source", "sessions"),
        whole=100 * social_leads() / social_sessions("sessions"),
        without={"web.sessions": "-web.sessions"},
    ),
    Case(
        kpi="cpl",
        variant="paid",
        ads=("spend", "leads"),
        whole=ads_sum("spend", "leads") / ads_sum("leads", "spend"),
        without={"ads.spend": "-ads.spend", "ads.leads": "-ads.leads"},
    ),
    Case(
        kpi="cpl",
        variant="loaded",
        ads=("spend", "impressions"),
        leads=("id", "source"),
        costs=True,
        whole=(SPEND + COSTS) / social_leads(),
        without={"ads.spend": "-ads.spend", "leads.source": "-ads.leads", "costs.amount": "-ads.leads"},
    ),
    Case(
        kpi="conversions",
        variant="orders",
        orders=("id", "source", "amount"),
        whole=Fraction(ORDERS),
        without={"orders.source": "-orders.source"},
    ),
    Case(
        kpi="conversions",
        variant="ads",
        ads=("orders", "spend"),
        whole=ads_sum("orders"),
        without={"ads.orders": "-ads.orders"},
    ),
    Case(
        kpi="conversions",
        variant="web",
        web=("source", "conversions"),
        whole=social_sessions("conversions"),
        without={"web.conversions": "-web.conversions", "web.source": "-web.source"},
    ),
    Case(
        kpi="conversion_rate",
        variant="by_sessions",
        orders=("id", "source", "amount"),
        web=("source", "sessions"),
        whole=100 * ORDERS / social_sessions("sessions"),
        without={"web.sessions": "-web.sessions", "orders.source": "-orders.source"},
    ),
    Case(
        kpi="conversion_rate",
        variant="by_clicks",
        orders=("id", "source"),
        account=("link_clicks", "views"),
        whole=100 * OF_INSTAGRAM / of_account("link_clicks", EVERYONE),
        without={"account.link_clicks": "-account.link_clicks"},
    ),
    Case(
        kpi="conversion_rate",
        variant="by_post_clicks",
        orders=("id", "source"),
        posts=("link_clicks",),
        account=("bio_clicks",),
        whole=100 * OF_INSTAGRAM / _both_clicks(EVERYONE),
    ),
    Case(
        kpi="conversion_rate",
        variant="ads",
        ads=("orders", "link_clicks"),
        whole=100 * ads_sum("orders") / ads_sum("link_clicks"),
        without={"ads.orders": "-ads.orders", "ads.link_clicks": "-ads.link_clicks"},
    ),
    Case(
        kpi="conversion_rate",
        variant="web",
        web=("source", "conversions", "sessions"),
        whole=100 * social_sessions("conversions") / social_sessions("sessions"),
    ),
    Case(
        kpi="revenue_social",
        variant="orders",
        orders=ORDER,
        whole=SOCIAL,
        without={"orders.amount": "-orders.amount", "orders.source": "-orders.source"},
    ),
    Case(
        kpi="revenue_social",
        variant="ads",
        ads=("revenue", "spend"),
        whole=ads_sum("revenue"),
        without={"ads.revenue": "-ads.revenue"},
    ),
    Case(
        kpi="profit_social",
        variant="by_cogs",
        orders=(*ORDER, "cogs"),
        ads=("spend", "impressions"),
        costs=True,
        whole=MARGIN - SPEND - COSTS,
        without={
            "orders.cogs": "before_goods",
            "orders.source": "-orders.source",
            "orders.amount": "-orders.amount",
            "ads.spend": "-ads.spend",
            "costs.amount": "-costs.amount",
        },
    ),
    Case(
        kpi="profit_social",
        variant="by_rate",
        orders=ORDER,
        ads=("spend",),
        costs=True,
        owner=RATE,
        whole=SOCIAL * cases.MARGIN_RATE / 100 - SPEND - COSTS,
    ),
    Case(
        kpi="profit_social",
        variant="before_goods",
        orders=ORDER,
        ads=("spend",),
        costs=True,
        whole=SOCIAL - SPEND - COSTS,
    ),
    Case(
        kpi="roi",
        variant="by_cogs",
        orders=(*ORDER, "cogs"),
        ads=("spend", "impressions"),
        costs=True,
        whole=100 * (MARGIN - SPEND - COSTS) / (SPEND + COSTS),
        without={"orders.cogs": "by_revenue", "ads.spend": "-ads.spend", "costs.amount": "-costs.amount"},
    ),
    Case(
        kpi="roi",
        variant="by_rate",
        orders=ORDER,
        ads=("spend",),
        costs=True,
        owner=RATE,
        whole=100 * (SOCIAL * cases.MARGIN_RATE / 100 - SPEND - COSTS) / (SPEND + COSTS),
    ),
    Case(
        kpi="roi",
        variant="by_revenue",
        orders=ORDER,
        ads=("spend",),
        costs=True,
        whole=100 * (SOCIAL - SPEND - COSTS) / (SPEND + COSTS),
    ),
    Case(
        kpi="roas",
        variant="cabinet",
        ads=("revenue", "spend"),
        whole=ads_sum("revenue", "spend") / ads_sum("spend", "revenue"),
        without={"ads.revenue": "-ads.revenue", "ads.spend": "-ads.spend"},
    ),
    Case(
        kpi="drr",
        variant="attributed",
        ads=("revenue", "spend"),
        whole=100 * ads_sum("spend", "revenue") / ads_sum("revenue", "spend"),
        without={"ads.revenue": "-ads.revenue", "ads.spend": "-ads.spend"},
    ),
    Case(
        kpi="drr",
        variant="total",
        orders=("id", "amount", "refund"),
        costs=True,
        whole=100 * COSTS / revenue(cases.ORDERS),
        without={"orders.amount": "-orders.amount", "costs.amount": "-costs.amount"},
    ),
    Case(
        kpi="cpc",
        variant="link",
        ads=("spend", "link_clicks", "all_clicks"),
        whole=ads_sum("spend", "link_clicks") / ads_sum("link_clicks", "spend"),
        without={"ads.spend": "-ads.spend", "ads.link_clicks": "all"},
    ),
    Case(
        kpi="cpc",
        variant="all",
        ads=("spend", "all_clicks"),
        whole=ads_sum("spend", "all_clicks") / ads_sum("all_clicks", "spend"),
        without={"ads.all_clicks": "-ads.link_clicks"},
    ),
    Case(
        kpi="ctr_ads",
        variant="link",
        ads=("impressions", "link_clicks", "all_clicks"),
        whole=100 * ads_sum("link_clicks") / ads_sum("impressions"),
        without={"ads.impressions": "-ads.impressions", "ads.link_clicks": "all"},
    ),
    Case(
        kpi="ctr_ads",
        variant="all",
        ads=("impressions", "all_clicks"),
        whole=100 * ads_sum("all_clicks") / ads_sum("impressions"),
        without={"ads.all_clicks": "-ads.link_clicks"},
    ),
    Case(
        kpi="market_share",
        variant="revenue",
        orders=("id", "amount", "refund"),
        market=("revenue", "units"),
        period=QUARTER,
        whole=100 * revenue(cases.ORDERS) / cases.MARKET["revenue"],
        without={"orders.amount": "units", "market.revenue": "units"},
    ),
    Case(
        kpi="market_share",
        variant="units",
        orders=("id",),
        market=("units",),
        period=QUARTER,
        whole=Fraction(100 * len(cases.ORDERS), cases.MARKET["units"]),
        without={"market.units": "-market.units"},
    ),
    Case(
        kpi="market_share",
        variant="named_rivals",
        orders=("id", "amount", "refund"),
        rivals=("revenue",),
        period=QUARTER,
        whole=100 * revenue(cases.ORDERS) / (revenue(cases.ORDERS) + cases.RIVALS["revenue"]),
        without={"competitors.revenue": "-market.revenue"},
    ),
    Case(
        kpi="non_follower_reach_share",
        variant="given",
        posts=("reach_non_followers", "reach"),
        expected=ratio("reach_non_followers", "reach"),
        without={"posts.reach_non_followers": "-posts.reach_non_followers", "posts.reach": "-posts.reach"},
    ),
    Case(
        kpi="non_follower_reach_share",
        variant="rest",
        posts=("reach_followers", "reach"),
        expected=lambda keys: 100 - _some(ratio("reach_followers", "reach")(keys)),
        without={"posts.reach_followers": "-posts.reach_non_followers"},
    ),
    Case(
        kpi="frequency",
        variant="paid",
        ads_month=("impressions", "reach"),
        whole=Fraction(150_000, cases.ADS_REACH),
        without={"ads.reach": "-ads.reach", "ads.impressions": "-ads.impressions"},
    ),
    Case(
        kpi="frequency",
        variant="organic",
        account=("views",),
        window=("reach",),
        expected=one_account(lambda keys: of_account("views", keys) / unique("reach", keys[0])),
        without={"account.views": "-account.views", "account.reach": "-account.reach"},
    ),
    Case(
        kpi="video_completion_rate",
        variant="to_the_end",
        posts=("video_completions", "video_starts"),
        expected=ratio("video_completions", "video_starts"),
        without={
            "posts.video_completions": "-posts.video_completions",
            "posts.video_starts": "-posts.video_starts",
        },
    ),
    Case(
        kpi="video_completion_rate",
        variant="share_watched",
        posts=("watch_seconds", "video_seconds", "video_starts"),
        expected=ratio("watch_seconds", "watchable_seconds"),
        without={"posts.video_seconds": "-posts.video_completions"},
    ),
    Case(
        kpi="video_completion_rate",
        variant="hook_3s",
        posts=("views_3s", "views"),
        expected=ratio("views_3s", "views"),
        without={"posts.views_3s": "-posts.views_3s", "posts.views": "-posts.views"},
    ),
    Case(
        kpi="follow_conversion_rate",
        variant="by_profile_visits",
        account=("followers_new", "profile_visits"),
        expected=lambda keys: 100 * of_account("followers_new", keys) / of_account("profile_visits", keys),
        without={
            "account.followers_new": "-account.followers_new",
            "account.profile_visits": "-account.profile_visits",
        },
    ),
    Case(
        kpi="follow_conversion_rate",
        variant="by_post_reach",
        posts=("follows", "reach"),
        expected=ratio("follows", "reach"),
        without={"posts.follows": "-posts.follows", "posts.reach": "-posts.reach"},
    ),
    Case(
        kpi="cost_per_follower",
        variant="follow_campaigns",
        ads=("follow_spend", "follows", "spend"),
        whole=ads_sum("follow_spend", "follows") / ads_sum("follows", "follow_spend"),
        without={"ads.follow_spend": "all_ads", "ads.follows": "-ads.follows"},
    ),
    Case(
        kpi="cost_per_follower",
        variant="all_ads",
        ads=("follows", "spend"),
        whole=ads_sum("spend", "follows") / ads_sum("follows", "spend"),
        without={"ads.spend": "-ads.spend"},
    ),
    Case(
        kpi="er_day",
        variant="posts",
        posts=KINDS,
        account=("followers", "views"),
        expected=lambda keys: _activity(keys) / 10,
        without={"account.followers": "-account.followers"} | LACKS_KIND,
    ),
    Case(
        kpi="er_day",
        variant="account",
        account=("followers", "engagements"),
        expected=lambda keys: 100 * of_account("engagements", keys) / (mean_followers(keys) * 30),
        without={
            "account.followers": "-account.followers",
            "account.engagements": "-account.engagements",
        },
    ),
    Case(
        kpi="engagements_total",
        variant="posts",
        posts=KINDS,
        expected=total("engagements"),
        without={"posts.shares": "public", "posts.reactions": "-posts.reactions"},
    ),
    Case(
        kpi="engagements_total",
        variant="account",
        account=("engagements", "views"),
        expected=lambda keys: of_account("engagements", keys),
        without={"account.engagements": "-account.engagements"},
    ),
    Case(
        kpi="engagements_total",
        variant="public",
        posts=("reactions", "comments"),
        expected=_public,
        without={"posts.comments": "-posts.comments"},
    ),
    Case(
        kpi="stories_retention",
        variant="first_to_last",
        stories=("first_frame_viewers", "last_frame_viewers"),
        whole=beside(cases.STORIES, "last_frame_viewers", "first_frame_viewers"),
        without={
            "stories.last_frame_viewers": "-stories.last_frame_viewers",
            "stories.first_frame_viewers": "-stories.first_frame_viewers",
        },
    ),
    Case(
        kpi="stories_retention",
        variant="without_exits",
        stories=("exits", "views"),
        whole=100 - beside(cases.STORIES, "exits", "views"),
        without={"stories.exits": "-stories.exits"},
    ),
    Case(
        kpi="active_audience_share",
        variant="as_exported",
        account=("followers",),
        window=("engaged",),
        expected=one_account(lambda keys: 100 * unique("engaged", keys[0]) / mean_followers(keys)),
        without={"account.followers": "-account.followers", "account.engaged": "-account.engaged"},
    ),
    Case(
        kpi="negative_feedback_rate",
        variant="by_reach",
        posts=("negative", "reach", "views"),
        expected=ratio("negative", "reach"),
        without={"posts.reach": "by_views", "posts.negative": "-posts.negative"},
    ),
    Case(
        kpi="negative_feedback_rate",
        variant="by_views",
        posts=("negative", "views"),
        expected=ratio("negative", "views"),
        without={"posts.views": "-posts.reach"},
    ),
    Case(
        kpi="repeat_purchase_rate",
        variant="customers",
        orders=("id", "customer", "amount"),
        period=YEAR,
        whole=Fraction(100 * 9, 9),
        without={"orders.customer": "-orders.customer"},
    ),
    Case(
        kpi="ltv",
        variant="margin_12_months",
        orders=("id", "customer", "amount", "refund", "cogs"),
        period=YEAR,
        whole=(revenue(cases.ORDERS) - goods(cases.ORDERS)) / 9,
        without={"orders.customer": "-orders.customer", "orders.cogs": "-orders.cogs"},
    ),
    Case(
        kpi="social_sessions",
        variant="web",
        web=("source", "sessions"),
        whole=social_sessions("sessions"),
        without={"web.sessions": "-web.sessions", "web.source": "-web.source"},
    ),
    Case(
        kpi="engaged_session_rate",
        variant="engaged",
        web=("source", "sessions", "engaged_sessions", "bounces"),
        whole=100
        * social_sessions("engaged_sessions", "sessions")
        / social_sessions("sessions", "engaged_sessions"),
        without={"web.engaged_sessions": "not_bounced", "web.source": "-web.source"},
    ),
    Case(
        kpi="engaged_session_rate",
        variant="not_bounced",
        web=("source", "sessions", "bounces"),
        whole=100 - 100 * social_sessions("bounces") / social_sessions("sessions"),
        without={"web.sessions": "-web.sessions", "web.bounces": "-web.engaged_sessions"},
    ),
    Case(
        kpi="qualified_lead_rate",
        variant="status",
        leads=("id", "source", "fits"),
        whole=Fraction(100 * social_leads("fits", "yes"), social_leads("fits")),
        without={"leads.fits": "-leads.fits", "leads.source": "-leads.source"},
    ),
    Case(
        kpi="cvr_lead_to_sale",
        variant="cohort",
        leads=("id", "source", "bought"),
        whole=Fraction(100 * social_leads("bought", "yes"), social_leads("bought")),
        without={"leads.bought": "-leads.bought", "leads.source": "-leads.source"},
    ),
    Case(
        kpi="cvr_lead_to_sale",
        variant="same_period",
        leads=("id", "source"),
        orders=("id", "source", "amount"),
        whole=Fraction(100 * ORDERS, social_leads()),
        without={"orders.source": "-leads.bought"},
    ),
    Case(
        kpi="avg_order_value",
        variant="mean",
        orders=ORDER,
        whole=SOCIAL / ORDERS,
        without={"orders.amount": "-orders.amount", "orders.source": "all_orders"},
    ),
    Case(
        kpi="avg_order_value",
        variant="median",
        orders=ORDER,
        whole=Fraction(median(row["amount"] - (row["refund"] or 0) for row in social_orders())),
    ),
    Case(
        kpi="avg_order_value",
        variant="all_orders",
        orders=("id", "amount", "refund"),
        whole=revenue(cases.ORDERS) / len(cases.ORDERS),
        without={"orders.amount": "-orders.amount"},
    ),
    Case(
        kpi="cpm",
        variant="impressions",
        ads=("spend", "impressions"),
        whole=1000 * ads_sum("spend", "impressions") / ads_sum("impressions", "spend"),
        without={"ads.spend": "-ads.spend", "ads.impressions": "-ads.impressions"},
    ),
    Case(
        kpi="cpm",
        variant="people",
        ads_month=("spend", "reach"),
        whole=Fraction(1000 * 3_600, cases.ADS_REACH),
        without={"ads.reach": "-ads.impressions"},
    ),
    Case(
        kpi="response_rate",
        variant="messages",
        messages=("answered_at",),
        whole=Fraction(100 * 20, 26),
        without={"messages.answered_at": "-messages.answered_at"},
    ),
    Case(
        kpi="response_rate",
        variant="comments",
        posts=("comments_asking", "comments_answered"),
        expected=ratio("comments_answered", "comments_asking"),
        without={"posts.comments_answered": "-posts.comments_answered"},
    ),
    Case(
        kpi="first_response_time",
        variant="median",
        messages=("answered_at",),
        whole=Fraction(median(MINUTES)),
        without={"messages.answered_at": "-messages.answered_at"},
    ),
    Case(
        kpi="first_response_time",
        variant="in_time",
        messages=("answered_at",),
        owner=Owner(currency="RUB", reply_within=cases.PROMISE),
        whole=Fraction(100 * sum(one <= cases.PROMISE for one in MINUTES), 26),
        without={"messages.answered_at": "-messages.answered_at"},
    ),
    Case(
        kpi="net_sentiment",
        variant="net",
        mentions=True,
        mood=True,
        whole=Fraction(100 * (3 - 2), 3 + 2),
        without={"mentions.mood": "-mentions.mood", "mentions.at": "-mentions.mood"},
    ),
    Case(kpi="net_sentiment", variant="negative_share", mentions=True, mood=True, whole=Fraction(100 * 2, 6)),
    Case(
        kpi="avg_rating",
        variant="reviews",
        reviews=("rating",),
        period=NINETY,
        whole=Fraction(34, 9),
        without={"reviews.rating": "-reviews.rating"},
    ),
    Case(
        kpi="avg_rating",
        variant="shown",
        shown=("rating",),
        period=NINETY,
        whole=Fraction(cases.SHOWN),
        without={"account.rating": "-reviews.rating"},
    ),
    Case(
        kpi="nps",
        variant="nps",
        surveys=("score",),
        period=QUARTER,
        whole=Fraction(100 * (4 * 3 + 1 - 3), 23),
        without={"surveys.score": "-surveys.score"},
    ),
    Case(kpi="nps", variant="csat", surveys=("score", "five"), period=QUARTER, whole=Fraction(100 * 4, 6)),
    Case(
        kpi="share_of_voice",
        variant="mentions",
        mentions=True,
        rivals=("mentions",),
        period=QUARTER,
        whole=Fraction(100 * 7, 7 + 21),
        without={"mentions.at": "-mentions.at", "competitors.mentions": "-competitors.mentions"},
    ),
    Case(
        kpi="share_of_voice",
        variant="engagements",
        posts=("reactions", "comments"),
        rivals=("engagements",),
        period=QUARTER,
        whole=100 * _public(EVERYONE) / (_public(EVERYONE) + 900),
        without={"competitors.engagements": "-competitors.engagements"},
    ),
    Case(
        kpi="share_of_voice",
        variant="followers",
        account=("followers",),
        rivals=("followers",),
        period=QUARTER,
        whole=100 * END / (END + 12_000),
        without={"competitors.followers": "-competitors.followers"},
    ),
    Case(
        kpi="active_audience_share",
        variant="people",
        engagers=("person",),
        account=("followers",),
        expected=lambda keys: Fraction(100 * 9 * len(keys)) / mean_followers(keys),
        without={"engagers.person": "-account.engaged", "account.followers": "-account.followers"},
    ),
    Case(
        kpi="returning_engager_rate",
        variant="people",
        engagers=("person",),
        expected=lambda keys: Fraction(100 * 5 * len(keys), 6 * len(keys)),
        without={"engagers.person": "-engagers.person"},
    ),
    Case(
        kpi="repeat_purchase_rate",
        variant="orders",
        orders=("id", "customer"),
        period=YEAR,
        whole=Fraction(100 * (24 - 9), 24),
        without={"orders.customer": "-orders.customer"},
    ),
    Case(
        kpi="ltv",
        variant="by_rate",
        orders=("id", "customer", "amount", "refund"),
        owner=Owner(currency="RUB", margin_rate=cases.MARGIN_RATE, lifetime_years=2.5),
        period=YEAR,
        whole=revenue(cases.ORDERS) * cases.MARGIN_RATE / 100 / 9 * Fraction(5, 2),
        without={"orders.customer": "-orders.customer", "orders.amount": "-orders.amount"},
    ),
    Case(
        kpi="cac",
        variant="loaded",
        orders=("id", "source", "amount", "new"),
        ads=("spend",),
        costs=True,
        whole=(SPEND + COSTS) / NEW,
        without={
            "orders.new": "-orders.customer",
            "orders.source": "-orders.source",
            "ads.spend": "-ads.spend",
            "costs.amount": "paid",
        },
    ),
    Case(
        kpi="cac",
        variant="paid",
        orders=("id", "source", "amount", "new"),
        ads=("spend", "impressions"),
        whole=SPEND / NEW,
        without={"ads.spend": "-ads.spend"},
    ),
    Case(
        kpi="romi",
        variant="by_cogs",
        orders=(*ORDER, "cogs"),
        costs=True,
        whole=100 * (MARGIN - COSTS) / COSTS,
        without={"orders.cogs": "by_revenue", "costs.amount": "-costs.amount"},
    ),
    Case(
        kpi="romi",
        variant="by_rate",
        orders=ORDER,
        costs=True,
        owner=RATE,
        whole=100 * (SOCIAL * cases.MARGIN_RATE / 100 - COSTS) / COSTS,
    ),
    Case(
        kpi="romi",
        variant="by_revenue",
        orders=ORDER,
        costs=True,
        whole=100 * (SOCIAL - COSTS) / COSTS,
        without={"orders.amount": "-orders.amount", "orders.source": "-orders.source"},
    ),
    Case(
        kpi="share_of_engagement",
        variant="public",
        posts=("reactions", "comments"),
        rivals=("engagements",),
        period=QUARTER,
        whole=100 * _public(EVERYONE) / (_public(EVERYONE) + 900),
        without={
            "competitors.engagements": "-competitors.engagements",
            "posts.comments": "-posts.comments",
        },
    ),
]
OF_NO_FILE = {"owner.margin_rate", "owner.lifetime_years", "owner.reply_within"}
"""What the owner answers, and no file tells."""
NEVER_BY_ITSELF = {
    "follower_growth_rate-net_to_mean",
    "audience_quality-target_share",
    "audience_quality-qualified_leads",
    "audience_retention_rate-video_held",
}
"""Variants whose figures stand in their own tests."""


ROWS = (kpis()["views"], kpis()["leads"], kpis()["conversions"])
"""By these a cube of few KPIs knows, as the whole one does, of which networks there are rows."""


def computed(
    case: Case, *, view: View = EVERYTHING, gone: str = "", whole_kpi: bool = False
) -> tuple[Value, Numbers]:
    """The value of the case's own variant, or of the first that can be computed."""
    kpi = kpis()[case.kpi]
    made = cube(assemble(case.files(gone), (case.owner,)), (kpi, *ROWS))
    numbers = Numbers(made, (case.period,), view)
    own = None if whole_kpi else tuple(v for v in kpi.variants if v.id == case.variant)
    return value(kpi, numbers, own), numbers


@cache
def _by_id() -> dict[str, Case]:
    return {case.id: case for case in CASES}


def test_every_variant_of_the_catalogue_stands_here() -> None:
    every = {f"{kpi.id}-{variant.id}" for kpi in kpis().values() for variant in kpi.variants}
    assert every == set(_by_id()) | NEVER_BY_ITSELF


VIEWS = [
    pytest.param(View(), EVERYONE, id="all"),
    pytest.param(View(network="instagram"), ("shop", "cafe"), id="instagram"),
    pytest.param(View(network="facebook"), ("page",), id="facebook"),
    pytest.param(View(network="instagram", account="shop"), ("shop",), id="shop"),
    pytest.param(View(account="cafe"), ("cafe",), id="cafe"),
]


@pytest.mark.parametrize(("view", "keys"), VIEWS)
@pytest.mark.parametrize("case", [case for case in CASES if case.expected], ids=lambda case: case.id)
def test_a_figure_of_accounts_is_right_in_every_view(case: Case, view: View, keys: Sequence[str]) -> None:
    found, _ = computed(case, view=view)
    assert case.expected is not None
    wanted = case.expected(keys)
    if wanted is None:
        assert found.now is None
        assert found.reasons
    else:
        assert found.now == pytest.approx(float(wanted), rel=1e-12)
        assert not found.missing


@pytest.mark.parametrize("case", [case for case in CASES if not case.expected], ids=lambda case: case.id)
def test_a_figure_of_the_business_is_right(case: Case) -> None:
    found, _ = computed(case)
    assert case.whole is not None
    assert found.now == pytest.approx(float(case.whole), rel=1e-12)


IG_ORDERS = [row for row in social_orders() if row["source"] == "Instagram"]
OF_A_NETWORK = {
    "leads-listed": Fraction(social_leads()),
    "cvr_click_to_lead-by_clicks": 100 * social_leads() / of_account("link_clicks", ("shop", "cafe")),
    "cvr_click_to_lead-by_post_clicks": 100 * social_leads() / _both_clicks(("shop", "cafe")),
    "conversions-orders": Fraction(OF_INSTAGRAM),
    "conversion_rate-by_clicks": 100 * OF_INSTAGRAM / of_account("link_clicks", ("shop", "cafe")),
    "conversion_rate-by_post_clicks": 100 * OF_INSTAGRAM / _both_clicks(("shop", "cafe")),
    "revenue_social-orders": revenue(IG_ORDERS),
    "qualified_lead_rate-status": Fraction(100 * social_leads("fits", "yes"), social_leads("fits")),
    "cvr_lead_to_sale-cohort": Fraction(100 * social_leads("bought", "yes"), social_leads("bought")),
    "cvr_lead_to_sale-same_period": Fraction(100 * OF_INSTAGRAM, social_leads()),
    "avg_order_value-mean": revenue(IG_ORDERS) / OF_INSTAGRAM,
    "avg_order_value-median": Fraction(median(r["amount"] - (r["refund"] or 0) for r in IG_ORDERS)),
}
"""What is known of Instagram alone: leads and orders name the network that they came from."""


@pytest.mark.parametrize("case", [case for case in CASES if not case.expected], ids=lambda case: case.id)
def test_a_figure_of_the_business_is_told_for_a_network_only_where_its_rows_name_it(case: Case) -> None:
    found, _ = computed(case, view=View(network="instagram"))
    if case.id in OF_A_NETWORK:
        assert found.now == pytest.approx(float(OF_A_NETWORK[case.id]), rel=1e-12)
    else:
        assert found.now is None
        assert found.reasons[0].key in {"missing", "not_by_network", "no_rows"}


@pytest.mark.parametrize(
    ("case", "gone", "outcome"),
    [
        pytest.param(case, gone, outcome, id=f"{case.id}-without-{gone}")
        for case in CASES
        for gone, outcome in case.without.items()
    ],
)
def test_without_a_column_there_is_no_value_but_its_name_or_another_variant(
    case: Case, gone: str, outcome: str
) -> None:
    view = View(network="instagram", account="shop") if case.expected else EVERYTHING
    found, _ = computed(case, view=view, gone=gone, whole_kpi=True)
    if outcome.startswith("-"):
        assert found.now is None
        assert found.variant is None
        assert found.reasons[0].key == "missing"
        assert outcome[1:] in {one.field for one in found.missing}
    else:
        assert found.variant is not None
        assert found.variant.id == outcome
        assert found.now is not None
        assert not found.missing


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_figure_names_the_file_the_heading_and_the_rows_behind_it(case: Case) -> None:
    view = View(network="instagram", account="shop") if case.expected else EVERYTHING
    found, numbers = computed(case, view=view)
    files = {reading.file: reading.tables[0] for reading in case.files()}
    told = traces(found, numbers)
    assert told
    for one in told:
        # a blank refund is none, a blank reply none yet
        if one.file != "answers" and one.heading not in {"Refund", "Answered_at"}:
            columns = {column.heading: column for column in files[one.file].columns}
            assert 0 < one.rows <= columns[one.heading].filled or one.field.endswith(("count", "engagements"))


def test_the_trace_of_a_rate_counts_its_complete_rows_only() -> None:
    found, numbers = computed(_by_id()["engagement_rate-by_reach"], view=View(account="shop"))
    told = {(one.file, one.heading): (one.rows, one.total) for one in traces(found, numbers)}
    assert told == {
        ("shop_posts.csv", "Reactions"): (3, None),
        ("shop_posts.csv", "Comments"): (3, None),
        ("shop_posts.csv", "Shares"): (3, None),
        ("shop_posts.csv", "Saves"): (3, None),
        ("shop_posts.csv", "Reach"): (3, 2400.0),
    }
    assert left_out(found, numbers) == (2, 3)


def test_a_post_without_reach_gives_the_rate_neither_its_likes_nor_its_reach() -> None:
    found, _ = computed(_by_id()["reaction_rate-by_reach"], view=View(account="shop"))
    assert found.now == pytest.approx(100 * (40 + 30 + 12) / (1000 + 800 + 600))


ZERO = {
    "posts": ("reach", "views", "video_starts", "comments_asking"),
    "account": ("followers", "views", "reach", "link_clicks", "profile_visits"),
    "ads": ("leads", "link_clicks", "spend", "revenue", "impressions", "all_clicks", "follows"),
}


def _nought(case: Case, to: float | None) -> list[Reading]:
    """The files of a case with every divisor at `to`."""
    found = []
    for reading in case.files():
        table = reading.tables[0]
        assert table.data is not None
        data = table.data
        for column in ZERO.get(table.kind or "", ()):
            if column in data.column_names:
                blank = pa.array([to] * len(data), pa.float64())
                data = data.set_column(data.column_names.index(column), column, blank)
        found.append(replace(reading, tables=(replace(table, data=data),)))
    return found


RATES = [
    c
    for c in CASES
    if "/" in next(v.formula for v in kpis()[c.kpi].variants if v.id == c.variant)
    and (c.posts or c.account or c.ads)
    and not c.window
    and c.variant not in {"per_post", "mean", "by_post_clicks", "loaded", "mean_stay"}
    and not c.orders
    and not c.rivals
]


@pytest.mark.parametrize("case", RATES, ids=lambda case: case.id)
def test_over_nothing_a_rate_is_unknown_and_says_so(case: Case) -> None:
    view = View(account="shop") if case.expected else EVERYTHING
    numbers = Numbers(
        cube(assemble(_nought(case, 0.0), (OWNER,)), (kpis()[case.kpi], *ROWS)), (case.period,), view
    )
    found = value(
        kpis()[case.kpi], numbers, tuple(v for v in kpis()[case.kpi].variants if v.id == case.variant)
    )
    assert found.now is None
    assert found.reasons[0].key == "zero_divisor"


@pytest.mark.parametrize("case", RATES, ids=lambda case: case.id)
def test_over_blank_cells_a_rate_is_unknown_and_names_the_column(case: Case) -> None:
    view = View(account="shop") if case.expected else EVERYTHING
    numbers = Numbers(
        cube(assemble(_nought(case, None), (OWNER,)), (kpis()[case.kpi], *ROWS)), (case.period,), view
    )
    found = value(
        kpis()[case.kpi], numbers, tuple(v for v in kpis()[case.kpi].variants if v.id == case.variant)
    )
    assert found.now is None
    assert found.reasons[0].key == "missing"
    assert found.missing


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_verdict_shows_the_same_number_and_never_a_light_without_one(case: Case) -> None:
    found, numbers = computed(case, whole_kpi=True)
    verdict = Judge(numbers.cube, EVERYTHING, ()).verdict(kpis()[case.kpi], case.period)
    assert verdict.value == found.now
    assert verdict.status is Status.GREY
    assert verdict.reasons


def test_followers_at_the_day_of_a_post_stand_behind_a_rate_by_followers() -> None:
    found, _ = computed(_by_id()["reach_rate-by_followers_at_post"], view=View(account="cafe"))
    below = sum(followers("cafe", day) for day in (3, 17, 28))
    assert found.now == pytest.approx(100 * (400 + 500 + 300) / below)


VARIANTS = [
    pytest.param(variant, id=f"{kpi.id}-{variant.id}") for kpi in kpis().values() for variant in kpi.variants
]


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_formula_with_an_unknown_name_or_a_divisor_of_nothing_has_no_value(variant: Variant) -> None:
    taken = names(variant.formula)
    known = dict.fromkeys(taken, 7.0)
    for name in taken:
        totals = known | {name: math.nan}
        assert np.isnan(evaluate(variant.formula, lambda one, told=totals: np.array([told[one]]))[0])
    if divisors(variant.formula):
        assert np.isnan(evaluate(variant.formula, lambda _: np.array([0.0]))[0])


@pytest.mark.parametrize("variant", VARIANTS)
def test_without_any_file_a_figure_names_the_columns_that_would_tell_it(variant: Variant) -> None:
    lacking = [one.field for one in missing(variant.formula, assemble([], (OWNER,)), EVERYTHING)]
    assert lacking
    derived = {name for name in lacking if not fields()[name].given} - OF_NO_FILE
    assert not derived


def test_names_and_formulas_are_told_in_both_languages_as_the_golden_file_says(
    rewrite: bool,  # noqa: FBT001 - a fixture
) -> None:
    told = {
        f"{kpi.id}-{variant.id}": {
            lang: f"{kpi.words(lang).name}, {name}: {in_words(variant.formula, lang)}"
            for lang, name in (("en", variant.en), ("ru", variant.ru))
        }
        for kpi in kpis().values()
        for variant in kpi.variants
    }
    golden = Path(__file__).parent / "kpis.golden.json"
    if rewrite:
        golden.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert told == json.loads(golden.read_text("utf-8"))


def test_people_who_reacted_in_one_network_are_set_against_its_followers_alone() -> None:
    files = [
        *(cases.account_file(key, ("followers",)) for key in EVERYONE),
        cases.engagers_file("page", ("person",)),
    ]
    kpi = kpis()["active_audience_share"]
    found = value(kpi, Numbers(cube(assemble(files, (OWNER,)), (kpi, *ROWS)), (NOVEMBER,), EVERYTHING))
    assert found.networks == {"facebook"}
    assert found.now == pytest.approx(float(900 / mean_followers(("page",))))
