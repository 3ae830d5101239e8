"""Makes the figures of an invented online shop in Portland, Wrenfold Linen: Meta, Shopify, Analytics, costs.

Three problems are planted, one a month from September on:

* `quiet_reels`: reels, of which the shop posts most, reach half as many people as before;
* `tired_ads`: for two months 40 % fewer click on the ads for the same money, so that an order costs more;
* `deep_discount`: a code of 40 % brings a quarter more orders, each of which is worth a third less.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from sample_data import google, meta, workbook
from sample_data.chance import days
from sample_data.layouts import facebook_posts, instagram_posts, meta_overview, shopify_short
from sample_data.problem import MONTH, Problem, Story
from sample_data.shop import Shop, tell
from sample_data.shop_en import social, store
from sample_data.shop_en.words import ACCOUNT
from sample_data.workbook import Cell

MONTHS = range(-2, 13)
SMALLEST = 0.8  # of a smaller shop the ads sell too little for a verdict once they are worn out

PROBLEMS: Mapping[str, Problem] = {
    problem.id: problem
    for problem in (
        Problem(
            id="quiet_reels",
            what="reels reach half as many people",
            kpis=("reach_per_post",),
            also=("reach", "views", "engagements_total", "audience_activity", "link_clicks"),
            from_month=9,
            keeps=0.5,
        ),
        Problem(
            id="tired_ads",
            what="40 % fewer click on the ads for the same money",
            kpis=("ctr_ads", "cpc"),
            also=("roas", "drr", "cac", "conversions", "revenue_social", "profit_social", "roi", "romi"),
            from_month=10,
            keeps=0.6,
            lasts=2,
        ),
        Problem(
            id="deep_discount",
            what="orders are worth a third less, though there are more of them",
            kpis=("avg_order_value",),
            also=("roas", "drr", "cac", "revenue_social", "profit_social", "roi", "romi"),
            from_month=11,
            keeps=0.65,
        ),
    )
}

FILES = {
    "instagram": "Oct-01-2024_Dec-31-2025_1020241001123456.csv",
    "facebook": "Oct-01-2024_Dec-31-2025_5520241001654321.csv",
    "reach": "Reach.csv",
    "ads": "Wrenfold-Campaigns-Oct-1-2024-Dec-31-2025.csv",
    "orders": "orders_export_1.csv",
    "site": "Traffic_acquisition_Session_source_medium.csv",
    "costs": "costs.xlsx",
}


DEMO = {
    "trade": "online_shop",
    "lang": "en",
    "name": {"ru": "Wrenfold Linen", "en": "Wrenfold Linen"},
    "blurb": {
        "ru": "Instagram, Facebook, реклама Meta, заказы Shopify, сайт и затраты: 15 месяцев, на английском",
        "en": "Instagram, Facebook, Meta ads, Shopify orders, the website and costs: 15 months",
    },
    "goals": ["sales", "ad_efficiency", "awareness"],
    "targets": {"conversion_rate": 2.5, "avg_order_value": 90},
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
    shop = Shop(name="shop_en", seed=seed, size=max(size, SMALLEST), months=MONTHS, story=story)
    first, last = days(MONTHS[0])[0], days(MONTHS[-1])[-1]
    instagram_posts(folder / FILES["instagram"], social.instagram(shop))
    facebook_posts(folder / FILES["facebook"], social.facebook(shop))
    meta_overview(folder / FILES["reach"], "Instagram reach", social.reach(shop))
    meta.ads(folder / FILES["ads"], "USD", social.campaign(shop), shop.chance("ads details"))
    shopify_short(folder / FILES["orders"], store.orders(shop))
    about = ("Wrenfold", "wrenfold.example")
    google.analytics(folder / FILES["site"], about, first, last, store.visits(shop))
    workbook.write(folder / FILES["costs"], {"Costs": (("Month", "Item", "Amount"), *_costs(shop))})
    tell(folder, answers=_answers(), demo=DEMO)


def _costs(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    for month in shop.months:
        first = days(month)[0]
        yield first, "Social media freelancer", round(640 * shop.size)
        yield first, "Photos and reels", round(220 * shop.size)


def _answers() -> dict[str, object]:
    """Return what the owner would answer, in the shape of the command line's answers."""
    instagram, facebook = ({"network": name, "account": ACCOUNT} for name in ("instagram", "facebook"))
    return {
        FILES["instagram"]: instagram,
        FILES["facebook"]: facebook,
        FILES["reach"]: instagram,
        FILES["ads"]: {},
        FILES["orders"]: {},
        FILES["site"]: {},
        FILES["costs"]: {"mapping": {"Month": "costs.month", "Item": "costs.item", "Amount": "costs.amount"}},
        "owner": {
            "trade": "online_shop",
            "currency": "USD",
            "time_zone": "America/Los_Angeles",
            "margin_rate": 55,
        },
    }


if __name__ == "__main__":
    make(Path(__file__).parent)
