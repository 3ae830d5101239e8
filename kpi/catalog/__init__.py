"""Data files turned into the model: fields, KPIs, goals, sources, and their lint."""
