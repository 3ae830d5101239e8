"""Formulas worked out in plain Python over rows of fractions: what the product must agree with.

Nothing here is the product's arithmetic: a formula is walked by Python's own `ast`, rows are dictionaries,
figures are fractions, and what is not known is None.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from statistics import median
from typing import Any

from kpi.model.kpi import Kpi

Row = Mapping[str, Any]
Number = Fraction | None
Days = Mapping[date, Fraction]
Networks = frozenset[str] | None

FRESH = timedelta(days=7)
YEAR = timedelta(days=365)
WHOLE = {f"account.{name}" for name in ("reach", "reach_followers", "engaged", "visitors")} | {"ads.reach"}
PEOPLE = {"customers", "repeat_customers", "new_customers", "unique", "previous", "returning"}
SOCIAL = {"posts", "link_posts", "account", "social_orders", "social_leads"}
TRACED = {"social_orders", "social_leads"}


@dataclass(frozen=True)
class Told:
    """What files tell: rows by table, levels by field and account, covered days by table, and answers.

    A row has a `day`, if it stands for more an `until`, if its amounts may be spread a `spread`; a network.
    """

    rows: Mapping[str, Sequence[Row]]
    levels: Mapping[str, Mapping[tuple[str, str], Days]] = field(default_factory=dict)
    days: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    owner: Mapping[str, Fraction] = field(default_factory=dict)
    _met: dict[tuple[str, date, date], list[Row]] = field(default_factory=dict)

    def met(self, table: str, first: date, last: date) -> list[Row]:
        """Return the rows of some days, each with the `part` of it that counts."""
        key = (table, first, last)
        if key not in self._met:
            parts = ((row, _part(row, first, last)) for row in self.rows.get(table, ()))
            self._met[key] = [{**row, "part": part} for row, part in parts if part]
        return self._met[key]

    def value(self, kpi: Kpi, first: date, last: date) -> Number:
        """Return the first variant that can be worked out."""
        found = (self._variant(variant.formula, first, last) for variant in kpi.variants)
        return next((one for one in found if one is not None), None)

    def _variant(self, formula: str, first: date, last: date) -> Number:
        whole = Slice(self, formula, first, last)
        common = whole.common()
        part = Slice(self, formula, first, last, common)
        if _multiplies(formula) and len({account for account, _ in part.accounts()}) != 1:
            return None
        return part.value


def names(formula: str) -> list[str]:
    """Return the names of a formula, in its order."""
    return [ast.unparse(node) for node in _outer(ast.parse(formula, mode="eval").body)]


def _outer(node: ast.AST) -> Iterator[ast.Attribute]:
    if isinstance(node, ast.Attribute):
        yield node
        return
    for child in ast.iter_child_nodes(node):
        yield from _outer(child)


def _multiplies(formula: str) -> bool:
    """Whether totals of two tables of files are multiplied."""

    def tables(node: ast.AST) -> set[str]:
        return {ast.unparse(one).split(".")[0] for one in _outer(node)} - {"period", "owner"}

    products = (one for one in ast.walk(ast.parse(formula)) if isinstance(one, ast.BinOp))
    sides = [(tables(one.left), tables(one.right)) for one in products if isinstance(one.op, ast.Mult)]
    return any(left and right and left != right for left, right in sides)


@dataclass(frozen=True)
class Slice:
    """A formula over the days from `first` to `last`, of some networks where these alone tell it."""

    told: Told
    formula: str
    first: date
    last: date
    networks: Networks = None

    @cached_property
    def value(self) -> Number:
        return self._walk(ast.parse(self.formula, mode="eval").body)

    def _walk(self, node: ast.AST) -> Number:
        match node:
            case ast.Constant(value=int() | float() as number):
                return Fraction(str(number))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner = self._walk(operand)
                return None if inner is None else -inner
            case ast.Attribute():
                return self.total(ast.unparse(node))
            case ast.BinOp(left=left, op=op, right=right):
                one, other = self._walk(left), self._walk(right)
                if one is None or other is None:
                    return None
                match op:
                    case ast.Add():
                        return one + other
                    case ast.Sub():
                        return one - other
                    case ast.Mult():
                        return one * other
                    case ast.Div():
                        return one / other if other else None
        raise AssertionError(ast.dump(node))

    def total(self, name: str) -> Number:
        table, column, roll = (*name.split("."), "")[:3]
        if table == "owner":
            return self.told.owner.get(column)
        if table == "period":
            return self._days()
        if roll in {"start", "end", "mean"}:
            return self._level(f"{table}.{column}", roll)
        if roll in {"median", "p90"}:
            rows = [row for row in self.inside(table) if row.get("count", 1)]  # none of another filter
            known = [row[column] for row in rows if row.get(column) is not None]
            several = any(row.get("count", 1) > 1 for row in self.told.rows.get(table, ()))
            return _middle(known, roll) if known and not several else None
        if f"{table}.{column}" in WHOLE and not roll:
            return self._people_of_exactly(table, column)
        if column in PEOPLE:
            return self._people(table, column)
        rows = self.complete(table)
        if not rows:
            return None
        total = sum((row["part"] * row[column] for row in rows), Fraction(0))
        if roll == "daily_mean":
            return total / len(rows) if len({self._account(row) for row in rows}) == 1 else None
        return total

    def inside(self, table: str) -> list[Row]:
        """Return the rows of a table in the period and the networks."""
        return [
            row
            for row in self.told.met(table, self.first, self.last)
            if self.networks is None or row.get("network", "") in self.networks
        ]

    def complete(self, table: str) -> list[Row]:
        """Return those of them in which all is told that the formula adds up of this table."""
        needed = [
            name.split(".")[1]
            for name in names(self.formula)
            if name.split(".")[0] == table and self._is_added(name)
        ]
        of_people = any(
            name.split(".")[0] == table and name.split(".")[1] in PEOPLE for name in names(self.formula)
        )
        rows = [row for row in self.inside(table) if row.get("who") or not of_people]
        return [row for row in rows if all(row.get(one) is not None for one in needed)]

    def _is_added(self, name: str) -> bool:
        table, column, roll = (*name.split("."), "")[:3]
        plain = not roll and column not in PEOPLE and f"{table}.{column}" not in WHOLE
        return plain or roll in {"daily_mean", "person_days"}

    def _days(self) -> Fraction:
        tables = {name.split(".")[0] for name in names(self.formula)} - {"period", "owner"}
        if not tables <= self.told.days.keys():
            return Fraction(0)
        spans = [self.told.days[table] for table in tables]
        return Fraction(min(max((min(b, self.last) - max(a, self.first)).days + 1, 0) for a, b in spans))

    def _level(self, name: str, roll: str) -> Number:
        found = [
            _level(days, roll, self.first, self.last)
            for (network, _), days in self.told.levels.get(name, {}).items()
            if self.networks is None or network in self.networks
        ]
        known = [one for one in found if one is not None]
        return sum(known, Fraction(0)) if found and len(known) == len(found) else None

    def _people_of_exactly(self, table: str, column: str) -> Number:
        rows = self.inside(table)
        exact = [
            row
            for row in rows
            if (row["day"], row.get("until", row["day"])) == (self.first, self.last)
            and row.get(column) is not None
        ]
        alone = table != "ads" or len(rows) == 1
        return exact[0][column] if len(exact) == 1 and alone else None

    def _people(self, table: str, column: str) -> Number:
        whole = "orders" if table.endswith("orders") else table
        bought = [row for row in self.inside(table) if row.get("who") and row.get("traced", True)]
        if not any(row.get("who") for row in self.inside(table)):
            return None
        times = Counter(row["who"] for row in bought)
        if column == "customers":
            return Fraction(len(times))
        if column == "repeat_customers":
            return Fraction(sum(count > 1 for count in times.values()))
        every = self.told.rows[whole]
        since = min(row["day"] for row in every)
        first: dict[str, date] = {}
        for row in every:
            first[row.get("who", "")] = min(row["day"], first.get(row.get("who", ""), row["day"]))
        new = {row["who"] for row in bought if first[row["who"]] == row["day"]}
        return None if any(first[who] - since < YEAR for who in new) else Fraction(len(new))

    def accounts(self) -> set[tuple[str, str]]:
        """Return the accounts of posts and of the account's days in all files."""
        rows = [row for table in ("posts", "account") for row in self.told.rows.get(table, ())]
        held = {self._account(row) for row in rows}
        return {one for one in held if self.networks is None or one[0] in self.networks}

    def _account(self, row: Row) -> tuple[str, str]:
        return row.get("network", ""), row.get("account", "")

    def common(self) -> Networks:
        """Return the networks that tell all that the formula takes, None where every one does."""
        tables = sorted({name.split(".")[0] for name in names(self.formula)} & SOCIAL)
        of = {table: {row.get("network", "") for row in self.inside(table)} - {""} for table in tables}
        everyone = set().union(*of.values())
        told = {one for one in everyone if all(self._tells(table, one, of[table]) for table in tables)}
        return None if told == everyone else frozenset(told)

    def _tells(self, table: str, network: str, held: set[str]) -> bool:
        if table in TRACED and network not in held:
            return bool(self.inside(table))
        mine = Slice(self.told, self.formula, self.first, self.last, frozenset({network}))
        wanted = [name for name in names(self.formula) if name.split(".")[0] == table]
        return all(mine.total(name) is not None for name in wanted)


