"""What is missing, and which file waits for an answer."""

from __future__ import annotations

from kpi.facts.assemble import Facts, assemble
from kpi.metrics.gaps import absent, lacking, missing, nearest, raw, tellers, waits
from kpi.model.owner import Owner
from kpi.model.reading import Question, Reading
from kpi.model.verdict import Missing
from kpi.model.view import EVERYTHING, View
from kpi.report.outline import get_from
from tests.made import reading

AT = ["2025-11-05T10:00:00"]


def facts(*files: Reading, owner: Owner | None = None) -> Facts:
    return assemble(files, (owner or Owner(),))


def posts(**columns: list[float | None]) -> Reading:
    return reading("posts", {"at": AT, **columns}, network="vk", counts=("reactions", "comments"))


def test_a_file_of_another_kind_that_waits_is_no_reason() -> None:
    rows = {"at": AT, "reach": [5], "reactions": [1]}
    waiting = reading("posts", rows, waiting=True, questions=(Question(key="currency"),))
    found = facts(waiting)
    assert waits("ads.spend", found, EVERYTHING) is None
    reason = waits("ads.spend + posts.reach", found, EVERYTHING)
    assert reason is not None
    assert reason.facts == {"file": "x.csv", "question": "currency"}


def test_a_file_that_waits_without_a_question_waits_for_its_network() -> None:
    found = facts(reading("posts", {"at": AT, "reach": [5]}, waiting=True))
    reason = waits("link_posts.reach", found, EVERYTHING)
    assert reason is not None
    assert reason.facts["question"] == "network"


def test_an_open_order_of_day_and_month_is_why_and_no_column_is_missing() -> None:
    question = Question(key="day_or_month", heading="At")
    found = facts(reading("posts", {"at": [None], "reach": [5]}, network="vk", questions=(question,)))
    reason = waits("posts.reach", found, EVERYTHING)
    assert reason is not None
    assert reason.facts == {"file": "x.csv", "question": "day_or_month"}
    assert absent(missing("posts.reach", found, EVERYTHING), found) == ()
    assert waits("posts.views", found, EVERYTHING) is None


def test_an_open_mark_of_decimals_is_why_for_its_own_column_only() -> None:
    asked = reading(
        "ads", {"spend": [None], "clicks": [1]}, questions=(Question(key="decimal", heading="Spend"),)
    )
    assert waits("ads.clicks", facts(asked), EVERYTHING) is None


def test_a_worked_out_field_names_the_columns_that_are_not_there() -> None:
    till = facts(reading("orders", {"at": AT, "amount": [5.0]})).tables
    assert raw("social_orders.margin", till) == ("orders.cogs", "orders.source")
    assert raw("social_orders.margin", ()) == ("orders.amount", "orders.cogs", "orders.source")
    assert raw("link_posts.reach", till) == ("posts.reach",)
    assert raw("ads.spend", till) == ("ads.spend",)


def test_lines_of_services_lack_the_number_of_the_visit_not_the_day_and_source_that_are_there() -> None:
    lines = {"at": AT, "amount": [5.0], "item": ["Haircut"], "source": ["vk"]}
    assert raw("social_orders.count", facts(reading("orders", lines)).tables) == ("orders.id",)
    numbered = facts(reading("orders", {**lines, "id": ["7"]})).tables
    assert raw("social_orders.count", numbered) == ("orders.at", "orders.source")


def test_engagements_name_the_kinds_that_posts_lack() -> None:
    assert raw("posts.engagements", posts(reactions=[1], comments=[None]).tables) == ("posts.comments",)
    assert raw("posts.engagements", posts(reactions=[1], comments=[2]).tables) == ("posts.engagements",)
    assert raw("posts.engagements", ()) == ("posts.reactions", "posts.comments", "posts.shares")


def test_days_are_never_missing_and_an_answer_is_where_it_was_not_given() -> None:
    formula = "posts.reach * owner.margin_rate / period.days"
    assert lacking(formula, facts(posts(reach=[5.0])), EVERYTHING) == ("owner.margin_rate",)
    answered = facts(posts(reach=[5.0]), owner=Owner(margin_rate=40.0))
    assert lacking(formula, answered, EVERYTHING) == ()
    assert lacking(formula, answered, View(network="ok")) == ("posts.reach",)


def test_a_missing_column_names_the_exports_that_have_it() -> None:
    (one,) = missing("posts.reach", facts(), EVERYTHING)
    assert one.field == "posts.reach"
    assert "meta_instagram_posts" in one.sources
    assert tellers("owner.margin_rate") == ()


def test_the_nearest_variant_is_the_one_whose_files_are_there() -> None:
    found = facts(posts(reach=[5.0]))
    formulas = ["ads.leads / ads.spend", "posts.comments / posts.views", "posts.comments / posts.reach"]
    gaps = [missing(formula, found, EVERYTHING) for formula in formulas]
    assert nearest(formulas, gaps, found) == 2
    assert nearest(formulas, [missing(f, facts(), EVERYTHING) for f in formulas], facts()) == 0


def test_our_template_is_named_among_few_of_many_sources() -> None:
    missing = Missing(field="orders.amount", sources=tellers("orders.amount"))
    assert len(missing.sources) > 2
    assert "Sales, our template" in get_from(missing, "en")


def test_an_answer_is_given_on_the_screen_and_stands_in_no_sheet() -> None:
    assert get_from(Missing(field="owner.lifetime_years", sources=()), "en") == "Answer on the Data screen"
