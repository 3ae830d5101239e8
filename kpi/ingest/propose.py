"""Which canonical table an own spreadsheet is, and which field each column: a proposal with certainty."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from kpi.catalog import loader
from kpi.ingest.column import network_words
from kpi.ingest.heading import key, twin
from kpi.ingest.tiers import JOINT
from kpi.model.field import NUMERIC, Field, Roll

TABLES = (
    "posts",
    "account",
    "ads",
    "orders",
    "costs",
    "leads",
    "mentions",
    "reviews",
    "market",
    "competitors",
    "messages",
    "surveys",
    "stories",
    "engagers",
)
_CUT = 85
_SAME_WORDS = 100  # in another order
_SHORTEST = 5  # letters of a heading that may be misspelt; shorter words differ by one letter too often
_LACKING = 0.75  # what the headings of a table without its main figure still weigh
_SHIFT = 0.25  # what the shape of the rows says for or against a table
_EXACT, _TRIMMED, _GROUPED, _SHAPE = 1.0, 0.95, 0.9, 0.6
_MONEY = re.compile(r"[\s,(\[]+(?:руб\.?|р\.?|₽|rub|usd|eur|\$|€|£|zł|pln|uah|грн\.?|kzt|₸)[)\]]?$")
_UNIT = re.compile(r"[\s,(\[]+(?:шт\.?|чел\.?|с\.?|сек\.?|sec|за день)[)\]]?$")
_NOTE = re.compile(r"\s*\([^)]*\)$")
_URL = re.compile(r"https?://|www\.|[\w-]+\.(?:com|ru|me|be)/", re.IGNORECASE)
_NEEDED = {
    "posts": ("posts.at",),
    "account": ("account.date",),
    "ads": ("ads.spend",),
    "orders": ("orders.at", "orders.amount"),
    "costs": ("costs.amount", "costs.item"),
    "leads": ("leads.at",),
    "mentions": ("mentions.at", "mentions.mood"),
    "reviews": ("reviews.rating",),
    "market": ("market.low",),
    "competitors": ("competitors.name",),
    "messages": ("messages.at", "messages.answered_at"),
    "surveys": ("surveys.at", "surveys.score"),
    "stories": ("stories.date",),
    "engagers": ("engagers.person", "engagers.date"),
}
_CORE = {  # without any of these a table is another one
    "ads": {"ads.spend", "ads.impressions", "ads.link_clicks", "ads.campaign"},
    "competitors": {"competitors.name"},
    "messages": {"messages.answered_at"},
    "surveys": {"surveys.score"},
    "stories": {"stories.first_frame_viewers", "stories.last_frame_viewers", "stories.exits"},
    "engagers": {"engagers.person"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What can be seen of a column: its heading, what its cells are, some of them, whether they differ."""

    heading: str
    kind: str
    samples: tuple[str, ...] = ()
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed field, how certain it is (0..1), and why.

    `reason` is `heading` where the heading is known, `unit` where it is known without its unit or note,
    `alike` where it is spelt nearly so, `cells` where only the cells speak for it.
    """

    field: str
    certainty: float
    reason: str


@cache
def _by_heading() -> Mapping[str, tuple[Field, ...]]:
    """Return the fields that a heading may mean, by its key."""
    found: dict[str, list[Field]] = {}
    for field in loader.fields().values():
        if field.table in TABLES and field.given:
            for heading in dict.fromkeys(map(key, (*field.headings, field.en, field.ru))):
                found.setdefault(heading, []).append(field)
    return {heading: tuple(fields) for heading, fields in found.items()}


def proposal(sights: Sequence[Sight]) -> list[Guess | None]:
    """Return a field for every column of one table, None where nothing fits."""
    claims = [_claims(sight) for sight in sights]
    table = max(TABLES, key=lambda one: _score(one, sights, claims))
    chosen: list[Guess | None] = [None] * len(sights)
    taken: set[str] = set()
    mine = [
        (place, guess)
        for place, some in enumerate(claims)
        for guess in some
        if guess.field.startswith(f"{table}.")
    ]
    doubtful = _doubtful([guess for _, guess in mine])
    ranked = sorted((-guess.certainty, place, guess.field, guess) for place, guess in mine)
    for _, place, name, guess in ranked:
        if chosen[place] is None and name not in taken and name not in doubtful:
            chosen[place] = guess
            taken.add(name)
    if any(chosen):
        _by_shape(table, sights, chosen, taken)
    return chosen


def _doubtful(claims: Sequence[Guess]) -> set[str]:
    """Return the fields that several columns may be with equal right, unless it is safe to take one."""
    found = set()
    for name in {guess.field for guess in claims}:
        rights = sorted((guess.certainty for guess in claims if guess.field == name), reverse=True)
        careful = _delicate(loader.fields()[name]) or rights[0] < _TRIMMED
        if careful and rights[1:2] == rights[:1]:
            found.add(name)
    return found


def _claims(sight: Sight) -> list[Guess]:
    """Return the fields that the heading may mean and the cells do not contradict.

    Which of two columns of one name is meant only the owner can tell.
    """
    if twin(sight.heading):
        return []
    heading = key(sight.heading)
    found = {field.name: Guess(field.name, _EXACT, "heading") for field in _by_heading().get(heading, ())}
    for field in _trimmed(heading):
        found.setdefault(field.name, Guess(field.name, _TRIMMED, "unit"))
    group, _, part = heading.rpartition(JOINT)
    if not found and group:  # the group above a heading may change its sense, unless it is a network
        sure = key(group) in network_words()
        for field in (*_by_heading().get(part, ()), *_trimmed(part)):
            found.setdefault(field.name, Guess(field.name, _TRIMMED if sure else _GROUPED, "alike"))
    fitting = [guess for guess in found.values() if _fits(loader.fields()[guess.field], sight)]
    if fitting or len(heading) < _SHORTEST:
        return fitting
    near = process.extract(
        heading, _by_heading().keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_CUT, limit=3
    )
    return [
        Guess(field.name, round(0.9 * score / 100, 2), "alike")
        for word, score, _ in near
        for field in _by_heading()[word]
        if _fits(field, sight) and (score == _SAME_WORDS or not _delicate(field))
    ]


def _trimmed(heading: str) -> list[Field]:
    """Return the fields that a heading may mean without its unit or note.

    A count is no money, whatever the rest says, and a note may turn a figure into its plan.
    """
    money, unit, note = (pattern.sub("", heading) for pattern in (_MONEY, _UNIT, _NOTE))
    by_heading = _by_heading()
    found = [field for field in by_heading.get(money, ()) if money != heading and field.unit == "money"]
    found += [field for field in by_heading.get(unit, ()) if unit != heading and field.unit != "money"]
    return found + [field for field in by_heading.get(note, ()) if note != heading and not _delicate(field)]


def _delicate(field: Field) -> bool:
    """Return whether a wrong guess would show wrong money, reach or people, the figures trusted most."""
    return field.unit == "money" or field.column.startswith(("reach", "person"))


def _fits(field: Field, sight: Sight) -> bool:
    """Return whether the cells can be values of the field; an empty column fits all."""
    if sight.kind == "empty":
        return True
    if field.column == "url":
        return all(map(_URL.search, sight.samples))
    if field.roll in NUMERIC:  # a rate is no count, whatever its name
        return sight.kind == "number" and not all(sample.endswith("%") for sample in sight.samples)
    if field.roll is Roll.WHEN:
        return sight.kind == "date"
    return sight.kind == "text" or (sight.kind == "number" and field.roll is Roll.KEY)


def _score(table: str, sights: Sequence[Sight], claims: Sequence[Sequence[Guess]]) -> float:
    """Return how well a table explains the columns; a heading that few tables know counts for more."""
    score = 0.0
    fields: set[str] = set()
    for some in claims:
        mine = [guess for guess in some if guess.field.startswith(f"{table}.")]
        if mine and not {guess.field for guess in mine} <= fields:
            fields |= {guess.field for guess in mine}
            score += max(guess.certainty for guess in mine) * (
                1 + 1 / len({g.field.partition(".")[0] for g in some})
            )
    if fields.isdisjoint(_CORE.get(table, fields)):
        return 0.0
    whens = all(loader.fields()[name].roll is Roll.WHEN for name in fields)
    if whens and fields.isdisjoint(_CORE.get(table, ())):
        return _SHIFT  # a day alone says nothing
    needed = _NEEDED[table]
    if any(name not in fields and loader.fields()[name].roll in NUMERIC for name in needed):
        score *= _LACKING
    score += sum(name in fields for name in needed) / len(needed) - 0.5
    daily = any(sight.kind == "date" and sight.distinct for sight in sights)
    if table == "account" and _lettered(sights, claims):
        score -= _SHIFT
    elif (table == "account" and daily) or (table == "posts" and not daily):
        score += _SHIFT
    return score


def _lettered(sights: Sequence[Sight], claims: Sequence[Sequence[Guess]]) -> bool:
    """Return whether some column of texts is nothing that is told of an account day by day."""
    return any(
        sight.kind == "text" and not any(guess.field.startswith("account.") for guess in some)
        for sight, some in zip(sights, claims, strict=True)
    )


def _by_shape(table: str, sights: Sequence[Sight], chosen: list[Guess | None], taken: set[str]) -> None:
    """Fill what headings leave open by what the cells are: days, addresses, names of networks."""
    words = network_words()
    whens = [f.name for f in loader.fields().values() if f.table == table and f.roll is Roll.WHEN and f.given]
    for place, sight in enumerate(sights):
        if chosen[place] or not sight.samples:
            continue
        name = None
        if sight.kind == "date" and not taken.intersection(whens):
            name = whens[0] if whens else None
        elif sight.kind == "text" and all(key(sample) in words for sample in sight.samples):
            name = f"{table}.network"
        elif sight.kind == "text" and all(map(_URL.search, sight.samples)):
            name = f"{table}.url"
        if name in loader.fields() and name not in taken:
            chosen[place] = Guess(name, _SHAPE, "cells")
            taken.add(name)
