"""What a source is: one kind of export, how it is recognised and what its headings mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi.model.form import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWords:
    """The texts of a source in one language: its name and the click path to the export."""

    name: str
    get: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What the line above a table says it holds (Meta Insights): field and, where told, network."""

    field: str
    network: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Long:
    """A long table: one column of values whose meaning stands in other columns.

    A `value` of `*` is the column whose heading states the window that all values are of.
    `fields` maps the parts joined by `|` to a field; `people` names the first parts that are
    breakdowns of people and are told as one entry whatever their second part.
    """

    value: str
    by: tuple[str, ...]
    fields: Mapping[str, str]
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level that stands above a table: a label `said`, a day at its end, and the count beside it."""

    field: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One export layout.

    `columns` maps a field to the headings that carry it in every language seen; a `*` in a heading
    stands for a currency, a `…` for any words. `known` are headings that belong to the layout and are
    not wanted.
    `marks` are headings (as in `columns` or `known`) that no other spreadsheet would have: at least
    one of them must be there. `counts` are the kinds of reaction that make up an engagement here;
    `absent_zero` are fields whose missing days mean 0 inside the table's own first to last day.
    `by` are fields of which one must be there for the figures to be of use, `cabinet` is where the money
    of several layouts is spent, if not by network.
    `preface` are beginnings of lines above the headings that only this layout has: then no mark is needed.
    `values` translates cell texts of label fields, e.g. post types; `fixed` are labels that the layout
    itself implies. `needs` are fields without which a table is another layout; `beside` are layouts in
    whose archive this one needs no mark. `void` are headings whose filled cell cancels a row, `aside`
    gives the reason that a label's value has for setting its row aside. `utm` are headings of notes from
    which only the `utm_source` is taken, as the row's source, and `utm_content`, else `utm_campaign`, as its
    link mark. `family` is the shop or marketplace whose reports may tell the same money; `fill` are fields
    that stand once for the rows below. `stated` says
    that the file's name may state the window. `wide` gives the headings of columns of which each speaks of
    one place that receipts came from: the `*` in them is that place. `form` is there for a sheet of our own
    template: rows that it marks as examples are set aside. `online` says that its orders never pass the till.
    `sheets` are the beginnings of the names that its sheets always have; `under` are titles that tell the
    layout of the table below them, whatever its headings. `level` is a count that stands above the table.
    `added` are fields that are the sum of all their columns. `summary` says that its lines are the
    figures of one window: a label and a figure each. `ended` says that the platform gives this export no
    more: an old file is read, and nobody is sent to fetch a new one. `keeps_days` is how many days back the
    platform exports where it says so, at the address `keeps_said`. `typed` says that the file is written by
    us from what the owner types: nobody is sent to fetch it either.
    """

    id: str
    kind: str
    grain: str
    figures: str
    seen: str
    columns: Mapping[str, tuple[str, ...]]
    en: SourceWords
    ru: SourceWords
    marks: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    network: str | None = None
    enough: float = 1.5
    dates: str | None = None
    counts: tuple[str, ...] = ()
    absent_zero: tuple[str, ...] = ()
    titles: Mapping[str, Title] = field(default_factory=dict)
    long: Long | None = None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    preface: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    cabinet: str | None = None
    void: tuple[str, ...] = ()
    utm: tuple[str, ...] = ()
    aside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    family: str | None = None
    fill: tuple[str, ...] = ()
    stated: bool = False
    wide: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    form: Form | None = None
    online: bool = False
    sheets: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    level: Level | None = None
    added: tuple[str, ...] = ()
    summary: bool = False
    ended: bool = False
    typed: bool = False
    keeps_days: int | None = None
    keeps_said: str = ""
    example: str = ""

    def words(self, lang: str) -> SourceWords:
        """Return the texts in `lang`."""
        return self.ru if lang == "ru" else self.en
