"""Writers of the workbooks in which LinkedIn tells of a page: its content, followers and visitors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sample_data import workbook
from sample_data.workbook import Cell

_POSTS = (
    "Post title", "Post link", "Post type", "Campaign name", "Posted by", "Created date",
    "Campaign start date", "Campaign end date", "Audience", "Impressions", "Views", "Offsite Views",
    "Clicks", "Click through rate (CTR)", "Likes", "Comments", "Reposts", "Follows", "Engagement rate",
    "Content Type",
)  # fmt: skip
_NOTE = (
    "Engagement metrics for individual posts. Created date indicates when your post was created. "
    "All dates and times are in UTC."
)
_NOTE_OF_DAYS = (
    "Aggregated engagement metrics for your organic and sponsored posts over time. Date indicates when your "
    "posts were viewed by LinkedIn members. All dates and times are in UTC."
)
_KINDS = ("Clicks", "Reactions", "Comments", "Reposts")
_PARTS = ("organic", "sponsored", "total")
_DAYS = (
    "Date",
    *(f"Impressions ({part})" for part in _PARTS),
    "Unique impressions (organic)",
    *(f"{kind} ({part})" for kind in _KINDS for part in _PARTS),
    *(f"Engagement rate ({part})" for part in _PARTS),
)
_FOLLOWERS = (
    "Date", "Sponsored followers", "Organic followers", "Auto-invited followers", "Total followers",
)  # fmt: skip
_TABS = ("Overview", "Life", "Jobs", "Total")
_SEEN = ("page views", "unique visitors")
_DEVICES = ("desktop", "mobile", "total")
_VISITORS = (
    "Date",
    *(f"{tab} {seen} ({device})" for tab in _TABS for seen in _SEEN for device in _DEVICES),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePost:
    """A post of a page; `form` is what LinkedIn calls its content type."""

    number: int
    day: date
    title: str
    author: str
    form: str
    impressions: int
    clicks: int
    likes: int
    comments: int
    reposts: int

    @property
    def rate(self) -> float:
        """The engagement rate as LinkedIn counts it: clicks too."""
        return (self.clicks + self.likes + self.comments + self.reposts) / self.impressions


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDay:
    """A day of a page's content; nothing of it is sponsored."""

    day: date
    impressions: int
    people: int
    clicks: int = 0
    reactions: int = 0
    comments: int = 0
    reposts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageVisits:
    """Views and visitors of a page on a day, of which each has a part on mobile devices."""

    day: date
    views: int
    people: int
    on_mobile: float


def content(path: Path, days: Iterable[PageDay], posts: Iterable[PagePost]) -> None:
    """Write the sheets of figures by day and of single posts, newest post first."""
    newest = sorted(posts, key=lambda post: -post.number)
    workbook.write(
        path,
        {
            "Metrics": ((_NOTE_OF_DAYS,), _DAYS, *map(_day, days)),
            "All posts": ((_NOTE,), _POSTS, *map(_post, newest)),
        },
    )


def followers(path: Path, new: Iterable[tuple[date, int]], locations: Mapping[str, int]) -> None:
    """Write the new followers by day and where all followers are."""
    told = ((_us(day), 0, count, 0, count) for day, count in new)
    workbook.write(
        path,
        {
            "New followers": (_FOLLOWERS, *told),
            "Location": (("Location", "Total followers"), *locations.items()),
        },
    )


def visitors(path: Path, days: Iterable[PageVisits], functions: Mapping[str, int]) -> None:
    """Write the visitors of a page by day, and the functions that they have at work."""
    workbook.write(
        path,
        {
            "Visitor metrics": (_VISITORS, *map(_visits, days)),
            "Job function": (("Job function", "Total views"), *functions.items()),
        },
    )


def _us(day: date) -> str:
    return f"{day:%m/%d/%Y}"


def _post(post: PagePost) -> tuple[Cell, ...]:
    return (
        post.title,
        f"https://www.linkedin.com/feed/update/urn:li:activity:72{post.number:017}",
        "Organic",
        None,
        post.author,
        _us(post.day),
        None,
        None,
        "All followers",
        post.impressions,
        None,
        None,
        post.clicks,
        post.clicks / post.impressions,
        post.likes,
        post.comments,
        post.reposts,
        None,
        post.rate,
        post.form,
    )


def _day(one: PageDay) -> tuple[Cell, ...]:
    kinds = (one.clicks, one.reactions, one.comments, one.reposts)
    rate = sum(kinds) / one.impressions if one.impressions else 0
    return (
        _us(one.day),
        *(one.impressions, 0, one.impressions),
        one.people,
        *(count for kind in kinds for count in (kind, 0, kind)),
        *(rate, 0, rate),
    )


def _visits(one: PageVisits) -> tuple[Cell, ...]:
    return (_us(one.day), *(count for part in _parts(one) for count in part))


def _parts(one: PageVisits) -> Iterator[tuple[int, int, int]]:
    """Yield desktop, mobile and total: of views and visitors, for each tab and for all of them."""
    shares = {"Overview": 0.7, "Life": 0.1, "Jobs": 0.2}
    for share in (*shares.values(), 1.0):
        for count in (one.views, one.people):
            whole = round(count * share)
            mobile = round(whole * one.on_mobile)
            yield whole - mobile, mobile, whole
