"""Which export a table is, told by its headings alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from kpi.catalog import loader
from kpi.ingest import currency, tiers
from kpi.ingest.heading import clean, key
from kpi.model.source import Source

LINES = 40
_NARROW = 2
_PART = 0.3  # what a column of one place that receipts came from tells
_HALF = 0.5  # an own sheet may share one mark with a layout: then half of the headings must belong to it
_MARKED = 0.75  # a mark tells at least so much, however many layouts of one program share it


_CODE = re.compile(r"[a-z]{3}")


class Meaning(NamedTuple):
    """Whether a heading belongs to a layout, its field, the currency written in it, and if it is a mark."""

    belongs: bool
    field: str | None = None
    currency: str | None = None
    mark: bool = False


_STRANGE = Meaning(belongs=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A source made ready for comparing: the meaning of every heading key, patterns for the others.

    `marks` are its marks without a gap; `loose` says that it has some with one.
    """

    source: Source
    meanings: Mapping[str, Meaning]
    patterns: tuple[tuple[re.Pattern[str], Meaning], ...]
    titles: frozenset[str]
    apart: frozenset[str]
    under: frozenset[str]
    sheets: tuple[str, ...]
    preface: tuple[str, ...]
    ranks: Mapping[str, int]
    marks: frozenset[str]
    loose: bool
    wide: tuple[tuple[re.Pattern[str], str], ...] = ()

    def meaning(self, heading: str) -> Meaning:
        """Return what the layout says of a heading; a pattern with a gap for a currency must name one."""
        found = key(heading)
        if found in self.meanings:
            return self.meanings[found]
        for pattern, meaning in self.patterns:
            if match := pattern.fullmatch(found):
                money = _money(match["money"]) if "money" in pattern.groupindex else None
                if money or "money" not in pattern.groupindex:
                    return meaning._replace(currency=money)
        return Meaning(belongs=True) if self.wide and self.part(heading) else _STRANGE

    def part(self, heading: str) -> tuple[str, str] | None:
        """Return the field of a column of one place that receipts came from, and that place as written."""
        for pattern, field in self.wide:
            if match := pattern.fullmatch(clean(heading)):
                return field, match[1].strip()
        return None


