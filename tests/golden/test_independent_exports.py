"""Every KPI of real exports of several kinds, worked out again from their cells without the product."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from kpi.catalog.loader import goals, kpis
from kpi.facts.assemble import assemble
from kpi.ingest.parse import parse
from kpi.judge.board import board
from kpi.metrics.cubes import Cube, cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import value
from kpi.model.limits import LOCAL
from kpi.model.owner import FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.view import EVERYTHING
from tests.catalogue import every
from tests.golden.plain import Told, posted, with_link
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


@dataclass(frozen=True)
class Export:
    """A real export: its file, its table, and which heading is which field; `day` reads the day of a row."""

    file: str
    table: str
    fields: Mapping[str, str]
    day: Callable[[Row], date | None]
    id: str = ""
    kinds: tuple[str, ...] = ()
    form: tuple[str, str] = ("", "")
    text: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    hours: str = ""
    quoted: bool = False
    skip: int = 0
    until: str = ""
    network: str = ""
    answers: FileAnswers = field(default_factory=FileAnswers)

    def lines(self) -> list[Row]:
        """Return the rows by heading; of two columns of one heading the first has it."""
        text = (EXPORTS / self.file).read_bytes()
        decoded = text.decode("utf-16" if text[:2] == b"\xff\xfe" else "utf-8-sig")
        if self.quoted:
            decoded = "".join(_bare(line) for line in decoded.splitlines(keepends=True))
        some = list(csv.reader(StringIO(decoded), delimiter="\t" if self.skip else ","))[self.skip :]
        headings = some[0]
        return [dict(reversed(list(zip(headings, line, strict=False)))) for line in some[1:]]

    def rows(self) -> list[Row]:
        """Return what the rows tell, each once."""
        dated = [{**row, "day": day} for row in self.lines() if (day := self.day(row)) is not None]
        return [self._told(row) for row in (once(dated, self.id) if self.id else dated)]

    def _told(self, row: Row) -> Row:
        figures = {name: cell(row.get(heading, "")) for heading, name in self.fields.items()}
        if self.bad:
            known = [one for name in self.bad if (one := cell(row.get(name, ""))) is not None]
            figures["negative"] = total(known) if known else None
        if self.hours:
            hours = cell(row.get(self.hours, ""))
            figures["watch_seconds"] = None if hours is None else 3600 * hours
        told: dict[str, Any] = {
            "day": row["day"],
            "network": self.network,
            "text": " ".join(row.get(name, "") for name in self.text),
            "format": "link" if row.get(self.form[0], "") == self.form[1] != "" else "",
            **figures,
        }
        if self.until:
            told["until"] = date.fromisoformat(row[self.until])
        return posted(told, self.kinds) if self.table == "posts" else told


def cell(written: str) -> Number:
    """Return the number of a cell, None for what is none: blank, `NAN`, a dash."""
    plain = written.strip().replace(",", "")
    if ":" in plain:
        hours, minutes, seconds = map(int, plain.split(":"))
        return Fraction(hours * 3600 + minutes * 60 + seconds)
    return Fraction(plain) if plain.strip("-") and plain.upper() != "NAN" else None


def on(heading: str, form: str = "", length: int | None = None) -> Callable[[Row], date | None]:
    """Return how the day of a row is read; a row without one is none of ours."""

    def day(row: Row) -> date | None:
        written = row.get(heading, "")[:length]
        if not written:
            return None
        return datetime.strptime(written, form).date() if form else american(written)  # noqa: DTZ007

    return day


META = {"Reach": "reach", "Views": "views", "Comments": "comments", "Shares": "shares"}
ON_INSTAGRAM = META | {
    "Likes": "reactions",
    "Saves": "saves",
    "Follows": "follows",
    "Duration (sec)": "video_seconds",
}
ON_FACEBOOK = META | {
    "Reactions": "reactions", "Link Clicks": "link_clicks", "Duration (sec)": "video_seconds",
    "Reactions, Comments and Shares": "engagements",
}  # fmt: skip
COMMON = ("reactions", "comments", "shares")
FOUR = (*COMMON, "saves")
EVERY = [
    Export(
        POSTS[0].file,
        "posts",
        {heading: name for name, heading in PORTUGUESE.items()}
        | {"Seguimentos": "follows", "Duração (segundos)": "video_seconds"},
        on("Horário de publicação"),
        POSTS[0].id,
        FOUR,
        network="instagram",
    ),
    Export(POSTS[1].file, "posts", ON_INSTAGRAM, on("Publish time"), "Post ID", FOUR, network="instagram"),
    Export(
        POSTS[2].file,
        "posts",
        ON_INSTAGRAM,
        on("Publish time"),
        "Post ID",
        FOUR,
        quoted=True,
        network="instagram",
    ),
    Export(
        POSTS[3].file,
        "posts",
        ON_FACEBOOK | {"3-second video views": "views_3s"},
        on("Publish time"),
        "Post ID",
        COMMON,
        ("Post type", "Links"),
        ("Title", "Description"),
        ("Negative feedback from users",),
        network="facebook",
    ),
    Export(
        POSTS[4].file,
        "posts",
        ON_FACEBOOK | {"Impressions": "views"},
        on("Publish time"),
        "Post ID",
        COMMON,
        ("Post type", "Links"),
        ("Title", "Description"),
        ("Negative feedback from users: Hide all",),
        network="facebook",
    ),
    Export(
        "x_analytics/FG-SC/account_analytics_content_2024-11-21_2025-02-19.csv",
        "posts",
        {
            "Impressions": "views", "Likes": "reactions", "Replies": "comments", "Reposts": "shares",
            "Bookmarks": "saves", "New follows": "follows", "Url clicks": "link_clicks",
        },
        on("Date", "%a %b %d %Y"),
        "Post id",
        COMMON,
        text=("Post text",),
        network="x",
    ),
    Export(
        "youtube_studio/abrosnahat/Данные из таблицы.csv",
        "posts",
        {
            "Продолжительность": "video_seconds", "Уникальные зрители": "reach",
            "Новые подписчики": "follows", 'Отметки "Нравится"': "reactions", "Поделились": "shares",
            "Новые комментарии": "comments", "Просмотры": "views",
        },
        on("Время публикации видео", "%b %d, %Y"),
        "Контент",
        COMMON,
        bad=('Отметки "Не нравится"',),
        hours="Время просмотра (часы)",
        network="youtube",
    ),
    Export(
        "tiktok_business_suite/vsbperoto/TIKTOK_VIDEO_RAW.csv",
        "posts",
        {
            "Video views": "views", "Likes": "reactions", "Comments": "comments", "Shares": "shares",
            "Add to Favorites": "saves",
        },
        on("Post time", "%Y/%m/%d", 10),
        "Video link",
        FOUR,
        network="tiktok",
    ),
    Export(
        "tiktok_business_suite/vsbperoto/TIKTOK_RAW.csv",
        "account",
        {
            "Video views": "views", "Reached audience": "reach", "Profile views": "profile_visits",
            "Likes": "reactions", "Shares": "shares", "Comments": "comments", "Net growth": "followers_net",
            "New followers": "followers_new", "Lost followers": "followers_lost",
        },
        on("Date", "%Y/%m/%d"),
        kinds=COMMON,
        network="tiktok",
    ),
    Export(
        "x_analytics/vianarafael/account_overview_analytics.csv",
        "account",
        {
            "Impressions": "views", "Likes": "reactions", "Replies": "comments", "Reposts": "shares",
            "New follows": "followers_new", "Unfollows": "followers_lost", "Profile visits": "profile_visits",
        },
        on("Date", "%a, %b %d, %Y"),
        kinds=COMMON,
        network="x",
    ),
    Export(
        "meta_ads/Mohrizk90/ISN-Medical-Ad_euro-Campaigns-Mar-11-2026-Apr-9-2026.csv",
        "ads",
        {"Amount spent (EUR)": "spend", "Impressions": "impressions", "Reach": "reach"},
        on("Reporting starts", "%Y-%m-%d"),
        until="Reporting ends",
    ),
    Export(
        "shopify/panalysis/orders_export.csv",
        "orders",
        {"Total": "revenue"},
        on("Created at", "%Y-%m-%d", 10),
        "Name",
    ),
]  # fmt: skip


def told_of(export: Export) -> Told:
    """Return what an export tells, with what is worked out row by row."""
    rows = export.rows()
    if export.table == "account":
        rows = [{**row, "engagements": total(row[kind] for kind in export.kinds)} for row in rows]
    if export.table == "ads":  # clicks are the results of the campaigns that aim at them
        lines = export.lines()
        rows = [
            {**row, "link_clicks": cell(line["Results"])}
            if line["Result indicator"].endswith("link_click")
            else row
            for row, line in zip(rows, lines, strict=True)
        ]
    if export.table == "orders":
        rows = [{**row, "count": Fraction(1)} for row in rows]
    tables: dict[str, list[Row]] = {export.table: rows}
    if export.table == "posts":
        tables["link_posts"] = with_link(rows)
    first, last = min(row["day"] for row in rows), max(row.get("until", row["day"]) for row in rows)
    return Told(rows=tables, days=dict.fromkeys(tables, (first, last)))


@pytest.mark.parametrize("export", EVERY, ids=lambda export: "/".join(export.file.split("/")[:2]))
def test_every_kpi_of_a_real_export_is_what_its_cells_say(export: Export) -> None:
    told = told_of(export)
    first, last = told.days[export.table]
    reading = parse("renamed.bin", (EXPORTS / export.file).read_bytes(), export.answers, LOCAL)
    made = cube(assemble([reading], [Owner()]), every().values())
    numbers = Numbers(made, (Period(first, last),), EVERYTHING)
    found = {id_: value(kpi, numbers).now for id_, kpi in every().items()}
    expected = {id_: told.value(kpi, first, last) for id_, kpi in every().items()}
    known = {id_: float(figure) for id_, figure in expected.items() if figure is not None}
    assert {id_ for id_, figure in found.items() if figure is not None} == set(known)
    assert {id_: found[id_] for id_ in known} == pytest.approx(known, rel=1e-9, abs=1e-9)
    assert known
