from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from kpi.report.reminder import reminder

_NOW = datetime(2026, 11, 28, 6, 30, tzinfo=UTC)


def unfolded(content: bytes) -> list[str]:
    """The content lines as RFC 5545, section 3.1, says they are read."""
    text = content.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def value(lines: list[str], name: str) -> str:
    (found,) = [line.partition(":")[2] for line in lines if line.partition(":")[0] == name]
    return re.sub(r"\\(.)", r"\1", found)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_calendar_can_read_it(lang: str) -> None:
    content = reminder(date(2026, 11, 28), _NOW, lang)
    lines = unfolded(content)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    opened = [line[6:] for line in lines if line.startswith("BEGIN:")]
    assert (
        opened
        == [line[4:] for line in lines if line.startswith("END:")][::-1]
        == ["VCALENDAR", "VEVENT", "VALARM"]
    )
    assert all(len(piece) <= 75 for piece in content.split(b"\r\n"))
    for needed in ("VERSION", "PRODID", "UID"):
        assert value(lines, needed)
    assert value(lines, "DTSTAMP") == "20261128T063000Z"
    assert value(lines, "RRULE") == "FREQ=MONTHLY;BYMONTHDAY=3"
    assert value(lines, "SUMMARY").startswith("Svetofor:" if lang == "en" else "Светофор:")


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2026, 11, 28), "20261203T100000"),
        (date(2026, 12, 31), "20270103T100000"),
        (date(2026, 12, 1), "20261203T100000"),
        (date(2026, 12, 3), "20270103T100000"),
    ],
)
def test_it_begins_with_the_next_third_of_a_month_after_today(today: date, start: str) -> None:
    assert value(unfolded(reminder(today, _NOW, "en")), "DTSTART") == start


def test_signs_of_the_format_are_escaped_in_its_texts() -> None:
    lines = unfolded(reminder(date(2026, 11, 28), _NOW, "en"))
    (raw,) = [line for line in lines if line.startswith("DESCRIPTION:Open")]
    assert re.search(r"(?<!\\)[,;]", raw) is None
    assert r"\," in raw
