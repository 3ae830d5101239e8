"""Front door: what the product does, and the two ways in."""

from __future__ import annotations

import streamlit as st

from kpi.report.words import say
from pages.parts.session import session

st.title(say("front.title", session().lang), anchor=False)
