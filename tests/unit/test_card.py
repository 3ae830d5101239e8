"""What a card says: the signs of its bullet, how sure it is, how far it moved; nothing is said twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpi.model.benchmark import Comparison
from kpi.model.period import Period
from kpi.model.verdict import Measure, Sample, Verdict
from kpi.report.card import certainty, changes, counted, signs
from tests.judged import judged, posts, wanted


def rate(**changed: object) -> Verdict:
    found = judged("engagement_rate", posts([30] * 12), targets=wanted(5.0))
    return replace(found, **changed)  # type: ignore[arg-type]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_line_is_named_for_what_it_is_and_others_only_where_they_are_known() -> None:
    verdict = rate()
    assert signs(verdict, None, "en") == "Line: target 5%"
    assert plain(signs(verdict, Comparison(middle=2.5), "ru")) == "Черта: цель 5 % · Ромб: у других 2,5 %"
    assert signs(verdict, Comparison(), "en") == "Line: target 5%"
    usual = rate(target=None, reference=4.0, measure=Measure.REFERENCE)
    assert signs(usual, None, "en") == "Line: your usual level 4%"
    ranged = rate(top=7.5)
    assert signs(ranged, None, "en") == "Line: target 5–7.5%"
    assert signs(rate(target=None, measure=None), None, "en") == ""


def test_chance_and_sample_are_told_as_far_as_they_are_known() -> None:
    verdict = rate(interval=(2.4, 3.61))
    assert certainty(verdict, "en") == "Give or take chance: 2.4–3.61% · 12 posts"
    assert certainty(rate(interval=None), "en") == "12 posts"
    assert certainty(rate(interval=(3.0, 3.0), sample=None), "en") == ""


def test_what_is_its_own_sample_is_not_said_twice() -> None:
    orders = replace(rate(), value=149.0, unit="orders", interval=(134.2, 165.3))
    assert (
        certainty(replace(orders, sample=Sample(of="social_orders", n=149, needed=20)), "en")
        == "Give or take chance: 134–165"
    )
    assert counted(replace(orders, sample=None), "en") == ""
    unknown = replace(orders, sample=Sample(of="social_orders", n=None, needed=20))
    assert "orders" not in certainty(unknown, "en")
    other = replace(orders, sample=Sample(of="social_orders", n=150, needed=20))
    assert certainty(other, "en").endswith("· 150 orders")


def test_a_value_is_set_against_the_period_before_and_the_same_one_a_year_ago() -> None:
    months = (Period.month(2025, 10), Period.month(2025, 11))
    verdict = rate(series=tuple((month, 3.0) for month in months), value=3.0, previous=2.6, year_ago=5.5)
    told = [(one.change, to) for one, to in changes(verdict, "en")]
    assert told == [("+0.4 pp", "vs Oct"), ("-2.5 pp", "vs Nov 2024")]
    assert [to for _, to in changes(replace(verdict, previous=None), "ru")] == ["к нояб. 2024"]
    days = (Period(date(2025, 11, 1), date(2025, 11, 9)), Period(date(2025, 11, 10), date(2025, 11, 18)))
    free = replace(verdict, series=tuple((one, 3.0) for one in days))
    assert [to for _, to in changes(free, "en")] == ["vs before", "vs last year"]
