"""What LinkedIn and YouTube tell of the firm: posts, days of the page, videos."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sample_data.b2b_en.words import AUTHORS, TEXTS, VIDEOS, WEEK
from sample_data.chance import month_of
from sample_data.feed import evened, formed
from sample_data.linkedin import PageDay, PagePost, PageVisits
from sample_data.shop import Shop
from sample_data.youtube import Video

_FORMS = {"Image": 1.0, "Document": 1.45, "Text": 0.95, "Article": 0.7}  # what each reaches


def posts(shop: Shop) -> Iterator[PagePost]:
    """Yield the posts on LinkedIn; comments and reposts hold when likes are lost."""
    chance = shop.chance("linkedin")
    drawn = chance.posts(
        shop.count(18),
        reach=lambda month: 1650 * shop.size * chance.level(month, swing=0.02),
        rate=lambda _month: 0.034,
        sigma=0.45,
    )
    shown = formed(list(drawn), tuple(_FORMS), chance, lambda form, _month: _FORMS[form])
    feed = evened([post for post, _ in shown], lambda _month: 0.034 * chance.wobble(0.025))
    for post, (_, form), text in zip(feed, shown, chance.mix(TEXTS, len(feed)), strict=True):
        day = post.at.date()
        comments, reposts = round(post.actions * 0.12), round(post.actions * 0.08)
        kept = shop.story.keeps("lost_likes", month_of(day))
        yield PagePost(
            number=post.number,
            day=day,
            title=text,
            author=chance.random.choice(AUTHORS),
            form=form,
            impressions=post.reach,
            clicks=round(post.reach * chance.random.uniform(0.012, 0.03)),
            likes=round((post.actions - comments - reposts) * kept),
            comments=comments,
            reposts=reposts,
        )


def days_of_page(shop: Shop, told: list[PagePost]) -> Iterator[PageDay]:
    """Yield the days of the page: what its posts got stands on the day of the post."""
    chance = shop.chance("page")
    by_day: dict[date, list[PagePost]] = {}
    for post in told:
        by_day.setdefault(post.day, []).append(post)
    for month in shop.months:
        for day, seen in chance.evenly(month, 30 * 900 * shop.size * chance.level(month), WEEK):
            mine = by_day.get(day, [])
            yield PageDay(
                day=day,
                impressions=seen + sum(post.impressions for post in mine) // 3,
                people=round(seen * chance.random.uniform(0.55, 0.6)),
                clicks=sum(post.clicks for post in mine),
                reactions=sum(post.likes for post in mine),
                comments=sum(post.comments for post in mine),
                reposts=sum(post.reposts for post in mine),
            )


def followers(shop: Shop) -> Iterator[tuple[date, int]]:
    """Yield the new followers of the page by day."""
    chance = shop.chance("followers")
    for month in shop.months:
        yield from chance.evenly(month, 96 * shop.size * chance.level(month), WEEK)


def visitors(shop: Shop) -> Iterator[PageVisits]:
    """Yield the visitors of the page by day."""
    chance = shop.chance("visitors")
    for month in shop.months:
        for day, views in chance.evenly(month, 780 * shop.size * chance.level(month), WEEK):
            yield PageVisits(
                day=day,
                views=views,
                people=round(views * chance.random.uniform(0.5, 0.65)),
                on_mobile=chance.random.uniform(0.25, 0.4),
            )


def videos(shop: Shop) -> list[Video]:
    """Return the videos on YouTube, four a month."""
    chance = shop.chance("youtube")
    feed = list(
        chance.posts(
            4,
            reach=lambda month: 520 * shop.size * chance.level(month),
            rate=lambda month: 0.05 * chance.level(month),
            sigma=0.4,
        )
    )
    return [
        Video(
            number=post.number + 1,
            day=post.at.date(),
            title=title,
            seconds=chance.random.randrange(420, 1500),
            views=post.reach,
            watched=chance.random.randrange(120, 300),
            subscribers=round(post.reach * chance.random.uniform(0.002, 0.01)),
            likes=round(post.actions * 0.78),
            shares=round(post.actions * 0.14),
            comments=round(post.actions * 0.08),
            impressions=round(post.reach * chance.random.uniform(10, 14)),
        )
        for post, title in zip(feed, chance.mix(VIDEOS, len(feed)), strict=True)
    ]
