"""Goals: what the owner wants, and the KPIs that tell."""

from __future__ import annotations

import streamlit as st

from kpi.report.words import say
from pages.parts.session import session

st.title(say("goals.title", session().lang), anchor=False)
