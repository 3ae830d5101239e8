"""Which sign separates decimals in a column: told by the figures that can be read in one way only."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

EACH = ""  # no one sign: each figure is read by its own proof
_TWO_WAYS = r"[1-9]\d{0,2}[.,]\d{3}"


def decimal_sign(words: pa.Array, known: str | None = None) -> tuple[str, bool]:
    """Return the decimal sign of texts and whether both readings stay possible.

    Where some cells prove one sign and some the other it is `EACH`: each cell is read by its own proof.

    >>> decimal_sign(pa.array(["1.234", "12,5"]))
    (',', False)
    >>> decimal_sign(pa.array(["1.234", "2.500"]))
    ('.', True)
    """
    if known:
        return known, False
    dots, commas = _shapes(words, "."), _shapes(words, ",")
    point, comma = dots.decimal or commas.thousands, commas.decimal or dots.thousands
    if point and comma:
        return EACH, _any(words, rf"(?:^|[^\d.,]){_TWO_WAYS}(?:$|[^\d.,])")
    if point or comma:
        return "." if point else ",", False
    if commas.seen and not dots.seen:
        return ",", True
    return ".", dots.seen or commas.seen


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the uses of one sign in a column prove."""

    seen: bool
    decimal: bool
    thousands: bool


def _shapes(words: pa.Array, sign: str) -> _Shape:
    other, one = ("," if sign == "." else r"\."), re.escape(sign)
    groups = rf"\d{{1,3}}(?:{one}\d{{3}})"
    return _Shape(
        _any(words, rf"\d{one}\d"),
        _any(
            words,
            rf"(?:^|[^\d.,])(?:0{one}\d+|\d*{one}(?:\d{{1,2}}|\d{{4,}})|\d{{4,}}{one}\d+"
            rf"|\d[\d ]* \d{{3}}{one}\d+)(?:$|[^\d.,])",
        )
        or _any(words, rf"\d{other}\d{{3}}{one}\d+"),
        _any(words, rf"(?:^|[^\d.,]){groups}{{2,}}(?:$|[^\d.])|{groups}+{other}\d"),
    )


def _any(words: pa.Array, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(words, pattern)).as_py())
