"""The writer of our own template workbook, filled in by an owner who left out the guide and the lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sample_data import workbook
from sample_data.workbook import Cell, Lines

_SHEETS: Mapping[str, Sequence[str]] = {
    "Costs": ("Month of the cost", "What the money went on", "How much was paid"),
    "Requests": (
        "Day of the request", "Where the request came from", "Is this our customer?", "Did they buy?",
    ),
    "Reviews": ("Day of the review", "Site with the review", "Stars from 1 to 5"),
    "Messages": ("When they wrote to us", "When we first answered", "Where they wrote to us"),
    "Survey": ("Day of their answer", "Their score from 0 to 10"),
    "Расходы": ("За какой месяц расход", "На что ушли деньги", "Сколько заплатили"),
    "Отзывы": ("В какой день отзыв", "На какой площадке отзыв", "Оценка от 1 до 5"),
    "Сообщения": ("Когда нам написали", "Когда мы впервые ответили", "Где нам написали"),
    "Подписчики": (
        "На какой день считали", "В какой соцсети считали", "Какой аккаунт считали",
        "Подписчиков в этот день",
    ),
}  # fmt: skip


def filled(path: Path, sheets: Mapping[str, Lines]) -> None:
    """Write these sheets of the template; the first column, for the owner's own notes, stays empty."""
    workbook.write(path, {name: _noted(name, lines) for name, lines in sheets.items()})


def _noted(name: str, lines: Iterable[Sequence[Cell]]) -> Iterator[tuple[Cell, ...]]:
    yield ("Your notes" if name.isascii() else "Ваши заметки", *_SHEETS[name])
    for line in lines:
        yield (None, *line)
