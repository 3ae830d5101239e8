"""Makes the figures of an invented language school in Samara, «Пеликан»: VK, YouTube, its site, requests.

Three problems are planted, one a month from September on:

* `worn_ads`: everyone has seen the ads, half as many click for the same money; after two months new ones run;
* `dry_posts`: posts in VK no longer say what the link is for, clicks on links fall by 55 %;
* `long_form`: the form on the site asks for eight things more, half of the requests are never sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from sample_data import template, workbook, youtube
from sample_data.chance import days
from sample_data.layouts import vk_posts
from sample_data.problem import MONTH, Problem, Story
from sample_data.school_ru import networks, site
from sample_data.school_ru.words import ACCOUNT
from sample_data.shop import SMALLEST, Shop, tell
from sample_data.vk import post_rows

MONTHS = range(-2, 13)  # October of 2024 to December of 2025
PROBLEMS: Mapping[str, Problem] = {
    problem.id: problem
    for problem in (
        Problem(
            id="worn_ads",
            what="half as many click on the ads in VK for the same money",
            kpis=("ctr_ads", "cpc"),
            also=("leads", "cpl", "drr", "romi", "cac", "social_sessions"),
            from_month=9,
            keeps=0.5,
            lasts=2,
        ),
        Problem(
            id="dry_posts",
            what="clicks on links in VK posts fall by 55 %",
            kpis=("link_clicks", "ctr_organic"),
            also=("leads", "cpl", "drr", "romi", "cac", "social_sessions"),
            network="vk",
            from_month=10,
            keeps=0.45,
        ),
        Problem(
            id="long_form",
            what="half of the requests on the site are never sent",
            kpis=("leads", "cvr_click_to_lead", "cpl"),
            also=("drr", "romi", "cac"),
            from_month=11,
            keeps=0.5,
        ),
    )
}
FILES = {
    "posts": "Записи ВКонтакте.csv",
    "ads": "VK Реклама, объявления по дням.xlsx",
    "videos": "Контент 2024-10-01_2025-12-31 Пеликан.csv",
    "visits": "Метрика, UTM по дням.csv",
    "deals": "amocrm_export_leads.csv",
    "orders": "getcourse_orders.csv",
    "costs": "Расходы на маркетинг.xlsx",
}
DEMO = {
    "trade": "private_school",
    "lang": "ru",
    "name": {"ru": "«Пеликан»", "en": "Pelikan School"},
    "blurb": {
        "ru": "ВКонтакте, YouTube, VK Реклама, визиты сайта, заявки и заказы: 15 месяцев",
        "en": "VK, YouTube, VK ads, visits of the site, requests and orders: 15 months, in Russian",
    },
    "goals": ["leads", "ad_efficiency", "traffic"],
    "targets": {"cpl": 1000, "ctr_ads": 0.9},
}


def make(
    folder: Path,
    seed: int = 1,
    size: float = 1.0,
    month: int = MONTH,
    problems: Collection[str] = tuple(PROBLEMS),
) -> None:
    """Write the school's files into `folder`; `month` is that of the first problem, `size` scales the school.

    A school is never smaller than `SMALLEST`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    story = Story(known=PROBLEMS, planted=problems, month=month)
    school = Shop(name="school", seed=seed, size=max(size, SMALLEST), months=MONTHS, story=story)
    posts = networks.posts(school)
    rows = post_rows(school, networks.PELIKAN, posts, lambda one: story.keeps("dry_posts", one))
    vk_posts(folder / FILES["posts"], rows)
    workbook.write(folder / FILES["ads"], {"Объявления": networks.ads(school)})
    youtube.content(folder / FILES["videos"], networks.videos(school), "ru")
    site.visits(folder / FILES["visits"], school)
    site.deals(folder / FILES["deals"], school)
    site.orders(folder / FILES["orders"], school)
    template.filled(folder / FILES["costs"], {"Расходы": _costs(school)})
    answers: dict[str, object] = {file: {} for file in FILES.values()}
    answers |= {
        FILES["posts"]: {"network": "vk", "account": ACCOUNT},
        FILES["videos"]: {"network": "youtube", "account": ACCOUNT},
        "owner": {
            "trade": "private_school",
            "currency": "RUB",
            "time_zone": "Europe/Samara",
            "margin_rate": 55,
            "working_hours": "Mo-Sa 09:00-20:00",
        },
    }
    tell(folder, answers=answers, demo=DEMO)


def _costs(school: Shop) -> Iterator[Sequence[workbook.Cell]]:
    for month in MONTHS:
        first = days(month)[0]
        yield first, "Ведение соцсетей", round(26000 * school.size)
        yield first, "Съёмка фото и видео", round(12000 * school.size)


if __name__ == "__main__":
    make(Path(__file__).parent)
