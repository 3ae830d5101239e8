"""Which accounts the rows of social networks belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpi.facts.frame import Frame, Labels


def named(frames: Sequence[Frame]) -> list[Frame]:
    """Return the frames with an unnamed account called like the only named one of its network."""
    names: dict[str, set[str]] = defaultdict(set)
    for frame in frames:
        if "account" in frame.labels and "network" in frame.labels:
            pairs = zip(frame.labels["network"].words(), frame.labels["account"].words(), strict=True)
            for network, name in set(pairs):
                names[network].add(name)
    only = {network: min(found - {""}) for network, found in names.items() if len(found - {""}) == 1}
    return [_with_name(frame, only) for frame in frames]


def _with_name(frame: Frame, only: Mapping[str, str]) -> Frame:
    count = len(frame)
    network = frame.labels.get("network", Labels.same("", count))
    name = frame.labels.get("account", Labels.same("", count))
    if "" in name.names:
        words = [a or only.get(n, "") for n, a in zip(network.words(), name.words(), strict=True)]
        name = Labels.of(words)
    return replace(frame, labels={**frame.labels, "network": network, "account": name})
