"""The flaws and rows set aside of a file as marks for a copy of its workbook, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator

from kpi.model.copy import Copy, Mark
from kpi.model.reading import Reading
from kpi.report.words import say
from kpi.report.words.say import issue_sentence

_MOST = 3000  # marks of one copy


def copy(reading: Reading, lang: str) -> Copy:
    """Return the copy of a file's workbook that tells all of its flaws that have a place."""
    marks = tuple(_marks(reading, lang))
    lead = [say("copy.title", lang, file=reading.file), say("copy.colours", lang), say("copy.loss", lang)]
    if len(marks) > _MOST:
        lead.append(say("copy.most", lang, n=_MOST, all=len(marks)))
    return Copy(
        marks=marks[:_MOST],
        title=say("copy.sheet", lang),
        lead=tuple(lead),
        heads=(
            say("card.sheet", lang),
            say("card.row_number", lang),
            say("card.heading", lang),
            say("card.cell", lang),
            say("copy.what", lang),
        ),
    )


def _marks(reading: Reading, lang: str) -> Iterator[Mark]:
    for issue in reading.issues:
        if issue.row or issue.heading:
            text = issue_sentence(issue, lang)
            yield Mark(text=text, sheet=issue.sheet, row=issue.row, heading=issue.heading, cell=issue.cell)
    for table in reading.tables:
        for aside in table.aside:
            reason = say(f"aside.{aside.reason}", lang)
            text = say("copy.aside_column" if table.turned else "copy.aside", lang, reason=reason)
            place = {"column": table.place(aside.row)} if table.turned else {"row": aside.row}
            yield Mark(text=text, member=table.member, sheet=table.sheet, whole_row=True, **place)
