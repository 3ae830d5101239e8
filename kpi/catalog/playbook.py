"""Checks the playbook: each action aims at what moves a KPI and gives its evidence; no KPI is without one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kpi.catalog import loader
from kpi.model.action import Action
from kpi.model.kpi import Kpi

_LATIN = re.compile("[a-z]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?][»”\"]?(?=\s+[«“\"]?[A-ZА-ЯЁ0-9]|$)")
_FEWEST, _MOST = 2, 4  # sentences that say how


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """The actions and what they name."""

    actions: Mapping[str, Action]
    kpis: Mapping[str, Kpi]
    networks: frozenset[str]
    trades: frozenset[str]


def ours() -> Playbook:
    """Return the playbook of this package; raises `CatalogError` for a file that cannot be read."""
    return Playbook(
        actions=loader.actions(),
        kpis=loader.kpis(),
        networks=frozenset(loader.networks()),
        trades=frozenset(loader.trades()),
    )


def findings(given: Playbook) -> list[str]:
    """Return what is wrong with a playbook, one sentence each."""
    return [f"{check.__name__}: {finding}" for check in CHECKS for finding in check(given)]


def aims(given: Playbook) -> Iterator[str]:
    """An action aims at factors that move a KPI, each once."""
    for id_, action in given.actions.items():
        if not action.aims or len(set(action.aims)) < len(action.aims):
            yield f"actions/{id_}: name one aim or more, each once"
        for aim in action.aims:
            kpi = given.kpis.get(aim.kpi)
            if kpi is None:
                yield f"actions/{id_}: add kpis/{aim.kpi}.toml or aim at another KPI"
            elif aim.factor not in kpi.factors:
                yield f"actions/{id_}: {aim.kpi} is moved by {', '.join(kpi.factors)}, not by {aim.factor}"


def settings(given: Playbook) -> Iterator[str]:
    """An action is for networks and trades that are known."""
    for id_, action in given.actions.items():
        for network in sorted(set(action.networks) - given.networks):
            yield f"actions/{id_}: add {network} to networks.toml or name another network"
        for trade in sorted(set(action.trades) - given.trades):
            yield f"actions/{id_}: add {trade} to trades.toml or name another trade"


def covered(given: Playbook) -> Iterator[str]:
    """There is something to do about every KPI."""
    aimed = {aim.kpi for action in given.actions.values() for aim in action.aims}
    for id_ in sorted(given.kpis.keys() - aimed):
        yield f"kpis/{id_}: let an action aim at one of {', '.join(given.kpis[id_].factors)}"


def evidence(given: Playbook) -> Iterator[str]:
    """An action says what its source found, or that it is practice; never both."""
    for id_, action in given.actions.items():
        known = action.effect
        if known.practice == bool(known.source):
            yield f"actions/{id_}: give the source of the effect, or say practice = true"
        elif known.practice and (known.en or known.ru):
            yield f"actions/{id_}: give the source of what was found, or leave it out"


def texts(given: Playbook) -> Iterator[str]:
    """Every text stands in both languages; how to do it takes two to four sentences."""
    for id_, action in given.actions.items():
        pairs = [(getattr(action.en, part), getattr(action.ru, part)) for part in ("title", "how", "check")]
        if action.effect.source:
            pairs.append((action.effect.en, action.effect.ru))
        for en, ru in pairs:
            if not _LATIN.search(en) or _CYRILLIC.search(en):
                yield f"actions/{id_}: write in English: {en}"
            if not _CYRILLIC.search(ru):
                yield f"actions/{id_}: write in Russian: {ru}"
        for lang, how in (("en", action.en.how), ("ru", action.ru.how)):
            if not _FEWEST <= len(_SENTENCE.findall(how)) <= _MOST:
                yield f"actions/{id_}, {lang}: say how in two to four sentences"


CHECKS: tuple[Callable[[Playbook], Iterator[str]], ...] = (aims, settings, covered, evidence, texts)
