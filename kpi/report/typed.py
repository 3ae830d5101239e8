"""Six numbers of a month that an owner types, written as a file like any other and read back from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kpi.catalog.loader import networks, sources
from kpi.model.period import Period
from kpi.model.reading import Reading, Table
from kpi.report.words import say
from kpi.report.words.tell import period
from kpi.report.workbook.sheet import Cell, Plain, Sheet, heads

_ACCOUNT, _RECEIPTS, _FOLLOWERS, _COSTS = (
    "typed_account",
    "typed_receipts",
    "template_followers",
    "template_costs",
)
_WIDTH = 26
_DAY = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Six:
    """The figures of one month and network; None is unknown, and is left blank in the file.

    `followers` are those of the month's last day, `reach` people in the whole month, `reactions` all kinds
    together, `receipts` those that the network brought, `spend` all that it cost, ads and work.
    """

    month: Period
    network: str
    followers: float | None = None
    posts: float | None = None
    reach: float | None = None
    reactions: float | None = None
    receipts: float | None = None
    spend: float | None = None

    @property
    def empty(self) -> bool:
        """Return whether nothing was typed."""
        figures = (self.followers, self.posts, self.reach, self.reactions, self.receipts, self.spend)
        return all(figure is None for figure in figures)


def file_name(six: Six, lang: str) -> str:
    """Return the name of the file, by month and network."""
    network = networks()[six.network].name(lang)
    return f"{say('typed.file', lang, period=period(six.month, lang), network=network)}.xlsx"


def written(six: Six, lang: str) -> bytes:
    """Return the figures as the bytes of an `.xlsx`; what is unknown stays blank."""
    from kpi.report.workbook.book import workbook  # heavy, and wanted only once something was typed

    return workbook(_sheets(six, lang))


def read(reading: Reading) -> Six | None:
    """Return what was typed, read back from its file; None where the file is none of these."""
    tables = {table.source: table for table in reading.tables}
    account = tables.get(_ACCOUNT)
    start, network = _cell(account, "starts"), account and (account.network or _cell(account, "network"))
    if not isinstance(start, date) or network not in networks():
        return None
    return Six(
        month=Period.month(start.year, start.month),
        network=str(network),
        followers=_number(tables.get(_FOLLOWERS), "followers"),
        posts=_number(account, "posts"),
        reach=_number(account, "reach"),
        reactions=_number(account, "engagements"),
        receipts=_number(tables.get(_RECEIPTS), "count"),
        spend=_number(tables.get(_COSTS), "amount"),
    )


def _sheets(six: Six, lang: str) -> Iterator[Sheet]:
    """Yield a sheet for the network, and one for each kind of figure beside it that is known, of one row."""
    first, last, network = six.month.first, six.month.last, networks()[six.network].name(lang)
    account: dict[str, Plain] = {
        "account.starts": first,
        "account.ends": last,
        "account.network": network,
        "account.posts": six.posts,
        "account.reach": six.reach,
        "account.engagements": six.reactions,
    }
    yield _sheet(_ACCOUNT, account, say("typed.sheet_network", lang), lang)
    if six.followers is not None:
        count: dict[str, Plain] = {"account.date": last, "account.network": network}
        count["account.followers"] = six.followers
        yield _sheet(_FOLLOWERS, count, say("typed.sheet_followers", lang), lang)
    if six.receipts is not None:
        sold: dict[str, Plain] = {"orders.starts": first, "orders.ends": last}
        sold |= {"orders.source": network, "orders.count": six.receipts}
        yield _sheet(_RECEIPTS, sold, say("typed.sheet_receipts", lang), lang)
    if six.spend is not None:
        item = say("typed.item", lang, network=network)
        spent: dict[str, Plain] = {"costs.month": first, "costs.item": item, "costs.amount": six.spend}
        yield _sheet(_COSTS, spent, say("typed.sheet_spend", lang), lang)


def _sheet(source: str, row: Mapping[str, Plain], title: str, lang: str) -> Sheet:
    headings = [sources()[source].columns[field][1 if lang == "ru" else 0] for field in row]
    cells = [Cell(value, format=_DAY) if isinstance(value, date) else Cell(value) for value in row.values()]
    return Sheet(title=title, rows=[heads(headings), cells], widths=[_WIDTH] * len(row))


def _cell(table: Table | None, name: str) -> object:
    """Return the cell of a table's one row, None where there is no such table or column."""
    if table is None or table.data is None or name not in table.data.column_names or not len(table.data):
        return None
    return table.data[name][0].as_py()


def _number(table: Table | None, name: str) -> float | None:
    found = _cell(table, name)
    return float(found) if isinstance(found, int | float) else None
