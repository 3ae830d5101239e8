"""Makes the figures of an invented Kazan coffee shop, «Рыжая сойка»: VK, Telegram, reviews, till, costs.

Three problems are planted, one a month from September on:

* `quiet_feed`: a post in VK reaches 45 % fewer people;
* `mute_pictures`: after a switch to pictures without a question, VK posts get half the reactions;
* `lost_code_words`: guests stop naming the code words, receipts traced to VK and Telegram fall by 55 %.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from sample_data.chance import MONTHS, YEAR
from sample_data.coffee_ru import by_hand
from sample_data.coffee_ru.vk import SOYKA, feed, kept, soyka
from sample_data.coffee_ru.words import ACCOUNT
from sample_data.layouts import own_sheet, vk_community, vk_posts
from sample_data.problem import MONTH, Problem, Story
from sample_data.shop import SMALLEST, Shop, tell
from sample_data.vk import community, post_rows

PROBLEMS: Mapping[str, Problem] = {
    problem.id: problem
    for problem in (
        Problem(
            id="quiet_feed",
            what="a post in VK reaches 45 % fewer people",
            kpis=("reach_per_post",),
            also=("reach", "reach_rate", "audience_activity", "engagements_total", "er_day", "link_clicks"),
            network="vk",
            from_month=9,
            keeps=0.55,
        ),
        Problem(
            id="mute_pictures",
            what="VK posts get half the reactions, comments and shares for the same reach",
            kpis=("engagement_rate", "reaction_rate"),
            also=("audience_activity", "engagements_total", "er_day", "share_rate", "comment_rate"),
            network="vk",
            from_month=10,
            keeps=0.5,
        ),
        Problem(
            id="lost_code_words",
            what="receipts with a code word of VK or Telegram fall by 55 %",
            kpis=("conversions", "conversion_rate"),
            also=("revenue_social", "profit_social", "roi", "romi"),
            from_month=11,
            keeps=0.45,
        ),
    )
}

FILES = {
    "community": "Статистика сообщества ВКонтакте.csv",
    "posts": "Записи ВКонтакте.csv",
    "clicks": "Переходы из профиля.xlsx",
    "telegram": "Посты Telegram.xlsx",
    "subscribers": "Подписчики Telegram.xlsx",
    "reviews": "Отзывы.xlsx",
    "till": "Касса.xlsx",
    "costs": "Затраты.xlsx",
}

DEMO = {
    "trade": "coffee_shop",
    "lang": "ru",
    "name": {"ru": "«Рыжая сойка»", "en": "Ryzhaya Soyka"},
    "blurb": {
        "ru": "ВКонтакте, Telegram, отзывы, касса и затраты: весь 2025 год",
        "en": "VK, Telegram, reviews, the till and costs: all of 2025, in Russian",
    },
    "goals": ["awareness", "engagement", "sales"],
    "targets": {},
}


def make(
    folder: Path,
    seed: int = 1,
    size: float = 1.0,
    month: int = MONTH,
    problems: Collection[str] = tuple(PROBLEMS),
) -> None:
    """Write the shop's files into `folder`; `month` is that of the first problem, `size` scales the shop.

    A shop is never smaller than `SMALLEST`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shop = Shop(
        name="ru",
        seed=seed,
        size=max(size, SMALLEST),
        months=MONTHS,
        story=Story(known=PROBLEMS, planted=problems, month=month),
    )
    posts = feed(shop)
    vk_posts(folder / FILES["posts"], post_rows(shop, soyka(shop, posts), posts))
    lines = community(shop, SOYKA, posts, lambda one: kept(shop, one))
    vk_community(folder / FILES["community"], lines)
    for name, (sheet, headings, rows) in by_hand.sheets(shop).items():
        own_sheet(folder / FILES[name], sheet, headings, rows)
    tell(folder, answers=_answers(shop), demo=DEMO)


def _answers(shop: Shop) -> dict[str, object]:
    """Return what the owner would answer, in the shape of the command line's answers."""
    community = {"network": "vk", "account": ACCOUNT}
    telegram = {"network": "telegram", "account": ACCOUNT}
    post_sheet = {
        "Дата": "posts.at", "Время": None, "Текст": "posts.text", "Просмотры": "posts.views",
        "Реакции": "posts.reactions", "Комментарии": "posts.comments", "Репосты": "posts.shares",
        "Подписчиков": None,
    }  # fmt: skip
    till = {
        "Дата": "orders.at", "Источник": "orders.source", "Промокод": "orders.code",
        "Чеков": "orders.count", "Выручка": "orders.amount", "Возвраты": "orders.refund",
    }  # fmt: skip
    reviews = {"Дата": "reviews.at", "Площадка": "reviews.place", "Оценка": "reviews.rating", "Текст": None}
    clicks = {"Дата": "account.date", "Переходы по ссылке в профиле": "account.bio_clicks"}
    subscribers = {"Дата": "account.date", "Подписчиков": "account.followers"}
    costs = {"Месяц": "costs.month", "Статья": "costs.item", "Сумма": "costs.amount"}
    return {
        FILES["community"]: {**community, "followers": {f"{YEAR}-01-01": round(4800 * shop.size)}},
        FILES["posts"]: community,
        FILES["clicks"]: {**community, "mapping": clicks},
        FILES["telegram"]: {**telegram, "mapping": post_sheet},
        FILES["subscribers"]: {**telegram, "mapping": subscribers},
        FILES["reviews"]: {"mapping": reviews},
        FILES["till"]: {"mapping": till},
        FILES["costs"]: {"mapping": costs},
        "owner": {
            "trade": "coffee_shop",
            "currency": "RUB",
            "time_zone": "Europe/Moscow",
            "margin_rate": 60,
            "working_hours": "Mo-Su 08:00-21:00",
        },
    }


if __name__ == "__main__":
    make(Path(__file__).parent)
