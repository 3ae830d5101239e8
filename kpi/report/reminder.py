"""The monthly reminder as a calendar file (RFC 5545), for the calendar that the owner has anyway."""

from __future__ import annotations

from datetime import date, datetime

from kpi.report.words import say

DAY = 3  # of a month: most networks have told the last day of the month before by then
_LONGEST = 75  # octets of a line
_UID = "monthly-quarter-of-an-hour@svetofor"  # one and the same: taken in again, it replaces the one before


def reminder(first: date, now: datetime, lang: str) -> bytes:
    """Return an entry of a quarter of an hour at ten on the third of every month, from the one after `first`.

    `now` is in UTC. The time has no zone: ten o'clock is meant wherever the owner is.
    """
    year, month = divmod(first.year * 12 + first.month - (1 if first.day < DAY else 0), 12)
    start = datetime(year, month + 1, DAY, 10)  # noqa: DTZ001  floating time, as RFC 5545 calls it
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Svetofor//Monthly reminder//EN",
        "BEGIN:VEVENT",
        f"UID:{_UID}",
        f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
        f"DTSTART:{start:%Y%m%dT%H%M%S}",
        "DURATION:PT15M",
        f"RRULE:FREQ=MONTHLY;BYMONTHDAY={DAY}",
        f"SUMMARY:{_escaped(say('reminder.title', lang))}",
        f"DESCRIPTION:{_escaped(say('reminder.text', lang))}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(say('reminder.title', lang))}",
        "TRIGGER:PT0S",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, never cut within a letter."""
    pieces, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST:
            pieces, size = [*pieces, ""], 1  # the blank that a piece begins with counts, too
        pieces[-1] += letter
        size += octets
    return "\r\n ".join(pieces)
