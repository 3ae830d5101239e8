"""Posts as chance gives them made those of a business: of which form they are, what they get in a month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sample_data.chance import Chance, Post, month_of


def formed(
    posts: Sequence[Post],
    forms: Sequence[str],
    chance: Chance,
    reach: Callable[[str, int], float],
) -> list[tuple[Post, str]]:
    """Return posts with their forms, each form as often in every month and among its large and small posts.

    `reach` is what a form in a month reaches against an ordinary post.
    """
    found: list[tuple[Post, str]] = []
    for month, some in _months(posts):
        ranked = sorted(some, key=lambda post: post.reach)
        start = chance.random.randrange(len(forms))
        mine = [(post, forms[(start + rank) % len(forms)]) for rank, post in enumerate(ranked)]
        for post, form in sorted(mine, key=lambda one: one[0].number):
            times = reach(form, month)
            people, actions = max(20, round(post.reach * times)), max(3, round(post.actions * times))
            found.append((replace(post, reach=people, actions=actions), form))
    return found


def evened(posts: Sequence[Post], share: Callable[[int], float]) -> list[Post]:
    """Return posts that together get this share of what they reach in each month, however they differ."""
    return [
        replace(post, actions=max(1, round(post.actions * share(month) * reached / done)))
        for month, some in _months(posts)
        for reached, done in ((sum(one.reach for one in some), sum(one.actions for one in some)),)
        for post in some
    ]


def _months(posts: Sequence[Post]) -> Iterator[tuple[int, list[Post]]]:
    for month, some in groupby(posts, key=lambda post: month_of(post.at)):
        yield month, list(some)
