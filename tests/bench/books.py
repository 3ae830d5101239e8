"""Workbooks of invented posts for the bench: 25 columns in the layout of Instagram posts and more."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

HEADINGS = (
    *("Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)"),
    *("Publish time", "Permalink", "Post type", "Data comment", "Date", "Views", "Reach", "Likes"),
    *("Shares", "Follows", "Comments", "Saves", "Profile visits", "Replies", "Navigation", "Link clicks"),
    *("Watch time", "Plays", "Engagement"),
)
FORMATS = ("IG reel", "IG image", "IG carousel")
DAYS = 730


def as_csv(book: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Write the rows of a workbook beside it as the text file that a network would export."""
    path = book.with_suffix(".csv")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_whole(cell) for cell in row] for row in rows)
    return path


def _whole(cell: object) -> object:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def posts(path: Path, rows: int) -> Path:
    """Write `rows` invented posts of two years; the same file every time."""
    if path.exists():
        return path
    chance = random.Random(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Posts")
    sheet.append(HEADINGS)
    first = datetime(2024, 1, 1, 8, 0)
    for number in range(rows):
        at = first + timedelta(days=number * DAYS // rows, minutes=chance.randrange(600))
        reach = round(chance.lognormvariate(7, 0.6))
        likes = round(reach * chance.uniform(0.02, 0.08))
        sheet.append(
            [
                f"1784{number:013d}",
                "17841400000000000",
                "copper_heron",
                "Copper Heron",
                f"Post number {number}: a flat white, a rainy window and {chance.random():.6f} other things",
                chance.randrange(0, 90),
                at.strftime("%m/%d/%Y %H:%M"),
                f"https://www.instagram.com/p/C{number:010x}/",
                chance.choice(FORMATS),
                None,
                "Lifetime",
                round(reach * 1.4),
                None if chance.random() < 0.1 else reach,
                likes,
                round(likes * 0.1),
                chance.randrange(0, 4),
                round(likes * 0.06),
                round(likes * 0.12),
                chance.randrange(0, 40),
                chance.randrange(0, 5),
                chance.randrange(0, 90),
                chance.randrange(0, 25),
                round(chance.random() * 900, 2),
                round(reach * 0.4),
                f"{chance.uniform(1, 9):.2f}".replace(".", ",") + "%",
            ]
        )
    book.save(path)
    return path
