"""A change is told against the period before or a year ago, by the day where their lengths differ."""

from __future__ import annotations

from datetime import date

from kpi.catalog.loader import kpis
from kpi.model.period import Period
from kpi.report.moved import moved
from tests.judged import judge
from tests.made import reading


def test_the_change_since_a_year_ago_is_one_by_the_day_in_a_leap_year_s_february() -> None:
    days = [date.fromordinal(date(2023, 1, 1).toordinal() + i).isoformat() for i in range(500)]
    counts = [10.0 if day < "2024" else 12.0 for day in days]
    bench = judge(reading("account", {"date": days, "mentions": counts}, network="vk"))
    found = bench.verdict(kpis()["mentions"], Period.month(2024, 2))
    since = moved(found, "en", yearly=True)
    assert (found.value, found.year_ago) == (29 * 12, 28 * 10)
    assert since is not None
    assert (since.change.replace(" ", ""), since.before, since.by_day) == (
        "+20%",
        Period.month(2023, 2),
        True,
    )
    before = moved(found, "en")
    assert before is not None
    assert before.before == Period.month(2024, 1)
    early = bench.verdict(kpis()["mentions"], Period.month(2023, 12))
    assert moved(early, "en", yearly=True) is None
