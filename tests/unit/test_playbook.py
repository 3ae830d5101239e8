"""The playbook: checks of its files, and that no two actions say the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from kpi.catalog import playbook
from kpi.catalog.loader import actions, kpis
from kpi.catalog.playbook import Playbook, findings, ours
from kpi.model.action import Action, ActionWords, Aim, Effort, Evidence

HOW = "Do this first. Then do that."
GOOD = Action(
    id="post_more",
    aims=(Aim(kpi="reach", factor="cadence"),),
    effort=Effort.WEEKLY,
    effect=Evidence(practice=True),
    en=ActionWords(title="Post more", how=HOW, check="Look at reach"),
    ru=ActionWords(title="Чаще", how="Сначала это. Потом «то».", check="Смотрите охват"),
    networks=("vk",),
    trades=("other",),
)


def book(**changes: object) -> Playbook:
    action = replace(GOOD, **changes)  # type: ignore[arg-type]
    found = ours()
    return replace(found, actions={"post_more": action}, kpis={"reach": kpis()["reach"]})


def test_our_playbook_keeps_its_promises() -> None:
    assert findings(ours()) == []
    assert findings(book()) == []


@pytest.mark.parametrize(
    ("check", "given", "told"),
    [
        (playbook.aims, book(aims=()), "one aim or more"),
        (playbook.aims, book(aims=GOOD.aims * 2), "each once"),
        (playbook.aims, book(aims=(Aim(kpi="fame", factor="cadence"),)), "kpis/fame.toml"),
        (playbook.aims, book(aims=(Aim(kpi="reach", factor="margin"),)), "not by margin"),
        (playbook.settings, book(networks=("myspace",)), "myspace"),
        (playbook.settings, book(trades=("pirate",)), "pirate"),
        (playbook.covered, replace(book(), actions={}), "kpis/reach"),
        (playbook.evidence, book(effect=Evidence()), "practice = true"),
        (playbook.evidence, book(effect=Evidence(practice=True, source="A study")), "practice = true"),
        (playbook.evidence, book(effect=Evidence(practice=True, en="+12 %")), "leave it out"),
        (playbook.texts, book(en=replace(GOOD.en, title="Чаще")), "write in English"),
        (playbook.texts, book(ru=replace(GOOD.ru, check="Reach")), "write in Russian"),
        (playbook.texts, book(effect=Evidence(source="A study", en="More")), "write in Russian"),
        (playbook.texts, book(en=replace(GOOD.en, how="Do it.")), "two to four"),
    ],
)
def test_a_broken_playbook_is_told(
    check: Callable[[Playbook], Iterator[str]], given: Playbook, told: str
) -> None:
    assert any(told in finding for finding in check(given))


def test_there_are_actions_enough_and_the_checks_have_manuals() -> None:
    assert len(actions()) >= 65
    assert all(check.__doc__ for check in playbook.CHECKS)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_no_two_actions_share_more_than_half_of_their_words(lang: str) -> None:
    told = {one.id: one.words(lang) for one in actions().values()}
    words = {
        id_: set(re.findall(r"\w+", f"{one.title} {one.how} {one.check}".lower()))
        for id_, one in told.items()
    }
    alike = [
        (one, other)
        for one, other in combinations(words, 2)
        if len(words[one] & words[other]) > min(len(words[one]), len(words[other])) / 2
    ]
    assert alike == []
