"""Which currency the cells of a column name: a sign or a code before or behind the figure."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

DOLLAR = "$"
DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD", "ARS", "CLP", "COP"})
"""Currencies whose sign is the bare dollar."""
_SIGNS = {
    "us$": "USD", "r$": "BRL", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD",
    "mx$": "MXN",
    "€": "EUR", "£": "GBP", "₽": "RUB", "руб": "RUB", "руб.": "RUB", "р.": "RUB", "₴": "UAH", "грн": "UAH",
    "грн.": "UAH", "₸": "KZT", "тг": "KZT", "тг.": "KZT", "zł": "PLN", "kč": "CZK", "₺": "TRY", "₾": "GEL",
    "֏": "AMD", "₼": "AZN", "₪": "ILS", "₹": "INR", "сум": "UZS", "сом": "KGS", "br": "BYN",
}  # fmt: skip
_CODES = (
    "RUB", "USD", "EUR", "GBP", "UAH", "KZT", "BYN", "PLN", "UZS", "AMD", "GEL", "KGS", "AZN", "TRY", "AED",
    "RSD", "CHF", "CZK", "SEK", "NOK", "DKK", "ILS", "INR", "CNY", "JPY", "CAD", "AUD", "NZD", "BRL", "MXN",
)  # fmt: skip
_KNOWN = _SIGNS | {code.casefold(): code for code in _CODES} | {DOLLAR: DOLLAR}
_UNTOLD = ("¥", "kr", "kr.")  # signs of several currencies, none of which is the usual one
WORDS = "|".join(re.escape(word) for word in sorted((*_KNOWN, *_UNTOLD), key=len, reverse=True))
"""Every sign and code as alternatives of a pattern, in small letters, the longest first."""
_WORD = re.compile(r"(?:[a-z]{1,2})?\$|[€£₽₴₸₺₾֏₼₪₹]|[^\W\d_]+")
_BESIDE = r"[\d.,'’()+\-−–\s\x{00A0}\x{2007}\x{2009}\x{202F}]+"


def told(text: pa.Array | None) -> pa.Array | None:
    """Return the currency that every cell names, null where it names none; None where no cell does.

    A bare `$` stays `$`: whose dollar it is the cell does not say.
    """
    if text is None or not pc.any(pc.match_substring_regex(text, rf"(?i)(?:{WORDS})")).as_py():
        return None
    coded = pc.replace_substring_regex(text, _BESIDE, " ").dictionary_encode()
    names = [code(word) for word in coded.dictionary.to_pylist()]
    return pa.array(names, pa.string()).take(coded.indices) if any(names) else None


def code(words: str) -> str | None:
    """Return the currency that some words name, a heading or what stands around a figure; `$` stays `$`.

    >>> code(" zł"), code("Выручка, тыс. руб."), code("Spend (USD)"), code("apples")
    ('PLN', 'RUB', 'USD', None)
    """
    found = (_KNOWN.get(word) or _KNOWN.get(f"{word}.") for word in _WORD.findall(words.casefold()))
    return next(filter(None, found), None)


def settled(names: pa.Array, known: str | None) -> tuple[pa.Array, bool]:
    """Return the currencies with every `$` settled, and whether that was an assumption.

    It is the dollar that is known (by a heading or the owner's word); else the US one, assumed.
    """
    bare = pc.equal(names, DOLLAR).fill_null(fill_value=False)
    if not pc.any(bare).as_py():
        return names, False
    dollar = pa.scalar(known if known in DOLLARS else "USD", pa.string())
    return pc.if_else(bare, dollar, names), known not in DOLLARS
