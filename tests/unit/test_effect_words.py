"""What an effect is in words, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kpi.model.kpi import Better
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.taken import Effect, Outcome, Taken
from kpi.report.effect import badge, rows, sentences, signs

FIRST = date(2025, 6, 4)
TAKEN = Taken(id="do_1", kpi="reach", title="Poll", first=FIRST, at=datetime(2025, 6, 4, tzinfo=UTC))
HELPED = Effect(
    outcome=Outcome.HELPED,
    better=Better.UP,
    unit="percent",
    before=4.0,
    expected=4.0,
    after=6.0,
    low=0.4,
    high=3.2,
    of="posts.count",
    told=24,
    needed=20,
)


def told(found: Effect, lang: str = "en", *beside: Taken) -> str:
    return " ".join(sentences(found, beside, lang)).replace("\xa0", " ")


def test_what_helped_says_by_how_much_and_how_sure() -> None:
    assert badge(HELPED, "en") == "Helped"
    assert told(HELPED) == (
        "6% since then; the course before led to 4%. "
        "Ordinary ups and downs allowed for, the difference is from +10% to +80%."
    )
    assert "от +10 % до +80 %" in told(HELPED, "ru")


def test_others_at_the_same_time_and_the_season_are_told() -> None:
    text = told(replace(HELPED, seasonal=True), "en", replace(TAKEN, title="New flyer"))
    assert "a year ago is taken off" in text
    assert "At the same time: New flyer." in text


def test_what_got_worse_blames_nobody() -> None:
    fallen = replace(HELPED, outcome=Outcome.WORSE, after=2.0, low=-3.0, high=-1.0)
    assert "from -75% to -25%" in told(fallen)
    assert "look what else has changed" in told(fallen)


def test_no_effect_says_from_when_it_would_show() -> None:
    unseen = replace(HELPED, outcome=Outcome.UNSEEN, after=None, expected=None, low=None, high=None)
    early = replace(unseen, told=3, needed=24.4)
    assert told(early) == "To see a change of 30% it takes about 24 posts; so far there are 3 posts."
    assert "24 поста" in told(early, "ru")
    assert "2 weeks" in told(replace(early, of="", told=2, needed=5))
    assert "within a year" in told(replace(early, needed=None))
    assert told(replace(HELPED, outcome=Outcome.UNSEEN, low=-0.4)).endswith("would have shown by now.")


def test_a_total_is_told_by_the_week_and_a_loss_as_an_amount() -> None:
    lost = replace(HELPED, unit="money", currency="RUB", weekly=True, expected=-200.0, after=100.0)
    lost = replace(lost, low=50.0, high=500.0)
    assert "100 ₽ в неделю" in told(lost, "ru")
    assert "от +50 ₽ до +500 ₽" in told(lost, "ru")


def test_what_cannot_be_told_says_why_and_nothing_else() -> None:
    untold = replace(HELPED, outcome=Outcome.UNTOLD, reason=Reason(key="effect.still"))
    assert told(untold) == "The figure never moved before, so nobody knows what is ordinary for it."


@pytest.mark.parametrize(("unit", "around"), [("percent", ("", "%")), ("orders", ("", ""))])
def test_the_chart_has_a_row_a_week(unit: str, around: tuple[str, str]) -> None:
    weeks = [Period(FIRST + timedelta(days=at), FIRST + timedelta(days=at + 6)) for at in (-7, 0)]
    found = replace(HELPED, unit=unit, steps=tuple(zip(weeks, (4.0, 6.0), strict=True)))
    before, since = rows(found, TAKEN, "en")
    assert (before["place"], before["expected"], since["place"], since["expected"]) == (-1, None, 0, 4.0)
    assert before["value_text"].startswith("4")
    assert signs(found, "en") == around
