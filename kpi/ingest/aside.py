"""Which rows of a table are no data: totals, averages, footers, descriptions, errors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest.cells import is_number
from kpi.ingest.heading import key
from kpi.ingest.moment import moment
from kpi.ingest.strip import Mask, Strip
from kpi.ingest.years import bare

Rows = npt.NDArray[np.int64]
_TOTAL = (
    "total", "totals", "grand total", "subtotal", "sub total", "sum",
    "итого", "итог", "всего", "итоговое значение", "общий итог", "подытог", "итого и средние", "сумма всего",
    "bcero",  # as Ozon writes it, in Latin letters
    "разом", "усього", "всього", "підсумок", "загальний підсумок", "разом за період",
    "барлығы", "жиыны", "қорытынды", "жалпы", "жалпы сома",
    "gesamt", "summe", "gesamtsumme", "insgesamt", "gesamtergebnis", "zwischensumme", "teilergebnis",
    "total geral", "totais", "subtotais", "soma", "total general", "totales", "suma total",
    "suma", "razem", "łącznie", "ogółem", "suma końcowa", "suma częściowa",
    "total général", "sous-total", "sous total", "totaux", "somme",
    "totale", "totali", "totale generale", "totale complessivo", "subtotale", "somma",
    "toplam", "genel toplam", "ara toplam",
)  # fmt: skip
_AVERAGE = (
    "average", "avg", "mean", "median", "среднее", "среднее значение", "в среднем", "среднее за день",
    "медиана", "среднее арифметическое", "середнє", "в середньому", "медіана", "орташа", "орташа мән",
    "durchschnitt", "mittelwert", "im durchschnitt", "média", "promedio", "valor medio",
    "średnia", "średnio", "moyenne", "en moyenne", "valore medio", "ortalama",
)  # fmt: skip
_LONGEST = 40
_EDGE = 30
_LAST = 3
_WORDY = "|".join(re.escape(key(word)) for word in sorted((*_TOTAL, *_AVERAGE), key=len, reverse=True))
_SOME = re.compile(rf"({_WORDY})(?:[\s:(].*)?")
_NAMED = re.compile(rf"\S.{{0,30}}\s({_WORDY})")
_AVERAGES = frozenset(map(key, _AVERAGE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the columns of a table are for, by their position; `texts` are the words of posts.

    `ends` says that the table ends with its last row that has a date, an id or a name.
    """

    figures: Sequence[int]
    whens: Sequence[int]
    keys: Sequence[int]
    names: Sequence[int] = ()
    texts: Sequence[int] = ()
    known: bool = True
    ends: bool = False


def label(text: str) -> str | None:
    """Return the reason that a row's label gives for setting it aside, None if it names no total.

    >>> label("Gesamt"), label("Итого за март:"), label("Average"), label("Total recall of our menu")
    ('total_row', 'total_row', 'average_row', None)
    """
    if len(text) > _LONGEST:
        return None
    match = _SOME.fullmatch(key(text))
    if not match:
        return None
    longer = match[1] != key(text) and len(key(text).split()) > _LAST
    if longer and not key(text).startswith(f"{match[1]}:"):  # "Total: All but removed ad groups"
        return None
    return "average_row" if match[1] in _AVERAGES else "total_row"


def titled(text: str) -> bool:
    """Return whether a text may be the label of a total if the arithmetic says so too.

    >>> titled("март Итог"), titled("Total for March and April"), titled("Summer")
    (True, True, False)
    """
    short = text[: _LONGEST + 1]
    return bool(len(short) <= _LONGEST and (_SOME.fullmatch(key(short)) or _NAMED.fullmatch(key(short))))


def reasons(strips: Sequence[Strip], masks: Sequence[Mask], rows: Rows, shape: Shape) -> dict[int, str]:
    """Return why rows are set aside, by row; told without reading a number."""
    if not len(rows):
        return {}
    filled = np.sum([mask[rows] for mask in masks], axis=0)
    dated = _some(masks, shape.whens, rows)
    named = _some(masks, (*shape.keys, *shape.names), rows)
    figured = _some(masks, shape.figures, rows)
    found: dict[int, str] = {}
    if shape.known and strips[0].text is not None:
        lone = rows[(filled == 1) & masks[0][rows]]
        remarks = (row for row in lone.tolist() if (strips[0].text[row].as_py() or "").startswith("# "))
        found |= dict.fromkeys(remarks, "footer_row")
    told = shape.whens or shape.keys or shape.names
    lonely = ~dated & ~named if told else np.zeros(len(rows), dtype=bool)
    for place in np.flatnonzero(lonely & ~figured):
        found[int(rows[place])] = "error_row" if shape.known and filled[place] > 1 else "footer_row"
    if shape.ends and (dated | named).any():  # statistics without labels, signatures
        last = int(np.flatnonzero(dated | named)[-1])
        found |= dict.fromkeys(rows[last + 1 :].tolist(), "footer_row")
    if not shape.keys:
        found |= dict.fromkeys(_nameless(masks, rows, shape, figured).tolist(), "total_row")
    if len(masks) >= _LAST and shape.figures:
        alone = (filled == 1) & ~figured
        for row, day in zip(rows[-_LAST:][alone[-_LAST:]], dated[-_LAST:][alone[-_LAST:]], strict=True):
            if not day or _worded(strips, shape.whens, int(row)):
                found.setdefault(int(row), "footer_row")
    found |= _labelled(strips, masks, rows, shape, dated)
    if _describes(strips, rows, shape):
        found.setdefault(int(rows[0]), "description_row")
    return found


