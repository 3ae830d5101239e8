"""What a note is: what the owner wrote on a day, to be seen beside the figures of that time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What was on a day: a giveaway, a closed shop; `id` tells it from others of that day."""

    id: str
    day: date
    text: str
