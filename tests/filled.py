"""The template workbook, filled in with invented figures as an owner would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from kpi.catalog import loader
from kpi.model.form import FormWords

Rows = Sequence[Sequence[Any]]
RU: Mapping[str, Rows] = {
    "template_costs": [
        (None, date(2026, 1, 10), "Ведение соцсетей", 20000, None),
        ("за две съёмки", date(2026, 2, 1), "Съёмка фото и видео", 9000.5, None),
    ],
    "template_sales": [
        (None, date(2026, 1, 12), None, 740, None, "ВКонтакте", None, "карта 3", 250, None),
        (None, date(2026, 1, 12), None, 400, 100, "Увидели вывеску", None, "карта 4", 100, None),
        ("без кассы", date(2026, 1, 13), 31, 12000, None, None, "INSTA10", None, None, None),
    ],
    "template_tally": [
        (None, date(2026, 2, 1), 80, 32000, 5, 2100, 7, None, 0, None, 11, 20, None),
        (None, date(2026, 2, 2), 91, 40100, 6, 2500, None, None, 1, None, 9, 22, None),
        ("не считали", date(2026, 2, 3), 77, 30900, *[None] * 9),
    ],
    "template_leads": [
        (None, date(2026, 1, 20), None, "Telegram", "да", "нет"),
        (None, date(2026, 1, 21), 2, "ВКонтакте", "нет", None),
        (None, date(2026, 1, 22), None, "Карты", None, None),
    ],
    "template_mentions": [
        (None, date(2026, 2, 3), "ВКонтакте", "Олег", "хорошо", None, None),
        (None, date(2026, 2, 4), None, None, "плохо", 3, "https://example.com/1"),
        (None, date(2026, 2, 5), None, None, None, None, None),
    ],
    "template_reviews": [
        (None, date(2026, 2, 3), "2ГИС", 4),
        (None, date(2026, 2, 7), "Яндекс Карты", 5),
    ],
    "template_messages": [
        (None, datetime(2026, 2, 3, 10, 15), datetime(2026, 2, 3, 10, 45), "ВКонтакте"),
        (None, datetime(2026, 2, 3, 21, 5), datetime(2026, 2, 4, 9, 35), None),
        ("потеряли", datetime(2026, 2, 9, 12, 0), None, "Telegram"),
    ],
    "template_surveys": [
        (None, date(2026, 2, 2), 10),
        (None, date(2026, 2, 2), 9),
        ("долго ждал", date(2026, 2, 12), 3),
        (None, date(2026, 2, 20), 8),
    ],
    "template_followers": [
        (None, date(2026, 1, 31), "Instagram", None, 1300),
        (None, date(2026, 2, 28), "Instagram", None, 1360),
        (None, date(2026, 2, 28), "ВКонтакте", "Наш клуб", 540),
    ],
    "template_audience": [
        (None, date(2026, 2, 28), "Instagram", "возраст", "18–24", 300, "нет"),
        (None, date(2026, 2, 28), "Instagram", "возраст", "25–34", 700, "да"),
        (None, date(2026, 2, 28), "Instagram", "возраст", "35–44", 200, "да"),
    ],
    "template_competitors": [
        (None, date(2026, 1, 1), date(2026, 3, 31), "Бодрое утро", 900, 30, 410, 12, 48000),
        (None, date(2026, 1, 1), date(2026, 3, 31), "Зерно", 2100, 18, 700, 20, None),
    ],
    "template_market": [(None, date(2026, 1, 1), date(2026, 3, 31), 600000, 15000, "своя оценка")],
    "template_targets": [
        ("к лету", "Число подписчиков (человек)", 1500),
        (None, "Доля рекламных расходов (ДРР)", 12.5),
        (None, "Счастье покупателей", 100),
    ],
}
_EN = {
    "Ведение соцсетей": "Social media manager",
    "Съёмка фото и видео": "Photos and videos",
    "ВКонтакте": "VK",
    "Увидели вывеску": "Saw the sign",
    "Карты": "Maps",
    "да": "yes",
    "нет": "no",
    "хорошо": "good",
    "плохо": "bad",
    "возраст": "age",
    "Число подписчиков (человек)": "Followers (people)",
    "Доля рекламных расходов (ДРР)": "Ad cost share (ACoS)",
    "Счастье покупателей": "Happiness of buyers",
}


def rows(lang: str) -> dict[str, list[list[Any]]]:
    """Return the invented rows by source, in the words of a language."""
    words = _EN if lang == "en" else {}
    return {id_: [[words.get(cell, cell) for cell in row] for row in some] for id_, some in RU.items()}


def title(id_: str, lang: str) -> str:
    """Return the title of the sheet of a source."""
    form = loader.sources()[id_].form
    assert form is not None
    words: FormWords = form.words(lang)
    return words.title


def filled(blank: bytes, lang: str, only: Sequence[str] = (), **changes: bool) -> bytes:
    """Return a written template with the invented rows below the examples of `only` some sheets, else all.

    `alone` deletes the sheets that are not filled, `unmarked` the first column with the notes.
    """
    book = load_workbook(BytesIO(blank))
    for id_, some in rows(lang).items():
        if title(id_, lang) not in book.sheetnames or (only and id_ not in only):
            continue
        sheet = book[title(id_, lang)]
        for at, row in enumerate(some, 5):
            for column, cell in enumerate(row, 1):
                sheet.cell(at, column, cell)
        if changes.get("unmarked"):
            sheet.delete_cols(1)
    if changes.get("alone"):
        kept = {title(id_, lang) for id_ in only}
        for name in book.sheetnames:
            if name not in kept:
                book.remove(book[name])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
