"""How a heading is compared: without case, marks, invisible characters, plural and dates at its end."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_COMMA = re.compile(r"\s*,\s*")
_PLURAL = re.compile(r"(?<=[a-z]{3})(?<!s)s\b")
_LONGEST = 300
_TWIN = re.compile(r"\S \[\d+\]$")
_DATES = re.compile(
    r"(?<=[^\W\d])\s*[\s(\[:,–—-]\s*(?:(?:from|since|to|on|за|с|по|на|[–—-])?\s*"
    r"(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d)\s*)+[)\]]?$"
)


def clean(text: str) -> str:
    """Return a heading as it is shown: without invisible characters, blanks and wrapping quotes.

    >>> clean(chr(0xFEFF) + 'Auf' + chr(0xAD) + 'rufe ')
    'Aufrufe'
    """
    visible = text if text.isprintable() else "".join(c for c in text if unicodedata.category(c) != "Cf")
    bare = _SPACES.sub(" ", visible.replace("\0", "")).strip()
    wrapped = len(bare) > 1 and bare[0] == bare[-1] == '"' and '"' not in bare[1:-1]
    return bare[1:-1].strip() if wrapped else bare


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """Return what two spellings of one heading share.

    >>> key("URL  Clicks") == key("Url_click")
    True
    >>> key("Цена за результат , ₽")
    'цена за результат, ₽'
    >>> key("Дней без остатка 08.04.2026 – 05.05.2026"), key("05.05.2026")
    ('дней без остатка', '05.05.2026')
    """
    folded = unicodedata.normalize("NFKC", clean(text[:_LONGEST])).casefold()
    folded = folded.replace("ё", "е").replace("_", " ").rstrip(":*.? ")
    folded = _DATES.sub("", folded)
    return _PLURAL.sub("", _COMMA.sub(", ", _SPACES.sub(" ", folded)))


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return headings of an own spreadsheet with numbers after those that it uses more than once.

    >>> distinct(["Date", "Reach", "reach", ""])
    ('Date', 'Reach [1]', 'reach [2]', '')
    """
    count = Counter(map(key, names))
    so_far: Counter[str] = Counter()
    found = []
    for name in names:
        so_far[key(name)] += 1
        found.append(f"{name} [{so_far[key(name)]}]" if name and count[key(name)] > 1 else name)
    return tuple(found)


def twin(name: str) -> bool:
    """Return whether a heading was numbered, being used more than once."""
    return bool(_TWIN.search(name))
