"""The screens: scripts that Streamlit runs, one an address."""
