"""What Meta tells of the shop: posts on Instagram and Facebook, days of the profile, advertising."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sample_data.chance import MONTHS, YEAR, Post
from sample_data.codes import Live, coded, lived
from sample_data.coffee_en.words import ACCOUNT, CODES, TEXTS, WEEK
from sample_data.layouts import Row, us_time
from sample_data.shop import Shop

_SILENT = (date(YEAR, 2, 10), date(YEAR, 2, 16))  # a week that Meta does not tell
_FORMATS = ("IG reel", "IG carousel", "IG image")
_PAGE_FORMATS = ("Photos", "Photos", "Reels", "Links")
_USUAL = {"instagram": (18, 1600, 0.06), "facebook": (16, 800, 0.045)}  # posts, their reach and its share
_ERROR = "An error occurred while computing metadata for content with ID 12209{}. Try again later."


def silent(day: date) -> bool:
    """Tell whether a day lies in the week without figures."""
    return _SILENT[0] <= day <= _SILENT[1]


def _feed(shop: Shop, name: str) -> list[Post]:
    chance, story = shop.chance(name), shop.story
    many, reach, rate = _USUAL[name]
    return list(
        chance.posts(
            shop.count(many),
            reach=lambda month: reach * shop.size * chance.level(month),
            rate=lambda month: rate * chance.level(month) * story.keeps("stock_pictures", month),
        )
    )


def _said(text: str, code: str | None) -> str:
    return text if code is None else f"{text}\n\nThis week: 10 % off with code {code}"


def codes(shop: Shop) -> Mapping[str, tuple[Live, ...]]:
    """Return the codes that posts of each network gave out."""
    feeds = {name: _feed(shop, name) for name in _USUAL}
    return {name: lived(posts, coded(shop, name, posts, CODES[name])) for name, posts in feeds.items()}


def instagram(shop: Shop) -> Iterator[Row]:
    """Yield a year of Instagram posts."""
    chance = shop.chance("instagram details")
    posts = _feed(shop, "instagram")
    codes = coded(shop, "instagram", posts, CODES["instagram"])
    shown = zip(posts, chance.mix(_FORMATS, len(posts)), chance.mix(TEXTS, len(posts)), strict=True)
    for post, usual, text in shown:
        form = "IG image" if shop.story.keeps("stock_pictures", post.at.month) < 1 else usual
        comments, saves, shares = (round(post.actions * part) for part in (0.07, 0.08, 0.06))
        film = form == "IG reel"
        # Each month one post's reach is missing, as it is for posts made together with others.
        people: Row = {"Reach": post.reach, "Follows": round(post.reach * chance.random.uniform(0, 0.002))}
        yield {
            "Post ID": f"18{20250101 + post.number * 7919:015}",
            "Account ID": "17841400020250101",
            "Account username": ACCOUNT,
            "Account name": ACCOUNT,
            "Description": _said(text, codes.get(post.number)),
            "Duration (sec)": chance.random.randrange(8, 60) if film else 0,
            "Publish time": us_time(post.at),
            "Permalink": f"https://www.instagram.com/{'reel' if film else 'p'}/CH{post.number:05}x/",
            "Post type": form,
            "Date": "Lifetime",
            "Views": round(post.reach * chance.random.uniform(1.25, 1.5)),
            **({} if post.middling else people),
            "Likes": post.actions - comments - saves - shares,
            "Shares": shares,
            "Comments": comments,
            "Saves": saves,
        }


def facebook(shop: Shop) -> Iterator[Row]:
    """Yield a year of Facebook posts, two of which Meta could not tell about."""
    chance = shop.chance("facebook details")
    posts = _feed(shop, "facebook")
    codes = coded(shop, "facebook", posts, CODES["facebook"])
    shown = zip(posts, chance.mix(_PAGE_FORMATS, len(posts)), chance.mix(TEXTS, len(posts)), strict=True)
    for post, form, text in shown:
        comments, shares = round(post.actions * 0.1), round(post.actions * 0.07)
        link, photo = round(post.reach * chance.random.uniform(0.008, 0.012)), round(post.reach * 0.01)
        other = round(post.reach * chance.random.uniform(0.01, 0.02))
        yield {
            "Post ID": f"122{20250101 + post.number * 6007:012}",
            "Page ID": "100020250101",
            "Page name": ACCOUNT,
            "Title": _said(text, codes.get(post.number)),
            "Duration (sec)": chance.random.randrange(8, 60) if form == "Reels" else 0,
            "Publish time": us_time(post.at),
            "Caption type": "N/A",
            "Permalink": f"https://www.facebook.com/{ACCOUNT}/posts/122{post.number:06}",
            "Is crosspost": 0,
            "Is share": 0,
            "Post type": form,
            "Date": "Lifetime",
            "Views": round(post.reach * chance.random.uniform(1.2, 1.5)),
            "Reach": post.reach,
            "Reactions, Comments and Shares": post.actions,
            "Reactions": post.actions - comments - shares,
            "Comments": comments,
            "Shares": shares,
            "Total clicks": link + photo + other,
            "Link Clicks": link,
            "Other Clicks": other,
            "Matched Audience Targeting Consumption (Photo Click)": photo,
        }
    yield {"Data comment": _ERROR.format("01"), "Date": "Lifetime"}
    yield {"Data comment": _ERROR.format("02"), "Date": "Lifetime", "Views": 51}


def overview(shop: Shop) -> Iterator[tuple[str, str, list[tuple[date, int]]]]:
    """Yield the cards of the profile: file, title and figures by day."""
    cards = (
        ("Reach.csv", "Instagram reach", 900),
        ("Follows.csv", "Instagram follows", 4),
        ("Visits.csv", "Instagram profile visits", 30),
        ("Link clicks.csv", "Instagram link clicks", 31),
    )
    for file, title, usual in cards:
        chance = shop.chance(title)
        told = [
            (day, count)
            for month in MONTHS
            for day, count in chance.by_day(month, 30 * usual * shop.size * chance.level(month), WEEK)
        ]
        # Meta leaves out the days on which nobody followed.
        yield file, title, [row for row in told if row[1] and not (file == "Reach.csv" and silent(row[0]))]


def campaigns(shop: Shop) -> Iterator[Row]:
    """Yield two campaigns by day."""
    yield from _campaign(shop, "Beans online, sales", budget=16, clicks=660, purchases=60)
    yield from _campaign(shop, "Catering, leads", budget=8, clicks=340, leads=78)


def _campaign(
    shop: Shop, name: str, *, budget: float, clicks: float, leads: float = 0, purchases: float = 0
) -> Iterator[Row]:
    """Yield the days of a campaign; its figures are those of 30 days, its budget that of one."""
    chance = shop.chance(name)
    for month in MONTHS:
        level = chance.level(month) * shop.size * shop.story.keeps("tired_ads", month)
        by_kind = (chance.by_day(month, count * level, WEEK) for count in (clicks, leads, purchases))
        for (day, clicked), (_, lead), (_, sold) in zip(*by_kind, strict=True):
            spend = round(budget * shop.size * chance.wobble(0.04), 2)
            views = round(spend * 66 * chance.wobble(0.05))
            results = lead or sold
            yield {
                "Reporting starts": day.isoformat(),
                "Reporting ends": day.isoformat(),
                "Campaign name": name,
                "Day": day.isoformat(),
                "Campaign delivery": "active",
                "Attribution setting": "7-day click or 1-day view",
                "Results": results or None,
                "Result indicator": "actions:lead"
                if leads
                else "actions:offsite_conversion.fb_pixel_purchase",
                "Reach": round(views * chance.random.uniform(0.7, 0.85)),
                "Impressions": views,
                "Cost per results": round(spend / results, 8) if results else None,
                "Amount spent (USD)": spend,
                "Link clicks": clicked,
                "Clicks (all)": round(clicked * chance.random.uniform(1.2, 1.6)),
                "Leads": lead or (0 if leads else None),
                "Purchases": sold or (0 if purchases else None),
                "Purchases conversion value": round(sold * 40 * chance.wobble(0.05), 2)
                if purchases
                else None,
                "Ends": "Ongoing",
            }
