"""Which content works: a planted effect is found, chance is called chance, too few posts are few."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from kpi.facts.assemble import assemble
from kpi.facts.frame import Frame, Labels
from kpi.insight.content.best import placed
from kpi.insight.content.findings import findings
from kpi.insight.content.groups import ENOUGH, Standing, grouped, loser, winner
from kpi.insight.content.kinds import Kind, members
from kpi.insight.content.shelf import Measure, Shelf, _levels, shelf
from kpi.insight.content.topics import topics
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.view import EVERYTHING, View
from kpi.report.content import headline
from tests.made import reading

CHANCE = np.random.default_rng(7)


def shelf_of(
    seen: Sequence[float],
    *,
    engagements: Sequence[float] | None = None,
    formats: Sequence[str] | None = None,
    texts: Sequence[str] | None = None,
    hours: Sequence[float] | None = None,
    paid: Sequence[float] | None = None,
) -> Shelf:
    """Posts of one account, one a day from Monday 2025-01-06 on."""
    n = len(seen)
    values = {"reach": np.array(seen, float)}
    if engagements is not None:
        values["engagements"] = np.array(engagements, float)
    if paid is not None:
        values["reach_paid"] = np.array(paid, float)
    labels = {"network": Labels.same("vk", n), "account": Labels.same("a", n)}
    if formats is not None:
        labels["format"] = Labels.of(list(formats))
    frame = Frame(
        "posts",
        np.arange(20094, 20094 + n),
        np.arange(20094, 20094 + n),
        labels,
        values,
        dict.fromkeys(values, np.zeros(n, np.int64)),
        np.arange(n),
        texts={"text": pa.array(texts or [""] * n)},
    )
    return Shelf(
        frame,
        np.ones(n, bool),
        np.array(seen, float),
        np.zeros(n, bool),
        np.array(hours if hours is not None else [np.nan] * n, float),
        np.zeros(n, bool),
        list(texts or [""] * n),
    )


def test_a_planted_format_wins_and_its_effect_is_about_what_was_planted() -> None:
    formats = ["reel" if i % 3 == 0 else "image" for i in range(90)]
    seen = [1000 * (1.8 if one == "reel" else 1) * np.exp(CHANCE.normal(0, 0.35)) for one in formats]
    shelf = shelf_of(seen, formats=formats)
    groups = grouped(shelf.against_usual(Measure.REACH), members(shelf, Kind.FORMAT))
    best, worst = winner(groups), loser(groups)
    assert best is not None
    assert best.name == "reel"
    assert best.low is not None
    assert best.high is not None
    assert best.low < 1.8 < best.high
    assert worst is not None
    assert worst.name == "image"


def test_without_any_effect_a_kind_names_a_wrong_group_in_one_case_of_twenty_at_most() -> None:
    wrong, cases = 0, 300
    rows = np.arange(70)
    for _ in range(cases):
        against = CHANCE.normal(0, 0.5, 70)
        groups = grouped(against, [(str(day), rows[rows % 7 == day]) for day in range(7)])
        wrong += any(one.standing in {Standing.BETTER, Standing.WORSE} for one in groups)
    assert wrong / cases <= 0.05 + 2 * (0.05 * 0.95 / cases) ** 0.5


def test_too_few_posts_are_said_to_be_few_and_how_many_lack() -> None:
    against = CHANCE.normal(0, 0.1, 40)
    against[:3] += 2  # three lucky ones
    few, rest = grouped(against, [("lucky", np.arange(3)), ("rest", np.arange(3, 40))])
    assert (few.standing, few.n, few.lack, few.times) == (Standing.FEW, 3, ENOUGH - 3, None)
    assert rest.standing is Standing.FEW  # nothing is left to compare it with
    assert rest.lack == 0


def test_values_that_are_all_alike_make_no_winner() -> None:
    groups = grouped(np.zeros(40), [("a", np.arange(20)), ("b", np.arange(20, 40))])
    assert [one.standing for one in groups] == [Standing.ALIKE] * 2
    assert [one.times for one in groups] == [1.0, 1.0]


def test_three_likes_of_ten_do_not_beat_three_hundred_of_three_thousand() -> None:
    seen = [1000.0] * 30 + [10.0, 3000.0]
    engagements = [*(50 + 10 * (i % 5) for i in range(30)), 3.0, 300.0]
    found = placed(shelf_of(seen, engagements=engagements), Measure.ENGAGEMENT)
    assert found[0].row == 31
    lucky = next(one for one in found if one.row == 30)
    assert lucky.low < 1 < lucky.high


def test_a_growing_account_does_not_make_its_later_posts_better() -> None:
    shelf = shelf_of([100 * 1.05**i for i in range(60)])
    against = shelf.against_usual(Measure.REACH)
    assert np.abs(against[10:-10]).max() < 1e-9  # the middle of a steady row is its own usual level


def test_fresh_posts_and_small_accounts_are_not_compared() -> None:
    assert np.isnan(shelf_of([100.0] * 8).against_usual(Measure.REACH)).all()
    grown = shelf_of([100.0] * 20)
    grown.fresh[-3:] = True
    assert np.isnan(grown.against_usual(Measure.REACH)).sum() == 3


def test_levels_are_medians_of_the_neighbours() -> None:
    logs = CHANCE.normal(0, 1, 50)
    by_hand = [
        float(np.median(logs[min(max(0, i - 10), 29) : min(max(0, i - 10), 29) + 21])) for i in range(50)
    ]
    assert _levels(logs) == pytest.approx(by_hand)


def test_posts_fall_into_groups_by_what_stands_in_them() -> None:
    texts = [
        "Short #Coffee",
        "x" * 200,
        "y" * 600,
        "The export has cut this te...",
        "",
        "#coffee again",
        "#COFFEE",
    ]
    hours = [8, 8, 13, 22, 3, np.nan, 8]
    shelf = shelf_of([1.0] * 7, texts=texts, hours=hours, paid=[0, 0, 5, np.nan, 0, 0, 0])
    told = {
        kind: {name: rows.tolist() for name, rows in members(shelf, kind)}
        for kind in (Kind.LENGTH, Kind.HASHTAG, Kind.HOUR, Kind.PAID, Kind.WEEKDAY, Kind.SLOT, Kind.FORMAT)
    }
    assert told[Kind.LENGTH] == {"short": [0, 5, 6], "middle": [1], "long": [2]}
    assert told[Kind.HASHTAG] == {"coffee": [0, 5, 6]}
    assert told[Kind.HOUR] == {"6-9": [0, 1, 6], "12-15": [2], "21-24": [3], "0-6": [4]}
    assert told[Kind.PAID] == {"paid": [2], "organic": [0, 1, 4, 5, 6]}
    assert told[Kind.WEEKDAY] == {str(day): [day] for day in range(7)}
    assert told[Kind.SLOT]["6 6-9"] == [6]
    assert told[Kind.FORMAT] == {}


def test_topics_are_words_in_whatever_form_and_language() -> None:
    texts = [
        "Новые булочки с корицей", "Булочка дня", "Утро и булочками пахнет", "Кофе привезли", "Кофе и зерно",
        "Зерно кофе", "Roasting today", "We roasted beans", "roasts again", "Тишина", "Дождь", "Снег",
    ]  # fmt: skip
    found = dict(topics(texts, most=5))
    assert {name: rows.tolist() for name, rows in found.items()} == {
        "булочки": [0, 1, 2],
        "кофе": [3, 4, 5],
        "roasting": [6, 7, 8],
    }
    assert topics([], most=5) == []


def test_a_shelf_reads_hours_from_the_rows_of_the_file_and_takes_views_where_no_people_are_told() -> None:
    at = [f"2025-03-{day:02} {9 * (day % 2):02}:{30 * (day % 2):02}" for day in range(1, 11)]
    told = reading("posts", {"at": at, "views": [5.0] * 10}, network="telegram")
    facts = assemble([told], [Owner()])
    found = shelf(facts, Period(date(2025, 3, 2), date(2025, 3, 5)), EVERYTHING)
    assert len(found) == 4
    assert found.hour.tolist() == [9.5, 0] * 5
    assert found.by_views.all()
    assert found.fresh.tolist() == [False] * 3 + [True] * 7
    assert not len(shelf(facts, Period.month(2025, 3), View(network="vk")))


def test_the_surest_finding_is_the_headline_and_without_one_it_says_so() -> None:
    formats = ["reel" if i % 2 else "image" for i in range(80)]
    loud = shelf_of(
        [2000.0 if one == "reel" else 1000 + 9 * i for i, one in enumerate(formats)], formats=formats
    )
    assert headline(findings(loud, Measure.REACH), "en").startswith("Reels (short videos): 1.")
    calm = shelf_of(list(1000 * np.exp(CHANCE.normal(0, 0.3, 80))), formats=formats)
    assert headline(findings(calm, Measure.REACH), "ru").startswith("Ничего не выделяется")
    assert headline(findings(shelf_of([1.0, 2.0]), Measure.REACH), "en").startswith("Too few posts")
