"""What people ask, say and answer: requests, messages, surveys, stories, and who interacted."""

from __future__ import annotations

import numpy as np

from kpi.facts.assemble import Facts, assemble
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.trace import traces
from kpi.metrics.values import Value, value
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING, View
from tests.catalogue import one
from tests.made import reading

OCTOBER, NOVEMBER = Period.month(2025, 10), Period.month(2025, 11)
AGAIN = "100 * engagers.returning / engagers.previous"


def engagers(*pairs: tuple[str, str], file: str = "comments.csv", network: str | None = None) -> Reading:
    rows = {"date": [day for day, _ in pairs], "person": [who for _, who in pairs]}
    return reading("engagers", rows, file=file, network=network)


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(),))


def told(
    found: Facts, formula: str, period: Period = NOVEMBER, view: View = EVERYTHING
) -> tuple[Value, Numbers]:
    kpi = one(formula)
    numbers = Numbers(cube(found, [kpi]), (period,), view)
    return value(kpi, numbers), numbers


BOTH = engagers(
    ("2025-10-01", "anna"),
    ("2025-10-20", "boris"),
    ("2025-10-31", "gleb"),
    ("2025-11-02", "anna"),
    ("2025-11-30", "anna"),
    ("2025-11-30", "vera"),
)


def test_people_are_counted_once_and_those_who_come_again_apart() -> None:
    found = facts(BOTH)
    assert told(found, "engagers.unique")[0].now == 2
    assert told(found, "engagers.previous")[0].now == 3
    assert told(found, "engagers.returning")[0].now == 1
    again = told(found, AGAIN)
    assert again[0].now == 100 / 3
    assert [(t.field, t.heading, t.rows) for t in traces(*again)] == [
        ("engagers.returning", "Person", 6),
        ("engagers.previous", "Person", 3),
    ]


def test_who_came_again_is_unknown_where_the_period_before_is_not_told() -> None:
    first = told(facts(BOTH), AGAIN, OCTOBER)[0]
    assert first.now is None
    assert [reason.key for reason in first.reasons] == ["no_period_before"]
    late = engagers(("2025-10-09", "anna"), ("2025-11-30", "anna"))
    assert told(facts(late), AGAIN)[0].now is None  # nobody knows who was there in the first week
    early = engagers(("2025-10-08", "anna"), ("2025-11-30", "anna"))
    assert told(facts(early), AGAIN)[0].now == 100


def test_one_name_in_two_networks_is_two_people() -> None:
    found = facts(
        engagers(("2025-11-02", "anna"), file="vk.csv", network="vk"),
        engagers(("2025-11-02", "anna"), file="ig.csv", network="instagram"),
    )
    assert told(found, "engagers.unique")[0].now == 2
    assert told(found, "engagers.unique", view=View(network="vk"))[0].now == 1


def test_a_row_without_a_name_is_nobody() -> None:
    rows = {"date": ["2025-11-02", "2025-11-02"], "person": ["anna", None]}
    assert told(facts(reading("engagers", rows)), "engagers.unique")[0].now == 1
    nameless = {"date": ["2025-11-02"], "person": [None]}
    assert told(facts(reading("engagers", nameless)), "engagers.unique")[0].now is None


def test_stories_of_two_exports_count_once() -> None:
    rows = {
        "date": ["2025-11-02", "2025-11-03"],
        "first_frame_viewers": [300.0, 200.0],
        "last_frame_viewers": [150.0, None],
        "views": [900.0, 600.0],
        "exits": [30.0, 20.0],
    }
    found = facts(reading("stories", rows), reading("stories", rows, file="again.csv"))
    left = told(found, "100 * stories.last_frame_viewers / stories.first_frame_viewers")[0]
    assert left.now == 50
    assert told(found, "100 - 100 * stories.exits / stories.views")[0].now == 100 - 100 * 50 / 1500


def test_reviews_of_two_places_on_one_day_are_two() -> None:
    rows = {"at": ["2025-11-02T00:00:00"], "rating": [5.0]}
    found = facts(
        reading("reviews", {**rows, "place": ["2ГИС"]}, file="a.csv"),
        reading("reviews", {**rows, "place": ["Яндекс Карты"]}, file="b.csv"),
        reading("reviews", {**rows, "place": ["2ГИС"]}, file="c.csv"),
    )
    assert told(found, "reviews.count")[0].now == 2
    assert told(found, "reviews.rating / reviews.count")[0].now == 5


def test_an_answer_that_came_after_the_first_export_is_the_newer_ones_to_tell() -> None:
    at = ["2025-11-02T10:00:00", "2025-11-03T10:00:00", "2025-11-04T10:00:00", "2025-11-05T10:00:00"]
    early = reading("messages", {"at": at, "answered": [1.0, 1.0, 1.0, 0.0]}, file="early.csv")
    later = reading(
        "messages",
        {"at": [*at, "2025-11-06T10:00:00"], "answered": [1.0, 1.0, 1.0, 1.0, 0.0]},
        file="late.csv",
    )
    found = facts(early, later)
    assert np.nansum(found.daily["messages"].values["count"]) == 5
    assert told(found, "100 * messages.answered / messages.count")[0].now == 80
