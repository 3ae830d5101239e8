"""What the firm's own tools tell: visits of its site, ads on YouTube, requests and costs."""

from __future__ import annotations

from collections.abc import Iterator

from sample_data.b2b_en.words import WEEK
from sample_data.chance import days
from sample_data.google import Campaign, Visits
from sample_data.shop import Shop
from sample_data.workbook import Cell

# Visits of a month by source, and whether a network sent them.
_SOURCES = (
    ("linkedin / social", 1150.0, True),
    ("youtube / social", 260.0, True),
    ("google / organic", 640.0, False),
    ("(direct) / (none)", 380.0, False),
)
_CAMPAIGNS = (("YouTube, webinar replays", 30.0, 410.0), ("YouTube, back to the demo", 16.0, 190.0))
# Requests of a month by where they came from, and which part of them fits and buys.
_REQUESTS = (
    ("LinkedIn", 50.0, 0.58, 0.2),
    ("YouTube", 16.0, 0.5, 0.15),
    ("Website", 22.0, 0.55, 0.2),
    ("Client told", 12.0, 0.85, 0.45),
)
_FIRMS = ("bakery", "dairy", "joinery", "clinic", "carrier", "printer", "hotel", "nursery")


def visits(shop: Shop) -> Iterator[Visits]:
    """Yield the visits of the site by day and source."""
    chance = shop.chance("visits")
    for month in shop.months:
        kept = shop.story.keeps("idle_visits", month)
        levels = [many * chance.level(month) / (kept if social else 1) for _, many, social in _SOURCES]
        told = [list(chance.evenly(month, level * shop.size, WEEK)) for level in levels]
        for place, day in enumerate(days(month)):
            for (source, _, social), by_day in zip(_SOURCES, told, strict=True):
                _, count = by_day[place]
                if count:
                    idle = kept if social else 1.0
                    yield Visits(
                        day=day,
                        source=source,
                        sessions=count,
                        engaged=round(count * chance.random.uniform(0.5, 0.6) * idle),
                        seconds=round(chance.random.uniform(40, 90) * idle, 1),
                        key_events=chance.some(count, 0.045 * idle),
                    )


def campaigns(shop: Shop) -> Iterator[Campaign]:
    """Yield the days of the ads on YouTube."""
    chance = shop.chance("ads")
    for month in shop.months:
        level = chance.level(month) * shop.size
        clicked = [dict(chance.evenly(month, clicks * level, WEEK)) for _, _, clicks in _CAMPAIGNS]
        for day in days(month):
            for (name, budget, _), clicks in zip(_CAMPAIGNS, clicked, strict=True):
                count = clicks[day]
                yield Campaign(
                    day=day,
                    name=name,
                    clicks=count,
                    impressions=count * 90 + chance.random.randrange(200, 400),
                    cost=round(budget * shop.size * chance.wobble(0.05), 2),
                    conversions=chance.some(count, 0.03),
                )


def requests(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    """Yield the requests in the list of clients, with whether they fit and whether they were won."""
    chance = shop.chance("requests")
    number = 4000
    for month in shop.months:
        kept = shop.story.keeps("wrong_leads", month)
        told = []
        for source, many, fits, won in _REQUESTS:
            level = chance.level(month) * chance.wobble(0.03)
            dates = chance.dates(month, many * shop.size * level, WEEK)
            lost = kept if source in {"LinkedIn", "YouTube"} else 1.0
            fit, bought = (part * chance.wobble(0.04) * lost * len(dates) for part in (fits, won))
            places = chance.mix(range(len(dates)), len(dates))
            told += [
                (day, source, place < fit, place < bought) for day, place in zip(dates, places, strict=True)
            ]
        for day, source, fit_us, bought_us in sorted(told, key=lambda line: line[0]):
            number += 1
            firm = f"{chance.random.choice(_FIRMS)} {number}"
            yield day, number, firm, source, "yes" if fit_us else "no", "yes" if bought_us else "no"


def costs(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    """Yield what marketing costs by month."""
    for month in shop.months:
        yield days(month)[0], "Content writer, LinkedIn", round(950 * shop.size)
        yield days(month)[0], "Filming and cutting videos", round(600 * shop.size)
        yield days(month)[0], "Design of documents and slides", round(250 * shop.size)
