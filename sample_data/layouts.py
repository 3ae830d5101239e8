"""Writers of the layouts in which the networks, shops and owners give their figures."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from sample_data import workbook
from sample_data.chance import summer

Cell = workbook.Cell
Row = Mapping[str, Cell]

VK_COMMUNITY = ("Дата", "Критерий", "Парам. №1", "Парам. №2", "Значение")
VK_POSTS = (
    "Дата", "Создатель записи", "Запись", "Ссылка", "Охват подписчиков", "Виральный охват",
    "Рекламный охват", "Полный охват", "Нравится", "Поделились", "Комментариев", "Скрыли запись",
    "Жалобы", "Скрыли все записи", "Переходы в сообщество", "Подписались на страницу",
    "Переходы по ссылке",
)  # fmt: skip
INSTAGRAM_POSTS = (
    "Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)",
    "Publish time", "Permalink", "Post type", "Data comment", "Date", "Views", "Reach", "Likes", "Shares",
    "Comments", "Saves", "Follows",
)  # fmt: skip
INSTAGRAM_POSTS_RU = (
    "ID публикации", "ID аккаунта", "Имя пользователя аккаунта", "Название аккаунта", "Описание",
    "Длительность (с.)", "Время публикации", "Постоянная ссылка", "Тип публикации", "Комментарий к данным",
    "Дата", "Просмотры", "Охват", 'Отметки "Нравится"', "Репосты", "Подписки", "Комментарии", "Сохранения",
)  # fmt: skip
FACEBOOK_POSTS = (
    "Post ID", "Page ID", "Page name", "Title", "Description", "Duration (sec)", "Publish time",
    "Caption type", "Permalink", "Is crosspost", "Is share", "Post type", "Languages", "Custom labels",
    "Funded content status", "Data comment", "Date", "Views", "Reach", "Reactions, Comments and Shares",
    "Reactions", "Comments", "Shares", "Total clicks", "Link Clicks", "Other Clicks",
    "Matched Audience Targeting Consumption (Photo Click)", "Seconds viewed", "Average Seconds viewed",
    "Estimated earnings (USD)", "Ad impressions",
)  # fmt: skip
META_ADS_DAILY = (
    "Reporting starts", "Reporting ends", "Campaign name", "Day", "Campaign delivery",
    "Attribution setting", "Results", "Result indicator", "Reach", "Impressions", "Cost per results",
    "Amount spent (USD)", "Link clicks", "Clicks (all)", "Leads", "Purchases",
    "Purchases conversion value", "Ends",
)  # fmt: skip
_ADDRESS = (
    "Name", "Street", "Address1", "Address2", "Company", "City", "Zip", "Province", "Country", "Phone",
)  # fmt: skip
SHOPIFY_ORDERS = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at",
    "Accepts Marketing", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code",
    "Discount Amount", "Shipping Method", "Created at", "Lineitem quantity", "Lineitem name",
    "Lineitem price", "Lineitem compare at price", "Lineitem sku", "Lineitem requires shipping",
    "Lineitem taxable", "Lineitem fulfillment status",
    *(f"Billing {part}" for part in _ADDRESS),
    *(f"Shipping {part}" for part in _ADDRESS),
    "Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference", "Refunded Amount",
    "Vendor", "Outstanding Balance", "Employee", "Location", "Device ID", "Id", "Tags", "Risk Level",
    "Source", "Lineitem discount",
    *(f"Tax {number} {part}" for number in range(1, 6) for part in ("Name", "Value")),
    "Phone", "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name", "Payment ID",
    "Payment Terms Name", "Next Payment Due At", "Payment References",
)  # fmt: skip

SHOPIFY_CHOSEN = (
    "Name", "Email", "Financial Status", "Currency", "Subtotal", "Shipping", "Total", "Discount Code",
    "Discount Amount", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price",
    "Note Attributes", "Cancelled at", "Refunded Amount", "Source",
)  # fmt: skip


def vk_community(path: Path, rows: Iterable[tuple[str, str, str, str, int]]) -> None:
    """Write VK community statistics: a long table in which a line that would say 0 is left out."""
    told: list[Row] = [dict(zip(VK_COMMUNITY, row, strict=True)) for row in rows if row[-1]]
    _write(path, VK_COMMUNITY, told, quoting=csv.QUOTE_NONNUMERIC)


def vk_posts(path: Path, rows: Iterable[Row]) -> None:
    """Write the reach of a VK community's posts."""
    _write(path, VK_POSTS, rows, quoting=csv.QUOTE_ALL)


def instagram_posts(path: Path, rows: Iterable[Row]) -> None:
    """Write Instagram posts as Meta Business Suite exports them."""
    _write(path, INSTAGRAM_POSTS, rows, encoding="utf-8-sig")


def instagram_posts_ru(path: Path, rows: Iterable[Row]) -> None:
    """Write Instagram posts as Meta Business Suite exports them in Russian."""
    _write(path, INSTAGRAM_POSTS_RU, rows, encoding="utf-8-sig")


def facebook_posts(path: Path, rows: Iterable[Row]) -> None:
    """Write Facebook posts as Meta Business Suite exports them."""
    _write(path, FACEBOOK_POSTS, rows, encoding="utf-8-sig")


def meta_ads_daily(path: Path, rows: Iterable[Row]) -> None:
    """Write campaigns of Meta Ads Manager, broken down by day."""
    _write(path, META_ADS_DAILY, rows)


def meta_overview(path: Path, title: str, values: Iterable[tuple[date, int]]) -> None:
    """Write one card of Meta's insights overview; its clock follows summer time."""
    lines = [f'"{day}T{0 if summer(day) else 1:02}:00:00","{value}"' for day, value in values]
    text = "\n".join(["sep=,", f'"{title}"', '"Date","Primary"', *lines, "", ""])
    path.write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))


def shopify_orders(path: Path, rows: Iterable[Row]) -> None:
    """Write a shop's orders, one row a line item."""
    _write(path, SHOPIFY_ORDERS, rows)


def shopify_short(path: Path, rows: Iterable[Row]) -> None:
    """Write a shop's orders of one line item each, in the columns that an owner keeps."""
    _write(path, SHOPIFY_CHOSEN, rows)


def own_sheet(path: Path, name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a sheet as an owner keeps it."""
    workbook.write(path, {name: (headings, *rows)})


def us_time(moment: datetime) -> str:
    """Return a time as Meta writes it."""
    return f"{moment:%m/%d/%Y %H:%M}"


def _write(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Row],
    *,
    encoding: str = "utf-8",
    quoting: Literal[0, 1, 2] = csv.QUOTE_MINIMAL,
) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, headings, lineterminator="\n", quoting=quoting, restval="")
        writer.writeheader()
        writer.writerows(rows)
