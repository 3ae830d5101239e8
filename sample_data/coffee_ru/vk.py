"""What VK tells of the shop's community: its posts, and its days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sample_data.chance import MONTHS, Chance, Post
from sample_data.coffee_ru.words import ACCOUNT, TEXTS, WEEK
from sample_data.layouts import Row
from sample_data.shop import Shop


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


def kinds(post: Post) -> tuple[int, int, int]:
    """Return likes, shares and comments of a post."""
    shares, comments = round(post.actions * 0.08), round(post.actions * 0.12)
    return post.actions - shares - comments, shares, comments


def post_rows(shop: Shop, posts: list[Post]) -> Iterator[Row]:
    """Yield the rows of the export of posts."""
    chance = shop.chance("vk details")
    texts = chance.mix(TEXTS, len(posts))
    for post, text in zip(posts, texts, strict=True):
        likes, shares, comments = kinds(post)
        reach: Row = {
            "Охват подписчиков": round(post.reach * chance.random.uniform(0.6, 0.72)),
            "Виральный охват": round(post.reach * chance.random.uniform(0.3, 0.42)),
            "Рекламный охват": 0,
            "Полный охват": post.reach,
        }
        yield {
            "Дата": f"{post.at:%Y-%m-%d %H:%M}",
            "Создатель записи": f"Рыжая сойка (https://vk.com/{ACCOUNT})",
            "Запись": text if len(text) <= 35 else text[:35] + "...",
            "Ссылка": f"https://vk.com/wall-20250101_{1200 + 3 * post.number}",
            # Each month one post's reach is missing, as it is for posts that VK counts later.
            **({} if post.middling else reach),
            "Нравится": likes,
            "Поделились": shares,
            "Комментариев": comments,
            "Скрыли запись": chance.random.choice((0, 0, 0, 1)),
            "Жалобы": 0,
            "Скрыли все записи": 0,
            "Переходы в сообщество": round(post.reach * chance.random.uniform(0.004, 0.01)),
            "Подписались на страницу": round(post.reach * chance.random.uniform(0, 0.001)),
            "Переходы по ссылке": round(post.reach * chance.random.uniform(0.008, 0.012)),
        }


def community(shop: Shop, posts: list[Post]) -> list[tuple[str, str, str, str, int]]:
    """Return the long table of the community, newest day first."""
    chance = shop.chance("community")
    feedback = _feedback(posts)
    table: list[tuple[str, str, str, str, int]] = []
    for month in reversed(MONTHS):
        level = chance.level(month) * shop.size
        reach = 1500 * level * (0.35 + 0.65 * shop.story.keeps("quiet_feed", month))
        joined = chance.by_day(month, 150 * level, WEEK)
        left = chance.by_day(month, 90 * level, WEEK)
        mentions = chance.by_day(month, 95 * level, WEEK)
        flows = zip(joined, left, mentions, strict=True)
        for (day, new), (_, lost), (_, named) in reversed(list(flows)):
            visitors = round(130 * level * WEEK[day.weekday()] * chance.wobble(0.15))
            people = round(reach * WEEK[day.weekday()] * chance.wobble(0.09))
            subscribers = round(people * chance.random.uniform(0.6, 0.7))
            lines: list[tuple[str, str, str, int]] = [
                ("views", "", "", round(visitors * chance.random.uniform(1.5, 1.9))),
                ("visitors", "", "", visitors),
                ("reach", "", "", people),
                ("reach_subscribers", "", "", subscribers),
                ("reach_viral", "", "", people - subscribers),
                *_people(chance, visitors),
                ("sections", "Фотоальбомы", "", chance.random.randrange(3)),
                ("members", "Новые участники", "", new),
                ("members", "Вышедшие участники", "", lost),
                *(("feedback", kind, "", count) for kind, count in feedback.get(day, {}).items()),
                ("feedback", "Упоминания", "", named),
            ]
            table.extend((f"{day:%d.%m.%Y}", *line) for line in lines)
    return table


def _people(chance: Chance, visitors: int) -> Iterator[tuple[str, str, str, int]]:
    """Yield breakdowns of a day's visitors, who do not all tell their age or town."""
    sexes = ("Ж", "М")
    ages = ("18-21", "21-24", "24-27", "27-30", "30-35", "35-45", "45+")
    both = [(sex, age) for sex in sexes for age in ages]
    told = chance.deal(visitors * 0.8, [6, 9, 12, 11, 10, 7, 3, 4, 6, 8, 7, 6, 5, 2])
    towns = ("Казань", "Иннополис", "Набережные Челны", "Москва")
    for sex in sexes:
        yield "gender", sex, "", sum(n for (s, _), n in zip(both, told, strict=True) if s == sex)
    for age in ages:
        yield "age", age, "", sum(n for (_, a), n in zip(both, told, strict=True) if a == age)
    for (sex, age), count in zip(both, told, strict=True):
        yield "gender_age", sex, age, count
    for town, count in zip(towns, chance.deal(visitors * 0.7, (80, 6, 5, 9)), strict=True):
        yield "cities", town, "", count
    yield "countries", "Россия", "", visitors


def _feedback(posts: list[Post]) -> dict[date, dict[str, int]]:
    """Return what the posts got by day: most of it at once, the rest on the next day."""
    got: dict[date, dict[str, int]] = {}
    for post in posts:
        told_as = ("Нравится", "Рассказали друзьям", "Комментарии")
        for kind, count in zip(told_as, kinds(post), strict=True):
            late = count // 4
            for day, part in ((post.at.date(), count - late), (post.at.date() + timedelta(days=1), late)):
                told = got.setdefault(day, {})
                told[kind] = told.get(kind, 0) + part
    return got
