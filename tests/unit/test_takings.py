"""What single posts sold: an order goes to the post that it names, and to no other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from kpi.facts.assemble import Facts, assemble
from kpi.insight.content.codes import named, stands
from kpi.insight.content.takings import Takings, orders_of, takings
from kpi.insight.returns import Way, returns
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING, View
from kpi.report import takings as words
from tests.made import reading

MARCH = Period.month(2025, 3)
Sold = tuple[str, str | None, str | None, float | None]  # day, code, mark, amount


def wall(rows: Sequence[tuple[str, str]], network: str = "vk", **more: list[str]) -> Reading:
    """Posts: day, text."""
    day, text = zip(*rows, strict=True)
    columns = {"at": [f"{one}T09:00:00" for one in day], "text": list(text), "reach": [9] * len(rows), **more}
    return reading("posts", columns, network=network, account="a", file=f"{network}.csv", window=MARCH)


def till(rows: Sequence[Sold], **more: list[str]) -> Reading:
    day, code, mark, amount = zip(*rows, strict=True)
    columns = {
        "id": [f"n{at}" for at in range(len(rows))],
        "at": [f"{one}T08:00:00" for one in day],
        "source": ["hall"] * len(rows),
        "code": code,
        "mark": mark,
        "amount": amount,
        **more,
    }
    return reading("orders", columns, file="till.csv", window=MARCH)


def facts(*files: Reading) -> Facts:
    return assemble(files, [Owner(currency="EUR", margin_rate=50)])


def told(whole: Facts, period: Period = MARCH, view: View = EVERYTHING) -> Takings:
    found = takings(whole, period, view)
    assert found is not None
    return found


def by_day(whole: Facts, found: Takings) -> dict[int, float]:
    """The money of each post by its day of March."""
    posts = whole.daily["posts"]
    return {int(posts.day[row] - posts.day[0]) + 1: float(found.revenue[row]) for row in found.rows}


def test_an_order_goes_to_the_latest_post_with_its_code_up_to_its_own_day() -> None:
    whole = facts(
        wall([("2025-03-01", "Code RAF15!"), ("2025-03-10", "raf15 again"), ("2025-03-20", "No code here")]),
        till(
            [
                ("2025-03-01", "RAF15", None, 1.0),  # the same day
                ("2025-03-09", "raf15", None, 2.0),
                ("2025-03-10", "RAF15", None, 4.0),
                ("2025-03-31", "RAF15", None, 8.0),
                ("2025-03-31", "RAF1", None, 16.0),  # not a whole word
                ("2025-03-31", None, None, 32.0),
            ]
        ),
    )
    found = told(whole)
    assert by_day(whole, found) == {1: 3.0, 10: 12.0}
    assert (found.joined, found.total) == (4, 6)
    assert found.best == (1, 0)
    assert np.isnan(found.revenue[2])  # no order could name it
    assert found.orders[:2].tolist() == [2, 2]


def test_a_code_before_its_first_post_joins_nothing_and_a_post_nobody_named_has_none() -> None:
    whole = facts(wall([("2025-03-10", "SPRING10 for you")]), till([("2025-03-09", "SPRING10", None, 5.0)]))
    found = told(whole)
    assert dict(found.rows) == {}
    assert found.revenue.tolist() == found.orders.tolist() == [0.0]
    assert words.coverage(found, MARCH.first, "en").startswith("None of the 1 orders since Mar 1, 2025")


def test_what_a_post_sold_on_days_that_no_till_tells_is_unknown_not_nought() -> None:
    text, april = "SPRING10 for you", Period.month(2025, 4)
    late = {"at": ["2025-04-10T09:00:00"], "text": [text], "reach": [9]}
    posts = reading("posts", late, network="vk", account="a", file="april.csv", window=april)
    whole = facts(wall([("2025-03-10", text)]), posts, till([("2025-03-09", "SPRING10", None, 5.0)]))
    found = told(whole, Period(MARCH.first, april.last))
    assert found.orders.tolist() == pytest.approx([0.0, float("nan")], nan_ok=True)
    assert found.revenue.tolist() == pytest.approx([0.0, float("nan")], nan_ok=True)


def test_a_link_mark_is_the_number_or_the_end_of_the_address_of_one_post_and_goes_before_a_code() -> None:
    whole = facts(
        wall(
            [("2025-03-01", "SALE10"), ("2025-03-05", "SALE10"), ("2025-03-06", "")],
            id=["71", "72", "73"],
            url=["https://vk.com/wall-1_71?w=a", "https://vk.com/wall-1_72/", "https://[vk/same"],
        ),
        wall([("2025-03-07", "")], network="telegram", id=["73"], url=["https://t.me/c/same"]),
        till(
            [
                ("2025-03-08", "SALE10", "wall-1_71", 1.0),
                ("2025-03-08", "SALE10", "spring", 2.0),
                ("2025-03-08", None, "72", 4.0),
                ("2025-03-08", None, "73", 8.0),  # of two posts: a guess
                ("2025-03-08", None, "same", 16.0),
                ("2025-03-01", None, "wall-1_72", 32.0),  # before the post
            ]
        ),
    )
    found = told(whole)
    assert by_day(whole, found) == {1: 1.0, 5: 6.0}
    first, second = (orders_of(whole, found, row) for row in sorted(found.rows))
    assert [(one.word, one.number, one.file, one.row) for one in first] == [
        ("wall-1_71", "n0", "till.csv", 2)
    ]
    assert [(one.day, one.word, one.amount) for one in second] == [
        (date(2025, 3, 8), "SALE10", 2.0),
        (date(2025, 3, 8), "72", 4.0),
    ]


@pytest.mark.parametrize(
    ("code", "text", "is_said"),
    [
        ("MUG10", "10 % off with code mug10.", True),
        ("MUG10", "MUG10-B or MUG100", False),
        ("MUG10", "say #MUG10", True),
        ("SPRING", "Spring is here", False),
        ("spring", "say SPRING at the till", True),
        ("spring", "say “spring” at the till", True),
        ("two words 5", "say two  words\n5 now", True),
        ("10", "10 reasons", False),
        ("ВК", "мы в ВК", False),
        ("РАФ1", "Код РАФ1…", False),  # the export may have cut РАФ15
    ],
)
def test_a_code_is_said_on_purpose_or_not_at_all(code: str, text: str, is_said: bool) -> None:  # noqa: FBT001
    assert stands(code, text) == is_said


def test_of_several_codes_of_an_order_the_latest_post_counts() -> None:
    whole = facts(
        wall([("2025-03-01", "AAA1"), ("2025-03-02", "BBB2")]),
        till([("2025-03-03", "BBB2, AAA1", None, 3.0), ("2025-03-01", "AAA1;BBB2", None, 1.0)]),
    )
    assert by_day(whole, told(whole)) == {1: 1.0, 2: 3.0}


def test_without_a_code_in_any_file_nothing_is_told() -> None:
    posts = wall([("2025-03-01", "AAA1")])
    plain = reading("orders", {"at": ["2025-03-02T08:00:00"], "id": ["1"], "amount": [9.0]}, window=MARCH)
    assert takings(facts(posts, plain), MARCH, EVERYTHING) is None
    assert takings(facts(till([("2025-03-02", "AAA1", None, 9.0)])), MARCH, EVERYTHING) is None


def test_another_network_in_view_never_takes_over_an_order() -> None:
    whole = facts(
        wall([("2025-03-01", "AAA1")]),
        wall([("2025-03-05", "AAA1")], network="telegram"),
        till([("2025-03-06", "AAA1", None, 3.0), ("2025-03-02", "AAA1", None, 4.0)]),
    )
    seen = [told(whole, view=View(network=name)).revenue.tolist() for name in ("vk", "telegram")]
    assert seen == [[4.0], [3.0]]
    later = told(whole, Period(date(2025, 3, 5), date(2025, 3, 31)))
    assert (later.revenue[1], later.joined, later.total) == (3.0, 1, 1)


def test_money_of_two_currencies_or_without_an_amount_is_unknown_and_the_orders_are_told() -> None:
    posts = wall([("2025-03-01", "AAA1"), ("2025-03-02", "BBB2")])
    sales = till(
        [
            ("2025-03-03", "AAA1", None, 3.0),
            ("2025-03-03", "AAA1", None, 4.0),
            ("2025-03-03", "BBB2", None, None),
        ],
        currency=["EUR", "USD", "EUR"],
    )
    whole = facts(posts, sales)
    found = told(whole)
    assert np.isnan(found.revenue).all()
    assert found.orders.tolist() == [2, 1]
    assert words.revenue(found, 0, "en") is None
    euros = told(whole, view=View(currency="EUR"))
    assert words.revenue(euros, 0, "en") == "€3"
    assert words.column(euros, "en") == "Revenue, EUR"
    assert words.orders(found, 0, "ru") == "2 заказа"
    assert words.rows(orders_of(whole, found, 1), "en")["Amount"] == ["—"]


def test_each_order_is_joined_as_a_plain_search_over_all_posts_would_join_it() -> None:
    chance = np.random.default_rng(5)
    codes = ["AA1", "BB2", "CC3", "DD4"]
    posts = [
        (f"2025-03-{day:02}", " and ".join(chance.choice(codes, chance.integers(0, 3), replace=False)))
        for day in range(1, 29)
    ]
    sales = [
        (f"2025-03-{chance.integers(1, 29):02}", str(chance.choice([*codes, "EE5"])), None, float(at))
        for at in range(300)
    ]
    whole = facts(wall(posts), till(sales))
    money, count = defaultdict[str, float](float), Counter[str]()
    for day, code, _, amount in sales:
        before = [at for at, text in posts if at <= day and code in text.split()]
        if before:
            money[before[-1]] += amount or 0
            count[before[-1]] += 1
    found = told(whole)
    days = [posts[row][0] for row in sorted(found.rows)]
    assert {day: found.revenue[row] for day, row in zip(days, sorted(found.rows), strict=True)} == dict(money)
    assert found.joined == sum(count.values())


def test_a_code_that_stands_in_a_post_tells_the_return_of_codes() -> None:
    costs = reading("costs", {"month": ["2025-03-01"], "item": ["Design"], "amount": [2.0]}, file="c.csv")
    whole = facts(
        wall([("2025-03-01", "AAA1")]),
        till(
            [
                ("2025-03-02", "AAA1", None, 30.0),
                ("2025-03-02", "XX9", None, 7.0),
                ("2025-03-03", "VK10", None, 10.0),
            ]
        ),
        costs,
        reading("ads", {"date": ["2025-03-10"], "spend": [3.0]}, file="ads.csv", window=MARCH),
    )
    ways = {one.way: one for one in returns(whole, MARCH).ways}
    assert (ways[Way.NAMED].orders, ways[Way.NAMED].revenue) == (1, 10)
    assert (ways[Way.CODED].orders, ways[Way.CODED].revenue) == (2, 40)
    assert ways[Way.CODED].roi == pytest.approx(100 * (20 - 5) / 5)
    joined = named(whole)
    assert joined is not None
    assert joined.post.tolist() == [0, -1, -1]
