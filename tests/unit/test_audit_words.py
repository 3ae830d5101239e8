"""A contractor check in words: the headline, lines and explanations, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi.insight.audit.causes import CAUSES
from kpi.insight.audit.figure import Audit, Cause, Figure, Line, Match
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.report.audit import badge, cause, headline, rows, summary, whole

JANUARY = Period.month(2025, 1)


def figure(reported: float, native: float | None, match: Match, key: str = "") -> Figure:
    reason = Reason(key=key, facts={"field": "account.reach"}) if key else None
    return Figure(period=JANUARY, place="7", reported=reported, native=native, match=match, reason=reason)


def line(*figures: Figure, **more: object) -> Line:
    made = Line(heading="Views total", network="vk", unit="views", field="account.views", figures=figures)
    return replace(made, **more)  # type: ignore[arg-type]


GOOD = line(figure(100, 100, Match.AGREES))
PAID = line(figure(138, 100, Match.DIFFERS), causes=(Cause(key="paid_in", facts={"paid": 38.0}),))
ODD = line(figure(50, 100, Match.DIFFERS), figure(100, 100, Match.AGREES))
UNTOLD = line(figure(9, None, Match.UNTOLD, "audit.people"), field="account.reach")


def test_the_headline_is_the_finding() -> None:
    assert headline(Audit(lines=(GOOD,)), "en") == "All figures agree with your exports: 1"
    part = headline(Audit(lines=(GOOD, UNTOLD)), "en")
    assert part == "Figures that agree with your exports: 1; that cannot be told: 1"
    assert headline(Audit(lines=(UNTOLD,)), "en") == "Nothing of this report can be compared yet"
    told = headline(Audit(lines=(GOOD, ODD, PAID, UNTOLD)), "en")
    assert told == "2 of 4 figures agree; Views: +38% in the report, advertising is counted in"
    assert headline(Audit(lines=(GOOD, ODD)), "en") == "2 of 3 figures agree; Views: -25% in the report"
    added = replace(UNTOLD, causes=(Cause(key="summed_people"),))
    assert headline(Audit(lines=(added,)), "en") == "Reach: people of single days were added up"
    assert headline(Audit(lines=(GOOD, added)), "en").startswith("1 of 1 figures agree; Reach: people")
    assert headline(Audit(lines=(GOOD, PAID)), "ru").startswith("Сходятся числа: 1 из 2; ")


def test_a_rate_is_off_by_points() -> None:
    rate = line(figure(4.0, 6.0, Match.DIFFERS), unit="percent", kpi="engagement_rate", field="")
    assert (
        headline(Audit(lines=(rate,)), "en") == "0 of 1 figures agree; Engagement rate: -2 pp in the report"
    )


def test_lines_and_figures_are_told_with_their_light_in_words() -> None:
    assert [badge(one, "en") for one in Match] == ["✓ Agrees", "≠ Differs", "? Cannot be told"]
    assert whole(ODD, "en") == "1 of 2 figures agree. Over all of them, the report says -25%."
    assert whole(GOOD, "en") == "1 of 1 figures agree."
    assert whole(UNTOLD, "en").startswith("“Reach” counts people")
    table = rows(PAID, "en")
    assert [column[0] for column in table.values()] == [
        *("January 2025", "138", "100", "+38", "+38%", "≠ Differs", "7")
    ]
    assert rows(UNTOLD, "en")["In your exports"] == ["—"]
    assert [column[0] for column in summary(Audit(lines=(PAID,)), "en").values()] == [
        *("≠ Differs", "Views · VK", "0 of 1", "+38%", "Views total")
    ]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_explanation_is_a_whole_sentence(lang: str) -> None:
    facts = {"unit": 1000.0, "paid": 38.0, "part": 20.0, "field": "account.views"}
    facts |= {"kpi": "engagement_rate", "variant": "by_views", "ours": "by_reach"}
    for key in CAUSES:
        told = cause(Cause(key=key, facts=facts), lang)
        assert told.endswith(".")
        assert "—" not in told or key == "other_formula", told
    assert "+20" in cause(Cause(key="inflated", facts={"part": 20.0}), lang)
