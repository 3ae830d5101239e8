"""A comparison in words and as JSON."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kpi.catalog.loader import benchmarks, kpis
from kpi.judge import benchmark as judge
from kpi.judge.benchmark import compared
from kpi.model.benchmark import Basis, Benchmark, Comparison, Confidence, Position, Refusal
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.verdict import Status, Verdict
from kpi.report.benchmark import credit, origin, placed, plain, refusals, standing
from kpi.report.words import LANGS
from kpi.report.words.check import forms

KPI = kpis()["reach_rate"]
ROW = Benchmark(
    kpi="reach_rate",
    variant="views_by_followers",
    network="telegram",
    unit="percent",
    tier="1000-5000",
    p25=10.4,
    median=27.5,
    p75=68.1,
    sample="43605 channels",
    year=2026,
    source="A study",
    url="https://example.org",
    licence="CC BY 4.0",
    confidence=Confidence.HIGH,
)


def verdict(value: float | None = 14.0) -> Verdict:
    return Verdict(
        kpi=KPI,
        variant=KPI.variants[2],
        value=value,
        unit="percent",
        better=KPI.better,
        status=Status.GREY,
        series=((Period.month(2026, 9), value),),
    )


def beside(*rows: Benchmark, value: float = 14.0, followers: float | None = 3000.0) -> Comparison:
    return compared(verdict(value), networks={"telegram"}, followers=followers, trade=None, benchmarks=rows)


def words(text: str) -> str:
    return re.sub(r"\s", " ", text)


def test_published_quartiles_are_told_with_whose_they_are_and_how_sure() -> None:
    found = beside(ROW)
    assert [words(text) for text in standing(found, verdict(), "en")] == [
        "Yours, 14%, is as at the middle half of them.",
        "Their median is 27.5%: half of them have more, half have less.",
        "The middle half of them: from 10.4% to 68.1%.",
        "This is for orientation; no light hangs on it.",
    ]
    assert [words(text) for text in origin(ROW, "ru")] == [
        "Чьи цифры: Telegram; от 1 000 до 5 000 подписчиков; любая отрасль.",
        "Исследование по 43 605 каналам; данные за 2026 год.",
        "Цифра прочитана у самого издателя.",
    ]


@pytest.mark.parametrize(
    ("value", "said"), [(9.0, "меньше, чем у трёх четвертей"), (70.0, "больше, чем у трёх четвертей")]
)
def test_outside_of_the_middle_half_the_share_is_told(value: float, said: str) -> None:
    assert said in standing(beside(ROW, value=value), verdict(value), "ru")[0]


@pytest.mark.parametrize(
    ("value", "said"),
    [(9.0, "in the lowest quarter"), (14.0, "in the middle half"), (70.0, "in the highest quarter")],
)
def test_a_target_is_placed_among_others(value: float, said: str) -> None:
    told = placed(beside(ROW, value=value), verdict(value), "en")
    assert told is not None
    assert words(told) == f"Among others who count alike, {value:g}% would be {said}."


def test_of_an_estimated_band_a_target_knows_only_the_middle() -> None:
    alone = replace(ROW, p25=None, p75=None)
    for value, said in ((9.0, "below the middle"), (200.0, "above the middle")):
        assert said in str(placed(beside(alone, value=value), verdict(value), "en"))
    assert placed(beside(), verdict(), "en") is None


def test_an_estimated_band_says_that_only_the_median_is_published() -> None:
    found = beside(replace(ROW, p25=None, p75=None))
    told = " ".join(standing(found, verdict(), "en"))
    assert "by our estimate" in told
    assert "Only the median is published" in told
    assert "three quarters" not in told


def test_a_mean_is_never_called_a_median() -> None:
    mean = replace(ROW, p25=None, p75=None, basis=Basis.MEAN)
    for lang, median in (("en", "median"), ("ru", "медиан")):
        told = " ".join(standing(beside(mean), verdict(), lang)).lower()
        assert median not in told
        assert "27" in told


def test_quartiles_without_a_median_say_nothing_of_one() -> None:
    told = " ".join(standing(beside(replace(ROW, median=None)), verdict(), "en"))
    assert "median" not in told
    assert "from 10.4% to 68.1%" in told


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tier": "5000-"}, "5,000 followers and more"),
        ({"tier": "0-1000"}, "fewer than 1,000 followers"),
        ({"tier": "all"}, "accounts of any size"),
        ({"industry": "food_beverage"}, "food and drinks"),
        ({"group": "brands"}, "brands, mostly large ones"),
        ({"network": "facebook_ads"}, "Facebook ads; any industry."),
        ({"sample": "16000+ campaigns"}, "more than 16,000 campaigns"),
        ({"sample": ""}, "does not say how many"),
        ({"confidence": Confidence.LOW}, "Little trust"),
        ({"confidence": Confidence.OWN}, "your own benchmark"),
    ],
)
def test_the_origin_tells_size_industry_group_sample_and_confidence(
    changes: dict[str, str], said: str
) -> None:
    assert said in words(" ".join(origin(replace(ROW, **changes), "en")))


def test_the_credit_stands_beside_figures_under_an_open_licence_only() -> None:
    assert "Source: PlayerSells (https://playersells.com)" in credit(beside(ROW))
    assert credit(beside(replace(ROW, licence=""))) == ""
    assert credit(Comparison()) == ""
    open_ones = [row for row in benchmarks() if row.licence]
    assert open_ones
    assert all("playersells" in row.url for row in open_ones)


def test_what_is_refused_is_named_in_words_with_how_many_there_are() -> None:
    found = beside(
        replace(ROW, variant="by_followers_mean"),
        replace(ROW, network="x"),
        replace(ROW, network="facebook_ads"),
        replace(ROW, per="week"),
        replace(ROW, tier="5000-20000"),
    )
    assert [words(text) for text in refusals(found, KPI, "ru")] == [
        (
            "Считали иначе: охват, по среднему числу подписчиков; у вас просмотры, по подписчикам в день"
            " публикации. 1 ориентир."
        ),
        "Другая площадка: реклама Facebook и X (Twitter); у вас Telegram. 2 ориентира.",
        "Аккаунты другого размера; подписчиков у вас 3 000. 1 ориентир.",
        "За другой срок: неделя. 1 ориентир.",
    ]
    assert standing(found, verdict(), "ru") == ()


def test_every_reason_and_every_span_has_its_words_in_both_languages() -> None:
    keys = {key for key, _ in judge._CHECKS} | {"benchmark.less_close", "benchmark.no_value"}
    for lang in LANGS:
        assert keys <= forms(lang).keys()
        for row in benchmarks():
            if row.per in {"week", "month", "two months", "year"} and row.kpi == "follower_growth_rate":
                refused = Refusal(
                    reason=Reason(key="benchmark.another_span", facts={"found": (row.per,), "yours": ()}),
                    rows=1,
                )
                assert refusals(Comparison(refused=(refused,)), KPI, lang)


def test_every_benchmark_that_may_be_shown_can_be_told() -> None:
    for row in benchmarks():
        known = row.industry == "all" or row.industry in {"food_beverage", "dentists", "ecommerce"}
        if row.variant and row.median is not None and known:
            for lang in LANGS:
                assert all("{" not in text for text in origin(row, lang))


def test_json_holds_the_figures_or_the_refusals_or_nothing() -> None:
    told = plain(beside(replace(ROW, p25=None, p75=None, median=0.4)), KPI, "en")
    assert told == {
        "median": 0.4,
        "p25": 0.16,
        "p75": 1.0,
        "derived": True,
        "basis": "median",
        "variant": "views_by_followers",
        "network": "telegram",
        "industry": "all",
        "tier": "1000-5000",
        "sample": "43605 channels",
        "year": 2026,
        "source": "A study",
        "url": "https://example.org",
        "credit": "Source: PlayerSells (https://playersells.com), CC BY 4.0",
        "confidence": "high",
        "position": Position.ABOVE.value,
    }
    assert plain(beside(replace(ROW, network="x")), KPI, "en") == {
        "refused": [
            {
                "reason": "another_network",
                "text": "Of another place: X (Twitter); yours is Telegram.",
                "rows": 1,
            }
        ]
    }
    assert plain(beside(), KPI, "en") is None
