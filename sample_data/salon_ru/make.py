"""Makes the figures of an invented beauty salon in Yaroslavl, «Белая ива»: Instagram, VK, visits, the desk.

Four problems are planted from September on:

* `flat_reels`: the masters' Instagram posts reach half as many people;
* `slow_answers`: the administrator is on leave for two months: a third of the messages stays without an
  answer, and the others wait four times as long;
* `lost_bookings`: the booking link in the profiles is broken, visits from Instagram and VK fall by half;
* `tired_masters`: before New Year everything is done in a hurry, and the stars of the reviews show it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from sample_data import template
from sample_data.layouts import instagram_posts_ru, own_sheet, vk_community, vk_posts
from sample_data.problem import MONTH, Problem, Story
from sample_data.salon_ru import desk, social
from sample_data.salon_ru.words import ACCOUNT
from sample_data.shop import SMALLEST, Shop, tell
from sample_data.vk import community, post_rows

MONTHS = range(-2, 13)  # October of 2024 to December of 2025
PROBLEMS: Mapping[str, Problem] = {
    problem.id: problem
    for problem in (
        Problem(
            id="flat_reels",
            what="an Instagram post reaches half as many people",
            kpis=("reach_per_post", "views"),
            also=("reach_rate", "audience_activity", "engagements_total", "er_day"),
            network="instagram",
            from_month=9,
            keeps=0.5,
        ),
        Problem(
            id="slow_answers",
            what="a third of the messages gets no answer, the others wait four times as long",
            kpis=("response_rate", "first_response_time"),
            from_month=10,
            keeps=0.7,
            lasts=2,
        ),
        Problem(
            id="lost_bookings",
            what="visits by guests from Instagram and VK fall by half",
            kpis=("conversions", "conversion_rate"),
            also=("revenue_social", "profit_social", "roi", "romi"),
            from_month=11,
            keeps=0.5,
        ),
        Problem(
            id="tired_masters",
            what="reviews give two stars less",
            kpis=("avg_rating",),
            from_month=12,
            keeps=0.6,
        ),
    )
}
FILES = {
    "instagram": "окт-01-2024_дек-31-2025_1020250202123456.csv",
    "posts": "Записи ВКонтакте.csv",
    "community": "Статистика сообщества ВКонтакте.csv",
    "visits": "Журнал визитов.xlsx",
    "clicks": "Переходы на запись.xlsx",
    "template": "Учёт салона.xlsx",
}
DEMO = {
    "trade": "beauty_salon",
    "lang": "ru",
    "name": {"ru": "«Белая ива»", "en": "Belaya Iva"},
    "blurb": {
        "ru": "Instagram, ВКонтакте, журнал визитов, отзывы и сообщения: 15 месяцев",
        "en": "Instagram, VK, visits, reviews and messages: 15 months, in Russian",
    },
    "goals": ["awareness", "reputation", "sales"],
    "targets": {"avg_rating": 4.6, "first_response_time": 30, "conversion_rate": 10},
}


def make(
    folder: Path,
    seed: int = 1,
    size: float = 1.0,
    month: int = MONTH,
    problems: Collection[str] = tuple(PROBLEMS),
) -> None:
    """Write the salon's files into `folder`; `month` is that of the first problem, `size` scales the salon.

    A salon is never smaller than `SMALLEST`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    story = Story(known=PROBLEMS, planted=problems, month=month)
    shop = Shop(name="salon", seed=seed, size=max(size, SMALLEST), months=MONTHS, story=story)
    posts = social.in_vk(shop)
    instagram_posts_ru(folder / FILES["instagram"], social.on_instagram(shop))
    vk_posts(folder / FILES["posts"], post_rows(shop, social.IVA, posts))
    vk_community(folder / FILES["community"], community(shop, social.IVA, posts, lambda _: 1.0))
    own_sheet(folder / FILES["visits"], "Визиты", desk.VISITS, desk.visits(shop))
    clicks = ("Дата", "Нажали «Записаться»")
    own_sheet(folder / FILES["clicks"], "Переходы", clicks, desk.booking_clicks(shop))
    template.filled(folder / FILES["template"], desk.template(shop))
    tell(folder, answers=_answers(shop), demo=DEMO)


def _answers(shop: Shop) -> dict[str, object]:
    """Return what the owner would answer, in the shape of the command line's answers."""
    in_vk = {"network": "vk", "account": ACCOUNT}
    visits = dict(
        zip(
            desk.VISITS,
            ("orders.at", None, None, "orders.customer", "orders.source", "orders.amount"),
            strict=True,
        )
    )
    clicks = {"Дата": "account.date", "Нажали «Записаться»": "account.bio_clicks"}
    return {
        FILES["instagram"]: {},
        FILES["posts"]: in_vk,
        FILES["community"]: {**in_vk, "followers": {"2024-10-01": round(3100 * shop.size)}},
        FILES["visits"]: {"mapping": visits},
        FILES["clicks"]: {**in_vk, "mapping": clicks},
        FILES["template"]: {},
        "owner": {
            "trade": "beauty_salon",
            "currency": "RUB",
            "time_zone": "Europe/Moscow",
            "margin_rate": 45,
            "working_hours": "Mo-Su 10:00-21:00",
        },
    }


if __name__ == "__main__":
    make(Path(__file__).parent)
