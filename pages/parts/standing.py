"""A KPI as a line: its name, how far the files can tell it, and what stands in the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import streamlit as st

from kpi.model.plan import Readiness, Standing
from kpi.report.outline import get_from
from kpi.report.plan import hitch
from kpi.report.words import say
from pages.parts.escape import plain

_MARKS = {
    Readiness.READY: ("green", "check_circle"),
    Readiness.PARTLY: ("orange", "contrast"),
    Readiness.MISSING: ("gray", "radio_button_unchecked"),
}


def named(found: Standing, lang: str) -> str:
    """Return the name of a KPI with its mark, in Markdown."""
    color, icon = _MARKS[found.readiness]
    words = {
        Readiness.READY: say("goals.ready", lang),
        Readiness.PARTLY: say("goals.partly", lang),
        Readiness.MISSING: say("goals.missing", lang),
    }
    badge = f":{color}-badge[:material/{icon}: {words[found.readiness]}]"
    return f"**{plain(found.kpi.words(lang).name)}** {badge}"


def small(texts: Iterable[str]) -> list[str]:
    """Return sentences as small grey lines of Markdown; what they quote from files is not obeyed."""
    return [f":small[:gray[{plain(text)}]]" for text in texts if text]


def line(found: Standing, lang: str) -> None:
    """Draw a KPI: its name and mark, the question it answers, and what it lacks with the click path."""
    lines = [named(found, lang), plain(found.kpi.words(lang).question), *small(_wanted(found, lang))]
    st.markdown("  \n".join(lines))


def _wanted(found: Standing, lang: str) -> list[str]:
    """Return what would make a KPI ready, one sentence a thing."""
    if found.readiness is Readiness.READY:
        return []
    if not found.missing:
        return [hitch(found, lang)]
    answers, columns = [], defaultdict[str, list[str]](list)
    for one in found.missing:
        if one.field.startswith("owner."):
            answers.append(say("goals.answer", lang, field=one.field))
        else:
            columns[get_from(one, lang)].append(one.field)
    lacks = [
        say("goals.lacks", lang, n=len(some), fields=tuple(some), get_from=path)
        for path, some in columns.items()
    ]
    return answers + lacks
