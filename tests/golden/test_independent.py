"""The KPIs of both invented shops, each formula written out by hand over the cells of their files."""

from __future__ import annotations

import csv
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from openpyxl import load_workbook

from kpi.catalog.loader import goals
from sample_data.chance import YEAR
from sample_data.coffee_en import make as english
from sample_data.coffee_ru import make as russian
from tests.golden.test_demo import year_of

MONTHS = range(1, 13)
STALE = timedelta(days=7)
MARGIN = Fraction(60, 100)

Row = Mapping[str, Any]
Number = Fraction | None
Days = dict[date, Fraction]


def number(cell: object) -> Number:
    return None if cell in {None, ""} else Fraction(str(cell))


def table(file: Path, encoding: str = "utf-8-sig", skip: int = 0) -> list[dict[str, str]]:
    text = file.read_bytes().decode(encoding)
    return list(csv.DictReader(StringIO("".join(text.splitlines(keepends=True)[skip:]))))


def sheet(name: str, shop: Any) -> list[dict[str, Any]]:
    lines = list(load_workbook(Path(shop.__file__).with_name(shop.FILES[name])).worksheets[0].values)
    return [dict(zip(map(str, lines[0]), line, strict=True)) for line in lines[1:]]


def export(name: str, shop: Any) -> list[dict[str, str]]:
    return table(Path(shop.__file__).with_name(shop.FILES[name]))


def ratio(above: Iterable[Number], below: Iterable[Number], times: int = 100) -> Number:
    """Sum over sum of the rows in which both are known."""
    known = [(a, b) for a, b in zip(above, below, strict=True) if a is not None and b is not None]
    under = sum((b for _, b in known), Fraction(0))
    return times * sum((a for a, _ in known), Fraction(0)) / under if under else None


def total(figures: Iterable[Number]) -> Fraction:
    return sum((figure for figure in figures if figure is not None), Fraction(0))


def within(days: Days, month: int) -> Days:
    return {day: figure for day, figure in days.items() if day.month == month}


def start(levels: Days, month: int) -> Fraction:
    first = date(YEAR, month, 1)
    before = [day for day in levels if first - STALE <= day < first]
    return levels[max(before)] if before else levels[min(within(levels, month))]


def end(levels: Days, month: int) -> Fraction:
    return levels[max(within(levels, month))]


def mean(levels: Days, month: int) -> Fraction:
    inside = within(levels, month)
    return total(inside.values()) / len(inside)


def level_on(levels: Days, day: date) -> Number:
    known = [one for one in levels if day - STALE <= one <= day]
    return levels[max(known)] if known else None


class Posts:
    """The posts of one network in a month: days and figures, unknown where the cell is blank."""

    def __init__(self, rows: Sequence[Row], kinds: Mapping[str, str], levels: Days) -> None:
        self.of: dict[str, list[Number]] = {
            kind: [number(row[heading]) for row in rows] for kind, heading in kinds.items()
        }
        counted = [self.of[kind] for kind in ("reactions", "comments", "shares", "saves") if kind in kinds]
        self.of["actions"] = [None if None in some else total(some) for some in zip(*counted, strict=True)]
        self.of["followers"] = [level_on(levels, row["day"]) for row in rows]

    def and_those_of(self, other: Posts) -> Posts:
        both = Posts([], {}, {})
        both.of = {kind: self.of[kind] + other.of[kind] for kind in self.of.keys() & other.of.keys()}
        return both

    def rate(self, above: str, below: str) -> Number:
        return ratio(self.of[above], self.of[below])

    def linked(self, below: str) -> Number:
        """Link clicks against `below` of the posts with a click."""
        clicked = [count or None for count in self.of["clicks"]]
        return ratio(clicked, self.of[below])

    def sum(self, kind: str) -> Fraction:
        return total(self.of[kind])

    def median(self, kind: str) -> Fraction:
        return Fraction(median(figure for figure in self.of[kind] if figure is not None))


def rates(posts: Posts) -> dict[str, Number]:
    return {
        "engagement_rate": posts.rate("actions", "reach"),
        "reaction_rate": posts.rate("reactions", "reach"),
        "comment_rate": posts.rate("comments", "reach"),
        "share_rate": posts.rate("shares", "reach"),
        "reach_per_post": posts.median("reach"),
    }


def money(orders: Fraction, revenue: Fraction, spend: Fraction, costs: Fraction) -> dict[str, Number]:
    profit = revenue * MARGIN - spend - costs
    return {
        "conversions": orders,
        "revenue_social": revenue,
        "profit_social": profit,
        "roi": 100 * profit / (spend + costs),
    }


