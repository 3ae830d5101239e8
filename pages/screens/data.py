"""Data: the files that the owner gave, one card each."""

from __future__ import annotations

import streamlit as st

from kpi.report.words import say
from pages.parts.session import session

st.title(say("data.title", session().lang), anchor=False)
