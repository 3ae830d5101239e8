"""The verdict on what cannot be told."""

from __future__ import annotations

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.board import Judge
from kpi.metrics.cubes import cube
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.verdict import Status, Target, Verdict
from kpi.model.view import EVERYTHING
from tests.made import reading

NOVEMBER = Period.month(2025, 11)


def judged(*files: Reading) -> Verdict:
    target = Target(kpi="reaction_rate", value=5.0)
    judge = Judge(cube(assemble(files, (Owner(),)), kpis().values()), EVERYTHING, (target,))
    return judge.verdict(kpis()["reaction_rate"], NOVEMBER)


def posts(**columns: list[float | None]) -> Reading:
    return reading("posts", {"at": ["2025-11-05T10:00:00"], **columns}, network="vk")


def test_without_a_column_there_is_neither_number_nor_light_but_the_column_s_name() -> None:
    found = judged(posts(reach=[10]))
    assert (found.value, found.status, found.variant) == (None, Status.GREY, None)
    assert [one.field for one in found.missing] == ["posts.reactions"]
    assert (found.interval, found.trace, found.parts) == (None, (), ())


def test_over_nothing_there_is_neither_number_nor_light_but_the_reason() -> None:
    found = judged(posts(reactions=[1], reach=[0]))
    assert (found.value, found.status, found.variant) == (None, Status.GREY, None)
    assert found.reasons[0].key == "zero_divisor"
    assert found.rows == 1
