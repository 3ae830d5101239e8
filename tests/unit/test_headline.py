"""The headline: reds by weight and how far off, else ambers, else what can be told, else why nothing."""

from __future__ import annotations

from typing import Any

import pytest

from kpi.catalog.loader import kpis
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.verdict import Status, Verdict
from kpi.report.headline import headline

SEPTEMBER = Period.month(2025, 9)
RED, AMBER, GREEN, GREY = Status.RED, Status.AMBER, Status.GREEN, Status.GREY


def verdict(
    id_: str, status: Status, value: float | None = 570, usual: float | None = 1000, **more: Any
) -> Verdict:
    kpi = kpis()[id_]
    facts: dict[str, Any] = {"unit": kpi.unit, "better": kpi.better, "reference": usual} | more
    return Verdict(kpi=kpi, variant=kpi.variants[0], value=value, status=status, **facts)


def said(*verdicts: Verdict, lang: str = "en") -> str:
    return headline(verdicts, SEPTEMBER, lang).replace("\N{NO-BREAK SPACE}", " ")


def test_one_red_is_told_with_its_distance_and_the_rest_is_fine() -> None:
    found = (verdict("reach_per_post", RED), verdict("mentions", GREEN))
    assert said(*found) == "September 2025: reach per post 43% below usual, all else is fine"
    assert said(*found, lang="ru") == (
        "Сентябрь 2025: средний охват публикации на 43 % ниже обычного, остальное в норме"
    )


def test_what_cannot_be_told_is_not_called_fine() -> None:
    found = said(verdict("reach_per_post", RED), verdict("mentions", GREEN), verdict("views", GREY, None))
    assert found == "September 2025: reach per post 43% below usual"


def test_a_typed_target_is_called_one_and_a_usual_level_never() -> None:
    target = verdict("reach_per_post", RED, usual=None, target=1000.0)
    assert "below target" in said(target)
    assert "target" not in said(verdict("reach_per_post", RED))


def test_where_lower_is_better_a_red_is_above() -> None:
    assert said(verdict("cpc", RED, 15, 10)) == "September 2025: cost per click 50% above usual"


def test_a_rate_is_off_by_points_not_by_percent_of_percent() -> None:
    found = said(verdict("engagement_rate", RED, 2.9, 5.47), lang="ru")
    assert found == "Сентябрь 2025: вовлечённость на 2,6 п. п. ниже обычного"


def test_an_amount_below_a_loss_is_told_as_an_amount() -> None:
    assert "$300 below usual" in said(verdict("profit_social", RED, -500, -200, currency="USD"))


def test_what_turned_from_a_gain_into_a_loss_is_told_as_an_amount() -> None:
    found = said(verdict("follower_net_growth", RED, -4, 8), lang="ru")
    assert found == "Сентябрь 2025: чистый прирост подписчиков на 12 человек ниже обычного"


def test_reds_beyond_two_are_counted_and_ambers_after_them_left_out() -> None:
    reds = [verdict(id_, RED) for id_ in ("reach_per_post", "mentions", "views", "conversions")]
    found = said(*reds, verdict("reach", AMBER))
    assert found.endswith("below usual, and 2 more problems")
    assert "conversions" not in found


def test_ambers_are_counted_after_a_red_and_named_without_one() -> None:
    ambers = [verdict("mentions", AMBER), verdict("views", AMBER)]
    assert said(verdict("reach_per_post", RED), *ambers).endswith("below usual; 2 more to watch")
    assert said(*ambers) == "September 2025: nothing red; keep an eye on mentions and views"
    more = said(*ambers, verdict("reach", AMBER), verdict("conversions", AMBER), lang="ru")
    assert more.endswith("и ещё 2 показателя")


def test_all_green_is_said_only_of_what_can_be_told() -> None:
    assert said(verdict("views", GREEN)) == "September 2025: all is well"
    assert said(verdict("views", GREEN), verdict("mentions", GREY, None)).endswith(
        "that can be judged is well"
    )


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("no_target", "for want of targets or earlier periods"),
        ("too_few", "too little data"),
        ("untold_few", "too little data"),
        ("partly_covered", "cover only a part"),
        ("missing", "your files lack the figures"),
        ("waits_for_answer", "waits for your answer"),
        ("two_currencies", "each card says why"),
    ],
)
def test_without_any_light_the_commonest_reason_is_given(key: str, why: str) -> None:
    grey = verdict("views", GREY, None, reasons=(Reason(key=key),))
    assert why in said(grey, verdict("mentions", GREY, None))
