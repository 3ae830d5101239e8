"""What Meta tells of the shop: posts on Instagram and Facebook, days of the profile, advertising."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sample_data import meta
from sample_data.chance import Post
from sample_data.feed import formed
from sample_data.layouts import Row
from sample_data.meta import AdDay, Page
from sample_data.shop import Shop
from sample_data.shop_en.words import ACCOUNT, TEXTS, WEEK

_PAGE = Page(account=ACCOUNT, number=20241001, texts=TEXTS)
_FORMS = ("IG reel", "IG reel", "IG reel", "IG reel", "IG carousel")
_PAGE_FORMS = ("Reels", "Reels", "Photos")
_REELS = frozenset({"IG reel", "Reels"})
_SPEND, _CLICKS, _SOLD = 42.0, 1800.0, 52.0  # a day; of 30 days
_BASKET = 96.0


def instagram(shop: Shop) -> Iterator[Row]:
    """Yield the posts on Instagram."""
    return meta.instagram(_PAGE, _feed(shop, "instagram", 20, 2400, 0.05), shop.chance("instagram details"))


def facebook(shop: Shop) -> Iterator[Row]:
    """Yield the posts on Facebook."""
    return meta.facebook(_PAGE, _feed(shop, "facebook", 14, 1200, 0.03), shop.chance("facebook details"))


def _feed(shop: Shop, name: str, many: int, reach: float, rate: float) -> list[tuple[Post, str]]:
    """Return posts, most of them reels, which reach more people than others do."""
    chance = shop.chance(name)
    posts = list(
        chance.posts(
            shop.count(many),
            reach=lambda month: reach * shop.size * chance.level(month),
            rate=lambda month: rate * chance.level(month),
        )
    )
    return formed(
        posts,
        _FORMS if name == "instagram" else _PAGE_FORMS,
        chance,
        lambda form, month: shop.story.keeps("quiet_reels", month) if form in _REELS else 0.5,
    )


def reach(shop: Shop) -> list[tuple[date, int]]:
    """Return how many people the profile reached by day: by ads and stories as well as by posts."""
    chance = shop.chance("reach")
    found: list[tuple[date, int]] = []
    for month in shop.months:
        level = chance.level(month) * (0.85 + 0.15 * shop.story.keeps("quiet_reels", month))
        found += chance.evenly(month, 30 * 1500 * shop.size * level, WEEK)
    return found


def campaign(shop: Shop) -> Iterator[AdDay]:
    """Yield the days of the campaign that sells linen."""
    chance = shop.chance("ads")
    for month in shop.months:
        kept = shop.story.keeps("tired_ads", month)
        basket = _BASKET * shop.story.keeps("deep_discount", month)
        level = chance.level(month) * shop.size
        clicks = chance.evenly(month, _CLICKS * level * kept, WEEK)
        sold = chance.evenly(month, _SOLD * level * kept * chance.wobble(0.03), WEEK)
        for (day, clicked), (_, bought) in zip(clicks, sold, strict=True):
            spend = round(_SPEND * shop.size * chance.wobble(0.04), 2)
            yield AdDay(
                day=day,
                campaign="Bed linen, sales",
                spend=spend,
                impressions=round(spend * 105 * chance.wobble(0.05)),
                clicks=clicked,
                results=bought,
                revenue=round(bought * basket * chance.wobble(0.08), 2),
            )
