"""Codes of their own in a few posts, and the orders that name them, by a chance that disturbs no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sample_data.chance import Post, month_of
from sample_data.shop import Shop

_KNOWN = timedelta(days=12)  # so long after its post a code is still named


@dataclass(frozen=True, slots=True)
class Live:
    """The code that a post gave out on a day."""

    day: date
    code: str


def coded(shop: Shop, name: str, posts: Iterable[Post], words: Sequence[str]) -> Mapping[int, str]:
    """Return the codes of posts by their number: one post a month has one, the words in turn."""
    chance = shop.chance(f"codes {name}")
    by_month: dict[int, list[int]] = {}
    for post in posts:
        by_month.setdefault(month_of(post.at.date()), []).append(post.number)
    return {
        chance.random.choice(numbers): words[place % len(words)]
        for place, numbers in enumerate(by_month.values())
    }


def lived(posts: Iterable[Post], codes: Mapping[int, str]) -> tuple[Live, ...]:
    """Return the codes of posts with the days on which they were given out, oldest first."""
    return tuple(Live(post.at.date(), codes[post.number]) for post in posts if post.number in codes)


def known(codes: Sequence[Live], day: date) -> str | None:
    """Return the code that a guest still knows on a day, the latest of several; None for none."""
    return next((one.code for one in reversed(codes) if one.day <= day <= one.day + _KNOWN), None)
