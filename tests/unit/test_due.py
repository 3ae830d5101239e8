from __future__ import annotations

from datetime import date

import pytest

from kpi.facts.coverage import Line
from kpi.insight.due import day_after, due
from kpi.model.period import Period, ended

OCTOBER = Period.month(2026, 10)


def days(first: tuple[int, int], last: tuple[int, int], year: int = 2026) -> Period:
    return Period(date(year, *first), date(year, *last))


def line(*told: Period, kind: str = "account", source: str = "vk_community", account: str = "cafe") -> Line:
    return Line("vk", account, kind, source, "", told)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 1), date(2026, 10, 1)),
        (date(2026, 11, 30), date(2026, 10, 1)),
        (date(2026, 1, 1), date(2025, 12, 1)),
    ],
)
def test_the_month_that_has_ended_is_the_one_before_today_s(today: date, first: date) -> None:
    assert ended(today).first == first
    assert ended(today).months == 1


def test_a_source_told_to_the_end_of_the_month_is_not_due() -> None:
    (one,) = due([line(days((1, 1), (10, 31)))], OCTOBER)
    assert one.missing == ()


def test_daily_figures_are_due_from_the_day_after_their_last_one_to_the_end_of_the_month() -> None:
    (one,) = due([line(days((1, 1), (9, 30)))], OCTOBER)
    assert one.missing == (OCTOBER,)
    (late,) = due([line(days((1, 1), (8, 28)))], OCTOBER)
    assert late.missing == (days((8, 29), (10, 31)),)


def test_a_week_without_a_post_at_the_end_of_the_month_is_no_gap_and_nine_days_are() -> None:
    posts = [line(days((1, 1), last), kind="posts", source="vk_posts") for last in ((10, 24), (10, 22))]
    assert [bool(due([one], OCTOBER)[0].missing) for one in posts] == [False, True]


def test_figures_counted_now_and_then_are_due_after_a_longer_pause_than_usual() -> None:
    def counted(*every: int) -> Line:
        return line(*(days((10, day), (10, day)) for day in every), source="template_followers")

    (weekly,) = due([counted(1, 8, 15, 22, 26)], OCTOBER)
    assert weekly.missing == ()
    (stopped,) = due([counted(1, 4, 7, 10, 13)], OCTOBER)
    assert stopped.missing == (days((10, 14), (10, 31)),)


def test_a_month_left_out_between_others_is_named_and_a_day_left_out_is_not() -> None:
    (hole,) = due([line(days((1, 1), (7, 31)), days((9, 1), (10, 31)))], OCTOBER)
    assert hole.missing == (Period.month(2026, 8),)
    (blank,) = due([line(days((1, 1), (7, 30)), days((8, 1), (10, 31)))], OCTOBER)
    assert blank.missing == ()


def test_a_hole_that_reaches_into_the_next_month_is_named_up_to_the_end_of_this_one() -> None:
    (hole,) = due([line(days((1, 1), (10, 28)), days((11, 20), (11, 25)))], OCTOBER)
    assert hole.missing == (days((10, 29), (10, 31)),)


def test_what_a_network_will_soon_no_longer_export_comes_first_with_its_last_day() -> None:
    kept = line(days((1, 1), (1, 31)), source="linkedin_page_content_metrics", account="z")
    first, second, third = due([line(days((1, 1), (9, 30))), line(days((1, 1), (10, 31))), kept], OCTOBER)
    assert first.line is kept
    assert first.until == date(2027, 2, 1)  # 365 days after the first day that is missing
    assert (second.until, bool(second.missing)) == (None, True)
    assert not third.missing


def test_an_export_that_the_platform_gives_no_more_is_not_asked_for() -> None:
    assert due([line(days((1, 1), (2, 1)), source="twitter_daily")], OCTOBER) == ()


def test_a_source_that_begins_after_the_month_is_not_due_for_it() -> None:
    (one,) = due([line(days((11, 2), (11, 20)))], OCTOBER)
    assert one.missing == ()


def test_an_example_plays_on_the_day_after_its_last_one() -> None:
    assert day_after([line(days((1, 1), (12, 31), 2025)), line(days((1, 1), (3, 1), 2025))]) == date(
        2026, 1, 1
    )
    assert day_after([]) is None
