"""What the networks tell of the salon: its posts on Instagram and in VK, and the days of its community."""

from __future__ import annotations

from collections.abc import Iterator

from sample_data.chance import Post
from sample_data.layouts import Row
from sample_data.salon_ru.words import ACCOUNT, NAME, TEXTS, WEEK
from sample_data.shop import Shop
from sample_data.vk import Community

IVA = Community(
    name=NAME,
    address=ACCOUNT,
    wall="20250202",
    texts=TEXTS,
    week=WEEK,
    reach=620,
    visitors=70,
    joined=80,
    left=45,
    mentions=70,
)
_FORMATS = ("Видео Instagram", "Видео Instagram", "Карусель Instagram", "Фото Instagram")
_RATE = 0.052  # in both networks: a month with more posts in one of them is no worse for that


def in_vk(shop: Shop) -> list[Post]:
    """Return the posts in VK."""
    chance = shop.chance("vk")
    return list(
        chance.posts(
            shop.count(14),
            reach=lambda month: 1000 * shop.size * chance.level(month),
            rate=lambda month: _RATE * chance.level(month),
        )
    )


def on_instagram(shop: Shop) -> Iterator[Row]:
    """Yield the rows of the export of Instagram posts."""
    chance, details, story = shop.chance("instagram"), shop.chance("instagram details"), shop.story
    posts = list(
        chance.posts(
            shop.count(22),
            reach=lambda month: 2100 * shop.size * chance.level(month) * story.keeps("flat_reels", month),
            rate=lambda month: _RATE * chance.level(month),
        )
    )
    shown = zip(posts, details.mix(_FORMATS, len(posts)), details.mix(TEXTS, len(posts)), strict=True)
    for post, form, text in shown:
        comments, saves, shares = (round(post.actions * part) for part in (0.06, 0.09, 0.07))
        film = form == "Видео Instagram"
        # Each month one post's reach is missing, as it is for posts made together with others.
        people: Row = {"Охват": post.reach, "Подписки": round(post.reach * details.random.uniform(0, 0.002))}
        yield {
            "ID публикации": f"18{20250202 + post.number * 7919:015}",
            "ID аккаунта": "17841400020250202",
            "Имя пользователя аккаунта": ACCOUNT,
            "Название аккаунта": NAME,
            "Описание": text,
            "Длительность (с.)": details.random.randrange(9, 60) if film else 0,
            "Время публикации": f"{post.at:%m/%d/%Y %H:%M}",
            "Постоянная ссылка": f"https://www.instagram.com/{'reel' if film else 'p'}/BI{post.number:05}x/",
            "Тип публикации": form,
            "Дата": "За все время",
            "Просмотры": round(post.reach * details.random.uniform(1.25, 1.5)),
            **({} if post.middling else people),
            'Отметки "Нравится"': post.actions - comments - saves - shares,
            "Репосты": shares,
            "Комментарии": comments,
            "Сохранения": saves,
        }
