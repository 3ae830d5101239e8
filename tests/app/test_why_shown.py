"""The piece of a screen that says why a KPI moved: compared with what, and within which network."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def piece() -> None:
    from kpi.catalog.loader import kpis
    from kpi.insight.drivers import explained
    from kpi.model.period import Period
    from kpi.model.reading import Reading
    from kpi.model.target import Target
    from kpi.model.verdict import Verdict
    from kpi.model.view import View
    from pages.parts import why
    from tests.judged import judge
    from tests.made import reading

    def month(number: int, network: str, reach: int) -> Reading:
        rows = {
            "at": [f"2025-{number:02d}-{1 + i:02d}T10:00:00" for i in range(10)],
            "reach": [reach] * 10,
            "reactions": [10] * 10,
        }
        window = Period.month(2025, number)
        name = f"{network} {number}.csv"
        return reading("posts", rows, file=name, network=network, counts=("reactions",), window=window)

    reaches = {9: 1000, 10: 400, 11: 390}
    files = [month(n, "instagram", reach) for n, reach in reaches.items()]
    files += [month(n, "vk", 500) for n in reaches]
    judged = judge(*files, targets=(Target(kpi="reach", value=12_000),))

    class Laid:
        """What a desk tells, of these files."""

        def explained(self, verdict: Verdict, previous: Period, **within: str) -> object:
            assert verdict.variant is not None
            period = verdict.series[-1][0]
            seen = View(**within)
            return explained(judged.cube, verdict.kpi, verdict.variant, period, previous, view=seen)

    found = judged.verdict(kpis()["reach"], Period.month(2025, 11))
    why.draw(found, Laid(), "en")  # type: ignore[arg-type]


def test_a_miss_is_compared_with_the_last_fine_period_and_told_within_a_network() -> None:
    shown = AppTest.from_function(piece, default_timeout=60).run()
    assert not shown.exception
    assert shown.header[0].value == "Why it moved"
    told = shown.markdown[0].value
    assert "September 2025" in told
    assert "The main cause: reach of one post went from 750 to 445." in told
    assert any("Only Instagram moved" in one.value for one in shown.markdown)
    shown.pills[0].set_value(" vk").run()
    assert "**VK.**" in shown.markdown[-1].value
    assert "Nothing moved" in shown.markdown[-1].value
    shown.segmented_control[0].set_value("before").run()
    assert not shown.exception
    assert "October 2025" in shown.markdown[0].value
