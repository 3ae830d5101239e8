"""Makes the figures of an invented coffee shop in Madison, Copper Heron Coffee: Meta, Shopify, costs.

Three problems are planted, one a month from September on:

* `stock_pictures`: single stock pictures replace reels and carousels, posts get half the interactions;
* `tired_ads`: the ads are worn out, half as many click for the same money, and leads and purchases follow;
* `lost_orders`: the profiles no longer show the discount codes, orders traced by them fall by 55 %.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from sample_data.chance import MONTHS, YEAR, days
from sample_data.coffee_en import meta, till
from sample_data.coffee_en.words import ACCOUNT
from sample_data.layouts import (
    Cell,
    facebook_posts,
    instagram_posts,
    meta_ads_daily,
    meta_overview,
    own_sheet,
    shopify_orders,
)
from sample_data.problem import MONTH, Problem, Story
from sample_data.shop import SMALLEST, Shop, tell

PROBLEMS: Mapping[str, Problem] = {
    problem.id: problem
    for problem in (
        Problem(
            id="stock_pictures",
            what="posts get half the interactions for the same reach",
            kpis=("engagement_rate", "reaction_rate"),
            also=(
                "audience_activity",
                "engagements_total",
                "er_day",
                "share_rate",
                "comment_rate",
                "save_rate",
            ),
            from_month=9,
            keeps=0.5,
        ),
        Problem(
            id="tired_ads",
            what="half as many click on the ads for the same money",
            kpis=("ctr_ads",),
            also=("cpc", "cpl", "roas", "drr", "leads"),
            from_month=10,
            keeps=0.5,
        ),
        Problem(
            id="lost_orders",
            what="orders with a discount code of Instagram or Facebook fall by 55 %",
            kpis=("conversions", "conversion_rate"),
            also=("revenue_social", "profit_social", "roi", "romi"),
            from_month=11,
            keeps=0.45,
        ),
    )
}

FILES = {
    "instagram": "Jan-01-2025_Dec-31-2025_1020250101123456.csv",
    "facebook": "Jan-01-2025_Dec-31-2025_5520250101654321.csv",
    "ads": "Copper-Heron-Campaigns-Jan-1-2025-Dec-31-2025.csv",
    "orders": "orders_export.csv",
    "followers": "followers.xlsx",
    "costs": "costs.xlsx",
}

DEMO = {
    "trade": "coffee_shop",
    "lang": "en",
    "name": {"ru": "Copper Heron Coffee", "en": "Copper Heron Coffee"},
    "blurb": {
        "ru": "Instagram, Facebook, реклама Meta, заказы Shopify и затраты: весь 2025 год, на английском",
        "en": "Instagram, Facebook, Meta ads, Shopify orders and costs: all of 2025",
    },
    "goals": ["engagement", "sales", "ad_efficiency"],
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
    story = Story(known=PROBLEMS, planted=problems, month=month)
    shop = Shop(name="en", seed=seed, size=max(size, SMALLEST), months=MONTHS, story=story)
    instagram_posts(folder / FILES["instagram"], meta.instagram(shop))
    facebook_posts(folder / FILES["facebook"], meta.facebook(shop))
    meta_ads_daily(folder / FILES["ads"], meta.campaigns(shop))
    answers = _answers()
    for file, title, values in meta.overview(shop):
        meta_overview(folder / file, title, values)
        answers[file] = {"network": "instagram", "account": ACCOUNT}
    shopify_orders(folder / FILES["orders"], till.orders(shop))
    own_sheet(
        folder / FILES["followers"],
        "Followers",
        ("Date", "Network", "Account", "Followers"),
        _followers(shop),
    )
    own_sheet(folder / FILES["costs"], "Costs", ("Month", "Item", "Amount"), _costs(shop))
    tell(folder, answers=answers, demo=DEMO)


def _followers(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    chance = shop.chance("followers")
    levels = {"Instagram": 6400 * shop.size, "Facebook": 3100 * shop.size}
    for day in (day for month in MONTHS for day in days(month)):
        for network, growth in (("Instagram", 2.2), ("Facebook", 0.5)):
            levels[network] += shop.size * chance.random.gauss(growth, 2)
            if not meta.silent(day):
                yield day, network, ACCOUNT, round(levels[network])


def _costs(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    for month in MONTHS:
        first = date(YEAR, month, 1)
        yield first, "Social media contractor", round(260 * shop.size)
        yield first, "Photo shoots for social media", round(60 * shop.size)
        yield first, "Meta Ads budget", round(24 * len(days(month)) * shop.size)


def _answers() -> dict[str, object]:
    """Return what the owner would answer, in the shape of the command line's answers."""
    followers = {
        "Date": "account.date",
        "Network": "account.network",
        "Account": "account.account",
        "Followers": "account.followers",
    }
    return {
        FILES["instagram"]: {"network": "instagram", "account": ACCOUNT},
        FILES["facebook"]: {"network": "facebook", "account": ACCOUNT},
        FILES["ads"]: {},
        FILES["orders"]: {},
        FILES["followers"]: {"mapping": followers},
        FILES["costs"]: {"mapping": {"Month": "costs.month", "Item": "costs.item", "Amount": "costs.amount"}},
        "owner": {
            "trade": "coffee_shop",
            "currency": "USD",
            "time_zone": "America/Chicago",
            "margin_rate": 60,
            "working_hours": "Mo-Fr 08:00-16:00",
        },
    }


if __name__ == "__main__":
    make(Path(__file__).parent)
