"""Numbers as people write them: one reading for a whole column, told by evidence, never by guess."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest.strip import Strip

Floats = npt.NDArray[np.float64]
_LONGEST = 40
_MISSING = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "–",
        "—",
        "n/a",
        "na",
        "nan",
        "none",
        "null",
        "nil",
        "undefined",
        "н/д",
        "нет данных",
        "#n/a",
        "?",
    }
)
_SCALES = {
    "k": 1e3, "к": 1e3, "тыс": 1e3, "тыс.": 1e3, "mil": 1e3, "tsd": 1e3, "tsd.": 1e3,
    "m": 1e6, "м": 1e6, "млн": 1e6, "млн.": 1e6, "mln": 1e6, "mio": 1e6, "mio.": 1e6,
    "b": 1e9, "bn": 1e9, "млрд": 1e9, "млрд.": 1e9, "mrd": 1e9,
}  # fmt: skip
_MONEY = r"(?:us\$|r\$|[$€£₽¥₴₸]|руб\.?|р\.?|rub|usd|eur|gbp|uah|kzt|byn|pln|zł|грн\.?|тг)"
_CORE = re.compile(
    rf"'?{_MONEY}?\s*([-+]?)\s*{_MONEY}?\s*"
    r"(\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*|[.,]\d+)(e[+-]?\d{1,3})?"
    rf"\s*({'|'.join(re.escape(word) for word in sorted(_SCALES, key=len, reverse=True))})?"
    rf"\s*(?:{_MONEY}|%|шт\.?|чел\.?)?(-?)",
    re.ASCII,
)
_PLAIN = r"^\s*-?\d{1,15}\s*$"
_POINTED, _COMMAED = (rf"^-?\d{{1,15}}(?:{sign}\d{{1,18}})?$" for sign in (r"\.", ","))
_EITHER = re.compile(r"[-+(]*[^\d.,]*\d{1,3}[.,]\d{3}(?!\d)[^\d.,]*", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]\d)(?:\.\d+)?", re.ASCII)
_MANY = 3
_SHOWN = 50
_SAMPLE = 2000
_DIGITS = 6  # beyond them a sum of floats is noise


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column read as numbers: NaN is unknown; `bad` are the first fifty rows of `wrong` ones that say else.

    `unsure` is True where points or commas could be thousands as well as decimals. `clocked` is True
    where the cells are durations, so that the values are seconds and their plain sum means nothing.
    """

    values: Floats
    bad: tuple[tuple[int, str], ...] = ()
    wrong: int = 0
    unsure: bool = False
    clocked: bool = False


def numbers(strip: Strip, decimal: str | None = None) -> Numbers:
    """Return the column as numbers; `decimal` is the decimal sign where it is known (`.` or `,`)."""
    values = np.full(strip.length, np.nan)
    if strip.number is not None:
        values = np.array(strip.number.to_numpy(zero_copy_only=False), dtype=np.float64)
        values[~np.isfinite(values)] = np.nan
    if strip.text is None:
        return Numbers(values)
    words, places = _coded(strip.text)
    parsed, faulty, unsure, clocked = _uniques(words, decimal)
    read = np.append(parsed, np.nan)[places]
    values = np.where(places < len(words), np.where(np.isnan(read), values, read), values)
    wrong = np.flatnonzero(np.isin(places, list(faulty))) if faulty else places[:0]
    bad = tuple((int(row), words[int(places[row])].as_py()) for row in wrong[:_SHOWN])
    return Numbers(values, bad, len(wrong), unsure, clocked)


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
    rest = np.flatnonzero(~_flags(plain))
    if not len(rest):
        return values, set(), False, False
    odd = words.take(pa.array(rest))
    sign, unsure = decimal_sign(odd.slice(0, _SAMPLE), decimal)
    if unsure and len(odd) > _SAMPLE:
        sign, unsure = decimal_sign(odd, decimal)
    tidy = pc.utf8_trim_whitespace(odd)
    if pc.any(pc.ends_with(tidy, "%")).as_py():
        tidy = pc.replace_substring_regex(tidy, r"\s*%$", "")
    simple = _flags(pc.match_substring_regex(tidy, _POINTED if sign == "." else _COMMAED))
    if simple.any():
        pointed = tidy.filter(pa.array(simple))
        pointed = pointed if sign == "." else pc.replace_substring(pointed, sign, ".")
        values[rest[simple]] = pointed.cast(pa.float64()).to_numpy(zero_copy_only=False)
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


def _fill(values: Floats, which: pa.Array, words: pa.Array) -> None:
    mask = _flags(which)
    if mask.any():
        chosen = pc.utf8_trim_whitespace(words.filter(pa.array(mask)))
        values[mask] = chosen.cast(pa.float64()).to_numpy(zero_copy_only=False)


def _flags(array: pa.Array) -> npt.NDArray[np.bool_]:
    return np.asarray(array.to_numpy(zero_copy_only=False), dtype=bool)


def decimal_sign(words: pa.Array, known: str | None = None) -> tuple[str, bool]:
    """Return the decimal sign of texts and whether both readings stay possible.

    >>> decimal_sign(pa.array(["1.234", "12,5"]))
    (',', False)
    >>> decimal_sign(pa.array(["1.234", "2.500"]))
    ('.', True)
    """
    dots, commas = _shapes(words, "."), _shapes(words, ",")
    if known:
        return known, False
    if commas.decimal and not dots.decimal:
        return ",", False
    if dots.decimal and not commas.decimal:
        return ".", False
    if dots.thousands and not commas.thousands:
        return ",", False
    if commas.thousands and not dots.thousands:
        return ".", False
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


def number(text: str, decimal: str = ".") -> float | None:
    """Return what one cell says, NaN for "unknown", None if it is no number.

    >>> number("1 234,56", ","), number("(5)"), number("12,3 тыс.", ","), number("1.2K"), number("US$34.15")
    (1234.56, -5.0, 12300.0, 1200.0, 34.15)
    >>> number("< 1%"), number("мало")
    (nan, None)
    """
    if len(text) > _LONGEST:
        return None
    written = unicodedata.normalize("NFKC", text).strip().casefold().replace("−", "-")
    if written in _MISSING or written[:1] in {"<", ">", "≈", "~"}:
        return math.nan
    negative = written.startswith("(") and written.endswith(")")
    match = _CORE.fullmatch(written[1:-1].strip() if negative else written)
    if not match:
        return None
    sign, digits, power, scale, after = match.groups()
    amount = _amount(digits, decimal, power or "")
    if amount is None or not math.isfinite(amount):
        return None
    amount *= _SCALES.get(scale or "", 1.0)
    return -amount if negative or sign == "-" or after else amount


def is_number(text: str) -> bool:
    """Return whether a cell reads as a number, whichever sign is the decimal one."""
    return number(text, ".") is not None or number(text, ",") is not None


def _amount(digits: str, decimal: str, power: str) -> float | None:
    bare = re.sub(r"[ '’]", "", digits)
    group = "," if decimal == "." else "."
    whole, _, tail = bare.rpartition(decimal) if decimal in bare else (bare, "", "")
    if decimal in whole or group in tail:
        return None
    parts = whole.split(group)
    if len(parts) > 1 and (not 1 <= len(parts[0]) <= _MANY or any(len(part) != _MANY for part in parts[1:])):
        return None
    return float(f"{''.join(parts) or '0'}.{tail or '0'}{power}")


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
