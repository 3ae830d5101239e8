"""Why a KPI moved, said so that an owner can read it aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kpi.catalog.loader import factors, kpis
from kpi.model.driver import Drill, Explained, Factor, Segment
from kpi.model.kpi import Better
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.report.why import drill_rows, factor_rows, factor_value, main_cause, named, remarks, sentences

CADENCE, REACH = "posts.count", "posts.reach / posts.count"


def factor(id_: str, before: float, now: float, effect: float, formula: str = "") -> Factor:
    return Factor(id=id_, before=before, now=now, share=effect / -600, effect=effect, formula=formula)


def fall(*made: Factor, **other: object) -> Explained:
    kpi = kpis()["reach"]
    found = Explained(
        kpi=kpi,
        variant=kpi.variants[-1],
        period=Period.month(2025, 11),
        previous=Period.month(2025, 10),
        before=1000,
        now=400,
        unit="views",
        currency=None,
        factors=made,
    )
    return replace(found, **other)  # type: ignore[arg-type]


def test_the_main_cause_comes_first_with_its_figures_and_its_part() -> None:
    found = fall(factor("cadence", 10, 8, -150, CADENCE), factor("reach_per_post", 100, 50, -450, REACH))
    assert sentences(found, "en") == (
        "From 1,000 views in October 2025 to 400 views in November 2025: -60%.",
        "The main cause: reach of one post went from 100 to 50. That makes 75% of the change.",
        "Also: number of posts (from 10 posts to 8 posts).",
    )
    assert sentences(found, "ru")[1:] == (
        "Главная причина: охват одной публикации — было 100, стало 50. Это 75\xa0% изменения.",
        "Ещё: число публикаций (было 10 постов, стало 8 постов).",
    )
    assert main_cause(found, "en") == "Why: reach of one post, 100 in October 2025, 50 now."
    assert main_cause(found, "ru") == "Почему: охват одной публикации — было 100 (октябрь 2025), стало 50."
    assert main_cause(replace(found, before=400, now=1000), "en") is None
    for better in (Better.DOWN, Better.RANGE):
        assert main_cause(replace(found, variant=replace(found.variant, better=better)), "en") is None
    by_mean = replace(found, mean=kpis()["reach_per_post"].variants[1])
    assert (main_cause(by_mean, "ru") or "").startswith("Почему (по среднему): охват")


def test_what_worked_the_other_way_is_told_and_the_cause_by_its_amount() -> None:
    found = fall(factor("reach_per_post", 100, 40, -750, REACH), factor("cadence", 10, 12, 150, CADENCE))
    assert sentences(found, "en")[1:] == (
        (
            "The main cause: reach of one post went from 100 to 40. "
            "That alone would have made -750 views; something else made up for part of it."
        ),
        "In the other direction: number of posts (from 10 posts to 12 posts).",
    )


def test_a_mix_is_told_by_what_it_makes() -> None:
    found = fall(
        factor("format_mix", 1000, 600, -400),
        factor("network_mix", 1000, 900, -100),
        factor("cadence", 1, 2, -100, CADENCE),
    )
    assert sentences(found, "en")[1:] == (
        "The main cause: another mix of formats. With all else as before it makes -400 views.",
        "Also: mix of networks (-100 views) and number of posts (from 1 post to 2 posts).",
    )
    assert factor_rows(found, "en")[0].before == ""


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (fall(why=Reason(key="why.unknown")), "cannot be told"),
        (fall(factor("reach_per_post", 1, 1, 0), now=1000.0), "Nothing moved"),
        (fall(factor("reach_per_post", 1, 1, -5), factor("cadence", 1, 1, -5), now=990.0), "hardly moved"),
        (fall(factor("account_reach", 1000, 400, -600)), "do not split this figure any further."),
    ],
)
def test_where_there_is_no_cause_to_tell_that_is_said(found: Explained, said: str) -> None:
    assert said in sentences(found, "en")[-1]
    assert main_cause(replace(found, factors=found.factors[:1]), "en") is None


def test_a_median_is_said_to_be_told_by_its_mean_and_a_start_at_nought_has_no_percent() -> None:
    found = fall(mean=kpis()["reach_per_post"].variants[1], before=0.0)
    assert "median" in sentences(found, "en")[1]
    assert sentences(found, "en")[0].endswith("in November 2025.")


def test_segments_are_told_by_their_plain_names() -> None:
    def drill(kind: str, *some: Segment) -> Sequence[str]:
        found = fall(factor("cadence", 1, 2, -600, CADENCE))
        return [row.name for row in drill_rows(found, Drill(kind=kind, segments=some, rest=0), "ru")]

    def segment(name: str, network: str = "") -> Segment:
        return Segment(name=name, network=network, before=1, now=None, share=1, effect=-600)

    assert drill("network", segment("vk"), segment("")) == ["ВКонтакте", "в файлах не названо"]
    assert drill("format", segment("image")) == ["Картинки"]
    assert drill("account", segment("cafe", "vk")) == ["cafe (ВКонтакте)"]
    assert drill("campaign", segment("Spring")) == ["Spring"]


def test_every_check_is_a_sentence_in_both_languages() -> None:
    checks = [
        Reason(key="why.gap_now", facts={"days": 3, "all": 30}),
        Reason(key="why.recount", facts={"kpi": "reach", "variant": "as_exported"}),
        Reason(key="why.season", facts={"percent": -12.4, "year": 2024}),
        Reason(key="why.one_network", facts={"network": "vk"}),
    ]
    found = fall(checks=tuple(checks))
    assert remarks(found, "en") == (
        "The files tell only 3 of 30 days of this period.",
        (
            "By itself the period before would be counted another way: people, as the network reports them. "
            "Here both are counted alike."
        ),
        "A year before it moved alike (-12% by this time in 2024): it may well be the season.",
        "Only VK moved; the others stood still.",
    )
    assert all("—" not in text.split("ВКонтакте")[0] for text in remarks(found, "ru")[:1])


def test_every_factor_of_the_catalogue_has_a_value_that_can_be_said() -> None:
    for kpi in kpis().values():
        for one in kpi.identities:
            for id_, formula in one.factors.items():
                assert factor_value(fall(), factor(id_, 2, 3, 1, formula), 2.0, "ru")
    assert factor_value(fall(), factor("cadence", 1, 2, 1, "posts.count / period.days"), 1.5, "en") == (
        "1.5 posts a day"
    )
    assert {named(id_, "en") for id_ in factors()} == {text.en.name for text in factors().values()}