def _nameless(masks: Sequence[Mask], rows: Rows, shape: Shape, figured: Mask) -> Rows:
    """Return the rows of figures that nothing names: their label went with the identities."""
    dated, named = _some(masks, shape.whens, rows), _some(masks, shape.names, rows)
    if shape.names:
        return rows[~named & figured]
    if not shape.known:
        return rows[:0]
    bare = figured & ~dated & ~_some(masks, shape.texts, rows)
    if shape.texts:
        return rows[bare]
    return rows[:1][bare[:1]] if dated.any() else rows[:0]


def _some(masks: Sequence[Mask], columns: Sequence[int], rows: Rows) -> Mask:
    """Return which rows have at least one of the columns filled."""
    found = np.zeros(len(rows), dtype=bool)
    for column in columns:
        found |= masks[column][rows]
    return found


def _worded(strips: Sequence[Strip], whens: Sequence[int], row: int) -> bool:
    """Return whether what stands where a date should is words and no date in any order."""
    cells = [strips[column].cut(row, row + 1).cells()[0] for column in whens]
    words = [cell for cell in cells if isinstance(cell, str) and any(map(str.isalpha, cell))]
    return any(words) and not any(bare(word) or moment(word, "dmy") or moment(word, "mdy") for word in words)


def _labelled(
    strips: Sequence[Strip], masks: Sequence[Mask], rows: Rows, shape: Shape, dated: Mask
) -> dict[int, str]:
    """Return rows that a label calls a total; a dated row is none, whatever its text says."""
    looked = rows if not shape.known else np.unique(np.concatenate([rows[:_LAST], rows[-_EDGE:]]))
    by_row = dict(zip(rows.tolist(), dated.tolist(), strict=True)) if shape.whens else {}
    own = (*shape.keys, *shape.names, *shape.whens)
    texts = [at for at, strip in enumerate(strips) if strip.text is not None and at not in shape.figures]
    others = texts if shape.known else [*texts[:_LAST], *texts[-1:]]
    found: dict[int, str] = {}
    for column in dict.fromkeys([*others, *own]):
        text = strips[column].text
        if text is None:
            continue
        near = looked if shape.known else looked[_may(text)[looked]]
        for row in near[masks[column][near]].tolist():
            if by_row.get(row) and column not in shape.whens:
                continue
            reason = label(text[row].as_py() or "")
            if reason and not (shape.known and column not in own and _is_named(strips, shape, row)):
                found[row] = reason
    return found


def _is_named(strips: Sequence[Strip], shape: Shape, row: int) -> bool:
    """Return whether an identity or a name of a row says a word: then no word beside it makes it a total."""
    cells = [strips[column].cut(row, row + 1).cells()[0] for column in (*shape.keys, *shape.names)]
    return any(map(str.isalnum, "".join(map(str, cells))))


def _may(text: pa.Array) -> Mask:
    """Return which texts begin like a label of a total; soft hyphens hide a few, which exports do not."""
    found = pc.match_substring_regex(text, rf"(?i)^\s*(?:{_WORDY})").fill_null(fill_value=False)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def _describes(strips: Sequence[Strip], rows: Rows, shape: Shape) -> bool:
    """Return whether the first row explains the headings: words where the next row has numbers."""
    if len(rows) < 2:  # noqa: PLR2004 - a row and the one below
        return False
    first, second = ([strip.cut(int(row), int(row) + 1).cells()[0] for strip in strips] for row in rows[:2])
    looked = shape.figures or [place for place, cell in enumerate(second) if _figure(cell)]
    first, second = [first[place] for place in looked], [second[place] for place in looked]
    words = sum(isinstance(cell, str) and cell != "" and not is_number(cell) for cell in first)
    return words == len(first) and words > 1 and sum(map(_figure, second)) * 2 >= words


def _figure(cell: object) -> bool:
    return isinstance(cell, float) or (isinstance(cell, str) and cell != "" and is_number(cell))
