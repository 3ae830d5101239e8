"""Which post each order names: by the post's own link mark, or by a code that stands in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from kpi.facts.assemble import Facts
from kpi.facts.frame import Frame, Ints
from kpi.metrics.cube import Bools

_SHORTEST = 3  # signs of a code: shorter ones stand in texts by accident
_APART = re.compile(r"[,;\n]+")  # between several codes of one order
_TOKEN = re.compile(r"\w+(?:-\w+)*")  # what a code begins with
_QUOTES = frozenset(("«»", "“”", "„“", '""', "''", "‘’"))
_CUT = frozenset(("...", "…"))  # at the end of a text that the export cut short


@dataclass(frozen=True, slots=True)
class Named:
    """The post that each daily order goes to, -1 for none, and whether its link mark says so.

    `nameable` are the posts that some order could name: a code or mark of theirs is known.
    """

    post: Ints
    marked: Bools
    nameable: Bools


def named(facts: Facts) -> Named | None:
    """Return which post each order names; None where no file tells a code or mark, or none tells of posts.

    A link mark is surer than a code. Of several posts with a code the order goes to the latest one up to its
    own day; a code that stands in no earlier post names none.
    """
    orders, posts = facts.daily.get("orders"), facts.daily.get("posts")
    if orders is None or posts is None:
        return None
    told = {name: orders.labels[name] for name in ("mark", "code") if name in orders.labels}
    if not any(any(label.names) for label in told.values()):
        return None
    found, marked = np.full(len(orders), -1), np.zeros(len(orders), bool)
    nameable = np.zeros(len(posts), bool)
    bearers = {"mark": _by_mark, "code": _by_code}
    for name, label in told.items():
        by_code = np.argsort(label.codes, kind="stable")
        first = np.searchsorted(label.codes[by_code], np.arange(len(label.names) + 1))
        for code, rows in bearers[name](posts, label.names):
            nameable[rows] = True
            its = by_code[first[code] : first[code + 1]]
            its = its[found[its] < 0]
            before = np.searchsorted(posts.day[rows], orders.day[its], side="right") - 1
            found[its] = np.where(before >= 0, rows[before], -1)
            marked[its] = (before >= 0) & (name == "mark")
    return Named(found, marked, nameable)


def stands(code: str, text: str) -> bool:
    """Return whether a text says a code as a whole word, on purpose.

    A code of letters alone may be an everyday word: it counts in capitals or in quotation marks. The last
    word of a text that the export cut short may be half of another.

    >>> stands("raf15", "Say RAF15"), stands("RAF1", "Say RAF15"), stands("RAF1", "Say RAF1...")
    (True, False, False)
    >>> stands("WELCOME", "Welcome back!"), stands("сойка", "слово на кассе: «Сойка»"), stands("15", "15 %")
    (False, True, False)
    """
    word, plain = _plain(code), _plain(text)
    if len(word) < _SHORTEST or not any(sign.isalpha() for sign in word):
        return False
    whole = re.compile(rf"(?<!\w)(?<!\w-){re.escape(word)}(?!\w)(?!-\w)", re.IGNORECASE)
    for match in whole.finditer(plain):
        said, (first, end) = match.group(), match.span()
        if plain[end:] in _CUT:
            continue
        around = plain[first - 1 : first] + plain[end : end + 1]
        if any(sign.isdigit() for sign in word) or said == said.upper() or around in _QUOTES:
            return True
    return False


def _by_code(posts: Frame, words: tuple[str, ...]) -> Iterator[tuple[int, Ints]]:
    """Yield the place of each word that stands in posts, and those posts, oldest first."""
    texts = [text or "" for text in _texts(posts, "text")]
    saying: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        for token in set(_TOKEN.findall(text.casefold())):
            saying.setdefault(token, []).append(row)
    for place, word in enumerate(words):
        rows: set[int] = set()
        for code in _APART.split(word):
            if start := _TOKEN.search(code.casefold()):
                rows |= {row for row in saying.get(start.group(), ()) if stands(code, texts[row])}
        if rows:
            yield place, np.array(sorted(rows), np.int64)


def _by_mark(posts: Frame, words: tuple[str, ...]) -> Iterator[tuple[int, Ints]]:
    """Yield the place of each word that is the number or the end of the address of exactly one post."""
    owners: dict[str, set[int]] = {}
    for name in ("id", "url"):
        for row, word in enumerate(_texts(posts, name)):
            if own := _tail(word) if name == "url" else word:
                owners.setdefault(own, set()).add(row)
    for place, word in enumerate(words):
        rows = owners.get(word.strip(), set())
        if len(rows) == 1:
            yield place, np.array([*rows], np.int64)


def _tail(address: str | None) -> str:
    """Return the end of an address that names a post: `https://vk.com/wall-1_20?w=1` is `wall-1_20`."""
    path = re.split(r"[?#]", address or "", maxsplit=1)[0]
    return path.rstrip("/").rpartition("/")[2]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _texts(posts: Frame, name: str) -> list[str | None]:
    column: pa.Array = (posts.texts or {}).get(name, pa.nulls(len(posts), pa.string()))
    found: list[str | None] = column.to_pylist()
    return found
