"""An outlook and a contradiction as the owner and the command line read them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from kpi.catalog.loader import kpis
from kpi.model.conflict import Conflict, Named
from kpi.model.outlook import Outlook, Reach
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.report.outlook import contradiction, outline, sentences


def variant(kpi: str, id_: str) -> Outlook:
    of = kpis()[kpi]
    return Outlook(
        kpi=of,
        variant=next(v for v in of.variants if v.id == id_),
        per="month",
        goal=Period.month(2026, 1),
    )


RATE = replace(
    variant("engagement_rate", "by_reach"),
    value=6.0,
    by=date(2026, 1, 31),
    middle=5.0,
    usual=(4.0, 6.2),
    realistic=(5.2, 5.6),
    ambitious=(5.6, 6.2),
    chance=0.1389,
    reach=Reach.AMBITIOUS,
    needed_per_week=0.2,
    reached=1,
    known=12,
    method="theta",
    error=0.1427,
)
TOTAL = replace(
    variant("mentions", "network"),
    value=400.0,
    middle=389.4,
    usual=(300.2, 451.7),
    chance=0.4,
    reach=Reach.REALISTIC,
    needed_per_week=90.32,
)


def test_the_command_line_gets_plain_values() -> None:
    told = outline(RATE, "en")
    assert told == {
        "kpi": "engagement_rate",
        "variant": "by_reach",
        "value": 6.0,
        "by": "2026-01-31",
        "chance": 0.14,
        "realistic": [5.2, 5.6],
        "ambitious": [5.6, 6.2],
        "needed_per_week": 0.2,
        "reached_before": "1 of 12 months",
        "method": "theta",
        "backtest_error": 0.143,
        "reason": None,
    }
    assert json.loads(json.dumps(told)) == told


def test_what_is_not_known_is_null_and_has_a_reason() -> None:
    facts = {"n": 5, "needed": 8, "weekly": False, "monthly": True, "longer": False}
    told = outline(
        replace(variant("mentions", "network"), reason=Reason(key="outlook.few", facts=facts)), "en"
    )
    unknown = {key for key, value in told.items() if value is None}
    assert unknown == told.keys() - {"kpi", "variant", "reason"}
    assert told["reason"] == ("No forecast: 5 full months in a row are too short a past, it takes 8.")


def test_an_owner_reads_it_in_either_language() -> None:
    assert sentences(RATE, "en") == (
        "Your target, 6%, is ambitious: chance 14%.",
        "Without change: about 5% for January 2026, eight times out of ten from 4% to 6.2%.",
        "Realistic: from 5.2% to 5.6%. Ambitious: from 5.6% to 6.2%.",
        "You reached this in 1 of 12 months.",
        "For that it has to rise by 0.2 pp each week.",
        "Told by the recent level and half of the long trend; in the past that was off by 14% on average.",
    )
    russian = sentences(replace(RATE, needed_per_week=-0.2), "ru")
    assert russian[0] == "Ваша цель (6\N{NO-BREAK SPACE}%) смелая: вероятность 14\N{NO-BREAK SPACE}%."
    assert russian[3:5] == (
        "Раньше вы этого достигали: 1 из 12 месяцев.",
        "Для этого нужно убавлять по 0,2 п. п. каждую неделю.",
    )


def test_counts_are_told_without_a_fraction_and_a_total_as_what_a_week_must_bring() -> None:
    told, usual = sentences(TOTAL, "en"), "from 300 mentions to 452 mentions"
    assert told == (
        "Your target, 400 mentions, is realistic: chance 40%.",
        f"Without change: about 389 mentions for January 2026, eight times out of ten {usual}.",
        "That takes 90 mentions a week until then.",
    )
    few = replace(TOTAL, middle=3.4, needed_per_week=0.0, method="naive")
    assert sentences(few, "en")[1].startswith("Without change: about 3.4 mentions")
    assert sentences(few, "en")[-1] == "Told by the last figure."
    assert sentences(replace(few, error=0.00124), "en")[-1].endswith("off by 0.124% on average.")
    level = replace(variant("follower_count", "end"), value=900.0, chance=0.5, reach=Reach.LIKELY)
    assert sentences(replace(level, needed_per_week=12.4), "en")[-1] == (
        "For that it has to rise by 12 people each week."
    )


def test_a_range_is_told_with_both_ends() -> None:
    told = sentences(replace(TOTAL, top=500.0), "en")
    assert told[0] == "Your target, from 400 mentions to 500 mentions, is realistic: chance 40%."


def test_what_is_over_is_told_as_a_fact() -> None:
    past = replace(
        TOTAL, chance=None, middle=None, goal=Period.month(2025, 11), fact=420.0, needed_per_week=None
    )
    said = [sentences(replace(past, met=met), "en") for met in (True, False, None)]
    assert said == [
        ("Target reached: in November 2025 it was 420 mentions.",),
        ("Target not reached: in November 2025 it was 420 mentions.",),
        ("In November 2025 it was 420 mentions.",),
    ]


def test_notes_come_last() -> None:
    noted = replace(TOTAL, notes=(Reason(key="outlook.by_shorter", facts={"n": 5, "weekly": True}),))
    assert sentences(noted, "en")[-1] == "There are few full months yet, so it is told from weeks."


def conflict() -> Conflict:
    leads, rate = variant("leads", "ads"), variant("cvr_click_to_lead", "ads")
    return Conflict(
        whole=Named(kpi=leads.kpi, variant=leads.variant, value=40),
        part=Named(kpi=rate.kpi, variant=rate.variant, value=12),
        needed=20,
        come=24,
        totals=(("ads.link_clicks", 200.0),),
    )


def test_a_contradiction_is_told_with_its_figures() -> None:
    leads, rate = (kpis()[id_] for id_ in ("leads", "cvr_click_to_lead"))
    assert contradiction(conflict(), "en") == (
        f"Your targets do not fit: for “{leads.en.name}” to come to 40 leads, “{rate.en.name}” has to be 20%,"
        " and your target for it is 12%. Taken with “Link clicks” 200 clicks as now."
    )
    assert contradiction(conflict(), "ru") == (
        f"Цели не сходятся: чтобы показатель «{leads.ru.name}» составил 40 заявок,"
        f" показатель «{rate.ru.name}» должен составить 20\N{NO-BREAK SPACE}%,"
        " а ваша цель для него 12\N{NO-BREAK SPACE}%."
        " В расчёте: «Клики по ссылке» 200 кликов как сейчас."
    )


def test_a_contradiction_of_two_needs_no_others() -> None:
    alone = replace(conflict(), totals=())
    assert contradiction(alone, "en").endswith("and your target for it is 12%.")
    cpl = variant("cpl", "paid")
    beside = replace(alone, beside=(Named(kpi=cpl.kpi, variant=cpl.variant, value=9.5),), currency="USD")
    assert contradiction(beside, "en").endswith(f"Taken with “{cpl.kpi.en.name}” $9.50.")
