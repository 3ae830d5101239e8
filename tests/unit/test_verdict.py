"""The verdict on what cannot be told."""

from __future__ import annotations

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.board import Judge
from kpi.metrics.cubes import cube
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.target import Target
from kpi.model.verdict import Status, Verdict
from kpi.model.view import EVERYTHING
from tests.made import reading

NOVEMBER = Period.month(2025, 11)


def judged(id_: str, *files: Reading) -> Verdict:
    judge = Judge(
        cube(assemble(files, (Owner(),)), kpis().values()), EVERYTHING, (Target(kpi=id_, value=5.0),)
    )
    return judge.verdict(kpis()[id_], NOVEMBER)


def test_without_a_column_there_is_neither_number_nor_light_but_the_column_s_name() -> None:
    found = judged("reaction_rate", reading("posts", {"at": ["2025-11-05T10:00:00"], "reach": [10]}))
    assert (found.value, found.status, found.variant) == (None, Status.GREY, None)
    assert [one.field for one in found.missing] == ["posts.reactions"]
    assert (found.interval, found.trace, found.parts) == (None, (), ())


def test_over_nothing_there_is_neither_number_nor_light_but_the_reason() -> None:
    ads = reading("ads", {"starts": ["2025-11-05"], "link_clicks": [3], "impressions": [0]}, network="vk")
    found = judged("ctr_ads", ads)
    assert (found.value, found.status, found.variant) == (None, Status.GREY, None)
    assert found.reasons[0].key == "zero_divisor"
    assert found.rows == 1
