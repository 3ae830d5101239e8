"""What the networks tell of the school: its posts and ads in VK, its videos on YouTube."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sample_data.chance import Post, month_of
from sample_data.school_ru.words import ACCOUNT, NAME, TEXTS, VIDEOS, WEEK
from sample_data.shop import Shop
from sample_data.vk import Community
from sample_data.workbook import Cell
from sample_data.youtube import Video

PELIKAN = Community(
    name=NAME,
    address=ACCOUNT,
    wall="20250303",
    texts=TEXTS,
    week=WEEK,
    reach=2400,
    visitors=210,
    joined=260,
    left=150,
    mentions=60,
)
ADS = (
    "ID объявления", "Название объявления", "ID группы", "ID кампании", "Дата", "Показы", "Охват", "Клики",
    "Результат", "Цена за результат, ₽", "Потрачено всего, ₽",
)  # fmt: skip
# Advertisement, its number, roubles a day, and clicks in a month.
_ADVERTISED = (("Пробный урок, взрослые", 4101, 900, 1900), ("Подготовка к ЕГЭ", 4102, 600, 1250))
_LONG = 25  # seconds between one length of a video and the next


def posts(shop: Shop) -> list[Post]:
    """Return the posts in VK."""
    chance = shop.chance("vk")
    return list(
        chance.posts(
            shop.count(20),
            reach=lambda month: 3000 * shop.size * chance.level(month, swing=0),
            rate=lambda month: 0.03 * chance.level(month),
            sigma=0.25,  # who follows a school sees most of its posts
        )
    )


def ads(shop: Shop) -> Iterator[Sequence[Cell]]:
    """Yield the days of two advertisements: who tires of them clicks less, and they cost the same."""
    yield ADS
    for title, number, budget, clicks in _ADVERTISED:
        chance = shop.chance(title)
        for month in shop.months:
            left = shop.story.keeps("worn_ads", month)
            dealt = chance.by_day(month, clicks * shop.size * left * chance.level(month), WEEK)
            for day, clicked in dealt:
                spent = round(budget * shop.size * chance.wobble(0.03), 2)
                shown = round(spent * 6.4 * chance.wobble(0.04))
                results = chance.some(clicked, 0.019)
                price = round(spent / results, 2) if results else None
                seen = round(shown * chance.random.uniform(0.6, 0.7))
                yield number, title, 77, 5, f"{day:%d.%m.%Y}", shown, seen, clicked, results, price, spent


def videos(shop: Shop) -> list[Video]:
    """Return the videos of the channel, six a month."""
    chance = shop.chance("youtube")
    published = chance.posts(
        6,
        reach=lambda month: 1500 * shop.size * chance.level(month),
        rate=lambda month: 0.05 * chance.level(month),
    )
    return [
        Video(
            number=post.number,
            day=date(post.at.year, post.at.month, post.at.day),
            title=f"{VIDEOS[post.number % len(VIDEOS)]}, выпуск {month_of(post.at) + 3}",
            seconds=300 + _LONG * (post.number % 7),
            views=post.reach,
            watched=round((300 + _LONG * (post.number % 7)) * chance.random.uniform(0.36, 0.44)),
            subscribers=round(post.reach * 0.006),
            likes=round(post.actions * 0.8),
            shares=round(post.actions * 0.1),
            comments=round(post.actions * 0.1),
            impressions=post.reach * 14,
        )
        for post in published
    ]
