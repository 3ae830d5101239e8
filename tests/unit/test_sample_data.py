"""The invented shops: their files are those of their scripts, and their troubles stand in the raw figures."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from importlib import import_module
from itertools import pairwise, zip_longest
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from kpi.catalog.loader import goals, trades
from sample_data import layouts
from sample_data.chance import MONTHS, days, summer
from sample_data.coffee_en import make as english
from sample_data.coffee_ru import make as russian
from sample_data.problem import Problem, Story

HOME = Path(layouts.__file__).parent
SHOPS: Mapping[str, ModuleType] = {
    path.parent.name: import_module(f"sample_data.{path.parent.name}.make")
    for path in sorted(HOME.glob("*/make.py"))
}
COFFEE = ("coffee_en", "coffee_ru")
ALL = ("all",)
# Seed, size and month of the first problem.
WISHES = ((1, 1.0, 9), (7, 0.7, 11), (3, 1.5, 6))
CALM = ((1, 1.0, 9), (5, 0.7, 9))

Months = dict[int, float]
Make = Callable[..., Path]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Makes a shop's files once for each wish."""
    folders: dict[tuple[Any, ...], Path] = {}

    def make(shop: str, wish: tuple[int, float, int] = WISHES[0], problems: Collection[str] = ALL) -> Path:
        key = (shop, wish, problems)
        if key not in folders:
            folders[key] = tmp_path_factory.mktemp(shop)
            seed, size, month = wish
            planted = tuple(SHOPS[shop].PROBLEMS) if problems == ALL else problems
            SHOPS[shop].make(folders[key], seed=seed, size=size, month=month, problems=planted)
        return folders[key]

    return make


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def sheet(file: Path) -> list[dict[str, Any]]:
    lines = list(load_workbook(file).worksheets[0].iter_rows(values_only=True))
    return [dict(zip(map(str, lines[0]), line, strict=True)) for line in lines[1:]]


def cells(file: Path) -> list[list[list[Any]]]:
    book = CalamineWorkbook.from_path(file)
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def total(figures: Iterable[tuple[int, float]]) -> Months:
    by_month = defaultdict[int, float](float)
    for month, figure in figures:
        by_month[month] += figure
    return by_month


def rate(figures: Iterable[tuple[int, float, float]]) -> Months:
    told = list(figures)
    above = total((month, over) for month, over, _ in told)
    below = total((month, under) for month, _, under in told)
    return {month: above[month] / below[month] for month in below}


def vk_posts(folder: Path) -> Iterator[tuple[int, dict[str, str]]]:
    for row in rows(folder / russian.FILES["posts"]):
        if row["Полный охват"]:
            yield int(row["Дата"][5:7]), row


def vk_reach(folder: Path) -> Months:
    by_month = defaultdict[int, list[int]](list)
    for month, row in vk_posts(folder):
        by_month[month].append(int(row["Полный охват"]))
    return {month: median(reaches) for month, reaches in by_month.items()}


def vk_rate(folder: Path) -> Months:
    kinds = ("Нравится", "Поделились", "Комментариев")
    return rate(
        (month, sum(int(row[kind]) for kind in kinds), int(row["Полный охват"]))
        for month, row in vk_posts(folder)
    )


def code_words(folder: Path) -> Months:
    till = sheet(folder / russian.FILES["till"])
    return total((row["Дата"].month, row["Чеков"]) for row in till if "кодовое слово" in row["Источник"])


def post_rate(folder: Path) -> Months:
    kinds = ("Likes", "Comments", "Shares", "Saves")
    return rate(
        (int(row["Publish time"][:2]), sum(int(row[kind]) for kind in kinds), int(row["Reach"]))
        for row in rows(folder / english.FILES["instagram"])
        if row["Reach"]
    )


def page_rate(folder: Path) -> Months:
    return rate(
        (int(row["Publish time"][:2]), int(row["Reactions, Comments and Shares"]), int(row["Reach"]))
        for row in rows(folder / english.FILES["facebook"])
        if row["Reach"]
    )


def ad_clicks(folder: Path) -> Months:
    ads = rows(folder / english.FILES["ads"])
    return rate((int(row["Day"][5:7]), int(row["Link clicks"]), int(row["Impressions"])) for row in ads)


def social_orders(folder: Path) -> Months:
    return total(
        (int(row["Created at"][5:7]), 1)
        for row in rows(folder / english.FILES["orders"])
        if row["Discount Code"] not in {"", "WELCOME"} and not row["Cancelled at"]
    )


class Seen(NamedTuple):
    """Where a trouble is seen in the files alone, and how low that figure may lie without it."""

    shop: str
    problem: str
    figures: Callable[[Path], Months]
    calm: float


