"""Every KPI of the catalogue on both invented shops, worked out again by plain Python over their cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kpi.insight.content.takings import takings
from kpi.metrics.cubes import Cube, cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import value
from kpi.model.kpi import Kpi
from kpi.model.period import Period
from kpi.model.view import EVERYTHING
from sample_data.chance import YEAR
from sample_data.coffee_en import make as english
from sample_data.coffee_ru import make as russian
from tests.catalogue import every
from tests.golden.plain import Row, Told, posted, with_link
from tests.golden.test_demo import facts_of
from tests.golden.test_independent import (
    MONTHS,
    Days,
    american,
    community,
    export,
    number,
    overview,
    sheet,
    vk_levels,
)

COMMON = ("reactions", "comments", "shares")
WHOLE_YEAR = (date(YEAR, 1, 1), date(YEAR, 12, 31))
COVERED = dict.fromkeys(("posts", "account", "link_posts"), WHOLE_YEAR)
LONGER = {"quarter": 3, "12 months": 12}
VK, TELEGRAM = (("vk", "soyka"), ("telegram", "soyka"))


def read(row: Mapping[str, Any], headings: Mapping[str, str]) -> dict[str, Fraction | None]:
    """The figures of a row by field."""
    return {field: number(row[heading]) for field, heading in headings.items()}


def of(account: tuple[str, str]) -> dict[str, Any]:
    return {"network": account[0], "account": account[1]}


def by_day(account: tuple[str, str], **columns: Days) -> list[Row]:
    """Days of an account out of columns by day."""
    every = sorted(set().union(*columns.values()))
    return [{"day": day, **of(account), **{n: c.get(day) for n, c in columns.items()}} for day in every]


def only(rows: Iterable[Row], networks: Mapping[str, str]) -> list[Row]:
    """The rows whose source names one of these networks; of all others every figure is 0."""
    found = []
    for row in rows:
        network = next((id_ for word, id_ in networks.items() if word in row["source"]), None)
        nothing = {
            n: Fraction(0) for n, figure in row.items() if isinstance(figure, Fraction) and network is None
        }
        found.append({**row, **nothing, "network": network or "", "traced": network is not None})
    return found


def month_of(row: Row) -> dict[str, Any]:
    """The whole month that a row of costs speaks of."""
    month = Period.month(row["day"].year, row["day"].month)
    return {**row, "day": month.first, "until": month.last, "spread": True}


@cache
def russian_told() -> Told:
    telegram: Days = {
        row["Дата"].date(): Fraction(row["Подписчиков"])
        for row in sheet("subscribers", russian)
        if row["Подписчиков"] is not None
    }
    of_vk = {
        "reach": "Полный охват", "reach_followers": "Охват подписчиков",
        "reach_non_followers": "Виральный охват", "reactions": "Нравится",
        "comments": "Комментариев", "shares": "Поделились",
        "link_clicks": "Переходы по ссылке", "follows": "Подписались на страницу",
        "profile_visits": "Переходы в сообщество",
    }  # fmt: skip
    bad = ("Скрыли запись", "Жалобы", "Скрыли все записи")
    vk = [
        posted(
            {
                "day": date.fromisoformat(row["Дата"][:10]),
                "text": row["Запись"],
                "negative": sum(Fraction(row[name]) for name in bad),
                **of(VK),
                **read(row, of_vk),
            },
            COMMON,
            vk_levels(),
        )
        for row in export("posts", russian)
    ]
    of_telegram = {
        "views": "Просмотры", "reactions": "Реакции", "comments": "Комментарии", "shares": "Репосты",
    }  # fmt: skip
    posts = vk + [
        posted({"day": row["Дата"].date(), **of(TELEGRAM), **read(row, of_telegram)}, COMMON, telegram)
        for row in sheet("telegram", russian)
    ]
    lines = community()
    kinds = {name: lines[f"feedback {said}"] for name, said in (
        ("reactions", "Нравится"), ("comments", "Комментарии"), ("shares", "Рассказали друзьям"),
    )}  # fmt: skip
    account = by_day(
        VK,
        **kinds,
        engagements={day: sum(kind[day] for kind in kinds.values()) for day in lines["reach"]},
        followers_new=lines["members Новые участники"],
        followers_lost=lines["members Вышедшие участники"],
        profile_visits=lines["views"],
        reach=lines["reach"],
        reach_followers=lines["reach_subscribers"],
        mentions=lines["feedback Упоминания"],
        bio_clicks={
            row["Дата"].date(): Fraction(row["Переходы по ссылке в профиле"])
            for row in sheet("clicks", russian)
        },
    )
    orders = [
        {
            "day": row["Дата"].date(),
            "source": row["Источник"],
            "count": number(row["Чеков"]),
            "revenue": Fraction(row["Выручка"]) - abs(Fraction(row["Возвраты"] or 0)),
        }
        for row in sheet("till", russian)
    ]
    items = [
        month_of({"day": row["Месяц"].date(), "item": row["Статья"], "marketing": Fraction(row["Сумма"])})
        for row in sheet("costs", russian)
    ]
    budget = [row for row in items if "бюджет" in row["item"]]
    social = only(orders, {"ВКонтакте": "vk", "Telegram": "telegram"})
    return Told(
        rows={
            "posts": posts,
            "link_posts": with_link(posts),
            "account": account + by_day(TELEGRAM, followers=telegram),
            "orders": orders,
            "social_orders": social,
            "marketing_orders": social,
            "ads": [{**row, "spend": row["marketing"]} for row in budget],
            "costs": [row if row in budget else {**row, "smm": row["marketing"]} for row in items],
            "reviews": [
                {"day": row["Дата"].date(), "count": Fraction(1), "rating": number(row["Оценка"])}
                for row in sheet("reviews", russian)
            ],
        },
        levels={"account.followers": {VK: vk_levels(), TELEGRAM: telegram}},
        days=COVERED,
        owner={"margin_rate": Fraction(60)},
    )


INSTAGRAM, FACEBOOK = (("instagram", "heron"), ("facebook", "heron"))


def of_meta(
    name: str, account: tuple[str, str], headings: Mapping[str, str], kinds: Sequence[str], levels: Days
) -> list[Row]:
    return [
        posted(
            {
                "day": american(row["Publish time"]),
                "text": row.get("Title") or row["Description"],
                "format": "link" if row["Post type"] == "Links" else "",
                **of(account),
                **read(row, headings),
            },
            kinds,
            levels,
        )
        for row in export(name, english)
        if row["Publish time"]
    ]


def shop() -> list[Row]:
    """The orders of the online shop, oldest first, each with its buyer and whether it is a repeat."""
    rows = [row for row in export("orders", english) if row["Total"] and not row["Cancelled at"]]
    found: list[Row] = []
    seen: set[str] = set()
    for row in sorted(rows, key=lambda one: datetime.fromisoformat(one["Created at"])):
        who = row["Email"].strip().casefold()
        found.append(
            {
                "day": date.fromisoformat(row["Created at"][:10]),
                "source": f"{row['Discount Code']} {row['Note Attributes']} {row['Source']}".lower(),
                "who": who,
                "count": Fraction(1),
                "repeat_count": Fraction(who in seen),
                "revenue": Fraction(row["Total"]) - abs(Fraction(row["Refunded Amount"] or 0)),
            }
        )
        seen.add(who)
    return found


@cache
def english_told() -> Told:
    followers: dict[str, dict[date, Fraction]] = {"Instagram": {}, "Facebook": {}}
    for row in sheet("followers", english):
        if row["Followers"] is not None:
            followers[row["Network"]][row["Date"].date()] = Fraction(row["Followers"])
    seen = {
        "reach": "Reach", "views": "Views", "comments": "Comments", "shares": "Shares",
        "video_seconds": "Duration (sec)",
    }  # fmt: skip
    on_instagram = seen | {"reactions": "Likes", "saves": "Saves", "follows": "Follows"}
    on_facebook = seen | {
        "reactions": "Reactions", "engagements": "Reactions, Comments and Shares",
        "all_clicks": "Total clicks", "link_clicks": "Link Clicks", "watch_seconds": "Seconds viewed",
    }  # fmt: skip
    posts = [
        *of_meta("instagram", INSTAGRAM, on_instagram, (*COMMON, "saves"), followers["Instagram"]),
        *of_meta("facebook", FACEBOOK, on_facebook, COMMON, followers["Facebook"]),
    ]
    # Meta leaves out a day without a new follower: such a day is 0, unlike one without a visit.
    by_name = {
        name: overview(f"{file}.csv")
        for name, file in (
            ("profile_visits", "Visits"), ("link_clicks", "Link clicks"), ("reach", "Reach"),
            ("followers_new", "Follows"),
        )
    }  # fmt: skip
    every = (WHOLE_YEAR[0] + timedelta(days=n) for n in range(365))
    by_name["followers_new"] = {day: by_name["followers_new"].get(day, Fraction(0)) for day in every}
    account = by_day(INSTAGRAM, **by_name, followers=followers["Instagram"])
    paid = {
        "spend": "Amount spent (USD)", "impressions": "Impressions", "reach": "Reach",
        "link_clicks": "Link clicks", "all_clicks": "Clicks (all)", "leads": "Leads",
        "orders": "Purchases", "revenue": "Purchases conversion value",
    }  # fmt: skip
    ads = [{"day": date.fromisoformat(row["Day"]), **read(row, paid)} for row in export("ads", english)]
    items = [
        month_of({"day": row["Month"].date(), "smm": Fraction(row["Amount"])})
        for row in sheet("costs", english)
        if row["Item"] != "Meta Ads budget"  # the ads export tells it
    ]
    orders = shop()
    social = only(orders, {"insta": "instagram", "fb10": "facebook", "facebook": "facebook"})
    return Told(
        rows={
            "posts": posts,
            "link_posts": with_link(posts),
            "account": account + by_day(FACEBOOK, followers=followers["Facebook"]),
            "orders": orders,
            "social_orders": social,
            "marketing_orders": social,
            "ads": ads,
            "costs": [{**row, "marketing": row["smm"]} for row in items]
            + [{"day": row["day"], "marketing": row["spend"]} for row in ads],
        },
        levels={
            "account.followers": {
                INSTAGRAM: followers["Instagram"],
                FACEBOOK: followers["Facebook"],
            }
        },
        days=COVERED,
        owner={"margin_rate": Fraction(60)},
    )


SHOPS = {"coffee_ru": (russian, russian_told), "coffee_en": (english, english_told)}


@cache
def numbers(shop: str, period: Period) -> Numbers:
    return Numbers(computed(shop), (period,), EVERYTHING)


@cache
def computed(shop: str) -> Cube:
    return cube(facts_of(Path(str(SHOPS[shop][0].__file__)).parent), every().values())


def window(kpi: Kpi, month: int) -> Period:
    """The days that a KPI looks at: the month, or as many up to its end as the KPI wants."""
    last = Period.month(YEAR, month)
    if kpi.window == "90 days":
        return Period(last.last - timedelta(days=89), last.last)
    back = LONGER.get(kpi.window, 1) - 1
    first = YEAR * 12 + month - 1 - back
    return Period(date(first // 12, first % 12 + 1, 1), last.last)


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("shop", SHOPS)
def test_every_kpi_is_what_the_files_say(shop: str, month: int) -> None:
    told = SHOPS[shop][1]()
    found, expected = {}, {}
    for id_, kpi in every().items():
        period = window(kpi, month)
        found[id_] = value(kpi, numbers(shop, period)).now
        expected[id_] = told.value(kpi, period.first, period.last)
    known = {id_: float(figure) for id_, figure in expected.items() if figure is not None}
    assert {id_ for id_, figure in found.items() if figure is not None} == set(known)
    assert {id_: found[id_] for id_ in known} == pytest.approx(known, rel=1e-9, abs=1e-9)


def test_what_posts_sold_is_what_a_plain_search_for_their_codes_says() -> None:
    posts = [
        (american(row["Publish time"]), text)
        for name, heading in (("instagram", "Description"), ("facebook", "Title"))
        for row in export(name, english)
        if row["Publish time"] and "code " in (text := row[heading])
    ]
    sold: dict[tuple[date, str], list[Fraction]] = {}
    orders = [row for row in export("orders", english) if row["Total"] and not row["Cancelled at"]]
    for row in orders:
        day, code = date.fromisoformat(row["Created at"][:10]), row["Discount Code"] or "none"
        if before := [post for post in posts if post[1].endswith(f"code {code}") and post[0] <= day]:
            paid = Fraction(row["Total"]) - Fraction(row["Refunded Amount"] or 0)
            sold.setdefault(max(before), []).append(paid)
    found = takings(computed("coffee_en").facts, Period(*WHOLE_YEAR), EVERYTHING)
    assert found is not None
    assert sorted(found.orders[row] for row in found.rows) == sorted(map(len, sold.values()))
    assert sorted(found.revenue[row] for row in found.rows) == pytest.approx(sorted(map(sum, sold.values())))
    assert found.total == len(orders)
    assert 100 < found.joined < len(orders) / 4
