"""The main KPIs of real exports, worked out again from their cells without the product."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest

from kpi.catalog.loader import goals, kpis
from kpi.facts.assemble import assemble
from kpi.ingest.parse import parse
from kpi.judge.board import board
from kpi.metrics.cubes import Cube, cube
from kpi.metrics.numbers import Numbers
from kpi.model.limits import LOCAL
from kpi.model.owner import FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.view import EVERYTHING
from tests.golden.test_independent import Days, Number, Posts, Row, american, rates, total

EXPORTS = Path(__file__).parents[3] / "shared" / "exports"
pytestmark = pytest.mark.skipif(not EXPORTS.exists(), reason="the real exports are not beside the project")

INSTAGRAM = {
    "reach": "Reach", "views": "Views", "reactions": "Likes", "comments": "Comments", "shares": "Shares",
    "saves": "Saves",
}  # fmt: skip
FACEBOOK = {
    "reach": "Reach", "reactions": "Reactions", "comments": "Comments", "shares": "Shares",
    "clicks": "Link Clicks",
}  # fmt: skip
PORTUGUESE = {
    "reach": "Alcance", "views": "Visualizações", "reactions": "Curtidas", "comments": "Comentários",
    "shares": "Compartilhamentos", "saves": "Salvamentos",
}  # fmt: skip


@dataclass(frozen=True)
class Given:
    """A real posts export: its file, its headings and how its lines are to be unwrapped."""

    file: str
    kinds: Mapping[str, str]
    when: str = "Publish time"
    id: str = "Post ID"
    quoted: bool = False
    answers: FileAnswers = field(default_factory=FileAnswers)

    def rows(self) -> list[dict[str, str]]:
        text = (EXPORTS / self.file).read_bytes().decode("utf-8-sig")
        if self.quoted:
            text = "".join(_bare(line) for line in text.splitlines(keepends=True))
        return list(csv.DictReader(StringIO(text)))


def _bare(line: str) -> str:
    """A line without the quotes that another program put around the whole of it."""
    stripped = line.rstrip("\r\n")
    inner = stripped[1:-1].replace('""', '"') if stripped[:1] == stripped[-1:] == '"' else stripped
    return inner + "\n"


POSTS = [
    Given(
        "meta_business_suite_ig/mauriciodxavier/dados 30-06 Apr-01-2025_Jun-30-2025_983340097073313.csv",
        PORTUGUESE,
        "Horário de publicação",
        "Identificação da publicação",
    ),
    Given("meta_business_suite_ig/LeonMpofu/Mar-18-2025_Apr-14-2025_1019826952924933.csv", INSTAGRAM),
    Given("meta_business_suite_ig/vsbperoto/INSTAGRAM_RAW.csv", INSTAGRAM, quoted=True),
    Given("meta_business_suite_fb/LeonMpofu/Mar-18-2025_Apr-14-2025_553302954456165.csv", FACEBOOK),
    Given("meta_business_suite_fb/marko7bub/Dec-12-2023_Mar-06-2024_1032418178499222.csv", FACEBOOK),
]


def whole(file: str, answers: FileAnswers) -> Cube:
    reading = parse("renamed.bin", (EXPORTS / file).read_bytes(), answers, LOCAL)
    return cube(assemble([reading], [Owner()]), kpis().values())


def shown(made: Cube, period: Period) -> dict[str, float]:
    verdicts = board(made, tuple(goals()), period, EVERYTHING).verdicts
    return {each.kpi.id: each.value for each in verdicts if each.value is not None}


def once(rows: Iterable[Row], heading: str) -> list[Row]:
    """Every post once; a row without a number of its own is one of its own."""
    found: dict[object, Row] = {}
    for row in rows:
        found[row[heading] or id(row)] = row
    return list(found.values())


@pytest.mark.parametrize("given", POSTS, ids=lambda given: given.file.split("/")[1])
def test_the_rates_of_real_posts_are_what_their_cells_say(given: Given) -> None:
    dated: list[Row] = [{**row, "day": american(row[given.when])} for row in given.rows() if row[given.when]]
    period = Period(min(row["day"] for row in dated), max(row["day"] for row in dated))
    posts = Posts(once(dated, given.id), given.kinds, {})
    expected: dict[str, Number] = rates(posts)
    if "saves" in given.kinds:
        expected["save_rate"] = posts.rate("saves", "reach")
    if "views" in given.kinds:
        expected["views"] = posts.sum("views")
    if "clicks" in given.kinds:
        expected["link_clicks"] = posts.sum("clicks")
    found = shown(whole(given.file, given.answers), period)
    told = {kpi: float(value) for kpi, value in expected.items() if value is not None}
    assert {kpi: found.get(kpi) for kpi in told} == pytest.approx(told, rel=1e-9)


def test_the_orders_of_a_real_shop_are_what_their_cells_say() -> None:
    file = "shopify/panalysis/orders_export.csv"
    with (EXPORTS / file).open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    orders = {row["Name"]: row for row in reversed(rows) if row["Total"]}
    by_month: dict[str, list[Fraction]] = defaultdict(list)
    for row in orders.values():
        by_month[row["Created at"][:7]].append(Fraction(row["Total"]))
    made = whole(file, FileAnswers())
    for month, amounts in by_month.items():
        numbers = Numbers(made, [Period.month(int(month[:4]), int(month[5:]))], EVERYTHING)
        name = "orders.revenue"
        assert numbers.total(name, name)[0] == pytest.approx(float(sum(amounts)), rel=1e-9)
        assert numbers.total("orders.count", "orders.count")[0] == len(amounts)


def test_a_real_community_is_what_its_lines_say() -> None:
    file = "vk_community/dm-fedorov/vkontakte_group_01_2016-08-01_2020-03-15.csv"
    period = Period(date(2019, 10, 1), date(2019, 12, 31))
    every = [period.first + timedelta(days=n) for n in range(period.days)]
    lines: dict[str, Days] = defaultdict(lambda: dict.fromkeys(every, Fraction(0)))
    with (EXPORTS / file).open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            day = datetime.strptime(row["Дата"], "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
            if period.first <= day <= period.last:
                lines[f"{row['Критерий']} {row['Парам. №1']}".strip()][day] += Fraction(row["Значение"])
    joined, left = (
        total(lines[f"members {way}"].values()) for way in ("Новые участники", "Вышедшие участники")
    )
    expected = {
        "reach": total(lines["reach"].values()) / period.days,
        "follower_net_growth": joined - left,
        "mentions": total(lines["feedback Упоминания"].values()) if "feedback Упоминания" in lines else None,
    }
    told = {kpi: float(value) for kpi, value in expected.items() if value is not None}
    found = shown(whole(file, FileAnswers()), period)
    assert {kpi: found.get(kpi) for kpi in told} == pytest.approx(told, rel=1e-9)
