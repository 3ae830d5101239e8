"""Which sheets of our template the owner left empty: nobody need hear of them."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.catalog import loader
from kpi.errors import NothingFoundError
from kpi.ingest.reasons import Refusal
from kpi.model.reading import Issue, Table

_EMPTY = frozenset({"no_rows", "no_kpi_data"})


def without(made: Sequence[Table], issues: Sequence[Issue]) -> tuple[list[Table], list[Issue]]:
    """Return tables and issues without the sheets of our template that hold nothing of the owner's.

    Raises `NothingFoundError` where there is nothing else in the file.
    """
    kept = [one for one in made if not _is_blank(one)]
    if made and not kept:
        raise NothingFoundError(Refusal.HEADER_ONLY)
    told = {one.sheet for one in kept}
    lists = _lists() if any(_is_ours(one) for one in made) else set()
    return kept, [
        one
        for one in issues
        if not (one.key in _EMPTY and one.sheet not in told)
        and not (one.key == "hidden_sheet" and one.sheet in lists)
    ]


def _lists() -> set[str]:
    """Return the titles of the hidden sheet with the words of our template's lists."""
    form = loader.sources()["template_lists"].form
    return {form.en.title, form.ru.title} if form else set()


def _is_ours(one: Table) -> bool:
    """Return whether a table is a sheet of our template."""
    return one.source is not None and loader.sources()[one.source].form is not None


def _is_blank(one: Table) -> bool:
    """Return whether a table is a sheet of our template with nothing in it but its example."""
    data = one.kind is not None and (one.rows_used or any(row.reason != "example_row" for row in one.aside))
    return _is_ours(one) and not data
