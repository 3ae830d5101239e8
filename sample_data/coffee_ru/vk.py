"""The shop's community in VK, and its posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sample_data.chance import Post
from sample_data.codes import coded
from sample_data.coffee_ru.words import ACCOUNT, CODES, TEXTS, WEEK
from sample_data.shop import Shop
from sample_data.vk import Community

SOYKA = Community(
    name="Рыжая сойка",
    address=ACCOUNT,
    wall="20250101",
    texts=TEXTS,
    week=WEEK,
    reach=1500,
    visitors=130,
    joined=150,
    left=90,
    mentions=95,
    towns={"Казань": 80, "Иннополис": 6, "Набережные Челны": 5, "Москва": 9},
)


def feed(shop: Shop) -> list[Post]:
    """Return the year's posts in VK."""
    chance, story = shop.chance("vk"), shop.story
    return list(
        chance.posts(
            shop.count(18),
            reach=lambda month: 1900 * shop.size * chance.level(month) * story.keeps("quiet_feed", month),
            rate=lambda month: 0.055 * chance.level(month) * story.keeps("mute_pictures", month),
        )
    )


def soyka(shop: Shop, posts: Sequence[Post]) -> Community:
    """Return the community with the codes of its posts."""
    return replace(SOYKA, codes=coded(shop, "vk", posts, CODES["vk"]))


def kept(shop: Shop, month: int) -> float:
    """Return the share of the community's reach that is left in a month: that of posts is most of it."""
    return 0.35 + 0.65 * shop.story.keeps("quiet_feed", month)
