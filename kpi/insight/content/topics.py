"""What posts speak of: words that tell some posts from others, by TF-IDF over Russian and English stems."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import snowballstemmer

from kpi.facts.frame import Ints

_WORD = re.compile(r"[a-zа-яё]+(?:-[a-zа-яё]+)*")
_APART = re.compile(r"https?://\S+|[@#]\w+|&#?\w+;")  # addresses, names, hashtags, marks of HTML
_RUSSIAN = re.compile(r"[а-яё]")
_LETTERS = 4  # shorter words seldom name a thing
_POSTS = 3  # posts that share a word before it is a topic
_COMMON = 0.5  # a word in more posts than this part of all tells them not apart
_FORMS = 0.8  # two words that stand in the same posts are one topic


def topics(texts: Sequence[str], *, most: int) -> list[tuple[str, Ints]]:
    """Return up to `most` topics: the word as it is mostly written, and the texts that hold it.

    The most telling come first: the greatest sum of TF-IDF, `tf * ln(n / df)` (Spärck Jones 1972). Of
    words that stand in nearly the same texts only the most telling is kept.
    """
    posts: defaultdict[str, list[int]] = defaultdict(list)
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    weights: Counter[str] = Counter()
    for place, text in enumerate(texts):
        words = [word for word in _WORD.findall(_APART.sub(" ", text.lower())) if _tells(word)]
        for stem, count in Counter(map(stemmed, words)).items():
            posts[stem].append(place)
            weights[stem] += count
        for word in words:
            forms[stemmed(word)][word] += 1
    known = sum(bool(text) for text in texts)
    fit = [stem for stem, rows in posts.items() if _POSTS <= len(rows) <= _COMMON * known]
    fit.sort(key=lambda stem: (-weights[stem] * math.log(known / len(posts[stem])), stem))
    kept: list[str] = []
    for stem in fit:
        if len(kept) < most and not any(_alike(posts[stem], posts[other]) for other in kept):
            kept.append(stem)
    return [(forms[stem].most_common(1)[0][0], np.array(posts[stem], np.int64)) for stem in kept]


def _tells(word: str) -> bool:
    return len(word) >= _LETTERS and word not in _empty()


@cache
def _empty() -> frozenset[str]:
    """Return the words that any text may have, whatever it speaks of."""
    return frozenset((files("kpi.catalog") / "empty_words.txt").read_text("utf-8").split())


@cache
def stemmed(word: str) -> str:
    """Return the stem of a Russian or English word (Porter's Snowball), by its letters.

    >>> stemmed("булочки") == stemmed("булочками"), stemmed("roasted") == stemmed("roasting")
    (True, True)
    """
    lang = "russian" if _RUSSIAN.search(word) else "english"
    return str(_stemmer(lang).stemWord(word.replace("ё", "е")))


@cache
def _stemmer(lang: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(lang)


def _alike(one: Sequence[int], other: Sequence[int]) -> bool:
    both = len(set(one) & set(other))
    return both >= _FORMS * min(len(one), len(other)) and both >= _FORMS * max(len(one), len(other))