SEEN = (
    Seen("coffee_ru", "quiet_feed", vk_reach, 0.8),
    Seen("coffee_ru", "mute_pictures", vk_rate, 0.8),
    Seen("coffee_ru", "lost_code_words", code_words, 0.9),
    Seen("coffee_en", "stock_pictures", post_rate, 0.8),
    Seen("coffee_en", "stock_pictures", page_rate, 0.8),
    Seen("coffee_en", "tired_ads", ad_clicks, 0.9),
    Seen("coffee_en", "lost_orders", social_orders, 0.9),
)


def to_earlier(figures: Months, month: int) -> float:
    """A month against the median of the months before it."""
    return figures[month] / median(figures[earlier] for earlier in range(1, month))


@pytest.mark.parametrize("shop", SHOPS)
def test_the_committed_files_are_those_of_the_script(shop: str, made: Make) -> None:
    new, kept = made(shop), HOME / shop
    names = {file.name for file in new.iterdir()}
    assert names == {file.name for file in kept.iterdir() if file.suffix not in {".py", ""}}
    for name in names:
        if name.endswith(".xlsx"):
            assert cells(new / name) == cells(kept / name)
        else:
            assert (new / name).read_bytes() == (kept / name).read_bytes()
    assert sum((kept / name).stat().st_size for name in names) < 1_500_000


@pytest.mark.parametrize("shop", COFFEE)
def test_the_same_wish_gives_the_same_bytes(shop: str, made: Make, tmp_path: Path) -> None:
    SHOPS[shop].make(tmp_path)
    for file in made(shop).iterdir():
        assert file.read_bytes() == (tmp_path / file.name).read_bytes()


@pytest.mark.parametrize("seen", SEEN, ids=lambda seen: seen.figures.__name__)
@pytest.mark.parametrize("wish", WISHES)
def test_a_planted_problem_stands_in_the_raw_figures(
    seen: Seen, wish: tuple[int, float, int], made: Make
) -> None:
    planted = SHOPS[seen.shop].PROBLEMS[seen.problem]
    first = planted.first(wish[2])
    figures = seen.figures(made(seen.shop, wish))
    assert to_earlier(figures, first) < planted.keeps * 1.2
    assert all(to_earlier(figures, month) > seen.calm for month in range(4, first))


@pytest.mark.parametrize("seen", SEEN, ids=lambda seen: seen.figures.__name__)
@pytest.mark.parametrize("wish", CALM)
def test_nothing_stands_there_when_nothing_is_planted(
    seen: Seen, wish: tuple[int, float, int], made: Make
) -> None:
    figures = seen.figures(made(seen.shop, wish, ()))
    assert all(to_earlier(figures, month) > seen.calm for month in range(4, 13))


@pytest.mark.parametrize("shop", COFFEE)
def test_the_last_problem_alone_touches_one_file(shop: str, made: Make) -> None:
    calm, alone = made(shop, WISHES[0], ()), made(shop, WISHES[0], (list(SHOPS[shop].PROBLEMS)[-1],))
    names = {file.name for file in calm.iterdir()}
    told = {name for name in names if (calm / name).read_bytes() != (alone / name).read_bytes()}
    assert told == {SHOPS[shop].FILES["till" if shop == "coffee_ru" else "orders"]}


@pytest.mark.parametrize("shop", COFFEE)
def test_every_month_has_posts_enough_for_a_verdict(shop: str, made: Make) -> None:
    folder = made(shop, WISHES[1])
    if shop == "coffee_ru":
        months = [month for month, _ in vk_posts(folder)]
    else:
        posts = rows(folder / english.FILES["instagram"])
        months = [int(row["Publish time"][:2]) for row in posts if row["Reach"]]
    assert all(months.count(month) >= 12 for month in range(1, 13))


@pytest.mark.parametrize("shop", SHOPS)
def test_every_file_has_its_answer_and_every_heading_its_field(shop: str) -> None:
    answers = json.loads((HOME / shop / "answers.json").read_text(encoding="utf-8"))
    files = {file.name for file in (HOME / shop).iterdir() if file.suffix in {".csv", ".xlsx"}}
    assert set(answers) == files | {"owner"}
    for name in files:
        if name.endswith(".xlsx") and "mapping" in answers[name]:
            assert set(answers[name]["mapping"]) == set(sheet(HOME / shop / name)[0])
    demo = json.loads((HOME / shop / "demo.json").read_text(encoding="utf-8"))
    assert demo["lang"] == shop[-2:]
    assert demo["trade"] == answers["owner"]["trade"] in trades()
    assert set(demo["goals"]) <= set(goals())
    assert all(demo[said].keys() == {"ru", "en"} and all(demo[said].values()) for said in ("name", "blurb"))


