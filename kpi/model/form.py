"""What a form is: a sheet of ours that the owner fills in, described column by column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

EXAMPLE = {"en": "Example", "ru": "Пример"}
"""What stands in the first cell of an example row, by language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """The texts of a form in one language: its sheet's title, what to write there, what it is good for."""

    title: str
    lead: str
    gives: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The words of a drop-down list: those of `networks`, `kpis` or `currencies`, then own ones."""

    of: str = ""
    en: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One column of a form.

    Its heading is the first (en) or second (ru) that the source knows for `field`; `part_en` and
    `part_ru` stand in place of the `*` of a heading that says where receipts came from. `en` and `ru`
    are the note above the heading, `example` what the example row holds (`example_ru` where that is
    another word), `look` how cells are shown: text, day, moment, month, count, figure or money.
    """

    field: str
    en: str
    ru: str
    look: str = "text"
    width: int = 16
    part_en: str = ""
    part_ru: str = ""
    choices: Choices | None = None
    example: str | float | datetime | date | None = None
    example_ru: str | None = None

    def note(self, lang: str) -> str:
        """Return what to write in this column, in `lang`."""
        return self.ru if lang == "ru" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A sheet of the template workbook, at its `place` among the others."""

    place: int
    en: FormWords
    ru: FormWords
    columns: tuple[Entry, ...]

    def words(self, lang: str) -> FormWords:
        """Return the texts in `lang`."""
        return self.ru if lang == "ru" else self.en
