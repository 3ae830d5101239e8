"""The mapping screen: which column of an own spreadsheet is what; proposed, and confirmed by the owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache as kept

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.catalog.loader import fields
from kpi.model.field import NUMERIC, Field, Roll
from kpi.model.reading import Column, Reading, Table
from kpi.report.formula import lower
from kpi.report.words import say
from kpi.report.words.tell import day, listed, quoted, told
from kpi.workspace import Drift, Given, Memory
from kpi.workspace.memory import carried, drift, inherited
from pages.parts import cache, desk, lacking, preview, questions
from pages.parts.escape import plain
from pages.parts.session import Visitor

TABLES = {
    "posts": "table.posts",
    "account": "table.account",
    "orders": "table.orders",
    "costs": "table.costs",
    "ads": "table.ads",
    "leads": "table.leads",
    "mentions": "table.mentions",
    "reviews": "table.reviews",
    "competitors": "table.competitors",
    "market": "table.market",
    "stories": "table.stories",
    "web": "table.web",
    "audience": "table.audience",
    "engagers": "table.engagers",
    "messages": "table.messages",
    "surveys": "table.surveys",
}
"""The tables that an own spreadsheet can be, the likeliest first."""
_MANY = 40  # columns beyond which those without a proposal are asked about on demand only
_LONGEST = 30
_MIDNIGHT = " 00:00:00"  # how a cell that holds a day alone writes itself
_BY_ROLL = {Roll.WHEN: "means.when", Roll.KEY: "means.key", Roll.LABEL: "means.label"}
_BY_UNIT = {
    "people": "means.people",
    "reaches": "means.reaches",
    "views": "means.views",
    "money": "means.money",
    "seconds": "means.seconds",
    "stars": "means.stars",
}
Chosen = Mapping[str, str | None]


def screen(visitor: Visitor, given: Given, reading: Reading, place: int, *, opened: bool) -> None:
    """Draw the question what the columns of an own table are; what is folded is drawn when it is opened."""
    table, lang = reading.tables[place], visitor.lang
    if not any(column.heading for column in table.columns):
        return
    memories = visitor.workspace.memories()
    memory = memories.get(table.fingerprint)
    if table.kind and memory and memory.on:
        st.caption(f":material/history: {say('mapping.remembered', lang, day=memory.on)}")
    changed = None if table.kind else drift(table, memories.values())
    label = _title(table, lang)
    if table.sheet and len(reading.tables) > 1:
        label = f"{plain(table.sheet)}: {label}"
    fold = st.expander(
        label,
        expanded=opened and table.kind is None,
        icon=":material/table_edit:",
        key=f"data.columns_{given.digest[:12]}_{place}_{table.kind}",
        on_change="rerun",
    )
    if fold.open:
        with fold:
            _ask(visitor, given, reading, place, changed)


def _title(table: Table, lang: str) -> str:
    """Return the question by which the columns are asked about; of a turned sheet they are its rows."""
    if table.turned:
        return say("mapping.again_turned" if table.kind else "mapping.title_turned", lang)
    return say("mapping.again" if table.kind else "mapping.title", lang)


def _ask(visitor: Visitor, given: Given, reading: Reading, place: int, changed: Drift | None) -> None:
    """Draw the columns with what each is taken for, what is lacking above them, the first rows below."""
    table, lang, one = reading.tables[place], visitor.lang, f"{given.digest[:12]}_{place}"
    lacks = st.container()
    proposed: Chosen = carried(table, changed) if changed else _proposed(table)
    st.markdown(_drifted(changed, lang) if changed else say("mapping.why", lang))
    options = _options(_first(proposed.values()), lang)
    drawn = _drawn(table, proposed, lang, one)
    settled = drawn & _settled(table, proposed) if table.kind is None and not changed else set()
    open_ones, fold = st.container(), _fold(table, settled, lang) if settled else None
    picked: dict[str, str | None] = {}
    for at, column in enumerate(table.columns):
        if column.heading in drawn:
            with fold if fold and column.heading in settled else open_ones:
                picked[column.heading] = _choose(
                    column, proposed[column.heading], options, lang, f"{one}_{at}"
                )
    chosen = {column.heading: picked.get(column.heading) for column in table.columns if column.heading}
    said = desk.answers(visitor, given)
    if changed:
        said = inherited(said, changed.memory.said)
    wrong = problem(chosen.values())
    with lacks:
        lacking.draw(wrong, chosen.values(), lang)
    if wrong is None:
        mappings = {**said.mappings, table.fingerprint: chosen}
        draft = cache.reading(given.digest, given.name, replace(said, mappings=mappings), visitor.workspace)
        if place < len(draft.tables):
            preview.draw(draft.tables[place], lang)
            for question in () if table.kind else draft.tables[place].questions[:1]:
                questions.ask(visitor, given, reading, question, place=f"_{place}")
    st.button(
        say("mapping.confirm", lang),
        key=f"data.confirm_{one}",
        type="primary",
        disabled=wrong is not None,
        on_click=visitor.workspace.remember,
        args=(Memory(fingerprint=table.fingerprint, said=replace(said, mapping=chosen)),),
    )


def _drawn(table: Table, proposed: Chosen, lang: str, one: str) -> set[str]:
    """Return the headings that are asked about: of very many those with a proposal, and those picked."""
    headings = [column.heading for column in table.columns if column.heading]
    if len(headings) <= _MANY:
        return set(headings)
    known = [heading for heading in headings if proposed[heading]]
    rest = [heading for heading in headings if not proposed[heading]]
    label = say("mapping.more", lang, n=len(rest))
    hint = say("question.choose", lang)
    picked = st.multiselect(label, rest, key=f"data.more_{one}", placeholder=hint)
    return {*known, *picked}


def _settled(table: Table, proposed: Chosen) -> set[str]:
    """Return the headings that need no look: known for certain or not needed; none where something lacks."""
    if problem(proposed.values()) is not None:
        return set()
    return {
        column.heading
        for column in table.columns
        if column.heading and (column.guess is None or column.certainty >= 1)
    }


def _fold(table: Table, settled: set[str], lang: str) -> DeltaGenerator:
    """Draw in a line or two what is settled; return the place, folded, where it can be changed."""
    columns = [column for column in table.columns if column.heading in settled]
    known = [
        f"{quoted(column.heading, lang)} → {lower(told('field', column.guess, lang))}"
        for column in columns
        if column.guess
    ]
    left = [quoted(column.heading, lang) for column in columns if not column.guess]
    lines = [say("mapping.settled", lang, list=" · ".join(known))] if known else []
    lines += [say("mapping.left", lang, list=", ".join(left))] if left else []
    st.markdown("  \n".join(map(plain, lines)))
    return st.expander(say("mapping.change", lang), icon=":material/edit:")


def problem(chosen: Iterable[str | None]) -> str | None:
    """Return the key of the sentence that says what a mapping lacks; None for one that will do.

    It wants one table, each field once, a day or month where the table has one, and a number.
    """
    wanted = [fields()[name] for name in chosen if name in fields()]
    tables = {field.table for field in wanted}
    dated = any(field.table in tables and field.roll is Roll.WHEN for field in fields().values())
    if not any(field.roll in NUMERIC for field in wanted) and not any(map(_counts, wanted)):
        return "mapping.no_number"
    if dated and not any(field.roll is Roll.WHEN for field in wanted):
        return "mapping.no_date"
    if len(tables) > 1:
        return "mapping.two_tables"
    return "mapping.twice" if len(set(wanted)) < len(wanted) else None


def _counts(field: Field) -> bool:
    """Return whether rows with such a field are worth counting without any number beside it."""
    return field.table in {"leads", "mentions"}


def _proposed(table: Table) -> Chosen:
    known = table.kind is not None
    return {column.heading: column.field if known else column.guess for column in table.columns}


def _drifted(found: Drift, lang: str) -> str:
    """Return that a table is one known from before, changed, and how."""
    when = day(found.memory.on, lang) if found.memory.on else None
    parts = [say("mapping.drift" if when else "mapping.drift_undated", lang, day=when)]
    for key, headings in (("mapping.gone", found.gone), ("mapping.new", found.new)):
        if headings:
            names = [quoted(name, lang) for name in headings]
            parts.append(say(key, lang, n=len(headings), headings=plain(listed(names, lang))))
    return " ".join([*parts, say("mapping.drift_check", lang)])


def _first(proposed: Iterable[str | None]) -> str:
    """Return the table that most columns are proposed to be of."""
    likeliest = Counter(name.partition(".")[0] for name in proposed if name).most_common(1)
    return likeliest[0][0] if likeliest else "posts"


@kept
def _options(first: str, lang: str) -> Mapping[str | None, str]:
    """Return what a column can be, in words: not needed, then the fields by table, one table first."""
    given = [name for name, field in fields().items() if field.given and field.table in TABLES]
    order = [first, *(name for name in TABLES if name != first)]
    given.sort(key=lambda name: order.index(name.partition(".")[0]))
    tables = {name: say(key, lang) for name, key in TABLES.items()}
    told_: dict[str | None, str] = {
        name: f"{tables[name.partition('.')[0]]}: {told('field', name, lang)}" for name in given
    }
    return {None: say("mapping.none", lang)} | told_


def _choose(
    column: Column, proposed: str | None, options: Mapping[str | None, str], lang: str, one: str
) -> str | None:
    """Draw one column: its heading, five of its values, what it is taken for, what that means, and why."""
    theirs, ours = st.columns([2, 3], gap="small")
    with theirs:
        shown = [plain(sample.removesuffix(_MIDNIGHT)[:_LONGEST]) for sample in column.samples]
        samples = f"  \n:gray[:small[{' · '.join(shown)}]]" if shown else ""
        st.markdown(f"**{plain(column.heading)}**{samples}")
    with ours, st.container(gap="xsmall"):
        chosen: str | None = st.selectbox(
            say("mapping.is", lang, heading=plain(column.heading)),
            tuple(options),
            index=list(options).index(proposed) if proposed in options else 0,
            format_func=options.__getitem__,
            label_visibility="collapsed",
            key=f"data.map_{one}",
        )
        notes = [say(_means(fields()[chosen]), lang)] if chosen else []
        notes += [_reason(column, chosen, proposed, lang)] if chosen else []
        if notes:
            st.markdown(f":gray[:small[{' '.join(filter(None, notes))}]]")
    return chosen


def _means(field: Field) -> str:
    """Return the key of the sentence that says what a field is."""
    return _BY_ROLL.get(field.roll) or _BY_UNIT.get(field.unit, "means.count")


def _reason(column: Column, chosen: str, proposed: str | None, lang: str) -> str:
    """Return why this is proposed and how sure that is; nothing where the owner chose it."""
    if chosen == column.guess and column.reason:
        return say(f"mapping.reason_{column.reason}", lang, percent=round(100 * column.certainty))
    return say("mapping.reason_before", lang) if chosen == proposed else ""
