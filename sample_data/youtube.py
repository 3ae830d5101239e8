"""The writer of the table of videos that YouTube Studio exports."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_HEADINGS = {
    "en": (
        "Content", "Video title", "Video publish time", "Duration", "Views", "Watch time (hours)",
        "Subscribers", "Average view duration", "Likes", "Shares", "Comments added", "Impressions",
        "Impressions click-through rate (%)",
    ),
    "ru": (
        "Контент", "Название видео", "Время публикации видео", "Продолжительность", "Просмотры",
        "Время просмотра (часы)", "Подписчики", "Средняя продолжительность просмотра",
        'Отметки "Нравится"', "Поделились", "Новые комментарии", "Показы", "CTR для значков видео (%)",
    ),
}  # fmt: skip
_TOTAL = {"en": "Total", "ru": "Итоговое значение"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A video; `watched` are the seconds that an average view lasts."""

    number: int
    day: date
    title: str
    seconds: int
    views: int
    watched: int
    subscribers: int
    likes: int
    shares: int
    comments: int
    impressions: int


def content(path: Path, videos: Sequence[Video], lang: str = "en") -> None:
    """Write the videos of a channel, the most viewed first, below a row of totals."""
    most = sorted(videos, key=lambda video: -video.views)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADINGS[lang])
        writer.writerow((_TOTAL[lang], "", "", "", *_figures(most)))
        for one in most:
            published = f"{one.day:%b} {one.day.day}, {one.day.year}"
            writer.writerow((f"nq{one.number:09}", one.title, published, one.seconds, *_figures([one])))


def _figures(videos: Iterable[Video]) -> tuple[int | float | str, ...]:
    told = list(videos)
    views = sum(one.views for one in told)
    seconds = sum(one.views * one.watched for one in told)
    shown = sum(one.impressions for one in told)
    mean = round(seconds / views) if views else 0
    return (
        views,
        round(seconds / 3600, 4),
        sum(one.subscribers for one in told),
        f"0:{mean // 60:02}:{mean % 60:02}",
        sum(one.likes for one in told),
        sum(one.shares for one in told),
        sum(one.comments for one in told),
        shown,
        round(100 * 0.6 * views / shown, 2) if shown else 0,
    )
