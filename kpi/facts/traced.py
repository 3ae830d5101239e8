"""Tells which orders and leads came from social networks, by source column, UTM or code word."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from kpi.catalog.loader import networks
from kpi.facts.frame import Frame, Labels

_GENERAL = (
    "smm",
    "social",
    "social media",
    "соцсеть",
    "соцсети",
    "смм",
    "сторис",
    "рилс",
    "reels",
    "stories",
)


@cache
def _pattern() -> re.Pattern[str]:
    """Return what a source or code that speaks of a social network contains, as a whole word."""
    words = {word for network in networks().values() for word in (*network.words, *network.hosts)}
    choices = "|".join(sorted((re.escape(word) for word in words | set(_GENERAL)), key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{choices})(?![^\W_])", re.IGNORECASE)


@cache
def _digits_apart() -> re.Pattern[str]:
    """Return what parts a code word from its number: `INSTA10` is `INSTA 10`."""
    return re.compile(r"(?<=[^\W\d_])(?=\d)")


def is_social(words: str) -> bool:
    """Return whether the text names a social network.

    >>> is_social("ВКонтакте, кодовое слово"), is_social("utm_source=ig"), is_social("INSTA10")
    (True, True, True)
    >>> is_social("Зал"), is_social("вкусно"), is_social("")
    (False, False, False)
    """
    return bool(_pattern().search(_digits_apart().sub(" ", words)))


def social(frame: Frame, table: str) -> Frame | None:
    """Return the rows with every amount of a row that is not traced to a network set to 0.

    None where no file has a column that could tell. A row whose source is blank is not traced.
    """
    told = [frame.labels[name] for name in ("source", "code") if name in frame.labels]
    if not told:
        return None
    traced = np.zeros(len(frame), bool)
    for label in told:
        traced |= _mask(label)
    values = {name: np.where(traced, value, value * 0.0) for name, value in frame.values.items()}
    values["traced"] = traced.astype(float)
    origin = {name: frame.origin.get(name, frame.main_origin()) for name in values}
    return Frame(table, frame.day, frame.until, frame.labels, values, origin, frame.row)


def _mask(label: Labels) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array([is_social(name) for name in label.names], bool)[label.codes]
