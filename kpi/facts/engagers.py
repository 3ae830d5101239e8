"""Who interacted, person by person: a number for each, to count different ones and those who come again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kpi.facts.frame import Frame, joined
from kpi.facts.key import folded, label_codes, text_codes


def met(frames: Sequence[Frame]) -> Frame:
    """Return one row a person and day, oldest first; a name of two networks is two people.

    `frames` stand oldest first: of several files the newest tells of a person's day. Nobody is meant by a
    row without a name.
    """
    whole = joined(list(frames))
    who = text_codes(whole, "person")
    number = folded(label_codes(whole, "network"), who)
    names = ("unique", "previous", "returning")
    made = whole.with_values(dict.fromkeys(names, number.astype(float))).take(np.flatnonzero(who >= 0)[::-1])
    _, last = np.unique(folded(made.day, number[who >= 0][::-1]), return_index=True)
    found = made.take(last)
    return found.take(np.argsort(found.day, kind="stable"))