def test_months_are_counted_over_the_new_year() -> None:
    assert [str(days(month)[0]) for month in (-2, 0, 1, 12)] == [
        "2024-10-01", "2024-12-01", "2025-01-01", "2025-12-01",
    ]  # fmt: skip
    assert len(days(-10)) == 29  # February of 2024
    told = [day for month in range(-11, 13) for day in days(month)]
    changes = [str(day) for before, day in pairwise(told) if summer(day) != summer(before)]
    assert changes == ["2024-03-10", "2024-11-03", "2025-03-09", "2025-11-02"]


def test_a_problem_never_begins_after_the_year() -> None:
    story = Story(known=russian.PROBLEMS, planted=["quiet_feed", "lost_code_words"], month=11)
    assert story.keeps("quiet_feed", 10) == 1.0
    assert story.keeps("quiet_feed", 11) == 0.55
    assert story.keeps("lost_code_words", 12) == 0.45
    assert story.keeps("mute_pictures", 12) == 1.0


def test_a_problem_may_be_over_before_the_year_is() -> None:
    trouble = Problem(id="slow", what="", kpis=(), from_month=9, keeps=0.5, lasts=2)
    story = Story(known={"slow": trouble}, planted=["slow"], month=10)
    assert [story.keeps("slow", month) for month in MONTHS[8:]] == [1.0, 0.5, 0.5, 1.0]
    assert list(trouble.months(12)) == [12]


def test_vk_leaves_out_the_lines_that_would_say_nothing(tmp_path: Path) -> None:
    file = tmp_path / "vk.csv"
    layouts.vk_community(file, [("31.12.2025", "views", "", "", 7), ("31.12.2025", "reach_viral", "", "", 0)])
    assert file.read_text(encoding="utf-8") == (
        '"Дата","Критерий","Парам. №1","Парам. №2","Значение"\n"31.12.2025","views","","",7\n'
    )


def test_meta_overview_is_utf_16_with_a_separator_line(tmp_path: Path) -> None:
    file = tmp_path / "Reach.csv"
    days = [(english.date(2025, 1, 2), 5), (english.date(2025, 7, 2), 6)]
    layouts.meta_overview(file, "Instagram reach", days)
    text = file.read_bytes().decode("utf-16")
    assert file.read_bytes()[:2] == b"\xff\xfe"
    assert text == (
        'sep=,\n"Instagram reach"\n"Date","Primary"\n"2025-01-02T01:00:00","5"\n"2025-07-02T00:00:00","6"\n\n'
    )


REAL = HOME.parent.parent / "shared" / "exports"


@pytest.mark.skipif(not REAL.exists(), reason="the real exports lie beside the project, not in it")
@pytest.mark.parametrize(
    ("pattern", "headings"),
    [
        ("vk_community/*/*.csv", layouts.VK_COMMUNITY),
        ("meta_business_suite_ig/LeonMpofu/*.csv", layouts.INSTAGRAM_POSTS),
        ("meta_business_suite_fb/LeonMpofu/*.csv", layouts.FACEBOOK_POSTS[:20]),
    ],
)
def test_the_headings_are_those_of_the_real_exports(pattern: str, headings: tuple[str, ...]) -> None:
    for file in REAL.glob(pattern):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            real = next(csv.reader(opened))
        told = [pair for pair in zip_longest(headings, real[: len(headings)]) if pair[0] != pair[1]]
        assert told == []


def test_texts_hold_what_breaks_careless_readers() -> None:
    texts = [row["Description"] for row in rows(HOME / "coffee_en" / english.FILES["instagram"])]
    assert any("\n" in text for text in texts)
    assert any('"' in text for text in texts)
    assert any("☕" in text for text in texts)
    pages = rows(HOME / "coffee_en" / english.FILES["facebook"])
    errors = [
        row for row in pages if row["Data comment"].startswith("An error occurred while computing metadata")
    ]
    assert len(errors) == 2
    assert not any(row["Post ID"] or row["Publish time"] for row in errors)


def test_an_order_tells_its_totals_once() -> None:
    placed = rows(HOME / "coffee_en" / english.FILES["orders"])
    assert tuple(placed[0]) == layouts.SHOPIFY_ORDERS
    totals = [row["Name"] for row in placed if row["Total"]]
    assert len(totals) == len(set(totals)) < len(placed)
    assert {row["Created at"][-5:] for row in placed} == {"-0500", "-0600"}
    assert any(row["Cancelled at"] for row in placed)
    assert any(float(row["Refunded Amount"] or 0) for row in placed)
