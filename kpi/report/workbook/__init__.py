"""The sheets of the Excel report: what stands on them and how they are written."""
