"""What an owner may do to a sheet without changing a value that is read from it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.ingest.parse import parse
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Table

LAW = settings(max_examples=30, deadline=None, derandomize=True, database=None)
Rows = list[list[str]]


@dataclass(frozen=True)
class Kind:
    """A sheet that is tried: its headings, what its label cells say, and its mapping if it is an own one."""

    headings: tuple[str, ...]
    words: tuple[str, ...]
    figures: int
    mapping: dict[str, str | None] = field(default_factory=dict)

    def rows(self, figures: Sequence[Sequence[int | None]]) -> Rows:
        """Return the sheet as text; a day and its words for every row of figures."""
        made = [
            [
                *(word.format(day=day) for word in self.words),
                *("" if one is None else str(one) for one in row),
            ]
            for day, row in enumerate(figures, 1)
        ]
        return [list(self.headings), *made]


POSTS = Kind(
    ("Дата", "Тема", "Охват", "Лайки", "Комментарии"),
    ("{day:02d}.03.2026", "Пост о кофе {day}"),
    3,
    {"Дата": "posts.at", "Тема": "posts.text", "Охват": "posts.reach", "Лайки": "posts.reactions",
     "Комментарии": "posts.comments"},
)  # fmt: skip
SALES = Kind(
    ("Date", "Receipts", "Net sales", "Refunds"),
    ("2026-03-{day:02d}",),
    3,
    {
        "Date": "orders.at",
        "Receipts": "orders.count",
        "Net sales": "orders.amount",
        "Refunds": "orders.refund",
    },
)
ADS = Kind(
    (
        "Campaign name",
        "Reporting starts",
        "Reporting ends",
        "Amount spent (USD)",
        "Impressions",
        "Link clicks",
    ),
    ("Spring {day}", "2026-03-{day:02d}", "2026-03-{day:02d}"),
    3,
)
KINDS = (POSTS, SALES, ADS)
LABELS = (
    "Total", "Итого", "Всього", "Разом", "Total geral", "Gesamt", "Total general", "Razem", "Total général",
    "Totale", "Барлығы", "Grand total",
)  # fmt: skip
NOTES = ("Отчёт за март", "Prepared by Ann", "Источник: кабинет", "All shops", "Обновлено вчера")

kinds = st.sampled_from(KINDS)
figures = st.lists(
    st.tuples(st.integers(1, 900), st.integers(1, 900), st.none() | st.integers(0, 900)),
    min_size=2,
    max_size=9,
)


def table(rows: Rows, kind: Kind) -> Table:
    made = StringIO()
    csv.writer(made, delimiter=";").writerows(rows)
    answers = FileAnswers(network="vk", currency="RUB", mapping=kind.mapping)
    tables = parse("x.csv", made.getvalue().encode(), answers, HOSTED).tables
    assert len(tables) == 1
    return tables[0]


def values(one: Table) -> list[dict[str, Any]]:
    """The rows that are read, without their place in the sheet."""
    assert one.data is not None
    rows = one.data.to_pylist()
    return [{name: row[name] for name in sorted(row) if name != "row"} for row in rows]


def same(changed: Rows, rows: Rows, kind: Kind) -> None:
    before, after = table(rows, kind), table(changed, kind)
    assert values(after) == values(before)
    assert after.rows_used == before.rows_used == len(rows) - 1
    assert after.rows_in == after.rows_used + len(after.aside)


def total(rows: Rows, kind: Kind, label: str) -> list[str]:
    """The row that sums the figures up; its label stands first, where a person writes it."""
    sums = [
        sum(int(row[place]) for row in rows[1:] if row[place])
        for place in range(len(rows[0]) - kind.figures, len(rows[0]))
    ]
    return [label, *[""] * (len(kind.words) - 1), *map(str, sums)]


@LAW
@given(kinds, figures, st.sets(st.integers(0, 9)))
def test_blank_rows_change_nothing(kind: Kind, cells: list[tuple[int | None, ...]], places: set[int]) -> None:
    rows = kind.rows(cells)
    blank = [""] * len(rows[0])
    same(
        [one for at, row in enumerate(rows) for one in ([blank] if at in places else []) + [row]], rows, kind
    )


@LAW
@given(kinds, figures, st.sets(st.integers(0, 5), min_size=1))
def test_blank_columns_change_nothing(
    kind: Kind, cells: list[tuple[int | None, ...]], places: set[int]
) -> None:
    rows = kind.rows(cells)
    same(
        [[c for at, cell in enumerate(row) for c in ([""] if at in places else []) + [cell]] for row in rows],
        rows,
        kind,
    )


@LAW
@given(kinds, figures, st.sampled_from(LABELS), st.sampled_from(["first", "last", "apart"]))
def test_a_total_row_changes_nothing(
    kind: Kind, cells: list[tuple[int | None, ...]], label: str, where: str
) -> None:
    rows = kind.rows(cells)
    one, blank = total(rows, kind, label), [""] * len(rows[0])
    changed = {"first": [rows[0], one, *rows[1:]], "last": [*rows, one], "apart": [*rows, blank, one]}
    same(changed[where], rows, kind)


@LAW
@given(kinds, figures, st.booleans())
def test_a_total_row_without_a_word_changes_nothing(
    kind: Kind,
    cells: list[tuple[int | None, ...]],
    first: bool,  # noqa: FBT001 - hypothesis gives it
) -> None:
    rows = kind.rows(cells)
    one = total(rows, kind, "")
    same([rows[0], one, *rows[1:]] if first else [*rows, one], rows, kind)


@LAW
@given(kinds, figures, st.lists(st.sampled_from(NOTES), min_size=1, max_size=30), st.booleans())
def test_lines_above_change_nothing(
    kind: Kind,
    cells: list[tuple[int | None, ...]],
    notes: list[str],
    apart: bool,  # noqa: FBT001 - hypothesis gives it
) -> None:
    rows = kind.rows(cells)
    width = len(rows[0])
    above = [[note, *[""] * (width - 1)] for note in notes] + [[""] * width] * apart
    same([*above, *rows], rows, kind)


@LAW
@given(kinds, figures, st.permutations(range(6)))
def test_the_order_of_columns_changes_nothing(
    kind: Kind, cells: list[tuple[int | None, ...]], order: list[int]
) -> None:
    rows = kind.rows(cells)
    same([[row[place] for place in order if place < len(row)] for row in rows], rows, kind)


@LAW
@given(kinds, figures, st.sampled_from(["numbers", "words"]))
def test_a_row_that_explains_the_headings_changes_nothing(
    kind: Kind, cells: list[tuple[int | None, ...]], what: str
) -> None:
    rows = kind.rows(cells)
    width = len(rows[0])
    told = {
        "numbers": [str(place + 1) for place in range(width)],
        "words": [f"что это такое {name}" for name in rows[0]],
    }
    same([rows[0], told[what], *rows[1:]], rows, kind)


@LAW
@given(kinds, figures)
def test_groups_over_the_headings_change_nothing(kind: Kind, cells: list[tuple[int | None, ...]]) -> None:
    rows = kind.rows(cells)
    labels = len(kind.words)
    upper = [*rows[0][:labels], "Показатели", *[""] * (kind.figures - 1)]
    lower = [*[""] * labels, *rows[0][labels:]]
    mapping = kind.mapping | {f"Показатели / {name}": field for name, field in kind.mapping.items()}
    before = table(rows, kind)
    after = table([upper, lower, *rows[1:]], Kind(kind.headings, kind.words, kind.figures, mapping))
    assert values(after) == values(before)
