"""Dashboard: the chosen goals, each KPI with its verdict and its reason."""

from __future__ import annotations

import streamlit as st

from kpi.report.words import say
from pages.parts.session import session

st.title(say("dashboard.title", session().lang), anchor=False)
