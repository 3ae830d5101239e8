from __future__ import annotations

import re
from html import unescape

import pytest

from kpi.judge.board import Board
from kpi.model.verdict import Status, Verdict
from kpi.model.view import EVERYTHING
from kpi.report.letter import foremost, letter
from tests.judged import NOVEMBER, judged, posts, wanted

GOOD, BAD = [50 + i for i in range(14)], [10 + i % 3 for i in range(14)]


def board(*verdicts: Verdict) -> Board:
    return Board(
        period=NOVEMBER, previous=NOVEMBER.before(), view=EVERYTHING, goals=("engagement",), verdicts=verdicts
    )


@pytest.fixture(scope="module")
def red() -> Verdict:
    return judged("engagement_rate", posts(BAD), posts(GOOD, month=10), targets=wanted(5))


@pytest.fixture(scope="module")
def green() -> Verdict:
    return judged("reach_per_post", posts(GOOD), targets=wanted(500, kpi="reach_per_post"))


def test_red_comes_first_with_its_value_and_what_to_begin_with(red: Verdict, green: Verdict) -> None:
    assert (red.status, green.status) == (Status.RED, Status.GREEN)
    made = letter(
        board(green, red), [green, red], 3, "en", ["Fetch one file."], causes={red.kpi.id: "Why: so."}
    )
    assert foremost([green, red]) is red
    assert [line.why.endswith(" Why: so.") for line in made.lines] == [True, False]
    assert [line.status for line in made.lines] == [Status.RED, Status.GREEN]
    assert re.fullmatch(r"Engagement rate: 1\.0\d+% \(.+ against the period before\)", made.lines[0].figure)
    assert made.lights == "Lights: 1 red and 1 green."
    assert made.next[0].startswith("Begin with this: Engagement rate.")
    assert made.next[-1] == "Fetch one file."
    assert "from 3 files for November 2025" in made.foot


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_page_and_text_say_the_same_and_the_page_fetches_and_runs_nothing(
    red: Verdict, green: Verdict, lang: str
) -> None:
    made = letter(board(red, green), [red, green], 1, lang, ["<b>a & b</b>"])
    page = made.html().decode()
    assert "<b>a & b</b>" not in page
    assert not re.search(r"<script|<link|<img|src=|url\(|https?:", page)
    body = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2])).split())
    for part in (made.finding, made.lights, made.lines[0].figure, made.lines[0].why, made.foot):
        assert " ".join(part.split()) in body
        assert part in made.text()
    assert f'<html lang="{lang}">' in page


def test_without_red_the_letter_says_what_to_watch_or_to_go_on(green: Verdict) -> None:
    assert letter(board(green), [green], 1, "en").next == ("Nothing to mend: go on as you do.",)
    assert foremost([green]) is None
    few = judged("engagement_rate", posts([50, 51]), targets=wanted(1))
    assert few.status is Status.GREY
    assert "no light yet" in letter(board(few), [few], 1, "en").next[0]
