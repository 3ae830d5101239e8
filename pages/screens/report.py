"""Report: what can be taken away."""

from __future__ import annotations

import streamlit as st

from kpi.report.words import say
from pages.parts.session import session

st.title(say("report.title", session().lang), anchor=False)