def _money(words: str) -> str | None:
    """Return the currency that the gap of a heading names; a code need not be among the usual ones."""
    found = currency.code(words)
    if found == currency.DOLLAR:
        return "USD"
    return found or (words.upper() if _CODE.fullmatch(words) else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A header row and the layout that it is of; `above` are the rows on it that complete its headings."""

    row: int
    layout: Layout
    title: str | None = None
    above: int = 0


@cache
def layouts() -> tuple[Layout, ...]:
    """Return every source of the catalogue, made ready."""
    return tuple(layout(source) for source in loader.sources().values())


def layout(source: Source) -> Layout:
    """Return one source made ready for comparing."""
    meanings: dict[str, Meaning] = {}
    patterns: list[tuple[re.Pattern[str], Meaning]] = []
    ranks: dict[str, int] = {}
    for field, headings in (*source.columns.items(), (None, source.known)):
        for rank, heading in enumerate(headings):
            meaning = Meaning(belongs=True, field=field, mark=heading in source.marks)
            if "*" in heading or "…" in heading:
                patterns.append((_pattern(heading), meaning))
            elif field or key(heading) not in meanings:
                meanings[key(heading)] = meaning
                ranks[key(heading)] = rank
    return Layout(
        source=source,
        meanings=meanings,
        patterns=tuple(patterns),
        titles=frozenset(map(key, source.titles)),
        apart=frozenset(key(title) for title, meaning in source.titles.items() if meaning.network),
        under=frozenset(map(key, source.under)),
        sheets=tuple(map(key, source.sheets)),
        preface=tuple(map(key, source.preface)),
        ranks=ranks,
        marks=frozenset(heading for heading, meaning in meanings.items() if meaning.mark),
        loose=any(meaning.mark for _, meaning in patterns),
        wide=tuple(
            (re.compile(re.escape(heading).replace(r"\*", r"(\S.*?)"), re.IGNORECASE), field)
            for field, headings in source.wide.items()
            for heading in headings
        ),
    )


def _pattern(heading: str) -> re.Pattern[str]:
    """Return the pattern of a heading with a gap: `*` for a currency, `…` for any words."""
    written = re.escape(key(heading.replace("*", "§").replace("…", "¶")))
    return re.compile(written.replace("§", "(?P<money>.+?)").replace("¶", ".+?"))


@cache
def _weights() -> Mapping[str, float]:
    """Return how much a heading tells: the fewer layouts know it, the more."""
    known = Counter(heading for one in layouts() for heading in one.meanings)
    return {heading: 1 / count for heading, count in known.items()}


@cache
def _said() -> frozenset[str]:
    """Return every heading and title that some layout knows."""
    return frozenset(_weights()).union(*(one.titles | one.under | one.apart for one in layouts()))


def recognise(
    rows: Sequence[Sequence[Any]], beside: Iterable[str] = (), sheet: str | None = None
) -> Found | None:
    """Return the best header row among the first lines.

    `beside` are layouts in the same archive, `sheet` is the name of the sheet.
    """
    company, name = frozenset(beside), key(sheet or "")
    best: tuple[float, Found] | None = None
    for number, row in enumerate(rows[:LINES]):
        for deep, whole in enumerate(_deeper(rows[max(number - _NARROW, 0) : number], row)):
            headings = [cell for cell in whole if isinstance(cell, str) and cell.strip()]
            if len(headings) < _NARROW:
                break
            above = _title(rows[number - 1]) if number else None
            if _said().isdisjoint(map(key, [*headings, above or ""])):  # mostly data
                continue
            for one in layouts():
                score = fit(one, headings, above, company, name, proven=_proven(one, rows[:number]))
                if score and (best is None or score > best[0]):
                    told = headings[-1] if key(headings[-1]) in one.titles else above
                    title = told if one.titles else None
                    best = (score, Found(row=number, layout=one, title=title, above=deep))
        if best and all(cell == "" for cell in row):  # what comes below a blank row is another table
            break
        if best and number > best[1].row:
            break
    return best[1] if best else None


def _deeper(above: Sequence[Sequence[Any]], row: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield a row, then completed by the row above it, then by the row above that, while they fit."""
    yield row
    for upper in reversed(above):
        if not tiers.completes(upper, row):
            return
        row = tiers.over(upper, row)
        yield row


def _title(row: Sequence[Any]) -> str | None:
    """Return the only filled cell of a row, if it is a text."""
    filled = [cell for cell in row if cell != ""]
    return filled[0] if len(filled) == 1 and isinstance(filled[0], str) else None


def _proven(one: Layout, above: Sequence[Sequence[Any]]) -> bool:
    """Return whether a line above the headings begins as only this layout does."""
    return bool(one.preface) and any(
        isinstance(row[0], str) and key(row[0]).startswith(one.preface) for row in above if row
    )


def fit(
    one: Layout,
    headings: Sequence[str],
    above: str | None,
    company: frozenset[str],
    sheet: str,
    *,
    proven: bool = False,
) -> float:
    """Return how well headings fit a layout, 0 where a mark, a needed field or enough weight is lacking."""
    keys = [key(heading) for heading in headings]
    named = sheet.startswith(one.sheets) if one.sheets else False
    if above and key(above) in one.under:
        return float(len(keys) + 1)
    if one.sheets and not named:
        return 0.0
    beside = proven or not company.isdisjoint(one.source.beside)
    if not (beside or one.loose or len(keys) == _NARROW) and one.marks.isdisjoint(keys):
        return 0.0
    fields, weight, known, marks = set(), 0.0, 0, 0
    for heading, found in zip(headings, keys, strict=True):
        meaning = one.meaning(heading)
        if meaning.belongs:
            fields.add(meaning.field)
            known += 1
            told = _weights().get(found, 1.0 if meaning.currency else _PART)
            weight += max(told, _MARKED * meaning.mark)
            marks += meaning.mark
    if len(keys) == _NARROW and (keys[1] in one.apart or key(above or "") == keys[1] in one.titles):
        return 1 + weight  # the title is the heading
    if one.source.long and not {key(one.source.long.value), key(one.source.long.by[0])} <= set(keys):
        return 0.0
    lone = marks <= 1 and known < _HALF * len(keys)
    if lone or not (marks or beside) or not fields.issuperset(one.source.needs):
        return 0.0
    enough = 0.0 if beside else one.source.enough
    return weight + named + proven if weight >= enough else 0.0
