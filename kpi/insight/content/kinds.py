"""Ways to put posts into groups: format, hour and weekday, length, hashtags, paid or not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

import numpy as np

from kpi.facts.frame import Floats, Ints
from kpi.facts.key import label_codes
from kpi.insight.content.shelf import Shelf
from kpi.insight.content.topics import topics

Members = list[tuple[str, Ints]]
PARTS = ((6, 9), (9, 12), (12, 15), (15, 18), (18, 21), (21, 24), (0, 6))  # hours of a day, as people speak
SHORT, LONG = 150, 500  # letters: below is short, above is long
_HASHTAG = re.compile(r"#(\w*[^\W\d_]\w*)")
_MOST = 20  # hashtags or topics compared at once: the more, the harder each has to prove itself
_CUT = ("...", "…")
_OFTEN = 3  # posts that share a hashtag before it is worth a line
_MONDAY = 3  # 1970-01-01 was a Thursday
_WEEK = 7


class Kind(StrEnum):
    """What posts are grouped by."""

    FORMAT = "format"
    WEEKDAY = "weekday"
    HOUR = "hour"
    SLOT = "slot"  # weekday and hour together
    LENGTH = "length"
    HASHTAG = "hashtag"
    TOPIC = "topic"
    PAID = "paid"


def members(shelf: Shelf, kind: Kind) -> Members:
    """Return the groups of a kind among the chosen posts: a name and the rows; a post may be in several.

    Names are words of files (format, hashtag, topic), else codes: `0`-`6` from Monday on, `6-9` hours,
    `0 6-9` for both, `short`, `middle`, `long`, `paid`, `organic`. Posts of which it is unknown are in none.
    """
    return [(name, rows) for name, rows in _WAYS[kind](shelf) if len(rows)]


def weekday(day: Ints) -> Ints:
    """Return the weekday of days since 1970, 0 for Monday."""
    return (day + _MONDAY) % _WEEK


def _format(shelf: Shelf) -> Members:
    label = shelf.frame.labels.get("format")
    if label is None:
        return []
    named = {
        name: np.flatnonzero(shelf.chosen & (label.codes == code)) for code, name in enumerate(label.names)
    }
    return sorted(((name, rows) for name, rows in named.items() if name), key=_largest)


def _weekday(shelf: Shelf) -> Members:
    days = weekday(shelf.frame.day)
    return [(str(day), np.flatnonzero(shelf.chosen & (days == day))) for day in range(_WEEK)]


def _hour(shelf: Shelf) -> Members:
    return [(_span(part), np.flatnonzero(shelf.chosen & _during(shelf.hour, part))) for part in PARTS]


def _slot(shelf: Shelf) -> Members:
    days = weekday(shelf.frame.day)
    return [
        (f"{day} {_span(part)}", np.flatnonzero(shelf.chosen & (days == day) & _during(shelf.hour, part)))
        for day in range(_WEEK)
        for part in PARTS
    ]


def _length(shelf: Shelf) -> Members:
    letters = np.array([_letters(text) for text in shelf.texts], float)
    sizes: Mapping[str, np.ndarray] = {
        "short": letters < SHORT,
        "middle": (letters >= SHORT) & (letters <= LONG),
        "long": letters > LONG,
    }
    return [(name, np.flatnonzero(shelf.chosen & fits)) for name, fits in sizes.items()]


def _letters(text: str) -> float:
    """Return how long a text is; NaN where there is none, or where the export has cut it."""
    return float("nan") if not text or text.rstrip().endswith(_CUT) else float(len(text))


def _hashtag(shelf: Shelf) -> Members:
    return _shared(shelf, [{word.lower() for word in _HASHTAG.findall(text)} for text in shelf.texts])


def _topic(shelf: Shelf) -> Members:
    rows = np.flatnonzero(shelf.chosen)
    return [
        (name, rows[places])
        for name, places in topics([shelf.texts[row] for row in rows.tolist()], most=_MOST)
    ]


def _paid(shelf: Shelf) -> Members:
    reach = shelf.figure("reach_paid")
    label = shelf.frame.labels.get("paid")
    known, paid = ~np.isnan(reach), np.nan_to_num(reach) > 0
    if label is not None:
        said = np.array([name != "" for name in label.names], bool)[label_codes(shelf.frame, "paid")]
        yes = np.array([name == "paid" for name in label.names], bool)[label.codes]
        known, paid = known | said, paid | yes
    return [
        ("paid", np.flatnonzero(shelf.chosen & known & paid)),
        ("organic", np.flatnonzero(shelf.chosen & known & ~paid)),
    ]


def _shared(shelf: Shelf, words: Sequence[set[str]]) -> Members:
    """Return the words that several chosen posts share, the most frequent first."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row in np.flatnonzero(shelf.chosen).tolist():
        for word in words[row]:
            found[word].append(row)
    often = [(word, np.array(rows)) for word, rows in found.items() if len(rows) >= _OFTEN]
    return sorted(often, key=_largest)[:_MOST]


def _largest(group: tuple[str, Ints]) -> tuple[int, str]:
    return -len(group[1]), group[0]


def _during(hour: Floats, part: tuple[int, int]) -> np.ndarray:
    return (hour >= part[0]) & (hour < part[1])


def _span(part: tuple[int, int]) -> str:
    return f"{part[0]}-{part[1]}"


_WAYS: Mapping[Kind, Callable[[Shelf], Members]] = {
    Kind.FORMAT: _format,
    Kind.WEEKDAY: _weekday,
    Kind.HOUR: _hour,
    Kind.SLOT: _slot,
    Kind.LENGTH: _length,
    Kind.HASHTAG: _hashtag,
    Kind.TOPIC: _topic,
    Kind.PAID: _paid,
}
