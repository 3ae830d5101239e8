"""What VK tells of a community: its posts, and its days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sample_data.chance import Chance, Post, month_of
from sample_data.layouts import Row
from sample_data.shop import Shop

_SEXES = ("Ж", "М")
_AGES = ("18-21", "21-24", "24-27", "27-30", "30-35", "35-45", "45+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """A community: its name, address and texts, and what it usually has.

    `reach` and `visitors` are those of a day, `joined`, `left` and `mentions` those of 30 days. `towns` is
    which share of the visitors lives where; without it nobody exported who they are. `codes` are those that
    posts give out, by the post's number.
    """

    name: str
    address: str
    wall: str
    texts: Sequence[str]
    week: Sequence[float]
    reach: float
    visitors: float
    joined: float
    left: float
    mentions: float
    towns: Mapping[str, int] | None = None
    codes: Mapping[int, str] = field(default_factory=dict)

    def text(self, text: str, post: Post) -> str:
        """Return what the export shows of a post: a code stands in front, for VK cuts the rest."""
        code = self.codes.get(post.number)
        whole = text if code is None else f"Код {code}! {text}"
        return whole if len(whole) <= 35 else whole[:35] + "..."


def kinds(post: Post) -> tuple[int, int, int]:
    """Return likes, shares and comments of a post."""
    shares, comments = round(post.actions * 0.08), round(post.actions * 0.12)
    return post.actions - shares - comments, shares, comments


def post_rows(
    shop: Shop, of: Community, posts: list[Post], kept: Callable[[int], float] = lambda _: 1.0
) -> Iterator[Row]:
    """Yield the rows of the export of posts; `kept` is the share of clicks that is left in a month."""
    chance = shop.chance("vk details")
    texts = chance.mix(of.texts, len(posts))
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
            "Создатель записи": f"{of.name} (https://vk.com/{of.address})",
            "Запись": of.text(text, post),
            "Ссылка": f"https://vk.com/wall-{of.wall}_{1200 + 3 * post.number}",
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
            "Переходы по ссылке": round(
                post.reach * chance.random.uniform(0.008, 0.012) * kept(month_of(post.at))
            ),
        }


def community(
    shop: Shop, of: Community, posts: list[Post], kept: Callable[[int], float]
) -> list[tuple[str, str, str, str, int]]:
    """Return the long table of the community, newest day first.

    `kept` is the share of its reach that is left in a month.
    """
    chance = shop.chance("community")
    feedback = _feedback(posts)
    table: list[tuple[str, str, str, str, int]] = []
    for month in reversed(shop.months):
        level = chance.level(month) * shop.size
        reach = of.reach * level * kept(month)
        joined = chance.by_day(month, of.joined * level, of.week)
        left = chance.by_day(month, of.left * level, of.week)
        mentions = chance.by_day(month, of.mentions * level, of.week)
        flows = zip(joined, left, mentions, strict=True)
        for (day, new), (_, lost), (_, named) in reversed(list(flows)):
            visitors = round(of.visitors * level * of.week[day.weekday()] * chance.wobble(0.15))
            people = round(reach * of.week[day.weekday()] * chance.wobble(0.09))
            subscribers = round(people * chance.random.uniform(0.6, 0.7))
            lines: list[tuple[str, str, str, int]] = [
                ("views", "", "", round(visitors * chance.random.uniform(1.5, 1.9))),
                ("visitors", "", "", visitors),
                ("reach", "", "", people),
                ("reach_subscribers", "", "", subscribers),
                ("reach_viral", "", "", people - subscribers),
                *_people(chance, visitors, of.towns or {}),
                ("members", "Новые участники", "", new),
                ("members", "Вышедшие участники", "", lost),
                *(("feedback", kind, "", count) for kind, count in feedback.get(day, {}).items()),
                ("feedback", "Упоминания", "", named),
            ]
            table.extend((f"{day:%d.%m.%Y}", *line) for line in lines)
    return table


def _people(chance: Chance, visitors: int, towns: Mapping[str, int]) -> Iterator[tuple[str, str, str, int]]:
    """Yield breakdowns of a day's visitors, who do not all tell their age or town."""
    if not towns:
        return
    both = [(sex, age) for sex in _SEXES for age in _AGES]
    told = chance.deal(visitors * 0.8, [6, 9, 12, 11, 10, 7, 3, 4, 6, 8, 7, 6, 5, 2])
    for sex in _SEXES:
        yield "gender", sex, "", sum(n for (s, _), n in zip(both, told, strict=True) if s == sex)
    for age in _AGES:
        yield "age", age, "", sum(n for (_, a), n in zip(both, told, strict=True) if a == age)
    for (sex, age), count in zip(both, told, strict=True):
        yield "gender_age", sex, age, count
    for town, count in zip(towns, chance.deal(visitors * 0.7, tuple(towns.values())), strict=True):
        yield "cities", town, "", count
    yield "countries", "Россия", "", visitors
    yield "sections", "Фотоальбомы", "", chance.random.randrange(3)


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
