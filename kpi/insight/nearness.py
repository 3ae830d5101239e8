"""Which exports an owner can fetch a column from: those of the own networks and services before any other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from kpi.catalog.loader import networks, sources
from kpi.facts.assemble import Facts
from kpi.model.source import Source
from kpi.model.verdict import Missing, Verdict

_OWN, _ANYBODYS, _FORM, _FOREIGN = range(4)
_COUNTED = frozenset({"reactions", "comments", "shares", "saves"})


class Nearness:
    """How near each source is to the owner of some files.

    Nearest are exports of a network or service that the files come from, then those that anybody may
    have, then our own forms. Before any file of a network is there, no network is foreign; where there
    are orders, another shop's export is.
    """

    def __init__(self, facts: Facts) -> None:
        given = [sources()[table.source] for table in facts.tables if table.source in sources()]
        self._given = {source.id for source in given}
        self._kinds = {table.kind for table in facts.tables}
        self._houses = {_house(source) for source in given if source.form is None}
        self._told = {table.network for table in facts.tables if table.network}
        self.ranks = {id_: self._rank(source) for id_, source in sources().items()}

    def fetched(self, gap: Sequence[Missing]) -> tuple[Missing, ...]:
        """Return what is missing with the sources to fetch it from: of the nearest kind, and our form.

        None of them where only networks tell it that the owner is not in: an own sheet may.
        """
        return tuple(Missing(field=one.field, sources=self._nearest(one.sources)) for one in gap)

    def unheard(self, gap: Sequence[Missing]) -> tuple[str, ...]:
        """Return the kinds of interaction among what is missing that the owner's networks do not have."""
        had = {kind for id_ in self._told & networks().keys() for kind in networks()[id_].counts}
        kinds = [one.field for one in gap if one.field.partition(".")[2] in _COUNTED - had]
        return tuple(kinds) if had else ()

    def _nearest(self, given: Sequence[str]) -> tuple[str, ...]:
        mine = sorted((one for one in given if self.ranks[one] != _FOREIGN), key=self._order)
        if any(
            self.ranks[one] == _FORM for one in mine
        ):  # an export that is there and lacks it may not have it
            mine = [one for one in mine if one not in self._given]
        return tuple(one for one in mine if self.ranks[one] in {self.ranks[mine[0]], _FORM})

    def _order(self, source: str) -> tuple[int, str]:
        return self.ranks[source], source

    def _rank(self, source: Source) -> int:
        if source.form is not None:
            return _FORM
        bound = _networks()[_house(source)]
        if _house(source) in self._houses or bound & self._told:
            return _OWN
        return _FOREIGN if (bound and self._told) or source.kind in self._kinds else _ANYBODYS


def nearby(verdicts: Iterable[Verdict], facts: Facts) -> tuple[Verdict, ...]:
    """Return verdicts with what they lack told by the exports that are nearest to the owner of the files."""
    near = Nearness(facts)
    return tuple(replace(one, missing=near.fetched(one.missing)) for one in verdicts)


@cache
def _networks() -> dict[str, frozenset[str]]:
    """Return by house the networks that its exports speak of."""
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for source in sources().values():
        told = {source.network, *(title.network for title in source.titles.values())}
        found[_house(source)] |= {network for network in told if network}
    return found


def _house(source: Source) -> str:
    """Return whose export a source is: the word that its id begins with."""
    return source.id.partition("_")[0]
