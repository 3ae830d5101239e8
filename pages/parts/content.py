"""Draws what stands out among posts: groups beside each other, the best and the weakest, all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st
from babel.dates import get_day_names

from kpi.facts.frame import Floats, Labels, calendar
from kpi.insight.content.best import Placed, placed
from kpi.insight.content.findings import Findings
from kpi.insight.content.groups import Group, Standing, loser, winner
from kpi.insight.content.kinds import PARTS, Kind
from kpi.insight.content.shelf import Measure, Shelf
from kpi.insight.content.takings import Takings
from kpi.report import charts
from kpi.report.content import group_name, sentence, times, verdict
from kpi.report.numbers import day, shown
from kpi.report.takings import column
from kpi.report.words import say, say_n
from kpi.report.words.tell import told
from pages.parts.escape import plain

SHOWN = 3  # posts at either end
_LETTERS = 90  # of a post's text on its card
_WEEK = 7
_DATES = {"ru": "DD.MM.YYYY", "en": "YYYY-MM-DD"}


def groups(found: Findings, kind: Kind, lang: str) -> None:
    """Draw the groups of one kind: what is sure as sentences, the chart, and its table."""
    members = found.kinds[kind]
    for one in (winner(members), loser(members)):
        if one is not None:
            st.markdown(plain(sentence(kind, one, lang)))
    if winner(members) is None and loser(members) is None:
        st.markdown(say("content.as_usual", lang))
    if kind is Kind.SLOT:
        _heat(members, lang)
    else:
        _dots(members, kind, lang)
    with st.expander(say("content.table", lang), icon=":material/table:"):
        _table(members, kind, lang)


def _dots(members: Sequence[Group], kind: Kind, lang: str) -> None:
    rows = [
        {
            "name": group_name(kind, one.name, lang),
            "times": one.times,
            "low": one.low,
            "high": one.high,
            "sure": one.standing in {Standing.BETTER, Standing.WORSE},
            "told": verdict(one, lang),
            "posts": say_n("content.count", one.n, lang),
        }
        for one in members
    ]
    best = _said(members, kind, lang)
    alt = say("content.groups_alt", lang, n=len(members), best=best)
    charts_draw(rows, charts.groups(lang, len(rows)), f"groups_{kind.value}", alt)


def _heat(members: Sequence[Group], lang: str) -> None:
    names = get_day_names("abbreviated", "stand-alone", locale=lang)
    by_name = {one.name: one for one in members}
    rows = []
    for first, last in PARTS:
        for weekday in range(_WEEK):
            one = by_name.get(f"{weekday} {first}-{last}")
            rows.append(
                {
                    "day": names[weekday],
                    "hours": f"{first}\N{EN DASH}{last}",
                    "times": one.times if one else None,
                    "label": _label(one, lang),
                    "told": sentence(Kind.SLOT, one, lang) if one else "",
                }
            )
    enough = sum(one.times is not None for one in members)
    alt = say("content.heat_alt", lang, n=enough, best=_said(members, Kind.SLOT, lang))
    mode = "dark" if st.context.theme.type == "dark" else "light"
    charts_draw(rows, charts.heat(lang, mode, len(PARTS)), "slots", alt)
    st.caption(say("content.heat_note", lang))


def _label(one: Group | None, lang: str) -> str:
    if one is None:
        return ""
    return "·" if one.times is None else times(one.times, lang)


def _said(members: Sequence[Group], kind: Kind, lang: str) -> str:
    best = winner(members)
    return sentence(kind, best, lang) if best else say("content.as_usual", lang)


def _table(members: Sequence[Group], kind: Kind, lang: str) -> None:
    import pandas as pd

    columns: dict[str, list[Any]] = {
        say("content.group", lang): [group_name(kind, one.name, lang) for one in members],
        say("content.posts", lang): [one.n for one in members],
        **{
            say(f"content.{name}", lang): [_hundredths(getattr(one, name)) for one in members]
            for name in ("times", "low", "high")
        },
        say("content.standing", lang): [verdict(one, lang) for one in members],
    }
    figures = [say(f"content.{name}", lang) for name in ("times", "low", "high")]
    st.dataframe(
        pd.DataFrame(columns),
        hide_index=True,
        column_config={name: st.column_config.NumberColumn(format="localized") for name in figures},
        placeholder="",
        key=f"content.table_{kind.value}",
    )


def _hundredths(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def ends(shelf: Shelf, measure: Measure, lang: str) -> None:
    """Draw the best and the weakest posts."""
    found = placed(shelf, measure)
    if not found:
        st.caption(say("content.no_rank", lang))
        return
    count = min(SHOWN, len(found) // 2)
    for key, ones in (("best", found[:count]), ("worst", found[::-1][:count])):
        st.header(say(f"content.{key}", lang), anchor=False)
        with st.grid(3, min_column_width=270):
            for one in ones:
                _card(shelf, one, lang)


def _card(shelf: Shelf, one: Placed, lang: str) -> None:
    """Draw one post: what it says, where and when, how it did."""
    frame, row = shelf.frame, one.row
    with st.container(border=True, height="stretch", gap="xsmall"):
        key = "content.post_more" if one.times >= 1 else "content.post_less"
        st.markdown(f"**{say(key, lang, times=times(one.times, lang))}**")
        if one.low != one.high:
            within = {"low": times(one.low, lang), "high": times(one.high, lang)}
            st.caption(say("content.post_range", lang, **within))
        st.markdown(plain(snippet(shelf.texts[row])) or say("content.no_text", lang))
        seen = shown(float(shelf.seen[row]), "views" if shelf.by_views[row] else "reaches", None, lang)
        rate = shelf.ratio(Measure.ENGAGEMENT)[row]
        parts = [
            day(calendar(frame.day[row]), lang),
            *(told(name, label.names[label.codes[row]], lang) for name, label in _labels(shelf).items()),
            seen,
            ""
            if np.isnan(rate)
            else say("content.post_rate", lang, rate=shown(100 * float(rate), "percent", None, lang)),
        ]
        st.caption(plain(" · ".join(part for part in parts if part)))


def _labels(shelf: Shelf) -> dict[str, Labels]:
    labels = shelf.frame.labels
    return {name: labels[name] for name in ("network", "format") if name in labels}


def snippet(text: str) -> str:
    """Return the beginning of a post's text."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _LETTERS else one_line[:_LETTERS].rstrip() + "…"


