"""The template workbook: a sheet to fill in for each thing that no network exports, and how to do so."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from kpi.catalog.loader import kpis, networks, sources
from kpi.model.form import EXAMPLE, Choices, Entry
from kpi.model.source import Source
from kpi.report.words import say
from kpi.report.workbook.book import column_of, letter, workbook
from kpi.report.workbook.sheet import Cell, Check, Sheet
from kpi.report.workbook.units import unit

ROWS = 2000  # down to which lists drop down
_HEAD = 3
_NOTES = 14
_CURRENCIES = (
    *("RUB", "USD", "EUR", "KZT", "BYN", "UAH", "UZS", "AMD", "GEL", "KGS"),
    *("AZN", "MDL", "RSD", "TRY", "PLN", "GBP", "AED", "ILS", "CNY"),
)
_LOOKS = {
    "day": {"en": "yyyy-mm-dd", "ru": "dd.mm.yyyy"},
    "moment": {"en": "yyyy-mm-dd hh:mm", "ru": "dd.mm.yyyy hh:mm"},
    "month": {"en": "mmm yyyy", "ru": "mm.yyyy"},
    "count": {"en": "#,##0", "ru": "#,##0"},
    "figure": {"en": "#,##0.##", "ru": "#,##0.##"},
    "money": {"en": "#,##0.00", "ru": "#,##0.00"},
}
_LINE, _SMALL = 15.0, 12.5  # points that a line of text takes, and one of small letters
_DENSE = 0.9  # letters in a width of 1, where words are wrapped and some are wide
_WIDE = (24, 78, 52)  # the columns of the guide
_GUIDE, _LISTS = "template_guide", "template_lists"
_STEPS = (
    "template.step_sheets",
    "template.step_rows",
    "template.step_blank",
    "template.step_example",
    "template.step_change",
    "template.step_upload",
)
_ABOVE = len(_STEPS) + 5  # rows of the guide above what it says of each sheet


def forms() -> dict[str, Source]:
    """Return the sources that are sheets of the template, in its order, without guide and lists."""
    found = {id_: source for id_, source in sources().items() if source.form and source.kind}
    return dict(sorted(found.items(), key=lambda item: item[1].form.place if item[1].form else 0))


def template(lang: str, only: Iterable[str] = ()) -> bytes:
    """Return the template as the bytes of an `.xlsx`, in `lang`; where `only` names some, these sheets."""
    wanted = frozenset(only)
    chosen = {id_: source for id_, source in forms().items() if not wanted or id_ in wanted}
    lists = _lists(chosen.values(), lang)
    sheets = [_sheet(source, lang, lists) for source in chosen.values()]
    return workbook([_guide(chosen.values(), lang), *sheets, _kept(lists, lang)])


def heading(source: Source, entry: Entry, lang: str) -> str:
    """Return the heading of a column, as its source knows it."""
    place, part = (1, entry.part_ru) if lang == "ru" else (0, entry.part_en)
    if not entry.field:
        return part
    if entry.field in source.wide:
        return source.wide[entry.field][place].replace("*", part)
    return source.columns[entry.field][place]


def words(choices: Choices, lang: str) -> tuple[str, ...]:
    """Return the words of a drop-down list."""
    own = choices.ru if lang == "ru" else choices.en
    if choices.of == "networks":
        return (*(network.name(lang) for network in networks().values()), *own)
    if choices.of == "currencies":
        return (*_CURRENCIES, *own)
    if choices.of == "kpis":
        return tuple(sorted(_measured(name, of, lang) for name, of in _kpis(lang)))
    return own


def _kpis(lang: str) -> Iterable[tuple[str, str]]:
    return ((kpi.words(lang).name, kpi.unit) for kpi in kpis().values())


def _measured(name: str, of: str, lang: str) -> str:
    """Return a KPI with what it is measured in, in brackets."""
    return f"{name} ({unit(of, None, lang)})"


def _lists(chosen: Iterable[Source], lang: str) -> dict[Choices, str]:
    """Return every different list of these sheets with its name in the workbook."""
    entries = (entry for source in chosen if source.form for entry in source.form.columns)
    found = dict.fromkeys(
        [Choices(of="networks"), Choices(of="currencies"), *(e.choices for e in entries if e.choices)]
    )
    return {choices: f"list_{place}" for place, choices in enumerate(found, 1) if words(choices, lang)}


def _sheet(source: Source, lang: str, lists: Mapping[Choices, str]) -> Sheet:
    """Return one sheet to fill in: what it is for, a note and a heading a column, the example row."""
    form, notes = source.form, source.known[1 if lang == "ru" else 0]
    columns = form.columns if form else ()
    widths = [entry.width for entry in columns]
    example = [Cell(EXAMPLE[lang], "example"), *(_example(entry, lang) for entry in columns)]
    return Sheet(
        title=form.words(lang).title if form else "",
        rows=[
            [Cell(form.words(lang).lead if form else "", "strong_line")],
            [
                Cell(say("template.notes", lang), "hint"),
                *(Cell(entry.note(lang), "hint") for entry in columns),
            ],
            [Cell(notes, "head"), *(Cell(heading(source, entry, lang), "head") for entry in columns)],
            example,
        ],
        widths=[_NOTES, *widths],
        frozen=f"B{_HEAD + 1}",
        heads=_HEAD,
        heights=_heights({2: [entry.note(lang) for entry in columns]}, widths, _SMALL)
        | _heights({_HEAD: [heading(source, entry, lang) for entry in columns]}, widths),
        formats={at: _LOOKS[e.look][lang] for at, e in enumerate(columns, 2) if e.look in _LOOKS},
        checks=[
            check for at, entry in enumerate(columns, 2) if (check := _check(letter(at), entry, lang, lists))
        ],
    )


def _example(entry: Entry, lang: str) -> Cell:
    value = entry.example_ru if lang == "ru" and entry.example_ru is not None else entry.example
    return Cell(value, "example", _LOOKS[entry.look][lang] if entry.look in _LOOKS else "")


def _check(column: str, entry: Entry, lang: str, lists: Mapping[Choices, str]) -> Check | None:
    """Return what may be typed into a column; anything goes where no list, day or number is expected."""
    where = f"{column}{_HEAD + 1}:{column}{ROWS}"
    if entry.choices is not None:
        text = say("template.not_in_list", lang)
        return Check(
            where=where, kind="list", bound=f"={lists[entry.choices]}", title=_title(lang), text=text
        )
    if entry.look in {"day", "moment", "month"}:
        text = say("template.not_a_day", lang)
        return Check(where=where, kind="date", bound="36526", title=_title(lang), text=text)
    if entry.look in _LOOKS:
        text = say("template.not_a_number", lang)
        return Check(where=where, kind="decimal", bound="0", title=_title(lang), text=text)
    return None


def _title(lang: str) -> str:
    return say("template.check", lang)


def _guide(chosen: Iterable[Source], lang: str) -> Sheet:
    """Return the first sheet: what to do, step by step, and what each sheet is good for."""
    form = sources()[_GUIDE].form
    head = sources()[_GUIDE].known[1 if lang == "ru" else 0 :: 2]
    texts = [source.form.words(lang) for source in chosen if source.form]
    return Sheet(
        title=form.words(lang).title if form else "",
        rows=[
            [Cell(say("template.title", lang), "title")],
            [Cell(form.words(lang).lead if form else "", "line")],
            [],
            *([Cell(f"{n}. {say(step, lang)}", "line")] for n, step in enumerate(_STEPS, 1)),
            [],
            [Cell(text, "head") for text in head],
            *(
                [Cell(one.title, "strong"), Cell(one.lead, "wrapped"), Cell(one.gives, "wrapped")]
                for one in texts
            ),
        ],
        widths=list(_WIDE),
        frozen="A1",
        heights=_heights(dict(enumerate(([t.title, t.lead, t.gives] for t in texts), _ABOVE + 1)), _WIDE),
    )


def _kept(lists: Mapping[Choices, str], lang: str) -> Sheet:
    """Return the hidden sheet with the words of the lists, one column each."""
    form, marks = sources()[_LISTS].form, sources()[_LISTS].known[1 if lang == "ru" else 0 :: 2]
    columns = [words(choices, lang) for choices in lists]
    longest = max(map(len, columns), default=0)
    rows = [[one[at] if at < len(one) else None for one in columns] for at in range(longest)]
    return Sheet(
        title=form.words(lang).title if form else "",
        rows=[[*marks, *(name for name in list(lists.values())[len(marks) :])], *rows],
        widths=[30 for _ in columns],
        names={name: column_of(at, 2, len(columns[at - 1]) + 1) for at, name in enumerate(lists.values(), 1)},
        hidden=True,
    )


def _heights(
    rows: Mapping[int, Sequence[str]], widths: Sequence[int], line: float = _LINE
) -> dict[int, float]:
    """Return how high rows are with their texts wrapped, which not every program works out by itself."""
    return {
        row: line
        * max(
            math.ceil(len(text) / (width * _DENSE) + 0.1) for text, width in zip(texts, widths, strict=True)
        )
        for row, texts in rows.items()
    }
