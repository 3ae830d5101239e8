"""What Facebook and Google tell of the clinic: posts, days of the page, ads, the listing on the map."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sample_data import meta
from sample_data.dental_en.words import ACCOUNT, TEXTS, WEEK
from sample_data.feed import formed
from sample_data.google import Campaign
from sample_data.layouts import Row
from sample_data.meta import AdDay, Page
from sample_data.shop import Shop

LEADS = 64.0  # from the forms in Facebook's ads, in a month
_PAGE = Page(account=ACCOUNT, number=20241003, texts=TEXTS)
_FORMS = ("Photos", "Reels", "Photos", "Links")
_REACHES = {"Reels": 1.4, "Links": 0.7}
_SPEND, _CLICKS = 27.0, 560.0  # a day; in a month
_SEARCHES = (("Emergency dentist", 21.0, 290.0, 38.0), ("Implants and whitening", 18.0, 190.0, 15.0))


def posts(shop: Shop) -> Iterator[Row]:
    """Yield the posts on Facebook."""
    chance = shop.chance("facebook")
    feed = list(
        chance.posts(
            shop.count(16),
            reach=lambda month: 760 * shop.size * chance.level(month, swing=0.015),
            rate=lambda month: 0.04 * chance.level(month),
            sigma=0.4,
        )
    )
    shown = formed(feed, _FORMS, chance, lambda form, _month: _REACHES.get(form, 1.0))
    return meta.facebook(_PAGE, shown, shop.chance("facebook details"))


def cards(shop: Shop) -> Iterator[tuple[str, str, list[tuple[date, int]]]]:
    """Yield the cards of the page: file, title and figures by day; a day without a follow is left out."""
    for file, title, usual in (
        ("Reach.csv", "Facebook reach", 620),
        ("Visits.csv", "Facebook visits", 44),
        ("Link clicks.csv", "Facebook link clicks", 21),
    ):
        chance = shop.chance(title)
        told = (
            row
            for month in shop.months
            for row in chance.evenly(month, 30 * usual * shop.size * chance.level(month), WEEK)
        )
        yield file, title, [row for row in told if row[1]]


def forms(shop: Shop) -> Iterator[AdDay]:
    """Yield the days of the ads with a form on Facebook."""
    chance = shop.chance("meta ads")
    for month in shop.months:
        level = chance.level(month) * shop.size
        dearer = 1 / shop.story.keeps("dear_leads", month)
        clicks = chance.evenly(month, _CLICKS * level, WEEK)
        leads = chance.evenly(month, LEADS * level * chance.wobble(0.03), WEEK)
        for (day, clicked), (_, asked) in zip(clicks, leads, strict=True):
            spend = _SPEND * shop.size * chance.wobble(0.04)
            yield AdDay(
                day=day,
                campaign="New patients, form",
                spend=round(spend * dearer, 2),
                impressions=round(spend * 88 * chance.wobble(0.05)),
                clicks=clicked,
                results=asked,
            )


def searches(shop: Shop) -> Iterator[Campaign]:
    """Yield the days of the ads in Google's search."""
    chance = shop.chance("google ads")
    for month in shop.months:
        level = chance.level(month) * shop.size
        told = [
            (
                name,
                budget,
                dict(chance.evenly(month, clicks * level, WEEK)),
                dict(chance.evenly(month, calls * level, WEEK)),
            )
            for name, budget, clicks, calls in _SEARCHES
        ]
        for day in told[0][2]:
            for name, budget, clicks, calls in told:
                yield Campaign(
                    day=day,
                    name=name,
                    clicks=clicks[day],
                    impressions=clicks[day] * 17 + chance.random.randrange(20, 40),
                    cost=round(budget * shop.size * chance.wobble(0.05), 2) if clicks[day] else 0.0,
                    conversions=min(calls[day], clicks[day]),
                )


def listing(shop: Shop) -> list[int]:
    """Return what the listing on the map was seen and used in all months."""
    chance = shop.chance("listing")
    usual = (920, 310, 540, 120, 88, 6, 12, 74, 130)
    return [round(count * len(shop.months) * shop.size * chance.wobble(0.05)) for count in usual]