def levels_of(accounts: Sequence[Days], month: int) -> dict[str, Number]:
    started, ended = total(start(one, month) for one in accounts), total(end(one, month) for one in accounts)
    return {"follower_count": ended, "follower_growth_rate": 100 * (ended - started) / started}


def activity(actions: Fraction, accounts: Sequence[Days], month: int) -> Fraction:
    days = monthrange(YEAR, month)[1]
    return 1000 * actions / (total(mean(one, month) for one in accounts) * days)


@cache
def community() -> dict[str, Days]:
    """The lines of VK's community statistics by what they count; without a line the day had none."""
    every = [date(YEAR, 1, 1) + timedelta(days=n) for n in range(365)]
    found: dict[str, Days] = defaultdict(lambda: dict.fromkeys(every, Fraction(0)))
    for row in export("community", russian):
        day = datetime.strptime(row["Дата"], "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
        found[f"{row['Критерий']} {row['Парам. №1']}".strip()][day] += Fraction(row["Значение"])
    return found


@cache
def vk_levels() -> Days:
    """The followers of the community, from 4800 on New Year's Day by joins and leaves."""
    level, found = Fraction(4800), {}
    for day, joined in sorted(community()["members Новые участники"].items()):
        if day > date(YEAR, 1, 1):
            level += joined - community()["members Вышедшие участники"][day]
        found[day] = level
    return found


def russian_kpis(month: int) -> dict[str, Number]:
    telegram_levels: Days = {
        row["Дата"].date(): Fraction(row["Подписчиков"])
        for row in sheet("subscribers", russian)
        if row["Подписчиков"] is not None
    }
    accounts = (vk_levels(), telegram_levels)
    written: list[Row] = [
        row | {"day": date.fromisoformat(row["Дата"][:10])} for row in export("posts", russian)
    ]
    kinds = {
        "reach": "Полный охват", "reactions": "Нравится", "comments": "Комментариев",
        "shares": "Поделились", "clicks": "Переходы по ссылке",
    }  # fmt: skip
    vk = Posts([row for row in written if row["day"].month == month], kinds, accounts[0])
    told = [row | {"day": row["Дата"].date()} for row in sheet("telegram", russian)]
    kinds = {"views": "Просмотры", "reactions": "Реакции", "comments": "Комментарии", "shares": "Репосты"}
    telegram = Posts([row for row in told if row["day"].month == month], kinds, accounts[1])
    profile = total(
        number(row["Переходы по ссылке в профиле"])
        for row in sheet("clicks", russian)
        if row["Дата"].month == month
    )
    till = [row for row in sheet("till", russian) if row["Дата"].month == month]
    traced = [row for row in till if "кодовое слово" in row["Источник"]]
    named_vk = total(number(row["Чеков"]) for row in traced if row["Источник"].startswith("ВКонтакте"))
    items = {
        row["Статья"]: Fraction(row["Сумма"])
        for row in sheet("costs", russian)
        if row["Месяц"].month == month
    }
    spend = items.pop("VK Реклама, бюджет")

    def revenue(rows: Iterable[Row]) -> Fraction:
        return total(Fraction(row["Выручка"]) - abs(Fraction(row["Возвраты"] or 0)) for row in rows)

    joined, left = (
        total(within(community()[f"members {way}"], month).values())
        for way in ("Новые участники", "Вышедшие участники")
    )
    reached = within(community()["reach"], month)
    return (
        rates(vk)
        | levels_of(accounts, month)
        | money(total(number(row["Чеков"]) for row in traced), revenue(traced), spend, total(items.values()))
        | {
            "audience_activity": activity(vk.sum("actions") + telegram.sum("actions"), accounts, month),
            "audience_retention_rate": 100 - 100 * left / start(accounts[0], month),
            "follower_net_growth": joined - left,
            "reach": total(reached.values()) / len(reached),
            "reach_rate": vk.rate("reach", "followers"),
            "ctr_organic": vk.linked("reach"),
            "link_clicks": vk.sum("clicks") + profile,
            "conversion_rate": 100 * named_vk / (vk.sum("clicks") + profile),
            "views": telegram.sum("views"),
            "mentions": total(within(community()["feedback Упоминания"], month).values()),
            "drr": 100 * (spend + total(items.values())) / revenue(till),
        }
    )


def overview(name: str) -> Days:
    rows = table(Path(str(english.__file__)).with_name(name), "utf-16", skip=2)
    return {date.fromisoformat(row["Date"][:10]): Fraction(row["Primary"]) for row in rows if row["Primary"]}


def american(written: str) -> date:
    return datetime.strptime(written[:10], "%m/%d/%Y").date()  # noqa: DTZ007 - a day has no zone


def published(rows: Iterable[Row], month: int) -> list[dict[str, Any]]:
    dated = [{**row, "day": american(row["Publish time"])} for row in rows if row["Publish time"]]
    return [row for row in dated if row["day"].month == month]


def shopify(month: int) -> Iterator[tuple[str, Fraction]]:
    """The network that each order of the month is traced to, "" for none, and what it brought."""
    for row in export("orders", english):
        if not row["Total"] or row["Cancelled at"] or int(row["Created at"][5:7]) != month:
            continue
        marks = row["Discount Code"] + row["Note Attributes"] + row["Source"]
        network = (
            "instagram"
            if "nsta" in marks.lower()
            else "facebook"
            if "FB10" in marks or "facebook" in marks
            else ""
        )
        yield network, Fraction(row["Total"]) - abs(Fraction(row["Refunded Amount"] or 0))


def english_kpis(month: int) -> dict[str, Number]:
    followers: dict[str, Days] = defaultdict(dict)
    for row in sheet("followers", english):
        if row["Followers"] is not None:
            followers[row["Network"]][row["Date"].date()] = Fraction(row["Followers"])
    accounts = (followers["Instagram"], followers["Facebook"])
    kinds = {"reach": "Reach", "views": "Views", "comments": "Comments", "shares": "Shares"}
    instagram = Posts(
        published(export("instagram", english), month),
        kinds | {"reactions": "Likes", "saves": "Saves"},
        accounts[0],
    )
    pages = published(export("facebook", english), month)
    facebook = Posts(pages, kinds | {"reactions": "Reactions", "clicks": "Link Clicks"}, accounts[1])
    both = instagram.and_those_of(facebook)
    visits, clicked, reached = (
        within(overview(f"{name}.csv"), month) for name in ("Visits", "Link clicks", "Reach")
    )
    told = visits.keys() & clicked.keys() & reached.keys()
    ads = [row for row in export("ads", english) if int(row["Day"][5:7]) == month]
    spent, bought, lead, press, shown = (
        [number(row[name]) for row in ads]
        for name in (
            "Amount spent (USD)", "Purchases conversion value", "Leads", "Link clicks", "Impressions",
        )
    )  # fmt: skip
    orders = [(network, revenue) for network, revenue in shopify(month) if network]
    items = {
        row["Item"]: Fraction(row["Amount"]) for row in sheet("costs", english) if row["Month"].month == month
    }
    del items["Meta Ads budget"]  # the ads export tells it
    insta = Fraction(sum(network == "instagram" for network, _ in orders))
    joined = total(within(overview("Follows.csv"), month).values())
    costs = total(items.values())
    return (
        rates(both)
        | levels_of(accounts, month)
        | money(Fraction(len(orders)), total(revenue for _, revenue in orders), total(spent), costs)
        | {
            "audience_activity": activity(both.sum("actions"), accounts, month),
            "audience_retention_rate": 100 * (end(accounts[0], month) - joined) / start(accounts[0], month),
            "audience_quality": 100
            * total(visits[day] + clicked[day] for day in told)
            / total(reached[day] for day in told),
            "follower_net_growth": total(end(one, month) - start(one, month) for one in accounts),
            "reach": total(reached.values()) / len(reached),
            "reach_rate": both.rate("reach", "followers"),
            "save_rate": instagram.rate("saves", "reach"),
            "views": both.sum("views"),
            "link_clicks": total(clicked.values()),
            "ctr_organic": facebook.linked("views"),
            "conversion_rate": 100 * insta / total(clicked.values()),
            "leads": total(lead),
            "cvr_click_to_lead": ratio(lead, press),
            "cpl": ratio(spent, lead, 1),
            "roas": ratio(bought, spent, 1),
            "drr": ratio(spent, bought),
            "cpc": ratio(spent, press, 1),
            "ctr_ads": ratio(press, shown),
        }
    )


@cache
def shown(shop: str) -> dict[int, dict[str, float]]:
    """Every KPI of the catalogue that the product can tell of a demo, by month."""
    module = {"coffee_ru": russian, "coffee_en": english}[shop]
    boards = year_of(Path(str(module.__file__)).parent, tuple(goals()))
    return {
        month: {each.kpi.id: each.value for each in one.verdicts if each.value is not None}
        for month, one in boards.items()
    }


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize(("shop", "expected"), [("coffee_ru", russian_kpis), ("coffee_en", english_kpis)])
def test_a_kpi_of_the_demo_is_what_its_files_say(shop: str, expected: Any, month: int) -> None:
    told = {kpi: float(value) for kpi, value in expected(month).items() if value is not None}
    found = {kpi: shown(shop)[month].get(kpi) for kpi in told}
    assert found == pytest.approx(told, rel=1e-9, abs=1e-9)
