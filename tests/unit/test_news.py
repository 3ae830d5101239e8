from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.insight.news import news, seen
from kpi.judge.board import Board
from kpi.model.kpi import Better
from kpi.model.period import Period
from kpi.model.target import Target
from kpi.model.verdict import Status, Verdict
from kpi.model.view import EVERYTHING
from kpi.workspace import Workspace, visit
from tests.judged import NOVEMBER, judged, posts, wanted

TODAY, BEFORE = date(2025, 12, 3), date(2025, 11, 4)


@pytest.fixture(scope="module")
def rate() -> Verdict:
    return judged("engagement_rate", posts([50 + i for i in range(14)]), targets=wanted(1))


def board(*verdicts: Verdict, period: Period = NOVEMBER) -> Board:
    return Board(period=period, previous=period.before(), view=EVERYTHING, goals=(), verdicts=verdicts)


def test_a_light_that_changed_is_news_and_one_that_did_not_is_none(rate: Verdict) -> None:
    last = seen(board(replace(rate, status=Status.RED)), ["a"], BEFORE)
    new = news(last, board(rate), ["a"], (), TODAY)
    assert [(one.verdict.kpi.id, one.before) for one in new.turned] == [("engagement_rate", Status.RED)]
    assert news(seen(board(rate), ["a"], BEFORE), board(rate), ["a"], (), TODAY).nothing


def test_a_kpi_that_was_not_seen_before_has_no_news(rate: Verdict) -> None:
    assert news(seen(board(), ["a"], BEFORE), board(rate), ["a"], (), TODAY).nothing


def test_files_are_counted_that_came_since_not_those_that_went(rate: Verdict) -> None:
    last = seen(board(rate), ["a", "gone"], BEFORE)
    assert news(last, board(rate), ["a", "b", "c"], (), TODAY).files == 2


@pytest.mark.parametrize(
    ("by", "is_news"),
    [
        (date(2025, 11, 4), False),
        (date(2025, 11, 5), True),
        (date(2025, 12, 3), True),
        (date(2025, 12, 4), False),
    ],
)
def test_a_target_s_day_is_news_from_the_day_after_the_last_visit_to_today(
    rate: Verdict, by: date, *, is_news: bool
) -> None:
    targets = (Target(kpi="engagement_rate", value=5, by=by), Target(kpi="leads", value=5, by=by))
    came = news(seen(board(rate), [], BEFORE), board(rate), [], targets, TODAY).came
    assert [one.target.by for one in came] == ([by] if is_news else [])


def with_series(verdict: Verdict, *values: float | None) -> Verdict:
    series = tuple((Period.month(2025, place + 1), value) for place, value in enumerate(values))
    return replace(verdict, series=series, value=values[-1])


def test_a_record_is_better_than_six_earlier_periods_and_new_only_once(rate: Verdict) -> None:
    best = with_series(rate, 1, 2, 3, None, 1, 2, 3, 4)
    october = seen(board(best, period=Period.month(2025, 10)), ["a"], BEFORE)
    assert news(october, board(best), ["a"], (), TODAY).records == (best,)
    assert news(seen(board(best), ["a"], BEFORE), board(best), ["a"], (), TODAY).records == ()
    for no_record in (
        with_series(rate, 1, 2, 3, None, 1, 2, 4),  # five earlier ones
        with_series(rate, 1, 2, 3, 4, 1, 2, 3, 4),  # as good as an earlier one
        with_series(replace(rate, better=Better.DOWN), 1, 2, 3, 1, 1, 2, 3, 4),
        with_series(replace(rate, better=Better.RANGE), 1, 2, 3, 1, 1, 2, 3, 4),
    ):
        assert news(october, board(no_record), ["a"], (), TODAY).records == ()
    least = with_series(replace(rate, better=Better.DOWN), 5, 6, 7, 5, 5, 6, 4)
    assert news(october, board(least), ["a"], (), TODAY).records == (least,)


def test_what_was_seen_is_kept_by_day_and_compared_with_the_day_before(tmp_path: Path, rate: Verdict) -> None:
    kept = Workspace.open(tmp_path)
    assert visit.before(kept, TODAY) is None
    first = seen(board(rate), ["b", "a"], BEFORE)
    visit.keep(kept, first)
    assert visit.before(kept, BEFORE) is None
    assert visit.before(kept, TODAY) == first
    again = seen(board(replace(rate, status=Status.AMBER)), ["a"], TODAY)
    visit.keep(kept, seen(board(rate), ["a"], TODAY))
    visit.keep(kept, again)  # a reload on the same day takes away no news
    assert visit.before(kept, TODAY) == first
    assert visit.before(kept, date(2025, 12, 4)) == again
