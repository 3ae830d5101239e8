"""However an owner's rows are spread over files, each counts once: for every kind of table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.facts.assemble import Facts, assemble
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading

LAW = settings(max_examples=15, deadline=None, derandomize=True, database=None)
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Kind:
    """A kind of table: its row for a day with a figure, and what is said of the file as a whole."""

    table: str
    row: Callable[[str, int], dict[str, Any]]
    whole: dict[str, Any]

    def file(self, rows: Rows, name: str, *, turned: bool = False) -> Reading:
        """Return rows as a file; `turned` with its columns in another order."""
        columns = list(rows[0])[:: -1 if turned else 1]
        return reading(
            self.table, {name: [row[name] for row in rows] for name in columns}, file=name, **self.whole
        )


def month(day: str) -> str:
    """A month of its own for each day, for costs are told by month."""
    years, months = divmod(int(day[-2:]), 12)
    return f"{2024 + years}-{months + 1:02d}-01"


VK = {"network": "vk", "account": "cafe"}
KINDS = {
    "account": Kind("account", lambda day, n: {"date": day, "views": n, "followers": n + 7}, VK),
    "posts": Kind(
        "posts", lambda day, n: {"at": f"{day}T10:00:00", "id": day, "reach": n, "views": 2 * n}, VK
    ),
    "posts without ids": Kind("posts", lambda day, n: {"at": f"{day}T10:00:00", "text": day, "reach": n}, VK),
    "orders": Kind(
        "orders", lambda day, n: {"at": f"{day}T10:00:00", "id": day, "amount": n}, {"currency": "RUB"}
    ),
    "totals of days": Kind(
        "orders", lambda day, n: {"at": f"{day}T00:00:00", "amount": n, "source": "vk"}, {"currency": "RUB"}
    ),
    "ads": Kind(
        "ads",
        lambda day, n: {"starts": day, "ends": day, "campaign": "A", "spend": n, "leads": 2},
        {"network": "facebook", "currency": "RUB"},
    ),
    "leads": Kind("leads", lambda day, n: {"at": f"{day}T10:00:00", "source": "vk", "count": n}, {}),
    "costs": Kind("costs", lambda day, n: {"month": month(day), "item": f"Work {day}", "amount": n}, {}),
    "web": Kind("web", lambda day, n: {"date": day, "source": "vk", "sessions": n}, {}),
}

OF_PEOPLE = {
    "messages": Kind(
        "messages", lambda day, n: {"at": f"{day}T10:0{n % 10}:00", "answered": float(n % 2)}, {}
    ),
    "surveys": Kind("surveys", lambda day, n: {"at": f"{day}T00:00:00", "score": float(n % 11)}, {}),
    "reviews": Kind(
        "reviews",
        lambda day, n: {"at": f"{day}T00:00:00", "place": f"Map {n % 3}", "rating": n % 5 + 1.0},
        {},
    ),
    "stories": Kind(
        "stories", lambda day, n: {"date": day, "first_frame_viewers": n, "last_frame_viewers": n // 2}, {}
    ),
    "engagers": Kind("engagers", lambda day, n: {"date": day, "person": f"p{n % 7}"}, {"network": "vk"}),
    "orders of buyers": Kind(
        "orders",
        lambda day, n: {
            "at": f"{day}T10:00:00", "id": day, "amount": n, "customer": f"c{n % 4}", "source": "vk",
        },
        {"currency": "RUB"},
    ),
    "campaigns with an aim": Kind(
        "ads",
        lambda day, n: {
            "starts": day, "ends": day, "campaign": "A", "spend": n, "follows": n // 50,
            "aim": "follows" if n % 2 else "leads",
        },
        {"network": "vk", "currency": "RUB"},
    ),
}  # fmt: skip
"""Tables whose rows are people's, or hang on other rows: they are not revised, and told once all the same."""


def figures(files: Sequence[Reading]) -> dict[tuple[str, str], tuple[float, int]]:
    """The sum and the count of every figure that the files tell together; of people how many there are."""
    facts: Facts = assemble(files, (Owner(currency="RUB"),))
    frames = [*facts.daily.values(), *(frame for found in facts.windows.values() for frame in found)]
    found: dict[tuple[str, str], tuple[float, int]] = {}
    for frame in frames:
        for name, values in frame.values.items():
            total, count = found.get((frame.table, name), (0.0, 0))
            told = values[~np.isnan(values)]
            found[frame.table, name] = round(total + float(told.sum()), 6), count + len(told)
    return found


sheets = st.lists(st.integers(200, 5000), min_size=6, max_size=14)
EVERY = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
ALL = pytest.mark.parametrize("kind", [*KINDS.values(), *OF_PEOPLE.values()], ids=[*KINDS, *OF_PEOPLE])


def made(kind: Kind, counts: list[int]) -> Rows:
    return [kind.row(f"2025-11-{day:02d}", count) for day, count in enumerate(counts, start=1)]


@ALL
@LAW
@given(sheets, st.integers(1, 5), st.randoms(use_true_random=False))
def test_splitting_copying_and_the_order_of_files_change_nothing(
    kind: Kind, counts: list[int], cut: int, chance: Any
) -> None:
    rows = made(kind, counts)
    expected = figures([kind.file(rows, "whole.csv")])
    part, rest = kind.file(rows[:cut], "part.csv"), kind.file(rows[cut:], "rest.csv")
    copy = kind.file(rows, "copy.xlsx", turned=True)
    overlap = kind.file(rows[cut - 1 :], "overlap.csv")
    for files in (
        [part, rest],
        [part, overlap],
        [copy, copy, kind.file(rows, "whole.csv")],
        [part, copy, overlap, rest],
    ):
        chance.shuffle(files)
        assert figures(files) == expected


@EVERY
@LAW
@given(sheets, st.integers(0, 4), st.randoms(use_true_random=False))
def test_of_a_revised_row_the_newer_file_speaks(kind: Kind, counts: list[int], at: int, chance: Any) -> None:
    true = made(kind, counts)
    early = made(kind, [*counts[:at], counts[at] - 3, *counts[at + 1 : -1]])
    files = [kind.file(early, "early.csv"), kind.file(true, "late.csv")]
    chance.shuffle(files)
    assert figures(files) == figures([kind.file(true, "whole.csv")])
    issues = assemble(files, (Owner(currency="RUB"),)).issues
    assert {issue.key for issue in issues} == {"web_twice" if kind.table == "web" else "revised"}
    assert {(issue.facts["file"], issue.facts["kept"]) for issue in issues} == {("early.csv", "late.csv")}
    assert all(issue.facts.get("n", 1) == 1 for issue in issues)


@pytest.mark.parametrize("kind", OF_PEOPLE.values(), ids=OF_PEOPLE)
@LAW
@given(sheets, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(kind: Kind, counts: list[int], chance: Any) -> None:
    rows = made(kind, counts)
    expected = figures([kind.file(rows, "whole.csv")])
    chance.shuffle(rows)
    assert figures([kind.file(rows, "whole.csv")]) == expected
