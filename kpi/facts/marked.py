"""What a row's words say as figures: a request that fits or bought, a mention that praises or blames."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from kpi.facts.frame import Floats, Frame, blank

_SAID: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "leads": (("fits", "yes", "qualified"), ("bought", "yes", "won")),
    "mentions": (("mood", "positive", "positive"), ("mood", "negative", "negative")),
}
"""By table: the label, the word that counts, and the figure that it gives."""


def marked(frame: Frame) -> Frame:
    """Return the frame with the figures that its labels tell; a row whose label is blank is unknown there."""
    given: dict[str, Floats] = {}
    for name, word, figure in _SAID.get(frame.table, ()):
        label = frame.labels.get(name)
        if label is None or figure in frame.values or not any(label.names):
            continue
        told = np.array([bool(one) for one in label.names], bool)[label.codes]
        hit = np.array([one == word for one in label.names], bool)[label.codes]
        count = frame.values.get("count", blank(len(frame)))
        given[figure] = np.where(told, np.where(hit, count, 0.0), np.nan)
    return frame.with_values(given) if given else frame