def _part(row: Row, first: date, last: date) -> Fraction | int:
    """Return which part of a row counts: all or nothing, or by days where it may be spread."""
    start, end = row["day"], row.get("until", row["day"])
    if not row.get("spread"):
        return int(first <= start and end <= last)
    shared = (min(end, last) - max(start, first)).days + 1
    return Fraction(max(shared, 0), (end - start).days + 1)


def _level(days: Days, roll: str, first: date, last: date) -> Number:
    """Return a level at the start or end of some days, or its mean."""
    inside = sorted(day for day in days if first <= day <= last)
    if not inside:
        return None
    if roll == "mean":
        return sum((days[day] for day in inside), Fraction(0)) / len(inside)
    if roll == "end":
        return days[inside[-1]]
    before = [day for day in days if first - FRESH <= day < first]
    start = max(before) if before else inside[0]
    return days[start] if start != inside[-1] else None


def _middle(known: Iterable[Fraction], roll: str) -> Fraction:
    ordered = sorted(known)
    if roll == "median":
        return Fraction(median(ordered))
    place = Fraction(9, 10) * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def posted(row: Row, kinds: Sequence[str], levels: Days | None = None) -> dict[str, Any]:
    """Return a post with what is worked out of its own figures, as the agreed list of fields says it."""

    def added(some: Sequence[str]) -> Number:
        figures = [row.get(kind) for kind in some]
        known = [one for one in figures if one is not None]
        return sum(known, Fraction(0)) if len(known) == len(figures) else None

    def times(one: Number, other: Number) -> Number:
        return None if one is None or other is None else one * other

    plays = row.get("video_starts") if "video_starts" in row else row.get("views")
    near = [day for day in levels or () if row["day"] - FRESH <= day <= row["day"]]
    return {
        "count": Fraction(1),
        "engagements": added(kinds),
        "public_engagements": added(("reactions", "comments")),
        "watch_seconds": times(row.get("average_watch_seconds"), plays),
        "watchable_seconds": times(row.get("video_seconds"), plays),
        "followers_at_post": (levels or {})[max(near)] if near else None,
        **row,
    }


def with_link(posts: Iterable[Row]) -> list[Row]:
    """Return the posts that carry a link."""
    return [
        row
        for row in posts
        if "link_clicks" in row
        and (row["link_clicks"] or "http" in row.get("text", "") or row.get("format") == "link")
    ]
