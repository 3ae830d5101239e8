"""Numbers as people write them: one reading for a whole column, told by evidence, never by guess."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest.currency import WORDS
from kpi.ingest.decimals import EACH, decimal_sign
from kpi.ingest.strip import Strip

Floats = npt.NDArray[np.float64]
_LONGEST = 40
_MISSING = frozenset(
    (
        *("", "-", "--", "---", "?", "n/a", "#n/a", "na", "nan", "none", "null", "nil", "undefined"),
        *("н/д", "нет данных"),
    )
)
_SCALES = {
    "k": 1e3, "к": 1e3, "тыс": 1e3, "тыс.": 1e3, "mil": 1e3, "tsd": 1e3, "tsd.": 1e3, "tys.": 1e3,
    "m": 1e6, "м": 1e6, "млн": 1e6, "млн.": 1e6, "mln": 1e6, "mio": 1e6, "mio.": 1e6, "mi": 1e6,
    "b": 1e9, "bn": 1e9, "млрд": 1e9, "млрд.": 1e9, "mrd": 1e9, "mrd.": 1e9,
}  # fmt: skip
_SCALED = "|".join(re.escape(word) for word in sorted(_SCALES, key=len, reverse=True))
_COUNTED = r"шт\.?|чел\.?|ед\.?|pcs\.?"
_AS_TYPED = (  # what looks like a space, a minus, an apostrophe; and what does not show at all
    dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f"), " ")
    | dict.fromkeys(map(ord, "\u2212\u2012\u2013\u2014"), "-")
    | dict.fromkeys(map(ord, "\u2018\u2019\u02bc`"), "'")
    | dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
)
_CORE = re.compile(
    rf"'?(?:{WORDS})?\s*([-+]?)\s*(?:{WORDS})?\s*"
    r"(\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*|[.,]\d+)(e[+-]?\d{1,3})?"
    rf"\s*({_SCALED})?\s*(?:{WORDS}|%|{_COUNTED})?(-?)",
    re.ASCII,
)
_SPACE = "[ \u00a0\u2007\u2009\u202f'’]"
_AROUND = rf"(?i)^(?:{WORDS}){_SPACE}*|{_SPACE}*(?:{WORDS}|%|{_COUNTED})$"
_BEHIND = rf"(?i){_SPACE}*(?P<scale>{_SCALED})$"
_PLAIN = r"^\s*-?\d{1,15}\s*$"
_POINTED, _COMMAED = (
    rf"^-?(?:\d{{1,15}}|\d{{1,3}}(?:{_SPACE}\d{{3}}){{1,4}}|\d{{1,3}}(?:{group}\d{{3}}){{1,4}})(?:{sign}\d{{1,18}})?$"
    for sign, group in ((r"\.", ","), (",", r"\."))
)
_CLOCK = re.compile(r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]\d)(?:\.\d+)?", re.ASCII)
_MANY = 3
_SHOWN = 50
_SAMPLE = 2000
_ABSURD = 1e15  # beyond it a float no longer counts single units: no figure of any business
_DIGITS = 6  # beyond them a sum of floats is noise


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column read as numbers: NaN is unknown; `bad` are the first fifty rows of `wrong` ones that say else.

    `unsure` is True where points or commas could be thousands as well as decimals. `clocked` is True
    where the cells are durations, so that the values are seconds and their plain sum means nothing.
    `percent` tells which cells bear a percent sign, None where none does.
    """

    values: Floats
    bad: tuple[tuple[int, str], ...] = ()
    wrong: int = 0
    unsure: bool = False
    clocked: bool = False
    percent: npt.NDArray[np.bool_] | None = None


