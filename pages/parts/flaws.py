"""What of a file is not used and what is wrong in it, grouped by cause, each with its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import streamlit as st

from kpi.model.reading import Aside, Issue, Reading, Table
from kpi.report.words import say
from kpi.report.words.say import issue_sentence
from kpi.report.words.tell import UNKNOWN, told
from pages.parts import repairs
from pages.parts.escape import plain

_SHOWN_ROWS = 12
_FEW = 2  # so many remarks are not worth a fold
_CAUSES = {
    "bad_number": "cause.bad_number",
    "bad_date": "cause.bad_date",
    "damaged_id": "cause.damaged_id",
    "unknown_label": "cause.unknown_label",
    "undated_row": "cause.undated_row",
    "assumed_thousands": "cause.assumed_thousands",
    "ad_budget_aside": "cause.ad_budget_aside",
}


def count(reading: Reading) -> int:
    """Return how many remarks there are on a file beside its repairs, those of one cause as one."""
    return len({issue.key for issue in reading.issues} - repairs.TOLD)


def ledger(reading: Reading, lang: str) -> None:
    """Draw, folded, the account of a file: remarks, rows set aside, columns."""
    issues = [issue for issue in reading.issues if issue.key not in repairs.TOLD]
    if len(issues) <= _FEW:
        grouped(issues, lang)
    else:
        with st.expander(say("card.issues", lang, n=len(issues)), icon=":material/info:"):
            grouped(issues, lang)
    tables = [table for table in reading.tables if table.columns]
    if not any(table.kind or table.source for table in tables):
        for table in tables if any(table.aside for table in tables) else ():
            _rows(table, lang)
        return
    with st.expander(say("card.columns", lang, **_counts(tables)), icon=":material/table_rows:"):
        for table in tables:
            if len(tables) > 1:
                st.markdown(f"**{plain(table.member or table.sheet or '')}**")
            _rows(table, lang)
            _columns(table, lang)


def grouped(issues: Iterable[Issue], lang: str) -> None:
    """Draw issues by cause: a sentence for a single one, a list of places for several."""
    causes: dict[str, list[Issue]] = defaultdict(list)
    for issue in issues:
        causes[issue.key].append(issue)
    for key, some in causes.items():
        if key in _CAUSES and len(some) > 1:
            cause, places = say(_CAUSES[key], lang, n=len(some)), _places(some, lang)
            if len(places) > 1:
                st.markdown(f"- {cause}")
                st.dataframe(places, hide_index=True, alt=cause)
            else:
                st.markdown(f"- {cause} {_rows_told([str(one.row) for one in some if one.row], lang)}")
        else:
            sentences = dict.fromkeys(_sentence(issue, lang) for issue in some)
            st.markdown("\n".join(f"- {text}" for text in sentences))


def used(tables: Sequence[Table], lang: str) -> str:
    """Return how many rows of tables are used, or columns where all of them are turned."""
    count = sum(table.rows_used for table in tables)
    turned = bool(tables) and all(table.turned for table in tables)
    return say("columns.used" if turned else "rows.used", lang, n=count)


def _rows_told(rows: Sequence[str], lang: str, *, turned: bool = False) -> str:
    """Return the numbers of rows (of a turned sheet the letters of columns), the first dozen, in brackets."""
    if not rows:
        return ""
    told = ", ".join(rows[:_SHOWN_ROWS]) + ("…" if len(rows) > _SHOWN_ROWS else "")
    return f"({say('card.columns_told' if turned else 'card.rows_told', lang, n=len(rows), rows=told)})"


def _sentence(issue: Issue, lang: str) -> str:
    place = [plain(issue.sheet)] if issue.sheet else []
    several = isinstance(issue.facts.get("n"), int) and issue.facts["n"] != 1
    row = say("card.row_first" if several else "card.row", lang, row=str(issue.row))
    place += [row] if issue.row else []
    text = plain(issue_sentence(issue, lang))
    return f"{', '.join(place)}: {text}" if place else text


def _places(issues: Sequence[Issue], lang: str) -> dict[str, list[str]]:
    """Return where issues are, a column a kind of place; one that none has is left out."""
    columns = {
        "card.sheet": [issue.sheet or "" for issue in issues],
        "card.row_number": [str(issue.row or "") for issue in issues],
        "card.heading": [issue.heading or "" for issue in issues],
        "card.cell": [issue.cell or "" for issue in issues],
    }
    return {say(key, lang): cells for key, cells in columns.items() if any(cells)}


def _counts(tables: Sequence[Table]) -> dict[str, int]:
    columns = [column for table in tables for column in table.columns]
    return {"n": len(columns), "known": sum(column.field is not None for column in columns)}


def _rows(table: Table, lang: str) -> None:
    counted = used([table], lang)
    lines = [say("card.columns_beside" if table.turned else "card.rows", lang, n=table.rows_in, used=counted)]
    reasons: dict[str, list[Aside]] = defaultdict(list)
    for aside in table.aside:
        reasons[aside.reason].append(aside)
    lines += [_aside(table, reason, some, lang) for reason, some in reasons.items()]
    st.markdown("\n".join(f"- {line}" for line in lines))


def _aside(table: Table, reason: str, some: Sequence[Aside], lang: str) -> str:
    """Return why rows are set aside and which; the first dozen by number."""
    rows = _rows_told([table.place(aside.row) for aside in some], lang, turned=table.turned)
    counted = say(
        "card.aside_columns" if table.turned else "card.aside",
        lang,
        n=len(some),
        reason=say(f"aside.{reason}", lang),
    )
    return f"{counted} {rows}"


def _columns(table: Table, lang: str) -> None:
    """Draw every column: heading, our name for it, how many cells are filled, their sum."""
    known = sorted(table.columns, key=lambda column: column.field is None)
    field, filled, total = (say(key, lang) for key in ("card.field", "card.filled", "card.sum"))
    figure = st.column_config.NumberColumn(format="plain")
    st.dataframe(
        {
            say("card.heading", lang): [
                " · ".join([column.heading, *(column.where or {}).values()]) for column in known
            ],
            field: [told("field", column.field, lang) for column in known],
            filled: [column.filled for column in known],
            total: [column.total for column in known],
        },
        hide_index=True,
        column_config={filled: figure, total: figure},
        placeholder=UNKNOWN,
        alt=say("card.columns", lang, **_counts([table])),
    )
