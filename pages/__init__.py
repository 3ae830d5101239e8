"""The screens and their shared pieces; with app.py the only place that knows Streamlit."""