def numbers(strip: Strip, decimal: str | None = None) -> Numbers:
    """Return the column as numbers; `decimal` is the decimal sign where it is known (`.` or `,`)."""
    values, bad = _stored(strip)
    lost = len(bad)
    if strip.text is None:
        return Numbers(values, bad[:_SHOWN], lost)
    words, places = _coded(strip.text)
    parsed, faulty, unsure, clocked = _uniques(words, decimal)
    read = np.append(parsed, np.nan)[places]
    values = np.where(places < len(words), np.where(np.isnan(read), values, read), values)
    wrong = np.flatnonzero(np.isin(places, list(faulty))) if faulty else places[:0]
    bad += tuple((int(row), words[int(places[row])].as_py()) for row in wrong[:_SHOWN])
    return Numbers(values, bad[:_SHOWN], lost + len(wrong), unsure, clocked, _percent(words, places))


def _percent(words: pa.Array, places: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_] | None:
    signed = _flags(pc.match_substring(words, "%").fill_null(fill_value=False))
    return np.append(signed, values=False)[places] if signed.any() else None


def _stored(strip: Strip) -> tuple[Floats, tuple[tuple[int, str], ...]]:
    """Return the cells that are stored as numbers, and those among them that no figure can be."""
    values = np.full(strip.length, np.nan)
    if strip.number is None:
        return values, ()
    given = np.array(strip.number.to_numpy(zero_copy_only=False), dtype=np.float64)
    sound = np.abs(given) < _ABSURD
    values[sound] = given[sound]
    lost = np.flatnonzero(~sound & ~np.isnan(given))
    return values, tuple((int(row), f"{given[row]:g}") for row in lost)


def _coded(text: pa.Array) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    """Return the different texts and which one every row has; where nearly all differ, all of them."""
    head = text.slice(0, _SAMPLE)
    if len(head.unique()) * 2 > len(head):
        return text.fill_null(""), np.arange(len(text))
    coded = text.dictionary_encode()
    nothing = len(coded.dictionary)
    return coded.dictionary, np.asarray(coded.indices.fill_null(nothing).to_numpy(), dtype=np.int64)


def _uniques(words: pa.Array, decimal: str | None) -> tuple[Floats, set[int], bool, bool]:
    """Return the values of different texts, which of them are none, doubt, and whether they are clocks."""
    values = np.full(len(words), np.nan)
    plain = pc.match_substring_regex(words, _PLAIN)
    _fill(values, plain, words)
    rest = np.flatnonzero(~_flags(pc.or_(plain, pc.equal(pc.binary_length(words), 0))))
    if not len(rest):
        return values, set(), False, False
    odd = words.take(pa.array(rest))
    sign, unsure = decimal_sign(odd.slice(0, _SAMPLE), decimal)
    if unsure and len(odd) > _SAMPLE:
        sign, unsure = decimal_sign(odd, decimal)
    if sign != EACH:
        simple, figures = _plainly(odd, sign)
        values[rest[simple]] = figures
        rest = rest[~simple]
    faulty, clocked = set(), False
    for place in rest.tolist():
        text = words[place].as_py()
        value = number(text, sign)
        if value is None and (seconds := clock(text)) is not None:
            value, clocked = seconds, True
        if value is None:
            faulty.add(place)
        else:
            values[place] = value
    return values, faulty, unsure, clocked


