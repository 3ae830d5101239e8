"""A contractor's report beside the native files: each explanation on figures made for it, and none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.ingest.parse import parse
from kpi.insight.audit.check import audit
from kpi.insight.audit.figure import Audit, Line, Match, matched, step
from kpi.insight.audit.rates import named
from kpi.metrics.cubes import cube
from kpi.model.limits import LOCAL
from kpi.model.owner import FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.reading import Column, Reading
from tests.made import reading

FIRST, DAYS = date(2025, 1, 1), 120
RNG = np.random.default_rng(7)
FLOWS = {
    name: RNG.integers(low, 3 * low, DAYS).tolist()
    for name, low in {"reach": 900, "views": 1500, "reactions": 40, "profile_visits": 30}.items()
}
DATES = [str(FIRST + timedelta(days=i)) for i in range(DAYS)]
WANTED = [kpis()[name] for name in ("engagement_rate", "follower_growth_rate")]
MONTHS = [Period.month(2025, month) for month in (1, 2, 3, 4)]


def native(**more: Sequence[Any]) -> Reading:
    rows = {"date": DATES, **FLOWS, **more}
    return reading("account", rows, file="native.csv", network="instagram", account="cafe")


def monthly(first: str = "starts", **figures: Sequence[float]) -> Reading:
    rows = {first: [str(p.first) for p in MONTHS], "ends": [str(p.last) for p in MONTHS], **figures}
    return reading("account", rows, file="report.xlsx", network="instagram")


def total(name: str, period: Period) -> float:
    at = (period.first - FIRST).days
    return float(sum(FLOWS[name][at : at + period.days]))


def checked(report: Reading, *natives: Reading) -> Audit:
    owners = (Owner(currency="RUB"),)
    return audit(cube(assemble(natives or (native(),), owners), WANTED), assemble((report,), owners))


def only(found: Audit) -> Line:
    assert len(found.lines) == 1
    return found.lines[0]


def cause(found: Audit) -> tuple[str, dict[str, object]]:
    line = only(found)
    assert len(line.causes) == 1, line
    return line.causes[0].key, dict(line.causes[0].facts)


def test_a_report_that_is_right_agrees_in_every_figure() -> None:
    right = {name: [total(name, p) for p in MONTHS] for name in ("views", "reactions")}
    found = checked(monthly(**right))
    assert {line.field: line.match for line in found.lines} == {
        "account.views": Match.AGREES,
        "account.reactions": Match.AGREES,
    }
    assert (found.count(Match.AGREES), found.count(Match.DIFFERS), found.count(Match.UNTOLD)) == (8, 0, 0)
    assert all(not line.causes for line in found.lines)
    assert found.lines[0].figures[0].place == "2"
    assert {one.file for one in found.lines[0].native} == {"native.csv"}
    assert {one.file for one in found.lines[0].reported} == {"report.xlsx"}
    assert not found.jumps


def test_views_with_those_of_ads_counted_in() -> None:
    shown = [int(100 + 3 * i) for i in range(DAYS)]
    ads = reading(
        "ads", {"starts": DATES, "impressions": shown}, file="ads.csv", network="instagram", currency="RUB"
    )
    figures = []
    for p in MONTHS:
        at = (p.first - FIRST).days
        figures.append(total("views", p) + sum(shown[at : at + p.days]))
    found = checked(monthly(views=figures), native(), ads)
    key, facts = cause(found)
    assert (key, facts["paid"]) == ("paid_in", sum(shown))
    line = only(found)
    assert line.match is Match.DIFFERS
    assert line.percent == pytest.approx(100 * sum(shown) / sum(FLOWS["views"]))
    assert {one.file for one in line.causes[0].trace} == {"native.csv", "ads.csv"}


@pytest.mark.parametrize(("days", "by"), [(1, "day"), (7, "week")])
def test_figures_of_other_days(days: int, by: str) -> None:
    dates = DATES[20:60]
    later = FLOWS["views"][20 + days : 60 + days]
    report = reading("account", {"date": dates, "views": later}, file="r.csv", network="instagram")
    assert cause(checked(report)) == (f"shifted_{by}_later", {})


def test_figures_of_the_month_before() -> None:
    report = monthly(views=[9999, *(total("views", p) for p in MONTHS[:3])])
    found = checked(report)
    assert cause(found) == ("shifted_month_earlier", {})


def test_people_of_days_added_up_are_no_people_of_a_month() -> None:
    found = checked(monthly(reach=[total("reach", p) for p in MONTHS]))
    assert cause(found)[0] == "summed_people"
    figure = only(found).figures[0]
    assert (figure.match, figure.native) == (Match.UNTOLD, None)
    assert figure.reason is not None
    assert figure.reason.key == "audit.people"


def test_reach_that_is_really_views() -> None:
    window = reading(
        "account",
        {
            "starts": [str(p.first) for p in MONTHS],
            "ends": [str(p.last) for p in MONTHS],
            "reach": [9000.0, 8000.0, 9500.0, 8800.0],
        },
        file="months.csv",
        network="instagram",
        account="cafe",
    )
    found = checked(monthly(reach=[total("views", p) for p in MONTHS]), native(), window)
    assert cause(found) == ("other_field", {"field": "account.views"})
    assert only(found).match is Match.DIFFERS


def test_every_figure_a_fifth_higher_and_figures_rounded_to_thousands() -> None:
    high = checked(monthly(profile_visits=[round(1.2 * total("profile_visits", p)) for p in MONTHS]))
    key, facts = cause(high)
    assert (key, facts["part"]) == ("inflated", pytest.approx(20, abs=0.2))
    rough = checked(monthly(profile_visits=[1000 * round(total("profile_visits", p) / 1000) for p in MONTHS]))
    assert only(rough).match is Match.DIFFERS
    assert cause(rough) == ("rounded", {"unit": 1000.0})


def test_figures_that_nothing_explains() -> None:
    odd = [total("views", p) * part for p, part in zip(MONTHS, (1.4, 1.05, 1.9, 1.2), strict=True)]
    line = only(checked(monthly(views=odd)))
    assert (line.match, line.causes) == (Match.DIFFERS, ())
    assert line.figures[0].percent == pytest.approx(40)
    assert line.figures[0].difference == pytest.approx(0.4 * total("views", MONTHS[0]))


def test_what_the_native_files_do_not_tell() -> None:
    report = reading(
        "account",
        {
            "starts": ["2025-04-01", "2025-06-01"],
            "ends": ["2025-04-30", "2025-06-30"],
            "views": [total("views", MONTHS[3]), 500.0],
            "saves": [4.0, 5.0],
        },
        network="instagram",
    )
    by_field = {line.field: line for line in checked(report).lines}
    april, june = by_field["account.views"].figures
    assert (april.match, june.match) == (Match.AGREES, Match.UNTOLD)
    assert june.reason is not None
    assert june.reason.key == "audit.not_covered"
    assert june.reason.facts["covered"] == Period(FIRST, date(2025, 4, 30))
    assert {one.reason.key for one in by_field["account.saves"].figures if one.reason} == {"audit.no_field"}
    elsewhere = reading("account", {"date": DATES[:2], "views": [1.0, 2.0]}, network="vk")
    reasons = {one.reason.key for one in only(checked(elsewhere)).figures if one.reason}
    assert reasons == {"audit.no_network"}


def posts(reach: Sequence[int], file: str) -> Reading:
    rows = {
        "at": [f"{day}T10:00:00" for day in DATES[: len(reach)]],
        "id": [f"p{i}" for i in range(len(reach))],
        "reach": list(reach),
        "views": [3 * one for one in range(100, 100 + len(reach))],
    }
    return reading("posts", rows, file=file, network="instagram")


def test_posts_are_compared_one_by_one_and_a_stranger_is_told() -> None:
    report = reading(
        "posts",
        {"at": ["2025-01-03T10:00:00", "2025-01-09T10:00:00"], "id": ["p1", "zz"], "reach": [210, 300]},
        network="instagram",
    )
    one, other = only(checked(report, posts([100, 210, 320], "n.csv"))).figures
    assert (one.match, one.native) == (Match.AGREES, 210)
    assert other.reason is not None
    assert other.reason.key == "audit.no_post"


def test_likes_of_months_are_added_up_over_posts_where_no_file_tells_them_by_day() -> None:
    rows = {
        "at": [f"{day}T10:00:00" for day in DATES],
        "reactions": FLOWS["reactions"],
        "reach": FLOWS["reach"],
    }
    by_post = reading("posts", rows, file="p.csv", network="instagram")
    found = checked(
        monthly(reactions=[total("reactions", p) for p in MONTHS], reach=[total("reach", p) for p in MONTHS]),
        by_post,
    )
    lines = {line.field: line for line in found.lines}
    assert lines["account.reactions"].match is Match.AGREES
    assert lines["account.reach"].match is Match.UNTOLD
    assert [one.key for one in lines["account.reach"].causes] == ["post_sum"]


def test_a_rate_counted_by_another_formula() -> None:
    kinds = ("reactions", "comments", "shares", "saves")
    rows = {
        "at": [f"{day}T10:00:00" for day in DATES],
        "reach": FLOWS["reach"],
        "views": FLOWS["views"],
        "reactions": FLOWS["reactions"],
        **{kind: [0] * DAYS for kind in kinds[1:]},
    }
    given = reading("posts", rows, file="p.csv", network="instagram", counts=kinds)
    by_views = [round(100 * total("reactions", p) / total("views", p), 2) for p in MONTHS]
    report = monthly(reactions=[total("reactions", p) for p in MONTHS])
    table = report.tables[0]
    told = Column(heading="ER, %", filled=4, total=sum(by_views), extra=tuple(by_views))
    other = Column(heading="Mood", filled=4, extra=(1.0, 2.0, 3.0, 4.0))
    found = checked(replace(report, tables=(replace(table, columns=(*table.columns, told, other)),)), given)
    rate = found.lines[-1]
    assert (rate.kpi, rate.match, found.skipped) == ("engagement_rate", Match.DIFFERS, ("Mood",))
    assert rate.causes[0].key == "other_formula"
    assert rate.causes[0].facts["variant"] == "by_views"
    assert rate.figures[1].native == pytest.approx(
        100 * total("reactions", MONTHS[1]) / total("reach", MONTHS[1])
    )


def test_the_number_of_posts_is_counted_in_the_native_files() -> None:
    rows = {"at": [f"{day}T10:00:00" for day in DATES], "reach": FLOWS["reach"]}
    given = reading("posts", rows, file="p.csv", network="instagram")
    days = [float(period.days) for period in MONTHS]  # a post a day
    right, wrong = (only(checked(monthly(posts=said), given)) for said in (days, [days[0] + 9, *days[1:]]))
    assert [one.native for one in right.figures] == days
    assert (right.match, wrong.figures[0].match) == (Match.AGREES, Match.DIFFERS)


def test_rates_of_posts_are_compared_one_by_one() -> None:
    kinds = ("reactions", "comments", "shares", "saves")
    reach, likes = [200, 400, 500, 0], [10, 30, 25, 3]
    rows = {
        "at": [f"{day}T10:00:00" for day in DATES[:4]],
        "id": [f"p{i}" for i in range(4)],
        "reach": reach,
        "views": [800, 800, 2500, 90],
        "reactions": likes,
        **{kind: [0] * 4 for kind in kinds[1:]},
    }
    given = reading("posts", rows, file="p.csv", network="instagram", counts=kinds)
    names = ["p0", "p1", "p2", "p3", "stranger"]
    rows = {"at": [f"{day}T10:00:00" for day in DATES[:5]], "id": names, "reactions": [*likes, 8]}
    report = reading("posts", rows, network="instagram")

    def rate(*said: float | None) -> Line:
        table = report.tables[0]
        told = Column(heading="ER, %", filled=5, total=None, extra=said)
        found = checked(replace(report, tables=(replace(table, columns=(*table.columns, told)),)), given)
        assert found.skipped == ()
        return found.lines[-1]

    right = rate(5.0, 7.5, 9.0, 1.0, 2.0)
    assert [one.native for one in right.figures] == [5, 7.5, 5, None, None]  # interactions ÷ reach × 100
    assert [one.match.value for one in right.figures] == ["agrees", "agrees", "differs", "untold", "untold"]
    assert [one.reason.key for one in right.figures if one.reason] == ["audit.no_rate", "audit.no_post"]
    (why,) = rate(1.25, 3.75, 1.0, None, None).causes
    assert (why.key, why.facts["variant"]) == ("other_formula", "by_views")


def test_a_sum_that_the_report_does_not_give_is_no_figure_of_its_own() -> None:
    kinds = ("reactions", "comments")
    rows = {"at": ["2025-01-03T10:00:00"], "id": ["p1"], "reactions": [12], "comments": [3]}
    report = reading("posts", rows, network="instagram", counts=kinds)
    given = reading("posts", rows | {"reactions": [10]}, file="p.csv", network="instagram", counts=kinds)
    assert [line.field for line in checked(report, given).lines] == ["posts.reactions", "posts.comments"]


def test_rates_of_posts_that_nobody_can_name_are_not_looked_at() -> None:
    given = posts([100, 210, 320], "n.csv")
    report = reading("posts", {"at": [f"{day}T10:00:00" for day in DATES[:3]], "reach": [1, 2, 3]})
    (table,) = report.tables
    told = Column(heading="ER, %", filled=3, extra=(1.0, 2.0, 3.0))
    found = checked(replace(report, tables=(replace(table, columns=(*table.columns, told)),)), given)
    assert found.skipped == ("ER, %",)
    report = reading("posts", {"at": ["2025-01-03T10:00:00"], "id": ["p1"], "reach": [1]})
    told = Column(heading="ER, %", filled=1, extra=(1.0,))
    alone = replace(report, tables=(replace(report.tables[0], columns=(*report.tables[0].columns, told)),))
    (line,) = (line for line in checked(alone, native(views=[1] * DAYS)).lines if line.kpi)
    assert line.match is Match.UNTOLD


def test_a_jump_of_followers_in_the_native_file_is_told() -> None:
    new = [5] * DAYS
    new[70] = 900
    found = checked(monthly(views=[total("views", p) for p in MONTHS]), native(followers_new=new))
    assert [(one.key, one.facts["day"]) for one in found.jumps] == [
        ("follower_jump", FIRST + timedelta(days=70))
    ]


def test_names_of_rates_and_steps_of_rounding() -> None:
    assert [named(text, "account") for text in ("ER", "ER, %", "Вовлечённость (ER), %")] == [
        kpis()["engagement_rate"]
    ] * 3
    assert (named("CTR", "ads"), named("CTR %", "posts")) == (kpis()["ctr_ads"], kpis()["ctr_organic"])
    assert named("Mood", "account") is None
    assert [step(some) for some in ([48000, 12000], [3.4, 2.0], [0.0], [17.25])] == [1000, 0.1, 0, 0.01]
    assert matched(3.4, 3.44, 0.1) is Match.AGREES
    assert matched(2000, 1500, 1000) is Match.DIFFERS
    assert matched(0, 0, 1) is Match.AGREES


def test_a_column_that_is_no_field_keeps_its_numbers_in_an_own_spreadsheet() -> None:
    sheet = b'Month,Network,Likes,ER,Note\n2025-01,Instagram,40,"4,5%",fine\n2025-02,Instagram,50,,fine\n'
    mapping = {"Month": "account.date", "Network": "account.network", "Likes": "account.reactions"}
    told = parse("r.csv", sheet, FileAnswers(mapping=mapping), LOCAL).tables[0]
    extra = {column.heading: column.extra for column in told.columns if column.extra}
    assert extra == {"ER": (4.5, None)}
