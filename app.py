"""The server's entry and the script of every visit at once: names the screens, decides nothing."""

from __future__ import annotations

import streamlit as st

SCREENS = ("front", "data", "goals", "targets", "dashboard", "content", "report")  # in the order of work
BESIDE = ("catalog", "kpi", "actions", "money", "audit")  # no steps: what stands beside the order of work

if __name__ == "__main__":  # run by Streamlit for every visit
    from pages.parts import shell

    shell.run(SCREENS, BESIDE)
else:  # imported once, when the server starts, and answers the sooner the less it loads
    from pages.parts import manners

    app = st.App(__file__, middleware=manners.MIDDLEWARE, on_script_error=manners.apologise)
