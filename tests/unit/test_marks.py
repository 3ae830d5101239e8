"""A figure built on an assumed reading says so, from the cell to the report; a certain one says nothing."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kpi import cli
from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.ingest.parse import parse
from kpi.judge.board import board
from kpi.metrics.cubes import cube
from kpi.model.limits import LOCAL
from kpi.model.owner import FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.verdict import Verdict
from kpi.model.view import EVERYTHING
from kpi.report.numbers import marked
from tests.made import reading

MAY = Period.month(2025, 5)
MAPPING = {
    "Date": "posts.at",
    "Reach": "posts.reach",
    "Likes": "posts.reactions",
    "Comments": "posts.comments",
    "Shares": "posts.shares",
    "Saves": "posts.saves",
}
ANSWERS = FileAnswers(network="instagram", mapping=MAPPING)


def sheet(*reaches: str) -> bytes:
    rows = [f"2025-05-{day:02};{reach};10;2;1;1" for day, reach in enumerate(reaches, 1)]
    return "\n".join(["Date;Reach;Likes;Comments;Shares;Saves", *rows]).encode()


def of_posts(*reaches: str) -> Verdict:
    made = parse("posts.csv", sheet(*reaches), ANSWERS, LOCAL)
    whole = cube(assemble([made], (Owner(),)), kpis().values())
    return next(
        v for v in board(whole, ("engagement",), MAY, EVERYTHING).verdicts if v.kpi.id == "engagement_rate"
    )


def of_money(rows: dict[str, list[Any]], *owners: Owner) -> Verdict:
    whole = cube(assemble([reading("orders", rows)], owners), kpis().values())
    return next(v for v in board(whole, ("sales",), MAY, EVERYTHING).verdicts if v.kpi.id == "revenue_social")


TILL: dict[str, list[Any]] = {
    "at": ["2025-05-02T10:00", "2025-05-03T10:00", "2025-05-20T10:00"],
    "id": ["1", "2", "3"],
    "amount": [1000.0, 20.0, 10.0],
    "currency": ["RUB", "USD", "USD"],
    "source": ["instagram"] * 3,
}


def test_an_assumed_separator_marks_what_is_built_on_it() -> None:
    found = of_posts("1.234", "2.500", "12.345")
    assert found.value == pytest.approx(100 * 42 / 16_079)
    assert found.marks == (Reason(key="mark.thousands", facts={"heading": "Reach", "file": "posts.csv"}),)
    assert [one.assumed for one in found.trace if one.heading == "Reach"] == ["thousands"]


@pytest.mark.parametrize("proof", ["500", "1.234.567"])
def test_a_proven_reading_bears_no_mark(proof: str) -> None:
    marks = (
        of_posts("1234", "2500", proof).marks if proof == "500" else of_posts("1.234", "2.500", proof).marks
    )
    assert marks == ()


def test_currencies_are_not_added_without_a_rate() -> None:
    found = of_money(TILL, Owner(currency="RUB"))
    assert found.value is None
    assert found.reasons[0].key == "two_currencies"


def test_a_rate_of_the_owners_adds_them_up_and_is_told() -> None:
    found = of_money(TILL, Owner(currency="RUB", rates={"USD": 92.5}))
    assert (found.value, found.currency) == (pytest.approx(1000 + 30 * 92.5), "RUB")
    facts = {"currency": "USD", "rate": 92.5, "own": "RUB"}
    assert found.marks == (Reason(key="mark.converted", facts=facts),)
    assert found.trace[0].rates == (("USD", 92.5),)
    assert marked(found, "en") == ("Amounts in USD are converted at your rate: 1 USD = 92.5 RUB.",)
    assert marked(found, "ru") == ("Суммы в USD пересчитаны по вашему курсу: 1 USD = 92,5 RUB.",)


def test_a_rate_holds_from_its_day() -> None:
    early = Owner(currency="RUB", rates={"USD": 80.0})
    late = Owner(currency="RUB", rates={"USD": 100.0}, since=date(2025, 5, 10))
    found = of_money(TILL, early, late)
    assert found.value == pytest.approx(1000 + 20 * 80 + 10 * 100)
    assert [mark.facts["rate"] for mark in found.marks] == [80.0, 100.0]


def test_a_currency_without_a_rate_stays_apart() -> None:
    found = of_money(TILL, Owner(currency="RUB", rates={"EUR": 100.0}))
    assert (found.value, found.reasons[0].key) == (None, "two_currencies")


def test_money_of_untold_currency_is_marked() -> None:
    found = of_money(TILL | {"currency": ["RUB", None, "RUB"]}, Owner())
    assert [mark.key for mark in found.marks] == ["mark.untold_currency"]


def test_the_command_line_and_the_workbook_say_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, answers, out = tmp_path / "posts.csv", tmp_path / "answers.json", tmp_path / "report.xlsx"
    given.write_bytes(sheet("1.234", "2.500", "12.345"))
    answers.write_text(json.dumps({"posts.csv": {"network": "instagram", "mapping": MAPPING}}), "utf-8")
    common = [str(given), "--goal", "engagement", "--answers", str(answers), "--lang", "en"]
    assert cli.main(["status", *common, "--json"]) == 0
    told = {one["id"]: one for one in json.loads(capsys.readouterr().out)["kpis"]}["engagement_rate"]
    assert [mark["key"] for mark in told["marks"]] == ["thousands"]
    assert {t["heading"]: t["assumed"] for t in told["trace"]} == {
        "Reach": "thousands",
        "Likes": None,
        "Comments": None,
        "Shares": None,
        "Saves": None,
    }
    assert cli.main(["report", *common, "--out", str(out)]) == 0
    book = load_workbook(BytesIO(out.read_bytes()))
    sentence = told["marks"][0]["text"]
    for title in ("Summary", "Method"):
        rows = [[cell.value for cell in row] for row in book[title].iter_rows()]
        bearing = {row[0] for row in rows if sentence in row}
        assert "Engagement rate" in bearing, title
        assert not {row[0] for row in rows if row[0] and row[0].startswith("Posts")} & bearing, title


@pytest.mark.parametrize("rates", [{"USD": 0}, {"USD": "much"}, {"USD": -1}, ["USD"]])
def test_a_rate_is_a_positive_number(
    rates: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"owner": {"currency": "RUB", "rates": rates}}), "utf-8")
    assert cli.main(["status", "x.csv", "--goal", "sales", "--answers", str(answers)]) == 2
    assert "answers.json" in capsys.readouterr().err
