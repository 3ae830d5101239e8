"""Which accounts the rows of social networks belong to, and where that has to be asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from kpi.facts.frame import Frame, Ints, Labels
from kpi.model.reading import Table

Key = tuple[str, str]  # network and account

_FAR = 0.1  # a network revises a day's figure by less than this share of it, as a rule,
_LITTLE = 1.0  # or by one
_COMMON_DAYS = 3  # from so many on two files can contradict each other


def named(frames: Sequence[Frame]) -> list[Frame]:
    """Return the frames with one spelling for each account.

    `@Shop` and `shop` are one account; an unnamed one is called like the only named one of its network.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for network, name in sorted(set().union(*(pairs_of(frame) for frame in frames))):
        if name:
            spellings = found[network]
            spellings[_plain(name)] = min(
                name, spellings.get(_plain(name), name), key=lambda one: (one.startswith("@"), one)
            )
    only = {network: next(iter(names.values())) for network, names in found.items() if len(names) == 1}
    return [_with_names(frame, found, only) for frame in frames]


def whose(table: Table) -> tuple[str, ...]:
    """Return the accounts that a file's table is of, by its answers or its rows, the most frequent first.

    A post made together with somebody else is told under the other account's name.
    """
    if table.account or table.data is None or "account" not in table.data.column_names:
        return (table.account,) if table.account else ()
    counts = Counter(name.strip() for name in table.data["account"].to_pylist() if name)
    return tuple(name for name, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def doubtful(before: Sequence[Frame], after: Sequence[Frame], tables: Sequence[Table]) -> Mapping[int, str]:
    """Return the tables of unnamed accounts that contradict another file, with that file's name.

    `before` and `after` are the same frames without and with the names of `named`. Two exports of one
    layout that are taken for one account and tell figures far from each other on most of their common days
    are two accounts, or one was corrected: only the owner knows.
    """
    found: dict[int, str] = {}
    for (raw, one), (other_raw, other) in combinations(list(zip(before, after, strict=True)), 2):
        tables_of = [tables[int(frame.main_origin()[0])] for frame in (one, other)]
        whose = pairs_of(one) | pairs_of(other)
        unnamed = [not any(name for _, name in pairs_of(frame)) for frame in (raw, other_raw)]
        alike = tables_of[0].source == tables_of[1].source and len(whose) == 1 and any(unnamed)
        if alike and _far_apart(one, other):
            for frame, table, is_unnamed in zip((one, other), tables_of[::-1], unnamed, strict=True):
                if is_unnamed:
                    found.setdefault(int(frame.main_origin()[0]), table.file)
    return found


def _plain(name: str) -> str:
    return name.strip().removeprefix("@").casefold()


def pairs_of(frame: Frame) -> set[Key]:
    """Return the networks and accounts of a frame's rows."""
    nobody = Labels.same("", len(frame))
    network, name = frame.labels.get("network", nobody), frame.labels.get("account", nobody)
    codes = np.unique(network.codes * len(name.names) + name.codes)
    return {(network.names[c // len(name.names)], name.names[c % len(name.names)]) for c in codes}


def _with_names(frame: Frame, found: Mapping[str, Mapping[str, str]], only: Mapping[str, str]) -> Frame:
    nobody = Labels.same("", len(frame))
    network, name = frame.labels.get("network", nobody), frame.labels.get("account", nobody)
    both, place = np.unique(network.codes * len(name.names) + name.codes, return_inverse=True)
    words = []
    for code in both:
        net, word = network.names[code // len(name.names)], name.names[code % len(name.names)]
        words.append(found[net][_plain(word)] if word else only.get(net, ""))
    names = tuple(dict.fromkeys(words))
    codes: Ints = np.array([names.index(word) for word in words], np.int64)[place]
    return replace(frame, labels={**frame.labels, "network": network, "account": Labels(codes, names)})


def _far_apart(one: Frame, other: Frame) -> bool:
    """Return whether two files of days tell figures far from each other on most days that both tell."""
    _, here, there = np.intersect1d(one.day, other.day, return_indices=True)
    if len(here) < _COMMON_DAYS:
        return False
    far = known = 0
    for name in set(one.values) & set(other.values):
        before, after = one.values[name][here], other.values[name][there]
        both = ~np.isnan(before) & ~np.isnan(after)
        size = np.maximum(np.abs(before), np.abs(after))
        known += int(both.sum())
        far += int((both & (np.abs(after - before) > np.maximum(_FAR * size, _LITTLE))).sum())
    return 2 * far > known
