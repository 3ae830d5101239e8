"""Spoils a good file by chance: its bytes, its lines, or a member of its archive."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

from kpi.ingest.zipguard import BROKEN

TOKENS = (
    *(b'"', b'""', b"\n", b"\r", b"\r\n", b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b";", b",", b"\t"),
    *(b"sep=;\n", b"=1+1", b"-", b"--", b"n/a", b"1e308", b"inf", b"NaN", b"4294967295", b"1.81064E+16"),
    *(b"99999999999999999999", b"31.02.2026", b"02/30/2026", b"0000-00-00", b"1 234,56", b"1.234", b"(5)"),
    *(b"Total", b"Date", b"Reach", b"<!DOCTYPE x>", b"<row r='1'/>", b"&#x0;", b"]]>", b"%s%n", b"\xf0\x9f"),
    *(word.encode() for word in ("Итого", "12,3 тыс.", "−5", "\u202f", "\u00ad", "💧", "é" * 300)),
)
_SPAN = 64
Change = Callable[[bytes, Random], bytes]


def mutated(data: bytes, chance: Random) -> bytes:
    """Return the file with one to four things wrong in it."""
    for _ in range(chance.randint(1, 4)):
        if data[:4] == b"PK\x03\x04" and chance.random() < 0.8:  # else the archive itself is spoilt
            data = _member(data, chance)
        else:
            data = chance.choice(_CHANGES)(data, chance)
    return data


def _at(data: bytes, chance: Random) -> tuple[int, int]:
    """Return a short span of the bytes."""
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randrange(_SPAN))


def _flipped(data: bytes, chance: Random) -> bytes:
    start, stop = _at(data, chance)
    return data[:start] + bytes(byte ^ chance.randrange(256) for byte in data[start:stop]) + data[stop:]


def _without(data: bytes, chance: Random) -> bytes:
    start, stop = _at(data, chance)
    return data[:start] + data[stop:]


def _twice(data: bytes, chance: Random) -> bytes:
    start, stop = _at(data, chance)
    return data[:stop] + data[start:stop] * chance.choice((1, 1, 1, 50)) + data[stop:]


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _with_token(data: bytes, chance: Random) -> bytes:
    start, stop = _at(data, chance)
    return data[:start] + chance.choice(TOKENS) + data[chance.choice((start, stop)) :]


def _reordered(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _recelled(data: bytes, chance: Random) -> bytes:
    """Put something else into a cell of a text table."""
    mark = chance.choice((b",", b";", b"\t"))
    cells = data.split(mark)
    cells[chance.randrange(len(cells))] = chance.choice(TOKENS)
    return mark.join(cells)


_CHANGES: Sequence[Change] = (_flipped, _without, _twice, _cut, _with_token, _reordered, _recelled)


def _member(data: bytes, chance: Random) -> bytes:
    """Spoil, drop, double or rename one member; the archive around it stays in order."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except BROKEN:
        return chance.choice(_CHANGES)(data, chance)
    if not members:
        return data
    place, what = chance.randrange(len(members)), chance.random()
    name, body = members[place]
    if what < 0.7:
        members[place] = (name, chance.choice(_CHANGES)(body, chance))
    elif what < 0.8:
        del members[place]
    elif what < 0.9:
        members.append((f"{name}.xml", body))
    else:
        members[place] = (chance.choice(("../x.xml", "a" * 300, "", "xl/workbook.xml")), body)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in dict(members).items():
            archive.writestr(name or "x", body)
    return made.getvalue()
