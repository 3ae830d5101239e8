"""Rows in which Meta tells of posts and campaigns, whoever the business is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sample_data.chance import Chance, Post
from sample_data.layouts import Row, us_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An account on Instagram or Facebook: its name, its number and what it writes.

    `codes` are those that posts give out, by the post's number.
    """

    account: str
    number: int
    texts: Sequence[str]
    codes: Mapping[int, str] = field(default_factory=dict)

    def text(self, text: str, post: Post) -> str:
        """Return what a post says, with its code."""
        code = self.codes.get(post.number)
        return text if code is None else f"{text}\n\nThis week: 10 % off with code {code}"


def tail(network: str, number: int) -> str:
    """Return the end of the address of a post: what tells it from all others."""
    return f"W{number:05}x" if network == "instagram" else f"122{number:06}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdDay:
    """A day of a campaign; `results` are what it is for, of which `revenue` came where it sells."""

    day: date
    campaign: str
    spend: float
    impressions: int
    clicks: int
    results: int
    revenue: float | None = None


def instagram(page: Page, posts: Sequence[tuple[Post, str]], chance: Chance) -> Iterator[Row]:
    """Yield posts on Instagram; each month the most ordinary one lacks its reach, as joint posts do."""
    for (post, form), text in zip(posts, chance.mix(page.texts, len(posts)), strict=True):
        comments, saves, shares = (round(post.actions * part) for part in (0.07, 0.08, 0.06))
        film = form == "IG reel"
        kind = "reel" if film else "p"
        people: Row = {"Reach": post.reach, "Follows": round(post.reach * chance.random.uniform(0, 0.002))}
        yield {
            "Post ID": f"18{page.number + post.number * 7919:015}",
            "Account ID": f"178414{page.number:011}",
            "Account username": page.account,
            "Account name": page.account,
            "Description": page.text(text, post),
            "Duration (sec)": chance.random.randrange(8, 60) if film else 0,
            "Publish time": us_time(post.at),
            "Permalink": f"https://www.instagram.com/{kind}/{tail('instagram', post.number)}/",
            "Post type": form,
            "Date": "Lifetime",
            "Views": round(post.reach * chance.random.uniform(1.25, 1.5)),
            **({} if post.middling else people),
            "Likes": post.actions - comments - saves - shares,
            "Shares": shares,
            "Comments": comments,
            "Saves": saves,
        }


def facebook(page: Page, posts: Sequence[tuple[Post, str]], chance: Chance) -> Iterator[Row]:
    """Yield posts on Facebook."""
    for (post, form), text in zip(posts, chance.mix(page.texts, len(posts)), strict=True):
        comments, shares = round(post.actions * 0.1), round(post.actions * 0.07)
        link, photo = round(post.reach * chance.random.uniform(0.008, 0.012)), round(post.reach * 0.01)
        other = round(post.reach * chance.random.uniform(0.01, 0.02))
        yield {
            "Post ID": f"122{page.number + post.number * 6007:012}",
            "Page ID": f"1000{page.number}",
            "Page name": page.account,
            "Title": page.text(text, post),
            "Duration (sec)": chance.random.randrange(8, 60) if form == "Reels" else 0,
            "Publish time": us_time(post.at),
            "Caption type": "N/A",
            "Permalink": f"https://www.facebook.com/{page.account}/posts/{tail('facebook', post.number)}",
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


def ads(path: Path, currency: str, rows: Iterable[AdDay], chance: Chance) -> None:
    """Write campaigns by day as Meta Ads Manager exports the columns that an owner has chosen."""
    headings = (
        "Campaign name", "Day", "Campaign delivery", "Result type", "Results", "Reach", "Impressions",
        f"Amount spent ({currency})", "Link clicks", "Clicks (all)", "Leads", "Purchases",
        "Purchases conversion value", "Reporting starts", "Reporting ends",
    )  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        for one in rows:
            sells = one.revenue is not None
            writer.writerow(
                (
                    one.campaign,
                    one.day,
                    "active",
                    "Website purchases" if sells else "Leads (form)",
                    one.results or None,
                    round(one.impressions * chance.random.uniform(0.7, 0.85)),
                    one.impressions,
                    f"{one.spend:.2f}",
                    one.clicks,
                    round(one.clicks * chance.random.uniform(1.2, 1.6)),
                    None if sells else one.results,
                    one.results if sells else None,
                    None if one.revenue is None else f"{one.revenue:.2f}",
                    one.day,
                    one.day,
                )
            )
