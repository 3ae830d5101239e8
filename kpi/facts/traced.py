"""Tells which orders and leads came from social networks or marketing, by source column, UTM or code word."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from kpi.catalog.loader import networks, states
from kpi.facts.frame import NOBODY, Frame, Labels
from kpi.facts.rows import known_roll
from kpi.model.field import Roll
from kpi.model.reading import Table

_TELLING = ("source", "code")
_SOME = (
    "smm",
    "social",
    "social media",
    "соцсеть",
    "соцсети",
    "соцсетей",
    "соцсетях",
    "социальная сеть",
    "социальные сети",
    "социальных сетей",
    "социальных сетях",
    "смм",
    "сторис",
    "рилс",
    "reels",
    "stories",
)
_DIGITS_APART = re.compile(r"(?<=[^\W\d_])(?=\d)")  # a code word from its number: `INSTA10` is `INSTA 10`


def _whole_words(words: tuple[str, ...]) -> re.Pattern[str]:
    choices = "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{choices})(?![^\W_])", re.IGNORECASE)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what a text that names a network contains as a whole word, by network; "" for any of them."""
    named = [(id_, _whole_words((*one.words, *one.hosts))) for id_, one in networks().items()]
    return (*named, ("", _whole_words(_SOME)))


@cache
def network_in(text: str) -> str | None:
    """Return the network that a source or code names, "" for social networks in general, None for none.

    >>> network_in("ВКонтакте, кодовое слово"), network_in("utm_source=ig"), network_in("INSTA10")
    ('vk', 'instagram', 'instagram')
    >>> network_in("из соцсетей"), network_in("Зал"), network_in("вкусно")
    ('', None, None)
    """
    apart = _DIGITS_APART.sub(" ", text)
    return next((id_ for id_, pattern in _patterns() if pattern.search(apart)), None)


@cache
def _channels() -> re.Pattern[str]:
    """Return what a text that names a channel of marketing other than a network contains as a whole word."""
    return _whole_words(tuple(states()["channel"]))


@cache
def channel_in(text: str) -> str | None:
    """Return the network that a source or code names, "" for another channel of marketing, None for none.

    >>> channel_in("utm_source=vk"), channel_in("yandex / cpc"), channel_in("рассылка"), channel_in("Зал")
    ('vk', '', '', None)
    """
    network = network_in(text)
    return "" if network is None and _channels().search(_DIGITS_APART.sub(" ", text)) else network


def traced(
    frame: Frame, table: str, tables: Sequence[Table], reads: Callable[[str], str | None]
) -> Frame | None:
    """Return the rows with every amount of a row whose source `reads` does not know set to 0.

    None where no file has a word in a column that could tell. A row whose source is blank is not traced;
    of a row whose file has no such column nobody knows, and its amounts are unknown. So are those that the
    row itself does not tell: 0 of an untold margin would look like a margin of 0.
    """
    told = [frame.labels[name] for name in _TELLING if name in frame.labels]
    told = [label for label in told if any(label.names)]
    if not told:
        return None
    places: dict[str, int] = {"": 0}
    found = np.full(len(frame), -1)
    for label in told:
        by_name = [reads(name) for name in label.names]
        place = np.array([-1 if n is None else places.setdefault(n, len(places)) for n in by_name], np.int64)
        found = np.where(found < 0, place[label.codes], found)
    hit = found >= 0
    dark = ~hit & ~np.array([_tells(one) for one in tables], bool)[frame.main_origin()]
    given = {name: value for name, value in frame.values.items() if not np.isnan(value).all()}
    nothing = {name: NOBODY if known_roll(frame.table, name) is Roll.DISTINCT else 0.0 for name in given}
    values = {
        name: np.where(hit, value, np.where(dark | np.isnan(value), np.nan, nothing[name]))
        for name, value in given.items()
    }
    values["traced"] = hit.astype(float)
    labels = {**frame.labels, "network": Labels(np.maximum(found, 0), tuple(places))}
    origin = {name: frame.origin.get(name, frame.main_origin()) for name in values}
    return Frame(table, frame.day, frame.until, labels, values, origin, frame.row)


def _tells(table: Table) -> bool:
    """Return whether a file has a column that can tell where its rows came from."""
    return table.data is not None and not set(_TELLING).isdisjoint(table.data.column_names)
