"""What Meta tells of the shop: posts on Instagram and Facebook, days of the profile, advertising."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sample_data import meta
from sample_data.chance import Post
from sample_data.codes import Live, coded, lived
from sample_data.feed import formed
from sample_data.layouts import Row
from sample_data.meta import AdDay, Page
from sample_data.shop import Shop
from sample_data.shop_en.words import ACCOUNT, CODES, TEXTS, WEEK

_PAGE = Page(account=ACCOUNT, number=20241001, texts=TEXTS)
_FORMS = ("IG reel", "IG reel", "IG reel", "IG reel", "IG carousel")
_PAGE_FORMS = ("Reels", "Reels", "Photos")
_USUAL = {"instagram": (20, 2400, 0.05), "facebook": (14, 1200, 0.03)}  # posts, their reach and its share
_REELS = frozenset({"IG reel", "Reels"})
_SPEND, _CLICKS, _SOLD = 42.0, 1800.0, 52.0  # a day; of 30 days
_BASKET = 96.0


def instagram(shop: Shop) -> Iterator[Row]:
    """Yield the posts on Instagram."""
    posts = _feed(shop, "instagram")
    return meta.instagram(_page(shop, "instagram", posts), posts, shop.chance("instagram details"))


def facebook(shop: Shop) -> Iterator[Row]:
    """Yield the posts on Facebook."""
    posts = _feed(shop, "facebook")
    return meta.facebook(_page(shop, "facebook", posts), posts, shop.chance("facebook details"))


def posts(shop: Shop) -> Mapping[str, tuple[Sequence[Post], tuple[Live, ...]]]:
    """Return the posts of each network, and the codes that they gave out."""
    feeds = {name: _feed(shop, name) for name in _USUAL}
    return {
        name: ([post for post, _ in feed], lived([post for post, _ in feed], _page(shop, name, feed).codes))
        for name, feed in feeds.items()
    }


def _page(shop: Shop, name: str, feed: Sequence[tuple[Post, str]]) -> Page:
    return replace(_PAGE, codes=coded(shop, name, [post for post, _ in feed], CODES[name]))


def _feed(shop: Shop, name: str) -> list[tuple[Post, str]]:
    """Return posts, most of them reels, which reach more people than others do."""
    chance = shop.chance(name)
    many, reach, rate = _USUAL[name]
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
