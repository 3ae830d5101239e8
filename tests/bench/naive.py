"""The script an analyst would write: pandas with openpyxl, a groupby a KPI, Altair every time.

Written once as the measure for speed, and not changed to win.
"""

from __future__ import annotations

from pathlib import Path

import altair as alt
import pandas as pd

SUMS = {
    "reach": "Reach",
    "views": "Views",
    "likes": "Likes",
    "comments": "Comments",
    "shares": "Shares",
    "saves": "Saves",
    "follows": "Follows",
    "clicks": "Link clicks",
    "visits": "Profile visits",
}
RATES = [
    ("Likes", "Reach"),
    ("Comments", "Reach"),
    ("Shares", "Reach"),
    ("Saves", "Reach"),
    ("Likes", "Views"),
    ("Comments", "Views"),
    ("Shares", "Views"),
    ("Saves", "Views"),
    ("Follows", "Reach"),
    ("Link clicks", "Reach"),
    ("Link clicks", "Views"),
    ("Profile visits", "Reach"),
]


def dashboard(path: Path) -> list[dict[str, object]]:
    """Return twelve chart specs of KPIs by month and format."""
    posts = pd.read_excel(path, engine="openpyxl", dtype={"Post ID": str})
    posts["month"] = (
        pd.to_datetime(posts["Publish time"], format="%m/%d/%Y %H:%M").dt.to_period("M").astype(str)
    )
    posts["engagements"] = posts[["Likes", "Comments", "Shares", "Saves"]].sum(axis=1)
    by = ["month", "Post type"]
    kpis = {name: posts.groupby(by)[column].sum() for name, column in SUMS.items()}
    for above, below in RATES:
        filled = posts[posts[above].notna() & posts[below].notna()]
        kpis[f"{above}/{below}"] = filled.groupby(by)[above].sum() / filled.groupby(by)[below].sum() * 100
    kpis["er"] = posts.groupby(by)["engagements"].sum() / posts.groupby(by)["Reach"].sum() * 100
    kpis["median"] = posts.groupby(by)["Reach"].median()
    kpis["posts"] = posts.groupby(by)["Post ID"].count()
    specs = []
    for name, values in list(kpis.items())[:12]:
        frame = values.rename("value").reset_index()
        line = alt.Chart(frame).mark_line().encode(x="month:O", y="value:Q", color="Post type:N")
        rule = alt.Chart(frame).mark_rule().encode(y="mean(value):Q")
        specs.append((line + rule).properties(title=name).to_dict())
    return specs
