"""Who interacted, person by person: a number for each, to count different ones and those who come again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kpi.facts.frame import Frame, joined
from kpi.facts.key import folded, label_codes, text_codes


def met(frames: Sequence[Frame]) -> Frame:
    """Return the people of all files, oldest first; a name of two networks is two people.

    What several files tell of a person and day needs no merging: people are counted once.
    """
    whole = joined(list(frames))
    who = text_codes(whole, "person")
    number = np.where(who < 0, np.nan, folded(label_codes(whole, "network"), who))
    made = whole.with_values(dict.fromkeys(("unique", "previous", "returning"), number))
    return made.take(np.argsort(made.day, kind="stable"))
