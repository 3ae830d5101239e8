"""Headings that stand over two or three rows → one heading a column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kpi.ingest.cells import plain
from kpi.ingest.header import is_value, synonyms, wordy
from kpi.ingest.heading import clean, key
from kpi.ingest.sheets import Merged
from kpi.ingest.strip import Cell

Row = Sequence[Any]
DEEPEST = 3
JOINT = " / "
_LONGEST = 80
_FEW = 2
_SOME = 3
_NUMBER = re.compile(r"\(?(\d{1,3})\)?(\s*[-+=*/:×]\s*\(?\d{1,3}\)?)*%?")


def over(upper: Row, lower: Row) -> list[Any]:
    """Return the lower row, completed from above where it is blank."""
    return [low if low != "" else up for up, low in zip(upper, lower, strict=False)]


def completes(upper: Row, lower: Row) -> bool:
    """Return whether two rows of words can be one header row: each fills what the other leaves blank."""
    pairs = [(up != "", low != "") for up, low in zip(upper, lower, strict=False)]
    return (
        (True, False) in pairs
        and (False, True) in pairs
        and all(isinstance(cell, str) for row in (upper, lower) for cell in row)
        and not any(cell != "" and is_value(cell) for row in (upper, lower) for cell in row)
    )


def named(rows: Sequence[Row], at: int) -> int:
    """Return the row of the headings: the one above `at` where `at` only describes what a pair names."""
    if at < _FEW or not completes(rows[at - 2], rows[at - 1]):
        return at
    filled = [place for place, cell in enumerate(rows[at]) if cell != ""]
    short, whole = over(rows[at - 2], rows[at - 1]), headings(rows[at - 2 : at])[0]
    if not all(short[place] for place in filled) or len(set(whole)) < len(whole):
        return at
    wordier = sum(len(rows[at][place]) for place in filled) > sum(len(short[place]) for place in filled)
    return at - 1 if wordier else at


def tiers(rows: Sequence[Row], at: int, merged: Merged = ()) -> tuple[int, int]:
    """Return the first and the last row of the headings of which row `at` is one.

    `merged` are the merged ranges by places in `rows`: first and last cell, each (row, column).
    """
    low = at
    while low - at + 1 < DEEPEST and low + 2 < len(rows) and _parted(rows[low], rows[low + 1], rows[low + 2]):
        low += 1
    top, lower = at, list(rows[at])
    for row in rows[at + 1 : low + 1]:
        lower = over(lower, row)
    while top and low - top + 1 < DEEPEST and _groups(rows[top - 1], lower, _spans(merged, top - 1)):
        top -= 1
        lower = over(rows[top], lower)
    return top, low


def headings(rows: Sequence[Row], merged: Merged = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return for every column its heading with the groups above it, and the lowest part alone.

    A merged group stands over the columns of its range, another over the blank cells on its right.
    """
    last = len(rows) - 1
    parts: list[list[str]] = [[] for _ in rows[0]]
    for at, row in enumerate(rows):
        spans = _spans(merged, at)
        group = ""
        for place, cell in enumerate(row):
            below = any(one[place] != "" for one in rows[at + 1 :])
            if cell != "":
                text = clean(cell) if isinstance(cell, str) else plain(cell)
                group = text if below and not spans else ""
            elif at == last:
                continue
            else:
                start = next((first for first, end in spans if first < place <= end), None)
                text = clean(plain(row[start])) if start is not None else group
            if text and text not in parts[place]:
                parts[place].append(text)
    return tuple(map(JOINT.join, parts)), tuple(some[-1] if some else "" for some in parts)


def beneath(rows: Sequence[Row], heads: Row) -> Mapping[int, str]:
    """Return which rows right under the headings number or describe the columns, with that reason."""
    found: dict[int, str] = {}
    for place in range(min(_FEW, len(rows) - 1)):
        if _numbers(rows[place], rows[place + 1], heads):
            found[place] = "numbering_row"
        elif _describes(rows[place], rows[place + 1]):
            found[place] = "description_row"
        else:
            break
    return found


def _spans(merged: Merged, row: int) -> list[tuple[int, int]]:
    """Return the first and last column of every range that a row holds side by side."""
    return [(left, right) for (top, left), (_, right) in merged if top == row and right > left]


def _parted(upper: Row, lower: Row, below: Row) -> bool:
    """Return whether the lower row goes on with the headings: it names what the upper leaves blank."""
    if not completes(upper, lower) or not any(cell != "" and is_value(cell) for cell in below):
        return False
    worded = [place for place, cell in enumerate(lower) if cell != ""]
    return 2 * _valued(below, worded) >= len(worded)


def _groups(upper: Row, lower: Row, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether the upper row names groups of the columns below, and is no title or note."""
    filled = [place for place, cell in enumerate(upper) if cell != ""]
    below = [place for place, cell in enumerate(lower) if cell != ""]
    if not filled or not below or not all(_word(upper[place]) for place in filled):
        return False
    if any(left <= below[0] and right >= below[-1] for left, right in spans):
        return False
    names = [key(str(lower[place])) for place in below]
    twins = len(set(names)) < len(names)
    gaps = any(lower[place] == "" for place in filled)
    lone = len(filled) == 1
    if lone and not spans:
        return gaps and (filled[0] > below[0] or key(upper[filled[0]]) in synonyms())
    if lone or spans:  # a title may be merged too, over some of the columns from the first
        covered = {place for left, right in spans for place in range(left, right + 1)} | set(filled)
        return filled[0] > below[0] or (not lone and 2 * len(covered.intersection(below)) >= len(below))
    apart = filled != list(range(filled[0], filled[-1] + 1))
    return gaps or twins or (apart and len(wordy(upper)) == len(filled))


def _word(cell: Cell) -> bool:
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return False
    return not is_value(cell) and not cell.rstrip().endswith(":")


def _numbers(row: Row, below: Row, heads: Row) -> bool:
    """Return whether a row counts the columns: 1, 2, 3, (4) + (5)."""
    texts = [str(int(c)) if isinstance(c, float) and c.is_integer() else c for c in row if c != ""]
    if len(texts) < _SOME or 2 * len(texts) < sum(head != "" for head in heads):
        return False
    matches = [_NUMBER.fullmatch(text.strip()) for text in texts if isinstance(text, str)]
    plain = [int(match[1]) for match in matches if match and not match[2]]
    counted = plain == sorted(set(plain)) and plain[:1] == [1] and plain[-1:] <= [len(row)]
    same = all(isinstance(cell, float) for cell, head in zip(below, heads, strict=True) if head != "")
    return len(matches) == len(texts) and all(matches) and counted and len(plain) >= _FEW and not same


def _describes(row: Row, below: Row) -> bool:
    """Return whether a row explains the headings: no value in it, words where the next has values."""
    filled = [place for place, cell in enumerate(row) if cell != ""]
    if len(filled) < _FEW or any(is_value(row[place]) for place in filled):
        return False
    worded = [place for place in filled if any(map(str.isalpha, row[place]))]
    return 2 * _valued(below, worded) >= len(filled)


def _valued(row: Row, places: Sequence[int]) -> int:
    """Return how many of the places hold a figure or a date."""
    return sum(row[place] != "" and is_value(row[place]) for place in places)
