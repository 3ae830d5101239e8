"""The steps of the work above every screen: what each has and what it lacks, and the way to the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.judge.ranking import primary
from kpi.model.target import Target, in_force
from kpi.report.words import say, say_n
from pages.parts import address, businesses
from pages.parts.session import Visitor

_OF_FILES = frozenset({"goals", "content"})  # make sense without a goal


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its screen, its name, whether the owner has given what it asks for, and that in words."""

    screen: str
    title: str
    done: bool
    told: str


def steps(visitor: Visitor, titles: Mapping[str, str]) -> list[Step]:
    """Return the steps in their order; `titles` are the names of their screens."""
    kept, lang = visitor.workspace, visitor.lang
    files, goals, targets = len(kept.files()), kept.goals(), kept.targets()
    given = {
        "data": (files > 0, say_n("files.count", files, lang) if files else say("steps.no_file", lang)),
        "goals": (
            len(goals) > 0,
            say_n("steps.goals", len(goals), lang) if goals else say("steps.no_goal", lang),
        ),
        "targets": _aims(goals, targets, lang),
    }
    return [
        Step(screen, title, *given.get(screen, (False, _view(screen, files > 0, len(goals) > 0, lang))))
        for screen, title in titles.items()
    ]


def _aims(goals: Sequence[str], targets: Sequence[Target], lang: str) -> tuple[bool, str]:
    """Return whether there is a target today, and how many of the first KPIs have one."""
    today = datetime.now(UTC).date()
    held = {one.kpi for one in targets if in_force(targets, one.kpi, today)}
    if not held:
        return False, say("steps.no_target", lang)
    return True, say("steps.targets", lang, n=len(held), all=len(held | {kpi.id for kpi in primary(goals)}))


def _view(screen: str, has_file: bool, has_goal: bool, lang: str) -> str:  # noqa: FBT001
    """Return what a screen that only shows lacks, or that it can be looked at."""
    if not has_file:
        return say("steps.needs_file", lang)
    if not has_goal and screen not in _OF_FILES:
        return say("steps.needs_goal", lang)
    return say("steps.ready", lang)


def draw(place: DeltaGenerator, found: Sequence[Step], visitor: Visitor) -> None:
    """Draw the steps, numbered; done ones have a mark as text, so that it can be heard.

    They stand in two halves: side by side on a wide screen, one under the other on a phone.
    """
    numbered = list(enumerate(found, start=1))
    half = (len(found) + 1) // 2
    with place.container(horizontal=True, gap="small"):
        for some in (numbered[:half], numbered[half:]):
            with st.container(horizontal=True, width="content", gap="small"):
                for number, step in some:
                    with st.container(width="content", gap=None, horizontal_alignment="center"):
                        mark = "✓" if step.done else f"{number}."
                        link(visitor, step.screen, f"{mark} {step.title}")
                        st.caption(step.told, text_alignment="center")


def onward(visitor: Visitor, found: Sequence[Step], screen: str) -> None:
    """Draw the way on at the end of a screen: to the next step, at the last one to the next files."""
    places = {step.screen: place for place, step in enumerate(found)}
    if screen not in places:
        return
    lang, after = visitor.lang, places[screen] + 1
    if after < len(found):
        label = say("steps.next", lang, step=found[after].title)
    else:
        label = say("steps.again", lang)
    with st.container(key="shell.onward"):
        st.divider()
        link(visitor, found[after % len(found)].screen, label, icon=":material/arrow_forward:")


def link(visitor: Visitor, screen: str, label: str, *, icon: str | None = None, **more: str) -> None:
    """Draw a link to a screen that goes on looking at the same; `more` stands in its address too."""
    carried = address.query(visitor) if screen in address.LOOKING else {}
    st.page_link(script(screen), label=label, icon=icon, query_params=businesses.asked() | carried | more)


def script(screen: str) -> str:
    """Return where the script of a screen lies, as `st.page_link` and `st.switch_page` want it."""
    return f"pages/screens/{screen}.py"