def everything(shelf: Shelf, sold: Takings | None, lang: str) -> None:
    """Draw all chosen posts as a table that the reader sorts, with what they sold; numbers stay numbers."""
    import pandas as pd

    rows = np.flatnonzero(shelf.chosen)[::-1]
    frame = shelf.frame
    words = {
        name: [told(name, word, lang) for word in label.take(rows).words()]
        for name, label in _labels(shelf).items()
    }
    figures = {
        "reach": shelf.figure("reach")[rows],
        "views": shelf.figure("views")[rows],
        "rate": np.round(100 * shelf.ratio(Measure.ENGAGEMENT)[rows], 2),
        "clicks": shelf.figure("link_clicks")[rows],
    }
    urls = (frame.texts or {}).get("url")
    data: dict[str, Any] = {
        say("content.text", lang): [snippet(shelf.texts[row]) for row in rows.tolist()],
        say("content.day", lang): [calendar(at) for at in frame.day[rows]],
        **{say(f"content.{name}", lang): told_ for name, told_ in words.items() if any(told_)},
        **{say(f"content.{name}", lang): one for name, one in figures.items() if not np.isnan(one).all()},
    }
    whole = st.column_config.NumberColumn(format="localized")
    money = _sold(sold, lang)
    data |= {name: one[rows] for name, one in money.items()}
    columns: dict[str, Any] = {
        say("content.text", lang): st.column_config.TextColumn(width=320),
        say("content.day", lang): st.column_config.DateColumn(format=_DATES[lang]),
        say("content.rate", lang): whole,
        **{say(f"content.{name}", lang): whole for name in ("reach", "views", "clicks")},
        **dict.fromkeys(money, whole),
    }
    if urls is not None:
        links = [str(link) for link in urls.take(rows).to_pylist()]
        name = say("content.address", lang)
        data[name] = [link if link.startswith("https://") else None for link in links]
        columns[name] = st.column_config.LinkColumn(display_text=":material/open_in_new:")
    st.dataframe(
        pd.DataFrame(data),
        hide_index=True,
        column_config=columns,
        height=420,
        placeholder="",
        key="content.all",
    )


def _sold(found: Takings | None, lang: str) -> dict[str, Floats]:
    """Return the orders and the money of posts under their headings; none where no order names a post."""
    if found is None or not found.rows:
        return {}
    heading = column(found, lang)
    told = {say("content.orders", lang): found.orders}
    return told if heading is None else {**told, heading: np.round(found.revenue)}


def charts_draw(rows: Sequence[dict[str, Any]], spec: charts.Spec, key: str, alt: str) -> None:
    """Draw small rows of data on a spec."""
    import pyarrow as pa

    table = pa.table({name: [row[name] for row in rows] for name in rows[0]})
    st.vega_lite_chart(table, dict(spec), key=f"content.{key}", alt=alt)
