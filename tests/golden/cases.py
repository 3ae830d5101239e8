"""An invented November of three accounts, and every KPI of it worked out by hand-sized arithmetic.

Nothing here calls the product: sums, complete rows and means are plain Python over exact fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from kpi.model.reading import Reading
from tests.made import reading

Keys = Sequence[str]
Row = dict[str, Any]
Number = Fraction | None

NETWORK = {"shop": "instagram", "cafe": "instagram", "page": "facebook"}
COUNTS = {
    "instagram": ("reactions", "comments", "shares", "saves"),
    "facebook": ("reactions", "comments", "shares"),
}
DAYS = range(1, 31)
EARLIER = range(-3, 31)  # from 28 October: the level before the month is known

POST_COLUMNS = ("day", "reach", "views", "reactions", "comments", "shares", "saves", "link_clicks")
_POSTS: dict[str, list[tuple[Any, ...]]] = {
    "shop": [
        (2, 1000, 1500, 40, 5, 3, 2, 10),
        (5, 800, 1200, 30, 4, 2, 1, 0),
        (9, None, 900, 20, 2, 1, 1, 4),
        (14, 1200, 1700, None, 6, 4, 3, 7),
        (21, 600, 700, 12, 1, 0, 0, 3),
    ],
    "cafe": [
        (3, 400, 500, 16, 2, 1, 4, 2),
        (17, 500, None, 25, 3, 0, 2, 0),
        (28, 300, 420, 9, 0, 1, 1, 6),
    ],
    "page": [
        (6, 2000, 2600, 30, 8, 9, None, 20),
        (20, 1600, 2100, 22, 7, 5, None, None),
    ],
}
BASE = {"shop": 2000, "cafe": 900, "page": 5000}
STEP = {"shop": 3, "cafe": 2, "page": -1}


def posts_of(key: str) -> list[Row]:
    rows = [dict(zip(POST_COLUMNS, row, strict=True)) for row in _POSTS[key]]
    return [row | _more(i, row) for i, row in enumerate(rows)]


def _more(i: int, row: Row) -> Row:
    """What networks tell beside: who was reached, how videos were watched, what people did not like."""
    starts = None if i == 1 else 50 + 10 * i
    return {
        "reach_followers": None if i == 3 else row["reach"] and row["reach"] * 3 // 4,
        "reach_non_followers": row["reach"] and row["reach"] // 5 + i,
        "negative": None if i == 1 else 1 + i % 3,
        "follows": 2 + i,
        "video_starts": starts,
        "video_completions": None if i == 2 else 20 + i,
        "video_seconds": 30,
        "watch_seconds": None if i == 0 else 900 + 7 * i,
        "watchable_seconds": starts and 30 * starts,
        "views_3s": row["views"] and row["views"] // 2 + i,
        "comments_asking": 3 + i,
        "comments_answered": 1 + i,
    }


def followers(key: str, day: int) -> int:
    return BASE[key] + STEP[key] * day


def flow(key: str, column: str, day: int) -> int:
    """A figure of one day: small, different for each account, column and day."""
    scale = {"followers_new": 4, "followers_lost": 2, "followers_net": 1, "mentions": 1}.get(column, 11)
    return scale + (day * len(column) + len(key) + BASE[key] // 1000) % 3


FLOWS = (
    "followers_new",
    "followers_lost",
    "followers_net",
    "views",
    "profile_visits",
    "link_clicks",
    "bio_clicks",
    "mentions",
    "engagements",
)
UNIQUE = {
    "shop": {"reach": 9000, "reach_followers": 1500, "engaged": 720},
    "cafe": {"reach": 3000, "reach_followers": 600, "engaged": 150},
    "page": {"reach": 12000, "reach_followers": 4000, "engaged": 480},
}
ADS: list[Row] = [
    {
        "day": d,
        "spend": 100 + d,
        "impressions": 5000 + 10 * d,
        "link_clicks": 40 + d % 5,
        "all_clicks": 60 + d,
        "leads": d % 3,
        "orders": d % 2,
        "revenue": 500 * (d % 2),
        "follows": 2 + d % 4,
        "follow_spend": 40 + d % 7 if d % 3 else None,
    }
    for d in DAYS
]
ADS[3] = ADS[3] | {"spend": None}
ADS[8] = ADS[8] | {"revenue": None}
ORDERS: list[Row] = [
    {
        "day": 1 + i,
        "id": f"n{i}",
        "amount": 1000 + 10 * i,
        "refund": 100 if i == 4 else None,
        "cogs": 400 + i,
        "source": ("Instagram", "Зал", "VK, code word", "")[i % 4],
        "customer": f"c{i % 9}",
        "new": "yes" if i < 9 else "no",
    }
    for i in range(24)
]
LEADS: list[Row] = [
    {
        "day": 1 + i,
        "id": f"l{i}",
        "source": ("insta", "phone")[i % 2],
        "status": "new",
        "fits": ("yes", "yes", "no", None)[i // 2 % 4],
        "bought": ("no", None, "yes", "no")[i // 2 % 4],
    }
    for i in range(28)
]
MENTIONS = 7
MOODS = ("positive", "negative", None, "positive", "neutral", "positive", "negative")
COST = 30_000
MARGIN_RATE = 60
MARKET = {"revenue": 1_000_000, "units": 800}
RIVALS = {"revenue": 300_000, "mentions": 21, "engagements": 900, "followers": 12_000}
STARS = (5, 4, 5, 1, None, 5, 3, 5, 4, 5, 2)  # of the days -80, -71, …: the third of them is a September one
SHOWN = 4.6
ADS_REACH = 45_000
PROMISE = 30  # minutes within which an answer is promised
MESSAGES: list[Row] = [{"day": 1 + i, "minutes": 10 + (7 * i) % 50 if i % 5 else None} for i in range(26)]
SCORES = (10, 7, 3, 9, 10, 8, 9) * 3 + (10, 7)
STARS_OF_FIVE = (5, 4, 2, 5, 3, 4) * 4
EARLY_ENGAGERS = [(f"2025-10-{1 + 5 * i:02d}", i) for i in range(6)] + [("2025-10-31", 0)]
ENGAGERS = [(f"2025-11-{2 + 3 * i:02d}", 1 + i) for i in range(9)] + [("2025-11-30", 1)]
STORIES: list[Row] = [
    {
        "day": d,
        "first_frame_viewers": 200 + d,
        "last_frame_viewers": 150 + d if d % 9 else None,
        "exits": 20 + d % 5,
        "views": None if d == 4 else 900 + d,
    }
    for d in DAYS
]
SESSIONS: list[Row] = [
    {
        "day": d,
        "source": ("vk.com / referral", "google / organic")[d % 2],
        "sessions": 20 + d,
        "conversions": d % 4,
        "engaged_sessions": 11 + d if d != 10 else None,
        "bounces": 5 + d % 3,
    }
    for d in DAYS
]


def date_of(day: int) -> str:
    return f"2025-11-{day:02d}" if day > 0 else f"2025-10-{31 + day:02d}"


def _table(rows: Sequence[Row], when: str, columns: Sequence[str]) -> dict[str, list[Any]]:
    clock = "T12:00:00" if when == "at" else ""
    found: dict[str, list[Any]] = {when: [date_of(row["day"]) + clock for row in rows]}
    return found | {column: [row[column] for row in rows] for column in columns}


def posts_file(key: str, columns: Sequence[str]) -> Reading:
    network = NETWORK[key]
    rows = [row | {"id": f"{key}{i}"} for i, row in enumerate(posts_of(key))]
    own = [c for c in columns if c != "saves" or network == "instagram"]
    return reading(
        "posts",
        _table(rows, "at", ("id", *own)),
        file=f"{key}_posts.csv",
        network=network,
        account=key,
        counts=COUNTS[network],
    )


def account_file(key: str, columns: Sequence[str]) -> Reading:
    rows = [
        {"day": d, "followers": followers(key, d)} | {c: flow(key, c, d) for c in FLOWS} | _unique_day(key, d)
        for d in EARLIER
    ]
    return reading(
        "account", _table(rows, "date", columns), file=f"{key}_days.csv", network=NETWORK[key], account=key
    )


def _unique_day(key: str, day: int) -> Row:
    return {"reach": 100 + len(key) * 7 + day, "engaged": 10 + day % 4}


def window_file(key: str, columns: Sequence[str]) -> Reading:
    """Unique people of the whole month, as an export states them."""
    rows = {"starts": ["2025-11-01"], "ends": ["2025-11-30"]} | {c: [UNIQUE[key][c]] for c in columns}
    return reading("account", rows, file=f"{key}_month.csv", network=NETWORK[key], account=key)


def ads_file(columns: Sequence[str]) -> Reading:
    return reading("ads", _table(ADS, "starts", columns), file="ads.csv", network="facebook", currency="RUB")


def orders_file(columns: Sequence[str]) -> Reading:
    return reading("orders", _table(ORDERS, "at", columns), file="till.csv")


def leads_file(columns: Sequence[str]) -> Reading:
    return reading("leads", _table(LEADS, "at", columns), file="leads.csv")


def web_file(columns: Sequence[str]) -> Reading:
    return reading("web", _table(SESSIONS, "date", columns), file="web.csv")


def costs_file() -> Reading:
    rows = {"month": ["2025-11-01"], "item": ["Designer"], "amount": [COST]}
    return reading("costs", rows, file="costs.csv")


def mentions_file(columns: Sequence[str] = ()) -> Reading:
    told: dict[str, Any] = {"at": [date_of(3 * i + 1) + "T08:00:00" for i in range(MENTIONS)]}
    return reading("mentions", told | ({"mood": MOODS} if "mood" in columns else {}), file="said.csv")


def reviews_file(columns: Sequence[str]) -> Reading:
    """Reviews every nine days up to 29 November, of which ninety days hold the last ten."""
    last = date(2025, 11, 29)
    days = [(last - timedelta(days=9 * (len(STARS) - 1 - i))).isoformat() for i in range(len(STARS))]
    rows: dict[str, Any] = {"at": [f"{day}T10:00:00" for day in days]}
    return reading("reviews", rows | ({"rating": STARS} if "rating" in columns else {}), file="stars.csv")


def map_file(columns: Sequence[str]) -> Reading:
    """The rating that a map shows, noted by hand."""
    rows: dict[str, Any] = {"date": ["2025-11-02", "2025-11-23"], "views": [70, 90], "rating": [4.4, SHOWN]}
    kept = {name: rows[name] for name in ("date", "views", *columns)}
    return reading("account", kept, file="map.csv", network="maps", account="cafe")


def ads_month_file(columns: Sequence[str]) -> Reading:
    """All ads of the month in one row, as the cabinet states it."""
    whole = {"impressions": 150_000, "spend": 3_600, "reach": ADS_REACH}
    rows = {"starts": ["2025-11-01"], "ends": ["2025-11-30"]} | {c: [whole[c]] for c in columns}
    return reading("ads", rows, file="ads_month.csv", network="facebook", currency="RUB")


def messages_file(columns: Sequence[str]) -> Reading:
    rows = {
        "at": [f"{date_of(row['day'])}T10:00:00" for row in MESSAGES],
        "answered_at": [
            None if row["minutes"] is None else f"{date_of(row['day'])}T10:{row['minutes']:02d}:00"
            for row in MESSAGES
        ],
    }
    came = [float(row["minutes"] is not None) for row in MESSAGES]
    told = (
        {"answered": came} if "answered_at" in columns else {}
    )  # reading tells a blank reply from a bad one
    return reading("messages", {c: rows[c] for c in ("at", *columns)} | told, file="messages.csv")


def surveys_file(columns: Sequence[str]) -> Reading:
    """Answers of one to ten, or of one to five where `five` stands beside the score."""
    scores = STARS_OF_FIVE if "five" in columns else SCORES
    told: dict[str, Any] = {"at": [f"{date_of(1 + i)}T12:00:00" for i in range(len(scores))]}
    made = reading("surveys", told | ({"score": scores} if "score" in columns else {}), file="asked.csv")
    (table,) = made.tables
    named = [replace(c, heading="Score 1-5") if c.field == "surveys.score" else c for c in table.columns]
    return replace(made, tables=(replace(table, columns=tuple(named)),)) if "five" in columns else made


def stories_file(columns: Sequence[str]) -> Reading:
    return reading("stories", _table(STORIES, "date", columns), file="stories.csv")


def engagers_file(key: str, columns: Sequence[str]) -> Reading:
    """Who wrote or reacted in October and November; five of the first six come again."""
    days = [*EARLY_ENGAGERS, *ENGAGERS]
    rows: dict[str, Any] = {"date": [day for day, _ in days]}
    who = {"person": [f"{key}{number}" for _, number in days]} if "person" in columns else {}
    return reading("engagers", rows | who, file=f"{key}_who.csv", network=NETWORK[key], account=key)


def market_file(columns: Sequence[str]) -> Reading:
    rows: dict[str, Any] = {"starts": ["2025-09-01"], "ends": ["2025-11-30"]}
    return reading("market", rows | {c: [MARKET[c]] for c in columns}, file="market.csv")


def rivals_file(columns: Sequence[str]) -> Reading:
    """Two competitors, of whom the second has a third of every figure."""
    rows: dict[str, Any] = {
        "starts": ["2025-09-01"] * 2,
        "ends": ["2025-11-30"] * 2,
        "name": ["Rival", "Other"],
    }
    parts = {c: [RIVALS[c] * 2 // 3, RIVALS[c] // 3] for c in columns}
    return reading("competitors", rows | parts, file="rivals.csv")


# What the figures must be, worked out without the product.


def complete(keys: Keys, *columns: str) -> list[Row]:
    """The posts of these accounts in which all of these columns are filled."""
    rows = [
        row
        | {"followers_at_post": followers(key, row["day"]), "engagements": engagements(key, row), "count": 1}
        for key in keys
        for row in posts_of(key)
    ]
    return [row for row in rows if all(row[column] is not None for column in columns)]


def engagements(key: str, row: Row) -> int | None:
    kinds = [row[kind] for kind in COUNTS[NETWORK[key]]]
    return None if None in kinds else sum(kinds)


def ratio(above: str, below: str, times: int = 100) -> Callable[[Keys], Number]:
    def expected(keys: Keys) -> Number:
        rows = complete(keys, above, below)
        if not rows:
            return None
        return Fraction(times * sum(row[above] for row in rows), sum(row[below] for row in rows))

    return expected


def total(column: str) -> Callable[[Keys], Number]:
    def expected(keys: Keys) -> Number:
        rows = complete(keys, column)
        return Fraction(sum(row[column] for row in rows)) if rows else None

    return expected


def middle(column: str) -> Callable[[Keys], Number]:
    return lambda keys: Fraction(median(Fraction(row[column]) for row in complete(keys, column)))


def mean_followers(keys: Keys) -> Fraction:
    return sum((Fraction(sum(followers(key, d) for d in DAYS), 30) for key in keys), Fraction(0))


def of_account(column: str, keys: Keys) -> Fraction:
    return Fraction(sum(flow(key, column, d) for key in keys for d in DAYS))


def level(keys: Keys, day: int) -> Fraction:
    return Fraction(sum(followers(key, day) for key in keys))


def one_account(expected: Callable[[Keys], Number]) -> Callable[[Keys], Number]:
    """A figure that several accounts cannot have together."""
    return lambda keys: expected(keys) if len(keys) == 1 else None


def unique(column: str, key: str) -> Fraction:
    return Fraction(UNIQUE[key][column])


def daily(column: str, key: str) -> Fraction:
    return Fraction(sum(_unique_day(key, d)[column] for d in DAYS))


def ads_sum(column: str, *beside: str) -> Fraction:
    rows = [row for row in ADS if all(row[c] is not None for c in (column, *beside))]
    return Fraction(sum(row[column] for row in rows))


def social_orders() -> list[Row]:
    return [row for row in ORDERS if row["source"] in {"Instagram", "VK, code word"}]


def revenue(rows: Sequence[Row]) -> Fraction:
    return Fraction(sum(row["amount"] - (row["refund"] or 0) for row in rows))


def goods(rows: Sequence[Row]) -> Fraction:
    return Fraction(sum(row["cogs"] for row in rows))


def social_leads(column: str = "source", word: str | None = None) -> int:
    """Leads of social networks whose column says anything, or this word."""
    rows = [row for row in LEADS if row["source"] == "insta" and row[column] is not None]
    return sum(word in {None, row[column]} for row in rows)


def social_sessions(column: str, *beside: str) -> Fraction:
    rows = [row for row in SESSIONS if all(row[c] is not None for c in (column, *beside))]
    return Fraction(sum(row[column] for row in rows if row["source"].startswith("vk")))


def beside(rows: Sequence[Row], above: str, below: str) -> Fraction:
    """A share of the complete rows."""
    told = [row for row in rows if row[above] is not None and row[below] is not None]
    return Fraction(100 * sum(row[above] for row in told), sum(row[below] for row in told))