def _plainly(words: pa.Array, sign: str) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Return which texts are a figure with at most a unit or a scale around it, and what these say."""
    tidy, factors = pc.utf8_trim_whitespace(words), np.ones(len(words))
    spaced = pc.any(pc.match_substring_regex(tidy, r"[^\d.,\-]")).as_py()
    if spaced:
        tidy = pc.replace_substring_regex(tidy, _AROUND, "")
        scale = pc.struct_field(pc.extract_regex(tidy, _BEHIND), "scale").dictionary_encode()
        if len(scale.dictionary):
            known = [_SCALES[word.casefold()] for word in scale.dictionary.to_pylist()]
            places = scale.indices.fill_null(len(known)).to_numpy(zero_copy_only=False)
            factors = np.array([*known, 1.0])[places]
            tidy = pc.replace_substring_regex(tidy, _BEHIND, "")
    simple = _flags(pc.match_substring_regex(tidy, _POINTED if sign == "." else _COMMAED))
    bare = tidy.filter(pa.array(simple))
    if spaced:
        bare = pc.replace_substring_regex(bare, _SPACE, "")
    if sign == ",":
        bare = pc.replace_substring(bare, ".", "")
    bare = pc.replace_substring(bare, ",", "" if sign == "." else ".")
    return simple, bare.cast(pa.float64()).to_numpy(zero_copy_only=False) * factors[simple]


def _fill(values: Floats, which: pa.Array, words: pa.Array) -> None:
    mask = _flags(which)
    if mask.any():
        chosen = pc.utf8_trim_whitespace(words.filter(pa.array(mask)))
        values[mask] = chosen.cast(pa.float64()).to_numpy(zero_copy_only=False)


def _flags(array: pa.Array) -> npt.NDArray[np.bool_]:
    return np.asarray(array.to_numpy(zero_copy_only=False), dtype=bool)


def number(text: str, decimal: str = ".") -> float | None:
    """Return what one cell says, NaN for "unknown", None if it is no number.

    >>> number("1 234,56", ","), number("(5)"), number("12,3 тыс.", ","), number("1.2K"), number("US$34.15")
    (1234.56, -5.0, 12300.0, 1200.0, 34.15)
    >>> number("< 1%"), number("мало")
    (nan, None)
    """
    if len(text) > _LONGEST:
        return None
    written = text.translate(_AS_TYPED).strip().casefold()
    if written in _MISSING or written[:1] in {"<", ">", "≈", "~"}:
        return math.nan
    negative = written.startswith("(") and written.endswith(")")
    match = _CORE.fullmatch(written[1:-1].strip() if negative else written)
    if not match:
        return None
    sign, digits, power, scale, after = match.groups()
    amount = _amount(digits, decimal, power or "")
    if amount is None or abs(amount) >= _ABSURD:
        return None
    amount *= _SCALES.get(scale or "", 1.0)
    return -amount if negative or sign == "-" or after else amount


def is_number(text: str) -> bool:
    """Return whether a cell reads as a number, whichever sign is the decimal one."""
    return number(text, ".") is not None or number(text, ",") is not None


def _amount(digits: str, decimal: str, power: str) -> float | None:
    bare = re.sub("[ ']", "", digits)
    decimal = decimal or _own(bare)
    group = "," if decimal == "." else "."
    whole, _, tail = bare.rpartition(decimal) if decimal in bare else (bare, "", "")
    if decimal in whole or group in tail:
        return None
    parts = whole.split(group)
    if len(parts) > 1 and (not 1 <= len(parts[0]) <= _MANY or any(len(part) != _MANY for part in parts[1:])):
        return None
    return float(f"{''.join(parts) or '0'}.{tail or '0'}{power}")


def _own(bare: str) -> str:
    """Return the decimal sign that a figure proves by itself: its last one, if that stands there once."""
    last = max(bare.rfind("."), bare.rfind(","))
    sign = bare[last] if last >= 0 else "."
    other = "," if sign == "." else "."
    return other if bare.count(sign) > 1 else sign


def clock(text: str) -> float | None:
    """Return the seconds of a duration written as `h:mm:ss` or `m:ss`.

    >>> clock("0:01:57")
    117.0
    """
    match = _CLOCK.fullmatch(text.strip())
    return float(int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])) if match else None


def mostly_numbers(read: Numbers, filled: int) -> bool:
    """Return whether a column that nobody asked for is one of numbers: four fifths of its cells are."""
    return filled > 0 and read.wrong * 5 <= filled and bool(np.isfinite(read.values).any())


def total(values: Floats) -> float | None:
    """Return the plain sum of the known values, None if there is none."""
    known = values[np.isfinite(values)]
    return round(float(known.sum()), _DIGITS) + 0.0 if len(known) else None


def plain(value: object) -> str:
    """Return a cell as a person would write it.

    >>> plain(5.0), plain("x")
    ('5', 'x')
    """
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
