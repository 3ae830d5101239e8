"""The lights of the chosen goals: each with its coverage, why it is so, and the rule behind it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpi.judge.board import Board
from kpi.judge.goal import GoalLight, goal_light
from kpi.report.words import say, sentence
from kpi.report.words.tell import told
from pages.parts import cards
from pages.parts.escape import plain


def draw(board: Board, lang: str) -> None:
    """Draw a light a goal, side by side."""
    found: Sequence[GoalLight] = [goal_light(goal, board.verdicts) for goal in board.goals]
    with st.grid(3, min_column_width=290, key="dashboard.goals"):
        for light in found:
            _one(light, lang)


def _one(light: GoalLight, lang: str) -> None:
    colour, icon = cards.LIGHTS[light.status]
    with st.container(border=True, gap="small", height="stretch", key=f"dashboard.goal_{light.goal}"):
        word = say(f"status.{light.status.value}", lang)
        name = told("goal", light.goal, lang)
        st.markdown(f":{colour}-badge[{icon} {word}] **{name}**", help=sentence(light.rule, lang))
        why = plain(sentence(light.reasons[0], lang))
        if light.reasons[0].key != "goal_uncovered":  # which has said so
            why += "  \n" + say("dashboard.goal_coverage", lang, share=round(100 * light.coverage))
        st.caption(why)
